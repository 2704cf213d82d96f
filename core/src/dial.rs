//! What dialled digits reach (routing § 6): emergency numbers first, then extensions of the own location,
//! location prefix and extension, national and international numbers.

use crate::feature::Feature;
use crate::id::UserId;
use crate::number::{Code as Digits, Destination, E164, Resolved};
use crate::snapshot::{Line, Place, Snapshot};

/// What digits reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A user of ours, or a virtual user.
    User(UserId),
    /// A further number of theirs, by its place in the list of alternates.
    Alternate(UserId, u8),
    /// A feature access code, at its place in the digits that were dialled.
    Code(Feature, Option<Digits>),
    /// A number of the public network.
    Outside(E164),
    /// The emergency services; nothing may block or divert such a call.
    Emergency,
    /// Nobody.
    NotInUse,
    /// A code that no service answers to, or digits that are no number.
    NotDiallable,
}

impl Target {
    /// The user that is reached by any of their numbers.
    pub fn user(self) -> Option<UserId> {
        match self {
            Self::User(user) | Self::Alternate(user, _) => Some(user),
            _ => None,
        }
    }
}

impl From<Line> for Target {
    fn from(line: Line) -> Self {
        line.alternate.map_or(Self::User(line.user), |place| Self::Alternate(line.user, place))
    }
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
            Some(line) => line.into(),
            None if snapshot.owns(number) => Target::NotInUse,
            None => Target::Outside(number),
        },
        Ok(Resolved::Extension(extension)) => {
            if let Some(line) = snapshot.by_extension(place.id, extension) {
                return line.into();
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
        snapshot.by_extension(place.id, extension).map(Target::from)
    })
}
