//! The settings of `centrale serve`, of which `centrale backup` reads the places: from flags, else the environment, else a TOML file, else the default.
//! What they are good for is left to the command.

use crate::mail::{MailSettings, Relay, RelayError, RetryPolicy};
use crate::telephony::{MediaEncryption, PhoneSettings, Trunk};
use clap::Args;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Where the portal listens when nothing else is said.
pub const LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
/// The database when nothing else is said.
pub const DATABASE: &str = "sqlite://centrale.db";
/// Where messages are kept when nothing else is said.
pub const MESSAGES: &str = "messages";
/// Hours without a request after which a session ends, when nothing else is said.
pub const SESSION_HOURS: u32 = 12;

/// What may be set; `None`: not said.
#[derive(Clone, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Fill an empty database with a demo organisation whose passwords everybody knows; loopback only
    #[arg(long, env = "CENTRALE_DEMO", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new(), value_name = "BOOL")]
    pub demo: Option<bool>,
    /// The address and port of the portal [default: 127.0.0.1:8080]
    #[arg(long, env = "CENTRALE_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// The database: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME` [default: `sqlite://centrale.db`]
    #[arg(
        long,
        env = "CENTRALE_DATABASE",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub database: Option<String>,
    /// The file of the keys under which secrets in the database are sealed; made when it is not there [default: beside
    /// the database, as `centrale.db.key`, and `centrale.key` with PostgreSQL]
    #[arg(long, env = "CENTRALE_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// The folder of the built portal; without it only the API is served
    #[arg(long, env = "CENTRALE_ASSETS", value_name = "FOLDER")]
    pub assets: Option<PathBuf>,
    /// Browsers send cookies back over TLS only: for a portal behind a proxy with TLS
    #[arg(long, env = "CENTRALE_SECURE_COOKIES", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new(), value_name = "BOOL")]
    pub secure_cookies: Option<bool>,
    /// Take the address of a client from the last entry of `X-Forwarded-For`, written by a proxy of yours
    #[arg(long, env = "CENTRALE_TRUST_PROXY", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new(), value_name = "BOOL")]
    pub trust_proxy: Option<bool>,
    /// Hours without a request after which a session ends [default: 12]
    #[arg(long, env = "CENTRALE_SESSION_HOURS", value_name = "HOURS", value_parser = clap::value_parser!(u32).range(1..=8760))]
    pub session_hours: Option<u32>,
    /// How many requests one account may make within a minute [default: 600]
    #[arg(long, env = "CENTRALE_REQUESTS_A_MINUTE", value_name = "REQUESTS", value_parser = clap::value_parser!(u32).range(60..))]
    pub requests_a_minute: Option<u32>,
    /// The server that takes mails: `smtps://USER@HOST` with the password that `centrale secret set smtp` keeps, or with
    /// it as `smtps://USER:PASSWORD@HOST`, or `smtp://HOST:PORT`, which begins TLS (STARTTLS) unless
    /// the server is on this machine; without it no mail goes out
    #[arg(
        long,
        env = "CENTRALE_SMTP",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub smtp: Option<String>,
    /// Whom mails come from, as `Centrale <centrale@example.com>`
    #[arg(long, env = "CENTRALE_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// How phones are reached: the table `[phones]` of the file.
    #[command(flatten)]
    pub phones: PhonesArgs,
}

