//! What is wrong with an organisation: references, things that are there twice, settings, schedules, licences.
//! Each problem is a line that begins with the path in the file.

mod parts;
mod settings;
mod structure;
mod twice;
mod uploads;

use centrale_core::organisation::Organisation;

/// Everything that is wrong, in the order of the checks; empty: it can be imported and served.
pub(super) fn problems(organisation: &Organisation) -> Vec<String> {
    let mut found = Found(Vec::new());
    structure::check(organisation, &mut found);
    twice::check(organisation, &mut found);
    settings::check(organisation, &mut found);
    parts::check(organisation, &mut found);
    uploads::check(organisation, &mut found);
    found.0
}

/// The problems found so far.
struct Found(Vec<String>);

impl Found {
    fn add(&mut self, path: impl std::fmt::Display, what: impl std::fmt::Display) {
        self.0.push(format!("{path}: {what}"));
    }
}

#[cfg(test)]
mod tests {
    use super::problems;
    use serde_json::{Value, json};

    fn demo() -> Value {
        serde_json::from_str(include_str!("../../../demo/organisation.json")).unwrap()
    }

    #[test]
    fn the_demo_is_in_order() {
        assert_eq!(problems(&serde_json::from_value(demo()).unwrap()), Vec::<String>::new());
    }

    #[test]
    fn each_mistake_is_found() {
        let check = |pointer: &str, value: Value, expected: &str| {
            let mut organisation = demo();
            *organisation.pointer_mut(pointer).unwrap() = value;
            let found = problems(&serde_json::from_value(organisation).unwrap());
            assert!(found.iter().any(|line| line == expected), "{expected}\n{}", found.join("\n"));
        };
        check("/format", json!(9), "format: 9 is not a format that this version reads; it reads 1");
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
        check("/locations/0/prefix", json!("8a"), "locations[0].prefix: only digits can be dialled");
        check(
            "/locations/0/numbers/0/last",
            json!("+31305550099"),
            "locations[0].numbers[0]: the last number is before the first",
        );
        check("/departments/0/location", json!(9), "departments[0].location: no location 9");
        check("/departments/1/parent", json!(9), "departments[1].parent: no department 9");
        check("/departments/1/parent", json!(3), "departments[1].parent: a department of another location");
        check("/departments/1/parent", json!(2), "departments[1].parent: a department within itself");
        check("/admins/1/scope/id", json!(9), "admins[1].scope: no location 9");
        check(
            "/admins/0/login",
            json!("SANNE"),
            "users[0].login: sanne is there already, at admins[0].login",
        );
        check("/admins/0/login", json!(" "), "admins[0].login: empty");
        check("/users/0/location", json!(9), "users[0].location: no location 9");
        check("/users/0/department", json!(9), "users[0].department: no department 9");
        check("/users/0/department", json!(3), "users[0].department: a department of another location");
        check("/users/0/packs/1", json!(9), "users[0].packs[1]: no service pack 9");
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
        check("/users/0/services/ring-count", json!(7), "users[0].services.ring-count: malformed");
        check("/hunt_groups/0/rings", json!(21), "hunt_groups[0].rings: out-of-range");
        check("/schedules/0/name", json!(""), "schedules[0].name: schedule-name-empty");
        check("/schedules/0/owner", json!({"location": 9}), "schedules[0].owner: no location 9");
        check("/schedules/0/owner", json!({"user": 999}), "schedules[0].owner: no user 999");
    }

    fn licences() -> String {
        let demo = demo();
        let has = |user: &&Value| user["packs"].as_array().is_some_and(|packs| packs.contains(&json!(1)));
        let used = demo["users"].as_array().unwrap().iter().filter(has).count();
        format!("service_packs[0].licences: {used} used of 1")
    }
}
