//! A fresh database for a test, and what tests put into it.

use centrale_core::api::services::Change;
use centrale_core::id::UserId;
use centrale_core::organisation::Organisation;
use centrale_core::service::find;
use centrale_core::time::Timestamp;
use centrale_server::clock::{SeededTokens, SystemTokens, TokenSource};
use centrale_server::store::{Actor, SaveError, Saved, Store};
use serde_json::Value;
use sqlx::{AnyConnection, Connection, Executor};
use std::path::Path;
use tempfile::TempDir;

pub const NOW: Timestamp = Timestamp(1_790_000_000_000);
/// A user of the demo organisation with personal schedules.
pub const SANNE: UserId = UserId(1);

pub struct Base {
    pub store: Store,
    pub url: String,
    _folder: Option<TempDir>,
    /// The server that holds the database, and the database.
    server: Option<(String, String)>,
}

impl Base {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = Self::sqlite_in(folder.path()).await;
        Self {
            _folder: Some(folder),
            ..base
        }
    }

    pub async fn sqlite_in(folder: &Path) -> Self {
        let url = format!("sqlite://{}", folder.join("centrale.db").display());
        Self {
            store: Store::open(&url).await.unwrap(),
            url,
            _folder: None,
            server: None,
        }
    }

    pub async fn postgres(test: &str) -> Option<Self> {
        Some(Self::lent(postgres(test)?).await)
    }

    async fn lent(server: String) -> Self {
        let database = format!("centrale_{}", hex::encode(&SystemTokens.token()[..8]));
        admin(&server, &format!("CREATE DATABASE {database}")).await;
        let (front, _) = server.rsplit_once('/').unwrap();
        let url = format!("{front}/{database}");
        let store = Store::open(&url).await.unwrap();
        Self {
            store,
            url,
            _folder: None,
            server: Some((server, database)),
        }
    }

    /// Gives the database back.
    pub async fn end(self) {
        self.store.close().await;
        if let Some((server, database)) = &self.server {
            admin(server, &format!("DROP DATABASE {database} WITH (FORCE)")).await;
        }
    }

    pub async fn with_demo(&self) -> Organisation {
        let organisation = demo();
        self.store
            .import(
                &organisation,
                &|login| Some(format!("hash of {login}")),
                &SeededTokens::new(1),
            )
            .await
            .unwrap();
        organisation
    }

    /// Writes past the store, as a bug or a person with a database tool would.
    pub async fn meddle(&self, sql: &str) {
        self.try_to_meddle(sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    pub async fn try_to_meddle(&self, sql: &str) -> sqlx::Result<()> {
        let mut connection = AnyConnection::connect(&self.url).await?;
        connection.execute(sql).await?;
        connection.close().await
    }

    /// The texts that a query finds, read past the store.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let found = sqlx::query_scalar(sql)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        found
    }

    /// Closes the store, and leaves a database without tables.
    pub async fn drop_everything(&self) {
        self.store.close().await;
        match self.url.strip_prefix("sqlite://") {
            Some(file) => std::fs::remove_file(file).unwrap(),
            None => {
                self.meddle("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
                    .await;
            }
        }
    }

    pub async fn save(&self, changes: &[Change]) -> Result<Saved, SaveError> {
        self.store
            .save_services(&actor(), NOW, SANNE, changes)
            .await
    }
}

/// The server on which tests make databases.
fn postgres(test: &str) -> Option<String> {
    let Ok(server) = std::env::var("CENTRALE_TEST_POSTGRES") else {
        eprintln!("**** SKIPPED {test}: CENTRALE_TEST_POSTGRES is not set ****");
        return None;
    };
    sqlx::any::install_default_drivers();
    Some(server)
}

async fn admin(server: &str, sql: &str) {
    let mut connection = AnyConnection::connect(server).await.unwrap();
    connection.execute(sql).await.unwrap();
    connection.close().await.unwrap();
}

pub fn demo() -> Organisation {
    let mut demo: Organisation =
        serde_json::from_str(include_str!("../../demo/organisation.json")).unwrap();
    demo.service_packs.sort_by_key(|p| p.id);
    demo.locations.sort_by_key(|l| l.id);
    demo.departments.sort_by_key(|d| d.id);
    demo.admins.sort_by_key(|a| a.id);
    demo.users.sort_by_key(|u| u.id);
    demo.schedules.sort_by_key(|s| s.id);
    demo
}

pub fn actor() -> Actor {
    Actor {
        account: 1,
        name: "Marieke van Dijk".into(),
    }
}

pub fn change(service: &str, version: u64, settings: Value) -> Change {
    Change {
        service: find(service).unwrap().id,
        version,
        settings,
    }
}
