//! Numbers, extensions and prefixes that two have, and all that overlaps when it is dialled.

use super::callers::internal;
use super::evidence_found::first_reached;
use super::probe::Probe;
use super::{Evidence, Finding, Kind, NoCall, Reading, Scope, Witness};
use crate::dial::{self, Overlap, Target, extensions, overlaps, prefixed};
use crate::feature::{Codes, Feature};
use crate::id::{LocationId, UserId};
use crate::number::{E164, Extension};
use crate::organisation::Organisation;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Where a number or an extension stands that another has already, and where that is.
pub(super) fn twice(organisation: &Organisation) -> Vec<(String, String)> {
    let mut found = Vec::new();
    repeated(organisation, &mut |_, _, at, first| found.push((at, first)));
    found
}

/// What two have.
enum Same {
    Number(E164),
    Extension(Extension),
}

fn repeated(organisation: &Organisation, each: &mut dyn FnMut(LocationId, Same, String, String)) {
    let (mut numbers, mut extensions) = (BTreeMap::new(), BTreeMap::new());
    let paths: BTreeMap<UserId, String> = super::paths(organisation).collect();
    for (user, _) in crate::snapshot::people(organisation) {
        let path = paths.get(&user.id).map_or("", String::as_str);
        let own = [(user.number, user.extension, String::new())].into_iter();
        let further = user.alternates.iter().enumerate();
        let further = further.map(|(at, a)| (a.number, a.extension, format!(".alternates[{at}]")));
        for (number, extension, place) in own.chain(further) {
            if let Some(number) = number {
                let at = format!("{path}{place}.number");
                match numbers.entry(number) {
                    Entry::Vacant(free) => drop(free.insert(at)),
                    Entry::Occupied(taken) => {
                        each(user.location, Same::Number(number), at, taken.get().clone());
                    }
                }
            }
            if let Some(extension) = extension {
                let at = format!("{path}{place}.extension");
                match extensions.entry((user.location, extension)) {
                    Entry::Vacant(free) => drop(free.insert(at)),
                    Entry::Occupied(taken) => {
                        each(
                            user.location,
                            Same::Extension(extension),
                            at,
                            taken.get().clone(),
                        );
                    }
                }
            }
        }
    }
}

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    repeated(scope.organisation, &mut |location, same, at, first| {
        let (digits, kind) = match same {
            Same::Number(number) => (number.to_string(), Kind::SameNumber { number, first }),
            Same::Extension(extension) => (
                extension.to_string(),
                Kind::SameExtension { extension, first },
            ),
        };
        found.push(Finding::new(at, kind, reached(scope, digits, location)));
    });
    prefixes(scope, found);
    beginnings(scope, found);
    let codes = scope.snapshot.codes();
    for overlap in overlaps(scope.snapshot) {
        let standard = |feature: Feature| codes.code(feature) == feature.standard();
        let at = match &overlap {
            // The codes as they come overlap too; the inter-digit time tells them apart.
            Overlap::CodeBegins { shorter, longer } if standard(*shorter) && standard(*longer) => {
                continue;
            }
            Overlap::SameCode { .. } | Overlap::CodeBegins { .. } | Overlap::Code { .. } => {
                "enterprise.codes".into()
            }
            Overlap::SpeedDial { user, .. } => format!("{}.services.speed-dial", scope.path(*user)),
            Overlap::Extension { user, .. } | Overlap::PrefixedExtension { user, .. } => {
                format!("{}.extension", scope.path(*user))
            }
            Overlap::Prefix { prefixed, .. } => {
                let place = scope
                    .organisation
                    .locations
                    .iter()
                    .position(|l| l.id == *prefixed);
                format!("locations[{}].prefix", place.unwrap_or_default())
            }
        };
        let witness = read(scope, codes, &overlap);
        found.push(Finding::new(at, Kind::Overlap(overlap), witness));
    }
}

/// The call that reaches one of two who have the same.
fn reached(scope: &Scope<'_>, digits: String, at: LocationId) -> Witness {
    scope.witness(&Probe::digits(scope, digits, at), |story| {
        first_reached(story).map(|user| Evidence::Reaches { user })
    })
}

/// The digits that may be read in two ways, and how they are read.
fn read(scope: &Scope<'_>, codes: Codes<'_>, overlap: &Overlap) -> Witness {
    let place = |user: &UserId| scope.snapshot.user(*user).map(|s| s.place.id);
    // Codes are the same everywhere.
    let anywhere = scope
        .snapshot
        .users()
        .find(|s| s.role.identity().is_none())
        .map(|s| s.place.id);
    let code = |feature: Feature| {
        codes
            .code(feature)
            .map(|code| code.to_string())
            .unwrap_or_default()
    };
    let (digits, at, read, not) = match overlap {
        Overlap::SameCode {
            code,
            feature,
            hidden,
        } => {
            let (read, not) = (
                Reading::Code { feature: *feature },
                Reading::Code { feature: *hidden },
            );
            (code.to_string(), anywhere, read, not)
        }
        Overlap::CodeBegins { shorter, longer } => {
            let (read, not) = (
                Reading::Code { feature: *longer },
                Reading::Code { feature: *shorter },
            );
            (code(*longer), anywhere, read, not)
        }
        Overlap::SpeedDial {
            user,
            digits,
            hidden,
        } => return speed_dial(scope, *user, digits, *hidden),
        Overlap::Extension {
            location,
            user,
            extension,
            emergency,
        } => {
            let not = Reading::Extension {
                extension: *extension,
                user: *user,
            };
            (emergency.clone(), Some(*location), Reading::Emergency, not)
        }
        Overlap::Prefix {
            location,
            prefixed,
            emergency,
        } => {
            let not = Reading::Prefix {
                location: *prefixed,
                user: None,
            };
            (emergency.clone(), Some(*location), Reading::Emergency, not)
        }
        Overlap::Code {
            location,
            feature,
            emergency,
        } => {
            let not = Reading::Code { feature: *feature };
            (emergency.clone(), Some(*location), Reading::Emergency, not)
        }
        Overlap::PrefixedExtension { user, hidden } => {
            let own = scope
                .snapshot
                .user(*user)
                .into_iter()
                .flat_map(extensions)
                .find(|extension| {
                    prefixed(scope.snapshot, &extension.to_string()).and_then(Target::user)
                        == Some(*hidden)
                });
            let (Some(extension), Some(location)) = (own, place(hidden)) else {
                return Witness::Settings {
                    because: NoCall::NotFound,
                };
            };
            let not = Reading::Prefix {
                location,
                user: Some(*hidden),
            };
            (
                extension.to_string(),
                place(user),
                Reading::Extension {
                    extension,
                    user: *user,
                },
                not,
            )
        }
    };
    let Some(at) = at else {
        return Witness::Settings {
            because: NoCall::NotFound,
        };
    };
    let shown = Evidence::Reads { read, not };
    scope.witness(&Probe::digits(scope, digits, at), |story| {
        shown.holds(story).then(|| shown.clone())
    })
}

