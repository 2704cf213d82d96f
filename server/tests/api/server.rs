//! A server for a test, and the people who ask it things. The clock stands still until a test moves it.

use crate::wav::wav;
use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use axum::Router;
use axum::body::{Body, BodyDataStream, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use centrale_core::id::{AdminId, DepartmentId, UploadId, UserId};
use centrale_core::organisation::{
    Admin, AdminScope, ContentHash, Organisation, Upload, UploadOwner,
};
use centrale_core::time::Timestamp;
use centrale_server::clock::{Clock, SeededTokens, SetClock};
use centrale_server::http::{build_router, listen};
use centrale_server::live::Live;
use centrale_server::mail::{MailSettings, Mailer, Relay, RetryPolicy};
use centrale_server::secret::Keyring;
use centrale_server::state::{HttpSettings, Limits, State};
use centrale_server::store::Store;
use centrale_server::telephony::{SwitchHandle, start};
use centrale_server::throttle::Throttle;
use futures_util::StreamExt;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection, Executor};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// Tuesday 2026-11-24, 10:00 in Utrecht.
pub(crate) const NOW: Timestamp = Timestamp(1_795_510_800_000);
const EVENTS: &str = "text/event-stream";
/// Everybody's password.
pub(crate) const PASSWORD: &str = "klaproos-42";

pub(crate) const SANNE: &str = "sanne";
pub(crate) const DAAN: &str = "daan.visser";
pub(crate) const DEPARTMENT: &str = "beheer.klantenservice";
pub(crate) const OTHER_DEPARTMENT: &str = "beheer.magazijn";
pub(crate) const LOCATION: &str = "beheer.utrecht";
pub(crate) const OTHER_LOCATION: &str = "beheer.rotterdam";
pub(crate) const ENTERPRISE: &str = "beheer";

/// A running server.
pub(crate) struct Server {
    router: Router,
    pub(crate) clock: Arc<SetClock>,
    folder: TempDir,
    settings: HttpSettings,
    state: State,
}

/// Somebody with a browser.
pub(crate) struct Actor<'a> {
    server: &'a Server,
    pub(crate) cookie: Option<String>,
    /// Headers that they send besides.
    pub(crate) headers: Vec<(&'static str, String)>,
}

