//! Loops: through rules, by whom and when they say; through every way by which virtual users and mailboxes send calls on;
//! and where the search for them ends.

use super::{NOW, expect_whole, findings, hunt, on, with};
use centrale_core::check::{Kind, check};
use centrale_core::id::UserId;
use centrale_core::organisation::Organisation;
use centrale_core::snapshot::Snapshot;
use serde_json::{Value, json};
use std::sync::Arc;

const SELECTIVE: [&str; 3] = [
    "/users/0/services/forwarding-selective",
    "/users/1/services/forwarding-selective",
    "/users/2/services/forwarding-selective",
];
const BY_NUMBER: &str = "error users[0]: calls go round in a loop: anna → bert → anna; as when +31612345678 calls +31305550101 at Mon 2026-01-05 10:00 UTC: it comes back to anna";

fn listing(to: &str, numbers: &[&str], more: &Value) -> Value {
    let mut rule = json!({"name": "x", "who": {"from": "listed", "numbers": numbers}});
    rule.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    json!({"active": true, "number": to, "rules": [rule]})
}

fn center(id: u32, extension: &str, change: &Value) -> (&'static str, Value) {
    let mut center = json!({"id": id, "identity": {"name": format!("q{id}"), "location": 1, "extension": extension,
        "number": format!("+31305550{extension}"), "packs": [1]}, "agents": [{"user": 3}]});
    center
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    ("/call_centers/-", center)
}

#[test]
fn rules_tell_who_goes_round_and_when() {
    let plain = json!({});
    expect_whole(
        &[
            (SELECTIVE[0], listing("102", &["+31612345678"], &plain)),
            ("/users/1/services/forwarding-always", on("101")),
        ],
        &[BY_NUMBER],
    );
    // Of two patterns only what both mean goes round.
    expect_whole(
        &[
            (SELECTIVE[0], listing("102", &["+316*"], &plain)),
            (
                SELECTIVE[1],
                listing("101", &["+31612345678", "+31201234567"], &plain),
            ),
        ],
        &[BY_NUMBER],
    );
    expect_whole(
        &[
            (SELECTIVE[0], listing("102", &["+31612345678"], &plain)),
            (SELECTIVE[1], listing("101", &["+31612345679"], &plain)),
        ],
        &[],
    );
    // At Christmas, and when both are at once: a Friday that is a holiday.
    let schedule = |id: u32, kind: Value| {
        (
            "/schedules/-",
            json!({"id": id, "owner": {"location": 1}, "name": format!("s{id}"), "kind": kind}),
        )
    };
    let christmas = schedule(
        20,
        json!({"type": "holidays", "lines": [{"name": "x", "when": {"type": "yearly", "month": 12, "day": 25}}]}),
    );
    let friday = schedule(
        21,
        json!({"type": "time", "blocks": [{"start": "fri 14:00", "end": "fri 15:00"}]}),
    );
    let holiday = json!({"holiday": {"schedule": 20}});
    let time = json!({"time": {"schedule": 21}});
    expect_whole(
        &[
            christmas.clone(),
            friday,
            (SELECTIVE[0], listing("102", &["+31612345678"], &holiday)),
            (SELECTIVE[1], listing("101", &["+31612345678"], &time)),
        ],
        &[
            "error users[0]: calls go round in a loop: anna → bert → anna; as when +31612345678 calls +31305550101 at Fri 2026-12-25 13:00 UTC: it comes back to anna",
        ],
    );
    // Each by itself in two ways: what needs nobody to be away is told first.
    let unanswered = |user: usize, to: &str| {
        (
            [
                "/users/0/services/forwarding-no-answer",
                "/users/1/services/forwarding-no-answer",
            ][user],
            on(to),
        )
    };
    expect_whole(
        &[
            christmas,
            (SELECTIVE[0], listing("102", &["+31612345678"], &holiday)),
            (SELECTIVE[1], listing("101", &["+31612345678"], &holiday)),
            unanswered(0, "102"),
            unanswered(1, "101"),
        ],
        &[
            "error users[0]: calls go round in a loop: anna → bert → anna; as when +31612345678 calls +31305550101 at Thu 2026-12-24 23:00 UTC: it comes back to anna",
            "users[0]: calls go round in a loop: anna → bert → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna does not answer, bert does not answer: it comes back to anna",
        ],
    );
}

#[test]
fn a_loop_that_no_call_takes_hides_no_other() {
    // The short way round is open to nobody, the long one to everybody.
    expect_whole(
        &[
            (
                SELECTIVE[0],
                json!({"active": true, "number": "103", "rules": [
                    {"name": "a", "who": {"from": "listed", "numbers": ["+31612345678"]}, "number": "102"}, {"name": "b"}]}),
            ),
            (
                SELECTIVE[1],
                json!({"active": true, "number": "101", "rules": [{"name": "a", "who": {"from": "external"}}]}),
            ),
            ("/users/1/services/selective-rejection", listing("", &["+31612345678"], &json!({}))),
            ("/users/2/services/forwarding-always", on("102")),
        ]
        .map(|(at, mut settings)| {
            if at.ends_with("rejection") {
                settings.as_object_mut().unwrap().remove("number");
            }
            (at, settings)
        }),
        &[
            "error users[0]: calls go round in a loop: anna → carla → bert → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: it comes back to anna",
        ],
    );
}

