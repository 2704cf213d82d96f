//! Dialling key by key: when a number is complete, and when the inter-digit time decides (routing § 5, `*61`, `*610`
//! and `*61*`).

use super::{Target, dial, emergency, without_fillers};
use crate::number::{Country, Destination};
use crate::service::speed_dial;
use crate::snapshot::{CompiledLocation, Snapshot, Subscriber};

/// What the keys pressed so far come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialled {
    /// This, whatever else is pressed.
    Complete(Target),
    /// This, unless more keys follow in time.
    MoreMayCome(Target),
    /// Nothing yet, but more keys may make it something.
    MoreNeeded,
}

/// What the keys pressed so far reach. `done`: the caller is done, by a key or by silence. An emergency number is
/// complete at once, whatever begins with it.
pub fn read(
    snapshot: &Snapshot,
    place: &CompiledLocation,
    caller: Option<&Subscriber>,
    digits: &str,
    done: bool,
) -> Dialled {
    let target = dial(snapshot, place, caller, digits);
    let plain = without_fillers(digits);
    if done || emergency(place, &plain).is_some() || !goes_on(snapshot, place, caller, &plain) {
        return Dialled::Complete(target);
    }
    match target {
        Target::NotInUse | Target::NotDiallable => Dialled::MoreNeeded,
        target => Dialled::MoreMayCome(target),
    }
}

/// Whether something longer that can be dialled begins with these digits.
fn goes_on(
    snapshot: &Snapshot,
    place: &CompiledLocation,
    caller: Option<&Subscriber>,
    plain: &str,
) -> bool {
    let longer = |number: &str| number.len() > plain.len() && number.starts_with(plain);
    let codes = snapshot.codes();
    let speed_dials = caller.map_or(&[][..], speed_dial::entries);
    let prefix = &place.site.speed_dial_prefix;
    place.emergency().any(|number| longer(&number.to_string()))
        || speed_dials
            .iter()
            .any(|entry| longer(&format!("{prefix}{}", entry.code)))
        || codes.all().any(|(_, code)| longer(&code.to_string()))
        || codes
            .longest(plain)
            .is_some_and(|(feature, _)| feature.takes_digits())
        || snapshot.users().any(|s| {
            let of_alternates = s
                .user
                .alternates
                .iter()
                .filter_map(|alternate| alternate.extension);
            s.user
                .extension
                .into_iter()
                .chain(of_alternates)
                .map(|e| e.to_string())
                .any(|extension| {
                    let prefixed = !s.place.prefix.is_empty()
                        && longer(&format!("{}{extension}", s.place.prefix));
                    prefixed || (s.place.id == place.id && longer(&extension))
                })
        })
        || begins_a_number(place.country, plain)
}

