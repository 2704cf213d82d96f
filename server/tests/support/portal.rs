//! A server of the test's own, in this process, with the demo organisation on SQLite; settings go through its API.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use centrale_core::acd::{self, AgentState};
use centrale_core::api::live::Happening;
use centrale_core::api::session::CSRF_HEADER;
use centrale_core::exchange::LineView;
use centrale_core::id::UserId;
use centrale_core::organisation::Organisation;
use centrale_server::clock::{SystemClock, SystemTokens};
use centrale_server::http::build_router;
use centrale_server::live::Live;
use centrale_server::mail::{MailSettings, Mailer, Relay, RetryPolicy};
use centrale_server::state::State;
use centrale_server::store::Store;
use centrale_server::telephony::ari::AriConfig;
use centrale_server::telephony::{
    Command, MediaEncryption, PhoneSettings, SwitchHandle, Trunk, start,
};
use centrale_server::throttle::Throttle;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::mpsc::Receiver;

/// The password of the line to the outside world.
pub const TRUNK_SECRET: &str = "line-secret";
const PASSWORD: &str = "test-password";

/// A server, and its enterprise administrator logged in.
pub struct Portal {
    state: State,
    base: String,
    client: Client,
    cookie: String,
    folder: TempDir,
    /// Whether the media of phones are encrypted, once they are attached.
    pub media_encryption: MediaEncryption,
    commands: Mutex<Option<Receiver<Command>>>,
}

impl Portal {
    /// Starts one with the demo organisation, changed first.
    pub async fn start(change: impl FnOnce(&mut Organisation)) -> Self {
        Self::start_mailing(change, None).await
    }

