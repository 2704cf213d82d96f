//! What dialled digits reach (routing § 6): emergency numbers first, then speed dials, feature access codes,
//! extensions of the own location, location prefix and extension, national and international numbers. Few digits are a
//! national number where nobody has them as an extension and the country has such numbers.

mod keys;
mod overlaps;

pub use keys::{Dialled, read};
pub(crate) use overlaps::extensions;
pub use overlaps::{Overlap, overlaps};

use crate::feature::Feature;
use crate::id::UserId;
use crate::number::{Destination, Digits, E164, Resolved, is_filler};
use crate::service::speed_dial;
use crate::snapshot::{CompiledLocation, Line, Snapshot, Subscriber};

/// How many speed dials may stand for one another: one more is nothing.
const SPEED_DIALS: u8 = 4;

/// What digits reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A user of ours, or a virtual user.
    User(UserId),
    /// A further number of theirs, by its place in the list of alternates.
    Alternate(UserId, u8),
    /// A feature access code, and the digits after it.
    Code(Feature, Option<Digits>),
    /// A number of the public network.
    Outside(E164),
    /// The emergency services, by their number; nothing may block or divert such a call.
    Emergency(Digits),
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
        line.alternate.map_or(Self::User(line.user), |place| {
            Self::Alternate(line.user, place)
        })
    }
}

/// What digits reach when somebody dials them at a location. Without a `caller` there are no speed dials.
pub fn dial(
    snapshot: &Snapshot,
    place: &CompiledLocation,
    caller: Option<&Subscriber>,
    digits: &str,
) -> Target {
    let mut plain = without_fillers(digits);
    for _ in 0..=SPEED_DIALS {
        match caller.and_then(|caller| speed_dial(place, caller, &plain)) {
            Some(to) => plain = to.to_string(),
            None => {
                return emergency(place, &plain)
                    .map(Target::Emergency)
                    .or_else(|| code(snapshot, place, &plain))
                    .unwrap_or_else(|| number(snapshot, place, &plain));
            }
        }
    }
    Target::NotDiallable
}

/// What a destination reaches, seen from a location: codes and speed dials are for those who dial, nothing is sent there.
pub fn reach(snapshot: &Snapshot, place: &CompiledLocation, destination: &Destination) -> Target {
    let digits = match *destination {
        Destination::Number(_) => None,
        Destination::National(number) => Some(Digits::from(number)),
        Destination::Extension(extension) => Some(extension.into()),
        Destination::Code(code) => Some(code.into()),
    };
    if let Some(number) = digits.filter(|digits| place.is_emergency(*digits)) {
        return Target::Emergency(number);
    }
    match destination.resolve(place.country) {
        Ok(Resolved::Number(number)) => public(snapshot, number),
        Ok(Resolved::Extension(extension)) => match snapshot.by_extension(place.id, extension) {
            Some(line) => line.into(),
            None => prefixed(snapshot, &extension.to_string()).unwrap_or_else(|| {
                extension
                    .public(place.country)
                    .map_or(Target::NotInUse, |number| public(snapshot, number))
            }),
        },
        _ => prefixed(snapshot, &destination.to_string()).unwrap_or(Target::NotDiallable),
    }
}

fn public(snapshot: &Snapshot, number: E164) -> Target {
    match snapshot.by_number(number) {
        Some(line) => line.into(),
        None if snapshot.owns(number) => Target::NotInUse,
        None => Target::Outside(number),
    }
}

/// The number that a speed dial of the caller stands for: the prefix of the location, two digits and nothing else, and
/// no emergency number.
pub fn speed_dial<'a>(
    place: &CompiledLocation,
    caller: &'a Subscriber,
    digits: &str,
) -> Option<&'a Destination> {
    let plain = without_fillers(digits);
    let code = plain.strip_prefix(place.site.speed_dial_prefix.as_str())?;
    let entries = speed_dial::entries(caller);
    let entry = entries.iter().find(|entry| entry.code == code)?;
    emergency(place, &plain).is_none().then_some(&entry.number)
}

fn without_fillers(digits: &str) -> String {
    digits.chars().filter(|c| !is_filler(*c)).collect()
}

/// The emergency number that these digits are, of the country or of the location; `#` may end it, as phones send it.
fn emergency(place: &CompiledLocation, plain: &str) -> Option<Digits> {
    plain
        .strip_suffix('#')
        .unwrap_or(plain)
        .parse()
        .ok()
        .filter(|digits| place.is_emergency(*digits))
}

/// The feature access code with which the digits begin, the longest there is, and what follows it. A `#` may end what
/// follows; `+` is what the country dials in its place.
fn code(snapshot: &Snapshot, place: &CompiledLocation, plain: &str) -> Option<Target> {
    let (feature, code) = snapshot.codes().longest(plain)?;
    let rest = plain.get(code.len()..)?;
    let rest = rest
        .strip_suffix('#')
        .unwrap_or(rest)
        .replace('+', place.country.plan().international);
    if rest.is_empty() {
        return Some(Target::Code(feature, None));
    }
    Some(rest.parse().map_or(Target::NotDiallable, |rest| {
        Target::Code(feature, Some(rest))
    }))
}

fn number(snapshot: &Snapshot, place: &CompiledLocation, plain: &str) -> Target {
    match Destination::parse(plain) {
        Ok(destination) => reach(snapshot, place, &destination),
        Err(_) => prefixed(snapshot, plain).unwrap_or(Target::NotDiallable),
    }
}

/// Whom digits reach that are the prefix of a location and an extension there.
pub(crate) fn prefixed(snapshot: &Snapshot, digits: &str) -> Option<Target> {
    snapshot.by_prefix(digits).map(Target::from)
}
