//! Telephony: everything that knows SIP and Asterisk. `ari` drives calls, `incoming` reads what the dial plan hands
//! over with a call, `realtime` answers Asterisk's questions about the SIP accounts of `accounts`, `own_sounds` those
//! about music, `links` fetches linked sounds, and `switch` runs core's call machine for each call. Routing is core's.

mod accounts;
pub mod ari;
mod guard;
pub mod incoming;
mod lifts;
mod links;
mod own_sounds;
pub mod realtime;
mod switch;
mod tries;

pub use accounts::{AccountBook, Trunk};
pub use lifts::{follow_lifts, lift_asked};
pub use realtime::MediaEncryption;
pub use switch::{Calls, Command};
pub use tries::PhoneFailure;

use crate::private;
use crate::secret::Keyring;
use crate::state::State;
use crate::store::Store;
use ari::{Ari, AriConfig};
use centrale_core::exchange::PersistedExchange;
use guard::Guard;
use sha2::{Digest, Sha256};
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

/// Starts the switch, which owns agents, queues and calls, on threads that no request shares; with settings it has phones.
/// They end when nobody holds the other end of the commands.
pub async fn start(
    state: &State,
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
    let state = state.clone();
    let serve = async move {
        match ground(&state, settings).await {
            Ok((ground, kept, signals)) => {
                let calls = state.calls.clone();
                drop(state);
                started.send(Ok(())).ok();
                switch::serve(ground, kept, signals, commands, calls).await;
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

/// What the switch stands on, what it kept of its last run, and what Asterisk says.
async fn ground(
    state: &State,
    settings: Option<PhoneSettings>,
) -> Result<
    (
        switch::Ground,
        PersistedExchange,
        Option<mpsc::Receiver<ari::Signal>>,
    ),
    PhonesError,
> {
    let kept = state.store.kept(switch::KEPT).await?.unwrap_or_default();
    let attached = match settings {
        Some(settings) => Some(attach(state, settings).await?),
        None => None,
    };
    let (phones, signals) = attached.unzip();
    let ground = switch::Ground {
        live: state.live.clone(),
        store: state.store.clone(),
        clock: state.clock.clone(),
        mail: state.mail.clone(),
        phones,
    };
    Ok((ground, kept, signals))
}

/// Attaches phones: answers Asterisk's look-ups and listens to its events. Asterisk may come and go; calls enter
/// whenever it is there.
async fn attach(
    state: &State,
    settings: PhoneSettings,
) -> Result<(switch::Phones, mpsc::Receiver<ari::Signal>), PhonesError> {
    // Asterisk fetches the messages that it plays, so that nobody else reads the files.
    private::mend(&settings.messages);
    let (address, secrets) = realtime_address(&settings.realtime)?;
    if secrets.look_ups == settings.secret {
        return Err(PhonesError::SameSecret);
    }
    let revision = state.store.sip_secrets_revision().await?;
    let phones = state.store.sip_accounts(&state.keys).await?;
    let accounts = Arc::new(AccountBook::new(
        state.live.clone(),
        phones,
        settings.trunk,
        settings.qualify_seconds,
        settings.media_encryption,
    ));
    let renewed = state.calls.accounts_changing();
    tokio::spawn(renew(
        state.store.clone(),
        state.keys.clone(),
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
    let (clock, failures) = (state.clock.clone(), state.calls.failures());
    let guard = Guard {
        ari: ari.clone(),
        accounts: accounts.clone(),
        store: state.store.clone(),
        clock,
        failures,
    };
    tokio::spawn(guard.run());
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|e| PhonesError::Listen(address, e))?;
    // Asterisk may live in another root, or on files of its own only: it fetches the messages that it plays.
    let messages = tower_http::services::ServeDir::new(&settings.messages);
    let media = format!("http://{address}/{}", secrets.media);
    let sounds = Arc::new(own_sounds::OwnSounds::at(format!("{media}/sounds")));
    let links = links::Links::new(&settings.sound_hosts).map_err(ari::AriError::from)?;
    let router = realtime::router(&secrets.look_ups, accounts.clone())
        .merge(own_sounds::router(
            &secrets,
            &sounds,
            state.store.clone(),
            links,
        ))
        .nest_service(&format!("/{}/messages", secrets.media), messages);
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "account look-ups are no longer answered");
        }
    });
    let signals = ari::events(ari.clone());
    let served = format!("{media}/messages");
    let phones = switch::Phones {
        ari,
        accounts,
        messages: settings.messages,
        served,
        sounds,
        lamps: <_>::default(),
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

/// The secret first segments of the paths that Asterisk asks.
struct Secrets {
    /// Of the look-ups of accounts, whose answers carry passwords.
    look_ups: String,
    /// Of sounds and messages. Asterisk writes the addresses of what it plays into its log, so that this one is made
    /// from the other and does not lead back to it.
    media: String,
}

impl Secrets {
    fn new(look_ups: &str) -> Self {
        let media = hex::encode(Sha256::digest(format!("media {look_ups}")));
        Self {
            look_ups: look_ups.to_owned(),
            media,
        }
    }
}

fn realtime_address(url: &str) -> Result<(SocketAddr, Secrets), PhonesError> {
    let wrong = || PhonesError::Realtime(url.to_owned());
    let (host, secret) = url
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .ok_or_else(wrong)?;
    let address: SocketAddr = host.parse().map_err(|_| wrong())?;
    let named = !secret.is_empty() && secret.bytes().all(|b| b.is_ascii_alphanumeric());
    if address.ip().is_loopback() && named {
        Ok((address, Secrets::new(secret)))
    } else {
        Err(wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::{Secrets, realtime_address};

    #[test]
    fn look_ups_are_answered_on_loopback_only() {
        let check = |url: &str, expected: Option<(&str, &str)>| {
            let found = realtime_address(url)
                .ok()
                .map(|(address, secrets)| (address, secrets.look_ups));
            assert_eq!(
                found,
                expected.map(|(a, s)| (a.parse().unwrap(), s.to_owned())),
                "{url}"
            );
        };
        check(
            "http://127.0.0.1:8089/5ecre7",
            Some(("127.0.0.1:8089", "5ecre7")),
        );
        check("http://192.0.2.1:8089/5ecre7", None);
        check("http://127.0.0.1:8089/", None);
        check("http://127.0.0.1:8089", None);
        check("http://127.0.0.1:8089/a/b", None);
        check("https://127.0.0.1:8089/a", None);
    }

    #[test]
    fn the_address_of_media_does_not_tell_that_of_the_look_ups() {
        let secrets = Secrets::new("5ecre7");
        assert!(!secrets.media.contains("5ecre7") && secrets.media.len() == 64);
        assert_ne!(secrets.media, Secrets::new("5ecre8").media);
    }
}