/// How phones are reached.
#[derive(Clone, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PhonesArgs {
    /// The base of Asterisk's HTTP server, as `http://127.0.0.1:8088`; without it no phone is served
    #[arg(long, env = "CENTRALE_ASTERISK", value_name = "URL")]
    pub asterisk: Option<String>,
    /// The password of Asterisk's REST interface
    #[arg(
        long,
        alias = "asterisk-secret",
        env = "CENTRALE_ARI_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub ari_secret: Option<String>,
    /// Where Asterisk looks up accounts: `http://127.0.0.1:PORT/SECRET`, on which the server listens
    #[arg(
        long,
        env = "CENTRALE_REALTIME_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub realtime_url: Option<String>,
    /// Where calls to the public network go: sip:HOST:PORT; without it only numbers of the organisation are reached
    #[arg(long, env = "CENTRALE_TRUNK", value_name = "SIP-URI")]
    pub trunk: Option<String>,
    /// The password of that line, in both directions [default: what `centrale secret set trunk` keeps]
    #[arg(
        long,
        env = "CENTRALE_TRUNK_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub trunk_secret: Option<String>,
    /// Seconds between checks that registered phones still answer; 0 never checks [default: 60]
    #[arg(long, env = "CENTRALE_QUALIFY_SECONDS", value_name = "SECONDS")]
    pub qualify_seconds: Option<u32>,
    /// Where messages that callers leave are kept [default: messages]
    #[arg(long, env = "CENTRALE_MESSAGES", value_name = "FOLDER")]
    pub messages: Option<PathBuf>,
    /// Whether what phones say and hear is encrypted (SRTP); their keys are secret only over SIP with TLS [default: off]
    #[arg(long, env = "CENTRALE_MEDIA_ENCRYPTION", value_name = "WHEN")]
    pub media_encryption: Option<MediaEncryption>,
    /// The only hosts from which linked sounds are fetched, which may be private; without it every public one
    #[arg(
        long,
        env = "CENTRALE_SOUND_HOSTS",
        value_name = "HOST",
        value_delimiter = ','
    )]
    pub sound_hosts: Option<Vec<String>>,
}

/// Seconds between checks of registered phones, when nothing else is said.
const QUALIFY_SECONDS: u32 = 60;

/// Why settings were refused.
#[derive(Debug, Error)]
pub enum Error {
    /// It cannot be read.
    #[error("settings file {path}: {cause}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        cause: std::io::Error,
    },
    /// It holds something else than settings.
    #[error("settings file {path}: {message}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// What is wrong, on one line.
        message: String,
    },
    /// A setting is given without another that it needs.
    #[error("{0} needs {1} too")]
    Needs(&'static str, &'static str),
    /// The server that takes mails cannot be one.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// Mails cannot come from this address.
    #[error("--mail-from {0} is not an address like Centrale <centrale@example.com>")]
    From(String),
}

impl Settings {
    /// Reads a TOML file whose keys are the long flags.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|cause| Error::Read {
            path: path.into(),
            cause,
        })?;
        toml::from_str(&text).map_err(|error| Error::Parse {
            path: path.into(),
            message: one_line(&text, &error),
        })
    }

    /// The same of a file that need not be named; without one nothing is set.
    pub fn read_or_default(path: Option<&Path>) -> Result<Self, Error> {
        path.map_or_else(|| Ok(Self::default()), Self::read)
    }

    /// What is said here, else what is said there.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            demo: self.demo.or(other.demo),
            listen: self.listen.or(other.listen),
            database: self.database.or(other.database),
            key_file: self.key_file.or(other.key_file),
            assets: self.assets.or(other.assets),
            secure_cookies: self.secure_cookies.or(other.secure_cookies),
            trust_proxy: self.trust_proxy.or(other.trust_proxy),
            session_hours: self.session_hours.or(other.session_hours),
            requests_a_minute: self.requests_a_minute.or(other.requests_a_minute),
            smtp: self.smtp.or(other.smtp),
            mail_from: self.mail_from.or(other.mail_from),
            phones: self.phones.or(other.phones),
        }
    }
}

impl Settings {
    /// How mails go out, with the password that is kept for the server's user; `None` when no server takes them.
    pub fn mail(&self, password: Option<&str>) -> Result<Option<MailSettings>, Error> {
        let Some(smtp) = &self.smtp else {
            return Ok(None);
        };
        let from = self
            .mail_from
            .as_ref()
            .ok_or(Error::Needs("--smtp", "--mail-from"))?;
        let relay = Relay::with_password(smtp, password)?;
        let from = from.parse().map_err(|_| Error::From(from.clone()))?;
        Ok(Some(MailSettings {
            relay,
            from,
            retry: RetryPolicy::default(),
        }))
    }
}

