//! Mail: emails are written into the outbox, a table of the database, and one task sends them from there, so that nothing
//! waits for the server that takes mails. What emails say is for their recipient only: no text and no recording is logged.

mod alarm;
mod email;
mod notice;
mod outbox;
mod relay;
pub(crate) mod text;

pub use alarm::Alarm;
pub use email::{Email, EmailError, Enclosed, Kind};
pub(crate) use email::{password_reset, trial};
pub use notice::{CallNotice, MessageEmails};
pub use outbox::RetryPolicy;
pub use relay::{Relay, RelayError};
pub(crate) use text::{Text, length, time};

use crate::clock::{Clock, TokenSource};
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

/// How often an email is put into the outbox when the database fails, and the time between.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);

/// How mails go out.
pub struct MailSettings {
    /// The server that takes them.
    pub relay: Relay,
    /// Whom they come from.
    pub from: Mailbox,
    /// How long sending is tried.
    pub retry: RetryPolicy,
}

/// Why an email was not put into the outbox.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// It cannot become a mail.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Puts emails into the outbox. Clones share one outbox.
#[derive(Clone)]
pub struct Mailer {
    inner: Arc<Inner>,
    /// Letters of those who do not wait.
    queued: mpsc::UnboundedSender<Queued>,
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

/// What is queued in.
enum Queued {
    Email(Box<Email>),
    /// Somebody waits until all before is in the outbox.
    Flush(oneshot::Sender<()>),
}

impl Mailer {
    /// Starts the mailer: from now on mails are sent, those first that an earlier run left.
    pub fn open(
        store: Store,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn TokenSource>,
        settings: MailSettings,
    ) -> Self {
        let MailSettings { relay, from, retry } = settings;
        let filled = Arc::new(Notify::new());
        let (stop, stopping) = watch::channel(false);
        let outbox = Outbox {
            store: store.clone(),
            clock: clock.clone(),
            relay: relay.clone(),
            from: from.clone(),
            retry,
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
        let (queued, emails) = mpsc::unbounded_channel();
        tokio::spawn(drain(inner.clone(), emails));
        Self { inner, queued }
    }

    /// Puts emails into the outbox: all of them or none. Once this returns, no crash loses them.
    pub async fn store(&self, emails: &[Email]) -> Result<(), MailerError> {
        self.inner.store(emails).await
    }

    /// Writes an email as a mail, for whoever puts it into the outbox together with something else.
    pub(crate) fn write(&self, email: &Email) -> Result<Mail, EmailError> {
        self.inner.write(email, self.inner.clock.now())
    }

    /// Sends an email at once, past the outbox and once only, and tells what the server said.
    pub(crate) async fn send(&self, email: &Email) -> Result<Tried, EmailError> {
        let mail = self.write(email)?;
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

    /// Has an email put into the outbox, without waiting. What cannot be put there is reported in the log.
    pub fn enqueue(&self, email: Email) {
        // The other end is there as long as the process is.
        self.queued.send(Queued::Email(Box::new(email))).ok();
    }

    /// Waits until everything that was queued in is in the outbox, and ends sending.
    pub async fn close(&self) {
        let (done, drained) = oneshot::channel();
        if self.queued.send(Queued::Flush(done)).is_ok() {
            drained.await.ok();
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
    fn write(&self, email: &Email, now: Timestamp) -> Result<Mail, EmailError> {
        email.mail(&self.from, &hex::encode(&self.ids.token()[..16]), now)
    }

    async fn store(&self, emails: &[Email]) -> Result<(), MailerError> {
        let now = self.clock.now();
        let mails = emails
            .iter()
            .map(|email| self.write(email, now))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.put(&mails, now).await?)
    }

    /// Stores an email, trying several times if the database fails.
    async fn store_with_retries(&self, email: &Email) -> Result<(), MailerError> {
        let now = self.clock.now();
        let mails = [self.write(email, now)?];
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

/// Puts what is queued in into the outbox, one email after the other.
async fn drain(inner: Arc<Inner>, mut queued: mpsc::UnboundedReceiver<Queued>) {
    while let Some(queued) = queued.recv().await {
        match queued {
            Queued::Email(email) => {
                if let Err(error) = inner.store_with_retries(&email).await {
                    tracing::error!(%error, "a mail is lost: it could not be put into the outbox");
                }
            }
            Queued::Flush(done) => drop(done.send(())),
        }
    }
}
