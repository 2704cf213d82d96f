//! `centrale backup` and `centrale restore`: everything that there is as a file, sealed by a passphrase.

use super::admin::note;
use super::say;
use super::source::{self, Database};
use crate::backup::{self, Contents, Target};
use crate::clock::{Clock, SystemClock};
use crate::config::{self, Settings};
use crate::password_rules;
use anyhow::{Context, Result, bail};
use centrale_core::api::security::Kind;
use centrale_core::error::Code;
use clap::Args;
use std::path::{Path, PathBuf};

/// Holds the passphrase when nobody sits at the terminal and no file has it.
const VARIABLE: &str = "CENTRALE_BACKUP_PASSPHRASE";

/// Writes everything that there is into a file: the organisation, accounts, passcodes, histories, statistics, sounds, mails,
/// events, the messages that callers left, and the keys. It is sealed by a passphrase: from `CENTRALE_BACKUP_PASSPHRASE`,
/// from a file, or asked for. The server may run meanwhile.
#[derive(Args)]
pub(super) struct Backup {
    /// The file; one that is there is replaced when the new one is complete
    file: PathBuf,
    #[command(flatten)]
    places: Places,
}

/// Fills an empty database, of either kind, with everything from a backup, or with nothing of it. No server runs on it
/// meanwhile.
#[derive(Args)]
pub(super) struct Restore {
    /// The file, as `centrale backup` writes it
    file: PathBuf,
    /// Only tell whether it could be restored with this passphrase
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    places: Places,
}

#[derive(Args)]
struct Places {
    /// A file with the passphrase on its only line
    #[arg(long, env = "CENTRALE_BACKUP_PASSPHRASE_FILE", value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// A TOML file with settings, the one of `centrale serve`: the database, the file of the keys and the folder of
    /// messages are those that it names, where nothing else is said
    #[arg(long, env = "CENTRALE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The file of the keys [default: beside the database]
    #[arg(long, env = "CENTRALE_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Where messages that callers leave are kept [default: messages]
    #[arg(long, env = "CENTRALE_MESSAGES", value_name = "FOLDER")]
    messages: Option<PathBuf>,
    /// The database: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME` [default: `sqlite://centrale.db`]
    #[arg(
        long,
        env = "CENTRALE_DATABASE",
        hide_env_values = true,
        value_name = "URL"
    )]
    database: Option<String>,
}

/// What a backup is made of, or becomes.
struct Found {
    database: Database,
    key_file: Option<PathBuf>,
    messages: PathBuf,
}

impl Places {
    /// By the flags and the environment, else by the settings file, else by the defaults.
    fn find(&self) -> Result<Found> {
        let file = Settings::read_or_default(self.config.as_deref())?;
        let database = self.database.clone().or(file.database);
        let messages = self.messages.clone().or(file.phones.messages);
        Ok(Found {
            database: Database::new(database.unwrap_or_else(|| config::DATABASE.to_owned())),
            key_file: self.key_file.clone().or(file.key_file),
            messages: messages.unwrap_or_else(|| config::MESSAGES.into()),
        })
    }
}

impl Backup {
    pub(super) async fn run(self) -> Result<()> {
        let Found {
            database,
            key_file,
            messages,
        } = self.places.find()?;
        let passphrase_file = self.places.passphrase_file;
        let store = database.open_existing().await?;
        let keys = source::opening_keyring(&store, database.url(), key_file.as_deref()).await?;
        let passphrase = passphrase(passphrase_file.as_deref(), true)?;
        refuse_weak(&passphrase)?;
        // Before it is made, so that it is noted whatever becomes of it.
        note(&store, Kind::BackedUp, "").await?;
        let now = SystemClock.now();
        let contents = backup::write(&store, &keys, &messages, &self.file, &passphrase, now)
            .await
            .with_context(|| self.file.display().to_string())?;
        store.close().await;
        say(format_args!(
            "{} holds {}",
            self.file.display(),
            told(contents)
        ));
        if !messages.is_dir() {
            say(format_args!(
                "there is no folder {}, so there are no messages in it",
                messages.display()
            ));
        }
        Ok(())
    }
}

impl Restore {
    pub(super) async fn run(self) -> Result<()> {
        let Found {
            database,
            key_file,
            messages,
        } = self.places.find()?;
        let passphrase_file = self.places.passphrase_file;
        let name = self.file.display().to_string();
        if !self.file.is_file() {
            bail!("{name}: there is no such file");
        }
        let passphrase = passphrase(passphrase_file.as_deref(), false)?;
        if self.check {
            let contents = backup::check(&self.file, &passphrase).context(name.clone())?;
            say(format_args!("{name} holds {}", told(contents)));
            return Ok(());
        }
        let key_file = source::key_path(database.url(), key_file.as_deref());
        let target = Target {
            database: database.url().to_owned(),
            key_file,
            messages,
        };
        let (store, contents) = backup::restore(&self.file, &passphrase, &target)
            .await
            .context(name.clone())?;
        note(&store, Kind::Restored, "").await?;
        store.close().await;
        say(format_args!("{name} is restored: {}", told(contents)));
        Ok(())
    }
}

fn told(contents: Contents) -> String {
    let Contents {
        tables,
        rows,
        messages,
    } = contents;
    format!("{rows} rows of {tables} tables and {messages} messages")
}

/// The passphrase from the environment, from a file, or asked for; twice when it is `new`.
fn passphrase(file: Option<&Path>, new: bool) -> Result<String> {
    if let Ok(passphrase) = std::env::var(VARIABLE) {
        return Ok(passphrase);
    }
    if let Some(file) = file {
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let line = text.strip_suffix('\n').map_or(text.as_str(), |text| {
            text.strip_suffix('\r').unwrap_or(text)
        });
        return Ok(line.to_owned());
    }
    let ask = |text| {
        let none = || {
            format!("no terminal to ask for a passphrase: set {VARIABLE}, or use --passphrase-file")
        };
        rpassword::prompt_password(text).with_context(none)
    };
    let passphrase = ask("Passphrase: ")?;
    if new && ask("The same again: ")? != passphrase {
        bail!("the passphrases differ");
    }
    Ok(passphrase)
}

/// Whoever has the file can try passphrases for as long as they like.
fn refuse_weak(passphrase: &str) -> Result<()> {
    match password_rules::check(passphrase, &[]) {
        Ok(()) => Ok(()),
        Err(Code::PasswordTooShort) => {
            bail!(
                "a passphrase has at least {} characters",
                password_rules::SHORTEST
            )
        }
        Err(Code::PasswordTooLong) => bail!("the passphrase is too long"),
        Err(_) => bail!("the passphrase is easily guessed, or known from leaks"),
    }
}