fn speed_dial(scope: &Scope<'_>, user: UserId, digits: &str, hidden: Feature) -> Witness {
    let Some(s) = scope.snapshot.user(user) else {
        return Witness::Settings {
            because: NoCall::NotFound,
        };
    };
    let dialled = format!("{}{digits}", s.place.site.speed_dial_prefix);
    let Some(number) = dial::speed_dial(&s.place, s, &dialled) else {
        return Witness::Settings {
            because: NoCall::NotFound,
        };
    };
    let (read, not) = (
        Reading::SpeedDial { number: *number },
        Reading::Code { feature: hidden },
    );
    let shown = Evidence::Reads { read, not };
    let probe = Probe {
        callers: vec![internal(s)],
        ..Probe::digits(scope, dialled, s.place.id)
    };
    scope.witness(&probe, |story| shown.holds(story).then(|| shown.clone()))
}

/// The digits of an extension behind one of two prefixes that begin alike.
fn behind(scope: &Scope<'_>, one: LocationId, other: LocationId) -> Witness {
    let there = scope
        .snapshot
        .users()
        .filter(|s| [one, other].contains(&s.place.id));
    let dialled = there.flat_map(|s| extensions(s).map(|e| format!("{}{e}", s.place.prefix)));
    for digits in dialled {
        let Some(s) = prefixed(scope.snapshot, &digits)
            .and_then(|target| scope.snapshot.user(target.user()?))
            .filter(|s| [one, other].contains(&s.place.id))
        else {
            continue;
        };
        let rest = if s.place.id == one { other } else { one };
        let read = Reading::Prefix {
            location: s.place.id,
            user: Some(s.user.id),
        };
        let shown = Evidence::Reads {
            read,
            not: Reading::Prefix {
                location: rest,
                user: None,
            },
        };
        // From a third place, where the digits are nobody's extension.
        let places = scope.snapshot.places().map(|place| place.id);
        for at in places
            .filter(|at| ![one, other].contains(at))
            .chain([rest, s.place.id])
        {
            let probe = Probe::digits(scope, digits.clone(), at);
            let witness = scope.witness(&probe, |story| shown.holds(story).then(|| shown.clone()));
            if witness.call().is_some() {
                return witness;
            }
        }
    }
    Witness::Settings {
        because: NoCall::NotFound,
    }
}

/// Extensions with which others at the location begin: key by key the shorter one is reached before the longer.
fn beginnings(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let all = scope
        .snapshot
        .users()
        .flat_map(|s| extensions(s).map(|e| (s.place.id, e.to_string(), e, s.user.id)));
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    for pair in all.windows(2) {
        let [(location, short, shorter, user), (other, long, longer, of)] = pair else {
            continue;
        };
        if location != other || short == long || !long.starts_with(short.as_str()) {
            continue;
        }
        let (shorter, longer) = (*shorter, *longer);
        let read = Reading::Extension {
            extension: longer,
            user: *of,
        };
        let not = Reading::Extension {
            extension: shorter,
            user: *user,
        };
        let shown = Evidence::Reads { read, not };
        let probe = Probe::digits(scope, long.clone(), *location);
        let witness = scope.witness(&probe, |story| shown.holds(story).then(|| shown.clone()));
        let at = format!("{}.extension", scope.path(*user));
        found.push(Finding::new(
            at,
            Kind::ExtensionBegins {
                shorter,
                longer,
                of: *of,
            },
            witness,
        ));
    }
}

fn prefixes(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let mut sorted: Vec<(&str, usize)> = scope
        .organisation
        .locations
        .iter()
        .enumerate()
        .map(|(at, l)| (l.prefix.as_str(), at))
        .collect();
    sorted.retain(|(prefix, _)| !prefix.is_empty());
    sorted.sort_unstable();
    for pair in sorted.windows(2) {
        if pair[1].0.starts_with(pair[0].0) {
            let first = format!("locations[{}].prefix", pair[0].1);
            let at = format!("locations[{}].prefix", pair[1].1);
            let [one, other] = [pair[0].1, pair[1].1].map(|at| scope.organisation.locations[at].id);
            found.push(Finding::new(
                at,
                Kind::SamePrefix { first },
                behind(scope, one, other),
            ));
        }
    }
}