/// Whether a number of the public network begins with these digits: some filling up with one digit makes it one.
fn begins_a_number(country: Country, plain: &str) -> bool {
    let fits = |digit: char, more: usize| {
        let text: String = plain
            .chars()
            .chain(std::iter::repeat_n(digit, more))
            .collect();
        Destination::parse(&text).is_ok_and(|number| number.public(country).is_some())
    };
    if country.begins_short(plain) {
        return true;
    }
    ('0'..='9')
        .any(|digit| (1..=18_usize.saturating_sub(plain.len())).any(|more| fits(digit, more)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dial::{Overlap, overlaps};
    use crate::organisation::Organisation;
    use crate::time::Zone;
    use serde_json::json;

    fn snapshot() -> Snapshot {
        let user = |id: u32, location: u32, extension: &str, services: serde_json::Value| {
            json!({"id": id, "login": format!("u{id}"), "first_name": "A", "last_name": "B", "profile": "fixed",
                "location": location, "extension": extension, "services": services})
        };
        let location = |id: u32, country: &str, prefix: &str| json!({"id": id, "name": "L", "country": country, "zone": "UTC", "prefix": prefix, "numbers": []});
        let speed_dial = json!({"speed-dial": {"numbers": [
            {"code": "01", "name": "", "number": "102"}, {"code": "77", "name": "", "number": "102"}]}});
        let organisation: Organisation = serde_json::from_value(json!({
            "format": 1, "enterprise": {"name": "E"}, "service_packs": [], "departments": [], "admins": [],
            "locations": [location(1, "nl", ""), location(2, "dk", "7"), location(3, "nl", "11")],
            "users": [user(1, 1, "101", speed_dial), user(2, 1, "102", json!({})), user(3, 1, "1023", json!({})),
                user(4, 2, "201", json!({})), user(5, 1, "7201", json!({})), user(6, 1, "1121", json!({})),
                user(7, 3, "31", json!({}))],
            "schedules": [],
        }))
        .unwrap();
        Snapshot::of(&organisation, &|_| Some(Zone::utc()))
    }

    #[test]
    fn key_by_key() {
        use crate::feature::Feature as F;
        use crate::id::{LocationId, UserId};
        use Dialled::{Complete, MoreMayCome, MoreNeeded};
        let snapshot = snapshot();
        let check = |location: u32, keys: &str, expected: Dialled| {
            let place = snapshot.place(LocationId(location)).unwrap();
            let caller = snapshot.user(UserId(1)).unwrap();
            assert_eq!(
                read(&snapshot, place, Some(caller), keys, false),
                expected,
                "{keys} at {location}"
            );
            let done = dial(&snapshot, place, Some(caller), keys);
            assert_eq!(
                read(&snapshot, place, Some(caller), keys, true),
                Complete(done),
                "{keys}, done"
            );
        };
        let user = |id| Target::User(UserId(id));
        let code = |feature, digits: &str| Target::Code(feature, digits.parse().ok());
        check(1, "", MoreNeeded);
        check(1, "1", MoreNeeded);
        check(1, "11", MoreNeeded);
        check(
            1,
            "112",
            Complete(Target::Emergency("112".parse().unwrap())),
        );
        check(1, "101", Complete(user(1)));
        check(1, "102", MoreMayCome(user(2)));
        check(1, "1023", Complete(user(3)));
        check(1, "1131", Complete(user(7)));
        check(
            1,
            "113",
            MoreMayCome(Target::Outside("+31113".parse().unwrap())),
        );
        check(1, "116", MoreNeeded);
        check(
            1,
            "116117",
            Complete(Target::Outside("+31116117".parse().unwrap())),
        );
        check(
            1,
            "1888",
            Complete(Target::Outside("+311888".parse().unwrap())),
        );
        check(
            1,
            "14010",
            MoreMayCome(Target::Outside("+3114010".parse().unwrap())),
        );
        check(
            1,
            "08001234",
            MoreMayCome(Target::Outside("+318001234".parse().unwrap())),
        );
        check(1, "19", Complete(Target::NotInUse));
        check(1, "720", MoreNeeded);
        check(1, "7201", Complete(user(5)));
        check(3, "7201", Complete(user(4)));
        check(2, "7201", MoreMayCome(user(4)));
        check(2, "19", MoreNeeded);
        check(1, "0", MoreNeeded);
        check(1, "020555010", MoreNeeded);
        check(
            1,
            "0205550100",
            Complete(Target::Outside("+31205550100".parse().unwrap())),
        );
        check(1, "003120555010", MoreNeeded);
        check(
            1,
            "0031205550100",
            Complete(Target::Outside("+31205550100".parse().unwrap())),
        );
        check(
            1,
            "+31205550100",
            Complete(Target::Outside("+31205550100".parse().unwrap())),
        );
        check(1, "*", MoreNeeded);
        check(1, "*6", MoreNeeded);
        check(1, "*61", MoreNeeded);
        check(1, "*610", MoreMayCome(code(F::RingCount, "")));
        check(1, "*6104", MoreMayCome(code(F::RingCount, "4")));
        check(1, "*61*", Complete(code(F::ForwardingNoAnswerAsk, "")));
        check(1, "*67", MoreMayCome(code(F::CallerIdBlockNext, "")));
        check(1, "*67*", Complete(code(F::ForwardingBusyAsk, "")));
        check(
            1,
            "*21",
            MoreMayCome(code(F::ForwardingAlwaysMailboxOn, "")),
        );
        check(1, "*73", Complete(code(F::ForwardingAlwaysOff, "")));
        check(1, "*78", Complete(code(F::DoNotDisturbOn, "")));
        check(1, "*98", Complete(code(F::GroupPickup, "")));
        check(1, "#9", Complete(code(F::CallbackMenu, "")));
        check(1, "#0", MoreNeeded);
        check(1, "#01", Complete(user(2)));
        check(1, "#77", Complete(user(2)));
        check(1, "#99", Complete(code(F::CallbackMenu, "9")));
        check(1, "#5", MoreNeeded);
        check(1, "#05", Complete(Target::NotDiallable));
        check(1, "a", Complete(Target::NotDiallable));
    }

    #[test]
    fn what_overlaps() {
        use crate::feature::Feature as F;
        use crate::id::{LocationId, UserId};
        let mut snapshot = snapshot();
        let found = overlaps(&snapshot);
        let codes: Vec<_> = found
            .iter()
            .filter(|o| matches!(o, Overlap::CodeBegins { .. }))
            .collect();
        let begins = |shorter, longer| Overlap::CodeBegins { shorter, longer };
        assert_eq!(
            codes,
            [
                &begins(F::ForwardingAlwaysMailboxOn, F::ForwardingAlwaysAsk),
                &begins(F::CallerIdBlockNext, F::ForwardingBusyAsk),
            ]
        );
        let others: Vec<_> = found
            .into_iter()
            .filter(|o| !matches!(o, Overlap::CodeBegins { .. }))
            .collect();
        let (location, emergency) = (LocationId(1), String::from("112"));
        let extension = Overlap::Extension {
            location,
            user: UserId(6),
            extension: "1121".parse().unwrap(),
            emergency: emergency.clone(),
        };
        let prefix = |at| Overlap::Prefix {
            location: LocationId(at),
            prefixed: LocationId(3),
            emergency: emergency.clone(),
        };
        assert_eq!(
            others,
            [
                Overlap::SpeedDial {
                    user: UserId(1),
                    digits: "77".into(),
                    hidden: F::ForwardingSelectiveOff
                },
                extension,
                prefix(1),
                prefix(2),
                prefix(3),
                Overlap::PrefixedExtension {
                    user: UserId(5),
                    hidden: UserId(4)
                },
            ]
        );
        let mut shared = snapshot.shared().clone();
        shared.codes.insert(F::Park, "*72".parse().unwrap());
        shared.codes.insert(F::Retrieve, "1125".parse().unwrap());
        snapshot.put_shared(shared);
        let found = overlaps(&snapshot);
        let same = Overlap::SameCode {
            code: "*72".parse().unwrap(),
            feature: F::ForwardingAlwaysOn,
            hidden: F::Park,
        };
        assert!(found.contains(&same));
        assert!(found.contains(&Overlap::Code {
            location,
            feature: F::Retrieve,
            emergency
        }));
    }
}
