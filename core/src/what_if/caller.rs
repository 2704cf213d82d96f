//! Who calls in a what-if, as it is typed.

use super::MOST_UNKNOWN;
use crate::caller::Caller;
use crate::dial::{Target, reach};
use crate::number::Destination;
use crate::snapshot::{CompiledLocation, Snapshot, Unknown};

/// What would have to be known to tell what a number reaches that is dialled at a place, or whose it is.
pub fn unknown_at(snapshot: &Snapshot, place: &CompiledLocation, number: &str) -> Vec<Unknown> {
    let (Some(edge), Ok(destination)) = (snapshot.edge(), Destination::parse(number)) else {
        return Vec::new();
    };
    edge.begin(false);
    reach(snapshot, place, &destination);
    edge.unknown(MOST_UNKNOWN)
}

/// A caller as typed into a what-if: a number, or nothing for an unknown one. `None`: no number, or one of which the
/// snapshot does not know whose it is.
pub fn caller_from(
    snapshot: &Snapshot,
    place: &CompiledLocation,
    text: &str,
    withheld: bool,
) -> Option<Caller> {
    if text.trim().is_empty() {
        return Some(Caller {
            withheld,
            ..Caller::default()
        });
    }
    if !unknown_at(snapshot, place, text).is_empty() {
        return None;
    }
    let destination = Destination::parse(text).ok()?;
    match reach(snapshot, place, &destination) {
        Target::User(user) | Target::Alternate(user, _) => {
            let known = &snapshot.user(user)?.user;
            let (number, extension) = (known.number, known.extension);
            Some(Caller {
                number,
                extension,
                user: Some(user),
                withheld,
            })
        }
        Target::Outside(number) => Some(Caller {
            number: Some(number),
            withheld,
            ..Caller::default()
        }),
        _ => None,
    }
}
