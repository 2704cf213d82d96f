//! Groups, menus, queues and what locations and the enterprise set for all, as nobody could have saved them.

use super::Found;
use crate::check::{Fault, Neighbours, with_group_calls};
use crate::id::{LocationId, UserId};
use crate::number::Country;
use crate::organisation::{MAX_ALTERNATES, NumberRange, Organisation, Part, PartKind, Shared};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn check(organisation: &Organisation, found: &mut Found) {
    let shared = Shared::from(organisation);
    let calls = with_group_calls(organisation);
    let centers: Vec<_> = organisation
        .call_centers
        .iter()
        .cloned()
        .map(Arc::new)
        .collect();
    let homes: BTreeMap<UserId, LocationId> = organisation
        .users
        .iter()
        .map(|user| (user.id, user.location))
        .collect();
    let mut taken: BTreeMap<PartKind, BTreeSet<UserId>> = BTreeMap::new();
    for (path, part) in with_paths(organisation) {
        // The first group that lists a user has them.
        let taken = taken.entry(part.kind()).or_default();
        let beside = Neighbours {
            country: part
                .location()
                .and_then(|location| country(organisation, location)),
            numbers: part
                .location()
                .map_or(&[], |location| numbers(organisation, location)),
            shared: &shared,
            calls: &calls,
            centers: &centers,
            taken,
            people: &|user| homes.get(&user).copied() == part.location(),
        };
        // What a change of the codes would break is told where it is used.
        let around = if part.kind() == PartKind::CallCenters {
            Vec::new()
        } else {
            part.validate_beside(&beside)
        };
        for error in part.validate().into_iter().chain(around) {
            let field = error
                .field
                .strip_prefix("settings.")
                .unwrap_or(&error.field);
            found.add(format!("{path}.{field}"), error.into());
        }
        taken.extend(part.members());
    }
    for (at, user) in organisation.users.iter().enumerate() {
        if user.alternates.len() > MAX_ALTERNATES {
            let most = u32::try_from(MAX_ALTERNATES).unwrap_or(u32::MAX);
            found.add(
                format_args!("users[{at}].alternates"),
                Fault::TooMany { most },
            );
        }
    }
}

fn country(organisation: &Organisation, location: LocationId) -> Option<Country> {
    organisation
        .locations
        .iter()
        .find(|place| place.id == location)
        .map(|place| place.country)
}

fn numbers(organisation: &Organisation, location: LocationId) -> &[NumberRange] {
    let place = organisation
        .locations
        .iter()
        .find(|place| place.id == location);
    place.map_or(&[], |place| &place.numbers)
}

/// Every part, with where it stands in the file.
pub(super) fn with_paths(organisation: &Organisation) -> Vec<(String, Part)> {
    let mut places: BTreeMap<PartKind, usize> = BTreeMap::new();
    let with_path = |part: Part| {
        // One list holds the outgoing classes of all.
        let list = if part.kind().is_outgoing() {
            PartKind::Outgoing
        } else {
            part.kind()
        };
        let place = places.entry(list).or_default();
        let path = path(organisation, &part, *place);
        *place += 1;
        (path, part)
    };
    organisation.parts().into_iter().map(with_path).collect()
}

/// Where a part stands in the file; `place` is its place among those of its kind.
fn path(organisation: &Organisation, part: &Part, place: usize) -> String {
    let list = match part {
        Part::HuntGroup(_) => "hunt_groups",
        Part::GroupCall(_) => "group_calls",
        Part::AutoAttendant(_) => "auto_attendants",
        Part::CallCenter(_) => "call_centers",
        Part::ParkGroup(_) => "park_groups",
        Part::PickupGroup(_) => "pickup_groups",
        Part::Upload(_) => "uploads",
        Part::Outgoing(_) => "outgoing",
        Part::Site(site) => {
            let at = organisation
                .locations
                .iter()
                .position(|l| l.id == site.location)
                .unwrap_or_default();
            return format!("locations[{at}].site");
        }
        Part::DepartmentMusic(music) => {
            let at = organisation
                .departments
                .iter()
                .position(|d| d.id == music.department);
            return format!("departments[{}]", at.unwrap_or_default());
        }
        Part::Codes(_) => return "enterprise.codes".into(),
        Part::CallCenters(_) => return "enterprise.call_centers".into(),
        Part::Pickup(_) => return "enterprise.pickup".into(),
    };
    format!("{list}[{place}]")
}
