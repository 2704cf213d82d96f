//! What changed since a moment: each change of the configuration is an event, and the ids of events are in the order of
//! commits. So the last id tells how new what one knows is, and the events after it tell what to read again.

use super::{Result, Store, Tx, load, parts, row, schedules};
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::organisation::{Part, PartKey, PartKind};
use centrale_core::schedule::Schedule;
use centrale_core::service;
use serde_json::Value;
use std::collections::BTreeSet;

/// From so many changes on all is read again.
const MOST: u64 = 500;

/// How new the organisation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// The id of the last event.
    pub events: u64,
    /// How often it changed without an event: by an import, or a new administrator.
    pub whole: u64,
}

/// What changed since a revision.
#[derive(Debug)]
pub enum News {
    /// Nothing changed.
    Nothing,
    /// What changed, as it is now.
    Some(Box<Changed>),
    /// Too much to tell, or it cannot be told.
    All,
}

/// Settings of a service, with its id and their version.
pub type Stored = (String, u64, Value);

/// What changed, as it is now.
#[derive(Debug, Default)]
pub struct Changed {
    /// Up to which revision.
    pub revision: Revision,
    /// Parts that are new or were replaced, with their versions.
    pub parts: Vec<(Part, u64)>,
    /// Schedules with their versions; none: removed.
    pub schedules: Vec<(ScheduleId, Option<(Schedule, u64)>)>,
    /// All settings of users of whom one changed: by service, with their versions.
    pub settings: Vec<(UserId, Vec<Stored>)>,
}

/// What to read again.
#[derive(Default)]
struct Touched {
    parts: BTreeSet<PartKey>,
    schedules: BTreeSet<ScheduleId>,
    users: BTreeSet<UserId>,
}

impl Touched {
    /// Notes what an event is about. False: it cannot be told from the event.
    fn note(&mut self, owner: &str, owner_id: i64, subject: &str) -> bool {
        let Ok(id) = row::id(owner_id) else {
            return false;
        };
        if let Some(schedule) = schedules::of_subject(subject) {
            self.schedules.insert(schedule);
        } else if owner == row::USER && service::find(subject).is_some() {
            self.users.insert(UserId(id));
        } else if let Ok(kind) = owner.parse::<PartKind>()
            && owner == subject
        {
            self.parts.insert(PartKey { kind, id });
        } else {
            // Neither passcodes nor histories are kept in memory.
            return owner == row::USER && ["passcode", "calls"].contains(&subject);
        }
        true
    }
}

impl Store {
    /// How new the organisation is.
    pub async fn revision(&self) -> Result<Revision> {
        let rows: Vec<(String, i64)> = sqlx::query_as(REVISION).fetch_all(&self.pool).await?;
        Ok(of_rows(&rows)?)
    }

    /// What changed since a revision, all as it is at one moment.
    pub async fn news(&self, known: Revision) -> Result<News> {
        let mut tx = self.pool.read().await?;
        let revision = revision(&mut tx).await?;
        if revision == known {
            return Ok(News::Nothing);
        }
        let Some(count) = revision
            .events
            .checked_sub(known.events)
            .filter(|count| *count <= MOST)
        else {
            return Ok(News::All);
        };
        if revision.whole != known.whole {
            return Ok(News::All);
        }
        let events: Vec<(String, i64, String)> =
            sqlx::query_as("SELECT owner, owner_id, subject FROM events WHERE id > $1 ORDER BY id")
                .bind(row::to_version(known.events))
                .fetch_all(&mut *tx)
                .await?;
        let mut touched = Touched::default();
        if events.len() as u64 != count
            || !events
                .iter()
                .all(|(owner, id, what)| touched.note(owner, *id, what))
        {
            return Ok(News::All);
        }
        let changed = read(&mut tx, touched, revision).await?;
        tx.commit().await?;
        Ok(changed.map_or(News::All, |changed| News::Some(Box::new(changed))))
    }
}

const REVISION: &str = "SELECT name, value FROM counters WHERE name IN ('events', 'whole')";

pub(super) async fn revision(tx: &mut Tx) -> sqlx::Result<Revision> {
    let rows: Vec<(String, i64)> = sqlx::query_as(REVISION).fetch_all(&mut **tx).await?;
    of_rows(&rows)
}

fn of_rows(rows: &[(String, i64)]) -> sqlx::Result<Revision> {
    let of = |name: &str| {
        rows.iter()
            .find(|(n, _)| n == name)
            .map_or(Ok(0), |(_, value)| row::version(*value))
    };
    Ok(Revision {
        events: of("events")?,
        whole: of("whole")?,
    })
}

/// Reads what was touched; `None`: a part is gone, and with it what was its own, or something cannot be read.
async fn read(tx: &mut Tx, touched: Touched, revision: Revision) -> sqlx::Result<Option<Changed>> {
    let mut changed = Changed {
        revision,
        ..Changed::default()
    };
    for key in touched.parts {
        let found: Option<(String, i64)> =
            sqlx::query_as("SELECT content, version FROM parts WHERE kind = $1 AND id = $2")
                .bind(key.kind.name())
                .bind(i64::from(key.id))
                .fetch_optional(&mut **tx)
                .await?;
        let Some((content, version)) = found else {
            return Ok(None);
        };
        let Some(part) = parts::of_columns(key.kind.name(), &content) else {
            return Ok(None);
        };
        changed.parts.push((part, row::version(version)?));
    }
    for id in touched.schedules {
        let found = schedules::stored(tx, id)
            .await?
            .map(|now| (now.schedule, now.version));
        changed.schedules.push((id, found));
    }
    for user in touched.users {
        changed
            .settings
            .push((user, load::settings_of(tx, user).await?));
    }
    Ok(Some(changed))
}
