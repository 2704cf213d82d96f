//! Calls that leave: what a phone says of who forwarded them stays inside; limits, their alarm and their stop. Needs Asterisk
//! and sipp; without them it says loudly that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/message.rs"]
mod message;
#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;
#[path = "support/smtp.rs"]
mod smtp;

use centrale_core::id::UserId;
use centrale_core::organisation::{Organisation, Outgoing, OutgoingOwner};
use reqwest::Method;
use serde_json::json;
use setup::{RECEPTION, SANNE, Setup, check};
use sip::{Behaviour, Dial, Phone, What};
use smtp::Smtp;

/// What the last call to a phone said of who forwarded it: Diversion and History-Info.
fn forwarded_by(phone: &Phone) -> (String, String) {
    let mut rings = phone.seen().into_iter().filter_map(|seen| match seen.what {
        What::Ring {
            diversion, history, ..
        } => Some((diversion, history)),
        _ => None,
    });
    rings.next_back().expect("it rang")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_phone_says_of_diversions_stays_inside() {
    let Some(setup) = Setup::build().await else {
        return;
    };
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(1)).await;
    let mut dial = Dial::new(SANNE.1, &setup.portal.secret(SANNE.1).await, "0205550188");
    dial.headers = vec![
        "Diversion: <sip:+31900123456@127.0.0.1>;reason=unconditional".into(),
        "History-Info: <sip:+31900123456@127.0.0.1>;index=1".into(),
    ];
    check(
        "outside",
        &dial.place(&setup.asterisk).await,
        200,
        &[(&setup.world, 1)],
    );
    assert_eq!(forwarded_by(&setup.world), (String::new(), String::new()));
    dial.to = "140".into();
    check(
        "inside",
        &dial.place(&setup.asterisk).await,
        200,
        &[(&reception, 1)],
    );
    assert_eq!(forwarded_by(&reception), (String::new(), String::new()));

    // Whoever forwards it here is told, and nobody else.
    let forward =
        json!({"active": true, "number": "0205550188", "voicemail": false, "ring_splash": false});
    setup
        .portal
        .set(RECEPTION.0, "forwarding-always", forward)
        .await;
    check(
        "forwarded",
        &dial.place(&setup.asterisk).await,
        200,
        &[(&setup.world, 2), (&reception, 1)],
    );
    let (diversion, history) = forwarded_by(&setup.world);
    assert!(
        diversion.contains("+31305550140") && !diversion.contains("900123456"),
        "{diversion}"
    );
    assert_eq!(history, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_over_a_limit_is_stopped_until_that_is_lifted() {
    let smtp = Smtp::start(&[]).await;
    let once_a_minute = |organisation: &mut Organisation| {
        let owner = OutgoingOwner::User(UserId(SANNE.0));
        organisation.outgoing.push(Outgoing {
            calls_a_minute: Some(1),
            ..Outgoing::new(owner)
        });
    };
    let Some(setup) = Setup::build_mailing(once_a_minute, Some(&smtp.url())).await else {
        return;
    };
    let portal = &setup.portal;
    let call = async || setup.call(SANNE.1, "0205550188").await;
    check("within the limit", &call().await, 200, &[(&setup.world, 1)]);
    check("over it", &call().await, 403, &[(&setup.world, 1)]);
    portal.until(|| !smtp.taken().is_empty()).await;
    let mails = smtp.taken();
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(
        mails[0].header("Subject"),
        "Gesprekken naar buiten: grens overschreden (Sanne de Boer)"
    );
    let stops = portal.ask(Method::GET, "/api/stops", None).await;
    assert_eq!(
        (&stops[0]["user"], &stops[0]["limit"]),
        (&json!(SANNE.0), &json!("user-calls-a-minute"))
    );

    // Stopped: no more calls of theirs leave, and those of others do.
    check("stopped", &call().await, 403, &[(&setup.world, 1)]);
    let other = setup.call(RECEPTION.1, "0205550188").await;
    check("of another", &other, 200, &[(&setup.world, 2)]);
    portal
        .ask(
            Method::DELETE,
            &format!("/api/users/{}/stop", SANNE.0),
            None,
        )
        .await;
    check("lifted", &call().await, 200, &[(&setup.world, 3)]);
    assert_eq!(portal.ask(Method::GET, "/api/stops", None).await, json!([]));
    assert_eq!(smtp.taken().len(), 1);
}
