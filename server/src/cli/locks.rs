//! `centrale locks`: which log-ins cannot be tried for a while, and letting them be tried again.

use super::admin::note;
use super::say;
use super::source::Database;
use crate::clock::{Clock, SystemClock};
use crate::throttle::{BROWSER, SECOND_FACTOR};
use anyhow::{Result, bail};
use centrale_core::api::security::Kind;
use clap::Args;

/// Tells which log-ins cannot be tried for a while after failed tries, or lifts that. A server that runs goes by it at
/// once.
#[derive(Args)]
pub(super) struct Locks {
    /// Let this login be tried again at once, from everywhere
    #[arg(long, value_name = "LOGIN")]
    lift: Option<String>,
    #[command(flatten)]
    database: Database,
}

impl Locks {
    pub(super) async fn run(self) -> Result<()> {
        let store = self.database.open_existing().await?;
        if let Some(login) = self.lift {
            let sources = store.clear_log_in_failures(&login, None).await?;
            if sources > 0 {
                note(&store, Kind::LockLifted, &login).await?;
            }
            store.close().await;
            if sources == 0 {
                bail!("no log-in of {login} has failed lately");
            }
            say(format_args!("{login} can log in again at once"));
            return Ok(());
        }
        let now = SystemClock.now();
        for slowed in store.slowed(now).await? {
            let failures = slowed.failures;
            let seconds = (failures.until.since(now) + 999) / 1000;
            let source = match failures.source.as_str() {
                SECOND_FACTOR => "second factor",
                source if source.starts_with(BROWSER) => "a known browser",
                address => address,
            };
            let name = slowed
                .who
                .map_or_else(|| "nobody".to_owned(), |(_, name)| name);
            let (login, count) = (failures.login, failures.failures);
            say(format_args!(
                "{login} ({name}), from {source}: {count} failures, {seconds} s to go"
            ));
        }
        store.close().await;
        Ok(())
    }
}
