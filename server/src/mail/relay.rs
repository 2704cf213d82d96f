//! The SMTP server (RFC 5321) that takes our mails: where it is, how it is spoken to, and what its answers mean.

use crate::store::Mail;
use lettre::address::Envelope;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::response::Response;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::net::IpAddr;
use std::time::Duration;

/// How long one step of the conversation may take.
const STEP: Duration = Duration::from_mins(1);
/// How long the whole of it may take.
pub(super) const WHOLE: Duration = Duration::from_mins(5);
/// Refusals that are about our password and not about the mail (RFC 4954, § 6).
const UNWELCOME: [u16; 4] = [530, 534, 535, 538];

/// Why there is no such server.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// It is no address of one.
    #[error("--smtp is not an address like smtps://USER:PASSWORD@HOST or smtp://HOST:PORT")]
    Address,
    /// A password would go over the network in the clear.
    #[error(
        "--smtp would send its password in the clear: use smtps://, or smtp:// without tls=none"
    )]
    Clear,
    /// TLS cannot be had.
    #[error("TLS for --smtp: {0}")]
    Tls(#[from] SmtpError),
}

/// A server that takes mails.
#[derive(Clone)]
pub struct Relay(AsyncSmtpTransport<Tokio1Executor>);

/// Why a mail was not taken.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The server cannot be reached, or wants nothing of us: the next mail fares no better.
    Silent(String),
    /// It does not take this mail now.
    NotNow(String),
    /// It will never take this mail.
    Never(String),
}

impl Relay {
    /// The server at an address: `smtps://` speaks TLS from the start, `smtp://` begins it (STARTTLS) and goes no further
    /// without, but for a server on this machine, or with `?tls=none` one without a password.
    pub fn new(address: &str) -> Result<Self, RelayError> {
        Self::with_password(address, None)
    }

    /// The same, with a password for the user of an address that has none.
    pub fn with_password(address: &str, password: Option<&str>) -> Result<Self, RelayError> {
        let mut url: reqwest::Url = address.parse().map_err(|_| RelayError::Address)?;
        if url.password().is_none() && !url.username().is_empty() {
            url.set_password(password)
                .map_err(|()| RelayError::Address)?;
        }
        let host = url.host_str().ok_or(RelayError::Address)?;
        let here = host == "localhost"
            || host
                .trim_matches(['[', ']'])
                .parse::<IpAddr>()
                .is_ok_and(|ip| ip.is_loopback());
        let wanted = url.query().map(str::to_owned);
        let secret = url.password().is_some();
        if url.username().is_empty() == secret || url.path().len() > 1 {
            return Err(RelayError::Address);
        }
        let tls = match (url.scheme(), wanted.as_deref()) {
            ("smtp", Some("tls=none")) if secret && !here => return Err(RelayError::Clear),
            ("smtp", None) if !here => Some("tls=required"),
            ("smtp", None | Some("tls=none")) | ("smtps", None) => None,
            _ => return Err(RelayError::Address),
        };
        url.set_query(tls);
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())?;
        Ok(Self(transport.timeout(Some(STEP)).build()))
    }

    /// Sends a mail: when it was taken, it is the server's to deliver. Returns what the server said.
    pub(super) async fn send(&self, from: &Mailbox, mail: &Mail) -> Result<String, Refusal> {
        let to = mail
            .recipient
            .parse()
            .map_err(|error| Refusal::Never(format!("{error}")))?;
        let envelope = Envelope::new(Some(from.email.clone()), vec![to])
            .map_err(|error| Refusal::Never(error.to_string()))?;
        match tokio::time::timeout(WHOLE, self.0.send_raw(&envelope, mail.content.as_bytes())).await
        {
            Ok(Ok(response)) => Ok(said(&response)),
            Ok(Err(error)) => Err(judge(&error)),
            Err(_) => Err(Refusal::Silent("it took too long".into())),
        }
    }
}

/// The code and the lines of an answer.
fn said(response: &Response) -> String {
    let lines = response.message().collect::<Vec<_>>().join(" ");
    format!("{} {lines}", response.code())
}

fn judge(error: &SmtpError) -> Refusal {
    let reason = error.to_string();
    let unwelcome = error
        .status()
        .is_some_and(|code| UNWELCOME.contains(&u16::from(code)));
    if unwelcome || !(error.is_permanent() || error.is_transient() || error.is_client()) {
        Refusal::Silent(reason)
    } else if error.is_permanent() {
        Refusal::Never(reason)
    } else {
        Refusal::NotNow(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn addresses() {
        let check = |address: &str, expected: &str| {
            let made = Relay::new(address).err().map(|error| match error {
                RelayError::Address => "address",
                RelayError::Clear => "clear",
                RelayError::Tls(_) => "tls",
            });
            assert_eq!(made.unwrap_or("taken"), expected, "{address}");
        };
        check("smtps://me:s%40cret@mail.example.com", "taken");
        check("smtp://me:secret@mail.example.com:587", "taken");
        check("smtp://mail.example.com", "taken");
        check("smtp://mail.example.com?tls=none", "taken");
        check("smtp://me:secret@mail.example.com?tls=none", "clear");
        check("smtp://me:secret@localhost", "taken");
        check("smtp://me:secret@[::1]:2525?tls=none", "taken");
        check("smtp://127.0.0.1:2525", "taken");
        check("smtp://me@mail.example.com", "address");
        check("smtp://mail.example.com?tls=maybe", "address");
        check("smtps://mail.example.com?tls=none", "address");
        check("smtp://mail.example.com/name", "address");
        check("https://mail.example.com", "address");
        check("mail.example.com", "address");
        check("", "address");
        let with = |address: &str| Relay::with_password(address, Some("s@cret")).is_ok();
        assert!(with("smtps://me@mail.example.com") && with("smtp://mail.example.com"));
        assert!(
            !with("smtp://me@mail.example.com?tls=none"),
            "it would go in the clear"
        );
    }
}
