//! Callers by whom something is tried: one of each kind, and those whom rules mean.

use super::Scope;
use crate::caller::Caller;
use crate::dial::Target;
use crate::id::UserId;
use crate::number::{Destination, E164, Pattern};
use crate::rule::{Circumstances, Who};
use crate::snapshot::{CompiledLocation, Subscriber};
use crate::trace::Party;
use std::collections::BTreeMap;

/// How many people are looked at for one whom a pattern means.
const LOOKED_AT: usize = 2_000;
/// How many callers are tried for one pattern.
const OF_A_PATTERN: usize = 2;
/// A number outside that nobody lists.
const STRANGER: &str = "+31201234567";

/// People by what they show: numbers in full, and extensions.
#[derive(Default)]
pub(super) struct Shows(BTreeMap<String, UserId>);

impl Shows {
    pub(super) fn new(scope: &Scope<'_>) -> Self {
        let of = |s: &Subscriber| {
            let number = s.user.number.map(|number| number.to_string());
            let extension = s.user.extension.map(|extension| extension.to_string());
            number
                .into_iter()
                .chain(extension)
                .map(move |text| (text, s.user.id))
                .collect::<Vec<_>>()
        };
        let people = scope
            .snapshot
            .users()
            .filter(|s| s.role.identity().is_none());
        Self(people.flat_map(of).collect())
    }

    fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = UserId> + 'a {
        let from = self.0.range(text.to_owned()..);
        from.take_while(move |(shown, _)| shown.starts_with(text))
            .map(|(_, user)| *user)
            .take(LOOKED_AT)
    }
}

/// A user as a caller.
pub(super) fn internal(s: &Subscriber) -> Caller {
    Caller {
        number: s.user.number,
        extension: s.user.extension,
        user: Some(s.user.id),
        withheld: false,
    }
}

/// Callers of each kind. A colleague who is called too is the last resort.
pub(super) fn of_each_kind(scope: &Scope<'_>, parties: &[UserId]) -> Vec<Caller> {
    let persons = || {
        scope
            .snapshot
            .users()
            .filter(|s| s.role.identity().is_none())
    };
    let colleague = persons()
        .find(|s| !parties.contains(&s.user.id))
        .or_else(|| persons().last());
    let outside = STRANGER.parse().ok().map(Caller::external);
    let others = [Caller::withheld(), Caller::unavailable()];
    outside
        .into_iter()
        .chain(others)
        .chain(colleague.map(internal))
        .collect()
}

/// Callers whom a rule means, at a place; empty: nobody who can call, as far as can be told.
pub(super) fn meant(
    scope: &Scope<'_>,
    place: &CompiledLocation,
    who: &Who,
    parties: &[UserId],
) -> Vec<Caller> {
    let mut found: Vec<Caller> = Vec::new();
    let Who::Listed {
        private,
        unavailable,
        numbers,
    } = who
    else {
        found.extend(of_each_kind(scope, parties));
        found.retain(|caller| covers(scope, place, who, caller));
        return found;
    };
    found.extend(private.then(Caller::withheld));
    found.extend(unavailable.then(Caller::unavailable));
    found.extend(
        numbers
            .iter()
            .flat_map(|pattern| matching(scope, place, *pattern)),
    );
    found.retain(|caller| covers(scope, place, who, caller));
    found
}

/// Whether a caller is among those whom a rule means, at a place.
pub(super) fn covers(
    scope: &Scope<'_>,
    place: &CompiledLocation,
    who: &Who,
    caller: &Caller,
) -> bool {
    let snapshot = scope.snapshot.as_ref();
    who.covers(&Circumstances::new(
        scope.week,
        &place.zone,
        place.country,
        caller,
        snapshot,
    ))
}

/// Callers who show what a pattern means.
pub(super) fn matching(
    scope: &Scope<'_>,
    place: &CompiledLocation,
    pattern: Pattern,
) -> Vec<Caller> {
    let who = Who::Listed {
        private: false,
        unavailable: false,
        numbers: vec![pattern],
    };
    let is_meant = |caller: &Caller| covers(scope, place, &who, caller);
    let text = pattern.to_string();
    let mut found: Vec<Caller> = Vec::new();
    // Nobody shows a code.
    if text.starts_with(['*', '#']) {
        return found;
    }
    let fixed = fixed(&text);
    for begins in [fixed.to_owned(), abroad(place, fixed)] {
        let own = scope
            .shows()
            .beginning(&begins)
            .filter_map(|user| scope.snapshot.user(user))
            .map(internal);
        found.extend(own.filter(is_meant).take(OF_A_PATTERN));
    }
    let outside =
        spelled(&text)
            .into_iter()
            .filter_map(|text| match caller(scope, place, &text)? {
                Party::Outside(number) => Some(Caller::external(number)),
                Party::User(user) => scope.snapshot.user(user).map(internal),
                Party::Emergency => None,
            });
    found.extend(outside.filter(is_meant).take(OF_A_PATTERN));
    found.dedup();
    found
}

/// Whether it is sure of a pattern that no caller shows what it means.
pub(super) fn is_nobodys(scope: &Scope<'_>, place: &CompiledLocation, pattern: Pattern) -> bool {
    // Where a wildcard may stand for the country, which has three digits at most, not all can be tried.
    let text = pattern.to_string();
    let decided = !pattern.has_wildcard() || fixed(&text).trim_start_matches('+').len() >= 3;
    decided && matching(scope, place, pattern).is_empty()
}

/// Who calls with a number.
fn caller(scope: &Scope<'_>, place: &CompiledLocation, text: &str) -> Option<Party> {
    match crate::dial::reach(scope.snapshot, place, &Destination::parse(text).ok()?) {
        Target::Outside(number) => Some(Party::Outside(number)),
        target => target.user().map(Party::User),
    }
}

/// What stands before the first wildcard.
fn fixed(text: &str) -> &str {
    text.split(['?', '*']).next().unwrap_or("")
}

/// A national number as the network writes it.
fn abroad(place: &CompiledLocation, fixed: &str) -> String {
    let plan = place.country.plan();
    let national = plan
        .trunk
        .and_then(|trunk| fixed.strip_prefix(char::from(b'0' + trunk)));
    match national.or(plan.trunk_optional.then_some(fixed)) {
        Some(national) if !fixed.starts_with('+') => {
            format!("+{}{national}", place.country.calling_code())
        }
        _ => fixed.to_owned(),
    }
}

/// Numbers that a pattern may stand for: each wildcard is the same digit, and a `*` stands for as many as there can be.
fn spelled(text: &str) -> Vec<String> {
    let (plain, star) = text
        .strip_suffix('*')
        .map_or((text, false), |plain| (plain, true));
    let longest = E164::MAX_DIGITS as usize + 1;
    let mut found = Vec::new();
    for digit in ["1", "2", "5", "8", "0", "3", "4", "6", "7", "9"] {
        let filled = plain.replace('?', digit);
        if !star {
            found.push(filled);
            continue;
        }
        let rest = 1..=longest.saturating_sub(filled.len()).max(1);
        found.extend(
            rest.rev()
                .map(|rest| format!("{filled}{}", digit.repeat(rest))),
        );
    }
    found.dedup();
    found
}
