//! What an import refuses of an organisation: what core finds, and sounds that are not what their uploads say.

use crate::sound::Sound;
use crate::zones;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use centrale_core::check::{self, Fault, Problem};
use centrale_core::organisation::Organisation;

/// Everything that is wrong, in the order of the checks; empty: it can be imported and served.
pub(crate) fn problems(organisation: &Organisation) -> Vec<Problem> {
    let mut found = problems_stored(organisation);
    found.extend(sounds(organisation));
    found
}

/// The same of an organisation without the content of its uploads: the database has none that was not checked.
pub(crate) fn problems_stored(organisation: &Organisation) -> Vec<Problem> {
    check::problems(organisation, &|zone| zones::zone(zone).is_some())
}

/// Uploads without their sound, and sounds that are not what their uploads say.
fn sounds(organisation: &Organisation) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut add = |at: String, fault| found.push(Problem { at, fault });
    for (at, upload) in organisation.uploads.iter().enumerate() {
        let Some(text) = organisation.sounds.get(&upload.content) else {
            add(format!("uploads[{at}].content"), Fault::NoSound);
            continue;
        };
        let sound = BASE64.decode(text).ok().and_then(Sound::of_wav);
        let Some(sound) = sound.filter(|sound| sound.hash() == upload.content) else {
            add(format!("sounds.{}", upload.content), Fault::BadSound);
            continue;
        };
        let (length_ms, bytes) = (sound.length_ms, sound.bytes());
        if (upload.length_ms, upload.bytes) != (length_ms, bytes) {
            let fault = Fault::OtherSound { length_ms, bytes };
            add(format!("uploads[{at}]"), fault);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::problems;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD as BASE64;
    use serde_json::{Value, json};

    fn demo() -> Value {
        serde_json::from_str(include_str!("../demo/organisation.json")).unwrap()
    }

    /// The problems as they are printed.
    fn told(organisation: Value) -> Vec<String> {
        let found = problems(&serde_json::from_value(organisation).unwrap());
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_demo_is_in_order() {
        assert_eq!(told(demo()), Vec::<String>::new());
    }

    #[test]
    fn each_mistake_is_found() {
        let check = |pointer: &str, value: Value, expected: &str| {
            let mut organisation = demo();
            *organisation.pointer_mut(pointer).unwrap() = value;
            let found = told(organisation);
            assert!(
                found.iter().any(|line| line == expected),
                "{expected}\n{}",
                found.join("\n")
            );
        };
        check(
            "/format",
            json!(9),
            "format: 9 is not a format that this version reads; it reads 1",
        );
        check("/service_packs/0/licences", json!(1), &licences());
        check(
            "/service_packs/0/services/0",
            json!("flying"),
            "service_packs[0].services[0]: no service flying",
        );
        check(
            "/service_packs/1/id",
            json!(1),
            "service_packs[1].id: 1 is there already, at service_packs[0].id",
        );
        check(
            "/locations/0/zone",
            json!("Europe/Atlantis"),
            "locations[0].zone: no time zone Europe/Atlantis",
        );
        check(
            "/locations/0/prefix",
            json!("8a"),
            "locations[0].prefix: only digits can be dialled",
        );
        check(
            "/locations/0/numbers/0/last",
            json!("+31305550099"),
            "locations[0].numbers[0]: the last number is before the first",
        );
        check(
            "/departments/0/location",
            json!(9),
            "departments[0].location: no location 9",
        );
        check(
            "/departments/1/parent",
            json!(9),
            "departments[1].parent: no department 9",
        );
        check(
            "/departments/1/parent",
            json!(3),
            "departments[1].parent: a department of another location",
        );
        check(
            "/departments/1/parent",
            json!(2),
            "departments[1].parent: a department within itself",
        );
        check(
            "/admins/1/scope/id",
            json!(9),
            "admins[1].scope: no location 9",
        );
        check(
            "/admins/0/login",
            json!("SANNE"),
            "users[0].login: sanne is there already, at admins[0].login",
        );
        check("/admins/0/login", json!(" "), "admins[0].login: empty");
        check(
            "/users/0/location",
            json!(9),
            "users[0].location: no location 9",
        );
        check(
            "/users/0/department",
            json!(9),
            "users[0].department: no department 9",
        );
        check(
            "/users/0/department",
            json!(3),
            "users[0].department: a department of another location",
        );
        check(
            "/users/0/packs/1",
            json!(9),
            "users[0].packs[1]: no service pack 9",
        );
        check(
            "/users/1/number",
            json!("+31305550142"),
            "users[1].number: is there already, at users[0].number",
        );
        check(
            "/users/1/extension",
            json!("142"),
            "users[1].extension: is there already, at users[0].extension",
        );
        check(
            "/users/1/devices/0/account",
            json!("utr142"),
            "users[1].devices[0].account: utr142 is there already, at users[0].devices[0].account",
        );
        check(
            "/users/0/services/forwarding-busy/number",
            json!("0"),
            "users[0].services.forwarding-busy.number: number-too-short",
        );
        check(
            "/users/0/services/forwarding-busy/number",
            json!("112"),
            "users[0].services.forwarding-busy.number: emergency-number",
        );
        check(
            "/users/0/services/forwarding-selective/rules/0/time/schedule",
            json!(999),
            "users[0].services.forwarding-selective.rules.0.time: schedule-unknown",
        );
        check(
            "/users/0/services/ring-count",
            json!({"rings": 99}),
            "users[0].services.ring-count.rings: out-of-range",
        );
        check(
            "/users/0/services/ring-count",
            json!(7),
            "users[0].services.ring-count: malformed",
        );
        let mut organisation = with_upload();
        organisation["hunt_groups"][0]["identity"]["services"] =
            json!({"voicemail-greetings": {"busy": "gone", "unanswered": "Welkom"}});
        organisation["locations"][0]["site"] = json!({"music": {"audio": ["Welkom", "gone"]}});
        let found = told(organisation);
        let greetings = "hunt_groups[0].identity.services.voicemail-greetings";
        let expected = [
            format!("{greetings}.busy: sound-unknown"),
            // A greeting is of the group itself.
            format!("{greetings}.unanswered: sound-unknown"),
            "locations[0].site.music.audio.1: sound-unknown".into(),
        ];
        assert_eq!(found, expected);
        for (field, value, expected) in [
            (
                "content",
                json!("11".repeat(32)),
                "uploads[0].content: its sound is not among sounds",
            ),
            (
                "owner",
                json!({"level": "user", "id": 999}),
                "uploads[0].owner: no user 999",
            ),
            (
                "length_ms",
                json!(7),
                "uploads[0]: its sound has 2 ms and 108 bytes",
            ),
            ("name", json!(""), "uploads[0].name: empty"),
        ] {
            let mut organisation = with_upload();
            assert!(told(organisation.clone()).is_empty());
            organisation["uploads"][0][field] = value;
            let found = told(organisation);
            assert_eq!(found, [expected], "{field}");
        }
        let mut spoilt = with_upload();
        let hash = spoilt["uploads"][0]["content"].as_str().unwrap().to_owned();
        spoilt["sounds"][&hash] = json!("UklGRg==");
        let found = told(spoilt);
        assert!(
            found[0].starts_with(&format!("sounds.{hash}: not a WAV file")),
            "{found:?}"
        );
        check(
            "/hunt_groups/0/rings",
            json!(21),
            "hunt_groups[0].rings: out-of-range",
        );
        let mut round = demo();
        let group = |id: u32, extension: &str, members: &[&str]| {
            json!({"id": id, "identity": {"name": format!("G{id}"), "location": 1, "extension": extension},
                "members": members})
        };
        round["group_calls"] = json!([
            group(901, "891", &["142", "892"]),
            group(902, "892", &["891"])
        ]);
        let expected = [
            "group_calls[0].members.1: group-cycle (G901, G902)",
            "group_calls[1].members.0: group-cycle (G902, G901)",
        ];
        assert_eq!(told(round), expected);
        check(
            "/schedules/0/name",
            json!(""),
            "schedules[0].name: schedule-name-empty",
        );
        check(
            "/schedules/0/owner",
            json!({"location": 9}),
            "schedules[0].owner: no location 9",
        );
        check(
            "/schedules/0/owner",
            json!({"user": 999}),
            "schedules[0].owner: no user 999",
        );
    }

    /// The demo with a sound of 32 samples.
    fn with_upload() -> Value {
        let mut wav =
            b"RIFF\x64\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\x40\0\0\0"
                .to_vec();
        wav.resize(108, 1);
        let hash = crate::sound::Sound::of_wav(wav.clone()).unwrap().hash();
        let mut demo = demo();
        demo["uploads"] = json!([{"id": 1, "owner": {"level": "enterprise"}, "name": "Welkom", "length_ms": 2,
            "bytes": 108, "content": hash}]);
        demo["sounds"] = json!({hash.to_string(): BASE64.encode(wav)});
        demo
    }

    fn licences() -> String {
        let demo = demo();
        let has = |user: &&Value| {
            user["packs"]
                .as_array()
                .is_some_and(|packs| packs.contains(&json!(1)))
        };
        let used = demo["users"].as_array().unwrap().iter().filter(has).count();
        format!("service_packs[0].licences: {used} used of 1")
    }
}
