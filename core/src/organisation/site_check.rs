//! What can be wrong with the settings of a location, its park groups and its pickup groups before they are saved.

use super::{Music, ParkGroup, PickupGroup, Recall, SiteForwardingMode, SiteSettings};
use crate::error::{Code, FieldError};
use crate::id::UserId;
use crate::rule::MAX_NAME;
use std::collections::BTreeSet;

/// The most symbols before a speed-dial code.
const MAX_SPEED_DIAL_PREFIX: usize = 3;

impl SiteSettings {
    /// What is wrong with the settings; empty: they can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = self.music.validate("music");
        let mut check = |field: &str, wrong: bool, code| {
            if wrong {
                errors.push(FieldError::new(field, code));
            }
        };
        let prefix = &self.speed_dial_prefix;
        check("speed_dial_prefix", prefix.is_empty(), Code::Empty);
        check(
            "speed_dial_prefix",
            prefix.len() > MAX_SPEED_DIAL_PREFIX,
            Code::TooLong,
        );
        let dialled = prefix
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'*' || b == b'#');
        check("speed_dial_prefix", !dialled, Code::Malformed);
        let mut known = BTreeSet::new();
        for (place, number) in self.emergency.iter().enumerate() {
            let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            check(&format!("emergency.{place}"), !digits, Code::Malformed);
            check(
                &format!("emergency.{place}"),
                !known.insert(number),
                Code::Twice,
            );
        }
        let forwards = self.forwarding.mode != SiteForwardingMode::Off;
        check(
            "forwarding.number",
            forwards && self.forwarding.number.is_none(),
            Code::NumberNeeded,
        );
        let by_hours = self.forwarding.mode == SiteForwardingMode::Automatic;
        check(
            "forwarding.schedules",
            by_hours && self.forwarding.schedules.is_empty(),
            Code::Empty,
        );
        let name = &self.caller_id.name;
        check(
            "caller_id.name",
            self.caller_id.use_name && name.trim().is_empty(),
            Code::Empty,
        );
        check(
            "caller_id.name",
            name.chars().count() > MAX_NAME,
            Code::TooLong,
        );
        let park = &self.park;
        check(
            "park.recall_seconds",
            !(30..=600).contains(&park.recall_seconds),
            Code::OutOfRange,
        );
        check(
            "park.alternate_seconds",
            !(30..=600).contains(&park.alternate_seconds),
            Code::OutOfRange,
        );
        check(
            "park.display_seconds",
            !(2..=15).contains(&park.display_seconds),
            Code::OutOfRange,
        );
        check(
            "park.alternate",
            park.recall != Recall::Parker && park.alternate.is_none(),
            Code::Empty,
        );
        let mut known = BTreeSet::new();
        for (place, user) in self.available_elsewhere.iter().enumerate() {
            check(
                &format!("available_elsewhere.{place}"),
                !known.insert(user),
                Code::Twice,
            );
        }
        errors
    }
}

impl Music {
    /// What is wrong with it, at fields below `at`.
    pub(super) fn validate(&self, at: &str) -> Vec<FieldError> {
        let sources = [
            ("audio", Some(&self.audio)),
            ("internal", self.internal.as_ref()),
        ];
        let known = sources
            .into_iter()
            .filter_map(|(field, audio)| Some((field, audio?)));
        known
            .flat_map(|(field, audio)| audio.validate(&format!("{at}.{field}")))
            .collect()
    }
}

impl ParkGroup {
    /// What is wrong with the settings; empty: they can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        group(&self.name, &self.members)
    }
}

impl PickupGroup {
    /// What is wrong with the settings; empty: they can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        group(&self.name, &self.members)
    }
}

fn group(name: &str, members: &[UserId]) -> Vec<FieldError> {
    let name = match name.trim().chars().count() {
        0 => Some(Code::Empty),
        n if n > MAX_NAME => Some(Code::TooLong),
        _ => None,
    };
    let mut known = BTreeSet::new();
    let twice = members
        .iter()
        .enumerate()
        .filter(|(_, user)| !known.insert(**user));
    let twice = twice.map(|(place, _)| FieldError::new(format!("members.{place}"), Code::Twice));
    name.map(|code| FieldError::new("name", code))
        .into_iter()
        .chain(twice)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::SiteSettings;
    use serde_json::{Value, json};

    #[test]
    fn settings_of_a_location() {
        let check = |settings: Value, expected: &[&str]| {
            let site: SiteSettings = serde_json::from_value(settings.clone()).unwrap();
            let errors = site.validate();
            let told: Vec<_> = errors
                .iter()
                .map(|e| format!("{}: {}", e.field, e.code.name()))
                .collect();
            assert_eq!(told, expected, "{settings}");
        };
        check(json!({}), &[]);
        check(
            json!({"speed_dial_prefix": ""}),
            &["speed_dial_prefix: empty"],
        );
        check(json!({"speed_dial_prefix": "*#9"}), &[]);
        check(
            json!({"speed_dial_prefix": "*#99"}),
            &["speed_dial_prefix: too-long"],
        );
        check(
            json!({"speed_dial_prefix": "a"}),
            &["speed_dial_prefix: malformed"],
        );
        check(
            json!({"emergency": ["144", "", "1a", "144"]}),
            &[
                "emergency.1: malformed",
                "emergency.2: malformed",
                "emergency.3: twice",
            ],
        );
        check(
            json!({"forwarding": {"mode": "on"}}),
            &["forwarding.number: number-needed"],
        );
        check(json!({"forwarding": {"mode": "on", "number": "101"}}), &[]);
        check(
            json!({"forwarding": {"mode": "automatic"}}),
            &[
                "forwarding.number: number-needed",
                "forwarding.schedules: empty",
            ],
        );
        check(
            json!({"forwarding": {"mode": "automatic", "number": "101", "schedules": [1]}}),
            &[],
        );
        check(
            json!({"caller_id": {"use_name": true, "name": " "}}),
            &["caller_id.name: empty"],
        );
        check(json!({"caller_id": {"name": "a".repeat(80)}}), &[]);
        check(
            json!({"caller_id": {"name": "a".repeat(81)}}),
            &["caller_id.name: too-long"],
        );
        for (field, least, most) in [
            ("recall_seconds", 30, 600),
            ("alternate_seconds", 30, 600),
            ("display_seconds", 2, 15),
        ] {
            let wrong = format!("park.{field}: out-of-range");
            let wrong = [wrong.as_str()];
            for (value, fits) in [
                (least - 1, false),
                (least, true),
                (most, true),
                (most + 1, false),
            ] {
                check(
                    json!({"park": {field: value}}),
                    if fits { &[] } else { &wrong },
                );
            }
        }
        check(
            json!({"park": {"recall": "group"}}),
            &["park.alternate: empty"],
        );
        check(
            json!({"park": {"recall": "parker-then-group", "alternate": 9}}),
            &[],
        );
        let sounds = |count| vec!["a.wav"; count];
        check(
            json!({"music": {"audio": sounds(4), "internal": sounds(4)}}),
            &[],
        );
        check(
            json!({"music": {"audio": sounds(5), "internal": sounds(5)}}),
            &["music.audio: too-many", "music.internal: too-many"],
        );
    }
}
