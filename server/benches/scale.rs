//! What an enterprise of 100 000 users costs: requests through the whole router, and saves, on SQLite. Prints a figure a
//! line, `name=value`: microseconds as the median of many, and megabytes as the most beyond what was held before.
#![allow(clippy::print_stdout, reason = "what a bench is for")]

use anyhow::{Context, Result, ensure};
use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use centrale_core::organisation::Organisation;
use centrale_core::time::Timestamp;
use centrale_server::clock::{SeededTokens, SetClock};
use centrale_server::http::build_router;
use centrale_server::live::Live;
use centrale_server::secret::Keyring;
use centrale_server::state::{HttpSettings, SessionEnds, State};
use centrale_server::store::Store;
use centrale_server::telephony::{SwitchHandle, start};
use centrale_server::throttle::Throttle;
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;
use tower::ServiceExt;

/// As the server has it.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const USERS: u32 = 100_000;
const LOCATIONS: u32 = 100;
const GROUPS: u32 = 10;
const TIMES: usize = 15;
const NOW: Timestamp = Timestamp(1_790_000_000_000);
const PASSWORD: &str = "klaproos-42";

struct Bench {
    router: Router,
    cookie: String,
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&format!(
        "sqlite://{}",
        folder.path().join("centrale.db").display()
    ))
    .await?;
    let hash = hash()?;
    let admin = |login: &str| (login == "admin").then(|| hash.clone());
    store
        .import(&organisation()?, &admin, &SeededTokens::new(1))
        .await?;
    let bench = Bench::new(store.clone()).await?;
    for (name, path) in [
        ("list", "/api/users"),
        ("list-of-location", "/api/users?location=50"),
        ("search-name", "/api/users?search=jansen%209"),
        ("search-letter", "/api/users?search=e"),
        ("search-number", "/api/users?search=0205599"),
        ("colleagues", "/api/users/1/colleagues?search=jansen%209"),
        ("overview", "/api/organisation"),
        ("parts", "/api/parts"),
    ] {
        bench.get(path).await?;
        let mut micros = Vec::new();
        for _ in 0..TIMES {
            let start = Instant::now();
            bench.get(path).await?;
            micros.push(start.elapsed().as_micros());
        }
        println!("{name}={}", median(micros));
    }
    bench.saves().await?;
    bench.findings().await?;
    let held = memory("VmRSS")?;
    reset_peak()?;
    let start = Instant::now();
    let bytes = bench.export().await?;
    println!("export={}", start.elapsed().as_micros());
    println!("export-size={}", bytes / 1_000_000);
    println!(
        "export-memory={}",
        memory("VmHWM")?.saturating_sub(held) / 1000
    );
    store.close().await;
    Ok(())
}

impl Bench {
    async fn new(store: Store) -> Result<Self> {
        let clock = Arc::new(SetClock::new(NOW));
        let (calls, commands) = SwitchHandle::new();
        let state = State {
            calls,
            mail: None,
            sessions: SessionEnds::default(),
            throttle: Throttle::new(store.clone(), clock.clone()),
            keys: Arc::new(Keyring::in_memory()),
            live: Arc::new(Live::load(&store).await?),
            store,
            clock,
            ids: Arc::new(SeededTokens::new(2)),
            settings: Arc::new(HttpSettings::default()),
        };
        start(&state.telephony(), commands, None).await?;
        let router = build_router(state);
        let mut bench = Self {
            router,
            cookie: String::new(),
        };
        let body = json!({ "login": "admin", "password": PASSWORD });
        let answer = bench.send("POST", "/api/session", Some(&body)).await?;
        let cookie = answer
            .headers()
            .get(header::SET_COOKIE)
            .context("no session")?
            .to_str()?;
        cookie
            .split(';')
            .next()
            .unwrap_or_default()
            .clone_into(&mut bench.cookie);
        Ok(bench)
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<axum::response::Response> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("x-centrale", "1");
        let request = request
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let answer = self.router.clone().oneshot(request.body(body)?).await?;
        ensure!(
            answer.status().is_success(),
            "{method} {path}: {}",
            answer.status()
        );
        Ok(answer)
    }

    async fn get(&self, path: &str) -> Result<Value> {
        let body = self.send("GET", path, None).await?.into_body();
        Ok(serde_json::from_slice(
            &axum::body::to_bytes(body, usize::MAX).await?,
        )?)
    }

    /// Of a service of a user, and of what a location sets for all its users.
    async fn saves(&self) -> Result<()> {
        let mut micros = Vec::new();
        for save in 0..TIMES {
            let settings = json!({ "active": true, "number": format!("+3120556{save:04}") });
            let change =
                json!({ "service": "forwarding-always", "version": 0, "settings": settings });
            let path = format!("/api/users/{}/services", 7 + save * 6_007);
            let start = Instant::now();
            self.send("PUT", &path, Some(&json!({ "changes": [change] })))
                .await?;
            micros.push(start.elapsed().as_micros());
        }
        println!("save={}", median(micros));
        let mut micros = Vec::new();
        for save in 0..TIMES {
            let site =
                json!({ "location": 7, "settings": { "speed_dial_prefix": format!("#{save}") } });
            let body = json!({ "version": save, "part": { "kind": "site", "content": site } });
            let start = Instant::now();
            self.send("PUT", "/api/parts/site/7", Some(&body)).await?;
            micros.push(start.elapsed().as_micros());
        }
        println!("save-location={}", median(micros));
        Ok(())
    }

