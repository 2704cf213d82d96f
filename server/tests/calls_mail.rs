//! What calls lead to by mail: notices of calls, and messages that are mailed. Needs Asterisk and sipp; without them it
//! says loudly that it was skipped.
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
#[path = "support/softphone.rs"]
mod softphone;
#[path = "support/tone.rs"]
mod tone;

use centrale_core::exchange::LineView;
use reqwest::Method;
use serde_json::json;
use setup::{DAAN, RECEPTION, SANNE, Setup, check};
use sip::Behaviour;
use smtp::{Smtp, Taken};
use softphone::SoftPhone;
use std::time::{Duration, Instant};
use tone::TONES;

/// A server whose mails come here.
async fn open() -> Option<(Setup, Smtp)> {
    let smtp = Smtp::start(&[]).await;
    let setup = Setup::build_mailing(|_| {}, Some(&smtp.url())).await?;
    Some((setup, smtp))
}

async fn mails(setup: &Setup, smtp: &Smtp, count: usize) -> Vec<Taken> {
    setup.portal.until(|| smtp.taken().len() >= count).await;
    let taken = smtp.taken();
    assert_eq!(taken.len(), count, "{taken:?}");
    taken
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_told_by_mail() {
    let Some((setup, smtp)) = open().await else {
        return;
    };
    let (portal, sanne) = (
        &setup.portal,
        setup.phone(SANNE.1, Behaviour::Answers(1)).await,
    );
    let reception = setup.phone(RECEPTION.1, Behaviour::Answers(1)).await;
    let told = |outside: bool| {
        json!({"active": true, "email": "sanne@example.com", "rules": [
            {"name": "Outside", "who": {"from": if outside { "external" } else { "internal" }}},
        ]})
    };
    portal.set(SANNE.0, "call-notify", told(true)).await;
    let outcome = setup
        .call_from_outside(Some("+31205550100"), "+31305550142")
        .await;
    check("told", &outcome, 200, &[(&sanne, 1)]);
    let mail = mails(&setup, &smtp, 1).await.remove(0);
    assert_eq!(mail.to, ["sanne@example.com"]);
    assert_eq!(mail.header("Subject"), "Oproep van +31 20 555 01 00");
    assert!(
        mail.plain().contains("Nummer: +31 20 555 01 00\r\n"),
        "{}",
        mail.content
    );

    // A call that is forwarded here from a colleague: first there is no rule for it, then there is.
    portal
        .set(
            RECEPTION.0,
            "forwarding-always",
            json!({"active": true, "number": "142"}),
        )
        .await;
    check(
        "no rule",
        &setup.call(DAAN.1, "140").await,
        200,
        &[(&sanne, 2), (&reception, 0)],
    );
    portal.set(SANNE.0, "call-notify", told(false)).await;
    check(
        "forwarded",
        &setup.call(DAAN.1, "140").await,
        200,
        &[(&sanne, 3), (&reception, 0)],
    );
    let mail = mails(&setup, &smtp, 2).await.remove(1);
    assert!(mail.plain().contains("toestel 143\r\n"), "{}", mail.content);

    // Who is refused is not told of; who withholds the number stays anonymous.
    portal.set(SANNE.0, "call-notify", told(true)).await;
    portal
        .set(SANNE.0, "anonymous-rejection", json!({"active": true}))
        .await;
    let outcome = setup.call_from_outside(None, "+31305550142").await;
    check("refused", &outcome, 403, &[(&sanne, 3)]);
    portal
        .set(SANNE.0, "anonymous-rejection", json!({"active": false}))
        .await;
    let outcome = setup.call_from_outside(None, "+31305550142").await;
    check("anonymous", &outcome, 200, &[(&sanne, 4)]);
    let mail = mails(&setup, &smtp, 3).await.remove(2);
    assert_eq!(mail.header("Subject"), "Oproep van een anonieme beller");
    assert!(!mail.plain().contains("01 00"), "{}", mail.content);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_hangs_up_at_the_beep_leaves_no_message() {
    let Some((setup, smtp)) = open().await else {
        return;
    };
    let portal = &setup.portal;
    let secret = portal.secret(DAAN.1).await;
    let daan = SoftPhone::register(&setup.asterisk.sip, DAAN.1, &secret, TONES[0]).await;
    portal
        .until(|| portal.line(DAAN.0) == Some(LineView::Free))
        .await;
    portal
        .set(
            SANNE.0,
            "forwarding-always",
            json!({"active": true, "voicemail": true}),
        )
        .await;
    let told = json!({"active": true, "messages": "kept", "notice_email": "sanne@example.com"});
    portal.set(SANNE.0, "voicemail-management", told).await;
    let leave = async |after: Duration| {
        let leaving = daan.dial("142").await;
        leaving.until_answered().await;
        leaving.hears_music().await;
        leaving.press("#").await;
        tokio::time::sleep(after).await;
        leaving.hang_up().await;
    };
    let messages = async |count: usize| {
        let patience = Instant::now() + Duration::from_secs(15);
        loop {
            let page = portal
                .ask(Method::GET, &format!("/api/users/{}/calls", SANNE.0), None)
                .await;
            let calls = page["calls"].as_array().unwrap();
            if calls.len() >= count {
                return calls
                    .iter()
                    .rev()
                    .map(|call| call["message"] == true)
                    .collect::<Vec<_>>();
            }
            assert!(
                Instant::now() < patience,
                "not {count} calls within 15 s: {page}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    // The beep takes some of it.
    leave(Duration::from_millis(700)).await;
    assert_eq!(messages(1).await, [false]);
    assert!(portal.mailbox_is_empty(SANNE.0), "nothing was said");
    leave(Duration::from_secs(3)).await;
    assert_eq!(messages(2).await, [false, true]);
    assert!(portal.message(SANNE.0).await.starts_with(b"RIFF"));
    let notice = mails(&setup, &smtp, 1).await.remove(0);
    assert_eq!(notice.to, ["sanne@example.com"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_mailed() {
    let Some((setup, smtp)) = open().await else {
        return;
    };
    let portal = &setup.portal;
    let secret = portal.secret(DAAN.1).await;
    let daan = SoftPhone::register(&setup.asterisk.sip, DAAN.1, &secret, TONES[0]).await;
    portal
        .until(|| portal.line(DAAN.0) == Some(LineView::Free))
        .await;
    let leave = async || {
        let leaving = daan.dial("142").await;
        leaving.until_answered().await;
        leaving.hears_music().await;
        leaving.press("#").await;
        // The tone of his phone is the message, from the beep on.
        leaving.hears_nothing(Duration::from_secs(2)).await;
        leaving.hang_up().await;
    };
    portal
        .set(
            SANNE.0,
            "forwarding-always",
            json!({"active": true, "voicemail": true}),
        )
        .await;
    let mailed = |messages: &str| {
        json!({"active": true, "messages": messages, "forward_email": "all@example.com",
               "notice_email": "sanne@example.com"})
    };
    portal
        .set(SANNE.0, "voicemail-management", mailed("forwarded"))
        .await;
    leave().await;
    let mut taken = mails(&setup, &smtp, 2).await;
    taken.sort_by_key(|mail| mail.to.clone());
    let (forwarded, notice) = (&taken[0], &taken[1]);
    assert_eq!(
        (&forwarded.to[..], &notice.to[..]),
        (
            &["all@example.com".to_owned()][..],
            &["sanne@example.com".to_owned()][..]
        )
    );
    assert_eq!(forwarded.header("Subject"), "Voicemail van Daan Visser");
    // RIFF, as base64.
    assert!(
        forwarded.content.contains("Content-Type: audio/wav"),
        "{}",
        forwarded.content
    );
    assert!(
        forwarded.content.contains("\r\n\r\nUklGR"),
        "{}",
        forwarded.content
    );
    assert!(
        forwarded.content.len() > 20_000,
        "{} bytes are no message",
        forwarded.content.len()
    );
    assert!(!notice.content.contains("audio/wav"), "{}", notice.content);
    assert!(portal.mailbox_is_empty(SANNE.0), "it went elsewhere");

    portal
        .set(SANNE.0, "voicemail-management", mailed("kept"))
        .await;
    leave().await;
    let notice = mails(&setup, &smtp, 3).await.remove(2);
    assert_eq!(notice.to, ["sanne@example.com"]);
    assert!(portal.message(SANNE.0).await.starts_with(b"RIFF"));
}
