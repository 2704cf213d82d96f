//! `centrale serve`: opens the database, fills it for a demo, listens, and ends in good order.

use super::{demo, say, source};
use crate::clock::{Clock, SystemClock, SystemTokens};
use crate::config::{self, Settings};
use crate::http::{build_router, listen};
use crate::live::Live;
use crate::mail::{MailSettings, Mailer};
use crate::reports::Reporter;
use crate::secret::Keyring;
use crate::state::{HttpSettings, Limits, State};
use crate::store::{OwnSecret, Store};
use crate::telephony;
use crate::telephony::{PhoneSettings, SwitchHandle};
use crate::throttle::Throttle;
use anyhow::{Context, Result, bail};
use centrale_core::quota::Quota;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests may take to end once the server was told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(5);
/// Files that are not connections of the portal: the database, Asterisk, sounds.
const FILES_OF_OURS: usize = 256;
/// How often sessions that have expired are removed.
const TIDY: Duration = Duration::from_hours(1);

/// Serves the portal, and the phones when Asterisk is given.
#[derive(Args)]
pub(super) struct Serve {
    /// A TOML file with settings: the long flags as keys, those of phones in the table [phones]
    #[arg(long, env = "CENTRALE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    pub(super) async fn run(self) -> Result<()> {
        let file = Settings::read_or_default(self.config.as_deref())?;
        let settings = self.settings.or(file);
        let demo = settings.demo.unwrap_or(false);
        let listen = settings.listen.unwrap_or(config::LISTEN);
        if demo && !listen.ip().is_loopback() {
            bail!(
                "--demo has passwords that everybody knows: it listens on loopback only, not on {listen}"
            );
        }
        if let Some(folder) = settings
            .assets
            .as_ref()
            .filter(|folder| !folder.join("index.html").is_file())
        {
            bail!(
                "--assets {}: there is no index.html in it; build the portal first",
                folder.display()
            );
        }
        let database = settings.database.as_deref().unwrap_or(config::DATABASE);
        let store = Store::open_to_serve(database).await?;
        let keys = source::opening_keyring(&store, database, settings.key_file.as_deref()).await?;
        let (phones, mail) = with_own_secrets(&store, &keys, &settings).await?;
        let keys = Arc::new(keys);
        let people = if demo {
            demo::fill(&store).await?
        } else {
            None
        };
        if !demo {
            refuse_demo(&store).await?;
        }
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("cannot listen at {listen}"))?;
        let at = listener.local_addr()?;
        let sealed = store.seal_sip_secrets(&keys).await?;
        if sealed > 0 {
            tracing::info!(
                sealed,
                "passwords of phones are sealed under the key file now"
            );
        }
        warn_without_tls(&settings, at);
        let (calls, commands) = SwitchHandle::new();
        if mail.is_none() {
            tracing::info!("mail is off: there is no --smtp");
        }
        let open = |mail| {
            Mailer::open(
                store.clone(),
                Arc::new(SystemClock),
                Arc::new(SystemTokens),
                mail,
            )
        };
        let mailer = mail.map(open);
        let live = Arc::new(Live::load(&store).await?);
        let state = State {
            mail: mailer.clone(),
            keys: keys.clone(),
            throttle: throttle(&store, &settings),
            settings: Arc::new(http_settings(&settings)),
            ..State::new(
                store.clone(),
                live,
                calls,
                Arc::new(SystemClock),
                Arc::new(SystemTokens),
            )
        };
        let attached = phones.is_some();
        telephony::start(&state.telephony(), commands, phones).await?;
        say(format_args!("Centrale is at http://{}", shown(at)));
        if let Some(organisation) = people {
            say(demo::log_ins(&organisation));
            if attached {
                say(demo::phones(
                    &organisation,
                    &store.sip_accounts(&keys).await?,
                ));
            }
        }
        let tidying = tokio::spawn(tidy(store.clone()));
        let following = tokio::spawn(state.live.clone().keep_up());
        let lifting = tokio::spawn(telephony::follow_lifts(store.clone(), state.calls.clone()));
        let reporting = Reporter::new(&state).map(|reporter| tokio::spawn(reporter.run()));
        let calls = state.calls.clone();
        serve(listener, state).await;
        calls.persist().await;
        if let Some(reporting) = reporting {
            reporting.abort();
        }
        if let Some(mailer) = mailer {
            mailer.close().await;
        }
        tidying.abort();
        following.abort();
        lifting.abort();
        store.close().await;
        Ok(())
    }
}

