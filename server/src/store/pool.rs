//! Connections to the database, each lent to one at a time, and never for longer than the database keeps answering. A
//! connection of which it is not known in what state it is (an answer that never came, a commit or a rollback that
//! failed) is closed, and nobody else gets it.

use super::Kind;
use super::transaction::{ROLLBACK, Tx};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Describe, Either, Execute, Executor};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long a connection or the next row of an answer is waited for on behalf of a request, which is to end within two
/// seconds when the database is away.
const PATIENCE: Duration = Duration::from_millis(1800);
/// The same for work that reads or removes much, for which no request waits.
const LONG_PATIENCE: Duration = Duration::from_mins(1);

/// The connections to a database. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    connections: AnyPool,
    kind: Kind,
    /// SQLite takes one writer at a time. Those of this process queue here, in the order in which they come: its own
    /// way to wait, trying again and again, lets some of many wait for seconds.
    writer: Option<Arc<Semaphore>>,
    patience: Duration,
}

/// A connection that is lent.
#[derive(Debug)]
pub(super) struct Line {
    connection: Option<PoolConnection<Any>>,
    /// The turn to write.
    turn: Option<OwnedSemaphorePermit>,
    patience: Duration,
    /// Nobody knows in what state it is: it is not lent again.
    doubtful: bool,
    /// A transaction has begun and not ended.
    open: bool,
    /// A statement failed.
    failed: bool,
}

impl Pool {
    pub(super) fn new(connections: AnyPool, kind: Kind) -> Self {
        let writer = (kind == Kind::Sqlite).then(|| Arc::new(Semaphore::new(1)));
        Self {
            connections,
            kind,
            writer,
            patience: PATIENCE,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// The same connections for what may take long.
    pub(super) fn patient(&self) -> Self {
        Self {
            patience: LONG_PATIENCE,
            ..self.clone()
        }
    }

    /// Begins a transaction that may write. SQLite takes the write lock at once: a later upgrade of a read lock
    /// fails when another writer was first.
    pub(super) async fn write(&self) -> sqlx::Result<Tx> {
        let begin = match self.kind {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => "BEGIN",
        };
        Tx::begin(self.lend(true).await?, begin).await
    }

    /// Begins a transaction that sees everything as it was at one moment.
    pub(super) async fn read(&self) -> sqlx::Result<Tx> {
        let begin = match self.kind {
            Kind::Sqlite => "BEGIN",
            Kind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Tx::begin(self.lend(false).await?, begin).await
    }

    /// Lends a connection.
    pub(super) async fn lend(&self, writes: bool) -> sqlx::Result<Line> {
        let lent = async {
            let turn = match &self.writer {
                Some(writer) if writes => Some(
                    writer
                        .clone()
                        .acquire_owned()
                        .await
                        .map_err(|_| sqlx::Error::PoolClosed)?,
                ),
                _ => None,
            };
            let connection = self.connections.acquire().await?;
            Ok(Line::new(connection, turn, self.patience))
        };
        timeout(self.patience, lent)
            .await
            .unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    pub(super) async fn close(&self) {
        self.connections.close().await;
    }
}

impl Line {
    fn new(
        connection: PoolConnection<Any>,
        turn: Option<OwnedSemaphorePermit>,
        patience: Duration,
    ) -> Self {
        Self {
            connection: Some(connection),
            turn,
            patience,
            doubtful: false,
            open: false,
            failed: false,
        }
    }

    /// Until its answer is known nobody else may have the connection.
    async fn answered<T>(
        &mut self,
        answer: impl AsyncFnOnce(&mut AnyConnection, Duration) -> sqlx::Result<T>,
    ) -> sqlx::Result<T> {
        let connection = self
            .connection
            .as_deref_mut()
            .ok_or(sqlx::Error::PoolClosed)?;
        let before = std::mem::replace(&mut self.doubtful, true);
        let answer = answer(connection, self.patience).await;
        self.failed |= answer.is_err();
        // An error that the database itself tells leaves its connection as it was.
        self.doubtful =
            before || matches!(&answer, Err(error) if error.as_database_error().is_none());
        answer
    }

    async fn all<'q, E: 'q + Execute<'q, Any>>(
        &mut self,
        query: E,
    ) -> sqlx::Result<Vec<Either<AnyQueryResult, AnyRow>>> {
        self.answered(async |connection: &mut AnyConnection, patience| {
            let mut answers = connection.fetch_many(query);
            let mut found = Vec::new();
            while let Some(answer) = timeout(patience, answers.try_next())
                .await
                .map_err(|_| silent())??
            {
                found.push(answer);
            }
            Ok(found)
        })
        .await
    }

    async fn first<'q, E: 'q + Execute<'q, Any>>(
        &mut self,
        query: E,
    ) -> sqlx::Result<Option<AnyRow>> {
        self.answered(async |connection: &mut AnyConnection, patience| {
            timeout(patience, connection.fetch_optional(query))
                .await
                .map_err(|_| silent())?
        })
        .await
    }

    /// Shows each row of an answer as it comes, so that not all of them are in memory, until there is an error.
    pub(super) async fn each<E>(
        &mut self,
        sql: &str,
        mut see: impl FnMut(&AnyRow) -> Result<(), E>,
    ) -> sqlx::Result<Result<(), E>> {
        self.answered(async |connection: &mut AnyConnection, patience| {
            let mut answers = connection.fetch(sqlx::query(sql));
            while let Some(row) = timeout(patience, answers.try_next())
                .await
                .map_err(|_| silent())??
            {
                if let Err(error) = see(&row) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        })
        .await
    }

    /// Runs a statement that is no part of a transaction and answers nothing of use.
    pub(super) async fn run(&mut self, statement: &str) -> sqlx::Result<()> {
        self.all(statement).await.map(drop)
    }

    /// How long an answer is waited for.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// Begins a transaction.
    pub(super) async fn begin(&mut self, statement: &'static str) -> sqlx::Result<()> {
        self.all(statement).await?;
        self.open = true;
        Ok(())
    }

    /// Ends a transaction, whatever became of it. When this fails, nobody knows whether it has ended.
    pub(super) async fn end(
        &mut self,
        statement: &'static str,
        patience: Duration,
    ) -> sqlx::Result<()> {
        self.doubtful = true;
        let connection = self.connected()?;
        timeout(patience, connection.execute(statement))
            .await
            .map_err(|_| silent())??;
        (self.doubtful, self.open) = (false, false);
        Ok(())
    }

    fn connected(&mut self) -> sqlx::Result<&mut AnyConnection> {
        self.connection
            .as_deref_mut()
            .ok_or(sqlx::Error::PoolClosed)
    }

    /// Whether a statement failed since it was lent.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else {
            return;
        };
        if self.doubtful {
            connection.close_on_drop();
        } else if self.open {
            let mut line = Self::new(connection, self.turn.take(), self.patience);
            tokio::spawn(async move {
                if let Err(error) = line.end("ROLLBACK", ROLLBACK).await {
                    tracing::debug!(%error, "a connection is closed: its transaction cannot be rolled back");
                }
            });
        }
    }
}

fn silent() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(
        io::ErrorKind::TimedOut,
        "the database does not answer",
    ))
}

