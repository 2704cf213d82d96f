//! Backups: everything that there is in one file, sealed by a passphrase, and back again into an empty database of
//! either kind. What is in it is [`crate::store`]'s to say; the form of the file is that of `sealed.rs`.

mod messages;
mod record;
mod sealed;

use crate::secret::{Keyring, SecretError};
use crate::store::{self, Outage, Restoring, Store, Table};
use centrale_core::time::Timestamp;
use messages::{Message, PuttingBack};
use record::{Head, Record, Records};
use sealed::{Opening, Sealing};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a backup was not made or not restored. Nothing was changed.
#[derive(Debug, Error)]
pub enum Error {
    /// The file cannot be written.
    #[error("the backup cannot be written: {0}")]
    Write(io::Error),
    /// The file cannot be read.
    #[error("the backup cannot be read: {0}")]
    Read(io::Error),
    /// The file is something else.
    #[error("the file is no backup of Centrale")]
    NoBackup,
    /// A later version made the file.
    #[error(
        "the backup is of form {0}, which this version of Centrale does not know: use a later one"
    )]
    Form(u16),
    /// The passphrase is another one.
    #[error("the passphrase is not that of the backup")]
    Passphrase,
    /// The file is not as it was written.
    #[error("the backup is damaged, or its end is missing; nothing of it is restored")]
    Damaged,
    /// No key can be made of the passphrase.
    #[error("no key can be made of the passphrase: {0}")]
    Key(argon2::Error),
    /// There are messages where those of the backup belong.
    #[error(
        "there are messages in {0} already: name a folder that is empty, or not there, by --messages"
    )]
    MessagesThere(PathBuf),
    /// Messages cannot be read or written.
    #[error("messages: {path}: {cause}")]
    Messages {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        cause: io::Error,
    },
    /// The keys cannot be put back.
    #[error(transparent)]
    Keys(#[from] SecretError),
    /// The database did not do as asked.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// How much a backup holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// How many tables.
    pub tables: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// Messages that callers left.
    pub messages: u64,
}

/// Where a backup is restored.
#[derive(Clone, Debug)]
pub struct Target {
    /// The URL of the database, in which there is nothing yet.
    pub database: String,
    /// The file of the keys; none: they are not kept, as those of a database in memory.
    pub key_file: Option<PathBuf>,
    /// The folder of messages, in which there is nothing yet.
    pub messages: PathBuf,
}

/// Writes everything into a file, which takes the place of the one that may be there once it is complete.
pub async fn write(
    store: &Store,
    keys: &Keyring,
    messages: &Path,
    file: &Path,
    passphrase: &str,
    now: Timestamp,
) -> Result<Contents, Error> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // Only its owner can read what this makes.
    let beside = tempfile::Builder::new()
        .prefix(".backup-")
        .tempfile_in(folder)
        .map_err(Error::Write)?;
    let mut into = Sealing::begin(BufWriter::new(beside), passphrase)?;
    let mut dump = store.dump().await?;
    let centrale = env!("CARGO_PKG_VERSION").to_owned();
    let head = Head {
        centrale,
        made_at: now.0,
        migrations: dump.migrations().await?,
    };
    Record::Head(head).write(&mut into)?;
    Record::Keys(keys.to_text()).write(&mut into)?;
    let mut contents = Contents::default();
    for table in Store::tables().await? {
        contents.tables += 1;
        Record::Table(table.clone()).write(&mut into)?;
        dump.rows(&table, |row| {
            contents.rows += 1;
            Record::row(row).write(&mut into)
        })
        .await?;
    }
    dump.end().await?;
    messages::each(
        messages,
        |Message {
             mailbox,
             name,
             content,
         }| {
            contents.messages += 1;
            let content = record::text(&content);
            Record::Message {
                mailbox,
                name,
                content,
            }
            .write(&mut into)
        },
    )?;
    Record::End(contents).write(&mut into)?;
    let beside = into
        .end()?
        .into_inner()
        .map_err(|error| Error::Write(error.into_error()))?;
    beside.as_file().sync_all().map_err(Error::Write)?;
    beside
        .persist(file)
        .map_err(|error| Error::Write(error.error))?;
    Ok(contents)
}

