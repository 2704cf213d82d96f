//! Real SIP for tests: an Asterisk of the test's own, and phones played by sipp (`sipp`).
//! `CENTRALE_TEST_ASTERISK` names the installed root (`script/asterisk root` prints it); without it
//! or without sipp, [`Asterisk::start`] says loudly that the test is skipped.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

#[path = "sipp.rs"]
mod sipp;

pub use sipp::{Behaviour, Dial, Outcome, Phone, Seen, What, try_register};

use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use centrale_server::telephony::ari::{Ari, AriConfig};

/// An instance of Asterisk that ends with the test.
pub struct Asterisk {
    child: Child,
    name: String,
    root: String,
    /// `127.0.0.1:port` of SIP.
    pub sip: String,
    /// How to reach its ARI, application `centrale`.
    pub ari: AriConfig,
}

impl Asterisk {
    /// Starts one that asks `realtime` (base URL) for accounts, and waits until ARI answers.
    pub async fn start(realtime: &str) -> Option<Self> {
        Self::start_with(realtime, &[]).await
    }

    /// The same, with more settings of `script/asterisk`.
    pub async fn start_with(realtime: &str, settings: &[(&str, &str)]) -> Option<Self> {
        let skipped = |why: &str| {
            println!("SKIPPED: no call was placed: {why}");
            eprintln!("SKIPPED: no call was placed: {why}");
            None
        };
        let Ok(root) = std::env::var("CENTRALE_TEST_ASTERISK") else {
            return skipped(
                "CENTRALE_TEST_ASTERISK is not set (script/asterisk install prints its value)",
            );
        };
        if Command::new("sipp")
            .arg("-v")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_err()
        {
            return skipped("sipp is not installed (Debian: apt-get install sip-tester)");
        }
        let (sip, ari) = (free_port(), free_port());
        let name = format!("test-{}-{ari}", std::process::id());
        let secret = format!("{:032x}", rand::random::<u128>());
        let child = script(&name, &root)
            .args(["start", "--foreground"])
            .env("CENTRALE_SIP_PORT", sip.to_string())
            .env("CENTRALE_ARI_PORT", ari.to_string())
            .env("CENTRALE_ARI_SECRET", &secret)
            .env("CENTRALE_REALTIME_URL", realtime)
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let ari = AriConfig {
            base: format!("http://127.0.0.1:{ari}/ari").parse().unwrap(),
            user: "centrale".into(),
            secret,
            app: "centrale".into(),
        };
        let mut started = Self {
            child,
            name,
            root,
            sip: format!("127.0.0.1:{sip}"),
            ari,
        };
        started.wait_until_up().await;
        Some(started)
    }

    async fn wait_until_up(&mut self) {
        let ari = Ari::new(self.ari.clone()).unwrap();
        let patience = Instant::now() + Duration::from_secs(30);
        while ari.ping().await.is_err() {
            assert!(
                self.child.try_wait().unwrap().is_none(),
                "Asterisk ended at once"
            );
            assert!(
                Instant::now() < patience,
                "Asterisk did not answer within 30 s"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// A client of its ARI.
    pub fn client(&self) -> Ari {
        Ari::new(self.ari.clone()).unwrap()
    }
}

impl Drop for Asterisk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log =
                Path::new(&self.root).join(format!("srv/centrale/{}/log/messages", self.name));
            println!("Asterisk: {}", fs::read_to_string(log).unwrap_or_default());
        }
        let removed = script(&self.name, &self.root).arg("remove").status();
        self.child.kill().ok();
        self.child.wait().ok();
        assert!(removed.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

fn script(name: &str, root: &str) -> Command {
    let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../script/asterisk"));
    command
        .env("CENTRALE_ASTERISK_NAME", name)
        .env("CENTRALE_ASTERISK_ROOT", root);
    command
}

/// A port of 127.0.0.1 that is free for UDP and TCP.
pub fn free_port() -> u16 {
    for _ in 0..50 {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = tcp.local_addr().unwrap().port();
        if UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no free port");
}
