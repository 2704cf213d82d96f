//! What is wrong with a part beside what is there already, before it is saved. What is wrong with it by itself says
//! `organisation`.

use crate::call::plain_member;
use crate::error::{Code, FieldError};
use crate::id::UserId;
use crate::number::{Country, Destination, E164};
use crate::organisation::{CallCenter, NumberRange, Part, Shared, VirtualUser};
use crate::snapshot::Snapshot;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is there already when a part is saved.
#[derive(Clone, Copy)]
pub struct Neighbours<'a> {
    /// The country of its location; none: it is of no location.
    pub country: Option<Country>,
    /// The numbers of its location.
    pub numbers: &'a [NumberRange],
    /// What holds for the whole enterprise.
    pub shared: &'a Shared,
    /// Where numbers lead, and which group calls are there.
    pub calls: &'a Snapshot,
    /// All call centers.
    pub centers: &'a [Arc<CallCenter>],
    /// The members of the other groups of its kind.
    pub taken: &'a BTreeSet<UserId>,
    /// Whether somebody is a person of its location.
    pub people: &'a dyn Fn(UserId) -> bool,
}

impl Part {
    /// Everything that is wrong with it beside what is there already, at its fields.
    pub fn validate_beside(&self, there: &Neighbours<'_>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if let Some(identity) = self.identity() {
            errors.extend(identity.not_owned(there.numbers));
        }
        match self {
            Self::CallCenter(center) => {
                errors.extend(center.validate_within(&there.shared.centers));
            }
            Self::CallCenters(defaults) => {
                let lost = |center: &Arc<CallCenter>| !center.validate_within(defaults).is_empty();
                if there.centers.iter().any(lost) {
                    errors.push(FieldError::new("codes", Code::InUse));
                }
            }
            Self::ParkGroup(group) => errors.extend(elsewhere(&group.members, there.taken)),
            Self::PickupGroup(group) => errors.extend(elsewhere(&group.members, there.taken)),
            Self::Site(site) => {
                let shown = site.settings.caller_id.number;
                if shown.is_some_and(|number| !is_owned(there.numbers, number)) {
                    errors.push(FieldError::new(
                        "settings.caller_id.number",
                        Code::NumberNotOwned,
                    ));
                }
                let available = site.settings.available_elsewhere.iter().enumerate();
                let strangers = available.filter(|(_, user)| !(there.people)(**user));
                errors.extend(strangers.map(|(place, _)| {
                    FieldError::new(
                        format!("settings.available_elsewhere.{place}"),
                        Code::NotFound,
                    )
                }));
            }
            Self::GroupCall(group) => errors.extend(group.calls_itself(there.calls)),
            Self::HuntGroup(_)
            | Self::AutoAttendant(_)
            | Self::Upload(_)
            | Self::DepartmentMusic(_)
            | Self::Codes(_)
            | Self::Pickup(_)
            | Self::Outgoing(_) => {}
        }
        errors.extend(self.emergencies(there));
        let audio_scope = self.audio_scope(there.shared);
        for slot in self.audio_slots() {
            errors.extend(there.shared.unplayable(
                audio_scope,
                slot.audio,
                &slot.field,
                slot.most_ms,
            ));
        }
        errors
    }

    /// Emergency numbers to which it would send calls.
    fn emergencies(&self, there: &Neighbours<'_>) -> Vec<FieldError> {
        let Some(country) = there.country else {
            return Vec::new();
        };
        let codes = &there.shared.codes;
        let plain = |to: &Destination| plain_member(codes, to).0.is_emergency(country);
        let wrong = self
            .destination_fields()
            .into_iter()
            .filter(|(_, to)| plain(to));
        wrong
            .map(|(field, _)| FieldError::new(field, Code::EmergencyNumber))
            .collect()
    }
}

impl VirtualUser {
    /// Numbers that are not the location's.
    fn not_owned(&self, numbers: &[NumberRange]) -> Vec<FieldError> {
        let further = self.alternates.iter().enumerate();
        let further =
            further.map(|(place, a)| (format!("identity.alternates.{place}.number"), a.number));
        let all = std::iter::once(("identity.number".to_owned(), self.number)).chain(further);
        let wrong =
            all.filter(|(_, number)| number.is_some_and(|number| !is_owned(numbers, number)));
        wrong
            .map(|(field, _)| FieldError::new(field, Code::NumberNotOwned))
            .collect()
    }
}

fn is_owned(numbers: &[NumberRange], number: E164) -> bool {
    numbers
        .iter()
        .any(|range| range.first <= number && number <= range.last)
}

