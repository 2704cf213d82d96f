//! Rules that hold whenever others do.

use super::Scope;
use crate::dial::Target;
use crate::number::{Destination, Pattern, Resolved};
use crate::rule::{During, Rule, Who};
use crate::snapshot::CompiledLocation;

/// Whether a rule holds whenever another does, at a place.
pub(super) fn covers(
    scope: &Scope<'_>,
    place: &CompiledLocation,
    wide: &Rule,
    narrow: &Rule,
) -> bool {
    let within = |narrow: Option<During>, wide: Option<During>| match (narrow, wide) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(narrow), Some(wide)) => narrow == wide || scope.within(narrow, wide),
    };
    callers(scope, place, &wide.who, &narrow.who)
        && within(narrow.time, wide.time)
        && within(narrow.holiday, wide.holiday)
}

/// Whether all callers whom a rule means are meant by another.
fn callers(scope: &Scope<'_>, place: &CompiledLocation, wide: &Who, narrow: &Who) -> bool {
    let Who::Listed {
        private,
        unavailable,
        numbers,
    } = narrow
    else {
        return wide == narrow || *wide == Who::Any;
    };
    let reach = |number: &Pattern| {
        let plain = Some(number.to_string()).filter(|_| !number.has_wildcard());
        let to = Destination::parse(&plain?).ok()?;
        Some(crate::dial::reach(scope.snapshot, place, &to))
    };
    match wide {
        Who::Any => true,
        // A colleague may withhold the number too.
        Who::Internal | Who::External if *private || *unavailable || numbers.is_empty() => false,
        Who::Internal => numbers
            .iter()
            .all(|number| reach(number).is_some_and(|to| to.user().is_some())),
        Who::External => numbers
            .iter()
            .all(|number| matches!(reach(number), Some(Target::Outside(_)))),
        Who::Listed {
            private: p,
            unavailable: u,
            numbers: others,
        } => {
            (*p || !private)
                && (*u || !unavailable)
                && numbers
                    .iter()
                    .all(|number| others.iter().any(|other| is_within(place, *other, *number)))
        }
    }
}

/// Whether a pattern means everything that another does.
fn is_within(place: &CompiledLocation, wide: Pattern, narrow: Pattern) -> bool {
    let (outer, inner) = (wide.to_string(), narrow.to_string());
    let begins = outer
        .strip_suffix('*')
        .filter(|begins| !begins.contains(['?', '*', '#']));
    let number = || {
        let plain = Some(&inner).filter(|inner| inner.starts_with('+') && !narrow.has_wildcard());
        match Destination::parse(plain?).ok()?.resolve(place.country) {
            Ok(Resolved::Number(number)) => Some(number),
            _ => None,
        }
    };
    wide == narrow
        || begins.is_some_and(|begins| inner.len() > begins.len() && inner.starts_with(begins))
        || number().is_some_and(|number| wide.matches_number(number, place.country))
}
