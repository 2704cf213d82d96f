//! What real calls leave in histories, asked through the API. Needs Asterisk and sipp; without them it says loudly that
//! it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;

use centrale_core::organisation::Organisation;
use reqwest::Method;
use serde_json::{Value, json};
use setup::{DAAN, RECEPTION, SANNE, Setup, check};
use sip::{Behaviour, Dial};
use std::time::{Duration, Instant};

/// A hunt group with an id and extension that the demo organisation leaves free.
const GROUP: u32 = 901;

fn add(organisation: &mut Organisation) {
    let identity = json!({ "name": "Proef verkoop", "location": 1, "extension": "791" });
    let members = json!([{ "user": RECEPTION.0 }, { "user": SANNE.0 }]);
    let group = json!({ "id": GROUP, "identity": identity, "rings": 1, "members": members });
    organisation
        .hunt_groups
        .push(serde_json::from_value(group).unwrap());
}

/// The history of a user, the first call first, once it has so many: each as `kind other via answered_by`, and the call.
async fn history(setup: &Setup, user: u32, count: usize) -> Vec<(String, Value)> {
    let patience = Instant::now() + Duration::from_secs(15);
    loop {
        let page = setup
            .portal
            .ask(Method::GET, &format!("/api/users/{user}/calls"), None)
            .await;
        let calls = page["calls"].as_array().unwrap();
        if calls.len() >= count {
            return calls
                .iter()
                .rev()
                .map(|call| (told(call), call.clone()))
                .collect();
        }
        assert!(
            Instant::now() < patience,
            "not {count} calls within 15 s: {page}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn told(call: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let other = if call["other"]["withheld"] == true {
        "withheld".into()
    } else {
        text(&call["other"]["name"])
    };
    [
        text(&call["kind"]),
        other,
        text(&call["via"]["name"]),
        text(&call["answered_by"]["name"]),
    ]
    .join(", ")
}

fn stories(history: &[(String, Value)]) -> Vec<&str> {
    history.iter().map(|(story, _)| story.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answered_missed_and_of_a_hunt_group() {
    let Some(setup) = Setup::build_with(add).await else {
        return;
    };
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(300)).await;
    let reception = setup.phone(RECEPTION.1, Behaviour::Rings).await;
    let dial = |to: &str, secret: &str| Dial::new(DAAN.1, secret, to);
    let secret = setup.portal.secret(DAAN.1).await;

    let mut answered = dial("142", &secret);
    answered.talk = 2_300;
    check(
        "answered",
        &answered.place(&setup.asterisk).await,
        200,
        &[(&sanne, 1)],
    );
    let mut missed = dial("140", &secret);
    missed.give_up = 1_500;
    check(
        "missed",
        &missed.place(&setup.asterisk).await,
        487,
        &[(&reception, 1)],
    );
    let withheld = setup.call_from_outside(None, "+31305550142").await;
    check("withheld", &withheld, 200, &[(&sanne, 2)]);
    check(
        "nobody's number",
        &setup.call(DAAN.1, "199").await,
        404,
        &[],
    );
    let group = setup.call(DAAN.1, "791").await;
    check("a hunt group", &group, 200, &[(&reception, 2), (&sanne, 3)]);

    let group = history(&setup, GROUP, 1).await;
    assert_eq!(stories(&group), ["received, Daan Visser, -, Sanne de Boer"]);
    let waited = group[0].1["waited"].as_u64().unwrap();
    assert!(
        (6..9).contains(&waited),
        "one ring, and the answer after it: {waited} s"
    );
    let of_sanne = history(&setup, SANNE.0, 3).await;
    assert_eq!(
        stories(&of_sanne),
        [
            "received, Daan Visser, -, -",
            "received, withheld, -, -",
            "received, Daan Visser, Proef verkoop, -"
        ]
    );
    assert_eq!(of_sanne[0].1["talked"], 2, "{}", of_sanne[0].1);
    assert_eq!(of_sanne[0].1["other"]["extension"], "143");
    assert_eq!(
        of_sanne[1].1["other"],
        json!({ "withheld": true }),
        "no number and no name"
    );
    let of_reception = history(&setup, RECEPTION.0, 1).await;
    assert_eq!(
        stories(&of_reception),
        ["missed, Daan Visser, -, -"],
        "answered elsewhere is not missed"
    );
    let of_daan = history(&setup, DAAN.0, 3).await;
    let placed = [
        "placed, Sanne de Boer, -, -",
        "placed, Receptie Utrecht, -, -",
        "placed, Proef verkoop, -, -",
    ];
    assert_eq!(stories(&of_daan), placed);
    let of = |field: &str| {
        of_daan
            .iter()
            .map(|(_, call)| call[field].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("dialled"), ["142", "140", "791"]);
    assert_eq!(
        (&of("talked")[0], &of("talked")[1]),
        (&json!(2), &Value::Null)
    );
}