/// Members that another group has: a user is in at most one (requirements H2 and H3).
fn elsewhere(members: &[UserId], taken: &BTreeSet<UserId>) -> Vec<FieldError> {
    let wrong = members
        .iter()
        .enumerate()
        .filter(|(_, user)| taken.contains(user));
    wrong
        .map(|(place, _)| FieldError::new(format!("members.{place}"), Code::InAnotherGroup))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn told(errors: &[FieldError]) -> Vec<String> {
        errors
            .iter()
            .map(|error| format!("{}: {}", error.field, error.code.name()))
            .collect()
    }

    fn part(kind: &str, content: &Value) -> Part {
        serde_json::from_value(json!({"kind": kind, "content": content})).unwrap()
    }

    #[test]
    fn parts_are_held_against_what_is_there() {
        let numbers: Vec<NumberRange> =
            serde_json::from_value(json!([{"first": "+31305550100", "last": "+31305550199"}]))
                .unwrap();
        let upload = |id: u32, name: &str, seconds: u32| {
            json!({"id": id, "owner": {"level": "enterprise"}, "name": name, "length_ms": seconds * 1000, "bytes": 1,
                "content": "00".repeat(32)})
        };
        let shared: Shared = serde_json::from_value(
            json!({"codes": {}, "centers": {"codes": [{"id": 1, "name": "lunch"}]},
            "departments": {}, "park_groups": [], "pickup_groups": [],
            "uploads": [upload(1, "short", 300), upload(2, "long", 301)]}),
        )
        .unwrap();
        let center = json!({"id": 9, "identity": {"name": "a", "location": 1}, "stranded_unavailable": {"code": 1}});
        let centers = [Arc::new(serde_json::from_value(center.clone()).unwrap())];
        let taken = BTreeSet::from([UserId(2)]);
        let beside = Neighbours {
            country: Some(Country::Nl),
            numbers: &numbers,
            shared: &shared,
            calls: &Snapshot::default(),
            centers: &centers,
            taken: &taken,
            people: &|user| user.0 < 10,
        };
        let check = |kind: &str, content: Value, expected: &[&str]| {
            assert_eq!(
                told(&part(kind, &content).validate_beside(&beside)),
                expected,
                "{kind} {content}"
            );
        };
        let hunt = |number: &str, further: &str| {
            json!({"id": 1, "identity": {"name": "a", "location": 1, "number": number,
            "alternates": [{"extension": "101"}, {"number": further}]}})
        };
        check("hunt-group", hunt("+31305550100", "+31305550199"), &[]);
        check(
            "hunt-group",
            hunt("+31305550099", "+31305550200"),
            &[
                "identity.number: number-not-owned",
                "identity.alternates.1.number: number-not-owned",
            ],
        );
        check("call-center", center.clone(), &[]);
        let mut unknown = center;
        unknown["stranded_unavailable"]["code"] = json!(2);
        check(
            "call-center",
            unknown,
            &["stranded_unavailable.code: not-found"],
        );
        check(
            "call-centers",
            json!({"codes": [{"id": 1, "name": "break"}]}),
            &[],
        );
        check("call-centers", json!({}), &["codes: in-use"]);
        let group = json!({"id": 1, "location": 1, "name": "a", "members": [1, 2]});
        check(
            "park-group",
            group.clone(),
            &["members.1: in-another-group"],
        );
        check("pickup-group", group, &["members.1: in-another-group"]);
        let site =
            |number: &str| json!({"location": 1, "settings": {"caller_id": {"number": number}}});
        check("site", site("+31305550150"), &[]);
        check(
            "site",
            site("+31205550150"),
            &["settings.caller_id.number: number-not-owned"],
        );
        let site = json!({"location": 1, "settings": {"available_elsewhere": [1, 10]}});
        check("site", site, &["settings.available_elsewhere.1: not-found"]);
        let menu = |name: &str| {
            json!({"id": 1, "identity": {"name": "a", "location": 1}, "business": {"greeting": [name],
                "timeout": {"do": "announcement", "audio": [name]},
                "keys": {"1": {"action": {"do": "announcement", "audio": [name]}}}},
                "submenus": [{"id": 1, "name": "b", "menu": {"greeting": ["short", name]}}]})
        };
        check("auto-attendant", menu("http://example.com/a.wav"), &[]);
        let unknown = "sound-unknown";
        let everywhere = [
            "business.greeting.0",
            "business.timeout.0",
            "business.keys.1.0",
            "submenus.0.menu.greeting.1",
        ];
        let everywhere = everywhere.map(|field| format!("{field}: {unknown}"));
        check(
            "auto-attendant",
            menu("none"),
            &everywhere.each_ref().map(String::as_str),
        );
        check(
            "auto-attendant",
            menu("short"),
            &["submenus.0.menu.greeting: sound-too-long"],
        );
        let music = |name: &str| json!({"audio": [name], "internal": ["short", name]});
        check(
            "department-music",
            json!({"department": 1, "music": music("short")}),
            &[],
        );
        check(
            "department-music",
            json!({"department": 1, "music": music("long")}),
            &["music.internal: sound-too-long"],
        );
        check(
            "site",
            json!({"location": 1, "settings": {"music": music("none")}}),
            &[
                "settings.music.audio.0: sound-unknown",
                "settings.music.internal.1: sound-unknown",
            ],
        );
        let center = json!({"id": 9, "identity": {"name": "a", "location": 1},
            "announcements": {"welcome_audio": ["none"], "music_audio": ["long", "short"]}});
        check(
            "call-center",
            center,
            &[
                "announcements.welcome_audio.0: sound-unknown",
                "announcements.music_audio: sound-too-long",
            ],
        );
    }

    /// Every text of a part that is `112`, by its path.
    fn paths(value: &Value, at: &str, found: &mut BTreeSet<String>) {
        let below = |key: &str| {
            if at.is_empty() {
                key.to_owned()
            } else {
                format!("{at}.{key}")
            }
        };
        match value {
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(place, item)| paths(item, &below(&place.to_string()), found));
            }
            Value::Object(fields) => fields
                .iter()
                .for_each(|(key, value)| paths(value, &below(key), found)),
            Value::String(text) if text.trim_start_matches("*80") == "112" => {
                assert!(found.insert(at.to_owned()), "{at} is met once");
            }
            _ => {}
        }
    }

    #[test]
    fn no_part_sends_calls_to_an_emergency_number() {
        let shared: Shared =
            serde_json::from_value(json!({"codes": {}, "centers": {}, "departments": {},
            "park_groups": [], "pickup_groups": []}))
            .unwrap();
        let taken = BTreeSet::new();
        let identity = json!({"name": "a", "location": 1});
        let forward = json!({"do": "forward", "to": "112"});
        let menu = json!({"keys": {"1": {"action": {"do": "transfer", "to": "112"}},
            "2": {"action": {"do": "operator", "to": "112"}}}, "timeout": {"do": "operator", "to": "112"}});
        let whole = [
            (
                "hunt-group",
                2,
                json!({"id": 1, "identity": identity, "no_answer": "112", "not_reachable": "112"}),
            ),
            (
                "group-call",
                2,
                json!({"id": 1, "identity": identity, "members": ["112", "*80112"]}),
            ),
            (
                "site",
                1,
                json!({"location": 1, "settings": {"forwarding": {"number": "112"}}}),
            ),
            (
                "auto-attendant",
                12,
                json!({"id": 1, "identity": identity, "business": menu, "after_hours": menu,
                "holiday": menu, "submenus": [{"id": 1, "name": "s", "menu": menu}]}),
            ),
            (
                "call-center",
                7,
                json!({"id": 1, "identity": identity, "holiday": {"action": forward},
                "night": {"action": forward}, "stranded": {"action": forward}, "overflow": {"action": forward},
                "stranded_unavailable": {"action": forward}, "forced": {"number": "112"},
                "bounced": {"number": "112"}}),
            ),
        ];
        for (kind, count, content) in whole {
            let part = part(kind, &content);
            let mut expected = BTreeSet::new();
            paths(&content, "", &mut expected);
            assert_eq!(
                (expected.len(), part.destinations().len()),
                (count, count),
                "{kind}"
            );
            let within = |country| {
                let beside = Neighbours {
                    country,
                    numbers: &[],
                    shared: &shared,
                    calls: &Snapshot::default(),
                    centers: &[],
                    taken: &taken,
                    people: &|_| true,
                };
                let errors = part.validate_beside(&beside);
                let wrong = errors
                    .into_iter()
                    .filter(|error| error.code == Code::EmergencyNumber);
                wrong.map(|error| error.field).collect::<BTreeSet<_>>()
            };
            let path = |path: String| {
                path.replace(
                    ".action.to",
                    if kind == "call-center" {
                        ".action.to"
                    } else {
                        ""
                    },
                )
            };
            let expected: BTreeSet<_> = expected
                .into_iter()
                .map(|found| path(found).replace("timeout.to", "timeout"))
                .collect();
            assert_eq!(within(Some(Country::Nl)), expected, "{kind}");
            assert_eq!(within(None), BTreeSet::new(), "{kind}");
        }
    }
}
