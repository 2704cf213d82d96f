//! What is wrong with the configuration: looked for when somebody asks, once for each version
//! and day: rules whose time is past are told from the next day on.

use super::Live;
use crate::pool::{PoolError, SURVEYS};
use crate::problems;
use crate::store::{Loaded, Result, Store};
use crate::zones;
use arc_swap::ArcSwapOption;
use centrale_core::api::organisation::Checked;
use centrale_core::check::check;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What was found, and on which day.
struct Known {
    day: i64,
    checked: Arc<Checked>,
}

/// The findings that are known.
#[derive(Default)]
pub(super) struct Findings {
    known: ArcSwapOption<Known>,
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
        now: Timestamp,
    ) -> std::result::Result<Result<Arc<Checked>>, PoolError> {
        if let Some(checked) = self.known(now) {
            return Ok(Ok(checked));
        }
        let (live, store) = (self.clone(), store.clone());
        let look = async move {
            let _turn = live.findings.looking.lock().await;
            if let Some(checked) = live.known(now) {
                return Ok(checked);
            }
            let version = live.view().snapshot.version;
            let checked = Arc::new(checked(&store.load().await?, version, now));
            live.findings.known.store(Some(Arc::new(Known { day: day(now), checked: checked.clone() })));
            Ok(checked)
        };
        SURVEYS.ask_for(account, look).await
    }

    fn known(&self, now: Timestamp) -> Option<Arc<Checked>> {
        let version = self.view().snapshot.version;
        let known = self.findings.known.load_full()?;
        (known.checked.version == version && known.day == day(now)).then(|| known.checked.clone())
    }
}

/// The day of a moment since 1970.
fn day(now: Timestamp) -> i64 {
    const SECONDS: i64 = 86_400;
    now.seconds().div_euclid(SECONDS)
}

fn checked(loaded: &Loaded, version: u64, now: Timestamp) -> Checked {
    let organisation = &loaded.organisation;
    let snapshot = Arc::new(Snapshot::of(organisation, &zones::zone));
    let findings = check(organisation, &snapshot, now);
    let problems = problems::beside(problems::problems_stored(organisation), &findings);
    Checked { version, problems, findings }
}
