//! Rules that can never fire, and numbers in them that no caller shows.

use super::expect;
use serde_json::{Value, json};

#[test]
fn rules_that_can_never_fire() {
    let check = |rules: Value, expected: &[&str]| {
        expect(
            &[
                (
                    "/schedules/-",
                    json!({"id": 9, "owner": {"location": 1}, "name": "None", "kind": {"type": "time", "blocks": []}}),
                ),
                (
                    "/users/0/services/forwarding-selective",
                    json!({"active": true, "number": "102", "rules": rules}),
                ),
            ],
            expected,
        );
    };
    let at = |place: u32, text: &str| {
        format!(
            "users[0].services.forwarding-selective.rules[{place}]: rule {} of forwarding-selective can never fire: {text}",
            place + 1
        )
    };
    check(
        json!([{"name": "a", "time": {"schedule": 9}}]),
        &[&at(0, "there is no such time in schedule 9")],
    );
    check(
        json!([{"name": "a", "time": {"schedule": 9, "outside": true}}]),
        &[],
    );
    check(
        json!([{"name": "a", "time": {"schedule": 1}}, {"name": "b", "time": {"schedule": 1}, "who": {"from": "internal"}}]),
        &[&at(1, "rule 1 fires whenever it would")],
    );
    check(
        json!([{"name": "a", "time": {"schedule": 1}, "who": {"from": "external"}}, {"name": "b", "time": {"schedule": 1}}]),
        &[],
    );
    check(
        json!([{"name": "a", "who": {"from": "internal"}}, {"name": "b", "effect": "deactivate", "who": {"from": "internal"}}]),
        &[&at(0, "rule 2 holds the service back whenever it would")],
    );
    check(
        json!([{"name": "a", "who": {"from": "listed", "numbers": ["199", "*72"]}}]),
        &[&at(0, "no caller shows any of its numbers")],
    );
    let shows = |number: &str| {
        format!(
            "users[0].services.forwarding-selective.rules[0]: no caller shows {number}, which rule 1 of forwarding-selective lists"
        )
    };
    let listed =
        |numbers: Value| json!([{"name": "a", "who": {"from": "listed", "numbers": numbers}}]);
    check(listed(json!(["199", "102"])), &[&shows("199")]);
    check(
        json!([{"name": "a", "who": {"from": "listed", "numbers": ["199"], "private": true}}]),
        &[&shows("199")],
    );
    // Too short, too long, with a trunk prefix after the country, of nobody here; and such as there are.
    // Of a country that is not there.
    for number in [
        "+31305550",
        "+313055501420",
        "+310205550100",
        "+31305550199",
        "030555014",
        "199?",
        "+310*",
        "+9999999",
        "+999*",
        "0099912345678",
        "+21012345?",
    ] {
        check(
            listed(json!([number])),
            &[&at(0, "no caller shows any of its numbers")],
        );
    }
    for number in [
        "+31612345678",
        "+9989999999",
        "+99*",
        "06*",
        "+3161234567?",
        "+*",
        "1??",
        "10*",
        "??????*",
        "+31305550101",
        "118",
    ] {
        check(listed(json!([number])), &[]);
    }
    check(
        json!([{"name": "a", "enabled": false, "time": {"schedule": 9}}]),
        &[],
    );
}

