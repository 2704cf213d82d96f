//! Statistics of call centers by mail: from what is counted in the database to a server that takes mails, by the clock
//! of the test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/smtp.rs"]
mod smtp;

use centrale_core::acd::{Counters, Interval};
use centrale_core::id::UserId;
use centrale_core::organisation::Organisation;
use centrale_core::time::Timestamp;
use centrale_server::clock::{SetClock, SystemTokens};
use centrale_server::live::Live;
use centrale_server::mail::{MailSettings, Mailer, Relay, RetryPolicy};
use centrale_server::reports::Reporter;
use centrale_server::state::State;
use centrale_server::store::{ReportKind, Store};
use centrale_server::telephony::{SwitchHandle, start};
use smtp::{Smtp, Taken};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// 23 November 2026, 14:07 in Amsterdam.
const NOW: Timestamp = Timestamp(1_795_439_220_000);

/// A server on a database, whose mails come here.
struct Server {
    state: State,
    clock: Arc<SetClock>,
    reporter: Reporter,
    center: UserId,
}

impl Server {
    async fn start(url: &str, clock: &Arc<SetClock>, smtp: &Smtp) -> Self {
        let store = Store::open(url).await.unwrap();
        if store.is_empty().await.unwrap() {
            store
                .import(&organisation(), &|_| None, &SystemTokens)
                .await
                .unwrap();
        }
        let live = Arc::new(Live::load(&store).await.unwrap());
        let center = live.view().snapshot.call_centers().next().unwrap().id;
        let ids = Arc::new(SystemTokens);
        let (relay, from) = (
            Relay::new(&smtp.url()).unwrap(),
            "centrale@example.com".parse().unwrap(),
        );
        let settings = MailSettings {
            relay,
            from,
            retry: RetryPolicy::default(),
        };
        let mail = Some(Mailer::open(
            store.clone(),
            clock.clone(),
            ids.clone(),
            settings,
        ));
        let (calls, commands) = SwitchHandle::new();
        let clock = clock.clone();
        let state = State {
            mail,
            ..State::new(store, live, calls, clock.clone(), ids)
        };
        start(&state.telephony(), commands, None).await.unwrap();
        let reporter = Reporter::new(&state).unwrap();
        Self {
            state,
            clock,
            reporter,
            center,
        }
    }

    /// Lets minutes pass, and looks what is due.
    async fn after(&self, minutes: i64) -> usize {
        self.clock.advance(minutes * 60);
        self.reporter.look().await.unwrap()
    }

    /// So many calls came in the quarter of an hour that is now.
    async fn count(&self, offered: u32) {
        let now = centrale_server::clock::Clock::now(&*self.clock);
        let start = Timestamp(now.0 - now.0.rem_euclid(900_000));
        let interval = Interval {
            start,
            counters: Counters {
                offered,
                ..Counters::default()
            },
        };
        self.state
            .store
            .add_intervals(&[(self.center, vec![interval])])
            .await
            .unwrap();
    }
}

/// Two supervisors get the statistics of one call center each quarter of an hour and each day.
fn organisation() -> Organisation {
    let mut organisation: Organisation =
        serde_json::from_str(include_str!("../demo/organisation.json")).unwrap();
    for center in &mut organisation.call_centers {
        center.statistics.addresses.clear();
    }
    let statistics = &mut organisation.call_centers[0].statistics;
    statistics.addresses = vec!["one@example.com".into(), "two@example.com".into()];
    statistics.period_minutes = 15;
    statistics.daily = true;
    organisation
}