/// What somebody is told who watches.
pub(crate) struct Watching {
    body: BodyDataStream,
    text: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(&[], HttpSettings::default()).await
    }

    /// A server whose database was changed past the store.
    pub(crate) async fn meddled(sql: &[&str]) -> Self {
        Self::with(sql, HttpSettings::default()).await
    }

    pub(crate) async fn with_assets(assets: PathBuf) -> Self {
        Self::with(
            &[],
            HttpSettings {
                assets: Some(assets),
                ..HttpSettings::default()
            },
        )
        .await
    }

    /// A server of another organisation than the demo's.
    pub(crate) async fn of(organisation: &Organisation) -> Self {
        Self::made(organisation, &[], HttpSettings::default()).await
    }

    pub(crate) async fn with(meddle: &[&str], settings: HttpSettings) -> Self {
        Self::made(&organisation(), meddle, settings).await
    }

    async fn made(organisation: &Organisation, meddle: &[&str], settings: HttpSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
        let store = Store::open(&url).await.unwrap();
        store
            .import(organisation, &|_| Some(hash()), &SeededTokens::new(7))
            .await
            .unwrap();
        for sql in meddle {
            let mut connection = AnyConnection::connect(&url).await.unwrap();
            connection.execute(*sql).await.unwrap();
            connection.close().await.unwrap();
        }
        Self::serve(folder, settings, 11, None).await
    }

    /// A server whose mails go to one that takes them, without much patience.
    pub(crate) async fn mailing(smtp: &str) -> Self {
        let Self {
            folder,
            settings,
            router,
            state,
            ..
        } = Self::start().await;
        drop((router, state));
        Self::serve(folder, settings, 12, Some(smtp)).await
    }

    /// The same database, served anew.
    pub(crate) async fn restart(self) -> Self {
        let Self {
            folder,
            settings,
            router,
            state,
            ..
        } = self;
        drop((router, state));
        Self::serve(folder, settings, 12, None).await
    }

    async fn serve(folder: TempDir, settings: HttpSettings, seed: u64, smtp: Option<&str>) -> Self {
        let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
        let store = Store::open(&url).await.unwrap();
        let tokens = SeededTokens::new(seed);
        let clock = Arc::new(SetClock::new(NOW));
        let live = Arc::new(Live::load(&store).await.unwrap());
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
            Mailer::open(
                store.clone(),
                clock.clone(),
                Arc::new(SeededTokens::new(seed)),
                settings,
            )
        });
        let state = State {
            mail,
            throttle: Throttle::with_requests(store.clone(), clock.clone(), u32::MAX),
            settings: Arc::new(settings.clone()),
            ..State::new(store, live, calls, clock.clone(), Arc::new(tokens))
        };
        start(&state.telephony(), commands, None).await.unwrap();
        let router = build_router(state.clone());
        Self {
            router,
            clock,
            folder,
            settings,
            state,
        }
    }

    /// The same, where an account may make so many requests within a minute as everywhere.
    pub(crate) fn limiting(self) -> Self {
        let throttle = Throttle::new(self.state.store.clone(), self.clock.clone());
        let state = State {
            throttle,
            ..self.state
        };
        Self {
            router: build_router(state.clone()),
            state,
            ..self
        }
    }

    /// Takes connections, with these limits, until the test is over.
    pub(crate) async fn listen(&self, limits: Limits) -> SocketAddr {
        let (at, stop, _) = self.listen_until_told(limits).await;
        // What is never told is waited for.
        std::mem::forget(stop);
        at
    }

    /// The same, until it is told to stop; the task ends when all is answered.
    pub(crate) async fn listen_until_told(
        &self,
        limits: Limits,
    ) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let (stop, told) = oneshot::channel();
        let settings = HttpSettings {
            limits,
            ..self.settings.clone()
        };
        let router = build_router(State {
            settings: Arc::new(settings),
            ..self.state.clone()
        });
        let serving = listen::serve(listener, router, limits, async move {
            told.await.ok();
        });
        (at, stop, tokio::spawn(serving))
    }

    /// The keys under which the server seals secrets.
    pub(crate) fn keys(&self) -> &Keyring {
        &self.state.keys
    }

    /// The way to the switch of the server, past its API.
    pub(crate) fn calls(&self) -> &SwitchHandle {
        &self.state.calls
    }

    /// The database of the server, past its API.
    pub(crate) async fn store(&self) -> Store {
        let url = format!(
            "sqlite://{}",
            self.folder.path().join("centrale.db").display()
        );
        Store::open(&url).await.unwrap()
    }

    /// The moment it is.
    pub(crate) fn now(&self) -> Timestamp {
        Clock::now(&*self.clock)
    }

    /// The logins of all users.
    pub(crate) async fn logins(&self) -> Vec<String> {
        let organisation = self.store().await.load().await.unwrap().organisation;
        organisation
            .users
            .into_iter()
            .map(|user| user.login)
            .collect()
    }

    /// Somebody who is not logged in.
    pub(crate) fn anonymous(&self) -> Actor<'_> {
        Actor {
            server: self,
            cookie: None,
            headers: Vec::new(),
        }
    }

    /// Somebody who has just logged in.
    pub(crate) async fn actor(&self, login: &str) -> Actor<'_> {
        let mut actor = self.anonymous();
        let answer = actor.log_in(login, PASSWORD).await;
        assert_eq!(answer.status, 200, "{login}: {answer:?}");
        actor.cookie = Some(answer.cookie());
        actor
    }
}

impl Watching {
    /// The next event; `None`: the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                let data: Option<Value> = data.map(|data| serde_json::from_str(data).unwrap());
                let kind = data
                    .as_ref()
                    .map(|data| format!("event: {}", data["live"].as_str().unwrap()));
                assert!(
                    kind.is_none_or(|kind| event.lines().any(|line| line == kind)),
                    "{event}"
                );
                let used = self.text.len() - rest.len();
                self.text.drain(..used);
                if data.is_some() {
                    return data;
                }
                continue;
            }
            let patience = std::time::Duration::from_secs(20);
            let more = tokio::time::timeout(patience, self.body.next())
                .await
                .unwrap();
            self.text += std::str::from_utf8(&more?.unwrap()).unwrap();
        }
    }

    /// The next events.
    pub(crate) async fn some(&mut self, count: usize) -> Vec<Value> {
        let mut events = Vec::new();
        for _ in 0..count {
            events.push(self.next().await.unwrap());
        }
        events
    }
}

