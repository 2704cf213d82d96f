//! `kill -9` while saving loses no save that was acknowledged: the real binary on a SQLite file, killed again and again
//! in the middle of saves through the API, and asked after each restart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use centrale_core::api::schedules::{self, New};
use centrale_core::api::services::{self, Change, Save, Setting};
use centrale_core::api::{Endpoint, events, path, session};
use centrale_core::id::UserId;
use centrale_core::organisation::{Organisation, Profile};
use centrale_core::schedule::ScheduleKind;
use centrale_core::service::find;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

const ROUNDS: usize = 60;
const WRITERS: usize = 4;
/// A round is killed in the save after one of so many acknowledgements.
const LONGEST_ROUND: usize = 12;
const SEED: u64 = 0x6365_6e74_7261_6c65;
const SERVICE: &str = "forwarding-always";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_acknowledged_save_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("centrale.db").display());
    let mut random = StdRng::seed_from_u64(SEED);
    let mut server = Server::start(&database, folder.path());
    let mut client = Client::log_in(&server).await;
    let mut writers: Vec<Writer> = users().into_iter().map(Writer::new).collect();
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        let after = random.random_range(1..=LONGEST_ROUND);
        let pause = random.random_range(0..2000);
        acknowledged += save_until_killed(&mut server, &client, &mut writers, after, pause).await;
        server = Server::start(&database, folder.path());
        client = client.at(&server);
        for writer in &mut writers {
            writer.compare(&client, round).await;
        }
    }
    server.kill();
    assert!(
        acknowledged >= ROUNDS,
        "only {acknowledged} saves were acknowledged"
    );
    println!("{ROUNDS} kills, {acknowledged} acknowledged saves, none lost");
}

