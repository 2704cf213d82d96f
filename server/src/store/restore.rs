//! Filling an empty database with whole tables, in one transaction.

use super::open::MIGRATIONS;
use super::tables::{Cell, Table, names, quoted, tables_of};
use super::{Error, Kind, Result, Store, Tx, import, take};
use sqlx::migrate::{MigrateError, Migrator};
use std::fmt::Write;

/// The most rows that go to the database in one statement, and the most bytes that wait for that.
const ROWS: usize = 100;
const BYTES: usize = 1 << 20;

/// A database that is being filled. Dropped, it is as empty as before.
pub struct Restoring {
    tx: Tx,
    store: Store,
    tables: Vec<Table>,
    /// The table whose rows come.
    table: Option<Table>,
    waiting: Vec<Vec<Cell>>,
    bytes: usize,
    /// The references between tables that are looked at when everything is there, each with its table.
    references: Vec<(String, String)>,
}

impl Store {
    /// Opens an empty database that no server has, to fill tables of these versions.
    pub async fn restoring(url: &str, migrations: &[i64]) -> Result<Restoring> {
        let migrations = only(migrations)?;
        let store = Self::open_alone(url, &migrations)
            .await
            .map_err(|error| match error {
                Error::Migrate {
                    cause: MigrateError::VersionMissing(_),
                    ..
                } => Error::LaterTables,
                error => error,
            })?;
        let tables = tables_of(&migrations).await?;
        let mut tx = store.pool.patient().write().await?;
        if import::rows(&mut *tx).await? > 0 {
            return Err(Error::NotEmpty);
        }
        let references = defer(&mut tx, store.pool.kind()).await?;
        for table in &tables {
            sqlx::query(&format!("DELETE FROM {}", quoted(&table.name)))
                .execute(&mut *tx)
                .await?;
        }
        let (table, waiting) = (None, Vec::new());
        Ok(Restoring {
            tx,
            store,
            tables,
            table,
            waiting,
            bytes: 0,
            references,
        })
    }
}

impl Restoring {
    /// The rows that follow are of this table.
    pub async fn table(&mut self, table: Table) -> Result<()> {
        self.flush().await?;
        if !self.tables.contains(&table) {
            return Err(Error::Unfit(format!("the table {}", table.name)));
        }
        self.table = Some(table);
        Ok(())
    }

    /// Adds a row.
    pub async fn row(&mut self, row: Vec<Cell>) -> Result<()> {
        let fits = self.table.as_ref().is_some_and(|table| {
            table.columns.len() == row.len()
                && table
                    .columns
                    .iter()
                    .zip(&row)
                    .all(|(column, cell)| cell.is_of(column.kind))
        });
        if !fits {
            let table = self.table.as_ref().map_or("no table", |table| &table.name);
            return Err(Error::Unfit(format!("a row of {table}")));
        }
        self.bytes += row.iter().map(Cell::size).sum::<usize>();
        self.waiting.push(row);
        if self.waiting.len() >= ROWS || self.bytes >= BYTES {
            self.flush().await?;
        }
        Ok(())
    }

    /// Adds what waits, and looks at what it refers to.
    pub async fn complete(&mut self) -> Result<()> {
        self.flush().await?;
        undefer(&mut self.tx, &self.references).await?;
        // A server that runs on the empty database reads it all.
        take(&mut self.tx, "whole", 1).await?;
        Ok(())
    }

    /// Makes it last. The next to open the database brings its tables up to date.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await?;
        self.store.close().await;
        Ok(())
    }

    async fn flush(&mut self) -> Result<()> {
        let Some(table) = &self.table else {
            return Ok(());
        };
        let rows = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        if rows.is_empty() {
            return Ok(());
        }
        let statement = insert(table, rows.len());
        let mut query = sqlx::query(&statement);
        for cell in rows.into_iter().flatten() {
            query = match cell {
                Cell::Text(text) => query.bind(text),
                Cell::Number(number) => query.bind(number),
                Cell::Bytes(bytes) => query.bind(bytes),
            };
        }
        query.execute(&mut *self.tx).await?;
        Ok(())
    }
}

fn insert(table: &Table, rows: usize) -> String {
    let mut statement = format!(
        "INSERT INTO {} ({}) VALUES ",
        quoted(&table.name),
        names(table)
    );
    let columns = table.columns.len();
    for row in 0..rows {
        let places: Vec<String> = (1..=columns)
            .map(|at| format!("${}", row * columns + at))
            .collect();
        let comma = if row == 0 { "" } else { ", " };
        write!(statement, "{comma}({})", places.join(", ")).ok();
    }
    statement
}

/// Those migrations, all of which must be known.
fn only(versions: &[i64]) -> Result<Migrator> {
    if let Some(unknown) = versions
        .iter()
        .find(|version| !MIGRATIONS.version_exists(**version))
    {
        return Err(Error::LaterBackup(*unknown));
    }
    let migrations = MIGRATIONS
        .iter()
        .filter(|migration| versions.contains(&migration.version));
    Ok(Migrator {
        migrations: migrations.cloned().collect(),
        ..Migrator::DEFAULT
    })
}

/// Lets rows refer to rows that come later; tells what has to be undone.
async fn defer(tx: &mut Tx, kind: Kind) -> Result<Vec<(String, String)>> {
    if kind == Kind::Sqlite {
        sqlx::query("PRAGMA defer_foreign_keys = ON")
            .execute(&mut **tx)
            .await?;
        return Ok(Vec::new());
    }
    let references: Vec<(String, String)> = sqlx::query_as(
        "SELECT CAST(conrelid::regclass AS TEXT), CAST(conname AS TEXT) FROM pg_constraint
         WHERE contype = 'f' AND NOT condeferrable AND connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
    )
    .fetch_all(&mut **tx)
    .await?;
    alter(tx, &references, "DEFERRABLE INITIALLY DEFERRED").await?;
    Ok(references)
}

/// Looks at all references, and lets them be as they were.
async fn undefer(tx: &mut Tx, references: &[(String, String)]) -> Result<()> {
    if !references.is_empty() {
        sqlx::query("SET CONSTRAINTS ALL IMMEDIATE")
            .execute(&mut **tx)
            .await?;
    }
    alter(tx, references, "NOT DEFERRABLE").await
}

async fn alter(tx: &mut Tx, references: &[(String, String)], how: &str) -> Result<()> {
    for (table, name) in references {
        let query = format!(
            "ALTER TABLE {table} ALTER CONSTRAINT {} {how}",
            quoted(name)
        );
        sqlx::query(&query).execute(&mut **tx).await?;
    }
    Ok(())
}