async fn mails(smtp: &Smtp, count: usize) -> Vec<Taken> {
    let patience = Instant::now() + Duration::from_secs(15);
    while smtp.taken().len() < count {
        assert!(Instant::now() < patience, "no mail within 15 s");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut taken = smtp.taken();
    assert_eq!(taken.len(), count, "{taken:?}");
    let mut last = taken.split_off(count - 2);
    last.sort_by_key(|mail| mail.to.clone());
    last
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn statistics_are_mailed_once() {
    let (folder, smtp) = (tempfile::tempdir().unwrap(), Smtp::start(&[]).await);
    let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
    let clock = Arc::new(SetClock::new(NOW));
    let server = Server::start(&url, &clock, &smtp).await;
    assert_eq!(
        server.after(0).await,
        0,
        "it begins with the period that goes on"
    );
    server.count(7).await;
    assert_eq!(server.after(7).await, 0, "14:14");
    assert_eq!(server.after(1).await, 1, "14:15");
    let taken = mails(&smtp, 2).await;
    assert_eq!(
        taken
            .iter()
            .map(|mail| mail.to.concat())
            .collect::<Vec<_>>(),
        ["one@example.com", "two@example.com"]
    );
    assert!(
        taken[0]
            .header("Subject")
            .ends_with(", 23 november 2026, 14:00"),
        "{:?}",
        taken[0]
    );
    assert!(
        taken[0].plain().contains("2026-11-23T14:00:00+01:00,7,"),
        "{:?}",
        taken[0]
    );
    assert_eq!(server.after(0).await, 0);

    // A restart mails nothing twice, and what was missed goes together.
    let server = Server::start(&url, &clock, &smtp).await;
    assert_eq!(server.after(14).await, 0, "14:29");
    server.count(5).await;
    assert_eq!(server.after(17).await, 1, "14:46");
    let taken = mails(&smtp, 4).await;
    for row in ["T14:15:00+01:00,5,", "T14:30:00+01:00,0,"] {
        assert!(taken[1].plain().contains(row), "{:?}", taken[1]);
    }
    assert!(
        !taken[1].plain().contains("T14:45:00+01:00,"),
        "{:?}",
        taken[1]
    );

    // Nothing happened until midnight: of a period that is not told, of a day it is.
    assert_eq!(server.after(9 * 60).await, 0, "23:46");
    assert_eq!(server.after(15).await, 1, "0:01");
    mails(&smtp, 6).await;
    // What comes next is told from where it was looked at last.
    server.count(3).await;
    assert_eq!(server.after(15).await, 1, "0:16");
    let taken = mails(&smtp, 8).await;
    assert!(
        taken[0].plain().contains("2026-11-24T00:00:00+01:00,3,"),
        "{:?}",
        taken[0]
    );
    assert_eq!(
        taken[0].plain().matches("+01:00,").count(),
        1,
        "{:?}",
        taken[0]
    );
    let days: Vec<_> = smtp
        .taken()
        .into_iter()
        .filter(|m| m.header("Subject").starts_with("Dagrapport"))
        .collect();
    assert_eq!(days.len(), 2);
    assert!(
        days[0].plain().contains("2026-11-23T14:00:00+01:00,12,"),
        "{:?}",
        days[0]
    );
    assert_eq!(
        days[0].plain().matches("+01:00,").count(),
        24,
        "{:?}",
        days[0]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_that_nobody_gets_is_forgotten() {
    let (folder, smtp) = (tempfile::tempdir().unwrap(), Smtp::start(&[]).await);
    let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
    let clock = Arc::new(SetClock::new(NOW));
    let server = Server::start(&url, &clock, &smtp).await;
    server.after(0).await;
    let nobody = (UserId(9_999), ReportKind::Period);
    assert!(
        server
            .state
            .store
            .add_report(nobody, None, NOW, &[], NOW)
            .await
            .unwrap()
    );
    server.after(0).await;
    let kept: Vec<_> = server
        .state
        .store
        .reported()
        .await
        .unwrap()
        .into_keys()
        .collect();
    assert_eq!(
        kept,
        [
            (server.center, ReportKind::Period),
            (server.center, ReportKind::Daily)
        ]
    );
    assert_eq!(smtp.taken(), []);
}
