//! A phone that does what a test tells it, when it is told: it calls, answers, holds, transfers and hears, over real SIP
//! and RTP. Where sipp plays a whole call by itself, this one waits for what the test saw happen elsewhere.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

#[path = "softphone_lamps.rs"]
mod lamps;
#[path = "softphone_line.rs"]
mod line;
#[path = "softphone_voice.rs"]
mod voice;

pub use line::Line;

use super::message::{Message, authorization, of_uri};
use line::LineInner;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::sync::watch;

/// How long something that happens by itself may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A registered phone.
pub struct SoftPhone {
    inner: Arc<Inner>,
    task: tokio::task::JoinHandle<()>,
}

struct Inner {
    account: String,
    secret: String,
    tone: u16,
    socket: UdpSocket,
    server: SocketAddr,
    lines: Mutex<Vec<Arc<LineInner>>>,
    registered: Mutex<Vec<Message>>,
    /// Requests that belong to no call.
    notices: Mutex<Vec<Message>>,
    busy: std::sync::atomic::AtomicBool,
    changed: watch::Sender<()>,
}

impl SoftPhone {
    /// Registers with the account; talks in a tone of its own (`tone::TONES`).
    pub async fn register(server: &str, account: &str, secret: &str, tone: u16) -> Self {
        let inner = Arc::new(Inner {
            account: account.to_owned(),
            secret: secret.to_owned(),
            tone,
            socket: UdpSocket::bind("127.0.0.1:0").await.unwrap(),
            server: server.parse().unwrap(),
            lines: Mutex::default(),
            registered: Mutex::default(),
            notices: Mutex::default(),
            busy: false.into(),
            changed: watch::Sender::new(()),
        });
        let reader = inner.clone();
        let task = tokio::spawn(async move {
            let mut buffer = vec![0; 65_536];
            while let Ok((length, _)) = reader.socket.recv_from(&mut buffer).await {
                if let Some(message) = Message::parse(&buffer[..length]) {
                    reader.receive(message).await;
                }
            }
        });
        let phone = Self { inner, task };
        phone.log_on().await;
        phone
    }

    async fn log_on(&self) {
        self.asks("REGISTER", &format!("sip:{}", self.inner.server), "")
            .await;
    }

    /// A request outside of calls, which has to be let in.
    async fn asks(&self, method: &str, uri: &str, more: &str) {
        let phone = &self.inner;
        let me = format!("<sip:{}@127.0.0.1>", phone.account);
        let id = unique(&method.to_lowercase());
        for (cseq, challenged) in [(1, false), (2, true)] {
            let mut headers = format!(
                "From: {me};tag={id}\r\nTo: {me}\r\nCall-ID: {id}\r\nCSeq: {cseq} {method}\r\nContact: {}\r\nExpires: 600\r\n{more}",
                phone.contact()
            );
            if challenged {
                let challenge = phone
                    .registered
                    .lock()
                    .unwrap()
                    .last()
                    .expect("a challenge")
                    .clone();
                headers += &authorization(&challenge, method, uri, &phone.account, &phone.secret);
            }
            phone.request(method, uri, &headers, "").await;
            let answer = |r: &Message| r.cseq() == cseq && r.header("Call-ID") == id;
            let answered = || phone.registered.lock().unwrap().iter().any(answer);
            phone
                .until(&format!("an answer to {method}"), answered, String::new)
                .await;
        }
        assert_eq!(
            phone.registered.lock().unwrap().last().unwrap().status(),
            Some(200),
            "{method}"
        );
    }

    /// From now on it refuses calls with 486, or no longer.
    pub fn busy(&self, busy: bool) {
        self.inner.busy.store(busy, Ordering::SeqCst);
    }

    /// Calls; what comes of it is the line's to say.
    pub async fn dial(&self, digits: &str) -> Line {
        let line = self.inner.line(unique("call")).await;
        let uri = format!("sip:{}@{}", digits.replace('#', "%23"), self.inner.server);
        {
            let mut state = line.state();
            state.local = format!(
                "<sip:{}@127.0.0.1>;tag={}",
                self.inner.account,
                unique("tag")
            );
            state.remote = format!("<{uri}>");
            state.target = uri;
        }
        line.invite("sendrecv").await;
        line
    }

    /// The call that rings now and was not answered yet.
    pub async fn ringing(&self) -> Line {
        let rings = |line: &&Arc<LineInner>| {
            let state = line.state.lock().unwrap();
            state.invite.is_some() && !state.answered && !state.ended
        };
        let found = || self.inner.lines.lock().unwrap().iter().find(rings).cloned();
        self.inner
            .until(
                "a call",
                || found().is_some(),
                || format!("{} is not called", self.inner.account),
            )
            .await;
        Line {
            phone: self.inner.clone(),
            inner: found().unwrap(),
        }
    }

