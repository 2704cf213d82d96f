//! A phone that does what a test tells it, when it is told: it calls, answers, holds, transfers and hears, over real SIP
//! and RTP. Where sipp plays a whole call by itself, this one waits for what the test saw happen elsewhere.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

#[path = "lamps.rs"]
mod lamps;
#[path = "voice.rs"]
mod voice;

use super::message::{Message, authorization, of_uri};
use super::tone::Heard;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
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

/// A call at a phone.
#[derive(Clone)]
pub struct Line {
    phone: Arc<Inner>,
    inner: Arc<LineInner>,
}

struct LineInner {
    call_id: String,
    state: Mutex<State>,
    media: Arc<UdpSocket>,
    /// The stream of sound in both directions, which ends with the line.
    streams: Mutex<Vec<tokio::task::AbortHandle>>,
}

#[derive(Debug, Default)]
struct State {
    /// Our address with our tag, and theirs.
    local: String,
    remote: String,
    /// Where requests within the call go.
    target: String,
    cseq: u32,
    /// The INVITE that rings here.
    invite: Option<Message>,
    responses: Vec<Message>,
    /// Requests that came within the call.
    requests: Vec<Message>,
    answered: bool,
    ended: bool,
    far: Option<SocketAddr>,
    heard: Vec<Heard>,
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

impl Line {
    /// Answers the call that rings.
    pub async fn answer(&self) {
        let (invite, local) = {
            let mut state = self.state();
            state.answered = true;
            (state.invite.clone().expect("it rings"), state.local.clone())
        };
        self.stream();
        self.phone
            .respond(&invite, 200, &local, &self.offer("sendrecv"))
            .await;
    }

    /// Waits until the call is answered.
    pub async fn until_answered(&self) {
        self.until("an answer", |state| state.answered).await;
    }

    /// Waits until this SIP answer has come.
    pub async fn until_status(&self, status: u16) {
        self.until(&status.to_string(), |state| {
            state.responses.iter().any(|r| r.status() == Some(status))
        })
        .await;
    }

    /// Every SIP answer, in order.
    pub fn statuses(&self) -> Vec<u16> {
        self.state()
            .responses
            .iter()
            .filter_map(Message::status)
            .collect()
    }

    /// Waits until the other end hung up, refused or gave up.
    pub async fn until_ended(&self) {
        self.until("the end", |state| state.ended).await;
    }

    pub fn ended(&self) -> bool {
        self.state().ended
    }

    /// The description of the session that the INVITE carries.
    pub fn session(&self) -> String {
        self.state()
            .invite
            .as_ref()
            .map(|invite| invite.body.clone())
            .unwrap_or_default()
    }

    /// A header of the call that rings or rang here; empty when absent.
    pub fn header(&self, name: &str) -> String {
        self.state()
            .invite
            .as_ref()
            .map(|invite| invite.header(name).to_owned())
            .unwrap_or_default()
    }

    pub async fn hold(&self) {
        self.invite("sendonly").await;
        self.until_invited().await;
    }

    pub async fn resume(&self) {
        self.invite("sendrecv").await;
        self.until_invited().await;
    }

    /// Blind transfer.
    pub async fn transfer(&self, digits: &str) {
        self.refer(&format!("<sip:{}@127.0.0.1>", digits.replace('#', "%23")))
            .await;
    }

    /// Transfers to whom the same phone talks with on another line (RFC 3891, RFC 5589).
    pub async fn transfer_to(&self, other: &Line) {
        let to = {
            let state = other.state();
            let tag = |address: &str| address.split(";tag=").nth(1).unwrap().to_owned();
            let replaces = format!(
                "{}%3Bto-tag%3D{}%3Bfrom-tag%3D{}",
                other.inner.call_id,
                tag(&state.remote),
                tag(&state.local)
            );
            format!("<{}?Replaces={replaces}>", state.target)
        };
        self.refer(&to).await;
    }

    async fn refer(&self, to: &str) {
        let more = format!("Contact: {}\r\nRefer-To: {to}\r\n", self.phone.contact());
        let cseq = self.ask("REFER", &more, "").await;
        let taken = |state: &State| state.answer_to(cseq).is_some_and(|status| status >= 200);
        self.until("an answer to REFER", taken).await;
        let answer = self.state().answer_to(cseq);
        assert_eq!(answer, Some(202), "{}: {to}", self.phone.account);
    }

    /// What the phone was told of its transfer, as status lines.
    pub fn notified(&self) -> Vec<String> {
        let state = self.state();
        let notices = state
            .requests
            .iter()
            .filter(|request| request.method() == "NOTIFY");
        notices
            .map(|notice| notice.body.trim().to_owned())
            .collect()
    }

    /// Waits until so many notices have come.
    pub async fn until_notices(&self, count: usize) {
        let notices = |state: &State| {
            state
                .requests
                .iter()
                .filter(|r| r.method() == "NOTIFY")
                .count()
        };
        self.until(&format!("{count} notices"), |state| notices(state) >= count)
            .await;
    }

    pub async fn hang_up(&self) {
        self.state().ended = true;
        self.inner.hush();
        self.ask("BYE", "", "").await;
    }

    /// Gives up a call that was not answered.
    pub async fn give_up(&self) {
        let (uri, headers) = {
            let state = self.state();
            (
                state.target.clone(),
                state.headers(&self.inner.call_id, state.cseq, "CANCEL"),
            )
        };
        self.phone
            .request_by(
                &format!("{}-{}", self.inner.call_id, self.state().cseq),
                "CANCEL",
                &uri,
                &headers,
                "",
            )
            .await;
        self.until_status(487).await;
    }