/// Reads a whole backup and changes nothing: whether it can be restored with this passphrase, and how much it holds.
pub fn check(file: &Path, passphrase: &str) -> Result<Contents, Error> {
    read_through(&mut records(
        &File::open(file).map_err(Error::Read)?,
        passphrase,
    )?)
}

/// Restores a backup, all of it or nothing.
pub async fn restore(
    file: &Path,
    passphrase: &str,
    target: &Target,
) -> Result<(Store, Contents), Error> {
    let file = File::open(file).map_err(Error::Read)?;
    // A file that is damaged at its end is refused before anything is touched.
    read_through(&mut records(&file, passphrase)?)?;
    let mut at = &file;
    at.rewind().map_err(Error::Read)?;
    let mut records = records(&file, passphrase)?;
    let Some(Record::Head(head)) = records.next()? else {
        return Err(Error::Damaged);
    };
    let Some(Record::Keys(keys)) = records.next()? else {
        return Err(Error::Damaged);
    };
    let mut messages = PuttingBack::begin(&target.messages)?;
    let mut into = Store::restoring(&target.database, &head.migrations).await?;
    let contents = fill(&mut records, &mut into, &mut messages).await?;
    let mut done = Done::default();
    if let Some(path) = &target.key_file
        && Keyring::put_back(path, &keys)?
    {
        done.0.push(path.clone());
    }
    if messages.place()? {
        done.0.push(target.messages.clone());
    }
    into.complete().await?;
    if let Err(error) = into.commit().await {
        // Whether the database has it nobody knows: what belongs to it stays then.
        if error.outage() == Some(Outage::Away) {
            done.0.clear();
        }
        return Err(error.into());
    }
    done.0.clear();
    Ok((Store::open_existing(&target.database).await?, contents))
}

/// What was made outside the database, and is removed again when that cannot be filled.
#[derive(Default)]
struct Done(Vec<PathBuf>);

impl Drop for Done {
    fn drop(&mut self) {
        for path in &self.0 {
            let removed = if path.is_dir() {
                std::fs::remove_dir_all(path)
            } else {
                std::fs::remove_file(path)
            };
            if let Err(error) = removed {
                tracing::warn!(path = %path.display(), %error, "what was restored here cannot be removed again");
            }
        }
    }
}

fn records<'a>(file: &'a File, passphrase: &str) -> Result<Records<BufReader<&'a File>>, Error> {
    Ok(Records::new(Opening::begin(
        BufReader::new(file),
        passphrase,
    )?))
}

async fn fill(
    records: &mut Records<BufReader<&File>>,
    into: &mut Restoring,
    messages: &mut PuttingBack,
) -> Result<Contents, Error> {
    let (mut counted, mut table) = (Contents::default(), None::<Table>);
    while let Some(record) = records.next()? {
        counted.count(&record);
        match record {
            Record::Table(next) => {
                into.table(next.clone()).await?;
                table = Some(next);
            }
            Record::Row(row) => {
                let table = table.as_ref().ok_or(Error::Damaged)?;
                into.row(record::cells(table, row)?).await?;
            }
            Record::Message {
                mailbox,
                name,
                content,
            } => {
                messages.add(&Message {
                    mailbox,
                    name,
                    content: record::bytes(&content)?,
                })?;
            }
            Record::End(_) => {}
            Record::Head(_) | Record::Keys(_) => return Err(Error::Damaged),
        }
    }
    Ok(counted)
}

/// Reads to the end, which says how much there was.
fn read_through(records: &mut Records<BufReader<&File>>) -> Result<Contents, Error> {
    let (mut counted, mut end) = (Contents::default(), None);
    while let Some(record) = records.next()? {
        if end.is_some() {
            return Err(Error::Damaged);
        }
        counted.count(&record);
        if let Record::End(contents) = record {
            end = Some(contents);
        }
    }
    if end == Some(counted) {
        Ok(counted)
    } else {
        Err(Error::Damaged)
    }
}

impl Contents {
    fn count(&mut self, record: &Record) {
        match record {
            Record::Table(_) => self.tables += 1,
            Record::Row(_) => self.rows += 1,
            Record::Message { .. } => self.messages += 1,
            Record::Head(_) | Record::Keys(_) | Record::End(_) => {}
        }
    }
}
