//! `centrale secret`: passwords that the server itself gives to others, kept sealed instead of in a file of settings.

use super::say;
use super::source::{self, Database};
use crate::store::OwnSecret;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Holds the password when nobody sits at the terminal.
const VARIABLE: &str = "CENTRALE_SECRET";

/// Keeps passwords that the server itself gives to others in the database, sealed under the key file. They count where the
/// settings have none, from the next start of the server on.
#[derive(Args)]
pub(super) struct Secret {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Keep a password, from `CENTRALE_SECRET` or asked for, instead of the one before
    Set(Which),
    /// Forget a password
    Remove(Which),
}

#[derive(Args)]
struct Which {
    /// Whose: `smtp` of the user in `--smtp`, `trunk` of `--trunk`
    #[arg(id = "NAME")]
    secret: OwnSecret,
    /// The file of the keys [default: beside the database]
    #[arg(long, env = "CENTRALE_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

impl Secret {
    pub(super) async fn run(self) -> Result<()> {
        match self.task {
            Task::Set(Which {
                secret,
                key_file,
                database,
            }) => {
                let store = database.open().await?;
                let keys =
                    source::opening_keyring(&store, database.url(), key_file.as_deref()).await?;
                store.put_own_secret(&keys, secret, &ask()?).await?;
                store.close().await;
                say("it is kept; the server knows it when it starts");
            }
            Task::Remove(Which {
                secret, database, ..
            }) => {
                let store = database.open_existing().await?;
                let was_there = store.remove_own_secret(secret).await?;
                store.close().await;
                if !was_there {
                    bail!("no such password is kept");
                }
                say("it is forgotten");
            }
        }
        Ok(())
    }
}

fn ask() -> Result<String> {
    let secret = match std::env::var(VARIABLE) {
        Ok(secret) => secret,
        Err(_) => rpassword::prompt_password("Password: ")
            .with_context(|| format!("no terminal to ask for a password: set {VARIABLE}"))?,
    };
    if secret.is_empty() || secret.chars().any(char::is_control) {
        bail!("the password is empty, or has a control character");
    }
    Ok(secret)
}
