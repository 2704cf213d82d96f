//! What people do with a call while they talk: hold, park, transfer, join. The phones say what they hear: each talks in a
//! tone of its own. Needs Asterisk and sipp; without them it says loudly that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/message.rs"]
mod message;
#[path = "support/office.rs"]
mod office;
#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;
#[path = "support/softphone.rs"]
mod softphone;
#[path = "support/tone.rs"]
mod tone;

use centrale_core::exchange::LineView;
use office::Office;
use serde_json::json;
use setup::{DAAN, RECEPTION, SANNE};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_held_call_is_parked_and_retrieved_by_another_phone() {
    let Some(office) = Office::open().await else {
        return;
    };
    let (daan, sanne) = office.daan_talks_to_sanne().await;

    // At the reception's extension, from a second line of Sanne's phone.
    sanne.hold().await;
    let parking = office.sanne.dial("*68140").await;
    parking.until_answered().await;
    daan.hears_music().await;
    sanne.until_ended().await;
    office.is(RECEPTION, LineView::Parked).await;
    parking.until_ended().await;
    office.is(SANNE, LineView::Free).await;
    assert!(!daan.ended());

    let retrieving = office.reception.dial("*88").await;
    retrieving.until_answered().await;
    daan.hears(&[&office.reception]).await;
    retrieving.hears(&[&office.daan]).await;
    office.is(RECEPTION, LineView::Busy).await;
    assert_eq!(office.reception.rung(), 0, "nobody's phone rang for it");
    retrieving.hang_up().await;
    daan.until_ended().await;
    office.is(RECEPTION, LineView::Free).await;

    // A phone may park by transferring to the code as well.
    let (daan, sanne) = office.daan_talks_to_sanne().await;
    sanne.transfer("*68140").await;
    sanne.until_ended().await;
    daan.hears_music().await;
    office.is(RECEPTION, LineView::Parked).await;
    office.is(SANNE, LineView::Free).await;
    daan.hang_up().await;
    office.is(RECEPTION, LineView::Free).await;

    // Whoever dials it there where nothing is parked hears so, and is let go.
    let nothing = office.daan.dial("*88140").await;
    nothing.until_answered().await;
    nothing.hears_music().await;
    nothing.until_ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consulted_transfer_connects_the_other_two() {
    let Some(office) = Office::open().await else {
        return;
    };
    let (daan, sanne) = office.daan_talks_to_sanne().await;

    sanne.hold().await;
    daan.hears_music().await;
    let consulting = office.sanne.dial("140").await;
    let reception = office.reception.ringing().await;
    reception.answer().await;
    consulting.until_answered().await;
    reception.hears(&[&office.sanne]).await;
    consulting.hears(&[&office.reception]).await;

    sanne.transfer_to(&consulting).await;
    daan.hears(&[&office.reception]).await;
    reception.hears(&[&office.daan]).await;
    sanne.until_ended().await;
    consulting.until_ended().await;
    office.is(SANNE, LineView::Free).await;
    assert!(
        sanne.notified().iter().any(|told| told.contains("200")),
        "{:?}",
        sanne.notified()
    );

    reception.hang_up().await;
    daan.until_ended().await;
    office.is(DAAN, LineView::Free).await;
    office.is(RECEPTION, LineView::Free).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_transfer_is_told_and_the_call_goes_on() {
    let Some(office) = Office::open().await else {
        return;
    };
    let (daan, sanne) = office.daan_talks_to_sanne().await;

    // Nobody has this extension; nor can anybody take part in a code that switches something.
    for nowhere in ["199", "*72140"] {
        let before = sanne.notified().len();
        sanne.transfer(nowhere).await;
        sanne.until_notices(before + 2).await;
        let told = sanne.notified().split_off(before);
        assert!(
            told[0].contains("100") && told[1].contains("603"),
            "{nowhere}: {told:?}"
        );
    }
    daan.hears(&[&office.sanne]).await;
    sanne.hears(&[&office.daan]).await;

    // The next one is done.
    sanne.transfer("140").await;
    sanne.until_ended().await;
    let reception = office.reception.ringing().await;
    reception.answer().await;
    daan.hears(&[&office.reception]).await;
    assert!(
        sanne
            .notified()
            .last()
            .is_some_and(|told| told.contains("200")),
        "{:?}",
        sanne.notified()
    );
    daan.hang_up().await;
    reception.until_ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_called_transfers_before_the_third_answers() {
    let Some(office) = Office::open().await else {
        return;
    };
    let (daan, sanne) = office.daan_talks_to_sanne().await;

    daan.hold().await;
    sanne.hears_music().await;
    let consulting = office.daan.dial("140").await;
    let first = office.reception.ringing().await;
    consulting.until_status(180).await;
    daan.transfer_to(&consulting).await;
    daan.until_ended().await;
    first.until_ended().await;
    consulting.until_ended().await;
    // It became a blind transfer: the reception is called anew, by Sanne.
    let second = office.reception.ringing().await;
    assert!(
        second.header("From").contains("142"),
        "{}",
        second.header("From")
    );
    office.is(DAAN, LineView::Free).await;
    second.answer().await;
    second.hears(&[&office.sanne]).await;
    sanne.hears(&[&office.reception]).await;
    sanne.hang_up().await;
    second.until_ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_third_picks_up_by_extension_or_joins() {
    let Some(office) = Office::open().await else {
        return;
    };

    // Sanne's phone rings; the reception answers it from afar.
    let daan = office.daan.dial("142").await;
    let sanne = office.sanne.ringing().await;
    office.is(SANNE, LineView::Rings).await;
    let picked = office.reception.dial("*97142").await;
    picked.until_answered().await;
    sanne.until_ended().await;
    daan.hears(&[&office.reception]).await;
    picked.hears(&[&office.daan]).await;
    office.is(SANNE, LineView::Free).await;
    daan.hang_up().await;
    picked.until_ended().await;
    office.is(RECEPTION, LineView::Free).await;

    // Sanne talks, and lets nobody join.
    let barge_in = |active: bool| {
        office
            .setup
            .portal
            .set(SANNE.0, "barge-in", json!({ "active": active }))
    };
    barge_in(false).await;
    let (daan, sanne) = office.daan_talks_to_sanne().await;
    let refused = office.reception.dial("*33142").await;
    refused.until_answered().await;
    refused.hears_music().await;
    refused.until_ended().await;
    daan.hears(&[&office.sanne]).await;
    daan.hang_up().await;
    sanne.until_ended().await;
    office.is(SANNE, LineView::Free).await;

    // From the next call on she does: all three hear each other.
    barge_in(true).await;
    let (daan, sanne) = office.daan_talks_to_sanne().await;
    let joined = office.reception.dial("*33142").await;
    joined.until_answered().await;
    joined.hears(&[&office.sanne, &office.daan]).await;
    sanne.hears(&[&office.daan, &office.reception]).await;
    daan.hears(&[&office.sanne, &office.reception]).await;
    // Sanne leaves; the other two talk on.
    sanne.hang_up().await;
    daan.hears(&[&office.reception]).await;
    joined.hears(&[&office.daan]).await;
    daan.hang_up().await;
    joined.until_ended().await;
    office.is(RECEPTION, LineView::Free).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_found_the_line_busy_is_called_back() {
    let Some(office) = Office::open().await else {
        return;
    };
    office
        .setup
        .portal
        .set(RECEPTION.0, "automatic-callback", json!({"active": true}))
        .await;
    let (daan, sanne) = office.daan_talks_to_sanne().await;

    office.reception_asks_for_a_callback().await;
    office.is(RECEPTION, LineView::Free).await;
    // The menu tells of it.
    let menu = office.reception.dial("#9").await;
    menu.until_answered().await;
    menu.hears_music().await;
    menu.until_ended().await;
    office.is(RECEPTION, LineView::Free).await;
    assert_eq!((office.reception.rung(), office.sanne.rung()), (0, 1));

    daan.hang_up().await;
    sanne.until_ended().await;
    let back = office.reception.ringing().await;
    assert!(
        back.header("From").contains("Sanne"),
        "{}",
        back.header("From")
    );
    assert_eq!(office.sanne.rung(), 1, "the one who waited is called first");
    back.answer().await;
    let sanne = office.sanne.ringing().await;
    assert!(
        sanne.header("From").contains("140"),
        "{}",
        sanne.header("From")
    );
    sanne.answer().await;
    sanne.hears(&[&office.reception]).await;
    back.hears(&[&office.sanne]).await;
    sanne.hang_up().await;
    back.until_ended().await;
    office.is(RECEPTION, LineView::Free).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_that_is_cancelled_never_comes() {
    let Some(office) = Office::open().await else {
        return;
    };
    office
        .setup
        .portal
        .set(RECEPTION.0, "automatic-callback", json!({"active": true}))
        .await;
    let (daan, sanne) = office.daan_talks_to_sanne().await;
    office.reception_asks_for_a_callback().await;
    let cancel = office.reception.dial("#8").await;
    cancel.until_answered().await;
    cancel.until_ended().await;
    daan.hang_up().await;
    sanne.until_ended().await;
    office.is(SANNE, LineView::Free).await;
    // A call of its own, placed after the line became free, is the next that the reception's phone sees.
    let next = office.daan.dial("140").await;
    let seen = office.reception.ringing().await;
    assert!(
        seen.header("From").contains("143"),
        "{}",
        seen.header("From")
    );
    assert_eq!(office.reception.rung(), 1);
    next.give_up().await;
    seen.until_ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transferred_call_waits_for_a_busy_line_or_is_taken_back() {
    let Some(office) = Office::open().await else {
        return;
    };
    let portal = &office.setup.portal;
    portal
        .set(
            SANNE.0,
            "call-transfer",
            json!({"recall": true, "camp_on": true, "camp_on_seconds": 60}),
        )
        .await;
    // The reception talks to the line outside.
    let outside = office.reception.dial("0205550100").await;
    outside.until_answered().await;
    let (daan, sanne) = office.daan_talks_to_sanne().await;
    sanne.transfer("140").await;
    sanne.until_ended().await;
    daan.hears_music().await;
    assert_eq!(office.reception.rung(), 0, "the line is busy");
    outside.hang_up().await;
    let reception = office.reception.ringing().await;
    reception.answer().await;
    daan.hears(&[&office.reception]).await;
    reception.hears(&[&office.daan]).await;
    daan.hang_up().await;
    reception.until_ended().await;
    office.is(RECEPTION, LineView::Free).await;

    // Nobody answers the transferred call: Sanne takes it back.
    let (daan, sanne) = office.daan_talks_to_sanne().await;
    sanne.transfer("140").await;
    sanne.until_ended().await;
    let rings = office.reception.ringing().await;
    let back = office.sanne.dial("*11").await;
    back.until_answered().await;
    rings.until_ended().await;
    daan.hears(&[&office.sanne]).await;
    back.hears(&[&office.daan]).await;
    back.hang_up().await;
    daan.until_ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_held_hears_music_and_the_call_goes_on() {
    let Some(office) = Office::open().await else {
        return;
    };
    let (daan, sanne) = office.daan_talks_to_sanne().await;

    sanne.hold().await;
    daan.hears_music().await;
    office.is(SANNE, LineView::Busy).await;
    office.is(DAAN, LineView::Busy).await;
    sanne.resume().await;
    daan.hears(&[&office.sanne]).await;
    sanne.hears(&[&office.daan]).await;

    // The caller holds just as well.
    daan.hold().await;
    sanne.hears_music().await;
    daan.resume().await;
    sanne.hears(&[&office.daan]).await;
    daan.hears(&[&office.sanne]).await;

    daan.hang_up().await;
    sanne.until_ended().await;
    office.is(SANNE, LineView::Free).await;
    office.is(DAAN, LineView::Free).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_is_told_of_a_forwarding_where_that_is_set() {
    let Some(office) = Office::open().await else {
        return;
    };
    let portal = &office.setup.portal;
    portal
        .set(
            SANNE.0,
            "forwarding-always",
            json!({"active": true, "number": "140"}),
        )
        .await;
    for (tells, expected) in [
        ("never", vec![100, 180, 200]),
        ("all", vec![100, 181, 180, 200]),
    ] {
        portal
            .set(
                SANNE.0,
                "call-policies",
                json!({"forwarding_notice": tells}),
            )
            .await;
        let daan = office.daan.dial("142").await;
        let reception = office.reception.ringing().await;
        daan.until_status(180).await;
        reception.answer().await;
        daan.until_answered().await;
        assert_eq!(daan.statuses(), expected, "{tells}");
        daan.hang_up().await;
        reception.until_ended().await;
        office.is(RECEPTION, LineView::Free).await;
    }
}
