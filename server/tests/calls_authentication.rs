//! Phones that fail to say who they are, and passwords that are renewed. Needs Asterisk and sipp; without them it says
//! loudly that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/message.rs"]
mod message;
#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;

use message::Message;
use reqwest::Method;
use serde_json::{Value, json};
use setup::{SANNE, Setup};
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;
use tokio::time::timeout;

/// A phone at an address, as far as it registers.
struct Tried<'a> {
    registrar: &'a str,
    address: &'a str,
    account: &'a str,
}

impl Tried<'_> {
    /// Registers, and tells the status of the last answer.
    async fn with(&self, secret: &str) -> u16 {
        let socket = UdpSocket::bind((self.address, 0)).await.unwrap();
        let first = self.ask(&socket, 1, "").await;
        if first.status() != Some(401) {
            return first.status().unwrap();
        }
        let said =
            message::authorization(&first, "REGISTER", "sip:127.0.0.1", self.account, secret);
        self.ask(&socket, 2, &said).await.status().unwrap()
    }

    async fn ask(&self, socket: &UdpSocket, number: u32, header: &str) -> Message {
        let (at, account) = (socket.local_addr().unwrap(), self.account);
        let request = format!(
            "REGISTER sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{number}{port}\r\n\
             From: <sip:{account}@127.0.0.1>;tag={port}\r\nTo: <sip:{account}@127.0.0.1>\r\nCall-ID: {port}@{at}\r\n\
             CSeq: {number} REGISTER\r\nContact: <sip:{account}@{at}>\r\nExpires: 600\r\n{header}Content-Length: 0\r\n\r\n",
            port = at.port(),
        );
        let mut answer = vec![0; 4096];
        for _ in 0..10 {
            socket
                .send_to(request.as_bytes(), self.registrar)
                .await
                .unwrap();
            if let Ok(read) = timeout(Duration::from_secs(2), socket.recv(&mut answer)).await {
                let message = Message::parse(&answer[..read.unwrap()]).unwrap();
                // A phone that has just registered may be asked something before it is answered.
                if message.status().is_some() {
                    return message;
                }
            }
        }
        panic!("no answer from {}", self.registrar);
    }
}

/// Tries until it happens, within a minute.
async fn until(what: &str, happened: impl AsyncFn() -> bool) {
    let patience = Instant::now() + Duration::from_mins(1);
    while !happened().await {
        assert!(
            Instant::now() < patience,
            "{what} did not happen within a minute"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn failures(setup: &Setup) -> Vec<(Value, Value, Value)> {
    let all = setup
        .portal
        .ask(Method::GET, "/api/phones/failures", None)
        .await;
    let one = |failed: &Value| {
        (
            failed["account"].clone(),
            failed["user"].clone(),
            failed["address"].clone(),
        )
    };
    all.as_array().unwrap().iter().map(one).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_guesses_is_slowed_down_and_seen_and_nobody_else_is() {
    let Some(setup) = Setup::build().await else {
        return;
    };
    let (registrar, right) = (
        setup.asterisk.sip.as_str(),
        setup.portal.secret(SANNE.1).await,
    );
    let phone = |address, account| Tried {
        registrar,
        address,
        account,
    };
    let office = phone("127.0.0.1", SANNE.1);
    let seen = async |account: &str, user: Option<u32>, address: &str| {
        failures(&setup)
            .await
            .contains(&(json!(account), json!(user), json!(address)))
    };
    // What Asterisk tells is listened to once something is.
    until("a failure that is seen", async || {
        assert_eq!(phone("127.0.0.3", "nobody").with("guess").await, 401);
        seen("", None, "127.0.0.3").await
    })
    .await;
    until("a right password", async || {
        office.with(&right).await == 200
    })
    .await;
    let stranger = phone("127.0.0.2", SANNE.1);
    for _ in 0..4 {
        assert_eq!(stranger.with("guess").await, 401);
    }
    until("a refusal", async || stranger.with("guess").await == 403).await;
    assert!(seen(SANNE.1, Some(SANNE.0), "127.0.0.2").await);
    // An office in which one phone has an old password.
    for _ in 0..10 {
        assert_eq!(office.with("old").await, 401);
    }
    until("a failure of the office", async || {
        seen(SANNE.1, Some(SANNE.0), "127.0.0.1").await
    })
    .await;
    assert_eq!(office.with(&right).await, 200);
    // It is heard again by itself, and forgiven once it has the right password.
    until("the end of a delay", async || {
        stranger.with(&right).await == 200
    })
    .await;
    until("forgiveness", async || {
        !seen(SANNE.1, Some(SANNE.0), "127.0.0.2").await
    })
    .await;
    let events = setup
        .portal
        .ask(Method::GET, "/api/security/events", None)
        .await;
    let refused = events
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["kind"] == "phone-refused");
    let refused: Vec<_> = refused
        .map(|event| (&event["login"], &event["account"], &event["address"]))
        .collect();
    assert!(
        refused.contains(&(&json!(SANNE.1), &json!("user-1"), &json!("127.0.0.2"))),
        "{refused:?}"
    );
    assert!(
        refused.contains(&(&json!(""), &Value::Null, &json!("127.0.0.3"))),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewed_password_takes_the_place_of_the_old_one() {
    let Some(setup) = Setup::build().await else {
        return;
    };
    let (registrar, old) = (
        setup.asterisk.sip.as_str(),
        setup.portal.secret(SANNE.1).await,
    );
    let phone = Tried {
        registrar,
        address: "127.0.0.1",
        account: SANNE.1,
    };
    until("the old password", async || phone.with(&old).await == 200).await;
    let told = setup
        .portal
        .ask(Method::POST, "/api/users/1/devices/1/secret", None)
        .await;
    let new = told["secret"].as_str().unwrap();
    // Asterisk keeps what it looked up for half a minute at most.
    until("the new password", async || phone.with(new).await == 200).await;
    assert_eq!(phone.with(&old).await, 401);
}
