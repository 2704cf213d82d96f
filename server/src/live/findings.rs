//! What is wrong with the configuration: looked for when somebody asks, once for each version.

use super::Live;
use crate::pool::{PoolError, SURVEYS};
use crate::problems;
use crate::store::{Loaded, Result, Store};
use crate::zones;
use arc_swap::ArcSwapOption;
use centrale_core::api::organisation::Checked;
use centrale_core::check::check;
use centrale_core::snapshot::Snapshot;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The findings that are known.
#[derive(Default)]
pub(super) struct Findings {
    known: ArcSwapOption<Checked>,
    /// One at a time looks for them.
    looking: Mutex<()>,
}

impl Live {
    /// Checks the organisation as it is saved, for an account. A large one takes seconds, and the work is done once, also
    /// when who asked goes away; who asks meanwhile gets the same answer.
    pub(crate) async fn findings(
        self: &Arc<Self>,
        store: &Store,
        account: i64,
    ) -> std::result::Result<Result<Arc<Checked>>, PoolError> {
        if let Some(checked) = self.known() {
            return Ok(Ok(checked));
        }
        let (live, store) = (self.clone(), store.clone());
        let look = async move {
            let _turn = live.findings.looking.lock().await;
            if let Some(checked) = live.known() {
                return Ok(checked);
            }
            let version = live.view().snapshot.version;
            let checked = Arc::new(checked(&store.load().await?, version));
            live.findings.known.store(Some(checked.clone()));
            Ok(checked)
        };
        SURVEYS.ask_for(account, look).await
    }

    fn known(&self) -> Option<Arc<Checked>> {
        let version = self.view().snapshot.version;
        self.findings.known.load_full().filter(|checked| checked.version == version)
    }
}

fn checked(loaded: &Loaded, version: u64) -> Checked {
    let organisation = &loaded.organisation;
    let snapshot = Arc::new(Snapshot::of(organisation, &zones::zone));
    let findings = check(organisation, &snapshot);
    let problems = problems::beside(problems::problems_stored(organisation), &findings);
    Checked { version, problems, findings }
}