impl PhonesArgs {
    /// The settings of telephony; `None` when no Asterisk is given.
    pub fn settings(self) -> Result<Option<PhoneSettings>, Error> {
        let Some(asterisk) = self.asterisk else {
            return Ok(None);
        };
        let needs = |what| move || Error::Needs("--asterisk", what);
        let trunk = match (self.trunk, self.trunk_secret) {
            (Some(contact), Some(secret)) => Some(Trunk { secret, contact }),
            (Some(_), None) => return Err(Error::Needs("--trunk", "--trunk-secret")),
            (None, _) => None,
        };
        Ok(Some(PhoneSettings {
            asterisk,
            secret: self.ari_secret.ok_or_else(needs("--ari-secret"))?,
            realtime: self.realtime_url.ok_or_else(needs("--realtime-url"))?,
            trunk,
            qualify_seconds: self.qualify_seconds.unwrap_or(QUALIFY_SECONDS),
            messages: self.messages.unwrap_or_else(|| MESSAGES.into()),
            media_encryption: self.media_encryption.unwrap_or_default(),
            sound_hosts: self.sound_hosts.unwrap_or_default(),
        }))
    }

    fn or(self, other: Self) -> Self {
        Self {
            asterisk: self.asterisk.or(other.asterisk),
            ari_secret: self.ari_secret.or(other.ari_secret),
            realtime_url: self.realtime_url.or(other.realtime_url),
            trunk: self.trunk.or(other.trunk),
            trunk_secret: self.trunk_secret.or(other.trunk_secret),
            qualify_seconds: self.qualify_seconds.or(other.qualify_seconds),
            messages: self.messages.or(other.messages),
            media_encryption: self.media_encryption.or(other.media_encryption),
            sound_hosts: self.sound_hosts.or(other.sound_hosts),
        }
    }
}

/// The reason with its line; the file's text, which may hold a password, is not shown.
fn one_line(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map_or(1, |span| {
        1 + text[..span.start.min(text.len())].matches('\n').count()
    });
    let message = error.message().lines().collect::<Vec<_>>().join(" ");
    format!("line {line}: {message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Settings::read(file.path()).map_err(|error| match error {
            Error::Parse { message, .. } => message,
            other => other.to_string(),
        })
    }

    #[test]
    fn a_file_is_read() {
        let settings =
            read("listen = \"0.0.0.0:80\"\nsecure-cookies = true\n[phones]\nari-secret = \"s\"")
                .unwrap();
        assert_eq!(settings.listen, "0.0.0.0:80".parse().ok());
        assert_eq!((settings.secure_cookies, settings.demo), (Some(true), None));
        assert_eq!(settings.phones.ari_secret.as_deref(), Some("s"));
    }

    #[test]
    fn what_a_file_may_not_hold() {
        let check = |text: &str, expected: &str| {
            let message = read(text).err().unwrap();
            assert!(message.starts_with(expected), "{message}");
        };
        check("# a comment\ncolour = 3", "line 2: unknown field `colour`");
        check("listen = 8080", "line 1: ");
        check("session-hours = -1", "line 1: ");
        check("listen =", "line 1: ");
    }

    #[test]
    fn mail_needs_a_server_and_an_address() {
        let check = |smtp: Option<&str>, from: Option<&str>, expected: &str| {
            let (smtp, mail_from) = (smtp.map(str::to_owned), from.map(str::to_owned));
            let seen = match (Settings {
                smtp,
                mail_from,
                ..Settings::default()
            })
            .mail(None)
            {
                Ok(mail) => mail.map_or("off".into(), |mail| mail.from.to_string()),
                Err(error) => error.to_string(),
            };
            assert!(seen.starts_with(expected), "{seen}");
            assert!(!seen.contains("s3cret"), "{seen}");
        };
        check(None, None, "off");
        check(None, Some("a@b.example"), "off");
        check(
            Some("smtps://me:s3cret@b.example"),
            None,
            "--smtp needs --mail-from too",
        );
        check(
            Some("smtps://me:s3cret@b.example"),
            Some("Us <a@b.example>"),
            "Us <a@b.example>",
        );
        check(
            Some("smtps://me:s3cret@b.example"),
            Some("b.example"),
            "--mail-from b.example is not",
        );
        check(
            Some("smtp:/me:s3cret@"),
            Some("a@b.example"),
            "--smtp is not an address",
        );
    }

    #[test]
    fn a_flag_beats_the_file() {
        let file = Settings {
            database: Some("file".into()),
            session_hours: Some(1),
            ..Settings::default()
        };
        let flags = Settings {
            database: Some("flag".into()),
            demo: Some(false),
            ..Settings::default()
        };
        let both = flags.or(Settings {
            demo: Some(true),
            ..file
        });
        assert_eq!(
            (both.database.as_deref(), both.session_hours, both.demo),
            (Some("flag"), Some(1), Some(false))
        );
    }
}
