//! A PostgreSQL that goes away: stopped, cut off, silent, or gone with the answer to a commit. Requests end in time with a
//! code, calls go on by what is in memory, and all heals by itself.

use crate::base::{NOW, demo};
use crate::cluster::{Cluster, Way, Wire};
use crate::follow::{rings, rings_of, until};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use centrale_core::api::routing::Question;
use centrale_core::what_if::{Story, tell};
use centrale_server::clock::{SeededTokens, SetClock};
use centrale_server::http::build_router;
use centrale_server::live::Live;
use centrale_server::state::State;
use centrale_server::store::{Outage, Store};
use centrale_server::telephony::{SwitchHandle, start};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;

struct Ground {
    cluster: Cluster,
    wire: Wire,
    live: Arc<Live>,
    router: Router,
}

async fn ground(test: &str) -> Option<Ground> {
    let cluster = Cluster::start(test)?;
    let wire = Wire::to(&cluster).await;
    let store = Store::open(&wire.url("postgres")).await.unwrap();
    store
        .import(&demo(), &|_| None, &SeededTokens::new(1))
        .await
        .unwrap();
    let live = Arc::new(Live::load(&store).await.unwrap());
    tokio::spawn(live.clone().keep_up());
    let (calls, commands) = SwitchHandle::new();
    let clock = Arc::new(SetClock::new(NOW));
    let state = State::new(
        store.clone(),
        live.clone(),
        calls,
        clock,
        Arc::new(SeededTokens::new(2)),
    );
    start(&state.telephony(), commands, None).await.unwrap();
    Some(Ground {
        cluster,
        wire,
        live,
        router: build_router(state),
    })
}

/// What is in the database, asked by a way of its own.
async fn agrees(ground: &Ground) {
    let store = Store::open(&ground.cluster.url("postgres")).await.unwrap();
    let fresh = Live::load(&store).await.unwrap().view();
    until("memory does not agree with the database", async || {
        let view = ground.live.view();
        view.snapshot.version == fresh.snapshot.version
            && view.directory.users().eq(fresh.directory.users())
    })
    .await;
    store.close().await;
}

impl Ground {
    /// An answer, and how long it took.
    async fn ask(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value, Duration) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("x-centrale", "1");
        let request = request.header("cookie", format!("centrale={}", "5e".repeat(32)));
        let request = request.header("content-type", "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let began = Instant::now();
        let answer = self
            .router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let (took, status) = (began.elapsed(), answer.status());
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (
            status,
            serde_json::from_slice(&bytes).unwrap_or_default(),
            took,
        )
    }

    /// Where a call to Sanne goes, by what is in memory.
    fn call(&self) -> Story {
        let question = json!({ "dialled": "+31305550142", "caller": {}, "at": NOW.0 });
        let question: Question = serde_json::from_value(question).unwrap();
        tell(&self.live.view().snapshot, &question.what_if(NOW))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_answer_to_a_commit_is_lost() {
    let Some(ground) = ground("away::the_answer_to_a_commit_is_lost").await else {
        return;
    };
    ground.wire.set(Way::LosesAnswer);
    let saved = rings(&ground.live, 1, 9).await;
    assert_eq!(saved.unwrap_err().outage(), Some(Outage::Away));
    // It was saved, as is found out.
    until("what was saved is not known", async || {
        rings_of(&ground.live) == 9
    })
    .await;
    agrees(&ground).await;
    rings(&ground.live, 2, 8).await.unwrap();

    ground.wire.set(Way::LosesCommit);
    let saved = rings(&ground.live, 3, 7).await;
    assert_eq!(saved.unwrap_err().outage(), Some(Outage::Away));
    agrees(&ground).await;
    assert_eq!(rings_of(&ground.live), 8);
    rings(&ground.live, 3, 7).await.unwrap();
    agrees(&ground).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn requests_end_in_time_and_calls_go_on() {
    let Some(ground) = ground("away::requests_end_in_time_and_calls_go_on").await else {
        return;
    };
    let before = ground.call();
    for (version, outage) in (1..).zip(["cut", "silent", "stopped"]) {
        // Connections that are there and in use.
        assert_eq!(
            ground.ask("GET", "/api/session", None).await.0,
            StatusCode::UNAUTHORIZED
        );
        match outage {
            "cut" => ground.wire.set(Way::Cut),
            "silent" => ground.wire.set(Way::Silent),
            _ => ground.cluster.stop(),
        }
        let log_in = json!({ "login": "sanne", "password": "some-password" });
        for (method, path, body) in [
            ("GET", "/api/session", None),
            ("POST", "/api/session", Some(log_in)),
        ] {
            let (status, answer, took) = ground.ask(method, path, body).await;
            assert_eq!(
                (status.as_u16(), answer["code"].as_str()),
                (503, Some("database-away")),
                "{outage}: {path}"
            );
            // Two seconds, and what a busy machine adds.
            assert!(
                took < Duration::from_secs(4),
                "{outage}: {path} took {took:?}"
            );
        }
        // Health remembers for two seconds what its last try came to.
        until("health does not tell of the outage", async || {
            let (status, answer, took) = ground.ask("GET", "/api/health", None).await;
            assert!(
                took < Duration::from_secs(4),
                "{outage}: health took {took:?}"
            );
            status == StatusCode::SERVICE_UNAVAILABLE && answer["code"] == "database-away"
        })
        .await;
        let began = Instant::now();
        let saved = rings(&ground.live, version, 9).await;
        assert_eq!(saved.unwrap_err().outage(), Some(Outage::Away), "{outage}");
        assert!(
            began.elapsed() < Duration::from_secs(4),
            "{outage}: a save took {:?}",
            began.elapsed()
        );
        // Only the version grew, with the saves between the outages.
        assert_eq!(
            Story {
                version: before.version,
                ..ground.call()
            },
            before,
            "{outage}"
        );
        ground.wire.set(Way::Open);
        if outage == "stopped" {
            ground.cluster.again();
        }
        until("health does not say that it is well again", async || {
            ground.ask("GET", "/api/health", None).await.0 == StatusCode::OK
        })
        .await;
        // All connections are tried.
        for _ in 0..20 {
            assert_eq!(
                ground.ask("GET", "/api/session", None).await.0,
                StatusCode::UNAUTHORIZED,
                "{outage}"
            );
        }
        agrees(&ground).await;
        rings(&ground.live, version, 4).await.unwrap();
    }
}
