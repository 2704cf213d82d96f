//! Phones and calls played by sipp: each plays a scenario of `tests/sipp` and logs what it saw.

use super::{Asterisk, free_port};
use std::fs;
use std::net::UdpSocket;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

/// What a phone does with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Rings and answers after so many milliseconds.
    Answers(u32),
    /// Rings until the call is cancelled.
    Rings,
    /// Refuses with this SIP status line, `486 Busy Here`.
    Refuses(&'static str),
}

/// What a phone saw, with the time in milliseconds since the epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When.
    pub at: u64,
    /// What.
    pub what: What,
}

/// One thing a phone saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It was called: the From, Alert-Info, Diversion and History-Info headers (empty when absent).
    Ring {
        /// Who calls.
        from: String,
        /// How to ring.
        alert_info: String,
        /// Who forwarded.
        diversion: String,
        /// Through whom the call came.
        history: String,
    },
    /// The call was cancelled while it rang.
    Cancelled,
    /// It answered.
    Answered,
    /// It refused and the refusal was taken.
    Refused,
    /// The other end hung up.
    Bye,
}

/// A registered phone; when it is dropped it is just gone, without logging off.
pub struct Phone {
    child: Option<Child>,
    folder: tempfile::TempDir,
    account: String,
    secret: String,
    port: u16,
    registrar: String,
}

impl Phone {
    /// Registers with the account, and listens.
    pub fn register(
        asterisk: &Asterisk,
        account: &str,
        secret: &str,
        behaviour: Behaviour,
    ) -> Self {
        let mut phone = Self {
            child: None,
            folder: tempfile::tempdir().unwrap(),
            account: account.to_owned(),
            secret: secret.to_owned(),
            port: free_port(),
            registrar: asterisk.sip.clone(),
        };
        phone.send_register(600);
        let (scenario, answer_after, status) = match behaviour {
            Behaviour::Answers(ms) => ("phone", ms, ""),
            Behaviour::Rings => ("phone", 90_000, ""),
            Behaviour::Refuses(status) => ("phone_refuses", 0, status),
        };
        let mut values = answering(answer_after).to_vec();
        values.push(("@STATUS@", status.to_owned()));
        phone.child = Some(
            sipp(phone.folder.path(), scenario, &values, phone.port)
                .spawn()
                .unwrap(),
        );
        phone
    }

    /// Listens at a port without registering: the far end of a line.
    pub fn listen(asterisk: &Asterisk, secret: &str, port: u16, answer_after: u32) -> Self {
        let mut line = Self {
            child: None,
            folder: tempfile::tempdir().unwrap(),
            account: "trunk".to_owned(),
            secret: secret.to_owned(),
            port,
            registrar: asterisk.sip.clone(),
        };
        line.child = Some(
            sipp(line.folder.path(), "phone", &answering(answer_after), port)
                .spawn()
                .unwrap(),
        );
        line
    }

    /// Logs off and stops listening: the account has one phone fewer.
    pub fn unregister(&mut self) {
        self.stop();
        self.send_register(0);
    }

    /// Asterisk reaches a phone where its REGISTER came from, so it is sent from the same port,
    /// which only one sipp can hold at a time.
    fn send_register(&self, expires: u32) {
        let registered = try_register(
            &self.registrar,
            &self.account,
            &self.secret,
            self.port,
            expires,
        );
        assert!(registered, "{} cannot register", self.account);
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }

    /// All it has seen until now.
    pub fn seen(&self) -> Vec<Seen> {
        read_log(self.folder.path())
            .filter_map(|line| seen(&line))
            .collect()
    }

    /// How often it was called.
    pub fn rung(&self) -> usize {
        self.seen()
            .iter()
            .filter(|seen| matches!(seen.what, What::Ring { .. }))
            .count()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.stop();
    }
}

