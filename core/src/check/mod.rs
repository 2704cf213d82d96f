//! Proofs over a whole organisation (requirement J4): what can never work as it is set, each with where it stands and the
//! call that shows it, tried before it is told. Ranges and forms of single fields are checked when they are saved.

mod finding;
mod groups;
mod hours;
mod loops;
mod masked;
mod menus;
mod names;
mod numbers;
mod probe;
mod problem;
mod routes;
mod rules;
mod shown;
mod sounds;
mod witness;

pub use finding::{Finding, Kind, Never, Severity, Shut};
pub use problem::{Fault, Problem};
pub use shown::{Reading, Shown};
pub use witness::{NoCall, Witness, WitnessCall};

use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::Organisation;
use crate::snapshot::Snapshot;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that is wrong, errors first, then by place in the file. `snapshot` is compiled from `organisation`.
pub fn check(organisation: &Organisation, snapshot: &Arc<Snapshot>) -> Vec<Finding> {
    let scope = Scope::new(organisation, snapshot);
    let mut found = Vec::new();
    loops::check(&scope, &mut found);
    rules::check(&scope, &mut found);
    masked::check(&scope, &mut found);
    menus::check(&scope, &mut found);
    numbers::check(&scope, &mut found);
    groups::check(&scope, &mut found);
    hours::check(&scope, &mut found);
    names::check(&scope, &mut found);
    sounds::check(&scope, &mut found);
    let owners: BTreeMap<&str, UserId> = scope.paths.iter().map(|(user, path)| (&**path, *user)).collect();
    for finding in &mut found {
        finding.of = finding.at.split('.').next().and_then(|first| owners.get(first)).copied();
    }
    found.sort_by(|a, b| (b.severity, &a.at).cmp(&(a.severity, &b.at)));
    found
}

/// What the checks look at.
struct Scope<'a> {
    organisation: &'a Organisation,
    snapshot: &'a Arc<Snapshot>,
    /// Where each user and virtual user stands in the file.
    paths: BTreeMap<UserId, String>,
    /// Calls that may still be tried.
    tries: Cell<usize>,
}

impl<'a> Scope<'a> {
    fn new(organisation: &'a Organisation, snapshot: &'a Arc<Snapshot>) -> Self {
        let o = organisation;
        let mut paths = BTreeMap::new();
        let mut add = |list: &str, ids: &mut dyn Iterator<Item = UserId>| {
            paths.extend(ids.enumerate().map(|(at, id)| (id, format!("{list}[{at}]"))));
        };
        add("users", &mut o.users.iter().map(|user| user.id));
        add("hunt_groups", &mut o.hunt_groups.iter().map(|group| group.id));
        add("group_calls", &mut o.group_calls.iter().map(|group| group.id));
        add("auto_attendants", &mut o.auto_attendants.iter().map(|attendant| attendant.id));
        add("call_centers", &mut o.call_centers.iter().map(|center| center.id));
        Self { organisation, snapshot, paths, tries: Cell::new(probe::TRIES) }
    }

    fn path(&self, user: UserId) -> &str {
        self.paths.get(&user).map_or("", String::as_str)
    }

    /// What a destination of a user reaches.
    fn target(&self, from: UserId, to: &Destination) -> crate::dial::Target {
        let place = self.snapshot.user(from).map(|s| &s.place);
        place.map_or(crate::dial::Target::NotInUse, |place| crate::dial::reach(self.snapshot, place, to))
    }
}
