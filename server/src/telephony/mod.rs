//! Telephony: everything that knows SIP and Asterisk. `ari` drives calls, `incoming` reads what the dial plan gives with a
//! call, `look_ups` answers what Asterisk asks over HTTP about the SIP accounts of `accounts` and about sounds, and
//! `switch` runs core's call machine for each call. Routing is core's.

mod accounts;
pub mod ari;
mod guard;
pub mod incoming;
mod lifts;
mod look_ups;
mod phone_failures;
mod switch;

pub use accounts::{AccountBook, Trunk};
pub use lifts::{follow_lifts, lift_asked};
pub use look_ups::realtime;
pub use phone_failures::PhoneFailure;
pub use realtime::MediaEncryption;
pub use switch::{Command, SwitchHandle};

use crate::clock::Clock;
use crate::live::Live;
use crate::mail::Mailer;
use crate::private;
use crate::secret::Keyring;
use crate::store::Store;
use ari::{Ari, AriConfig};
use centrale_core::exchange::PersistedExchange;
use guard::Guard;
use look_ups::LookUps;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Builder;
use tokio::sync::{Notify, mpsc, oneshot};

/// How phones are attached.
#[derive(Clone, Debug)]
pub struct PhoneSettings {
    /// Where Asterisk's REST interface is: `http://127.0.0.1:8088`.
    pub asterisk: String,
    /// The password of that interface.
    pub secret: String,
    /// Where Asterisk asks for SIP accounts: on loopback, with a path that only it knows:
    /// `http://127.0.0.1:8089/5ecre7`.
    pub realtime: String,
    /// The line to the public network; none: calls to outside cannot be reached.
    pub trunk: Option<Trunk>,
    /// Seconds between checks that registered phones still answer; 0 never checks.
    pub qualify_seconds: u32,
    /// Where messages that callers leave are kept.
    pub messages: PathBuf,
    /// Whether what phones say and hear is encrypted.
    pub media_encryption: MediaEncryption,
    /// The hosts from which linked sounds are fetched; none: every host at a public address.
    pub sound_hosts: Vec<String>,
}

/// Why phones cannot be attached.
#[derive(Debug, thiserror::Error)]
pub enum PhonesError {
    /// The address for account look-ups is not `http://127.0.0.1:<port>/<secret>`.
    #[error(
        "{0} is not an address on loopback with a secret path, like http://127.0.0.1:8089/5ecre7"
    )]
    Realtime(String),
    /// The path of the look-ups is the password of Asterisk's REST interface.
    #[error(
        "the secret path of --realtime-url is --ari-secret: take another one, which Asterisk alone knows"
    )]
    SameSecret,
    /// The address for account look-ups cannot be listened on.
    #[error("cannot listen for account look-ups on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The address of Asterisk is none.
    #[error("{0} is not the address of an Asterisk, like http://127.0.0.1:8088")]
    Address(String),
    /// The system has no thread for calls.
    #[error("no threads for calls: {0}")]
    Threads(std::io::Error),
    /// The client of Asterisk cannot be made.
    #[error("Asterisk: {0}")]
    Asterisk(#[from] ari::AriError),
    /// The accounts cannot be read.
    #[error("the SIP accounts cannot be read: {0}")]
    Store(#[from] crate::store::Error),
}

/// How often it is asked whether another server renewed the password of a phone.
const RENEWED_ELSEWHERE: std::time::Duration = std::time::Duration::from_secs(5);

/// Threads for what calls wait for: what a call has Asterisk do, Asterisk's events, its look-ups. The switch has one more to
/// itself.
const THREADS: usize = 2;

/// The dependencies of telephony.
#[derive(Clone)]
pub struct TelephonyDeps {
    /// The database.
    pub store: Store,
    /// The configuration in memory.
    pub live: Arc<Live>,
    /// The handle of the switch that is started.
    pub switch: SwitchHandle,
    /// Takes mails; `None`: mail is off.
    pub mail: Option<Mailer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Opens the sealed passwords of SIP accounts.
    pub keys: Arc<Keyring>,
}

/// Starts the switch, which owns agents, queues and calls, on threads that no request shares; with settings it has phones.
/// They end when nobody holds the other end of the commands.
pub async fn start(
    deps: &TelephonyDeps,
    commands: mpsc::Receiver<Command>,
    settings: Option<PhoneSettings>,
) -> Result<(), PhonesError> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(THREADS)
        .thread_name("calls")
        .enable_all()
        .build();
    let runtime = runtime.map_err(PhonesError::Threads)?;
    let (started, told) = oneshot::channel();
    let deps = deps.clone();
    let serve = async move {
        match switch_deps(&deps, settings).await {
            Ok((switch_deps, kept, signals)) => {
                let handle = deps.switch.clone();
                drop(deps);
                started.send(Ok(())).ok();
                switch::serve(switch_deps, kept, signals, commands, handle).await;
            }
            Err(error) => drop(started.send(Err(error))),
        }
    };
    let thread = std::thread::Builder::new().name("switch".into());
    thread
        .spawn(move || runtime.block_on(serve))
        .map_err(PhonesError::Threads)?;
    told.await
        .unwrap_or_else(|_| Err(PhonesError::Threads(std::io::ErrorKind::Other.into())))
}

