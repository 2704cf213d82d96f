//! Outgoing mail: a trial, and what could not be sent.

use crate::server::{ENTERPRISE, NOW, Server};
use crate::smtp::{Plan, Smtp};
use centrale_server::store::Mail;
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_trial_tells_what_the_server_said() {
    let plans = [
        Plan::Refuse("550 5.1.1 nobody here"),
        Plan::Refuse("451 later"),
        Plan::Refuse("530 who are you"),
        Plan::HangUp,
    ];
    let smtp = Smtp::start(&plans).await;
    let server = Server::mailing(&smtp.url()).await;
    let admin = server.actor(ENTERPRISE).await;
    let trial = json!({ "to": "ada@example.com", "language": "en" });
    let said = async |outcome: &str, said: &str| {
        let answer = admin.post("/api/mails/try", trial.clone()).await.ok();
        assert_eq!(answer["outcome"], outcome, "{answer}");
        assert!(answer["said"].as_str().unwrap().contains(said), "{answer}");
    };
    said("refused", "nobody here").await;
    said("not-now", "later").await;
    said("silent", "who are you").await;
    said("silent", "").await;
    assert_eq!(smtp.taken(), []);
    said("taken", "250 taken").await;
    let taken = smtp.taken();
    assert_eq!(
        (taken.len(), &taken[0].to),
        (1, &vec!["ada@example.com".to_owned()])
    );
    assert_eq!(taken[0].header("Subject"), "Trial mail from Centrale");
    // It was tried once, whatever came of it.
    assert_eq!(server.store().await.next_mail().await.unwrap(), None);
    assert_eq!(
        admin.get("/api/mails").await.ok(),
        json!({ "on": true, "given_up": [] })
    );

    let wrong = admin
        .post("/api/mails/try", json!({ "to": "ada at example" }))
        .await;
    assert_eq!(wrong.status, 422);
    assert_eq!(
        wrong.body["fields"],
        json!([{ "field": "to", "code": "email-malformed" }])
    );
}

#[tokio::test]
async fn without_a_server_nothing_is_tried() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let answer = admin
        .post("/api/mails/try", json!({ "to": "ada@example.com" }))
        .await
        .ok();
    assert_eq!(answer, json!({ "outcome": "off", "said": "" }));
    assert_eq!(
        admin.get("/api/mails").await.ok(),
        json!({ "on": false, "given_up": [] })
    );
}

#[tokio::test]
async fn what_was_given_up_is_listed_tried_again_and_forgotten() {
    let smtp = Smtp::start(&[]).await;
    let server = Server::mailing(&smtp.url()).await;
    let admin = server.actor(ENTERPRISE).await;
    let store = server.store().await;
    let name = |name: &str| format!("{name}@centrale.example");
    let mail = |one: &str| Mail {
        message_id: name(one),
        recipient: "sanne@example.com".into(),
        content: format!("Subject: {one}\r\n\r\nSecret.\r\n"),
    };
    store
        .add_mails(&[mail("a"), mail("b")], NOW.plus_seconds(60))
        .await
        .unwrap();
    for (one, seconds) in [("a", 70), ("b", 80)] {
        store
            .give_up_mail(&name(one), NOW.plus_seconds(seconds), "550 nobody here")
            .await
            .unwrap();
    }
    let given_up = |one: &str, seconds: i64| {
        json!({
            "id": name(one), "to": "sanne@example.com", "since": NOW.plus_seconds(60), "attempts": 0,
            "at": NOW.plus_seconds(seconds), "reason": "550 nobody here",
        })
    };
    let listed = async || admin.get("/api/mails").await.ok()["given_up"].clone();
    let answer = admin.get("/api/mails").await;
    assert!(
        !answer.text.contains("Secret") && !answer.text.contains("Subject"),
        "{}",
        answer.text
    );
    assert_eq!(
        listed().await,
        json!([given_up("b", 80), given_up("a", 70)])
    );

    let retry = admin
        .send("POST", &format!("/api/mails/{}/retry", name("a")), None)
        .await;
    assert_eq!(retry.status, 204);
    let patience = Instant::now() + Duration::from_secs(15);
    while smtp.taken().is_empty() {
        assert!(Instant::now() < patience, "no mail within 15 s");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(smtp.taken()[0].header("Subject"), "a");
    assert_eq!(listed().await, json!([given_up("b", 80)]));

    let path = format!("/api/mails/{}", name("b"));
    assert_eq!(admin.send("DELETE", &path, None).await.status, 204);
    assert_eq!(listed().await, json!([]));
    assert_eq!(
        admin.send("DELETE", &path, None).await.refusal(),
        (404, "not-found")
    );
    assert_eq!(
        admin
            .send("POST", &format!("{path}/retry"), None)
            .await
            .refusal(),
        (404, "not-found")
    );
}
