//! What can go wrong with the database and with a save.

use super::Outage;
use crate::live::Use;
use crate::secret::SecretError;
use centrale_core::api::services::Newer;
use centrale_core::organisation::Part;
use centrale_core::quota::Quota;
use centrale_core::schedule::Schedule;
use thiserror::Error;

/// The result of what touches the database.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the database did not do as asked.
#[derive(Debug, Error)]
pub enum Error {
    /// The URL names no database that is supported.
    #[error("database {0:?}: only sqlite://FILE and postgres://… are supported")]
    Url(String),
    /// There is no such file.
    #[error("database {0}: there is no such file")]
    Missing(String),
    /// A server has the file already: it keeps in memory what another would change.
    #[error("database {0}: another server runs on it; a file has one server")]
    Served(String),
    /// It cannot be opened.
    #[error("database {url} cannot be opened: {cause}")]
    Open {
        /// Where it is, without a password.
        url: String,
        /// What the driver says.
        cause: sqlx::Error,
    },
    /// Its tables cannot be brought up to date.
    #[error("database {url} cannot be brought up to date: {cause}")]
    Migrate {
        /// Where it is, without a password.
        url: String,
        /// What the driver says.
        cause: sqlx::migrate::MigrateError,
    },
    /// There is data already where new data was to go.
    #[error("the database already holds an organisation")]
    NotEmpty,
    /// Something that must be unique is there twice.
    #[error("{0} is there already")]
    Taken(String),
    /// An upload has no content.
    #[error("the sound {0} is not in the file")]
    NoSound(String),
    /// What is restored has tables that this version does not know.
    #[error(
        "it was made by a later version of Centrale (its tables are of version {0}): use that version"
    )]
    LaterBackup(i64),
    /// The database has tables that are later than what is restored.
    #[error(
        "the database has the tables of a later version than the backup: name one without tables"
    )]
    LaterTables,
    /// What is restored does not fit into the tables, or a table holds what no backup can.
    #[error("{0} does not fit")]
    Unfit(String),
    /// A secret cannot be sealed or opened.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// What was read could not be made ready for calls: the task that did so panicked.
    #[error("the organisation could not be compiled")]
    NotCompiled,
    /// A statement failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Error {
    /// The error of an insert, told by what is there twice if that is what is wrong.
    pub(super) fn taken(error: sqlx::Error, what: impl FnOnce() -> String) -> Self {
        match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() => Self::Taken(what()),
            _ => Self::Database(error),
        }
    }
}

impl Error {
    /// Why the database can do nothing at all, if that is what is wrong.
    pub fn outage(&self) -> Option<Outage> {
        match self {
            Self::Database(error) => outage(error),
            _ => None,
        }
    }

    /// The error of a part that could not be stored during an import.
    pub(super) fn unsaved(error: SaveError, what: impl FnOnce() -> String) -> Self {
        match error {
            SaveError::LineTaken(line) => Self::Taken(format!("{line} ({})", what())),
            SaveError::Database(cause) => Self::Database(cause),
            _ => Self::Taken(what()),
        }
    }
}

/// Why something was not saved. Nothing of the save took effect.
#[derive(Debug, Error)]
pub enum SaveError {
    /// Somebody else saved these services in the meantime; how they are now.
    #[error("somebody else saved in the meantime")]
    Stale(Vec<Newer>),
    /// Somebody else saved the schedule in the meantime; how it is now.
    #[error("somebody else saved the schedule in the meantime")]
    ScheduleStale(Box<ScheduleNow>),
    /// Somebody else saved the part in the meantime; how it is now.
    #[error("somebody else saved the part in the meantime")]
    PartStale(Box<PartNow>),
    /// Somebody else has this number or extension.
    #[error("{0} is in use")]
    LineTaken(String),
    /// Another thing of the same kind and owner has the name.
    #[error("the name is taken")]
    NameTaken,
    /// The schedule is used by these rules.
    #[error("the schedule is in use")]
    InUse(Vec<Use>),
    /// All licences of a pack are in use.
    #[error("no licence is left")]
    NoLicenceLeft,
    /// It is more than one may have.
    #[error("the limit {0:?} is reached")]
    Quota(Quota),
    /// The settings name an upload that was removed in the meantime.
    #[error("an upload that the settings name is gone")]
    SoundGone,
    /// A rule links a schedule that was removed in the meantime.
    #[error("a schedule that the settings link is gone")]
    ScheduleGone,
    /// There is no such user or schedule.
    #[error("not found")]
    NotFound,
    /// Settings that are not those of their service.
    #[error("the settings of {0} cannot be read")]
    Unreadable(&'static str),
    /// The save ended before it was known what became of it: its task panicked.
    #[error("the save was interrupted")]
    Interrupted,
    /// A statement failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl SaveError {
    /// The database does not answer in time.
    pub(crate) fn away() -> Self {
        Self::Database(sqlx::Error::PoolTimedOut)
    }

    /// Why the database can do nothing at all, if that is what is wrong.
    pub fn outage(&self) -> Option<Outage> {
        match self {
            Self::Database(error) => outage(error),
            _ => None,
        }
    }
}

fn outage(error: &sqlx::Error) -> Option<Outage> {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Some(Outage::Away),
        sqlx::Error::Database(error) => of_code(&error.code()?),
        _ => None,
    }
}

/// The codes of PostgreSQL have five characters, those of SQLite are smaller numbers, of which the last byte is the kind.
fn of_code(code: &str) -> Option<Outage> {
    if code.len() == 5 {
        return match code {
            "53100" => Some(Outage::Full),
            // A standby takes no writes.
            "25006" => Some(Outage::Away),
            _ => ["08", "53", "57P", "58"]
                .iter()
                .any(|class| code.starts_with(class))
                .then_some(Outage::Away),
        };
    }
    match code.parse::<u32>().ok()? & 0xff {
        13 => Some(Outage::Full),
        // Busy, locked, read-only, a failed read or write, a file that cannot be opened.
        5 | 6 | 8 | 10 | 14 => Some(Outage::Away),
        _ => None,
    }
}

/// A part as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct PartNow {
    /// The part; without the services of a virtual user.
    pub part: Part,
    /// Grows with every save.
    pub version: u64,
    /// The name of who saved it; empty when nobody has since the import.
    pub by: String,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// A schedule as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleNow {
    /// The schedule.
    pub schedule: Schedule,
    /// Grows with every save.
    pub version: u64,
    /// The name of who saved it; empty when nobody has since the import.
    pub by: String,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_the_database_from_anything() {
        let check = |codes: &[&str], expected: Option<Outage>| {
            for code in codes {
                assert_eq!(of_code(code), expected, "{code}");
            }
        };
        check(&["13", "53100"], Some(Outage::Full));
        // The kinds of SQLite in an extended code: the snapshot is busy, a write failed, shared memory did not grow.
        check(&["5", "517", "778", "4874", "8", "14"], Some(Outage::Away));
        check(
            &["08006", "53300", "57P01", "57P03", "58030", "25006"],
            Some(Outage::Away),
        );
        check(
            &["2067", "1555", "19", "1", "23505", "42601", "40001", ""],
            None,
        );
    }
}
