//! A call at a phone: what is done with it, and the SIP dialog below.

use super::super::message::{Message, authorization, of_uri};
use super::super::tone::Heard;
use super::{Inner, unique};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::UdpSocket;

/// A call at a phone.
#[derive(Clone)]
pub struct Line {
    pub(super) phone: Arc<Inner>,
    pub(super) inner: Arc<LineInner>,
}

pub(super) struct LineInner {
    pub(super) call_id: String,
    pub(super) state: Mutex<State>,
    pub(super) media: Arc<UdpSocket>,
    /// The stream of sound in both directions, which ends with the line.
    pub(super) streams: Mutex<Vec<tokio::task::AbortHandle>>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// Our address with our tag, and theirs.
    pub(super) local: String,
    pub(super) remote: String,
    /// Where requests within the call go.
    pub(super) target: String,
    pub(super) cseq: u32,
    /// The INVITE that rings here.
    pub(super) invite: Option<Message>,
    pub(super) responses: Vec<Message>,
    /// Requests that came within the call.
    pub(super) requests: Vec<Message>,
    pub(super) answered: bool,
    pub(super) ended: bool,
    pub(super) far: Option<SocketAddr>,
    pub(super) heard: Vec<Heard>,
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

    pub(super) async fn refer(&self, to: &str) {
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

    pub(super) async fn invite(&self, direction: &str) {
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
    pub(super) async fn until_invited(&self) {
        let cseq = self.state().cseq;
        let done = |state: &State| state.answer_to(cseq).is_some_and(|status| status >= 200);
        self.until("an answer to INVITE", done).await;
        assert_eq!(self.state().answer_to(cseq), Some(200));
    }

    /// Sends a request within the call; its number (`CSeq`).
    pub(super) async fn ask(&self, method: &str, more: &str, body: &str) -> u32 {
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

    pub(super) fn offer(&self, direction: &str) -> String {
        let port = self.inner.media.local_addr().unwrap().port();
        format!(
            "v=0\r\no=u 1 {} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 96\r\n\
             a=rtpmap:8 PCMA/8000\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\na={direction}\r\n",
            self.state().cseq + 1
        )
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap()
    }

    pub(super) async fn until(&self, what: &str, happened: impl Fn(&State) -> bool) {
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
    pub(super) fn headers(&self, call_id: &str, cseq: u32, method: &str) -> String {
        format!(
            "From: {}\r\nTo: {}\r\nCall-ID: {call_id}\r\nCSeq: {cseq} {method}\r\n",
            self.local, self.remote
        )
    }

    /// The latest answer to a request of ours that is more than 100.
    pub(super) fn answer_to(&self, cseq: u32) -> Option<u16> {
        let answers = self
            .responses
            .iter()
            .filter(|response| response.cseq() == cseq);
        answers
            .filter_map(Message::status)
            .rfind(|status| *status > 100)
    }
}

impl Line {
    /// An answer to a request of ours.
    pub(super) async fn answered_by(&self, response: Message) {
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
    pub(super) async fn asked(&self, request: Message) {
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