/// The dependencies of the switch, what it persisted in its last run, and the events of Asterisk.
async fn switch_deps(
    deps: &TelephonyDeps,
    settings: Option<PhoneSettings>,
) -> Result<
    (
        switch::SwitchDeps,
        PersistedExchange,
        Option<mpsc::Receiver<ari::Signal>>,
    ),
    PhonesError,
> {
    let kept = deps
        .store
        .kept(switch::EXCHANGE_KEY)
        .await?
        .unwrap_or_default();
    let attached = match settings {
        Some(settings) => Some(attach(deps, settings).await?),
        None => None,
    };
    let (phones, signals) = attached.unzip();
    let switch_deps = switch::SwitchDeps {
        live: deps.live.clone(),
        store: deps.store.clone(),
        clock: deps.clock.clone(),
        mail: deps.mail.clone(),
        phones,
    };
    Ok((switch_deps, kept, signals))
}

/// Attaches phones: answers Asterisk's look-ups and listens to its events. Asterisk may come and go; calls enter
/// whenever it is there.
async fn attach(
    deps: &TelephonyDeps,
    settings: PhoneSettings,
) -> Result<(switch::Phones, mpsc::Receiver<ari::Signal>), PhonesError> {
    // Asterisk fetches the messages that it plays, so that nobody else reads the files.
    private::mend(&settings.messages);
    let (address, secrets) = look_ups::parse_url(&settings.realtime)?;
    if secrets.look_ups == settings.secret {
        return Err(PhonesError::SameSecret);
    }
    let revision = deps.store.sip_secrets_revision().await?;
    let phones = deps.store.sip_accounts(&deps.keys).await?;
    let accounts = Arc::new(AccountBook::new(
        deps.live.clone(),
        phones,
        settings.trunk,
        settings.qualify_seconds,
        settings.media_encryption,
    ));
    let renewed = deps.switch.accounts_changing();
    tokio::spawn(renew(
        deps.store.clone(),
        deps.keys.clone(),
        renewed,
        accounts.clone(),
        revision,
    ));
    let ari = Ari::new(AriConfig {
        base: interface(&settings.asterisk)?,
        user: "centrale".into(),
        secret: settings.secret,
        app: "centrale".into(),
    })?;
    let (clock, failures) = (deps.clock.clone(), deps.switch.failures());
    let guard = Guard {
        ari: ari.clone(),
        accounts: accounts.clone(),
        store: deps.store.clone(),
        clock,
        failures,
    };
    tokio::spawn(guard.run());
    let look_ups = LookUps::listen(address, secrets).await?;
    let (sounds, served) = (look_ups.sounds(), look_ups.messages_url());
    let links = look_ups::links::Links::new(&settings.sound_hosts).map_err(ari::AriError::from)?;
    look_ups.serve(
        accounts.clone(),
        deps.store.clone(),
        links,
        &settings.messages,
    );
    let signals = ari::events(ari.clone());
    let phones = switch::Phones {
        ari,
        accounts,
        messages: settings.messages,
        served,
        sounds,
        mwi: <_>::default(),
    };
    Ok((phones, signals))
}

/// Reads the accounts again when passwords were renewed: here at once, elsewhere within some seconds. It ends with the
/// threads of calls.
async fn renew(
    store: Store,
    keys: Arc<Keyring>,
    renewed: Arc<Notify>,
    accounts: Arc<AccountBook>,
    mut known: i64,
) {
    loop {
        tokio::select! {
            () = renewed.notified() => {}
            () = tokio::time::sleep(RENEWED_ELSEWHERE) => {}
        }
        let again = async {
            let revision = store.sip_secrets_revision().await?;
            if revision != known {
                accounts.replace(store.sip_accounts(&keys).await?);
                known = revision;
            }
            Ok::<(), crate::store::Error>(())
        };
        if let Err(error) = again.await {
            tracing::debug!(%error, "whether passwords of phones were renewed is not known; it is asked again");
        }
    }
}

/// The REST interface of an Asterisk.
fn interface(asterisk: &str) -> Result<reqwest::Url, PhonesError> {
    let url = format!("{}/ari", asterisk.trim_end_matches('/'));
    url.parse()
        .map_err(|_| PhonesError::Address(asterisk.to_owned()))
}
