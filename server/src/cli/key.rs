//! `centrale key`: the keys under which secrets in the database are sealed.

use super::say;
use super::source::{self, Database};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Looks after the keys under which secrets in the database are sealed.
#[derive(Args)]
pub(super) struct Key {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Make another key, seal every secret under it, and forget all keys but it and the one before. A server that runs goes
    /// on; the one before is forgotten by the next rotation
    Rotate(Rotate),
}

#[derive(Args)]
struct Rotate {
    /// The file of the keys [default: beside the database]
    #[arg(long, env = "CENTRALE_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

impl Key {
    pub(super) async fn run(self) -> Result<()> {
        let Task::Rotate(Rotate { key_file, database }) = self.task;
        let store = database.open_existing().await?;
        let keys = source::keyring(database.url(), key_file.as_deref())?;
        let sealed = store.sealed().await?;
        if sealed.iter().any(|sealed| !keys.can_open(&sealed.text)) {
            bail!(
                "the database holds secrets that no key of the key file opens; nothing was changed"
            );
        }
        let id = keys.add_key()?;
        for one in &sealed {
            let place = one.place();
            store
                .reseal(one, &keys.seal(&place, &keys.unseal(&place, &one.text)?)?)
                .await?;
        }
        // What a server that runs sealed meanwhile is under the key before, which stays.
        keys.forget_old_keys()?;
        store.close().await;
        say(format_args!(
            "{} secrets are sealed under key {id}",
            sealed.len()
        ));
        Ok(())
    }
}