fn answering(after_ms: u32) -> [(&'static str, String); 2] {
    [
        ("@ANSWER_AFTER@", after_ms.max(1).to_string()),
        ("@TALK@", "90000".to_owned()),
    ]
}

/// Registers a phone at `port` (0 seconds: logs it off) and says whether that was accepted.
pub fn try_register(registrar: &str, account: &str, secret: &str, port: u16, expires: u32) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let values = [
        ("@USER@", account.to_owned()),
        ("@SECRET@", secret.to_owned()),
        ("@PORT@", port.to_string()),
        ("@EXPIRES@", expires.to_string()),
    ];
    let mut command = sipp(folder.path(), "register", &values, port);
    command
        .args(["-m", "1", registrar])
        .status()
        .unwrap()
        .success()
}

/// A call to be placed.
#[derive(Debug, Clone)]
pub struct Dial {
    /// The account that places it.
    pub account: String,
    /// Its password.
    pub secret: String,
    /// The From header, `"Jan" <sip:1001@127.0.0.1>`.
    pub from: String,
    /// What is dialled.
    pub to: String,
    /// Further headers.
    pub headers: Vec<String>,
    /// Milliseconds until the caller gives up, counted from the last sign of progress.
    pub give_up: u32,
    /// Milliseconds until the caller hangs up after the answer.
    pub talk: u32,
    /// What the call is transferred to after half a second of talk (REFER).
    pub transfer: String,
    /// Keys pressed after the answer, one every 1200 ms, as RFC 4733 events: sipp sends one at a time.
    pub digits: String,
}

impl Dial {
    /// A phone's call to a number: gives up after 20 s, talks for 200 ms.
    pub fn new(account: &str, secret: &str, to: &str) -> Self {
        Self {
            account: account.into(),
            secret: secret.into(),
            from: format!("<sip:{account}@127.0.0.1>"),
            to: to.into(),
            headers: Vec::new(),
            give_up: 20_000,
            talk: 200,
            transfer: String::new(),
            digits: String::new(),
        }
    }

    /// Places the call and waits for its end.
    pub async fn place(&self, asterisk: &Asterisk) -> Outcome {
        let (dial, target) = (self.clone(), asterisk.sip.clone());
        tokio::task::spawn_blocking(move || dial.run(&target))
            .await
            .unwrap()
    }

    fn run(&self, target: &str) -> Outcome {
        let folder = tempfile::tempdir().unwrap();
        let headers = self
            .headers
            .iter()
            .flat_map(|header| [header.as_str(), "\n"])
            .collect::<String>();
        let values = [
            ("@EXTRA@", headers),
            ("@FROM@", self.from.clone()),
            ("@TO@", self.to.clone()),
            ("@USER@", self.account.clone()),
            ("@SECRET@", self.secret.clone()),
            ("@GIVE_UP@", self.give_up.to_string()),
            ("@TALK@", self.talk.max(1).to_string()),
            (
                "@ANSWERED@",
                self.digits
                    .chars()
                    .map(press)
                    .chain([refer(&self.transfer)])
                    .collect::<String>(),
            ),
            // The pieces that were put in have values of their own.
            ("@FROM@", self.from.clone()),
            ("@TO@", self.to.clone()),
        ];
        let mut command = sipp(folder.path(), "caller", &values, free_port());
        let ended_well = command
            .args(["-m", "1", target])
            .status()
            .unwrap()
            .success();
        if !ended_well {
            let errors = fs::read_to_string(folder.path().join("errors")).unwrap_or_default();
            println!("sipp, {} to {}: {errors}", self.from, self.to);
        }
        let lines: Vec<_> = read_log(folder.path()).collect();
        let at = |name: &str| {
            lines
                .iter()
                .find(|line| line.name == name)
                .map(|line| line.at)
        };
        let start = at("INVITE").unwrap_or_default();
        let since = |name: &str| at(name).map(|at| at.saturating_sub(start));
        let last = lines.iter().rev().find(|line| line.name == "FINAL");
        Outcome {
            status: last.and_then(|line| line.fields.first()?.parse().ok()),
            ringing_ms: since("RINGING"),
            progress_ms: since("PROGRESS"),
            final_ms: last.map(|line| line.at.saturating_sub(start)),
            start,
            far_end_hung_up: at("BYE").is_some(),
            ended_well,
        }
    }
}

