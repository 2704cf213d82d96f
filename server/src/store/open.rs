//! Opening a database by its URL, and bringing its tables up to date.

use super::health::Health;
use super::pool::Pool;
use super::{Error, Kind, Result, Store, chain};
use crate::private;
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AnyConnection, Connection, Executor};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};
use std::time::Duration;

/// Readers never wait for the writer (WAL), a commit is on the disk before it is told (FULL), and a writer waits for those
/// of other processes (1.5 s: less than a request may take).
const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 1500; \
                      PRAGMA foreign_keys = ON";

/// What makes the tables, and brings them up to date.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

impl Store {
    /// Opens `sqlite://FILE` (made when it is not there), `sqlite::memory:` or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self> {
        Self::open_as(url, "rwc", &MIGRATIONS)
            .await?
            .up_to_date()
            .await
    }

    /// Opens a database that must be there already.
    pub async fn open_existing(url: &str) -> Result<Self> {
        let file = url
            .strip_prefix("sqlite://")
            .map(|rest| rest.split('?').next().unwrap_or(rest));
        if file.is_some_and(|file| !Path::new(file).exists()) {
            return Err(Error::Missing(url.to_owned()));
        }
        Self::open_as(url, "rw", &MIGRATIONS)
            .await?
            .up_to_date()
            .await
    }

    /// Opens a database for a server. A file has one server: the next one is refused until this one is gone, however it
    /// ended.
    pub async fn open_to_serve(url: &str) -> Result<Self> {
        Self::open_alone(url, &MIGRATIONS).await?.up_to_date().await
    }

    /// Does to the rows of before what no migration can.
    async fn up_to_date(self) -> Result<Self> {
        chain::make(&self.pool).await?;
        Ok(self)
    }

    /// Opens a database that no server has, with the tables that these migrations make.
    pub(super) async fn open_alone(url: &str, migrations: &Migrator) -> Result<Self> {
        let lock = match file_of(url) {
            Some(file) => Some(Arc::new(lock(url, &file)?)),
            None => None,
        };
        Ok(Self {
            lock,
            ..Self::open_as(url, "rwc", migrations).await?
        })
    }

    pub(super) async fn open_as(url: &str, mode: &str, migrations: &Migrator) -> Result<Self> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let (kind, full, connections) = match url {
            "sqlite::memory:" => (Kind::Sqlite, url.to_owned(), 1),
            _ if url.starts_with("sqlite:") => (Kind::Sqlite, with_mode(url, mode), 8),
            _ if url.starts_with("postgres:") || url.starts_with("postgresql:") => {
                (Kind::Postgres, url.to_owned(), 16)
            }
            _ => return Err(Error::Url(without_password(url))),
        };
        let failed = |cause| Error::Open {
            url: without_password(url),
            cause,
        };
        if let Some(file) = file_of(&full) {
            close_to_others(&file, full.contains("mode=rwc"));
        }
        // The pool would go on trying until it times out and hide the reason.
        if connections > 1 {
            try_once(&full, kind).await.map_err(failed)?;
        }
        let pool = AnyPoolOptions::new()
            .max_connections(connections)
            .min_connections(1)
            .idle_timeout((connections > 1).then_some(Duration::from_mins(10)))
            .max_lifetime(None)
            .after_connect(move |connection, _| {
                Box::pin(async move { prepare(connection, kind).await })
            })
            .connect(&full)
            .await
            .map_err(failed)?;
        migrations
            .run(&pool)
            .await
            .map_err(|cause| Error::Migrate {
                url: without_password(url),
                cause,
            })?;
        let told_at = (kind == Kind::Postgres).then(|| full.into());
        Ok(Self {
            pool: Pool::new(pool, kind),
            health: Health::default(),
            told_at,
            lock: None,
        })
    }
}

/// The file of a database that is one.
fn file_of(url: &str) -> Option<PathBuf> {
    let options: SqliteConnectOptions =
        url.starts_with("sqlite://").then(|| url.parse().ok())??;
    Some(options.get_filename().to_path_buf())
}

/// The lock of a server on a file, which ends with the process. It is beside the file: on the file itself SQLite's own
/// locks would go with it.
fn lock(url: &str, file: &Path) -> Result<File> {
    let failed = |cause| Error::Open {
        url: without_password(url),
        cause: sqlx::Error::Io(cause),
    };
    let lock = private::open(&beside(file, "-server")).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::Served(without_password(url))),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}

/// Makes the file, when it may be made, so that only its owner reads it; SQLite gives the files beside it the same mode.
/// What others can read is closed to them. Why a file cannot be made SQLite tells better.
fn close_to_others(file: &Path, make: bool) {
    if make && !file.exists() {
        private::create_new(file).ok();
    }
    for part in ["", "-wal", "-shm"] {
        private::mend(&beside(file, part));
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

async fn prepare(connection: &mut AnyConnection, kind: Kind) -> sqlx::Result<()> {
    if kind == Kind::Sqlite {
        connection.execute(SQLITE).await?;
    }
    Ok(())
}

async fn try_once(url: &str, kind: Kind) -> sqlx::Result<()> {
    let mut connection = AnyConnection::connect(url).await?;
    prepare(&mut connection, kind).await?;
    connection.close().await
}

fn with_mode(url: &str, mode: &str) -> String {
    match url.split_once('?') {
        None => format!("{url}?mode={mode}"),
        Some((_, query)) if query.contains("mode=") => url.to_owned(),
        Some(_) => format!("{url}&mode={mode}"),
    }
}

/// The URL as it may be shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    match authority.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split_once(':').map_or(user, |(user, _)| user);
            format!("{scheme}://{user}@{host}{path}")
        }
        None => format!("{scheme}://{authority}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        let check = |url: &str, expected: &str| assert_eq!(without_password(url), expected);
        check(
            "postgres://me:secret@host:5432/db",
            "postgres://me@host:5432/db",
        );
        check(
            "postgres://me:s@cret@host/db?password=x",
            "postgres://me@host/db",
        );
        check("postgres://host/db", "postgres://host/db");
        check("sqlite://centrale.db", "sqlite://centrale.db");
        check("sqlite:///tmp/a@b.db", "sqlite:///tmp/a@b.db");
        check("sqlite::memory:", "sqlite::memory:");
    }

    #[test]
    fn a_file_is_made() {
        let check = |url: &str, expected: &str| assert_eq!(with_mode(url, "rwc"), expected);
        check("sqlite://a.db", "sqlite://a.db?mode=rwc");
        check("sqlite://a.db?mode=ro", "sqlite://a.db?mode=ro");
        check(
            "sqlite://a.db?cache=private",
            "sqlite://a.db?cache=private&mode=rwc",
        );
    }
}
