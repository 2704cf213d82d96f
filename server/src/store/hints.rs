//! Servers on one PostgreSQL tell each other of saves, so that nobody waits for what all ask for anyway. Nothing depends
//! on it: a hint may get lost.

use super::{Result, Store};
use sqlx::postgres::PgListener;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

const CHANNEL: &str = "centrale";
/// How long after the connection broke it is opened again.
const PAUSE: Duration = Duration::from_secs(2);

/// What other servers tell.
#[derive(Debug)]
pub struct Hints(Option<mpsc::Receiver<()>>);

impl Hints {
    /// Waits until another server may have saved something; for ever where there can be none.
    pub async fn next(&mut self) {
        let told = match &mut self.0 {
            Some(hints) => hints.recv().await,
            None => None,
        };
        if told.is_none() {
            pending::<()>().await;
        }
    }
}

impl Store {
    /// What other servers tell from now on; SQLite has one server only.
    pub fn hints(&self) -> Hints {
        Hints(self.told_at.as_ref().map(|url| {
            let (sender, hints) = mpsc::channel(1);
            tokio::spawn(listen(url.clone(), sender));
            hints
        }))
    }

    /// Tells other servers that something was saved. Not within the save: a transaction that notifies takes a lock on all
    /// of PostgreSQL when it commits.
    pub async fn tell_others(&self) -> Result<()> {
        if self.told_at.is_some() {
            sqlx::query("SELECT pg_notify($1, '')")
                .bind(CHANNEL)
                .execute(&self.pool)
                .await?;
        }
        Ok(())
    }
}

async fn listen(url: Arc<str>, sender: mpsc::Sender<()>) {
    while !sender.is_closed() {
        tokio::select! {
            Err(error) = pass_on(&url, &sender) => {
                tracing::debug!(%error, "other servers are not heard; what they save is asked for");
                tokio::time::sleep(PAUSE).await;
            }
            () = sender.closed() => return,
        }
    }
}

/// Passes on what is told until the connection breaks.
async fn pass_on(url: &str, sender: &mpsc::Sender<()>) -> sqlx::Result<()> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // What was told before it listened is asked for now. One hint that waits is as good as many.
        sender.try_send(()).ok();
        if listener.try_recv().await?.is_none() {
            return Err(sqlx::Error::PoolClosed);
        }
    }
}