#[test]
fn rules_behind_wider_ones_and_of_other_times() {
    let schedule = |id: u32, kind: Value| {
        (
            "/schedules/-",
            json!({"id": id, "owner": {"location": 1}, "name": format!("s{id}"), "kind": kind}),
        )
    };
    let weekly = |id: u32, start: &str, end: &str| {
        schedule(
            id,
            json!({"type": "time", "blocks": [{"start": start, "end": end}]}),
        )
    };
    let days = |id: u32, when: Value| {
        schedule(
            id,
            json!({"type": "holidays", "lines": [{"name": "x", "when": when}]}),
        )
    };
    let schedules = [
        weekly(20, "mon 09:00", "mon 17:00"),
        weekly(21, "mon 08:00", "tue 08:00"),
        days(22, json!({"type": "easter", "offset": 0})),
        days(
            23,
            json!({"type": "once", "from": "2020-01-01", "to": "2020-01-02"}),
        ),
        days(24, json!({"type": "easter", "offset": 1})),
        days(
            25,
            json!({"type": "once", "from": "2026-01-05", "to": "2026-01-05"}),
        ),
    ];
    let check = |rules: Value, expected: &[&str]| {
        let settings = json!({"active": true, "number": "102", "rules": rules});
        let mut changes = schedules.to_vec();
        changes.push(("/users/0/services/forwarding-selective", settings));
        let expected: Vec<_> = expected
            .iter()
            .map(|text| {
                let place: usize = text.split(':').next().unwrap().parse().unwrap();
                format!("users[0].services.forwarding-selective.rules[{}]: rule {place} of forwarding-selective can never fire:{}", place - 1, &text[2..])
            })
            .collect();
        expect(
            &changes,
            &expected.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    };
    let on = |time: u32, holiday: u32| json!([{"name": "a", "time": {"schedule": time}, "holiday": {"schedule": holiday}}]);
    // Easter is on a Sunday; Easter Monday is not.
    check(
        on(20, 22),
        &["1: schedules 20 and 22 are never at once as it asks"],
    );
    check(on(20, 24), &[]);
    check(
        on(20, 23),
        &["1: schedules 20 and 23 are never at once as it asks"],
    );
    check(
        json!([{"name": "a", "holiday": {"schedule": 23}}]),
        &["1: its time in schedule 23 is past"],
    );
    check(json!([{"name": "a", "holiday": {"schedule": 25}}]), &[]);
    check(
        json!([{"name": "a", "holiday": {"schedule": 23, "outside": true}}]),
        &[],
    );

    let behind =
        |wide: Value, narrow: Value, expected: &[&str]| check(json!([wide, narrow]), expected);
    let time =
        |id: u32, outside: bool| json!({"name": "a", "time": {"schedule": id, "outside": outside}});
    behind(
        time(21, false),
        time(20, false),
        &["2: rule 1 fires whenever it would"],
    );
    behind(time(20, false), time(21, false), &[]);
    behind(
        time(20, true),
        time(21, true),
        &["2: rule 1 fires whenever it would"],
    );
    behind(time(21, true), time(20, true), &[]);
    let who = |who: Value| json!({"name": "a", "who": who});
    let listed = |numbers: Value| who(json!({"from": "listed", "numbers": numbers}));
    for (wide, narrow, is) in [
        (
            who(json!({"from": "any"})),
            listed(json!(["+31612345678"])),
            true,
        ),
        (
            who(json!({"from": "external"})),
            listed(json!(["+31612345678"])),
            true,
        ),
        (
            who(json!({"from": "internal"})),
            listed(json!(["102", "+31305550103"])),
            true,
        ),
        (
            who(json!({"from": "internal"})),
            listed(json!(["+31612345678"])),
            false,
        ),
        (
            who(json!({"from": "external"})),
            listed(json!(["102"])),
            false,
        ),
        (
            who(json!({"from": "external"})),
            who(json!({"from": "listed", "private": true})),
            false,
        ),
        (
            listed(json!(["+316*"])),
            listed(json!(["+31612345678", "+3162*"])),
            true,
        ),
        (listed(json!(["+3162*"])), listed(json!(["+316*"])), false),
        (
            listed(json!(["06*"])),
            listed(json!(["+31612345678"])),
            true,
        ),
        (
            listed(json!(["+31612345678", "102"])),
            listed(json!(["+31612345678"])),
            true,
        ),
        (
            listed(json!(["+31612345678"])),
            listed(json!(["+31612345678", "102"])),
            false,
        ),
    ] {
        behind(
            wide,
            narrow,
            if is {
                &["2: rule 1 fires whenever it would"]
            } else {
                &[]
            },
        );
    }
}
