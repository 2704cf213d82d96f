//! `centrale stops`: whose calls leave no more since they went over a limit, and letting them leave again.

use super::admin::note;
use super::say;
use super::source::Database;
use crate::live::Live;
use crate::store::Store;
use anyhow::{Result, bail};
use centrale_core::api::security::Kind;
use centrale_core::exchange::{PersistedExchange, Stop};
use centrale_core::id::UserId;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use chrono::{DateTime, SecondsFormat};
use clap::Args;
use std::collections::BTreeSet;

/// What stands for all users together.
const ALL: &str = "all";

/// Tells whose calls leave no more since they went over a limit of outside calls, or lifts that. A server that runs lifts
/// it within two seconds.
#[derive(Args)]
pub(super) struct Stops {
    /// Let calls of this user leave again: a login or an id; `all`: of all users, after all together went over a limit
    #[arg(long, value_name = "WHO")]
    lift: Option<String>,
    #[command(flatten)]
    database: Database,
}

impl Stops {
    pub(super) async fn run(self) -> Result<()> {
        let store = self.database.open_existing().await?;
        let done = match &self.lift {
            Some(who) => lift(&store, who).await,
            None => list(&store).await,
        };
        store.close().await;
        done
    }
}

async fn list(store: &Store) -> Result<()> {
    let config = Live::load(store).await?.view().snapshot.clone();
    for Stop { user, since, limit } in stops(store).await? {
        let limit = serde_json::to_value(limit)?;
        let limit = limit.as_str().unwrap_or_default();
        say(format_args!(
            "{}: {limit}, since {}",
            named(&config, user),
            at(since)
        ));
    }
    Ok(())
}

async fn lift(store: &Store, who: &str) -> Result<()> {
    let config = Live::load(store).await?.view().snapshot.clone();
    let login = |user: UserId| {
        config
            .user(user)
            .is_some_and(|s| s.user.login.eq_ignore_ascii_case(who))
    };
    let is_meant = |stop: &Stop| match stop.user {
        None => who == ALL,
        Some(user) => user.to_string() == who || login(user),
    };
    let Some(stop) = stops(store).await?.into_iter().find(is_meant) else {
        bail!("calls of {who} are not stopped");
    };
    store.ask_to_lift(stop.user).await?;
    let user = stop
        .user
        .and_then(|id| config.user(id))
        .map(|subscriber| subscriber.user.login.as_str());
    note(store, Kind::StopLifted, user.unwrap_or_default()).await?;
    say(format_args!(
        "calls of {} may leave again",
        named(&config, stop.user)
    ));
    Ok(())
}

/// A moment as UTC has it.
fn at(moment: Timestamp) -> String {
    let utc = DateTime::from_timestamp_millis(moment.0).unwrap_or_default();
    utc.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The stops that nobody asked to lift yet.
async fn stops(store: &Store) -> Result<Vec<Stop>> {
    let lifted: BTreeSet<_> = store.lifts().await?;
    let kept: PersistedExchange = store.kept("exchange").await?.unwrap_or_default();
    Ok(kept
        .stops
        .into_iter()
        .filter(|stop| !lifted.contains(&stop.user))
        .collect())
}

/// The login of a user, or the id of a group, a menu or a queue, with the name.
fn named(config: &Snapshot, user: Option<UserId>) -> String {
    let Some(id) = user else { return ALL.into() };
    let Some(subscriber) = config.user(id) else {
        return id.to_string();
    };
    let (login, name) = (&subscriber.user.login, subscriber.user.name());
    if login.is_empty() {
        format!("{id} ({})", name.trim())
    } else {
        format!("{login} ({name})")
    }
}
