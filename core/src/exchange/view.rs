//! The state of a line as others see it (busy lamp field, manual § 10.1).

use super::Exchange;
use crate::id::UserId;
use crate::service::privacy;
use crate::snapshot::Snapshot;
use serde::{Deserialize, Serialize};

/// What a lamp shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LineView {
    /// On no call.
    Free,
    /// A phone rings and the user is on no other call.
    Rings,
    /// On a call.
    Busy,
    /// A call is parked at it, and the user is on none.
    Parked,
    /// On no call, and no phone is registered.
    Away,
}

impl Exchange {
    /// What a watcher may see of the line of a user; `None`: nothing (requirement C21).
    pub fn view(&self, config: &Snapshot, watcher: UserId, user: UserId) -> Option<LineView> {
        let shown = config.user(user).is_some_and(|watched| privacy::shows_status(watched, watcher));
        shown.then(|| self.state(user))
    }

    /// What the line of a user is, to those who may see all.
    pub fn state(&self, user: UserId) -> LineView {
        let rings = |call| self.calls.get(&call).is_some_and(|live| live.rings_since(user).is_some());
        let (mut on_call, mut ringing) = (false, false);
        for call in self.calls_of(user) {
            if rings(call) { ringing = true } else { on_call = true }
        }
        let registered = self.lines.get(&user).is_some_and(|line| !line.devices.is_empty());
        match (on_call, ringing, self.parked_at(user).is_some(), registered) {
            (true, ..) => LineView::Busy,
            (false, true, ..) => LineView::Rings,
            (false, false, true, _) => LineView::Parked,
            (false, false, false, true) => LineView::Free,
            (false, false, false, false) => LineView::Away,
        }
    }
}
