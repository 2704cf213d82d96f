//! Calls while others ask for the costliest things that there are: no request delays a call. Needs Asterisk and sipp;
//! without them it says loudly that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;

use portal::Portal;
use reqwest::Method;
use serde_json::{Value, json};
use setup::{SANNE, Setup, check};
use sip::Behaviour;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many ask for the same at once.
const EACH: usize = 4;
/// How many calls are placed meanwhile.
const CALLS: usize = 11;
/// Within so many milliseconds a call is answered by a phone that answers at once.
const LIMIT: u64 = 100;

/// What takes longest: a list of 0.9 MB, a story without end, the findings, the export.
fn requests() -> [(Method, &'static str, Option<Value>); 4] {
    let lines: Vec<_> = (0..40_000)
        .map(|line| format!("Feest {line},2026-{:02}-01", line % 12 + 1))
        .collect();
    let list = lines.join("\n");
    let endless = json!({
        "dialled": "+31305550120", "caller": {"number": "+31205550100"}, "patience": u32::MAX,
        "later": (0..5_000).map(|_| json!({"after": 1, "event": {"does": "hold", "by": "caller"}})).collect::<Vec<_>>(),
    });
    [
        (
            Method::POST,
            "/api/holidays/read",
            Some(json!({"text": list})),
        ),
        (Method::POST, "/api/simulate", Some(endless)),
        (Method::GET, "/api/organisation/findings", None),
        (Method::GET, "/api/organisation/export", None),
    ]
}

/// Asks again and again.
async fn ask(
    portal: &Portal,
    running: &AtomicUsize,
    (method, path, body): &(Method, &str, Option<Value>),
) -> Infallible {
    loop {
        running.fetch_add(1, Ordering::SeqCst);
        let status = portal.status(method.clone(), path, body.clone()).await;
        running.fetch_sub(1, Ordering::SeqCst);
        assert!(matches!(status, 200 | 422 | 503), "{path}: {status}");
    }
}

/// The phones of a call that takes a phone that answers at once.
async fn calls(setup: &Setup, running: &AtomicUsize, at_least: usize) -> Vec<u64> {
    let sanne = setup.phone(SANNE.1, Behaviour::Answers(1)).await;
    let mut took = Vec::new();
    for count in 1..=CALLS {
        while running.load(Ordering::SeqCst) < at_least {
            tokio::task::yield_now().await;
        }
        let outcome = setup
            .call_from_outside(Some("+31205550100"), "+31305550142")
            .await;
        check("meanwhile", &outcome, 200, &[(&sanne, count)]);
        took.push(outcome.final_ms.expect("it was answered"));
    }
    took
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_delays_a_call() {
    let Some(setup) = Setup::build().await else {
        return;
    };
    let (running, requests) = (AtomicUsize::new(0), requests());
    let ask = |request| ask(&setup.portal, &running, request);
    let load = requests
        .iter()
        .flat_map(|request| (0..EACH).map(move |_| request))
        .map(ask);
    let load = futures_util::future::select_all(load.map(Box::pin));
    let mut took = tokio::select! {
        (never, ..) = load => match never {},
        took = calls(&setup, &running, EACH) => took,
    };
    took.sort_unstable();
    println!("calls were answered after {took:?} ms");
    // A call that waited for a request would wait for seconds, and so would all. Half are allowed for what else the
    // machine does.
    assert!(took[CALLS / 2] <= LIMIT, "{took:?}");
}
