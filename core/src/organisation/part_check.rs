//! What is wrong with a part by itself, before it is saved. What is wrong with it beside what is there already, and
//! whether what it names is there, is `check`'s to find out.

use super::Part;
use crate::error::FieldError;
use crate::feature::Codes;
use crate::number::Destination;

impl Part {
    /// Everything that is wrong with it by itself, at its fields: `members.2.user`.
    pub fn validate(&self) -> Vec<FieldError> {
        match self {
            Self::HuntGroup(group) => group.validate(),
            Self::GroupCall(group) => group.validate(),
            Self::AutoAttendant(attendant) => attendant.validate(),
            Self::CallCenter(center) => center.validate(),
            Self::ParkGroup(group) => group.validate(),
            Self::PickupGroup(group) => group.validate(),
            Self::Upload(upload) => upload.validate(),
            Self::Site(site) => {
                let errors = site.settings.validate().into_iter();
                errors
                    .map(|e| FieldError::new(format!("settings.{}", e.field), e.code))
                    .collect()
            }
            Self::DepartmentMusic(music) => music
                .music
                .as_ref()
                .map(|music| music.validate("music"))
                .unwrap_or_default(),
            Self::Codes(codes) => Codes::new(codes).check(),
            Self::CallCenters(defaults) => defaults.validate(),
            // Either choice can be saved.
            Self::Pickup(_) => Vec::new(),
            Self::Outgoing(outgoing) => outgoing.validate(),
        }
    }

    /// Each number to which it may send calls, with its field.
    pub fn destination_fields(&self) -> Vec<(String, &Destination)> {
        match self {
            Self::HuntGroup(group) => {
                let fields = [
                    ("no_answer", &group.no_answer),
                    ("not_reachable", &group.not_reachable),
                ];
                fields
                    .into_iter()
                    .filter_map(|(field, to)| Some((field.to_owned(), to.as_ref()?)))
                    .collect()
            }
            Self::GroupCall(group) => {
                let members = group.members.iter().enumerate();
                members
                    .map(|(place, to)| (format!("members.{place}"), to))
                    .collect()
            }
            Self::AutoAttendant(attendant) => attendant.destination_fields(),
            Self::CallCenter(center) => center.destination_fields(),
            Self::Site(site) => {
                let number = site.settings.forwarding.number.iter();
                number
                    .map(|to| ("settings.forwarding.number".to_owned(), to))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
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
    fn every_kind_is_checked() {
        let check = |kind: &str, content: Value, expected: &[&str]| {
            assert_eq!(
                told(&part(kind, &content).validate()),
                expected,
                "{kind} {content}"
            );
        };
        let nameless = json!({"id": 1, "identity": {"name": " ", "location": 1}});
        for kind in ["hunt-group", "group-call", "call-center"] {
            check(kind, nameless.clone(), &["identity.name: empty"]);
        }
        let mut menu = nameless;
        menu["business"] = json!({});
        check("auto-attendant", menu, &["identity.name: empty"]);
        let group = |name: &str, members: &[u32]| json!({"id": 1, "location": 1, "name": name, "members": members});
        let upload = json!({"id": 1, "owner": {"level": "enterprise"}, "name": "", "length_ms": 1, "bytes": 1,
            "content": "00".repeat(32)});
        check("upload", upload, &["name: empty"]);
        for kind in ["park-group", "pickup-group"] {
            check(kind, group("a", &[1, 2]), &[]);
            check(
                kind,
                group("", &[1, 2, 1]),
                &["name: empty", "members.2: twice"],
            );
            check(kind, group(&"a".repeat(81), &[]), &["name: too-long"]);
        }
        let site = json!({"location": 1, "settings": {"park": {"display_seconds": 16}}});
        check(
            "site",
            site,
            &["settings.park.display_seconds: out-of-range"],
        );
        let site = json!({"location": 1, "settings": {"available_elsewhere": [4, 5, 4]}});
        check("site", site, &["settings.available_elsewhere.2: twice"]);
        let music = json!({"department": 1, "music": {"audio": ["a", "b", "c", "d", "e"]}});
        check("department-music", music, &["music.audio: too-many"]);
        check("codes", json!({"park": "68"}), &["park: code-unmarked"]);
        check(
            "call-centers",
            json!({"default_code": 9}),
            &["default_code: not-found"],
        );
        let outgoing = json!({"owner": {"level": "user", "id": 1}, "all_calls": 1});
        check("outgoing", outgoing, &["all_calls: enterprise-only"]);
    }
}