#[test]
fn ways_out_of_queues_and_mailboxes_and_groups_lead_round() {
    let overflow = |to: &str| json!({"overflow": {"action": {"do": "forward", "to": to}, "after_seconds": 60}});
    expect_whole(
        &[
            hunt(
                &json!({"members": [{"user": 2}], "no_answer": "191", "busy_when_unreachable": true}),
            ),
            center(60, "191", &overflow("150")),
        ],
        &[
            "hunt_groups[0]: calls go round in a loop: support → q60 → support; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC, bert does not answer, carla does not answer: it comes back to support",
        ],
    );
    expect_whole(
        &[
            center(60, "190", &overflow("191")),
            center(61, "191", &overflow("190")),
        ],
        &[
            "call_centers[0]: calls go round in a loop: q60 → q61 → q60; as when +31201234567 calls +31305550190 at Mon 2026-01-05 10:00 UTC, carla does not answer: it comes back to q60",
        ],
    );
    let stranded = json!({"stranded": {"action": {"do": "forward", "to": "101"}}});
    expect_whole(
        &[
            center(60, "190", &stranded),
            ("/users/0/services/forwarding-always", on("190")),
        ],
        &[
            "users[0]: calls go round in a loop: anna → q60 → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, carla takes no calls: it comes back to anna",
        ],
    );
    let bounced = json!({"bounced": {"after_rings": 2, "number": "101"}});
    expect_whole(
        &[
            center(60, "190", &bounced),
            ("/users/0/services/forwarding-always", on("190")),
        ],
        &[
            "users[0]: calls go round in a loop: anna → q60 → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, carla does not answer: it comes back to anna",
        ],
    );
    expect_whole(
        &[
            (
                "/users/0/services/voicemail-management",
                json!({"active": true, "all": true, "transfer": "102"}),
            ),
            ("/users/1/services/forwarding-always", on("101")),
        ],
        &[
            "error users[0]: calls go round in a loop: anna → bert → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC and presses 0: it comes back to anna",
        ],
    );
    // The queue says something first, to which no key is pressed.
    let closed = json!({"forced": {"active": true, "number": "101", "announce": true}});
    expect_whole(
        &[
            center(60, "190", &closed),
            (
                "/users/0/services/voicemail-management",
                json!({"active": true, "all": true, "transfer": "190"}),
            ),
        ],
        &[
            "error users[0]: calls go round in a loop: anna → q60 → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC and presses 0: it comes back to anna",
        ],
    );
    let group = |id: u32, extension: &str, members: &[&str]| {
        (
            "/group_calls/-",
            json!({"id": id, "identity": {"name": format!("g{id}"), "location": 1, "extension": extension}, "members": members}),
        )
    };
    expect_whole(
        &[group(70, "191", &["192"]), group(71, "192", &["191"])],
        &[
            "error group_calls[0]: calls go round in a loop: g70 → g71 → g70; as when +31201234567 calls 191 at Mon 2026-01-05 10:00 UTC: g71 leaves out 191, which called it",
        ],
    );
    expect_whole(
        &[
            group(70, "191", &["101", "102"]),
            ("/users/0/services/forwarding-always", on("191")),
        ],
        &[
            "error users[0]: calls go round in a loop: anna → g70 → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: it comes back to anna",
        ],
    );
}

/// Some who each send calls to all others, each of them for a number of its own, so that no call goes round.
fn knot(organisation: &mut Organisation, first: u32, count: u32) {
    for nth in 0..count {
        let mut user = organisation.users[0].clone();
        user.id = UserId(first + nth);
        user.login = format!("u{}", user.id);
        user.number = None;
        user.extension = Some((300_000 + user.id.0).to_string().parse().unwrap());
        let others = (0..count).filter(|other| *other != nth);
        let rules: Vec<_> = others
            .map(|other| {
                json!({"name": "x", "who": {"from": "listed", "numbers": [format!("+3161{:03}{:04}", nth, other)]},
                    "number": (300_000 + first + other).to_string()})
            })
            .collect();
        user.services.clear();
        user.services.insert(
            "forwarding-selective".into(),
            json!({"active": true, "rules": rules}),
        );
        organisation.users.push(user);
    }
}

#[test]
fn where_the_search_ends_is_told_and_hides_no_loop_elsewhere() {
    let mut organisation = with(&[
        ("/users/0/services/forwarding-always", on("102")),
        ("/users/1/services/forwarding-always", on("101")),
    ]);
    knot(&mut organisation, 1000, 16);
    // A second knot with a short loop in it: short ones are looked at first.
    knot(&mut organisation, 2000, 16);
    for (place, to) in [(0, "302001"), (1, "302000")] {
        let at = organisation.users.len() - 16 + place;
        organisation.users[at]
            .services
            .insert("forwarding-always".into(), on(to));
    }
    let snapshot = Arc::new(Snapshot::of(&organisation, &super::support::zone));
    let found = check(&organisation, &snapshot, NOW);
    let loops: Vec<_> = found
        .iter()
        .filter_map(|finding| match &finding.kind {
            Kind::Loop { through } => Some(through.iter().map(|user| user.0).collect::<Vec<_>>()),
            _ => None,
        })
        .collect();
    assert!(
        loops.contains(&vec![1, 2]) && loops.contains(&vec![2000, 2001]),
        "{loops:?}"
    );
    let told: Vec<_> = findings(&organisation)
        .into_iter()
        .filter(|line| line.contains("not every loop"))
        .collect();
    let line = |at: u32| {
        format!(
            "users[{at}]: not every loop among these 16 was looked for: there are too many ways between them; no call shows it: no more calls are tried for one organisation"
        )
    };
    let first = organisation.users.len() as u32 - 32;
    assert_eq!(told, [line(first), line(first + 16)]);
}
