//! What is wrong with the configuration: looked for in the background when somebody asks, and kept with the version that it
//! was found in. A save does not throw it away: who asks is told it, and that newer ones are being made. It is looked for
//! once for each version and day, as rules whose time is past are told from the next day on.

use super::{Live, View};
use crate::pool::{PoolError, SURVEYS};
use crate::problems::problems_stored;
use centrale_core::api::organisation::Checked;
use centrale_core::check::{check, not_in_findings};
use centrale_core::time::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How long who asks waits for newer findings before they are told older ones. Small organisations take less.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long who asks first waits.
const FIRST: Duration = Duration::from_mins(2);

/// What was found, and on which day.
#[derive(Clone)]
struct Known {
    day: i64,
    checked: Arc<Checked>,
}

/// What is known, and what is going on.
#[derive(Clone, Default)]
struct Looking {
    known: Option<Known>,
    /// It is looked for.
    on: bool,
    /// Why there is nothing newer, when the last time failed.
    failed: Option<PoolError>,
}

/// The findings that are known.
#[derive(Default)]
pub(super) struct Findings(watch::Sender<Looking>);

impl Live {
    /// What is wrong with the organisation, and whether newer findings are being made. The newest that are known: those of
    /// the first time are waited for.
    pub(crate) async fn findings(
        self: &Arc<Self>,
        now: Timestamp,
    ) -> Result<(Arc<Checked>, bool), PoolError> {
        if let Some(checked) = self.newest(now) {
            return Ok((checked, false));
        }
        let mut looking = self.findings.0.subscribe();
        self.look(now);
        let patience = if looking.borrow().known.is_some() {
            PATIENCE
        } else {
            FIRST
        };
        let found = tokio::time::timeout(patience, looking.wait_for(|looking| !looking.on)).await;
        let in_time = found.is_ok();
        drop(found);
        if let Some(checked) = self.newest(now) {
            return Ok((checked, false));
        }
        let Looking { known, on, failed } = looking.borrow().clone();
        match known {
            Some(known) => Ok((known.checked, on || self.look(now))),
            None if in_time => Err(failed.unwrap_or(PoolError::Failed)),
            None => Err(PoolError::TookTooLong),
        }
    }

    /// Begins to look, unless somebody does already. True: it is looked for.
    fn look(self: &Arc<Self>, now: Timestamp) -> bool {
        let begun = self
            .findings
            .0
            .send_if_modified(|looking| !std::mem::replace(&mut looking.on, true));
        if begun {
            let live = self.clone();
            tokio::spawn(async move {
                let view = live.view();
                let found = SURVEYS.run(move || checked(&view, now)).await;
                live.findings.0.send_modify(|looking| {
                    looking.on = false;
                    looking.failed = found.as_ref().err().copied();
                    if let Ok(checked) = found {
                        looking.known = Some(Known {
                            day: day(now),
                            checked: Arc::new(checked),
                        });
                    }
                });
            });
        }
        true
    }

    /// The findings that are known, when they are of the configuration as it is.
    fn newest(&self, now: Timestamp) -> Option<Arc<Checked>> {
        let version = self.view().snapshot.version;
        let known = self.findings.0.borrow().known.clone()?;
        (known.checked.version == version && known.day == day(now)).then_some(known.checked)
    }
}

/// The day of a moment since 1970.
fn day(now: Timestamp) -> i64 {
    const SECONDS: i64 = 86_400;
    now.seconds().div_euclid(SECONDS)
}

fn checked(view: &View, now: Timestamp) -> Checked {
    let organisation = view.directory.organisation();
    let findings = check(&organisation, &view.snapshot, now);
    let problems = not_in_findings(problems_stored(&organisation), &findings);
    Checked {
        version: view.snapshot.version,
        newer: false,
        problems,
        findings,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use std::path::Path;
    use std::sync::mpsc;

    async fn live(folder: &Path) -> Arc<Live> {
        let url = format!("sqlite://{}", folder.join("centrale.db").display());
        Arc::new(Live::load(&Store::open(&url).await.unwrap()).await.unwrap())
    }

    #[tokio::test]
    async fn a_save_does_not_throw_findings_away() {
        let folder = tempfile::tempdir().unwrap();
        let (live, now) = (live(folder.path()).await, Timestamp(1_795_510_800_000));
        let (first, newer) = live.findings(now).await.unwrap();
        assert_eq!((first.version, newer), (0, false));
        // What else goes through the organisation holds up the newer ones.
        let ((begun, begins), (end, ends)) = (mpsc::channel(), mpsc::channel::<()>());
        let other = tokio::spawn(SURVEYS.run(move || {
            begun.send(()).unwrap();
            ends.recv().ok();
        }));
        tokio::task::spawn_blocking(move || begins.recv().unwrap())
            .await
            .unwrap();
        live.change(2, |_, _| {});
        let (found, newer) = live.findings(now).await.unwrap();
        assert!(Arc::ptr_eq(&found, &first) && newer);
        end.send(()).unwrap();
        other.await.unwrap().unwrap();
        loop {
            let (found, newer) = live.findings(now).await.unwrap();
            if !newer {
                assert_eq!(found.version, 2);
                break;
            }
            assert!(Arc::ptr_eq(&found, &first));
        }
        // The next day they are looked for again.
        let (found, _) = live.findings(now.plus_seconds(86_400)).await.unwrap();
        assert_eq!(found.version, 2);
    }
}