    /// How often it was called.
    pub fn rung(&self) -> usize {
        let lines = self.inner.lines.lock().unwrap();
        lines
            .iter()
            .filter(|line| line.state.lock().unwrap().invite.is_some())
            .count()
    }
}

impl Drop for SoftPhone {
    fn drop(&mut self) {
        self.task.abort();
        for line in self.inner.lines.lock().unwrap().iter() {
            line.hush();
        }
    }
}

impl Inner {
    fn contact(&self) -> String {
        format!(
            "<sip:{}@{}>",
            self.account,
            self.socket.local_addr().unwrap()
        )
    }

    async fn line(self: &Arc<Self>, call_id: String) -> Line {
        let media = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
        let inner = Arc::new(LineInner {
            call_id,
            state: Mutex::default(),
            media,
            streams: Mutex::default(),
        });
        self.lines.lock().unwrap().push(inner.clone());
        Line {
            phone: self.clone(),
            inner,
        }
    }

    async fn until(&self, what: &str, happened: impl Fn() -> bool, tell: impl Fn() -> String) {
        let mut changed = self.changed.subscribe();
        let waiting = async {
            while !happened() {
                changed.changed().await.unwrap();
            }
        };
        let came = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(came.is_ok(), "waited in vain for {what}; {}", tell());
    }

    async fn request(&self, method: &str, uri: &str, headers: &str, body: &str) {
        self.request_by(&unique("branch"), method, uri, headers, body)
            .await;
    }

    async fn request_by(&self, branch: &str, method: &str, uri: &str, headers: &str, body: &str) {
        let here = self.socket.local_addr().unwrap();
        let kind = if body.is_empty() {
            ""
        } else {
            "Content-Type: application/sdp\r\n"
        };
        let text = format!(
            "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {here};branch=z9hG4bK-{branch}\r\nMax-Forwards: 70\r\n{headers}{kind}\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.socket
            .send_to(text.as_bytes(), self.server)
            .await
            .unwrap();
    }

    /// Answers a request; the first answer to an INVITE gives the call our tag.
    async fn respond(&self, request: &Message, status: u16, to: &str, body: &str) {
        let to = if to.is_empty() {
            request.header("To")
        } else {
            to
        };
        let kind = if body.is_empty() {
            ""
        } else {
            "Content-Type: application/sdp\r\n"
        };
        let text = format!(
            "SIP/2.0 {status} -\r\n{}From: {}\r\nTo: {to}\r\nCall-ID: {}\r\nCSeq: {}\r\nContact: {}\r\n{kind}\
             Content-Length: {}\r\n\r\n{body}",
            request.vias(),
            request.header("From"),
            request.header("Call-ID"),
            request.header("CSeq"),
            self.contact(),
            body.len()
        );
        self.socket
            .send_to(text.as_bytes(), self.server)
            .await
            .unwrap();
    }

    async fn receive(self: &Arc<Self>, message: Message) {
        let call_id = message.header("Call-ID").to_owned();
        let known = self
            .lines
            .lock()
            .unwrap()
            .iter()
            .find(|line| line.call_id == call_id)
            .cloned();
        let known = known.map(|inner| Line {
            phone: self.clone(),
            inner,
        });
        match (message.status(), known) {
            (Some(_), Some(line)) => line.answered_by(message).await,
            (Some(_), None) => self.registered.lock().unwrap().push(message),
            (None, Some(line)) => line.asked(message).await,
            (None, None) if message.method() == "INVITE" => self.called(message, call_id).await,
            (None, None) => {
                self.respond(&message, 200, "", "").await;
                self.notices.lock().unwrap().push(message);
            }
        }
        self.changed.send_replace(());
    }

    async fn called(self: &Arc<Self>, invite: Message, call_id: String) {
        let line = self.line(call_id).await;
        let local = format!("{};tag={}", invite.header("To"), unique("tag"));
        let busy = self.busy.load(Ordering::SeqCst);
        {
            let mut state = line.state();
            state.local.clone_from(&local);
            invite.header("From").clone_into(&mut state.remote);
            state.target = of_uri(invite.header("Contact"));
            state.far = invite.media();
            state.ended = busy;
            state.invite = Some(invite.clone());
        }
        self.respond(&invite, if busy { 486 } else { 180 }, &local, "")
            .await;
    }
}

fn unique(what: &str) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!(
        "{what}-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}
