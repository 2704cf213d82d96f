//! What Asterisk asks for over HTTP, on loopback: SIP accounts and classes of music (`res_config_curl`), sounds and messages.
//! These are answered on the threads of calls, so that no request of the portal delays them; therefore this is the one place
//! beside `http` that knows axum.

pub(super) mod links;
pub(super) mod own_sounds;
pub mod realtime;

use super::PhonesError;
use super::accounts::AccountBook;
use crate::store::Store;
use links::Links;
use own_sounds::OwnSounds;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// The address at which Asterisk asks, before it is served.
pub(super) struct LookUps {
    listener: TcpListener,
    address: SocketAddr,
    secrets: Secrets,
    sounds: Arc<OwnSounds>,
}

impl LookUps {
    /// Begins to listen.
    pub(super) async fn listen(address: SocketAddr, secrets: Secrets) -> Result<Self, PhonesError> {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| PhonesError::Listen(address, error))?;
        let sounds = Arc::new(OwnSounds::at(format!(
            "http://{address}/{}/sounds",
            secrets.media
        )));
        Ok(Self {
            listener,
            address,
            secrets,
            sounds,
        })
    }

    /// The uploads and links that Asterisk may fetch.
    pub(super) fn sounds(&self) -> Arc<OwnSounds> {
        self.sounds.clone()
    }

    /// Where Asterisk finds the folder of messages.
    pub(super) fn messages_url(&self) -> String {
        format!("http://{}/{}/messages", self.address, self.secrets.media)
    }

    /// Answers, in a task that ends with the threads of calls. Asterisk may live in another root, or on files of its own only:
    /// it fetches the messages that it plays.
    pub(super) fn serve(
        self,
        accounts: Arc<AccountBook>,
        store: Store,
        links: Links,
        messages: &Path,
    ) {
        let router = realtime::router(&self.secrets.look_ups, accounts)
            .merge(own_sounds::router(
                &self.secrets,
                &self.sounds,
                store,
                links,
            ))
            .nest_service(
                &format!("/{}/messages", self.secrets.media),
                ServeDir::new(messages),
            );
        let listener = self.listener;
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "account look-ups are no longer answered");
            }
        });
    }
}

/// The secret first segments of the paths that Asterisk asks.
pub(super) struct Secrets {
    /// Of the look-ups of accounts, whose answers carry passwords.
    pub(super) look_ups: String,
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

/// Reads the address of the look-ups: `http://127.0.0.1:<port>/<secret>`.
pub(super) fn parse_url(url: &str) -> Result<(SocketAddr, Secrets), PhonesError> {
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
    use super::{Secrets, parse_url};

    #[test]
    fn look_ups_are_answered_on_loopback_only() {
        let check = |url: &str, expected: Option<(&str, &str)>| {
            let found = parse_url(url)
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
