//! Opening a database by its URL, and bringing its tables up to date.

use super::{Error, Kind, Result, Store};
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, Connection, Executor};
use std::sync::Once;
use std::time::Duration;

/// Readers never wait for the writer (WAL), a commit is on the disk before it is told (FULL), and writers queue.
const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 15000; \
                      PRAGMA foreign_keys = ON";

impl Store {
    /// Opens `sqlite://FILE` (made when it is not there), `sqlite::memory:` or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let (kind, full, connections) = match url {
            "sqlite::memory:" => (Kind::Sqlite, url.to_owned(), 1),
            _ if url.starts_with("sqlite:") => (Kind::Sqlite, with_mode(url), 8),
            _ if url.starts_with("postgres:") || url.starts_with("postgresql:") => {
                (Kind::Postgres, url.to_owned(), 16)
            }
            _ => return Err(Error::Url(without_password(url))),
        };
        let failed = |source| Error::Open { url: without_password(url), source };
        // The pool would go on trying until it times out and hide the reason.
        if connections > 1 {
            AnyConnection::connect(&full).await.map_err(failed)?.close().await.map_err(failed)?;
        }
        let pool = AnyPoolOptions::new()
            .max_connections(connections)
            .min_connections(1)
            .idle_timeout((connections > 1).then_some(Duration::from_secs(600)))
            .max_lifetime(None)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if kind == Kind::Sqlite {
                        connection.execute(SQLITE).await?;
                    }
                    Ok(())
                })
            })
            .connect(&full)
            .await
            .map_err(failed)?;
        sqlx::migrate!("./migrations")
            .run(&pool)
            .await
            .map_err(|source| Error::Migrate { url: without_password(url), source })?;
        Ok(Self { pool, kind })
    }
}

fn with_mode(url: &str) -> String {
    match url.split_once('?') {
        None => format!("{url}?mode=rwc"),
        Some((_, query)) if query.contains("mode=") => url.to_owned(),
        Some(_) => format!("{url}&mode=rwc"),
    }
}

/// The URL as it may be shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
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
        check("postgres://me:secret@host:5432/db", "postgres://me@host:5432/db");
        check("postgres://me:s@cret@host/db?password=x", "postgres://me@host/db");
        check("postgres://host/db", "postgres://host/db");
        check("sqlite://centrale.db", "sqlite://centrale.db");
        check("sqlite:///tmp/a@b.db", "sqlite:///tmp/a@b.db");
        check("sqlite::memory:", "sqlite::memory:");
    }

    #[test]
    fn a_file_is_made() {
        let check = |url: &str, expected: &str| assert_eq!(with_mode(url), expected);
        check("sqlite://a.db", "sqlite://a.db?mode=rwc");
        check("sqlite://a.db?mode=ro", "sqlite://a.db?mode=ro");
        check("sqlite://a.db?cache=private", "sqlite://a.db?cache=private&mode=rwc");
    }
}
