//! Loads the slice of a user, and again with what a preview met at its edge.

use crate::client::call;
use centrale_core::api::routing::{Also, GetSlice, Slice};
use centrale_core::id::UserId;
use centrale_core::snapshot::Unknown;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// How long typing rests before the server is asked again.
const REST: Duration = Duration::from_millis(250);
/// The most that is asked for besides: the server answers no more at once.
const MOST: usize = 2_048;

/// The slice of a user.
#[derive(Clone, Copy)]
pub(crate) struct SliceOf {
    user: UserId,
    /// The slice, when it is there.
    pub(crate) found: RwSignal<Option<Arc<Slice>>>,
    /// It could not be loaded.
    pub(crate) failed: RwSignal<bool>,
    also: StoredValue<BTreeSet<Unknown>>,
}

impl SliceOf {
    /// Begins to load.
    pub(crate) fn load(user: UserId) -> Self {
        let this = Self {
            user,
            found: RwSignal::new(None),
            failed: RwSignal::new(false),
            also: StoredValue::new(BTreeSet::new()),
        };
        this.fetch();
        this
    }

    /// Loads again.
    pub(crate) fn fetch(self) {
        let also = self.also.try_with_value(|also| {
            also.iter()
                .map(Unknown::to_string)
                .collect::<Vec<_>>()
                .join(",")
        });
        // The page may have been left while typing rested.
        let Some(also) = also else { return };
        spawn_local(async move {
            let answer = call::<GetSlice>(self.user, Also { also }).await;
            self.failed.try_set(answer.is_err());
            if let Ok(slice) = answer {
                self.found.try_set(Some(Arc::new(slice)));
            }
        });
    }

    /// What schedules are at moments that were asked for is of no more use, as another moment is looked at.
    pub(crate) fn forget_moments(self) {
        self.also
            .update_value(|also| also.retain(|known| !matches!(known, Unknown::Moment(..))));
    }

    /// Loads again whenever something turns up that was not asked for yet. What the server did not tell when it was asked
    /// for stays unknown.
    pub(crate) fn follow(self, unknown: Signal<Vec<Unknown>>) {
        let pending = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move || {
            let fresh: Vec<Unknown> = unknown.with(|unknown| {
                self.also.with_value(|also| {
                    let room = MOST.saturating_sub(also.len());
                    unknown
                        .iter()
                        .filter(|one| !also.contains(one))
                        .take(room)
                        .cloned()
                        .collect()
                })
            });
            if let Some(handle) = pending.try_update_value(Option::take).flatten() {
                handle.clear();
            }
            if fresh.is_empty() {
                return;
            }
            let ask = move || {
                self.also.try_update_value(|also| also.extend(fresh));
                self.fetch();
            };
            pending.set_value(set_timeout_with_handle(ask, REST).ok());
        });
    }
}