    /// The first time, and after a save.
    async fn findings(&self) -> Result<()> {
        let held = memory("VmRSS")?;
        reset_peak()?;
        let start = Instant::now();
        let first = self.get("/api/organisation/findings").await?;
        println!("findings={}", start.elapsed().as_micros());
        println!(
            "findings-found={}",
            first["findings"].as_array().map_or(0, Vec::len)
        );
        println!(
            "findings-memory={}",
            memory("VmHWM")?.saturating_sub(held) / 1000
        );
        let change =
            json!({ "service": "do-not-disturb", "version": 0, "settings": { "active": true } });
        self.send(
            "PUT",
            "/api/users/3/services",
            Some(&json!({ "changes": [change] })),
        )
        .await?;
        let start = Instant::now();
        self.get("/api/organisation/findings").await?;
        println!("findings-after-save={}", start.elapsed().as_micros());
        while self.get("/api/organisation/findings").await?["newer"] == json!(true) {}
        println!("findings-newer={}", start.elapsed().as_micros());
        Ok(())
    }

    /// Read piece by piece, as by a browser that keeps it on disk.
    async fn export(&self) -> Result<usize> {
        let mut body = self
            .send("GET", "/api/organisation/export", None)
            .await?
            .into_body()
            .into_data_stream();
        let mut bytes = 0;
        while let Some(piece) = body.next().await {
            bytes += piece?.len();
        }
        Ok(bytes)
    }
}

fn organisation() -> Result<Organisation> {
    const FIRST: [&str; 8] = [
        "Sanne", "Daan", "Fatima", "Jeroen", "Noor", "Lars", "Emma", "Bram",
    ];
    const LAST: [&str; 8] = [
        "de Boer",
        "Jansen",
        "Visser",
        "Bakker",
        "van der Meer",
        "Smit",
        "Mulder",
        "Peters",
    ];
    let locations: Vec<_> = (1..=LOCATIONS)
        .map(|id| {
            let first = 31_205_000_000 + u64::from(id) * 10_000;
            let range = json!({ "first": format!("+{first}"), "last": format!("+{}", first + 9_999) });
            json!({ "id": id, "name": format!("Locatie {id}"), "country": "nl", "zone": "Europe/Amsterdam",
                "numbers": [range] })
        })
        .collect();
    let users: Vec<_> = (1..=USERS)
        .map(|id| {
            // Those of a location lie apart, as where people move.
            let (location, at) = (1 + id % LOCATIONS, id / LOCATIONS);
            let number = 31_205_000_000 + u64::from(location) * 10_000 + u64::from(at);
            let next = 1000 + (at + 1) % (USERS / LOCATIONS);
            let hours = json!({ "name": "Avond", "who": { "from": "external" },
                "time": { "schedule": location, "outside": true } });
            json!({ "id": id, "login": format!("u{id}"), "first_name": FIRST[id as usize % 8],
                "last_name": format!("{} {id}", LAST[id as usize / 8 % 8]), "profile": "fixed", "location": location,
                "department": location, "number": format!("+{number}"), "extension": (1000 + at).to_string(),
                "packs": [1], "services": {
                    "forwarding-busy": { "active": true, "number": next.to_string(), "voicemail": false },
                    "forwarding-selective": { "active": id % 4 == 0, "number": next.to_string(), "rules": [hours] },
                } })
        })
        .collect();
    let groups: Vec<_> = (0..LOCATIONS * GROUPS)
        .map(|at| {
            let (location, group) = (1 + at / GROUPS, at % GROUPS);
            let members: Vec<_> = (1..=10)
                .map(|member| json!({ "user": (group * 10 + member) * LOCATIONS + location - 1 }))
                .collect();
            json!({ "id": USERS + 1 + at, "members": members, "identity": { "name": format!("Groep {at}"),
                "location": location, "extension": (5000 + group).to_string() } })
        })
        .collect();
    let office = json!([{ "start": "mon 08:30", "end": "mon 17:00" }, { "start": "fri 08:30", "end": "fri 17:00" }]);
    let schedules = (1..=LOCATIONS).map(|id| {
        json!({ "id": id, "owner": { "location": id }, "name": "Kantooruren", "kind": { "type": "time", "blocks": office } })
    });
    let departments = (1..=LOCATIONS)
        .map(|id| json!({ "id": id, "name": format!("Afdeling {id}"), "location": id }));
    Ok(serde_json::from_value(json!({
        "format": 1, "enterprise": { "name": "Groot" }, "locations": locations, "users": users, "hunt_groups": groups,
        "service_packs": [{ "id": 1, "name": "Basis", "licences": USERS,
            "services": ["forwarding-busy", "forwarding-selective", "forwarding-always", "do-not-disturb"] }],
        "departments": departments.collect::<Vec<_>>(), "schedules": schedules.collect::<Vec<_>>(),
        "admins": [{ "id": 1, "login": "admin", "first_name": "A", "last_name": "B", "scope": { "level": "enterprise" } }],
    }))?)
}

/// By parameters that cost nothing.
fn hash() -> Result<String> {
    let error = |error: &dyn std::fmt::Display| anyhow::anyhow!("{error}");
    let params = Params::new(8, 1, 1, None).map_err(|cause| error(&cause))?;
    let salt = SaltString::encode_b64(b"salt for a bench").map_err(|cause| error(&cause))?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(hash
        .hash_password(PASSWORD.as_bytes(), &salt)
        .map_err(|cause| error(&cause))?
        .to_string())
}

fn median(mut values: Vec<u128>) -> u128 {
    values.sort_unstable();
    values[values.len() / 2]
}

/// What the process holds, or held at most, in kilobytes.
fn memory(what: &str) -> Result<u64> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    Ok(line
        .context("not told")?
        .split_whitespace()
        .next()
        .context("not told")?
        .parse()?)
}

/// The most that is held counts from now on.
fn reset_peak() -> Result<()> {
    Ok(std::fs::write("/proc/self/clear_refs", "5")?)
}