    async fn invite(&self, direction: &str) {
        let offer = self.offer(direction);
        let more = format!("Contact: {}\r\n", self.phone.contact());
        let cseq = self.ask("INVITE", &more, &offer).await;
        let challenged = |state: &State| state.answer_to(cseq).is_some();
        self.until("an answer to INVITE", challenged).await;
        if self.state().answer_to(cseq) == Some(401) {
            let more = {
                let state = self.state();
                let challenge = state
                    .responses
                    .iter()
                    .find(|r| r.status() == Some(401))
                    .unwrap();
                more + &authorization(
                    challenge,
                    "INVITE",
                    &state.target,
                    &self.phone.account,
                    &self.phone.secret,
                )
            };
            self.state().responses.clear();
            self.ask("INVITE", &more, &offer).await;
        }
    }

    /// Waits for the final answer to the latest INVITE.
    async fn until_invited(&self) {
        let cseq = self.state().cseq;
        let done = |state: &State| state.answer_to(cseq).is_some_and(|status| status >= 200);
        self.until("an answer to INVITE", done).await;
        assert_eq!(self.state().answer_to(cseq), Some(200));
    }

    /// Sends a request within the call; its number (`CSeq`).
    async fn ask(&self, method: &str, more: &str, body: &str) -> u32 {
        let (cseq, uri, headers) = {
            let mut state = self.state();
            state.cseq += 1;
            (
                state.cseq,
                state.target.clone(),
                state.headers(&self.inner.call_id, state.cseq, method) + more,
            )
        };
        self.phone
            .request_by(
                &format!("{}-{cseq}", self.inner.call_id),
                method,
                &uri,
                &headers,
                body,
            )
            .await;
        cseq
    }

    fn offer(&self, direction: &str) -> String {
        let port = self.inner.media.local_addr().unwrap().port();
        format!(
            "v=0\r\no=u 1 {} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 96\r\n\
             a=rtpmap:8 PCMA/8000\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\na={direction}\r\n",
            self.state().cseq + 1
        )
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap()
    }

    async fn until(&self, what: &str, happened: impl Fn(&State) -> bool) {
        let tell = || {
            let state = self.state();
            let last = state.heard.iter().rev().take(3).collect::<Vec<_>>();
            let statuses = state
                .responses
                .iter()
                .filter_map(Message::status)
                .collect::<Vec<_>>();
            let requests = state
                .requests
                .iter()
                .map(Message::method)
                .collect::<Vec<_>>();
            format!(
                "{}: answers {statuses:?}, requests {requests:?}, hears {last:?}",
                self.phone.account
            )
        };
        self.phone
            .until(what, || happened(&self.state()), tell)
            .await;
    }
}

impl State {
    fn headers(&self, call_id: &str, cseq: u32, method: &str) -> String {
        format!(
            "From: {}\r\nTo: {}\r\nCall-ID: {call_id}\r\nCSeq: {cseq} {method}\r\n",
            self.local, self.remote
        )
    }

    /// The latest answer to a request of ours that is more than 100.
    fn answer_to(&self, cseq: u32) -> Option<u16> {
        let answers = self
            .responses
            .iter()
            .filter(|response| response.cseq() == cseq);
        answers
            .filter_map(Message::status)
            .rfind(|status| *status > 100)
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

impl Line {
    /// An answer to a request of ours.
    async fn answered_by(&self, response: Message) {
        let status = response.status().unwrap_or_default();
        let invited = response.header("CSeq").ends_with("INVITE") && status >= 200;
        {
            let mut state = self.state();
            if status > 100 && status < 300 && !state.remote.contains(";tag=") {
                response.header("To").clone_into(&mut state.remote);
            }
            if invited && status < 300 {
                response.header("To").clone_into(&mut state.remote);
                state.target = of_uri(response.header("Contact"));
                state.far = response.media().or(state.far);
                state.answered = true;
            }
            if invited && status >= 300 && status != 401 && !state.answered {
                state.ended = true;
            }
            state.responses.push(response.clone());
        }
        if invited {
            if status < 300 {
                self.stream();
            }
            let (uri, headers) = {
                let state = self.state();
                let headers = format!(
                    "From: {}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {} ACK\r\n",
                    state.local,
                    response.header("To"),
                    self.inner.call_id,
                    response.cseq()
                );
                (state.target.clone(), headers)
            };
            // The ACK of a refusal belongs to the transaction of its INVITE, that of an answer is one of its own.
            let branch = format!("{}-{}", self.inner.call_id, response.cseq());
            let branch = if status < 300 { unique("ack") } else { branch };
            self.phone
                .request_by(&branch, "ACK", &uri, &headers, "")
                .await;
        }
    }

    /// A request within the call.
    async fn asked(&self, request: Message) {
        let local = self.state().local.clone();
        match request.method() {
            "INVITE" if request.header("To").contains(";tag=") => {
                self.state().far = request.media().or(self.state().far);
                self.phone
                    .respond(&request, 200, "", &self.offer("sendrecv"))
                    .await;
            }
            // Sent again: the first was not answered soon enough.
            "ACK" | "INVITE" => {}
            "CANCEL" => {
                let invite = {
                    let mut state = self.state();
                    state.ended = true;
                    state.invite.clone()
                };
                self.phone.respond(&request, 200, &local, "").await;
                if let Some(invite) = invite {
                    self.phone.respond(&invite, 487, &local, "").await;
                }
            }
            "BYE" => {
                self.state().ended = true;
                self.inner.hush();
                self.phone.respond(&request, 200, "", "").await;
            }
            _ => self.phone.respond(&request, 200, "", "").await,
        }
        self.state().requests.push(request);
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