    /// The same, with mail by way of a server.
    pub async fn start_mailing(change: impl FnOnce(&mut Organisation), smtp: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
        let store = Store::open(&url).await.unwrap();
        let mut organisation =
            serde_json::from_str(include_str!("../../demo/organisation.json")).unwrap();
        change(&mut organisation);
        let hash = hash(PASSWORD);
        store
            .import(&organisation, &|_| Some(hash.clone()), &SystemTokens)
            .await
            .unwrap();
        let live = Arc::new(Live::load(&store).await.unwrap());
        let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemTokens));
        let (calls, commands) = SwitchHandle::new();
        let mail = smtp.map(|smtp| {
            let (relay, from) = (
                Relay::new(smtp).unwrap(),
                "centrale@example.com".parse().unwrap(),
            );
            let settings = MailSettings {
                relay,
                from,
                retry: RetryPolicy::default(),
            };
            Mailer::open(store.clone(), clock.clone(), ids.clone(), settings)
        });
        let throttle = Throttle::with_requests(store.clone(), clock.clone(), u32::MAX);
        let state = State {
            mail,
            throttle,
            ..State::new(store, live, calls, clock, ids)
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let service =
            build_router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let mut portal = Self {
            state,
            base,
            client: Client::new(),
            cookie: String::new(),
            folder,
            media_encryption: MediaEncryption::Off,
            commands: Mutex::new(Some(commands)),
        };
        portal.log_in().await;
        portal
    }

    /// Drives the calls of an Asterisk.
    pub async fn attach(&self, ari: &AriConfig, realtime: &str, line: &str) {
        let settings = self.phones(ari, realtime, line);
        let commands = self.commands.lock().unwrap().take().expect("attached once");
        start(&self.state.telephony(), commands, Some(settings))
            .await
            .unwrap();
    }

    /// Another run of the server on the same database and the same Asterisk; the first hears nothing any more.
    pub async fn restart(&self, ari: &AriConfig, realtime: &str, line: &str) {
        let (calls, commands) = SwitchHandle::new();
        let live = Arc::new(Live::load(&self.state.store).await.unwrap());
        let state = State {
            calls,
            live,
            ..self.state.clone()
        };
        start(
            &state.telephony(),
            commands,
            Some(self.phones(ari, realtime, line)),
        )
        .await
        .unwrap();
    }

    /// An agent's state is another.
    pub async fn agent(&self, agent: u32, state: AgentState) {
        let input = acd::Input::SetState {
            agent: UserId(agent),
            state,
        };
        assert!(self.state.calls.command(Command::Agent(input)).await);
    }

    fn phones(&self, ari: &AriConfig, realtime: &str, line: &str) -> PhoneSettings {
        PhoneSettings {
            asterisk: ari.base.as_str().trim_end_matches("/ari").to_owned(),
            secret: ari.secret.clone(),
            realtime: realtime.to_owned(),
            trunk: Some(Trunk {
                secret: TRUNK_SECRET.into(),
                contact: line.to_owned(),
            }),
            qualify_seconds: 0,
            messages: self.folder.path().join("messages"),
            media_encryption: self.media_encryption,
            // The sites of the tests are here.
            sound_hosts: vec!["127.0.0.1".into()],
        }
    }

    /// The password with which a phone registers.
    pub async fn secret(&self, account: &str) -> String {
        self.state
            .store
            .sip_account(&self.state.keys, account)
            .await
            .unwrap()
            .expect("an account")
            .secret
    }

    /// Sets a service of a user through the API, from whatever it was.
    pub async fn set(&self, user: u32, service: &str, settings: Value) {
        let path = format!("/api/users/{user}/services");
        let all = self.ask(Method::GET, &path, None).await;
        let now = all
            .as_array()
            .unwrap()
            .iter()
            .find(|s| s["service"] == service)
            .expect("a service")
            .clone();
        let change = json!({"service": service, "version": now["version"], "settings": settings});
        self.ask(Method::PUT, &path, Some(json!({"changes": [change]})))
            .await;
    }

    /// Switches every service of a user off that is on.
    pub async fn clear(&self, user: u32) {
        let all = self
            .ask(Method::GET, &format!("/api/users/{user}/services"), None)
            .await;
        for setting in all.as_array().unwrap() {
            let service = setting["service"].as_str().unwrap();
            // A mailbox by itself sends no call anywhere.
            let mailbox = service.starts_with("voicemail");
            if setting["settings"]["active"] == true
                && setting.get("unavailable").is_none()
                && !mailbox
            {
                self.set(user, service, json!({"active": false})).await;
            }
        }
    }

    /// Makes a schedule for one minute that is half a week away from now, and gives its id.
    pub async fn schedule(&self, user: u32, name: &str) -> u64 {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let today = chrono::Datelike::weekday(&chrono::Utc::now()).num_days_from_monday() as usize;
        let day = days[(today + 3) % 7];
        let kind = json!({"type": "time", "blocks": [
            {"start": format!("{day} 12:00"), "end": format!("{day} 12:01")}
        ]});
        let made = self
            .ask(
                Method::POST,
                &format!("/api/users/{user}/schedules"),
                Some(json!({"name": name, "kind": kind})),
            )
            .await;
        made["schedule"]["id"].as_u64().expect("an id")
    }

    /// Uploads a sound for an owner (`location:1`, `user:1`).
    pub async fn upload(&self, owner: &str, name: &str, file: Vec<u8>) -> Value {
        let name = name.replace(' ', "%20");
        self.file(
            Method::POST,
            &format!("/api/uploads?owner={owner}&name={name}"),
            file,
        )
        .await
    }

    /// Sends a file.
    pub async fn file(&self, method: Method, path: &str, file: Vec<u8>) -> Value {
        let request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .body(file);
        let request = request
            .header(CSRF_HEADER.0, CSRF_HEADER.1)
            .header("cookie", &self.cookie);
        let response = request.send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Asks what a call would do.
    pub async fn simulate(&self, user: u32, question: Value) -> Value {
        self.ask(
            Method::POST,
            &format!("/api/users/{user}/simulate"),
            Some(question),
        )
        .await
    }

    /// The message in the mailbox of a user, as soon as it is there.
    pub async fn message(&self, user: u32) -> Vec<u8> {
        let folder = self.folder.path().join("messages").join(user.to_string());
        self.until(|| first_file(&folder).is_some()).await;
        first_file(&folder).unwrap()
    }

    /// A message that was left before.
    pub fn has_message(&self, user: u32) {
        let folder = self.folder.path().join("messages").join(user.to_string());
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("earlier.wav"), b"").unwrap();
    }

    /// Whether there is no message in the mailbox of a user.
    pub fn mailbox_is_empty(&self, user: u32) -> bool {
        first_file(&self.folder.path().join("messages").join(user.to_string())).is_none()
    }

    /// What the lamp of a user shows to those who may see all.
    pub fn line(&self, user: u32) -> Option<LineView> {
        self.state
            .calls
            .now()
            .into_iter()
            .find_map(|happening| match happening {
                Happening::Line { user: of, state } if of == UserId(user) => Some(state),
                _ => None,
            })
    }

    /// Whether so many calls wait, or one so long, that the agents of a call center are told; `None`: nothing is known.
    pub fn alert(&self, of: u32) -> Option<bool> {
        self.state
            .calls
            .now()
            .into_iter()
            .find_map(|happening| match happening {
                Happening::Queue { center, alert, .. } if center == UserId(of) => Some(alert),
                _ => None,
            })
    }

    /// Waits for what happens by itself.
    pub async fn until(&self, happened: impl Fn() -> bool) {
        let patience = Instant::now() + Duration::from_secs(15);
        while !happened() {
            assert!(Instant::now() < patience, "it did not happen within 15 s");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn log_in(&mut self) {
        let body = json!({"login": "beheer", "password": PASSWORD});
        let response = self.send(Method::POST, "/api/session", Some(body)).await;
        assert_eq!(response.status(), StatusCode::OK);
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        cookie
            .split(';')
            .next()
            .unwrap()
            .clone_into(&mut self.cookie);
    }

    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let response = self.send(method, path, body.clone()).await;
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "{path} {body:?}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Asks, whatever is answered: the status.
    pub async fn status(&self, method: Method, path: &str, body: Option<Value>) -> u16 {
        let response = self.send(method, path, body).await;
        let status = response.status().as_u16();
        response.bytes().await.unwrap();
        status
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> reqwest::Response {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        request = request
            .header(CSRF_HEADER.0, CSRF_HEADER.1)
            .header("cookie", &self.cookie);
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }
}

fn first_file(folder: &Path) -> Option<Vec<u8>> {
    let file = std::fs::read_dir(folder).ok()?.next()?.ok()?;
    std::fs::read(file.path())
        .ok()
        .filter(|content| !content.is_empty())
}

/// A cheap hash: only this test's password is behind it.
fn hash(password: &str) -> String {
    let cheap = Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(64, 1, 1, None).unwrap(),
    );
    let salt = SaltString::encode_b64(b"salt-of-the-test").unwrap();
    cheap
        .hash_password(password.as_bytes(), &salt)
        .unwrap()
        .to_string()
}
