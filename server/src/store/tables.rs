//! Whole tables, row by row, for backups: everything but what is left out by name, as it is at one moment.

use super::open::MIGRATIONS;
use super::{Error, Result, Store, Tx};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;
use sqlx::migrate::Migrator;

/// The tables that no backup has: how far the tables are up to date, who is logged in, and the row by which it is tried
/// whether a save would work.
pub const LEFT_OUT: [&str; 3] = ["_sqlx_migrations", "sessions", "health"];

/// A table of the database, as a backup takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// `TEXT`.
    Text,
    /// `BIGINT`.
    Number,
    /// `BYTEA`.
    Bytes,
}

/// A value in a row; none is SQL's `NULL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Of a column of texts.
    Text(Option<String>),
    /// Of a column of numbers.
    Number(Option<i64>),
    /// Of a column of bytes.
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    /// Whether it belongs into a column.
    pub(super) fn is_of(&self, kind: ColumnKind) -> bool {
        match self {
            Self::Text(_) => kind == ColumnKind::Text,
            Self::Number(_) => kind == ColumnKind::Number,
            Self::Bytes(_) => kind == ColumnKind::Bytes,
        }
    }

    /// About how many bytes it takes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.as_ref().map_or(0, String::len),
            Self::Number(_) => size_of::<i64>(),
            Self::Bytes(bytes) => bytes.as_ref().map_or(0, Vec::len),
        }
    }
}

/// All tables as they are at one moment, whatever is saved meanwhile.
pub struct Dump {
    tx: Tx,
}

impl Store {
    /// Begins to read everything.
    pub async fn dump(&self) -> Result<Dump> {
        Ok(Dump {
            tx: self.pool.patient().read().await?,
        })
    }

    /// The tables that every database has, without those that are left out.
    pub async fn tables() -> Result<Vec<Table>> {
        tables_of(&MIGRATIONS).await
    }
}

impl Dump {
    /// The versions of the tables: every change of them that was made.
    pub async fn migrations(&mut self) -> Result<Vec<i64>> {
        let query = sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version");
        Ok(query.fetch_all(&mut *self.tx).await?)
    }

    /// Shows each row of a table, in any order, until there is an error.
    pub async fn rows<E: From<Error>>(
        &mut self,
        table: &Table,
        mut see: impl FnMut(Vec<Cell>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let query = format!("SELECT {} FROM {}", names(table), quoted(&table.name));
        let seen = self
            .tx
            .each(&query, |row| see(cells(table, row).map_err(Error::from)?))
            .await;
        seen.map_err(Error::from)?
    }

    /// Ends reading.
    pub async fn end(self) -> Result<()> {
        Ok(self.tx.rollback().await?)
    }
}

/// The tables that migrations make, without those that are left out: asked of a database in memory, so that a table that
/// somebody else put beside ours is none of them.
pub(super) async fn tables_of(migrations: &Migrator) -> Result<Vec<Table>> {
    let store = Store::open_as("sqlite::memory:", "rwc", migrations).await?;
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    )
    .fetch_all(&store.pool)
    .await?;
    let mut tables = Vec::new();
    for name in names
        .into_iter()
        .filter(|name| !LEFT_OUT.contains(&name.as_str()))
    {
        let query = "SELECT name, type FROM pragma_table_info($1) ORDER BY cid";
        let columns: Vec<(String, String)> = sqlx::query_as(query)
            .bind(&name)
            .fetch_all(&store.pool)
            .await?;
        let columns = columns.into_iter().map(|(column, declared)| {
            let kind = kind(&declared)
                .ok_or_else(|| Error::Unfit(format!("{name}.{column} ({declared})")))?;
            Ok(Column { name: column, kind })
        });
        let columns = columns.collect::<Result<_>>()?;
        tables.push(Table { name, columns });
    }
    store.close().await;
    Ok(tables)
}

fn kind(declared: &str) -> Option<ColumnKind> {
    match declared {
        "TEXT" => Some(ColumnKind::Text),
        "BIGINT" => Some(ColumnKind::Number),
        "BYTEA" => Some(ColumnKind::Bytes),
        _ => None,
    }
}

fn cells(table: &Table, row: &AnyRow) -> sqlx::Result<Vec<Cell>> {
    let cell = |(at, column): (usize, &Column)| {
        Ok(match column.kind {
            ColumnKind::Text => Cell::Text(row.try_get(at)?),
            ColumnKind::Number => Cell::Number(row.try_get(at)?),
            ColumnKind::Bytes => Cell::Bytes(row.try_get(at)?),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

/// A name as it stands in a statement.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The names of the columns, as they stand in a statement.
pub(super) fn names(table: &Table) -> String {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| quoted(&column.name))
        .collect();
    names.join(", ")
}