/// Lets every writer save until the server is dead, `pause` turns of the scheduler after acknowledgement `after`.
async fn save_until_killed(
    server: &mut Server,
    client: &Client,
    writers: &mut Vec<Writer>,
    after: usize,
    pause: u32,
) -> usize {
    let (count, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let tasks: Vec<_> = writers
        .drain(..)
        .map(|mut writer| {
            let (client, count, enough) = (client.clone(), count.clone(), enough.clone());
            tokio::spawn(async move {
                while writer.save(&client).await {
                    if count.fetch_add(1, Ordering::SeqCst) + 1 == after {
                        enough.notify_one();
                    }
                }
                writer
            })
        })
        .collect();
    enough.notified().await;
    for _ in 0..pause {
        tokio::task::yield_now().await;
    }
    server.kill();
    for task in tasks {
        writers.push(task.await.unwrap());
    }
    count.load(Ordering::SeqCst)
}

/// Users of the demo organisation who have the service.
fn users() -> Vec<UserId> {
    let demo: Organisation =
        serde_json::from_str(include_str!("../demo/organisation.json")).unwrap();
    let packs: Vec<_> = demo
        .service_packs
        .iter()
        .filter(|p| p.services.iter().any(|s| s == SERVICE))
        .map(|p| p.id)
        .collect();
    let has = |user: &&centrale_core::organisation::User| {
        user.profile == Profile::Fixed
            && user.number.is_some()
            && user.packs.iter().any(|p| packs.contains(p))
    };
    demo.users
        .iter()
        .filter(has)
        .map(|u| u.id)
        .take(WRITERS)
        .collect()
}

/// Saves for one user, and knows what was acknowledged.
struct Writer {
    user: UserId,
    saved: Option<(u64, Value)>,
    version: u64,
    /// The save that the server did not answer.
    open: Option<Value>,
    schedules: Vec<String>,
    count: u32,
}

impl Writer {
    fn new(user: UserId) -> Self {
        Self {
            user,
            saved: None,
            version: 0,
            open: None,
            schedules: Vec::new(),
            count: 0,
        }
    }

    /// One save of a service, and now and then of a new schedule. False when the server is gone.
    async fn save(&mut self, client: &Client) -> bool {
        if self.saved.is_none() {
            let Some(before) = self.stored(client).await else {
                return false;
            };
            (self.version, self.saved) = (before.version, Some((before.version, before.settings)));
        }
        self.count += 1;
        let number = format!("+3161{:03}{:04}", self.user.0, self.count);
        let settings = json!({"active": self.count.is_multiple_of(2), "number": number, "ring_splash": false, "voicemail": false});
        let settings = find(SERVICE).unwrap().normal(&settings).unwrap();
        let change = Change {
            service: find(SERVICE).unwrap().id,
            version: self.version,
            settings: settings.clone(),
        };
        self.open = Some(settings.clone());
        let save = Save {
            changes: vec![change],
        };
        let Some(saved) = client.call::<services::Put>(&self.user, Some(&save)).await else {
            return false;
        };
        self.open = None;
        self.version = saved[0].version;
        self.saved = Some((self.version, settings));
        if self.count.is_multiple_of(5) {
            let name = format!("Rooster {}", self.count);
            let kind =
                json!({"type": "time", "blocks": [{"start": "mon 08:00", "end": "mon 12:00"}]});
            let kind: ScheduleKind = serde_json::from_value(kind).unwrap();
            let new = New {
                name: name.clone(),
                kind,
            };
            let added = client
                .call::<schedules::AddToUser>(&self.user, Some(&new))
                .await;
            return added.map(|_| self.schedules.push(name)).is_some();
        }
        true
    }

    /// What was acknowledged is there: as it was saved, or overtaken by the one save that was still open.
    async fn compare(&mut self, client: &Client, round: usize) {
        let Some((version, settings)) = self.saved.clone() else {
            return;
        };
        let found = self.stored(client).await.expect("the server answers");
        let user = self.user;
        match self.open.take() {
            Some(open) if found.version == version + 1 => {
                assert_eq!(found.settings, open, "user {user}, round {round}");
            }
            _ => assert_eq!(
                (found.version, &found.settings),
                (version, &settings),
                "user {user}, round {round}"
            ),
        }
        let changes = client
            .call::<events::OfUser>(&self.user, None)
            .await
            .expect("the server answers");
        let last = changes.iter().find(|event| event.subject == SERVICE);
        assert!(
            last.is_none_or(|event| event.after.as_ref() == Some(&found.settings)),
            "user {user}"
        );
        let listed = client
            .call::<schedules::ListOfUser>(&self.user, None)
            .await
            .expect("the server answers");
        for name in &self.schedules {
            assert!(
                listed.iter().any(|entry| entry.schedule.name == *name),
                "user {user}, {name}"
            );
        }
        (self.version, self.saved) = (found.version, Some((found.version, found.settings)));
    }

    async fn stored(&self, client: &Client) -> Option<Setting> {
        let all = client.call::<services::List>(&self.user, None).await?;
        all.into_iter().find(|setting| setting.service.0 == SERVICE)
    }
}

/// The binary, while it runs.
struct Server {
    child: Child,
    port: u16,
    _stdout: BufReader<ChildStdout>,
}

impl Server {
    fn start(database: &str, folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_centrale"))
            .args([
                "serve",
                "--demo",
                "--listen",
                "127.0.0.1:0",
                "--database",
                database,
            ])
            .current_dir(folder)
            .env("CENTRALE_LOG", "error")
            .env("CENTRALE_REQUESTS_A_MINUTE", "1000000")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let port = line
            .trim()
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok());
        Self {
            child,
            port: port.unwrap_or_else(|| panic!("no address in {line:?}")),
            _stdout: stdout,
        }
    }

    /// SIGKILL: the process gets no chance to end in order.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A browser that is logged in.
#[derive(Clone)]
struct Client {
    base: String,
    cookie: String,
    http: reqwest::Client,
}

impl Client {
    async fn log_in(server: &Server) -> Self {
        let mut client = Self {
            base: String::new(),
            cookie: String::new(),
            http: reqwest::Client::new(),
        }
        .at(server);
        let log_in = session::LogIn {
            login: "beheer".into(),
            password: "demo-centrale".into(),
            code: String::new(),
        };
        let answer = client
            .send::<session::Start>(&(), Some(&log_in))
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        cookie
            .split(';')
            .next()
            .unwrap()
            .clone_into(&mut client.cookie);
        client
    }

    fn at(mut self, server: &Server) -> Self {
        self.base = format!("http://127.0.0.1:{}", server.port);
        self.http = reqwest::Client::new();
        self
    }

    async fn send<E: Endpoint>(
        &self,
        params: &E::Params,
        body: Option<&E::Request>,
    ) -> reqwest::Result<reqwest::Response>
    where
        E::Request: Serialize,
    {
        use centrale_core::api::Method;
        let url = format!("{}{}", self.base, path::<E>(params));
        let request = match E::METHOD {
            Method::Get => self.http.get(url),
            Method::Post => self.http.post(url),
            Method::Put => self.http.put(url),
            Method::Delete => self.http.delete(url),
        };
        let (header, value) = session::CSRF_HEADER;
        let request = request.header(header, value).header("cookie", &self.cookie);
        match body {
            Some(body) => request.json(body).send().await,
            None => request.send().await,
        }
    }

    /// The answer; `None` when the server was killed before it was complete. A refusal is a failure of the test.
    async fn call<E: Endpoint>(
        &self,
        params: &E::Params,
        body: Option<&E::Request>,
    ) -> Option<E::Response>
    where
        E::Response: DeserializeOwned,
    {
        let answer = self.send::<E>(params, body).await.ok()?;
        let status = answer.status();
        let text = answer.text().await.ok()?;
        assert!(status.is_success(), "{} {status} {text}", E::PATH);
        Some(serde_json::from_str(&text).unwrap())
    }
}
