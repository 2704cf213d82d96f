//! Mail: letters are written into the outbox, a table of the database, and one task sends them from there. Who wants to
//! say something never waits for the server that takes mails. What is said is nobody's but the recipient's: no text and
//! no recording is logged.

mod alarm;
mod letter;
mod notice;
mod outbox;
mod relay;
pub(crate) mod text;

pub use alarm::Alarm;
pub use letter::{Enclosed, Kind, Letter, LetterError};
pub(crate) use letter::{password_reset, trial};
pub use notice::{Event, MessageLetters};
pub use outbox::Patience;
pub use relay::{Relay, RelayError};
pub(crate) use text::{Text, length, time};

use crate::clock::{Clock, TokenSource, hex};
use crate::store::{self, Mail, Store};
use centrale_core::api::mails::{TrialOutcome, Tried};
use centrale_core::time::Timestamp;
pub use lettre::message::Mailbox;
use outbox::Outbox;
use relay::Refusal;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// How long the mail that is being sent may take to its end once the server is told to stop.
const LAST_MAIL: Duration = Duration::from_secs(5);

/// How long somebody waits for a mail that is sent at once.
const AT_ONCE: Duration = Duration::from_secs(30);

/// How often a letter is put into the outbox when the database fails, and the time between.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);

/// How mails go out.
pub struct MailSettings {
    /// The server that takes them.
    pub relay: Relay,
    /// Whom they come from.
    pub from: Mailbox,
    /// How long sending is tried.
    pub patience: Patience,
}

/// Why a letter was not put into the outbox.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// It cannot become a mail.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Where letters are posted. Clones share one outbox.
#[derive(Clone)]
pub struct Post {
    inner: Arc<Inner>,
    /// Letters of those who do not wait.
    thrown: mpsc::UnboundedSender<Thrown>,
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn TokenSource>,
    relay: Relay,
    from: Mailbox,
    filled: Arc<Notify>,
    stop: watch::Sender<bool>,
    sending: tokio::sync::Mutex<Option<JoinHandle<()>>>,
}

/// What is thrown in.
enum Thrown {
    Letter(Box<Letter>),
    /// Somebody waits until all before is in the outbox.
    Then(oneshot::Sender<()>),
}

impl Post {
    /// Opens the post: from now on mails are sent, those first that an earlier run left.
    pub fn open(
        store: Store,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn TokenSource>,
        settings: MailSettings,
    ) -> Self {
        let MailSettings {
            relay,
            from,
            patience,
        } = settings;
        let filled = Arc::new(Notify::new());
        let (stop, stopping) = watch::channel(false);
        let outbox = Outbox {
            store: store.clone(),
            clock: clock.clone(),
            relay: relay.clone(),
            from: from.clone(),
            patience,
            filled: filled.clone(),
        };
        let sending = tokio::sync::Mutex::new(Some(tokio::spawn(outbox.run(stopping))));
        let inner = Arc::new(Inner {
            store,
            clock,
            ids,
            relay,
            from,
            filled,
            stop,
            sending,
        });
        let (thrown, letters) = mpsc::unbounded_channel();
        tokio::spawn(gather(inner.clone(), letters));
        Self { inner, thrown }
    }

    /// Puts letters into the outbox: all of them or none. Once this returns, no crash loses them.
    pub async fn post(&self, letters: &[Letter]) -> Result<(), PostError> {
        self.inner.post(letters).await
    }

    /// Writes a letter as a mail, for whoever puts it into the outbox together with something else.
    pub(crate) fn write(&self, letter: &Letter) -> Result<Mail, LetterError> {
        self.inner.write(letter, self.inner.clock.now())
    }

    /// Sends a letter at once, past the outbox and once only, and tells what the server said.
    pub(crate) async fn send(&self, letter: &Letter) -> Result<Tried, LetterError> {
        let mail = self.write(letter)?;
        let sent =
            tokio::time::timeout(AT_ONCE, self.inner.relay.send(&self.inner.from, &mail)).await;
        let (outcome, said) = match sent {
            Ok(Ok(said)) => (TrialOutcome::Taken, said),
            Ok(Err(Refusal::NotNow(reason))) => (TrialOutcome::NotNow, reason),
            Ok(Err(Refusal::Never(reason))) => (TrialOutcome::Refused, reason),
            Ok(Err(Refusal::Silent(reason))) => (TrialOutcome::Silent, reason),
            Err(_) => (TrialOutcome::Silent, "it took too long".into()),
        };
        Ok(Tried { outcome, said })
    }

    /// Something was put into the outbox by somebody else.
    pub(crate) fn filled(&self) {
        self.inner.filled.notify_one();
    }

    /// Has a letter put into the outbox, without waiting. What cannot be put there is reported in the log.
    pub fn throw_in(&self, letter: Letter) {
        // The other end is there as long as the process is.
        self.thrown.send(Thrown::Letter(Box::new(letter))).ok();
    }

    /// Waits until everything that was thrown in is in the outbox, and ends sending.
    pub async fn close(&self) {
        let (done, gathered) = oneshot::channel();
        if self.thrown.send(Thrown::Then(done)).is_ok() {
            gathered.await.ok();
        }
        self.inner.stop.send_replace(true);
        if let Some(sending) = self.inner.sending.lock().await.take()
            && tokio::time::timeout(LAST_MAIL, sending).await.is_err()
        {
            tracing::warn!("the mail that is being sent will be sent again by the next run");
        }
    }
}

impl Inner {
    fn write(&self, letter: &Letter, now: Timestamp) -> Result<Mail, LetterError> {
        letter.mail(&self.from, &hex(&self.ids.token()[..16]), now)
    }

    async fn post(&self, letters: &[Letter]) -> Result<(), PostError> {
        let now = self.clock.now();
        let mails = letters
            .iter()
            .map(|letter| self.write(letter, now))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.put(&mails, now).await?)
    }

    /// Posts a letter, trying several times if the database fails.
    async fn post_surely(&self, letter: &Letter) -> Result<(), PostError> {
        let now = self.clock.now();
        let mails = [self.write(letter, now)?];
        for _ in 1..TRIES {
            let Err(error) = self.put(&mails, now).await else {
                return Ok(());
            };
            tracing::warn!(%error, "a mail could not be put into the outbox yet");
            tokio::time::sleep(PAUSE).await;
        }
        Ok(self.put(&mails, now).await?)
    }

    async fn put(&self, mails: &[Mail], now: Timestamp) -> store::Result<()> {
        self.store.add_mails(mails, now).await?;
        self.filled.notify_one();
        Ok(())
    }
}

/// Puts what is thrown in into the outbox, one letter after the other.
async fn gather(inner: Arc<Inner>, mut thrown: mpsc::UnboundedReceiver<Thrown>) {
    while let Some(thrown) = thrown.recv().await {
        match thrown {
            Thrown::Letter(letter) => {
                if let Err(error) = inner.post_surely(&letter).await {
                    tracing::error!(%error, "a mail is lost: it could not be put into the outbox");
                }
            }
            Thrown::Then(done) => drop(done.send(())),
        }
    }
}
