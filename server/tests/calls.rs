//! Real calls: each test changes settings through the HTTP API, places a SIP call and looks at who rang, at the SIP
//! answer and at the timing. Needs Asterisk and sipp; without them it says loudly that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;

use centrale_core::organisation::Organisation;
use portal::TRUNK_SECRET;
use serde_json::json;
use setup::{DAAN, RECEPTION, SANNE, Setup, check, rings_at};
use sip::{Behaviour, Dial, What};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn direct_calls_busy_and_not_reachable() {
    let Some(setup) = Setup::build().await else {
        return;
    };
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(300)).await;
    let caller = setup.phone(DAAN.1, Behaviour::Rings).await;

    let outcome = setup.call(DAAN.1, "142").await;
    check("by extension", &outcome, 200, &[(&sanne, 1), (&caller, 0)]);
    assert!(
        outcome.ringing_ms < outcome.final_ms,
        "it rings before it is answered: {outcome:?}"
    );
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check("from outside", &outcome, 200, &[(&sanne, 2)]);
    check(
        "nobody's number",
        &setup.call(DAAN.1, "199").await,
        404,
        &[(&sanne, 2)],
    );
    check(
        "no phone",
        &setup.call(DAAN.1, "140").await,
        480,
        &[(&sanne, 2)],
    );
    check(
        "to outside",
        &setup
            .call(DAAN.1, "020 555 0100".replace(' ', "").as_str())
            .await,
        200,
        &[(&setup.world, 1)],
    );

    let mut impatient = Dial::new(SANNE.1, &setup.portal.secret(SANNE.1).await, "143");
    impatient.give_up = 500;
    check(
        "the caller gives up",
        &impatient.place(&setup.asterisk).await,
        487,
        &[(&caller, 1)],
    );
    setup
        .portal
        .until(|| {
            caller
                .seen()
                .last()
                .is_some_and(|seen| seen.what == What::Cancelled)
        })
        .await;

    let reception = setup
        .phone(RECEPTION.1, Behaviour::Refuses("486 Busy Here"))
        .await;
    check(
        "busy",
        &setup.call(DAAN.1, "140").await,
        486,
        &[(&reception, 1)],
    );

    let portal = &setup.portal;
    portal
        .set(
            RECEPTION.0,
            "forwarding-busy",
            json!({"active": true, "number": "142"}),
        )
        .await;
    check(
        "forwarding busy",
        &setup.call(DAAN.1, "140").await,
        200,
        &[(&reception, 2), (&sanne, 3)],
    );

    // Not reachable: the phone of Daan's colleague is not registered.
    drop(reception);
    let mut reception = setup.phone(RECEPTION.1, Behaviour::Rings).await;
    reception.unregister();
    portal
        .set(
            RECEPTION.0,
            "forwarding-no-answer",
            json!({"active": true, "number": "0205550100"}),
        )
        .await;
    check(
        "no-answer treatment",
        &setup.call(DAAN.1, "140").await,
        200,
        &[(&setup.world, 2), (&sanne, 3)],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forwarding_always_selective_and_loops() {
    let Some(setup) = Setup::build().await else {
        return;
    };
    let portal = &setup.portal;
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(300)).await;
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(300)).await;
    let daan = setup.phone(DAAN.1, Behaviour::Rings).await;

    portal
        .set(
            DAAN.0,
            "forwarding-always",
            json!({"active": true, "number": "140", "ring_splash": true}),
        )
        .await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550143")
        .await;
    // The desk phone of Daan plays a short ring and is left alone again.
    check(
        "always, with a ring splash",
        &outcome,
        200,
        &[(&reception, 1), (&daan, 1), (&sanne, 0)],
    );
    let splash = &daan.seen()[0].what;
    assert!(
        matches!(splash, What::Ring { alert_info, .. } if alert_info.contains("ring-splash")),
        "{splash:?}"
    );
    let forwarded = &reception.seen()[0].what;
    assert!(
        matches!(forwarded, What::Ring { from, diversion, .. }
            if from.contains("+31205550100") && diversion.contains("+31305550143")),
        "{forwarded:?}"
    );

    // To a number outside, by a rule with a schedule: always outside a schedule that never is.
    portal
        .set(DAAN.0, "forwarding-always", json!({"active": false}))
        .await;
    let never = portal.schedule(SANNE.0, "Never in this test").await;
    let rules = |outside: bool| {
        json!({"active": true, "number": "020 555 0100", "rules": [
            {"name": "When", "time": {"schedule": never, "outside": outside}},
            {"name": "Not the boss", "effect": "deactivate", "who": {"from": "listed", "numbers": ["+3110*"]}},
        ]})
    };
    portal
        .set(SANNE.0, "forwarding-selective", rules(true))
        .await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check(
        "a rule fires",
        &outcome,
        200,
        &[(&setup.world, 1), (&sanne, 0)],
    );
    let outcome = setup
        .call_from_outside(Some("+31105550100"), "+31305550142")
        .await;
    check(
        "a rule holds back",
        &outcome,
        200,
        &[(&setup.world, 1), (&sanne, 1)],
    );
    portal
        .set(SANNE.0, "forwarding-selective", rules(false))
        .await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check(
        "a rule at another time",
        &outcome,
        200,
        &[(&setup.world, 1), (&sanne, 2)],
    );
    portal
        .set(SANNE.0, "forwarding-selective", json!({"active": false}))
        .await;

    portal
        .set(
            SANNE.0,
            "forwarding-always",
            json!({"active": true, "number": "140"}),
        )
        .await;
    portal
        .set(
            RECEPTION.0,
            "forwarding-always",
            json!({"active": true, "number": "142"}),
        )
        .await;
    check(
        "a loop is busy",
        &setup.call(DAAN.1, "142").await,
        486,
        &[(&sanne, 2), (&reception, 1)],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_after_the_set_rings_and_not_reachable() {
    let Some(setup) = Setup::build().await else {
        return;
    };
    let portal = &setup.portal;
    let sanne = setup.phone(SANNE.1, Behaviour::Rings).await;
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(1)).await;

    portal
        .set(
            SANNE.0,
            "forwarding-no-answer",
            json!({"active": true, "number": "140"}),
        )
        .await;
    portal.set(SANNE.0, "ring-count", json!({"rings": 2})).await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check(
        "after two rings",
        &outcome,
        200,
        &[(&sanne, 1), (&reception, 1)],
    );
    let waited = rings_at(&reception) - rings_at(&sanne);
    assert!(
        (11_500..14_500).contains(&waited),
        "two rings are 12 s, not {waited} ms"
    );
    assert_eq!(
        sanne.seen().last().map(|s| s.what.clone()),
        Some(What::Cancelled)
    );

    portal.set(SANNE.0, "ring-count", json!({"rings": 0})).await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check(
        "without a ring",
        &outcome,
        200,
        &[(&sanne, 1), (&reception, 2)],
    );

    portal
        .set(
            DAAN.0,
            "forwarding-not-reachable",
            json!({"active": true, "number": "140"}),
        )
        .await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550143")
        .await;
    check(
        "not reachable",
        &outcome,
        200,
        &[(&sanne, 1), (&reception, 3)],
    );

    portal.set(SANNE.0, "ring-count", json!({"rings": 4})).await;
    portal
        .set(SANNE.0, "do-not-disturb", json!({"active": true}))
        .await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check(
        "do not disturb",
        &outcome,
        486,
        &[(&sanne, 1), (&reception, 3)],
    );
    portal
        .set(
            SANNE.0,
            "forwarding-busy",
            json!({"active": true, "number": "140"}),
        )
        .await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check(
        "do not disturb forwards as busy",
        &outcome,
        200,
        &[(&sanne, 1), (&reception, 4)],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anonymous_callers_hear_why_and_others_reach_the_mailbox() {
    let Some(setup) = Setup::build().await else {
        return;
    };
    let portal = &setup.portal;
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(1)).await;

    portal
        .set(SANNE.0, "anonymous-rejection", json!({"active": true}))
        .await;
    let outcome = setup.call_from_outside(None, "+31305550142").await;
    check("refused", &outcome, 403, &[(&sanne, 0)]);
    assert!(
        outcome.progress_ms.is_some(),
        "the announcement is early media: {outcome:?}"
    );
    let heard = outcome.final_ms.unwrap() - outcome.progress_ms.unwrap();
    assert!(
        heard > 2_000,
        "the announcement is heard to its end, not {heard} ms"
    );
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check("a number that is shown", &outcome, 200, &[(&sanne, 1)]);

    portal
        .set(
            SANNE.0,
            "forwarding-always",
            json!({"active": true, "voicemail": true}),
        )
        .await;
    let mut dial = Dial::new("trunk", TRUNK_SECRET, "+31305550142");
    dial.from = "<sip:+31205550100@127.0.0.1>".into();
    dial.talk = 9_000;
    let outcome = dial.place(&setup.asterisk).await;
    check("voicemail", &outcome, 200, &[(&sanne, 1)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unreadable_setting_never_breaks_a_call() {
    let spoil = |organisation: &mut Organisation| {
        let user = &mut organisation.users[2];
        user.services
            .insert("forwarding-always".into(), json!({"active": "perhaps"}));
    };
    let Some(setup) = Setup::build_with(spoil).await else {
        return;
    };
    let daan = setup.phone(DAAN.1, Behaviour::Answers(1)).await;
    let story = setup
        .portal
        .simulate(DAAN.0, json!({"dialled": "+31305550143"}))
        .await;
    assert!(story.to_string().contains("unreadable"), "{story}");
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550143")
        .await;
    check("rings all the same", &outcome, 200, &[(&daan, 1)]);
}