/// The settings of phones and of mail, with the passwords that are kept sealed where the settings have none.
async fn with_own_secrets(
    store: &Store,
    keys: &Keyring,
    settings: &Settings,
) -> Result<(Option<PhoneSettings>, Option<MailSettings>)> {
    let mut phones = settings.phones.clone();
    if phones.trunk_secret.is_none() {
        phones.trunk_secret = store.own_secret(keys, OwnSecret::Trunk).await?;
    }
    let password = store.own_secret(keys, OwnSecret::Smtp).await?;
    Ok((phones.settings()?, settings.mail(password.as_deref())?))
}

/// Tells the log when passwords and sessions may go over a network that everybody can listen to.
fn warn_without_tls(settings: &Settings, at: SocketAddr) {
    let has_tls = [settings.secure_cookies, settings.trust_proxy].contains(&Some(true));
    if !has_tls && !at.ip().is_loopback() {
        tracing::warn!(
            %at,
            "the portal is reached beyond this machine without TLS: put a proxy with TLS before it, and set --trust-proxy \
             or --secure-cookies"
        );
    }
}

/// As many connections as the system lets the server have files, less what it needs for itself and for calls.
fn throttle(store: &Store, settings: &Settings) -> Arc<Throttle> {
    let requests = settings
        .requests_a_minute
        .unwrap_or(Quota::Requests.limit());
    Throttle::with_requests(store.clone(), Arc::new(SystemClock), requests)
}

fn limits(trust_proxy: bool) -> Limits {
    let limits = Limits::default();
    let connections = limits
        .connections
        .min(files().saturating_sub(FILES_OF_OURS) / 2)
        .max(16);
    // Behind a proxy all connections come from one address.
    let of_address = if trust_proxy {
        connections
    } else {
        limits.of_address.min(connections / 4)
    };
    Limits {
        connections,
        of_address,
        ..limits
    }
}

/// How many files the server may have open. The limit that programs begin with is often 1024, and may be raised.
#[cfg(target_os = "linux")]
fn files() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let limit = if setrlimit(Resource::Nofile, raised).is_ok() {
        raised
    } else {
        limit
    };
    limit.current.map_or(usize::MAX, |files| {
        usize::try_from(files).unwrap_or(usize::MAX)
    })
}

#[cfg(not(target_os = "linux"))]
fn files() -> usize {
    1024
}

fn http_settings(settings: &Settings) -> HttpSettings {
    HttpSettings {
        assets: settings.assets.clone(),
        secure_cookies: settings.secure_cookies.unwrap_or(false),
        session_hours: settings.session_hours.unwrap_or(config::SESSION_HOURS),
        trust_proxy: settings.trust_proxy.unwrap_or(false),
        limits: limits(settings.trust_proxy.unwrap_or(false)),
        ..HttpSettings::default()
    }
}

/// A database with known passwords is never served as if it were safe.
async fn refuse_demo(store: &Store) -> Result<()> {
    if store.is_empty().await? {
        tracing::warn!("the database is empty: `centrale admin` makes somebody who can log in");
    } else if store.is_demo().await? {
        bail!(
            "the database holds the demo organisation, whose passwords everybody knows: serve it with --demo"
        );
    }
    Ok(())
}

async fn serve(listener: TcpListener, state: State) {
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let told = |mut stopping: tokio::sync::watch::Receiver<bool>| async move {
        stopping.wait_for(|stop| *stop).await.ok();
    };
    let calls = state.calls.clone();
    let limits = state.settings.limits;
    let served = listen::serve(
        listener,
        build_router(state),
        limits,
        told(stopping.clone()),
    );
    let late = async {
        told(stopping).await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::spawn(async move {
        end().await;
        tracing::info!("stopping");
        calls.close();
        stop.send(true).ok();
    });
    tokio::select! {
        () = served => {}
        () = late => {}
    }
}

/// Waits for Ctrl-C, or for being told to end.
async fn end() {
    let interrupted = async { tokio::signal::ctrl_c().await.ok() };
    #[cfg(unix)]
    let told = async {
        if let Ok(mut signal) =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        {
            signal.recv().await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(not(unix))]
    let told = std::future::pending::<()>();
    tokio::select! {
        _ = interrupted => {}
        () = told => {}
    }
}

async fn tidy(store: Store) {
    let mut every = tokio::time::interval(TIDY);
    loop {
        every.tick().await;
        if let Err(error) = store.delete_expired(SystemClock.now()).await {
            tracing::warn!(%error, "expired sessions are not removed");
        }
        if let Err(error) = store.tidy_security_events(SystemClock.now()).await {
            tracing::warn!(%error, "old security events are not removed");
        }
    }
}

/// An address as a browser takes it.
fn shown(at: SocketAddr) -> String {
    if at.ip().is_loopback() {
        format!("localhost:{}", at.port())
    } else {
        at.to_string()
    }
}
