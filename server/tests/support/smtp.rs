//! A small SMTP server (RFC 5321) that takes mails, or does not, as a test plans it.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used
)]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What becomes of a mail.
#[derive(Clone, Copy, Debug)]
pub enum Plan {
    /// Its recipient is refused with this.
    Refuse(&'static str),
    /// It is read, and then the connection breaks before it is acknowledged.
    Break,
    /// The connection breaks before anything is said.
    HangUp,
}

/// A mail that was read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub content: String,
    /// What the sender said of itself (AUTH); empty: nothing.
    pub auth: String,
    /// The sender was told that it was taken.
    pub acknowledged: bool,
}

impl Taken {
    /// What it says, without the marks of its encoding (quoted-printable); ASCII only.
    pub fn plain(&self) -> String {
        self.content.replace("=\r\n", "").replace("=0A", "\n")
    }

    /// A header; empty when absent. Folded lines are joined.
    pub fn header(&self, name: &str) -> String {
        let (head, _) = self
            .content
            .split_once("\r\n\r\n")
            .expect("a head and a body");
        let unfolded = head.replace("\r\n ", " ");
        let start = format!("{name}: ");
        unfolded
            .split("\r\n")
            .find_map(|line| line.strip_prefix(&start))
            .unwrap_or_default()
            .to_owned()
    }
}

/// The server.
pub struct Smtp {
    pub at: SocketAddr,
    desk: Arc<Desk>,
}

#[derive(Default)]
struct Desk {
    plans: Mutex<VecDeque<Plan>>,
    taken: Mutex<Vec<Taken>>,
}

impl Smtp {
    /// Takes every mail, but for the first ones, for which there are plans.
    pub async fn start(plans: &[Plan]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let desk = Arc::new(Desk {
            plans: Mutex::new(plans.iter().copied().collect()),
            ..Desk::default()
        });
        let served = desk.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let desk = served.clone();
                // Whoever hangs up in the middle has said enough.
                tokio::spawn(async move { desk.talk(stream).await.ok() });
            }
        });
        Self { at, desk }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.at)
    }

    /// What was read so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.desk.taken.lock().unwrap().clone()
    }

    /// How many plans were not needed yet.
    pub fn plans(&self) -> usize {
        self.desk.plans.lock().unwrap().len()
    }
}

impl Desk {
    fn plan(&self) -> Option<Plan> {
        self.plans.lock().unwrap().pop_front()
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        let plan = self.plan();
        if matches!(plan, Some(Plan::HangUp)) {
            return Ok(());
        }
        let mut mail = Taken {
            acknowledged: true,
            ..Taken::default()
        };
        stream.write_all(b"220 test\r\n").await?;
        let mut line = String::new();
        while stream.read_line(&mut line).await? > 0 {
            let said = std::mem::take(&mut line);
            let (verb, rest) = said.trim_end().split_at(said.trim_end().len().min(4));
            let address = || rest.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            let answer = match (verb, plan) {
                ("EHLO", _) => "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN",
                ("AUTH", _) => {
                    mail.auth = rest.trim().to_owned();
                    "235 ok"
                }
                ("RCPT", Some(Plan::Refuse(answer))) => answer,
                ("MAIL", _) => {
                    mail.from = address();
                    "250 ok"
                }
                ("RCPT", _) => {
                    mail.to.push(address());
                    "250 ok"
                }
                ("DATA", _) => {
                    stream.write_all(b"354 go on\r\n").await?;
                    mail.content = read(&mut stream).await?;
                    mail.acknowledged = !matches!(plan, Some(Plan::Break));
                    self.taken.lock().unwrap().push(mail.clone());
                    if !mail.acknowledged {
                        return Ok(());
                    }
                    "250 taken"
                }
                ("QUIT", _) => "221 bye",
                _ => "250 ok",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }
}

/// A mail up to its final dot.
async fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut content = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.strip_prefix('.') {
            Some("\r\n") => return Ok(content),
            Some(rest) => content.push_str(rest),
            None => content.push_str(&line),
        }
    }
}
