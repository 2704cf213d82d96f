//! `centrale export` and `centrale import`: the whole organisation as a file.

use super::admin::note;
use super::say;
use super::source::{self, Database};
use crate::clock::SystemTokens;
use crate::private;
use crate::problems::problems;
use anyhow::{Context, Result, bail};
use centrale_core::api::security::Kind;
use clap::Args;
use std::path::PathBuf;

/// Writes the whole organisation as a file.
#[derive(Args)]
pub(super) struct Export {
    /// The file; without it the standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

/// Fills an empty database with an organisation from a file. Nobody can log in until they are given a password.
#[derive(Args)]
pub(super) struct Import {
    /// The file, as `centrale export` writes it
    file: PathBuf,
    /// The file of the keys, under which the new passwords of phones are sealed [default: beside the database]
    #[arg(long, env = "CENTRALE_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

impl Export {
    pub(super) async fn run(self) -> Result<()> {
        let store = self.database.open_existing().await?;
        let organisation = store.export().await?;
        note(&store, Kind::Exported, "").await?;
        store.close().await;
        let text = serde_json::to_string_pretty(&organisation)?;
        match self.output {
            Some(path) => {
                private::write(&path, text + "\n").with_context(|| path.display().to_string())?;
            }
            None => say(text),
        }
        Ok(())
    }
}

impl Import {
    pub(super) async fn run(self) -> Result<()> {
        let organisation = source::file(&self.file)?;
        let found = problems(&organisation);
        for problem in &found {
            say(format_args!("{}: {problem}", self.file.display()));
        }
        if !found.is_empty() {
            bail!(
                "{}: {} problem(s); nothing was imported",
                self.file.display(),
                found.len()
            );
        }
        let store = self.database.open().await?;
        let keys =
            source::opening_keyring(&store, self.database.url(), self.key_file.as_deref()).await?;
        store
            .import(&organisation, &|_| None, &SystemTokens)
            .await?;
        store.seal_sip_secrets(&keys).await?;
        store.close().await;
        say(format_args!(
            "{} is imported with {} users; `centrale admin` or `centrale password` lets somebody log in",
            organisation.enterprise.name,
            organisation.users.len(),
        ));
        Ok(())
    }
}