fn press(digit: char) -> String {
    let play = format!(r#"<nop><action><exec play_dtmf="{digit}"/></action></nop>"#);
    format!(r#"<pause milliseconds="1200"/>{play}"#)
}

fn refer(to: &str) -> String {
    if to.is_empty() {
        return String::new();
    }
    format!(
        r#"<pause milliseconds="500"/>
  <send retrans="500"><![CDATA[
REFER [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-refer-[pid]-[call_number]
Max-Forwards: 70
From: @FROM@;tag=[pid]c[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 3 REFER
[routes]
Contact: <sip:[local_ip]:[local_port]>
Refer-To: <sip:{to}@127.0.0.1>
Content-Length: 0

]]></send>
  <recv response="202" timeout="5000"/>"#
    )
}

/// What the caller saw. Times are milliseconds since the authenticated INVITE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The final SIP status; `None` when none came. 487 when the caller gave up.
    pub status: Option<u16>,
    /// When it first rang (180).
    pub ringing_ms: Option<u64>,
    /// When early media opened (183).
    pub progress_ms: Option<u64>,
    /// When the final answer came.
    pub final_ms: Option<u64>,
    /// When the INVITE was sent, in milliseconds since the epoch: to compare with [`Seen::at`].
    pub start: u64,
    /// The call was ended by the other end.
    pub far_end_hung_up: bool,
    /// The dialog went to its end without a surprise.
    pub ended_well: bool,
}

fn sipp(folder: &Path, scenario: &str, values: &[(&str, String)], port: u16) -> Command {
    let source =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/sipp/{scenario}.xml"));
    let mut text = fs::read_to_string(source).unwrap();
    for (name, value) in values {
        text = text.replace(name, value);
    }
    let file = folder.join("scenario.xml");
    fs::write(&file, text).unwrap();
    let media = media_port();
    let mut command = Command::new("sipp");
    command
        .current_dir(folder)
        .args([
            "-nostdin",
            "-i",
            "127.0.0.1",
            "-timeout",
            "90",
            "-trace_logs",
            "-log_file",
            "log",
        ])
        .args([
            "-trace_err",
            "-error_file",
            "errors",
            "-p",
            &port.to_string(),
            "-mp",
            &media.to_string(),
        ])
        .arg("-sf")
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// The first of four ports that are free: sipp takes two for sound and two for pictures.
fn media_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = (std::process::id() % 200) as u16 * 40;
    for _ in 0..2_000 {
        let port = 10_000 + start.wrapping_add(NEXT.fetch_add(4, Ordering::Relaxed)) % 8_000;
        if (port..port + 4).all(|port| UdpSocket::bind(("127.0.0.1", port)).is_ok()) {
            return port;
        }
    }
    panic!("no free port for media");
}

struct Line {
    name: String,
    at: u64,
    fields: Vec<String>,
}

/// The lines `NAME|time|field|field…` that a scenario logged.
fn read_log(folder: &Path) -> impl Iterator<Item = Line> + use<> {
    let text = fs::read_to_string(folder.join("log")).unwrap_or_default();
    text.lines()
        .filter_map(read_line)
        .collect::<Vec<_>>()
        .into_iter()
}

/// sipp writes the time as date, time and seconds since the epoch, parted by tabs.
fn read_line(line: &str) -> Option<Line> {
    let mut parts = line.split('|');
    let name = parts.next()?.to_owned();
    let seconds: f64 = parts.next()?.split('\t').next_back()?.trim().parse().ok()?;
    let fields = parts.map(|field| field.trim().to_owned()).collect();
    Some(Line {
        name,
        at: (seconds * 1000.0).round() as u64,
        fields,
    })
}

fn seen(line: &Line) -> Option<Seen> {
    let field = |index: usize| line.fields.get(index).cloned().unwrap_or_default();
    let what = match line.name.as_str() {
        "RING" => What::Ring {
            from: field(0),
            alert_info: field(1),
            diversion: field(2),
            history: field(3),
        },
        "CANCELLED" => What::Cancelled,
        "ANSWER" => What::Answered,
        "REFUSED" => What::Refused,
        "BYE" => What::Bye,
        _ => return None,
    };
    Some(Seen { at: line.at, what })
}
