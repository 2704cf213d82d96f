//! Messages: how they are left, counted on the lamp of a phone and heard, and who may hear them. Needs Asterisk and sipp;
//! without them it says loudly that it was skipped.
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

use office::Office;
use reqwest::Method;
use serde_json::json;
use setup::{SANNE, Setup};
use softphone::{Line, SoftPhone};
use std::time::Duration;
use tone::TONES;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_left_counted_and_heard() {
    let Some(office) = Office::open().await else {
        return;
    };
    let portal = &office.setup.portal;
    let listen = async |messages: usize| {
        let listening = office.sanne.dial("*86").await;
        listening.until_answered().await;
        listening.hears_music().await;
        for _ in 0..messages {
            listening.hears(&[&office.daan]).await;
        }
        listening.until_ended().await;
    };
    listen(0).await;

    portal
        .set(
            SANNE.0,
            "forwarding-always",
            json!({"active": true, "voicemail": true}),
        )
        .await;
    let leaving = office.daan.dial("142").await;
    leaving.until_answered().await;
    leaving.hears_music().await;
    leaving.press("#").await;
    // The tone of Daan's phone is his message, from the beep on.
    leaving.hears_nothing(Duration::from_secs(2)).await;
    leaving.hang_up().await;
    let message = portal.message(SANNE.0).await;
    assert!(message.starts_with(b"RIFF"), "a message is kept as WAV");
    // The lamp is lit while the message is new, where that is set.
    office.sanne.until_lamp(1, 0).await;
    for (indicator, new) in [(false, 0), (true, 1)] {
        portal
            .set(
                SANNE.0,
                "voicemail-management",
                json!({"indicator": indicator}),
            )
            .await;
        office.sanne.until_lamp(new, 0).await;
    }
    // A phone that comes later is told at once; it may ask to be told, too.
    let secret = portal.secret(SANNE.1).await;
    let later = SoftPhone::register(&office.setup.asterisk.sip, SANNE.1, &secret, TONES[3]).await;
    later.until_lamp(1, 0).await;
    assert!(!later.lamp_is_subscribed());
    later.subscribe_to_messages().await;
    portal.until(|| later.lamp_was_subscribed()).await;
    later.until_lamp(1, 0).await;
    listen(1).await;
    later.until_lamp(0, 1).await;
    assert!(later.lamp_is_subscribed());
    // Heard, it is there still.
    listen(1).await;

    // Nobody may leave a message: the greeting says so, and the call ends by itself.
    portal
        .set(SANNE.0, "voicemail-greetings", json!({"deposit": false}))
        .await;
    let refused = office.daan.dial("142").await;
    refused.until_answered().await;
    refused.hears_music().await;
    refused.until_ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_shows_what_was_left_before_asterisk_began() {
    let Some(setup) = Setup::build_with(|_| {}).await else {
        return;
    };
    setup.portal.has_message(SANNE.0);
    let secret = setup.portal.secret(SANNE.1).await;
    let phone = SoftPhone::register(&setup.asterisk.sip, SANNE.1, &secret, TONES[0]).await;
    phone.until_lamp(1, 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_elses_mailbox_asks_for_its_passcode() {
    let Some(office) = Office::open().await else {
        return;
    };
    let portal = &office.setup.portal;
    let path = format!("/api/users/{}/passcode", SANNE.0);
    portal
        .ask(Method::PUT, &path, Some(json!({"passcode": "205917"})))
        .await;
    portal
        .set(
            SANNE.0,
            "forwarding-always",
            json!({"active": true, "voicemail": true}),
        )
        .await;
    let leaving = office.daan.dial("142").await;
    leaving.until_answered().await;
    leaving.hears_music().await;
    leaving.press("#").await;
    leaving.hears_nothing(Duration::from_secs(2)).await;
    leaving.hang_up().await;
    portal.message(SANNE.0).await;

    // Each prompt begins with a moment of silence.
    let prompted = async |line: &Line| {
        line.hears_nothing(Duration::from_millis(100)).await;
        line.hears_music().await;
    };
    // By the code and the extension; a wrong one may be made good.
    let opening = office.reception.dial("*62142").await;
    opening.until_answered().await;
    prompted(&opening).await;
    opening.press("205918#").await;
    prompted(&opening).await;
    opening.press("205917#").await;
    opening.hears(&[&office.daan]).await;
    opening.until_ended().await;

    // During the greeting; three wrong ones end the call.
    let guessing = office.reception.dial("142").await;
    guessing.until_answered().await;
    prompted(&guessing).await;
    guessing.press("*").await;
    for wrong in ["112233#", "112244#", "112255#"] {
        prompted(&guessing).await;
        guessing.press(wrong).await;
    }
    guessing.until_ended().await;
}
