//! Proofs over a whole organisation (requirement J4): what can never work as it is set, each with where it stands and the
//! call that shows it, tried before it is told. Ranges and forms of single fields are checked when they are saved.

mod assigned;
mod callers;
mod centers;
mod cycles;
mod evidence;
mod evidence_found;
mod evidence_text;
mod finding;
mod finding_text;
mod groups;
mod hours;
mod loops;
mod masked;
mod menus;
mod moments;
mod names;
mod neighbours;
mod nested;
mod numbers;
mod probe;
mod problem;
mod problems;
mod reached;
mod routes;
mod rules;
mod sounds;
mod wider;
mod witness;

pub use centers::CenterWay;
pub use evidence::{Evidence, Reading};
pub use finding::{Finding, Kind, Never, Severity, Shut};
pub use neighbours::Neighbours;
pub use nested::with_group_calls;
pub use problem::{Fault, Problem};
pub use problems::{is_problem, not_in_findings, problems};
pub use witness::{NoCall, Witness, WitnessCall};

use crate::id::{LocationId, ScheduleId, UserId};
use crate::number::Destination;
use crate::organisation::Organisation;
use crate::rule::{During, Rule};
use crate::snapshot::CompiledLocation;
use crate::snapshot::Snapshot;
use crate::time::Timestamp;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that is wrong, errors first, then by place in the file. `snapshot` is compiled from `organisation`. Calls are
/// tried in the week after `now`, and what was before it does not come back.
pub fn check(
    organisation: &Organisation,
    snapshot: &Arc<Snapshot>,
    now: Timestamp,
) -> Vec<Finding> {
    let scope = Scope::new(organisation, snapshot, now);
    let mut found = Vec::new();
    loops::check(&scope, &mut found);
    rules::check(&scope, &mut found);
    masked::check(&scope, &mut found);
    menus::check(&scope, &mut found);
    numbers::check(&scope, &mut found);
    groups::check(&scope, &mut found);
    hours::check(&scope, &mut found);
    names::check(&scope, &mut found);
    reached::check(&scope, &mut found);
    assigned::check(&scope, &mut found);
    sounds::check(&scope, &mut found);
    let owners: BTreeMap<&str, UserId> = scope
        .paths
        .iter()
        .map(|(user, path)| (&**path, *user))
        .collect();
    for finding in &mut found {
        finding.of = finding
            .at
            .split('.')
            .next()
            .and_then(|first| owners.get(first))
            .copied();
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
    /// The moment of the check.
    now: Timestamp,
    /// Monday 00:00 UTC, not before the moment of the check: the week in which calls are tried.
    week: Timestamp,
    /// Calls that may still be tried.
    tries: Cell<usize>,
    /// People by what they show, made when a pattern asks for it.
    shows: OnceCell<callers::Shows>,
    /// Which schedules hold whenever others do.
    within: RefCell<BTreeMap<[(ScheduleId, bool); 2], bool>>,
    /// When rules hold first, by what they ask of schedules, and where.
    meets: RefCell<BTreeMap<Asked, Option<Timestamp>>>,
}

/// What a rule asks of its two schedules at a location.
type Asked = (LocationId, [Option<(ScheduleId, bool)>; 2]);

impl<'a> Scope<'a> {
    fn new(organisation: &'a Organisation, snapshot: &'a Arc<Snapshot>, now: Timestamp) -> Self {
        Self {
            organisation,
            snapshot,
            paths: paths(organisation).collect(),
            now,
            week: monday(now),
            tries: Cell::new(probe::TRIES),
            shows: OnceCell::new(),
            within: RefCell::default(),
            meets: RefCell::default(),
        }
    }

    fn path(&self, user: UserId) -> &str {
        self.paths.get(&user).map_or("", String::as_str)
    }

    fn shows(&self) -> &callers::Shows {
        self.shows.get_or_init(|| callers::Shows::new(self))
    }

    /// Ten o'clock of the first day, when most are at work.
    fn ten(&self) -> Timestamp {
        self.week.plus_seconds(10 * 3600)
    }

    /// The first moment, not before that of the check, at which the schedules are as a rule asks. None: they never are
    /// again, or one is not there.
    fn meets(&self, rule: &Rule, place: &'a CompiledLocation) -> Option<Timestamp> {
        let asks = |during: Option<During>| during.map(|during| (during.schedule, during.outside));
        let key = (place.id, [asks(rule.time), asks(rule.holiday)]);
        if let Some(known) = self.meets.borrow().get(&key) {
            return *known;
        }
        let at =
            moments::asked(self, rule, place).and_then(|wanted| moments::meet(self.now, &wanted));
        self.meets.borrow_mut().insert(key, at);
        at
    }

    /// The moment at which a call that a rule is about is tried: ten o'clock when it holds then, else as soon as it does.
    fn opens(&self, rule: &Rule, place: &'a CompiledLocation) -> Option<Timestamp> {
        let wanted = moments::asked(self, rule, place)?;
        let holds = moments::meet(self.ten(), &wanted) == Some(self.ten());
        if holds {
            Some(self.ten())
        } else {
            self.meets(rule, place)
        }
    }

    /// Whether a schedule is as wanted whenever another is.
    fn within(&self, narrow: During, wide: During) -> bool {
        let key = [narrow, wide].map(|during| (during.schedule, during.outside));
        if let Some(known) = self.within.borrow().get(&key) {
            return *known;
        }
        let within = moments::within(self, narrow, wide);
        self.within.borrow_mut().insert(key, within);
        within
    }

    /// What a destination of a user reaches.
    fn target(&self, from: UserId, to: &Destination) -> crate::dial::Target {
        let place = self.snapshot.user(from).map(|s| &s.place);
        place.map_or(crate::dial::Target::NotInUse, |place| {
            crate::dial::reach(self.snapshot, place, to)
        })
    }
}

/// Where each user and virtual user stands in the file.
fn paths(o: &Organisation) -> impl Iterator<Item = (UserId, String)> + '_ {
    let listed = |list: &'static str, at: usize, id: UserId| (id, format!("{list}[{at}]"));
    let users = o
        .users
        .iter()
        .enumerate()
        .map(move |(at, user)| listed("users", at, user.id));
    let hunts = o
        .hunt_groups
        .iter()
        .enumerate()
        .map(move |(at, group)| listed("hunt_groups", at, group.id));
    let calls = o
        .group_calls
        .iter()
        .enumerate()
        .map(move |(at, group)| listed("group_calls", at, group.id));
    let menus = o.auto_attendants.iter().enumerate();
    let menus = menus.map(move |(at, attendant)| listed("auto_attendants", at, attendant.id));
    let centers = o.call_centers.iter().enumerate();
    let centers = centers.map(move |(at, center)| listed("call_centers", at, center.id));
    users.chain(hunts).chain(calls).chain(menus).chain(centers)
}

/// The first Monday 00:00 UTC that is not before a moment. 1970-01-05 was one.
fn monday(now: Timestamp) -> Timestamp {
    const WEEK: i64 = 7 * 86_400;
    const FIRST: i64 = 4 * 86_400;
    let weeks = (now.seconds() - FIRST + WEEK - 1).div_euclid(WEEK);
    Timestamp::from_seconds(FIRST + weeks * WEEK)
}
