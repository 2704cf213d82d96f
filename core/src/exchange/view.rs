//! The state of a line as others see it (busy lamp field, manual § 10.1).

use super::Exchange;
use crate::acd::QueueView;
use crate::id::UserId;
use crate::service::{line_monitoring, privacy};
use crate::snapshot::{Role, Snapshot};
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

/// What the lamp of somebody who monitors a line or a queue shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lamp {
    /// A line.
    Line(LineView),
    /// The queue of a call center.
    Queue(QueueView),
}

/// Whose lamps a user's phone has: whom they monitor, as far as they may.
pub fn monitored(config: &Snapshot, watcher: UserId) -> Vec<UserId> {
    let users = listed(config, watcher).iter().copied();
    users
        .filter(|watched| may_watch(config, watcher, *watched))
        .collect()
}

/// Whom a user wants to monitor, whether or not they may.
pub fn listed(config: &Snapshot, watcher: UserId) -> &[UserId] {
    config
        .user(watcher)
        .map_or(&[], |watcher| line_monitoring::monitored(watcher))
}

/// A queue is watched by its agents and supervisors, a line by whomever its privacy lets.
fn may_watch(config: &Snapshot, watcher: UserId, watched: UserId) -> bool {
    config
        .user(watched)
        .is_some_and(|subscriber| match &subscriber.role {
            Role::CallCenter(center) => center.has(watcher),
            _ => privacy::shows_status(subscriber, watcher),
        })
}

impl Exchange {
    /// What a lamp shows of somebody who may be watched.
    pub fn lamp(&self, config: &Snapshot, watched: UserId) -> Lamp {
        match config.user(watched).map(|subscriber| &subscriber.role) {
            Some(Role::CallCenter(center)) => Lamp::Queue(self.acd.view(center.id)),
            _ => Lamp::Line(self.state(watched)),
        }
    }

    /// What a watcher may see of the line of a user; `None`: nothing (requirement C21).
    pub fn view(&self, config: &Snapshot, watcher: UserId, user: UserId) -> Option<LineView> {
        let shown = config
            .user(user)
            .is_some_and(|watched| privacy::shows_status(watched, watcher));
        shown.then(|| self.state(user))
    }

    /// What the line of a user is, to those who may see all.
    pub fn state(&self, user: UserId) -> LineView {
        let rings = |call| {
            self.calls
                .get(&call)
                .is_some_and(|live| live.rings_since(user).is_some())
        };
        let (mut on_call, mut ringing) = (false, false);
        for call in self.calls_of(user) {
            if rings(call) {
                ringing = true;
            } else {
                on_call = true;
            }
        }
        let line = self.lines.get(&user);
        let registered = line.is_some_and(|line| !line.devices.is_empty());
        ringing |= line.is_some_and(|line| line.called_back);
        match (on_call, ringing, self.parked_at(user).is_some(), registered) {
            (true, ..) => LineView::Busy,
            (false, true, ..) => LineView::Rings,
            (false, false, true, _) => LineView::Parked,
            (false, false, false, true) => LineView::Free,
            (false, false, false, false) => LineView::Away,
        }
    }
}
