//! Real calls to groups, menus and queues, and what one phone does to another's call. Needs Asterisk and sipp; without
//! them it says loudly that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;

use centrale_core::acd::AgentState;
use centrale_core::organisation::Organisation;
use portal::TRUNK_SECRET;
use serde_json::{Value, json};
use setup::{DAAN, RECEPTION, SANNE, Setup, check, rings_at};
use sip::{Behaviour, Dial, What, free_port};

/// Groups with ids and extensions that the demo organisation leaves free.
fn add(organisation: &mut Organisation) {
    let identity = |name: &str, extension: &str| json!({ "name": name, "location": 1, "extension": extension });
    let members = json!([{ "user": SANNE.0 }, { "user": RECEPTION.0 }]);
    let hunt = json!({ "id": 901, "identity": identity("Proef verkoop", "791"), "rings": 1, "members": members,
        "prefix": "Verkoop" });
    let all = json!({ "id": 902, "identity": identity("Proef allen", "792"), "policy": "simultaneous",
        "members": members });
    let group = json!({ "id": 903, "identity": identity("Proef overleg", "793"), "members": ["142", "140"] });
    let menu = json!({ "id": 904, "identity": identity("Proef menu", "794"), "business": {
        "extension_dialling": true,
        "keys": { "2": { "action": { "do": "transfer", "to": "142", "prompt": true } },
                  "9": { "action": { "do": "end" } } } } });
    let center = json!({ "id": 905, "identity": identity("Proef klanten", "795"), "agents": members,
        "queue": { "length": 1 }, "agent": { "may_join": false, "ring_pattern": "long-long",
            "forced_ring_pattern": "short-long-short", "offer_in_wrap_up": true }, "announcements": { "welcome": true } });
    let pickup = json!({ "id": 91, "location": 1, "name": "Proef", "members": [SANNE.0, RECEPTION.0, DAAN.0] });
    organisation.pickup_groups.clear();
    let mut whole = serde_json::to_value(&*organisation).unwrap();
    for (list, item) in [
        ("hunt_groups", hunt),
        ("hunt_groups", all),
        ("group_calls", group),
        ("auto_attendants", menu),
        ("call_centers", center),
        ("pickup_groups", pickup),
    ] {
        if whole[list].is_null() {
            whole[list] = Value::Array(Vec::new());
        }
        whole[list].as_array_mut().unwrap().push(item);
    }
    *organisation = serde_json::from_value(whole).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hunt_group_rings_one_after_the_other_or_all() {
    let Some(setup) = Setup::build_with(add).await else {
        return;
    };
    let sanne = setup.phone(SANNE.1, Behaviour::Rings).await;
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(300)).await;
    let outcome = setup.call(DAAN.1, "791").await;
    check(
        "the next after a ring",
        &outcome,
        200,
        &[(&sanne, 1), (&reception, 1)],
    );
    let waited = rings_at(&reception) - rings_at(&sanne);
    assert!(
        (5_500..8_000).contains(&waited),
        "one ring is 6 s, not {waited} ms"
    );
    let ring = &reception.seen()[0].what;
    assert!(
        matches!(ring, What::Ring { from, .. } if from.contains("Verkoop - ")),
        "{ring:?}"
    );

    let outcome = setup.call(DAAN.1, "792").await;
    check(
        "all at once",
        &outcome,
        200,
        &[(&sanne, 2), (&reception, 2)],
    );
    setup
        .portal
        .until(|| {
            sanne
                .seen()
                .last()
                .is_some_and(|seen| seen.what == What::Cancelled)
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_call_joins_all_who_answer() {
    let Some(setup) = Setup::build_with(add).await else {
        return;
    };
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(200)).await;
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(600)).await;
    let mut dial = Dial::new(DAAN.1, &setup.portal.secret(DAAN.1).await, "793");
    dial.talk = 2_500;
    let outcome = dial.place(&setup.asterisk).await;
    check(
        "all are in it",
        &outcome,
        200,
        &[(&sanne, 1), (&reception, 1)],
    );
    for phone in [&sanne, &reception] {
        let answered = || phone.seen().iter().any(|seen| seen.what == What::Answered);
        assert!(answered(), "{:?}", phone.seen());
        setup
            .portal
            .until(|| {
                phone
                    .seen()
                    .last()
                    .is_some_and(|seen| seen.what == What::Bye)
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_menu_listens_to_keys() {
    let Some(setup) = Setup::build_with(add).await else {
        return;
    };
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(200)).await;
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(200)).await;
    let press = async |digits: &str| {
        let mut dial = Dial::new("trunk", TRUNK_SECRET, "794");
        (dial.account, dial.secret) = (DAAN.1.into(), setup.portal.secret(DAAN.1).await);
        dial.from = format!("<sip:{}@127.0.0.1>", DAAN.1);
        dial.digits = digits.into();
        dial.talk = 9_000;
        dial.place(&setup.asterisk).await
    };
    check(
        "a key transfers",
        &press("2").await,
        200,
        &[(&sanne, 1), (&reception, 0)],
    );
    check(
        "an extension",
        &press("140").await,
        200,
        &[(&sanne, 1), (&reception, 1)],
    );
    let ended = press("9").await;
    check(
        "a key ends the call",
        &ended,
        200,
        &[(&sanne, 1), (&reception, 1)],
    );
    assert!(ended.far_end_hung_up, "{ended:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_waits_for_an_agent() {
    let Some(setup) = Setup::build_with(add).await else {
        return;
    };
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(200)).await;
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(200)).await;
    for agent in [SANNE.0, RECEPTION.0] {
        setup
            .portal
            .agent(agent, AgentState::Unavailable { code: None })
            .await;
    }
    let mut dial = Dial::new(DAAN.1, &setup.portal.secret(DAAN.1).await, "795");
    dial.talk = 12_000;
    let asterisk = &setup.asterisk;
    let (outcome, ()) = tokio::join!(dial.place(asterisk), async {
        tokio::time::sleep(std::time::Duration::from_secs(4)).await;
        assert_eq!(sanne.rung() + reception.rung(), 0, "nobody is available");
        setup.portal.agent(RECEPTION.0, AgentState::Available).await;
        setup
            .portal
            .until(|| {
                reception
                    .seen()
                    .iter()
                    .any(|seen| seen.what == What::Answered)
            })
            .await;
    });
    check(
        "the agent who came",
        &outcome,
        200,
        &[(&sanne, 0), (&reception, 1)],
    );

    // The call center rings in a pattern of its own, and in another at an agent who is not available.
    setup.portal.agent(RECEPTION.0, AgentState::WrapUp).await;
    dial.talk = 500;
    check(
        "by force",
        &dial.place(asterisk).await,
        200,
        &[(&sanne, 0), (&reception, 2)],
    );
    let seen = reception.seen();
    let patterns = seen.iter().filter_map(|seen| match &seen.what {
        What::Ring { alert_info, .. } => alert_info.split("info=").nth(1),
        _ => None,
    });
    assert_eq!(
        patterns.collect::<Vec<_>>(),
        ["long-long", "short-long-short"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_switch_services_and_pick_calls_up() {
    let Some(setup) = Setup::build_with(add).await else {
        return;
    };
    let portal = &setup.portal;
    let mut dial = Dial::new(SANNE.1, &portal.secret(SANNE.1).await, "*72140");
    dial.talk = 6_000;
    check("a code", &dial.place(&setup.asterisk).await, 200, &[]);
    let services = portal
        .ask(reqwest::Method::GET, "/api/users/1/services", None)
        .await;
    let always = services
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["service"] == "forwarding-always")
        .unwrap();
    assert_eq!(
        (&always["settings"]["active"], &always["settings"]["number"]),
        (&json!(true), &json!("140"))
    );
    portal
        .set(SANNE.0, "forwarding-always", json!({"active": false}))
        .await;

    // Daan's phone rings for the reception; Sanne takes the call from her own.
    let daan = setup.phone(DAAN.1, Behaviour::Rings).await;
    let mut pick = Dial::new(SANNE.1, &portal.secret(SANNE.1).await, "*98");
    pick.talk = 1_000;
    let mut caller = Dial::new(RECEPTION.1, &portal.secret(RECEPTION.1).await, "143");
    caller.talk = 8_000;
    let (called, picked) = tokio::join!(caller.place(&setup.asterisk), async {
        portal.until(|| daan.rung() == 1).await;
        pick.place(&setup.asterisk).await
    });
    check("who picked up", &picked, 200, &[(&daan, 1)]);
    check("who called", &called, 200, &[]);
    assert!(
        called.far_end_hung_up,
        "it ends with the one who picked up: {called:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_outlives_the_server() {
    let Some(setup) = Setup::build_with(add).await else {
        return;
    };
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(200)).await;
    let mut dial = Dial::new(DAAN.1, &setup.portal.secret(DAAN.1).await, "142");
    dial.talk = 4_000;
    let (outcome, ()) = tokio::join!(dial.place(&setup.asterisk), async {
        setup
            .portal
            .until(|| sanne.seen().iter().any(|seen| seen.what == What::Answered))
            .await;
        let realtime = format!("http://127.0.0.1:{}/s3cret", free_port());
        setup
            .portal
            .restart(&setup.asterisk.ari, &realtime, "sip:127.0.0.1:9")
            .await;
    });
    check("it goes on", &outcome, 200, &[(&sanne, 1)]);
    assert!(!outcome.far_end_hung_up, "the caller ended it: {outcome:?}");
    // Only a server that knows the call hangs up on the other.
    setup
        .portal
        .until(|| {
            sanne
                .seen()
                .last()
                .is_some_and(|seen| seen.what == What::Bye)
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_transfers_its_call() {
    let Some(setup) = Setup::build_with(add).await else {
        return;
    };
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(200)).await;
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(200)).await;
    let mut dial = Dial::new(DAAN.1, &setup.portal.secret(DAAN.1).await, "142");
    dial.talk = 8_000;
    dial.transfer = "140".into();
    let outcome = dial.place(&setup.asterisk).await;
    check(
        "who transferred",
        &outcome,
        200,
        &[(&sanne, 1), (&reception, 1)],
    );
    assert!(
        outcome.far_end_hung_up,
        "the transferor is let go: {outcome:?}"
    );
    let talks = || {
        reception
            .seen()
            .last()
            .is_some_and(|seen| seen.what == What::Answered)
    };
    setup.portal.until(talks).await;
    assert!(
        sanne.seen().iter().all(|seen| seen.what != What::Bye),
        "{:?}",
        sanne.seen()
    );
}
