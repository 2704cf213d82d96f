//! What a backup holds, one record a line of JSON.

use super::sealed::{Opening, Sealing};
use super::{Contents, Error};
use crate::store::{Cell, ColumnKind, Table};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{Read, Write};

/// A record of a backup, as it is written and read in order.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Record {
    /// The first one.
    Head(Head),
    /// The keys under which secrets are sealed, as their file holds them.
    Keys(String),
    /// The rows that follow are of this table.
    Table(Table),
    /// A row: texts and numbers as they are, bytes in base64.
    Row(Vec<Value>),
    /// A message that a caller left; `content` is in base64.
    Message {
        mailbox: String,
        name: String,
        content: String,
    },
    /// The last one: how much there was.
    End(Contents),
}

/// What a backup was made of.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// The version of Centrale.
    pub(super) centrale: String,
    /// When, in milliseconds since 1970 UTC.
    pub(super) made_at: i64,
    /// The versions of the tables.
    pub(super) migrations: Vec<i64>,
}

impl Record {
    pub(super) fn row(cells: Vec<Cell>) -> Self {
        Self::Row(cells.into_iter().map(value).collect())
    }

    pub(super) fn write(&self, into: &mut Sealing<impl Write>) -> Result<(), Error> {
        let mut line = serde_json::to_vec(self).map_err(|error| Error::Write(error.into()))?;
        line.push(b'\n');
        into.add(&line)
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Text(text) => text.into(),
        Cell::Number(number) => number.into(),
        Cell::Bytes(bytes) => bytes.map(|bytes| text(&bytes)).into(),
    }
}

/// The row of a table, as it was written.
pub(super) fn cells(table: &Table, row: Vec<Value>) -> Result<Vec<Cell>, Error> {
    if row.len() != table.columns.len() {
        return Err(Error::Damaged);
    }
    row.into_iter()
        .zip(&table.columns)
        .map(|(value, column)| cell(value, column.kind))
        .collect()
}

fn cell(value: Value, kind: ColumnKind) -> Result<Cell, Error> {
    Ok(match (kind, value) {
        (ColumnKind::Text, Value::Null) => Cell::Text(None),
        (ColumnKind::Text, Value::String(text)) => Cell::Text(Some(text)),
        (ColumnKind::Number, Value::Null) => Cell::Number(None),
        (ColumnKind::Number, Value::Number(number)) => {
            Cell::Number(Some(number.as_i64().ok_or(Error::Damaged)?))
        }
        (ColumnKind::Bytes, Value::Null) => Cell::Bytes(None),
        (ColumnKind::Bytes, Value::String(text)) => Cell::Bytes(Some(bytes(&text)?)),
        _ => return Err(Error::Damaged),
    })
}

/// Bytes as they are written, in base64.
pub(super) fn text(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Bytes that were written in base64.
pub(super) fn bytes(text: &str) -> Result<Vec<u8>, Error> {
    BASE64.decode(text).map_err(|_| Error::Damaged)
}

/// The records of a backup, one after the other.
pub(super) struct Records<R> {
    from: Opening<R>,
    read: Vec<u8>,
    /// How much of `read` was taken.
    taken: usize,
}

impl<R: Read> Records<R> {
    pub(super) fn new(from: Opening<R>) -> Self {
        Self {
            from,
            read: Vec::new(),
            taken: 0,
        }
    }

    /// The next record; none after the last.
    pub(super) fn next(&mut self) -> Result<Option<Record>, Error> {
        let mut looked_at = self.taken;
        loop {
            if let Some(end) = self.read[looked_at..]
                .iter()
                .position(|byte| *byte == b'\n')
            {
                let end = looked_at + end;
                let record =
                    serde_json::from_slice(&self.read[self.taken..end]).map_err(|_| Error::Damaged);
                self.taken = end + 1;
                return record.map(Some);
            }
            self.read.drain(..self.taken);
            self.taken = 0;
            looked_at = self.read.len();
            match self.from.piece()? {
                Some(piece) => self.read.extend(piece),
                None if self.read.is_empty() => return Ok(None),
                None => return Err(Error::Damaged),
            }
        }
    }
}
