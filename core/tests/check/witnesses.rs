//! What shows each kind of finding, and that it really does when it is replayed, also where many mistakes meet.

use super::{expect_whole, findings, hunt, menu, on, with};
use proptest::prelude::*;
use serde_json::{Value, json};

type Change = (&'static str, Value);

const NEVER: (&str, fn() -> Value) = (
    "/schedules/-",
    || json!({"id": 9, "owner": {"location": 1}, "name": "None", "kind": {"type": "time", "blocks": []}}),
);

fn selective(rules: &Value) -> Change {
    (
        "/users/0/services/forwarding-selective",
        json!({"active": true, "number": "102", "rules": rules}),
    )
}

fn keys(keys: &Value) -> Change {
    menu(&json!({"business": {"keys": keys}}))
}

fn center(change: &Value) -> Change {
    let mut center = json!({"id": 60, "identity": {"name": "sales", "location": 1, "extension": "180", "number": "+31305550180", "packs": [1]}, "agents": [{"user": 1}, {"user": 2}]});
    center
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    ("/call_centers/-", center)
}

/// Mistakes, each with all that is told of it.
fn mistakes() -> Vec<(Vec<Change>, &'static [&'static str])> {
    let to_sub = json!({"1": {"action": {"do": "submenu", "menu": 3}}});
    let sub = |menu: Value| json!([{"id": 3, "name": "sub", "menu": menu}]);
    let weighted = json!([{"user": 1, "weight": 40}, {"user": 2, "weight": 50}]);
    vec![
        (
            vec![
                ("/users/0/services/forwarding-always", on("102")),
                ("/users/1/services/forwarding-always", on("101")),
            ],
            &[
                "error users[0]: calls go round in a loop: anna → bert → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: it comes back to anna",
            ],
        ),
        (
            vec![
                (NEVER.0, NEVER.1()),
                selective(&json!([{"name": "a", "time": {"schedule": 9}}])),
            ],
            &[
                "users[0].services.forwarding-selective.rules[0]: rule 1 of forwarding-selective can never fire: there is no such time in schedule 9; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: rule 1: schedule 9 does not hold",
            ],
        ),
        (
            vec![selective(
                &json!([{"name": "a", "time": {"schedule": 1}}, {"name": "b", "time": {"schedule": 1}, "who": {"from": "internal"}}]),
            )],
            &[
                "users[0].services.forwarding-selective.rules[1]: rule 2 of forwarding-selective can never fire: rule 1 fires whenever it would; as when bert calls 101 at Mon 2026-01-05 10:00 UTC: rule 2 holds, and rule 1 decides",
            ],
        ),
        (
            vec![selective(
                &json!([{"name": "a", "who": {"from": "internal"}}, {"name": "b", "effect": "deactivate", "who": {"from": "internal"}}]),
            )],
            &[
                "users[0].services.forwarding-selective.rules[0]: rule 1 of forwarding-selective can never fire: rule 2 holds the service back whenever it would; as when bert calls 101 at Mon 2026-01-05 10:00 UTC: rule 1 holds, and rule 2 decides",
            ],
        ),
        (
            vec![selective(
                &json!([{"name": "a", "who": {"from": "listed", "numbers": ["199", "*72"]}}]),
            )],
            &[
                "users[0].services.forwarding-selective.rules[0]: rule 1 of forwarding-selective can never fire: no caller shows any of its numbers; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: rule 1: it is about other callers",
            ],
        ),
        (
            vec![selective(&json!([{"name": "a", "time": {"schedule": 77}}]))],
            &[
                "error users[0].services.forwarding-selective.rules[0]: there is no schedule 77; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: rule 1: schedule 77 is missing",
            ],
        ),
        (
            vec![(
                "/users/0/services/forwarding-selective",
                json!({"active": false, "number": "102", "rules": [{"name": "a", "time": {"schedule": 77}}]}),
            )],
            &[
                "error users[0].services.forwarding-selective.rules[0]: there is no schedule 77; no call shows it: the service is off",
            ],
        ),
        (
            vec![
                ("/users/0/services/forwarding-always", on("102")),
                ("/users/0/services/forwarding-no-answer", on("103")),
            ],
            &[
                "users[0].services.forwarding-no-answer: forwarding-no-answer never gets its turn: forwarding-always takes every call before it; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna does not answer: forwarding-always takes it",
            ],
        ),
        (
            vec![
                ("/users/0/services/do-not-disturb", json!({"active": true})),
                ("/users/0/services/forwarding-no-answer", on("103")),
            ],
            &[
                "users[0].services.forwarding-no-answer: forwarding-no-answer never gets its turn: do-not-disturb takes every call before it; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna does not answer: do-not-disturb takes it",
            ],
        ),
        (
            vec![center(
                &json!({"forced": {"active": true, "number": "103"}, "holiday": {"schedule": 2, "action": {"do": "busy"}}}),
            )],
            &[
                "call_centers[0].forced: forced forwarding does not hold on holidays: holiday service comes first; as when +31201234567 calls +31305550180 at Sun 2026-04-05 22:00 UTC: holiday-service: takes the call",
            ],
        ),
        (
            vec![center(
                &json!({"forced": {"active": true, "number": "103"}, "night": {"hours": 1, "action": {"do": "busy"}}}),
            )],
            &[
                "call_centers[0].forced: forced forwarding does not hold out of hours: night service comes first; as when +31201234567 calls +31305550180 at Mon 2026-01-05 16:30 UTC: night-service: takes the call",
            ],
        ),
        (
            vec![center(
                &json!({"night": {"hours": 77, "action": {"do": "busy"}}}),
            )],
            &[
                "error call_centers[0].night.hours: there is no schedule 77; as when +31201234567 calls +31305550180 at Mon 2026-01-05 10:00 UTC: night-service: schedule 77 is missing",
            ],
        ),
        (
            vec![center(
                &json!({"overflow": {"action": {"do": "forward", "to": "199"}, "after_seconds": 30}}),
            )],
            &[
                "error call_centers[0].overflow.action.to: nobody has 199; as when +31201234567 calls +31305550180 at Mon 2026-01-05 10:00 UTC, anna does not answer, bert does not answer: sales sends it to 199 by overflow, caller hears number-not-in-use",
            ],
        ),
        (
            vec![center(
                &json!({"stranded": {"action": {"do": "forward", "to": "199"}}}),
            )],
            &[
                "error call_centers[0].stranded.action.to: nobody has 199; as when +31201234567 calls +31305550180 at Mon 2026-01-05 10:00 UTC, anna takes no calls, bert takes no calls: sales sends it to 199 by stranded, caller hears number-not-in-use",
            ],
        ),
        (
            vec![center(&json!({"policy": "weighted", "agents": weighted}))],
            &[
                "error call_centers[0].agents: the weights add up to 90, not to 100; as when +31201234567 calls +31305550180 at Mon 2026-01-05 10:00 UTC: anna is drawn, whose 40 counts as 44.4 %",
            ],
        ),
        (
            vec![center(&json!({"agents": [{"user": 1}, {"user": 99}]}))],
            &[
                "error call_centers[0].agents[1]: there is no user 99; as when +31201234567 calls +31305550180 at Mon 2026-01-05 10:00 UTC: user 99 is not tried",
            ],
        ),
        (
            vec![center(&json!({"supervisors": [{"user": 99}]}))],
            &[
                "error call_centers[0].supervisors[0]: there is no user 99; no call shows it: it is not about calls that come in",
            ],
        ),
        (
            vec![menu(&json!({}))],
            &[
                "auto_attendants[0].business: a caller can do nothing in this menu; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC: the business-hours menu, then it ends there",
            ],
        ),
        (
            vec![menu(
                &json!({"business": {"keys": to_sub}, "submenus": sub(json!({}))}),
            )],
            &[
                "auto_attendants[0].submenus[0].menu: a caller can do nothing in this menu; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC and presses 1: submenu 3, then it ends there",
            ],
        ),
        (
            vec![menu(
                &json!({"business": {"keys": to_sub, "timeout": {"do": "repeat"}}, "submenus": sub(json!({"timeout": {"do": "previous"}}))}),
            )],
            &[
                "error auto_attendants[0].business: callers can leave this menu and those below only by hanging up; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC: the business-hours menu 4 times, then it ends there",
            ],
        ),
        (
            vec![menu(
                &json!({"business": {"keys": {"1": {"action": {"do": "end"}}}}, "submenus": sub(json!({"keys": {"9": {"action": {"do": "previous"}}}}))}),
            )],
            &[
                "auto_attendants[0].submenus[0].menu: nothing leads to submenu 3; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC: menus, and never submenu 3",
            ],
        ),
        (
            vec![keys(&to_sub)],
            &[
                "error auto_attendants[0].business.keys.1.action: there is no submenu 3; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC and presses 1: key 1 is not valid",
            ],
        ),
        (
            vec![menu(
                &json!({"business": {"timeout": {"do": "submenu", "menu": 3}}}),
            )],
            &[
                "error auto_attendants[0].business: callers can leave this menu and those below only by hanging up; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC: the business-hours menu, then it ends there",
                "error auto_attendants[0].business.timeout: there is no submenu 3; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC: the business-hours menu, then it ends there",
            ],
        ),
        (
            vec![keys(
                &json!({"1": {"action": {"do": "transfer", "to": "199"}}}),
            )],
            &[
                "error auto_attendants[0].business.keys.1: nobody has 199; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC and presses 1: menu sends it to 199, caller hears number-not-in-use",
            ],
        ),
        (
            vec![menu(
                &json!({"business": {"keys": to_sub}, "submenus": sub(json!({"keys": {"2": {"action": {"do": "mailbox", "user": 99}}}}))}),
            )],
            &[
                "error auto_attendants[0].submenus[0].menu.keys.2: there is no user 99; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC and presses 1, 2: it is sent to the mailbox of user 99",
            ],
        ),
        (
            vec![menu(
                &json!({"hours": 77, "business": {"keys": {"1": {"action": {"do": "end"}}}}, "after_hours": {"keys": {"1": {"action": {"do": "end"}}}}}),
            )],
            &[
                "error auto_attendants[0].hours: there is no schedule 77; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC: the business-hours menu, then it ends there",
            ],
        ),
        (
            vec![hunt(&json!({"policy": "weighted", "members": weighted}))],
            &[
                "error hunt_groups[0].members: the weights add up to 90, not to 100; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC: anna is drawn, whose 40 counts as 44.4 %",
            ],
        ),
        (
            vec![hunt(&json!({"members": [{"user": 1}, {"user": 1}]}))],
            &[
                "hunt_groups[0].members[1]: anna stands there twice; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC: anna is tried 2 times",
            ],
        ),
        (
            vec![hunt(&json!({"members": [{"user": 1}, {"user": 99}]}))],
            &[
                "error hunt_groups[0].members[1]: there is no user 99; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC: user 99 is not tried",
            ],
        ),
        (
            vec![hunt(&json!({"members": [{"user": 1}, {"user": 30}]}))],
            &[
                "error hunt_groups[0].members[1]: support is not a person; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC: support is not tried",
            ],
        ),
        (
            vec![hunt(
                &json!({"members": [{"user": 1}], "no_answer": "199", "busy_when_unreachable": true}),
            )],
            &[
                "error hunt_groups[0].no_answer: nobody has 199; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC, anna does not answer: support sends it to 199, caller hears number-not-in-use",
            ],
        ),
        (
            vec![hunt(
                &json!({"members": [{"user": 1}], "not_reachable": "199"}),
            )],
            &[
                "error hunt_groups[0].not_reachable: nobody has 199; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC, anna cannot be reached: support sends it to 199, caller hears number-not-in-use",
            ],
        ),
        (
            vec![(
                "/group_calls/-",
                json!({"id": 40, "identity": {"name": "all", "location": 1, "extension": "160"}, "members": ["101", "199"]}),
            )],
            &[
                "error group_calls[0].members[1]: nobody has 199; as when +31201234567 calls 160 at Mon 2026-01-05 10:00 UTC: all sends it to 199, anna answers",
            ],
        ),
        (
            vec![(
                "/pickup_groups/-",
                json!({"id": 1, "name": "p", "location": 1, "members": [1, 99]}),
            )],
            &[
                "error pickup_groups[0].members[1]: there is no user 99; no call shows it: it is not about calls that come in",
            ],
        ),
        (
            vec![("/users/0/services/forwarding-busy", on("199"))],
            &[
                "users[0].services.forwarding-busy: nobody has 199; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna is busy: anna sends it to 199, caller hears number-not-in-use",
            ],
        ),
        (
            vec![("/users/1/number", json!("+31305550101"))],
            &[
                "error users[1].number: +31305550101 is there already, at users[0].number; as when anna calls +31305550101 at Mon 2026-01-05 10:00 UTC: it reaches bert",
            ],
        ),
        (
            vec![("/users/1/extension", json!("101"))],
            &[
                "error users[1].extension: extension 101 is there already, at users[0].extension; as when anna calls 101 at Mon 2026-01-05 10:00 UTC: it reaches bert",
            ],
        ),
        (
            vec![("/locations/1/prefix", json!("88"))],
            &[
                "error locations[1].prefix: the prefix clashes with that of locations[0].prefix; as when emile calls 8101 at Mon 2026-01-05 10:00 UTC: that is anna behind the prefix of location 1, not the prefix of location 2",
            ],
        ),
        (
            vec![("/enterprise/codes", json!({"park": "*72"}))],
            &[
                "enterprise.codes: *72 is the code of forwarding-always-on and of park; as when anna calls *72 at Mon 2026-01-05 10:00 UTC: that is the code of forwarding-always-on, not the code of park",
            ],
        ),
        (
            vec![("/enterprise/codes", json!({"park": "*72*"}))],
            &[
                "enterprise.codes: the code of park begins with that of forwarding-always-on; as when anna calls *72* at Mon 2026-01-05 10:00 UTC: that is the code of park, not the code of forwarding-always-on",
            ],
        ),
        (
            vec![("/users/1/extension", json!("1121"))],
            &[
                "users[1].extension: extension 1121 of bert begins with emergency number 112; as when anna calls 112 at Mon 2026-01-05 10:00 UTC: that is an emergency number, not extension 1121 of bert",
            ],
        ),
        (
            vec![("/users/1/extension", json!("7201"))],
            &[
                "users[1].extension: the extension of bert hides emile behind a prefix; as when anna calls 7201 at Mon 2026-01-05 10:00 UTC: that is extension 7201 of bert, not emile behind the prefix of location 2",
            ],
        ),
        (
            vec![
                ("/locations/0/site", json!({"speed_dial_prefix": "*"})),
                (
                    "/users/0/services/speed-dial",
                    json!({"numbers": [{"code": "72", "number": "102"}]}),
                ),
            ],
            &[
                "users[0].services.speed-dial: speed dial 72 of anna hides the code of forwarding-always-on; as when anna calls *72 at Mon 2026-01-05 10:00 UTC: that is the speed dial of 102, not the code of forwarding-always-on",
            ],
        ),
        (
            vec![("/locations/1/prefix", json!("11"))],
            &[
                "locations[1].prefix: emergency number 112 begins with the prefix of location 2; as when anna calls 112 at Mon 2026-01-05 10:00 UTC: that is an emergency number, not the prefix of location 2",
                "locations[1].prefix: emergency number 112 begins with the prefix of location 2; as when emile calls 112 at Mon 2026-01-05 10:00 UTC: that is an emergency number, not the prefix of location 2",
            ],
        ),
        (
            vec![("/locations/0/site", json!({"emergency": ["*72"]}))],
            &[
                "enterprise.codes: the code of forwarding-always-on begins with emergency number *72; as when anna calls *72 at Mon 2026-01-05 10:00 UTC: that is an emergency number, not the code of forwarding-always-on",
            ],
        ),
        (
            vec![
                (
                    "/schedules/-",
                    json!({"id": 9, "owner": {"user": 2}, "name": "Mine", "kind": {"type": "time", "blocks": [{"start": "mon 00:00", "end": "fri 17:00"}]}}),
                ),
                (
                    "/users/1/services/forwarding-selective",
                    json!({"active": true, "number": "103", "rules": [{"name": "away", "time": {"schedule": 9, "outside": true}}]}),
                ),
                menu(
                    &json!({"hours": 1, "business": {"keys": {"1": {"action": {"do": "transfer", "to": "102"}}}}, "after_hours": {"keys": {"1": {"action": {"do": "end"}}}}}),
                ),
            ],
            &[
                "auto_attendants[0].hours: at fri 17:00 the menu is open by schedule 1 and leads to bert, who forwards by schedule 9; as when +31201234567 calls +31305550170 at Fri 2026-01-09 16:00 UTC and presses 1: bert sends it to 103, carla answers",
            ],
        ),
    ]
}

#[test]
fn each_is_shown() {
    for (changes, expected) in mistakes() {
        expect_whole(&changes, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// `findings` replays every call from what is told of it.
    #[test]
    fn many_mistakes_at_once_are_shown_too(places in prop::collection::btree_set(0..mistakes().len(), 2..8)) {
        let all = mistakes();
        let changes: Vec<Change> = places.iter().flat_map(|place| all[*place].0.clone()).collect();
        let found = findings(&with(&changes));
        prop_assert!(!found.is_empty());
        prop_assert!(found.iter().all(|line| line.contains("; as when ") || line.contains("; no call shows it: ")));
    }
}
