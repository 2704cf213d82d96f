//! `centrale check-log`: whether the log of changes is as it was written.

use super::say;
use super::source::Database;
use anyhow::{Result, bail};
use centrale_core::api::security::{EventFault, LastEvent};
use clap::Args;

/// Tells whether the log of changes is as it was written: a line that was changed, moved or removed shows; ends with 1 then.
/// Keep what it says of the last line where nobody who can write into the database can, and give it as `--seen` later.
#[derive(Args)]
pub(super) struct CheckLog {
    /// The last line as it was told before, which must be there still: ID:HASH
    #[arg(long, value_name = "ID:HASH", value_parser = seen)]
    seen: Option<LastEvent>,
    #[command(flatten)]
    database: Database,
}

fn seen(text: &str) -> Result<LastEvent, &'static str> {
    let none = "write it as it was told, ID:HASH";
    let (id, hash) = text.split_once(':').ok_or(none)?;
    Ok(LastEvent {
        id: id.parse().map_err(|_| none)?,
        hash: hash.to_owned(),
    })
}

impl CheckLog {
    pub(super) async fn run(self) -> Result<()> {
        let store = self.database.open_existing().await?;
        let log = store.check_events(self.seen.as_ref()).await?;
        store.close().await;
        for fault in &log.faults {
            say(match fault {
                EventFault::DoesNotFollow { id, after: 0 } => {
                    format!("line {id} was changed, or lines before it were removed or moved")
                }
                EventFault::DoesNotFollow { id, after } => {
                    format!(
                        "line {id} was changed, or lines between {after} and {id} were removed or moved"
                    )
                }
                EventFault::EndMissing { after } => {
                    format!("lines after {after} were removed, or it was added")
                }
                EventFault::SeenMissing { id } => {
                    format!("line {id} is not there as it was told before")
                }
            });
        }
        let LastEvent { id, hash } = &log.last;
        if !log.faults.is_empty() {
            bail!("the log of {} lines is not as it was written", log.events);
        }
        say(format_args!(
            "{} lines, as they were written; the last is {id}:{hash}",
            log.events
        ));
        Ok(())
    }
}
