//! What somebody may see of live lines, agents and queues.

use crate::http::auth::Scope;
use crate::live::View;
use centrale_core::api::live::Happening;
use centrale_core::id::UserId;
use centrale_core::organisation::CallCenter;
use centrale_core::service::{line_monitoring, privacy};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What somebody may see, by the configuration of one moment. Administrators see who is in their scope; users
/// themselves, the lines that they monitor and that are not hidden from them, the call centers that they work for or
/// supervise, and the agents that they supervise.
#[derive(Clone)]
pub(crate) struct LiveVisibility {
    view: Arc<View>,
    scope: Scope,
    lines: BTreeSet<UserId>,
    agents: BTreeSet<UserId>,
    centers: BTreeSet<UserId>,
}

impl LiveVisibility {
    /// The visibility of a scope.
    pub(crate) fn of(view: Arc<View>, scope: Scope) -> Self {
        let (mut lines, mut agents, mut centers) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        if let Scope::User(own) = scope {
            lines = monitored(&view, own);
            lines.insert(own);
            agents.insert(own);
            for center in view.snapshot.call_centers() {
                agents.extend(supervised(center, own).into_iter().flatten());
                if works_for(center, own) || supervised(center, own).is_some() {
                    centers.insert(center.id);
                }
            }
        }
        Self {
            view,
            scope,
            lines,
            agents,
            centers,
        }
    }

    /// Whether it shows the same users, agents and call centers as another of the same scope.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        let parts = |visibility: &Self| {
            (
                visibility.lines.clone(),
                visibility.agents.clone(),
                visibility.centers.clone(),
            )
        };
        matches!(self.scope, Scope::User(_)) && parts(self) == parts(other)
            || Arc::ptr_eq(&self.view.directory, &other.view.directory)
    }

    /// Whether it shows something.
    pub(crate) fn shows(&self, happening: &Happening) -> bool {
        let (list, about) = match happening {
            Happening::Anew => return true,
            Happening::Line { user, .. } => (&self.lines, *user),
            Happening::Agent { user, .. } => (&self.agents, *user),
            Happening::Queue { center, .. } => (&self.centers, *center),
        };
        self.admits(list, about)
    }

    /// A call center, when it shows that.
    pub(crate) fn center(&self, center: UserId) -> Option<&CallCenter> {
        self.view
            .center(center)
            .filter(|center| self.admits(&self.centers, center.id))
    }

    /// Whether the principal is more to a call center than an agent.
    pub(crate) fn supervises(&self, center: &CallCenter) -> bool {
        match self.scope {
            Scope::User(own) => supervised(center, own).is_some(),
            scope => scope.user(&self.view.directory, center.id).is_ok(),
        }
    }

    /// The agents of a call center that it shows, in their order, with their names. Who administers a call center sees
    /// all of them, wherever they come from.
    pub(crate) fn agents_of<'a>(
        &'a self,
        center: &'a CallCenter,
    ) -> impl Iterator<Item = (UserId, String)> + 'a {
        let all = !matches!(self.scope, Scope::User(_));
        let seen = move |user: &UserId| all || self.agents.contains(user);
        let users = center.agents.iter().map(|agent| agent.user).filter(seen);
        users.filter_map(|user| Some((user, self.view.snapshot.user(user)?.user.name())))
    }

    fn admits(&self, list: &BTreeSet<UserId>, about: UserId) -> bool {
        match self.scope {
            Scope::User(_) => list.contains(&about),
            scope => scope.user(&self.view.directory, about).is_ok(),
        }
    }
}

fn monitored(view: &View, own: UserId) -> BTreeSet<UserId> {
    let watcher = view.snapshot.user(own);
    let users = watcher.map_or(&[][..], line_monitoring::monitored);
    let shown = |user: &UserId| {
        view.snapshot
            .user(*user)
            .is_some_and(|it| privacy::shows_status(it, own))
    };
    users.iter().copied().filter(shown).collect()
}

fn works_for(center: &CallCenter, user: UserId) -> bool {
    center.agents.iter().any(|agent| agent.user == user)
}

/// The agents of a call center that a supervisor of it looks after; `None`: the user is none.
fn supervised(center: &CallCenter, user: UserId) -> Option<Vec<UserId>> {
    let found = center
        .supervisors
        .iter()
        .find(|supervisor| supervisor.user == user)?;
    Some(found.agents.clone())
}