impl Actor<'_> {
    pub(crate) async fn log_in(&self, login: &str, password: &str) -> Answer {
        self.post(
            "/api/session",
            json!({ "login": login, "password": password }),
        )
        .await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str, body: Value) -> Answer {
        self.send("DELETE", path, Some(body)).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("x-centrale", "1");
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.ask(request.body(body).unwrap()).await
    }

    /// Listens to what happens.
    pub(crate) async fn watch(&self) -> Watching {
        let cookie = self.cookie.as_deref().unwrap();
        let request = Request::get("/api/live")
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .unwrap();
        let response = self.server.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()[header::CONTENT_TYPE], EVENTS);
        Watching {
            body: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    pub(crate) async fn ask(&self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &self.cookie {
            request
                .headers_mut()
                .insert(header::COOKIE, cookie.parse().unwrap());
        }
        for (name, value) in &self.headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let response = self.server.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        // A stream goes on for ever; `watch` reads it.
        let body = if parts
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind == EVENTS)
        {
            Body::empty()
        } else {
            body
        };
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or_default();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
            text,
        }
    }
}

impl Answer {
    /// The body of an answer that must be a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self.body
    }

    /// Its status and the code of its body.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        (
            self.status.as_u16(),
            self.body["code"].as_str().unwrap_or_default(),
        )
    }

    /// The fields at fault, each as `field: code`.
    pub(crate) fn fields(&self) -> Vec<String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let fields = self.body["fields"].as_array().cloned().unwrap_or_default();
        fields
            .iter()
            .map(|f| format!("{}: {}", text(&f["field"]), text(&f["code"])))
            .collect()
    }

    /// Every cookie that it sets, as a browser sends them back.
    pub(crate) fn cookies(&self) -> Vec<String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter();
        set.map(|cookie| {
            cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
    }

    /// The cookie that it sets first, as a browser sends it back.
    pub(crate) fn cookie(&self) -> String {
        let set = self.headers[header::SET_COOKIE].to_str().unwrap();
        set.split(';').next().unwrap().to_owned()
    }
}

/// The demo organisation, with an administrator of a department at the other location, and the spoken name of Sanne.
fn organisation() -> Organisation {
    let mut demo: Organisation =
        serde_json::from_str(include_str!("../../demo/organisation.json")).unwrap();
    demo.admins.push(Admin {
        id: AdminId(90),
        login: OTHER_DEPARTMENT.into(),
        first_name: "Karel".into(),
        last_name: "Mol".into(),
        email: String::new(),
        scope: AdminScope::Department(DepartmentId(3)),
    });
    demo.call_centers = CENTERS
        .map(|text| serde_json::from_str(text).unwrap())
        .into();
    demo.enterprise.call_centers = serde_json::from_str(CENTER_DEFAULTS).unwrap();
    let name = Upload {
        id: UploadId(1),
        owner: UploadOwner::User(UserId(1)),
        name: "Sanne".into(),
        length_ms: 10,
        bytes: 364,
        content: ContentHash([1; 32]),
    };
    demo.sounds
        .insert(name.content, BASE64.encode(wav(440, 10)));
    demo.uploads.push(name);
    demo
}

/// Sanne and Daan work for one call center, where the reception looks after Daan; Sanne and Jeroen work for another,
/// which they cannot leave.
const CENTERS: [&str; 2] = [
    r#"{ "id": 100, "identity": { "name": "Klantenservice", "location": 1, "extension": "860" },
        "agents": [{ "user": 1 }, { "user": 3 }], "supervisors": [{ "user": 2, "agents": [3] }] }"#,
    r#"{ "id": 101, "identity": { "name": "Planning", "location": 2, "extension": "861" },
        "agents": [{ "user": 1 }, { "user": 21 }], "agent": { "may_join": false } }"#,
];

/// Who is unavailable says why.
const CENTER_DEFAULTS: &str = r#"{ "codes_enabled": true, "codes_forced": true, "default_code": 2,
    "codes": [{ "id": 1, "name": "Lunch" }, { "id": 2, "name": "Overleg" }] }"#;

/// The hash of everybody's password, by parameters that cost nothing.
fn hash() -> String {
    let cheap = Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(8, 1, 1, None).unwrap(),
    );
    let salt = SaltString::encode_b64(b"salt for a test!").unwrap();
    cheap
        .hash_password(PASSWORD.as_bytes(), &salt)
        .unwrap()
        .to_string()
}

pub(crate) fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}
