//! Keeping memory in agreement with the database, whoever changes it: this server, another one, or a command. The
//! revision in the database is the truth; it is asked for again and again, and whenever it is doubtful what is stored.

use super::parts::compile;
use super::{Live, Member, StoredPart, StoredSchedule, View, put_user};
use crate::store::{self, Changed, News, Result, SaveError};
use centrale_core::snapshot::Snapshot;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::MutexGuard;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

/// How often the revision is asked for: how long a change elsewhere stays unknown at most.
const EVERY: Duration = Duration::from_secs(2);
/// Other servers are told of saves at most so often.
const TELL_EVERY: Duration = Duration::from_millis(50);
/// After how long it is seen whether the database answers while a save is on its way.
const PATIENCE: Duration = Duration::from_millis(1850);
/// How long a save waits for its turn; it is refused then, as when the database is away.
const TURN: Duration = Duration::from_millis(1800);

impl Live {
    /// Follows the database until the task is ended: when another server tells of a change, and every two seconds.
    pub async fn keep_up(self: Arc<Self>) {
        let mut hints = self.store.hints();
        let mut every = interval(EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut away = false;
        loop {
            tokio::select! {
                _ = every.tick() => {}
                () = hints.next() => {}
                () = self.saved.notified() => {
                    sleep(TELL_EVERY).await;
                    if let Err(error) = self.store.tell_others().await {
                        tracing::debug!(%error, "other servers are not told of a save; they ask for it");
                    }
                    continue;
                }
            }
            match self.follow().await {
                Ok(_) if !std::mem::take(&mut away) => {}
                Ok(_) => tracing::info!("the database answers again"),
                Err(error) if !std::mem::replace(&mut away, true) => {
                    tracing::warn!(%error, "the database does not answer; calls go on by what is known");
                }
                Err(_) => {}
            }
        }
    }

    /// Reads again what in the database is not what is in memory. True: there was something.
    pub async fn follow(&self) -> Result<bool> {
        if self.store.revision().await? == self.view().revision {
            return Ok(false);
        }
        let _turn = self.writing.lock().await;
        self.catch_up().await
    }

    /// The same for the holder of the turn to write.
    async fn catch_up(&self) -> Result<bool> {
        match self.store.news(self.view().revision).await? {
            News::Nothing => return Ok(false),
            News::Some(changed) => self.take_in(*changed),
            News::All => {
                let loaded = self.store.load().await?;
                // At a hundred thousand users this takes a second.
                let view = tokio::task::spawn_blocking(move || View::new(loaded)).await;
                self.put(view.map_err(|_| store::Error::NotCompiled)?);
            }
        }
        tracing::info!(
            revision = self.view().revision.events,
            "read again what changed in the database"
        );
        Ok(true)
    }

    /// Runs a save in its turn, one at a time, and to its end: the one way to write. The save stores, and then changes the
    /// view by [`Live::change`].
    pub(super) async fn write<T: Send + 'static, F>(
        self: &Arc<Self>,
        save: impl FnOnce(Arc<Self>) -> F + Send + 'static,
    ) -> std::result::Result<T, SaveError>
    where
        F: Future<Output = std::result::Result<T, SaveError>> + Send,
    {
        let live = self.clone();
        self.to_the_end(async move {
            let _turn = live.turn().await?;
            save(live.clone()).await
        })
        .await
    }

    /// Waits for the turn to write.
    async fn turn(&self) -> std::result::Result<MutexGuard<'_, ()>, SaveError> {
        timeout(TURN, self.writing.lock())
            .await
            .map_err(|_| SaveError::away())
    }

    /// Runs a save to its end, also when whoever asked for it goes away. When it fails, or when there is more in the
    /// database than it put there, memory is made to agree with the database.
    async fn to_the_end<T: Send + 'static>(
        self: &Arc<Self>,
        save: impl Future<Output = std::result::Result<T, SaveError>> + Send + 'static,
    ) -> std::result::Result<T, SaveError> {
        let live = self.clone();
        let mut task = tokio::spawn(async move {
            let saved = save.await;
            match &saved {
                // Nobody knows what became of it. Who asked does not wait until the database answers again.
                Err(SaveError::Database(_)) => {
                    drop(tokio::spawn(async move { live.agree().await }));
                }
                Err(_) => live.agree().await,
                Ok(_) if live.view().behind => live.agree().await,
                Ok(_) => {}
            }
            saved
        });
        // A database that is slow is waited for; one that is silent is not.
        let saved = match timeout(PATIENCE, &mut task).await {
            Ok(saved) => saved,
            Err(_) if self.store.answers().await => task.await,
            Err(_) => return Err(SaveError::away()),
        };
        saved.unwrap_or_else(|_| {
            // Nobody knows what became of it, as when the database fails.
            let live = self.clone();
            drop(tokio::spawn(async move { live.agree().await }));
            Err(SaveError::Interrupted)
        })
    }

    async fn agree(&self) {
        if let Err(error) = self.follow().await {
            tracing::warn!(%error, "what is stored is not known; it is asked for again");
        }
    }

    fn take_in(&self, changed: Changed) {
        let mut view = View::clone(&self.view());
        let mut snapshot = Snapshot::clone(&view.snapshot);
        (view.revision, view.behind, snapshot.version) =
            (changed.revision, false, changed.revision.events);
        for (part, version) in changed.parts {
            let stored = Arc::new(StoredPart { part, version });
            Arc::make_mut(&mut view.directory).put_part(stored.clone());
            compile(&mut snapshot, &mut view, &stored.part);
        }
        for (id, found) in changed.schedules {
            let directory = Arc::make_mut(&mut view.directory);
            if let Some((schedule, version)) = found {
                snapshot.put_schedule(&schedule);
                directory.put_schedule(Arc::new(StoredSchedule { schedule, version }));
            } else {
                snapshot.remove_schedule(id);
                directory.remove_schedule(id);
            }
        }
        for (id, settings) in changed.settings {
            // A virtual user that is gone again by now has no settings either.
            let Some(member) = view.directory.user(id) else {
                continue;
            };
            let mut member = Member::clone(member);
            let user = Arc::make_mut(&mut member.user);
            (user.services, member.versions) = settings
                .into_iter()
                .map(|(service, version, settings)| {
                    ((service.clone(), settings), (service, version))
                })
                .unzip();
            let member = Arc::make_mut(&mut view.directory).put_user(member);
            put_user(&mut snapshot, &view.directory, &member);
        }
        view.snapshot = Arc::new(snapshot);
        self.put(view);
    }
}