/// Whether SQLite needs the turn to write for a statement.
fn writes(sql: &str) -> bool {
    !sql.trim_start().starts_with("SELECT")
}

type Answers<'e> = BoxStream<'e, sqlx::Result<Either<AnyQueryResult, AnyRow>>>;

impl<'c> Executor<'c> for &'c mut Line {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> Answers<'e>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let all = async move { self.all(query).await };
        stream::once(all)
            .map_ok(|found| stream::iter(found.into_iter().map(Ok)))
            .try_flatten()
            .boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, sqlx::Result<Option<AnyRow>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(self.first(query))
    }

    fn prepare_with<'e, 'q: 'e>(
        self,
        sql: &'q str,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, sqlx::Result<AnyStatement<'q>>>
    where
        'c: 'e,
    {
        Box::pin(async move { self.connected()?.prepare_with(sql, parameters).await })
    }

    fn describe<'e, 'q: 'e>(self, sql: &'q str) -> BoxFuture<'e, sqlx::Result<Describe<Any>>>
    where
        'c: 'e,
    {
        Box::pin(async move { self.connected()?.describe(sql).await })
    }
}

impl<'p> Executor<'p> for &'p Pool {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> Answers<'e>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let all = async move { self.lend(writes(query.sql())).await?.all(query).await };
        stream::once(all)
            .map_ok(|found| stream::iter(found.into_iter().map(Ok)))
            .try_flatten()
            .boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, sqlx::Result<Option<AnyRow>>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(async move { self.lend(writes(query.sql())).await?.first(query).await })
    }

    fn prepare_with<'e, 'q: 'e>(
        self,
        sql: &'q str,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, sqlx::Result<AnyStatement<'q>>>
    where
        'p: 'e,
    {
        (&self.connections).prepare_with(sql, parameters)
    }

    fn describe<'e, 'q: 'e>(self, sql: &'q str) -> BoxFuture<'e, sqlx::Result<Describe<Any>>>
    where
        'p: 'e,
    {
        (&self.connections).describe(sql)
    }
}
