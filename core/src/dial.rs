//! What dialled digits reach (routing § 6): emergency numbers first, then extensions of the own location,
//! location prefix and extension, national and international numbers.

use crate::id::UserId;
use crate::number::{Destination, E164, Resolved};
use crate::snapshot::{Place, Snapshot};

/// What digits reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A user of ours.
    User(UserId),
    /// A number of the public network.
    Outside(E164),
    /// The emergency services; nothing may block or divert such a call.
    Emergency,
    /// Nobody.
    NotInUse,
    /// A code that no service answers to, or digits that are no number.
    NotDiallable,
}

/// What digits reach when they are dialled at a location.
pub fn dial(snapshot: &Snapshot, place: &Place, digits: &str) -> Target {
    let plain: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    if place.country.is_emergency(&plain) {
        return Target::Emergency;
    }
    match Destination::parse(digits) {
        Ok(destination) => reach(snapshot, place, &destination),
        Err(_) => prefixed(snapshot, &plain).unwrap_or(Target::NotDiallable),
    }
}

/// What a destination reaches, seen from a location.
pub fn reach(snapshot: &Snapshot, place: &Place, destination: &Destination) -> Target {
    match destination.resolve(place.country) {
        Ok(Resolved::Number(number)) => match snapshot.by_number(number) {
            Some(user) => Target::User(user),
            None if snapshot.owns(number) => Target::NotInUse,
            None => Target::Outside(number),
        },
        Ok(Resolved::Extension(extension)) => {
            if let Some(user) = snapshot.by_extension(place.id, extension) {
                return Target::User(user);
            }
            let digits = extension.to_string();
            if place.country.is_emergency(&digits) {
                return Target::Emergency;
            }
            prefixed(snapshot, &digits).unwrap_or(Target::NotInUse)
        }
        _ => prefixed(snapshot, &destination.to_string()).unwrap_or(Target::NotDiallable),
    }
}

fn prefixed(snapshot: &Snapshot, digits: &str) -> Option<Target> {
    snapshot.places().filter(|place| !place.prefix.is_empty()).find_map(|place| {
        let extension = digits.strip_prefix(place.prefix.as_str())?.parse().ok()?;
        snapshot.by_extension(place.id, extension).map(Target::User)
    })
}
