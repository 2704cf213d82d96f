//! Mails go out: real conversations with a server that takes them, refuses them, or breaks off in the middle.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/smtp.rs"]
mod smtp;

use centrale_core::time::Timestamp;
use centrale_server::clock::{Clock, SystemClock, SystemTokens};
use centrale_server::mail::{Email, MailSettings, Mailer, Relay, RetryPolicy};
use centrale_server::store::Store;
use smtp::{Plan, Smtp};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A database, and a mailer that is in a hurry.
struct Office {
    store: Store,
    _folder: TempDir,
}

impl Office {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
        Self {
            store: Store::open(&url).await.unwrap(),
            _folder: folder,
        }
    }

    fn mailer(&self, url: &str, whole: Duration) -> Mailer {
        self.mailer_by(Relay::new(url).unwrap(), whole)
    }

    fn mailer_by(&self, relay: Relay, whole: Duration) -> Mailer {
        let retry = RetryPolicy {
            first: Duration::from_millis(20),
            longest: Duration::from_millis(100),
            whole,
        };
        let from = "Centrale <centrale@example.com>".parse().unwrap();
        let settings = MailSettings { relay, from, retry };
        Mailer::open(
            self.store.clone(),
            Arc::new(SystemClock),
            Arc::new(SystemTokens),
            settings,
        )
    }
}

const LONG: Duration = Duration::from_hours(1);

fn email(subject: &str) -> Email {
    let text = "A line.\n.\n..and one more\n".into();
    Email {
        to: "sanne@example.com".into(),
        subject: subject.into(),
        text,
        enclosed: None,
    }
}

async fn until(happened: impl AsyncFn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(15);
    while !happened().await {
        assert!(Instant::now() < patience, "it did not happen within 15 s");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

impl Office {
    async fn is_empty(&self) -> bool {
        self.store.next_mail().await.unwrap().is_none()
    }
}

#[tokio::test]
async fn a_mail_goes_out() {
    let (office, smtp) = (Office::new().await, Smtp::start(&[]).await);
    let mailer = office.mailer(&smtp.url(), LONG);
    mailer.store(&[email("One")]).await.unwrap();
    until(async || office.is_empty().await).await;
    mailer.enqueue(email("Two"));
    mailer.close().await;
    let other = office.mailer(&smtp.url(), LONG);
    until(async || office.is_empty().await).await;
    other.close().await;
    let taken = smtp.taken();
    assert_eq!(
        taken
            .iter()
            .map(|mail| mail.header("Subject"))
            .collect::<Vec<_>>(),
        ["One", "Two"]
    );
    assert_eq!(
        (taken[0].from.as_str(), taken[0].to.as_slice()),
        (
            "centrale@example.com",
            &["sanne@example.com".to_owned()][..]
        )
    );
    let (_, body) = taken[0].content.split_once("\r\n\r\n").unwrap();
    assert_eq!(body.trim_end(), "A line.\r\n.\r\n..and one more");
    assert_ne!(taken[0].header("Message-ID"), taken[1].header("Message-ID"));
}

#[tokio::test]
async fn the_password_may_come_apart_from_the_address() {
    let (office, smtp) = (Office::new().await, Smtp::start(&[]).await);
    let address = format!("smtp://me@{}", smtp.at);
    assert!(Relay::new(&address).is_err(), "there is no password");
    let mailer = office.mailer_by(
        Relay::with_password(&address, Some("s3cr@t/")).unwrap(),
        LONG,
    );
    mailer.store(&[email("One")]).await.unwrap();
    until(async || office.is_empty().await).await;
    mailer.close().await;
    // PLAIN, NUL, me, NUL, s3cr@t/ (RFC 4616).
    assert_eq!(smtp.taken()[0].auth, "PLAIN AG1lAHMzY3JAdC8=");
}

#[tokio::test]
async fn a_mail_is_tried_until_it_is_taken() {
    let plans = [
        Plan::HangUp,
        Plan::Refuse("451 later"),
        Plan::Break,
        Plan::Refuse("421 busy"),
    ];
    let (office, smtp) = (Office::new().await, Smtp::start(&plans).await);
    let mailer = office.mailer(&smtp.url(), LONG);
    mailer.store(&[email("One")]).await.unwrap();
    until(async || office.is_empty().await).await;
    let taken = smtp.taken();
    // The connection broke after it was read: it came once more, and can be told from a new one.
    assert_eq!(
        taken
            .iter()
            .map(|mail| mail.acknowledged)
            .collect::<Vec<_>>(),
        [false, true]
    );
    assert_eq!(taken[0].content, taken[1].content);
    assert_eq!(smtp.plans(), 0);
    assert_eq!(office.store.given_up_mails().await.unwrap(), []);
    mailer.close().await;
}

#[tokio::test]
async fn one_that_is_refused_does_not_hold_others_up() {
    let (office, smtp) = (
        Office::new().await,
        Smtp::start(&[Plan::Refuse("550 nobody here")]).await,
    );
    let mailer = office.mailer(&smtp.url(), LONG);
    mailer.store(&[email("One")]).await.unwrap();
    until(async || office.is_empty().await).await;
    mailer.store(&[email("Two")]).await.unwrap();
    until(async || office.is_empty().await).await;
    let subjects: Vec<_> = smtp
        .taken()
        .iter()
        .map(|mail| mail.header("Subject"))
        .collect();
    assert_eq!(subjects, ["Two"]);
    let given_up = office.store.given_up_mails().await.unwrap();
    assert_eq!(given_up.len(), 1);
    assert_eq!(
        (given_up[0].recipient.as_str(), given_up[0].attempts),
        ("sanne@example.com", 1)
    );
    assert!(
        given_up[0].reason.contains("nobody here"),
        "{}",
        given_up[0].reason
    );
    mailer.close().await;
}

#[tokio::test]
async fn patience_ends() {
    // Nobody listens there.
    let office = Office::new().await;
    let smtp = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mailer = office.mailer(&format!("smtp://{smtp}"), Duration::from_millis(200));
    let began = SystemClock.now();
    mailer.store(&[email("One")]).await.unwrap();
    until(async || office.is_empty().await).await;
    let given_up = office.store.given_up_mails().await.unwrap();
    assert!(given_up[0].at >= began.plus_ms(200), "{given_up:?}");
    mailer.close().await;
}

#[tokio::test]
async fn what_a_killed_server_was_sending_is_sent_by_the_next() {
    let (office, smtp) = (Office::new().await, Smtp::start(&[]).await);
    let dead = "smtp://127.0.0.1:1";
    let killed = office.mailer(dead, LONG);
    killed.close().await;
    killed.store(&[email("One")]).await.unwrap();
    // As if it had been killed while it sent.
    let now = SystemClock.now();
    assert!(
        office
            .store
            .take_mail(now, now.plus_ms(300))
            .await
            .unwrap()
            .is_some()
    );
    let next = office.mailer(&smtp.url(), LONG);
    until(async || office.is_empty().await).await;
    assert!(SystemClock.now() >= Timestamp(now.0 + 300));
    assert_eq!(smtp.taken().len(), 1);
    next.close().await;
}
