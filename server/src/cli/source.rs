//! Where a command takes an organisation from: a file, a database, or the demo that is built in.

use crate::config;
use crate::secret::Keyring;
use crate::store::Store;
use anyhow::{Context, Result, bail};
use centrale_core::organisation::Organisation;
use centrale_core::text;
use clap::Args;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use std::path::{Path, PathBuf};

/// The demo organisation, in the format of an export.
const DEMO: &str = include_str!("../../demo/organisation.json");

/// The database that a command works on.
#[derive(Args)]
pub(super) struct Database {
    /// The database: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME`
    #[arg(long, env = "CENTRALE_DATABASE", hide_env_values = true, value_name = "URL", default_value = config::DATABASE)]
    database: String,
}

impl Database {
    /// The one at a URL.
    pub(super) fn new(database: String) -> Self {
        Self { database }
    }

    /// Opens it, and makes it when it is not there.
    pub(super) async fn open(&self) -> Result<Store> {
        Ok(Store::open(&self.database).await?)
    }

    /// The URL of the database.
    pub(super) fn url(&self) -> &str {
        &self.database
    }

    /// Opens it when it is there.
    pub(super) async fn open_existing(&self) -> Result<Store> {
        Ok(Store::open_existing(&self.database).await?)
    }
}

/// The keys that go with a database, made when they are not there.
pub(super) fn keyring(database: &str, file: Option<&Path>) -> Result<Keyring> {
    Ok(match key_path(database, file) {
        Some(path) => Keyring::open(&path)?,
        None => Keyring::in_memory(),
    })
}

/// The file of the keys that go with a database; none: the database is in memory, and so are they.
pub(super) fn key_path(database: &str, file: Option<&Path>) -> Option<PathBuf> {
    let beside =
        |file: &str| PathBuf::from(format!("{}.key", file.split('?').next().unwrap_or(file)));
    match (file, database.strip_prefix("sqlite:")) {
        (Some(file), _) => Some(file.to_owned()),
        (None, Some(":memory:")) => None,
        (None, Some(file)) => Some(beside(file.strip_prefix("//").unwrap_or(file))),
        (None, None) => Some("centrale.key".into()),
    }
}

/// The keys that go with a database, when they open every secret in it.
pub(super) async fn opening_keyring(
    store: &Store,
    database: &str,
    file: Option<&Path>,
) -> Result<Keyring> {
    let keys = keyring(database, file)?;
    if store
        .sealed()
        .await?
        .iter()
        .any(|sealed| !keys.can_open(&sealed.text))
    {
        bail!(
            "the database holds secrets that no key of the key file opens: name the right one by --key-file"
        );
    }
    Ok(keys)
}

/// An organisation to read.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(super) struct Source {
    /// An organisation in a file, as `centrale export` writes it
    #[arg(long, value_name = "FILE")]
    organisation: Option<PathBuf>,
    /// The organisation in a database
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// The demo organisation
    #[arg(long)]
    demo: bool,
}

impl Source {
    pub(super) async fn read(&self) -> Result<Organisation> {
        match (&self.organisation, &self.database) {
            (Some(path), _) => file(path),
            (_, Some(url)) => stored(url).await,
            _ => demo(),
        }
    }
}

/// The organisation in a file.
pub(super) fn file(path: &Path) -> Result<Organisation> {
    json(path)
}

/// What is in a file, as JSON.
pub(super) fn json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let faults = text::faults(text.as_bytes());
    if let Some(first) = faults.first() {
        let (field, code) = (&first.field, first.code.name());
        bail!(
            "{}: {} text(s) that none may be; the first at {field}: {code}",
            path.display(),
            faults.len()
        );
    }
    parse(&text).with_context(|| path.display().to_string())
}

/// The organisation in a database.
pub(super) async fn stored(url: &str) -> Result<Organisation> {
    let store = Store::open_existing(url).await?;
    let loaded = store.load().await?;
    store.close().await;
    Ok(loaded.organisation)
}

/// The organisation in a database, with the content of its uploads.
pub(super) async fn whole(url: &str) -> Result<Organisation> {
    let store = Store::open_existing(url).await?;
    let organisation = store.export().await?;
    store.close().await;
    Ok(organisation)
}

/// The demo organisation.
pub(super) fn demo() -> Result<Organisation> {
    parse(DEMO).context("the demo organisation")
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    // Some editors write a byte-order mark before the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        match error.path().iter().next() {
            Some(Segment::Seq { .. } | Segment::Map { .. }) => {
                anyhow::anyhow!("{}: {}", error.path(), error.inner())
            }
            _ => anyhow::anyhow!("{}", error.inner()),
        }
    })?;
    reader.end()?;
    Ok(read)
}
