//! Histories of calls that no script of a preview brings about: read from traces that are written here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::history::entries;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::{Step, What};
use serde_json::{Value, json};

const ANNA: u32 = 1;
const BERT: u32 = 2;
const CARLA: u32 = 3;
const GROUP: u32 = 30;

/// Steps as they are written in JSON, each with its second, and the entries that they leave.
fn check(steps: &[(i64, Value)], expected: &[&str]) {
    let mut organisation = support::organisation();
    support::set(
        &mut organisation,
        "/hunt_groups/-",
        r#"{"id": 30, "identity": {"name": "support", "location": 1, "extension": "150"}, "members": [{"user": 1}, {"user": 2}]}"#,
    );
    let config = Snapshot::of(&organisation, &support::zone);
    let what = |what: &Value| {
        serde_json::from_value::<What>(what.clone()).unwrap_or_else(|e| panic!("{e}: {what}"))
    };
    let step = |(at, step): &(i64, Value)| Step {
        at: Timestamp::from_seconds(*at),
        what: what(step),
    };
    let trace: Vec<_> = steps.iter().map(step).collect();
    let found = entries(&trace, &config);
    let found: Vec<_> = found
        .iter()
        .map(|entry| support::history::told(entry, &config, Timestamp(0)))
        .collect();
    assert_eq!(found, expected);
}

fn calls(caller: &Value) -> Value {
    json!({ "step": "calls", "caller": caller, "dialled": "102" })
}

fn outside() -> Value {
    calls(&json!({ "number": "+31205550100" }))
}

fn arrives(user: u32) -> Value {
    json!({ "step": "arrives", "user": user })
}

fn rings(user: u32) -> Value {
    json!({ "step": "rings", "user": user, "devices": 1, "mobile": false, "rings": null })
}

fn answered(user: u32) -> Value {
    json!({ "step": "answered", "by": { "kind": "user", "id": user } })
}

fn talk(what: &str, more: Value) -> Value {
    with(json!({ "step": "talk", "talk": what }), more)
}

fn queue(what: &str, more: Value) -> Value {
    with(
        json!({ "step": "queue", "queue": what, "center": GROUP }),
        more,
    )
}

fn with(mut step: Value, more: Value) -> Value {
    let Value::Object(more) = more else {
        panic!("fields")
    };
    step.as_object_mut().unwrap().extend(more);
    step
}

fn user(id: u32) -> Value {
    json!({ "kind": "user", "id": id })
}

fn ended() -> Value {
    json!({ "step": "ended", "cause": "normal" })
}

#[test]
fn a_call_that_outlived_the_server_that_began_it() {
    let by_anna = calls(&json!({ "user": ANNA, "extension": "101" }));
    check(
        &[(5, by_anna.clone()), (5, answered(BERT)), (9, ended())],
        &[
            "anna placed: to Bert Berg 102 +31305550102 at 5s, waited 0s, talked 4s, dialled 102",
            "bert received: from Anna Adams 101 +31305550101 at 5s, waited 0s, talked 4s",
        ],
    );
    let number = json!({ "step": "answered", "by": { "kind": "outside", "id": "+31205550100" } });
    check(
        &[(5, by_anna.clone()), (5, number), (9, ended())],
        &["anna placed: to +31205550100 at 5s, waited 0s, talked 4s, dialled 102"],
    );
    let emergency = json!({ "step": "answered", "by": { "kind": "emergency" } });
    check(
        &[(5, by_anna), (5, emergency), (9, ended())],
        &["anna placed: to  at 5s, waited 0s, talked 4s, dialled 102"],
    );
}

#[test]
fn a_call_that_is_not_over_is_read_as_if_it_were() {
    check(
        &[
            (0, outside()),
            (0, arrives(BERT)),
            (0, rings(BERT)),
            (4, answered(BERT)),
            (9, talk("music-off", json!({}))),
        ],
        &["bert received: from +31205550100 at 0s, waited 4s, talked 5s"],
    );
}

