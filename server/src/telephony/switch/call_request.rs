//! Who calls and what was dialled, as core takes it.

use crate::telephony::accounts::{AccountBook, TRUNK};
use crate::telephony::incoming::{Incoming, Presentation};
use centrale_core::call::Request;
use centrale_core::caller::Caller;
use centrale_core::number::Destination;
use centrale_core::snapshot::Snapshot;

/// Reads an incoming call. A phone is known by its account, whatever number it sends; a trunk's number is believed.
pub(super) fn from_incoming(
    incoming: &Incoming,
    accounts: &AccountBook,
    config: &Snapshot,
) -> Request {
    let withheld = incoming.presentation == Presentation::Restricted;
    let phone = accounts
        .owner(&incoming.account)
        .and_then(|(user, _)| config.user(user));
    let dialled = incoming.dialed.clone();
    if let Some(subscriber) = phone {
        let user = &subscriber.user;
        let caller = Caller {
            number: user.number,
            extension: user.extension,
            user: Some(user.id),
            withheld,
        };
        return Request {
            caller,
            dialled,
            from: Some(subscriber.place.id),
            ..Request::default()
        };
    }
    let known = incoming.account == TRUNK && incoming.presentation != Presentation::Unavailable;
    let number = known.then(|| external(&incoming.number, config)).flatten();
    let caller = Caller {
        number,
        withheld,
        ..Caller::default()
    };
    Request {
        caller,
        dialled,
        ..Request::default()
    }
}

fn external(number: &str, config: &Snapshot) -> Option<centrale_core::number::E164> {
    let country = config.places().next().map(|place| place.country)?;
    Destination::parse(number).ok()?.public(country)
}
