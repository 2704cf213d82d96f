//! Reports: the statistics of call centers by mail (manual § 23.2.2), by period and by day. What was reported is in the
//! database beside the mails: a report goes out once, and what was missed while the server was down goes with the next.

mod email;
mod span;

use crate::clock::Clock;
use crate::live::Live;
use crate::mail::{Email, Mailer};
use crate::state::State;
use crate::store::{self, ReportKind, ReportOf, Store};
use crate::telephony::SwitchHandle;
use centrale_core::acd::{Counters, INTERVAL_MS};
use centrale_core::id::UserId;
use centrale_core::organisation::{CallCenter, Language};
use centrale_core::snapshot::{Snapshot, Subscriber};
use centrale_core::time::{Timestamp, Zone};
use email::Report;
use span::Span;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Who gets a report may change at any time: looked at so often at least.
const LOOK_MS: i64 = 60_000;
/// So long after a period ended its report is made.
const SETTLE_MS: i64 = 2_000;

/// Makes the reports.
pub struct Reporter {
    live: Arc<Live>,
    store: Store,
    clock: Arc<dyn Clock>,
    calls: SwitchHandle,
    mailer: Mailer,
}

impl Reporter {
    /// A reporter of a server; `None` when mail is off.
    pub fn new(state: &State) -> Option<Self> {
        let mailer = state.mail.clone()?;
        let (live, store) = (state.live.clone(), state.store.clone());
        Some(Self {
            live,
            store,
            clock: state.clock.clone(),
            calls: state.calls.clone(),
            mailer,
        })
    }

    /// Makes reports for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.look().await {
                tracing::error!(%error, "reports could not be made");
            }
            let now = self.clock.now();
            let quarter = INTERVAL_MS - now.0.rem_euclid(INTERVAL_MS) + SETTLE_MS;
            tokio::time::sleep(Duration::from_millis(quarter.min(LOOK_MS).unsigned_abs())).await;
        }
    }

    /// Makes the reports that are due, but for periods in which nothing happened. Returns how many.
    pub async fn look(&self) -> store::Result<usize> {
        let config = self.live.view().snapshot.clone();
        let now = self.clock.now();
        let mut reported = self.store.reported().await?;
        let mut due = Vec::new();
        for center in config.call_centers() {
            let Some(zone) = config.user(center.id).map(|s| s.place.zone.clone()) else {
                continue;
            };
            for kind in kinds(center) {
                let of = (center.id, kind);
                let period = center.statistics.period_minutes;
                match reported.remove(&of) {
                    None => {
                        let end = span::end(kind, period, &zone, now);
                        self.store.add_report(of, None, end, &[], now).await?;
                    }
                    Some(last) => {
                        due.extend(Span::since(last, kind, period, &zone, now).map(|span| Due {
                            of,
                            last,
                            span,
                            center: center.clone(),
                            zone: zone.clone(),
                        }));
                    }
                }
            }
        }
        self.forget(reported).await?;
        // What was counted up to now is to be in the database.
        if due.is_empty() || !self.calls.persist().await {
            return Ok(0);
        }
        let mut made = 0;
        for due in due {
            made += usize::from(self.report(&config, &due, now).await?);
        }
        Ok(made)
    }

    /// What is left is of reports that nobody gets any more.
    async fn forget(&self, reported: BTreeMap<ReportOf, Timestamp>) -> store::Result<()> {
        for of in reported.into_keys() {
            self.store.forget_report(of).await?;
        }
        Ok(())
    }

    async fn report(&self, config: &Snapshot, due: &Due, now: Timestamp) -> store::Result<bool> {
        let (center, kind) = due.of;
        let intervals = self
            .store
            .intervals(center, due.span.from, due.span.until)
            .await?;
        let rows = due.span.sums(&intervals);
        let center_name = &due.center.identity.name;
        let report = Report {
            kind,
            center: center_name,
            zone: &due.zone,
            span: &due.span,
            rows: &rows,
        };
        let mut mails = Vec::new();
        let quiet = kind == ReportKind::Period && is_quiet(&rows);
        let readers = due.center.statistics.addresses.iter().filter(|_| !quiet);
        for address in readers {
            let email: Email = report.email(address, language(config, center, address));
            match self.mailer.write(&email) {
                Ok(mail) => mails.push(mail),
                Err(error) => {
                    tracing::error!(%error, center = center.0, "a report could not be written");
                }
            }
        }
        let made = self
            .store
            .add_report(due.of, Some(due.last), due.span.until, &mails, now)
            .await?;
        self.mailer.filled();
        Ok(made && !quiet)
    }
}

/// A report that is due.
struct Due {
    of: ReportOf,
    /// Up to when the one before went.
    last: Timestamp,
    span: Span,
    center: Arc<CallCenter>,
    zone: Zone,
}

/// Which reports somebody gets.
fn kinds(center: &CallCenter) -> impl Iterator<Item = ReportKind> {
    let wanted = !center.statistics.addresses.is_empty();
    let daily = center.statistics.daily;
    ReportKind::ALL
        .into_iter()
        .filter(move |kind| wanted && (daily || *kind == ReportKind::Period))
}

/// The language of whoever has the address; of others that of the call center.
fn language(config: &Snapshot, center: UserId, address: &str) -> Language {
    let reader = config
        .users()
        .find(|s| s.user.email.eq_ignore_ascii_case(address));
    reader
        .or_else(|| config.user(center))
        .map(Subscriber::language)
        .unwrap_or_default()
}

/// Nobody called and nobody worked: there is nothing to tell.
fn is_quiet(rows: &[(Timestamp, Counters)]) -> bool {
    rows.iter().map(|(_, row)| row).sum::<Counters>() == Counters::default()
}
