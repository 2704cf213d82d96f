//! Who is meant by the keys of a telephone: extensions and names, among those whom an auto attendant may look at
//! (manual § 20.1.2, routing § 4).

mod letters;

pub use letters::{keys, keys_in_full};

use crate::id::UserId;
use crate::organisation::{AutoAttendant, NameEntry, Reach};
use crate::snapshot::{Dialled, Line, Snapshot, Subscriber};
use std::iter::{chain, once};

/// How many names are read out as a numbered choice: one for each key from 1 to 9.
pub const MOST_CHOICES: usize = 9;

/// Looks for an extension among those in reach: of the own location; of another one after its prefix; of another one
/// without it, when no other has the same.
pub fn extension(config: &Snapshot, attendant: &AutoAttendant, digits: &str) -> Dialled {
    if let Some(edge) = config.edge() {
        return edge.keyed(attendant.id, digits);
    }
    let home = attendant.identity.location;
    let (mut own, mut prefixed, mut elsewhere) = (None, None, Vec::new());
    let mut goes_on = false;
    for subscriber in within(config, attendant, attendant.extension_scope) {
        let user = &subscriber.user;
        let further = user
            .alternates
            .iter()
            .zip(0..)
            .map(|(a, place)| (a.extension, Some(place)));
        for (extension, alternate) in chain(once((user.extension, None)), further) {
            let Some(extension) = extension else { continue };
            let line = Line {
                user: user.id,
                alternate,
            };
            let bare = || extension.symbols().map(|symbol| b'0' + symbol);
            let prefix = &subscriber.place.prefix;
            let fits = [
                begins(bare(), digits),
                if prefix.is_empty() {
                    None
                } else {
                    begins(prefix.bytes().chain(bare()), digits)
                },
            ];
            goes_on |= fits.contains(&Some(Fit::Beginning));
            match fits {
                [Some(Fit::Whole), _] if user.location == home => own = own.or(Some(line)),
                [Some(Fit::Whole), _] => elsewhere.push(line),
                [_, Some(Fit::Whole)] => prefixed = prefixed.or(Some(line)),
                _ => {}
            }
        }
    }
    let only = (elsewhere.len() == 1).then(|| elsewhere[0]);
    Dialled {
        line: own.or(prefixed).or(only),
        goes_on,
    }
}

/// Everybody whose name begins with these keys, by name; at most one more than can be read out. Virtual users that are
/// hidden from the directory are left out.
pub fn names(config: &Snapshot, attendant: &AutoAttendant, digits: &str) -> Vec<UserId> {
    if let Some(edge) = config.edge() {
        return edge.named(attendant.id, digits);
    }
    let mut found: Vec<_> = within(config, attendant, attendant.name_scope)
        .filter(|subscriber| listed(subscriber) && called(subscriber, attendant.name_entry, digits))
        .take(MOST_CHOICES + 1)
        .map(|subscriber| {
            (
                &subscriber.user.last_name,
                &subscriber.user.first_name,
                subscriber.user.id,
            )
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(.., id)| id).collect()
}

/// Everybody in reach of an auto attendant.
fn within<'a>(
    config: &'a Snapshot,
    attendant: &'a AutoAttendant,
    reach: Reach,
) -> impl Iterator<Item = &'a Subscriber> {
    let home = &attendant.identity;
    config.users().filter(move |subscriber| {
        match (reach, subscriber.user.department, home.department) {
            (Reach::Enterprise, ..) => true,
            (Reach::Location, ..) => subscriber.user.location == home.location,
            (Reach::Department, Some(theirs), Some(top)) => config.is_within(theirs, top),
            (Reach::Department, ..) => false,
        }
    })
}

fn listed(subscriber: &Subscriber) -> bool {
    subscriber
        .role
        .identity()
        .is_none_or(|identity| !identity.hidden)
}

/// Whether somebody's name begins with these keys, its marks left out or written in full. The lower-case words before a last name may be left out:
/// *van der Berg* is found by *Berg* too.
fn called(subscriber: &Subscriber, entry: NameEntry, digits: &str) -> bool {
    let is = |names: [&str; 2]| {
        begins(names.into_iter().flat_map(keys), digits).is_some()
            || begins(names.into_iter().flat_map(keys_in_full), digits).is_some()
    };
    if let Some(identity) = subscriber.role.identity() {
        return is([&identity.name, ""]);
    }
    let (first, last) = (
        subscriber.user.first_name.as_str(),
        subscriber.user.last_name.as_str(),
    );
    let bare = &last[last.find(char::is_uppercase).unwrap_or(0)..];
    is([last, first]) || is([bare, first]) || (entry == NameEntry::AnyOrder && is([first, last]))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Beginning,
    Whole,
}

/// Whether `digits` are all of a text, or its beginning.
fn begins(mut whole: impl Iterator<Item = u8>, digits: &str) -> Option<Fit> {
    if !digits.bytes().all(|digit| whole.next() == Some(digit)) {
        return None;
    }
    Some(if whole.next().is_some() {
        Fit::Beginning
    } else {
        Fit::Whole
    })
}
