//! Numbers, extensions and prefixes that two have, and all that overlaps when it is dialled.

use super::{Finding, Kind, Scope};
use crate::dial::{Codes, Overlap, overlaps};
use crate::feature::Feature;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let (mut numbers, mut extensions) = (BTreeMap::new(), BTreeMap::new());
    for (user, _) in crate::snapshot::people(scope.organisation) {
        let path = scope.path(user.id);
        let own = [(user.number, user.extension, String::new())].into_iter();
        let further = user.alternates.iter().enumerate();
        let further = further.map(|(at, a)| (a.number, a.extension, format!(".alternates[{at}]")));
        for (number, extension, place) in own.chain(further) {
            if let Some(number) = number {
                let at = format!("{path}{place}.number");
                match numbers.entry(number) {
                    Entry::Vacant(free) => drop(free.insert(at)),
                    Entry::Occupied(taken) => {
                        let first = taken.get().clone();
                        found.push(Finding::new(at, Kind::SameNumber { number, first }));
                    }
                }
            }
            if let Some(extension) = extension {
                let at = format!("{path}{place}.extension");
                match extensions.entry((user.location, extension)) {
                    Entry::Vacant(free) => drop(free.insert(at)),
                    Entry::Occupied(taken) => {
                        let first = taken.get().clone();
                        found.push(Finding::new(at, Kind::SameExtension { extension, first }));
                    }
                }
            }
        }
    }
    prefixes(scope, found);
    let codes = Codes::of(scope.snapshot);
    for overlap in overlaps(scope.snapshot) {
        let standard = |feature: Feature| codes.code(feature) == feature.standard();
        let at = match &overlap {
            // The codes as they come overlap too; the inter-digit time tells them apart.
            Overlap::CodeBegins { shorter, longer } if standard(*shorter) && standard(*longer) => continue,
            Overlap::SameCode { .. } | Overlap::CodeBegins { .. } | Overlap::Code { .. } => {
                "enterprise.codes".into()
            }
            Overlap::SpeedDial { user, .. } => format!("{}.services.speed-dial", scope.path(*user)),
            Overlap::Extension { user, .. } | Overlap::PrefixedExtension { user, .. } => {
                format!("{}.extension", scope.path(*user))
            }
            Overlap::Prefix { prefixed, .. } => {
                let place = scope.organisation.locations.iter().position(|l| l.id == *prefixed);
                format!("locations[{}].prefix", place.unwrap_or_default())
            }
        };
        found.push(Finding::new(at, Kind::Overlap(overlap)));
    }
}

fn prefixes(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let mut sorted: Vec<(&str, usize)> =
        scope.organisation.locations.iter().enumerate().map(|(at, l)| (l.prefix.as_str(), at)).collect();
    sorted.retain(|(prefix, _)| !prefix.is_empty());
    sorted.sort_unstable();
    for pair in sorted.windows(2) {
        if pair[1].0.starts_with(pair[0].0) {
            let first = format!("locations[{}].prefix", pair[0].1);
            found.push(Finding::new(format!("locations[{}].prefix", pair[1].1), Kind::SamePrefix { first }));
        }
    }
}
