//! Real connections: who is silent, sends half a request or does not read is let go, nobody has more connections than
//! their share, and files wait on a disk.

use crate::server::{ENTERPRISE, SANNE, Server};
use centrale_core::api::session::CSRF_HEADER;
use centrale_server::state::Limits;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// So short that a test need not wait, and so long that who does nothing wrong is in time.
const SHORT: Duration = Duration::from_secs(1);
/// Longer than any test.
const LONG: Duration = Duration::from_mins(5);
const HEALTH: &str = "GET /api/health HTTP/1.1\r\nHost: centrale.example\r\n\r\n";

fn patient() -> Limits {
    Limits {
        header: LONG,
        body: LONG,
        pause: LONG,
        file: LONG,
        write: LONG,
        ..Limits::default()
    }
}

/// A connection over which something was sent.
async fn sent(to: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(to).await.unwrap();
    // One that has no place is closed already.
    stream.write_all(text.as_bytes()).await.ok();
    stream
}

/// All that comes until the server closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that is reset is closed as well.
    tokio::time::timeout(LONG, stream.read_to_end(&mut bytes))
        .await
        .unwrap()
        .ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first line of an answer; empty when the connection is closed instead.
async fn status(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    while !text.contains(&b'\n') {
        match stream.read_u8().await {
            Ok(byte) => text.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(text).unwrap().trim_end().to_owned()
}

fn post(path: &str, cookie: &str, length: usize) -> String {
    let (name, value) = CSRF_HEADER;
    format!(
        "POST {path} HTTP/1.1\r\nHost: centrale.example\r\n{name}: {value}\r\nCookie: {cookie}\r\nContent-Type: \
         application/json\r\nContent-Length: {length}\r\n\r\n"
    )
}

#[tokio::test]
async fn half_a_header_and_silence_are_closed() {
    let server = Server::start().await;
    let at = server
        .listen(Limits {
            header: SHORT,
            ..patient()
        })
        .await;
    for half in [
        "",
        "GET /api/health HTTP/1.1\r\n",
        "GET /api/health HTTP/1.1\r\nHost: centrale.example\r\nX: ",
    ] {
        assert_eq!(rest(&mut sent(at, half).await).await, "", "{half:?}");
    }
    // Silence after an answer is silence too.
    let mut idle = sent(at, HEALTH).await;
    let answer = rest(&mut idle).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.matches("HTTP/1.1").count() == 1,
        "{answer}"
    );
}

#[tokio::test]
async fn half_a_body_is_told_and_closed() {
    let server = Server::start().await;
    let at = server
        .listen(Limits {
            body: SHORT,
            ..patient()
        })
        .await;
    let mut stream = sent(at, &(post("/api/session", "", 100) + r#"{"login":"#)).await;
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(
        answer.contains("body-too-slow") && answer.contains("connection: close"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_log_in_may_be_small_only() {
    let server = Server::start().await;
    let at = server.listen(patient()).await;
    let mut stream = sent(
        at,
        &(post("/api/session", "", 20_000) + &" ".repeat(20_000)),
    )
    .await;
    assert_eq!(status(&mut stream).await, "HTTP/1.1 413 Payload Too Large");
}

#[tokio::test]
async fn files_that_stall_have_few_places_and_not_for_ever() {
    let server = Server::start().await;
    let at = server
        .listen(Limits {
            pause: SHORT,
            ..patient()
        })
        .await;
    let long = server.listen(patient()).await;
    let cookie = server.actor(ENTERPRISE).await.cookie.unwrap();
    let file = |name: &str| {
        post(
            &format!("/api/uploads?owner=enterprise&name={name}"),
            &cookie,
            1000,
        ) + "RIFF"
    };
    let answer = rest(&mut sent(at, &file("stalls")).await).await;
    assert!(
        answer.starts_with("HTTP/1.1 408 ") && answer.contains("body-too-slow"),
        "{answer}"
    );
    // One has three places: the fourth is refused, and gets one when another is given up.
    let mut stalled = Vec::new();
    let refused = loop {
        let mut next = sent(long, &file("more")).await;
        let answered = tokio::time::timeout(SHORT, status(&mut next)).await;
        match answered {
            Ok(answer) => break answer,
            Err(_) => stalled.push(next),
        }
    };
    assert_eq!(
        (refused.as_str(), stalled.len()),
        ("HTTP/1.1 503 Service Unavailable", 3)
    );
    // Somebody else is not held up: theirs is read, and is no sound.
    let other = server.actor(SANNE).await.cookie.unwrap();
    let text = post("/api/uploads?owner=user:1&name=own", &other, 4) + "text";
    assert_eq!(
        status(&mut sent(long, &text).await).await,
        "HTTP/1.1 422 Unprocessable Entity"
    );
    drop(stalled);
    let whole = post("/api/uploads?owner=enterprise&name=last", &cookie, 4) + "text";
    while status(&mut sent(long, &whole).await).await != "HTTP/1.1 422 Unprocessable Entity" {}
}

#[tokio::test]
async fn who_does_not_read_is_let_go() {
    let server = Server::start().await;
    let at = server
        .listen(Limits {
            write: SHORT,
            connections: 1,
            of_address: 1,
            ..patient()
        })
        .await;
    let many = "GET /api/openapi.json HTTP/1.1\r\nHost: centrale.example\r\n\r\n".repeat(200);
    let stalled = sent(at, &many).await;
    // There is one place: it becomes free although the other end stays open.
    while status(&mut sent(at, HEALTH).await).await != "HTTP/1.1 200 OK" {}
    drop(stalled);
}

#[tokio::test]
async fn an_address_has_its_share_of_connections() {
    let server = Server::start().await;
    let at = server
        .listen(Limits {
            of_address: 100,
            ..patient()
        })
        .await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(sent(at, "GET /").await);
    }
    // All are taken, once the server has seen the last.
    while !status(&mut sent(at, HEALTH).await).await.is_empty() {}
    silent.truncate(99);
    while status(&mut sent(at, HEALTH).await).await != "HTTP/1.1 200 OK" {}
}

#[tokio::test]
async fn a_request_names_one_host() {
    let server = Server::start().await;
    let at = server.listen(patient()).await;
    let check = async |head: &str, expected: &str| {
        let answer = status(&mut sent(at, &format!("GET /api/health {head}\r\n\r\n")).await).await;
        assert_eq!(answer.split_once(' ').unwrap().1, expected, "{head}");
    };
    check("HTTP/1.1\r\nHost: a.example", "200 OK").await;
    check("HTTP/1.1", "400 Bad Request").await;
    check(
        "HTTP/1.1\r\nHost: a.example\r\nHost: b.example",
        "400 Bad Request",
    )
    .await;
    check(
        "HTTP/1.1\r\nHost: a.example\r\nHost: a.example",
        "400 Bad Request",
    )
    .await;
    check("HTTP/1.0", "200 OK").await;
    check(
        "HTTP/1.0\r\nHost: a.example\r\nHost: b.example",
        "400 Bad Request",
    )
    .await;
}

#[tokio::test]
async fn the_server_ends_when_the_last_request_is_answered() {
    let server = Server::start().await;
    let (at, stop, ended) = server.listen_until_told(patient()).await;
    let mut half = sent(at, &post("/api/session", "", 2)).await;
    let mut idle = sent(at, HEALTH).await;
    assert_eq!(status(&mut idle).await, "HTTP/1.1 200 OK");
    stop.send(()).unwrap();
    rest(&mut idle).await;
    half.write_all(b"{}").await.unwrap();
    assert_eq!(status(&mut half).await, "HTTP/1.1 400 Bad Request");
    ended.await.unwrap();
    TcpStream::connect(at).await.unwrap_err();
}