#[test]
fn nobody_has_a_history_whom_nobody_knows() {
    check(&[(0, outside()), (0, arrives(999)), (3, ended())], &[]);
}

#[test]
fn a_member_whose_phones_fail() {
    let failed = |cause: &str| json!({ "step": "legs-failed", "user": ANNA, "cause": cause });
    let call = |cause: &str| {
        vec![
            (0, outside()),
            (0, arrives(GROUP)),
            (0, rings(ANNA)),
            (1, failed(cause)),
            (2, ended()),
        ]
    };
    let group = "support missed: from +31205550100 at 0s, waited 2s";
    check(&call("unreachable"), &[group]);
    check(
        &call("busy"),
        &[
            group,
            "anna missed: from +31205550100 at 0s, waited 2s, via support",
        ],
    );
    // Whom the call was for has missed it all the same.
    check(
        &[
            (0, outside()),
            (0, arrives(ANNA)),
            (0, rings(ANNA)),
            (1, failed("unreachable")),
            (2, ended()),
        ],
        &["anna missed: from +31205550100 at 0s, waited 2s"],
    );
}

#[test]
fn an_agent_who_loses_the_call() {
    let (offered, taken) = (
        queue("offered", json!({ "agents": [ANNA] })),
        queue("taken-back", json!({ "agent": ANNA })),
    );
    let again = queue("offered", json!({ "agents": [BERT] }));
    let begin = [
        (0, outside()),
        (0, arrives(GROUP)),
        (0, queue("joins", json!({ "waited": 0 }))),
        (2, offered),
    ];
    let whole = [
        (5, answered(ANNA)),
        (9, taken),
        (9, again),
        (12, answered(BERT)),
        (20, ended()),
    ];
    check(
        &[&begin[..], &whole[..]].concat(),
        &[
            "support received: from +31205550100 at 0s, waited 5s, talked 15s, answered by Anna Adams",
            "anna received: from +31205550100 at 2s, waited 3s, talked 4s, via support",
            "bert received: from +31205550100 at 9s, waited 3s, talked 8s, via support",
        ],
    );
    // It stopped ringing before the caller gave up; who forwards a queue that was waited in has missed it.
    let withdrawn = queue("withdrawn", json!({}));
    let forwards = json!({ "step": "diverted", "from": GROUP, "to": "103" });
    check(
        &[
            &begin[..],
            &[
                (6, withdrawn),
                (8, forwards),
                (8, arrives(CARLA)),
                (9, ended()),
            ],
        ]
        .concat(),
        &[
            "support missed: from +31205550100 at 0s, waited 8s, forwarded to 103",
            "anna missed: from +31205550100 at 2s, waited 4s, via support",
            "carla missed: from +31205550100 at 8s, waited 1s, via support",
        ],
    );
}

#[test]
fn a_parked_call_that_nobody_retrieves() {
    let parked = talk(
        "parked",
        json!({ "by": user(BERT), "where": CARLA, "music": true }),
    );
    let recall = |to: u32| talk("park-recalled", json!({ "to": to }));
    let again = talk("parked-again", json!({ "where": CARLA }));
    check(
        &[
            (0, outside()),
            (0, arrives(BERT)),
            (0, rings(BERT)),
            (3, answered(BERT)),
            (10, parked),
            (40, recall(BERT)),
            (40, rings(BERT)),
            (50, again),
            (60, recall(ANNA)),
            (60, rings(ANNA)),
            (62, answered(ANNA)),
            (70, ended()),
        ],
        &[
            "bert received: from +31205550100 at 0s, waited 3s, talked 7s",
            "bert missed: from +31205550100 at 40s, waited 10s",
            "anna received: from +31205550100 at 60s, waited 2s, talked 8s",
        ],
    );
}

