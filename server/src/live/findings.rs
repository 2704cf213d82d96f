//! What is wrong with the configuration: looked for when somebody asks, by one at a time, and once for each version.

use super::Live;
use crate::problems;
use crate::store::{Loaded, Result, Store};
use crate::zones;
use centrale_core::api::organisation::Checked;
use centrale_core::check::check;
use centrale_core::snapshot::Snapshot;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The findings that are known.
pub(super) type Findings = Arc<Mutex<Option<Arc<Checked>>>>;

impl Live {
    /// Checks the organisation as it is saved. A large one takes seconds, for which a thread of its own is taken; who
    /// asks meanwhile waits for the same answer.
    pub async fn findings(&self, store: &Store) -> Result<Arc<Checked>> {
        let mut known = self.findings.clone().lock_owned().await;
        let version = self.view().snapshot.version;
        if let Some(checked) = known.as_ref().filter(|checked| checked.version == version) {
            return Ok(checked.clone());
        }
        let loaded = store.load().await?;
        // The lock goes along: the work is done once, also when who asked goes away.
        let work = tokio::task::spawn_blocking(move || {
            let checked = Arc::new(checked(&loaded, version));
            *known = Some(checked.clone());
            checked
        });
        Ok(work.await.map_err(|_| sqlx::Error::WorkerCrashed)?)
    }
}

fn checked(loaded: &Loaded, version: u64) -> Checked {
    let organisation = &loaded.organisation;
    let snapshot = Arc::new(Snapshot::of(organisation, &zones::zone));
    let findings = check(organisation, &snapshot);
    let problems = problems::beside(problems::problems_stored(organisation), &findings);
    Checked { version, problems, findings }
}