#[test]
fn who_leaves_a_talk_of_three() {
    let begin = [
        (
            0,
            calls(&json!({ "user": ANNA, "number": "+31305550101", "extension": "101" })),
        ),
        (0, arrives(BERT)),
        (0, rings(BERT)),
        (3, answered(BERT)),
        (5, talk("joined-by", json!({ "user": CARLA }))),
    ];
    let left = |at: i64, by: Value| (at, talk("left", json!({ "by": by })));
    let placed = |talked: u32| {
        format!(
            "anna placed: to Bert Berg 102 +31305550102 at 0s, waited 3s, talked {talked}s, dialled 102"
        )
    };
    let received = |talked: u32| {
        format!(
            "bert received: from Anna Adams 101 +31305550101 at 0s, waited 3s, talked {talked}s"
        )
    };
    let ends = |leaves: (i64, Value), anna: u32, bert: u32| {
        check(
            &[&begin[..], &[leaves, (13, ended())]].concat(),
            &[&placed(anna), &received(bert)],
        );
    };
    // Who joined, who was called, who called.
    ends(left(8, user(CARLA)), 10, 10);
    ends(left(8, user(BERT)), 10, 5);
    ends(left(8, user(ANNA)), 5, 10);
    // Those who stay may be sent on: then who was called is the caller.
    let sent_on = talk(
        "transferred",
        json!({ "by": user(CARLA), "to": "104", "consulted": false, "inhibited": false }),
    );
    check(
        &[
            &begin[..],
            &[
                left(8, user(ANNA)),
                (9, sent_on),
                (9, arrives(4)),
                (9, rings(4)),
                (11, answered(4)),
                (13, ended()),
            ],
        ]
        .concat(),
        &[
            &placed(5),
            &received(10),
            "dirk received: from Bert Berg 102 +31305550102 at 9s, waited 2s, talked 2s, via Carla Cohen",
        ],
    );
    // A caller without a number leaves.
    let nobody = [
        (0, calls(&json!({}))),
        (0, arrives(BERT)),
        (1, answered(BERT)),
        (5, begin[4].1.clone()),
    ];
    check(
        &[&nobody[..], &[left(8, Value::Null), (9, ended())]].concat(),
        &["bert received: from  at 0s, waited 1s, talked 8s"],
    );
}

#[test]
fn who_was_called_outside_is_sent_on_by_number() {
    let caller = calls(&json!({ "user": ANNA, "extension": "101" }));
    let answers = json!({ "step": "answered", "by": { "kind": "outside", "id": "+31205550100" } });
    let sent_on = talk(
        "transferred",
        json!({ "by": user(ANNA), "to": "102", "consulted": false, "inhibited": false }),
    );
    check(
        &[
            (0, caller),
            (
                0,
                json!({ "step": "rings-outside", "number": "+31205550100" }),
            ),
            (2, answers),
            (6, sent_on),
            (6, arrives(BERT)),
            (6, rings(BERT)),
            (8, answered(BERT)),
            (9, ended()),
        ],
        &[
            "anna placed: to +31205550100 at 0s, waited 2s, talked 4s, dialled 102",
            "bert received: from +31205550100 at 6s, waited 2s, talked 1s, via Anna Adams",
        ],
    );
}

#[test]
fn a_group_call_invites_the_next_after_one_who_forwards() {
    let invites = |member: &str| json!({ "step": "group", "group": "calls", "user": GROUP, "member": member });
    let forwards = |from: u32, to: &str| json!({ "step": "diverted", "from": from, "to": to });
    check(
        &[
            (0, outside()),
            (0, arrives(GROUP)),
            (0, invites("101")),
            (0, arrives(ANNA)),
            (0, forwards(ANNA, "103")),
            (0, arrives(CARLA)),
            (0, invites("102")),
            (0, arrives(BERT)),
            (5, forwards(GROUP, "104")),
            (7, ended()),
        ],
        &[
            "support missed: from +31205550100 at 0s, waited 5s, forwarded to 104",
            "carla missed: from +31205550100 at 0s, waited 7s, via Anna Adams",
            "bert missed: from +31205550100 at 0s, waited 7s, via support",
        ],
    );
}
