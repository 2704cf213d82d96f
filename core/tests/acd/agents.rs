//! Agents: what becomes of their state, and what a save and a restart leave of it.

use crate::world::{World, agents, check};
use centrale_core::id::UserId;
use serde_json::{Value, json};

#[test]
fn codes_are_those_of_the_enterprise() {
    let code = |defaults: Value, words: &str, expected: &str| {
        let mut world = World::new(&[json!({"agents": agents(&[11])})], &defaults);
        check(&defaults.to_string(), &mut world, &[(words, ""), ("agent 11", expected)]);
    };
    let codes = json!([{"id": 3, "name": "Lunch"}, {"id": 4, "name": "Fire"}]);
    code(json!({"codes": codes}), "away 11 3", "away since 0");
    code(json!({"codes": codes, "codes_enabled": true}), "away 11 3", "away 3 since 0");
    code(json!({"codes": codes, "codes_enabled": true, "default_code": 4}), "away 11", "away since 0");
    let forced = json!({"codes": codes, "codes_enabled": true, "default_code": 4, "codes_forced": true});
    code(forced.clone(), "away 11", "away 4 since 0");
    code(forced.clone(), "away 11 9", "away 4 since 0");
    code(forced, "away 11 3", "away 3 since 0");
    code(json!({"codes": codes, "default_code": 4, "codes_forced": true}), "away 11", "away since 0");
}

#[test]
fn after_a_call() {
    let one = |agent: Value| json!({"agents": agents(&[11]), "agent": agent});
    let begin =
        [("ready 11", ""), ("enter 1 1", "offer 1 of 1 to 11"), ("answer 1 11", ""), ("enter 2 1", "")];
    let story = |name: &str, agent: Value, guard: Value, script: &[(&str, &str)]| {
        let mut world = World::new(
            &[one(agent)],
            &json!({"guard_seconds": guard, "codes_enabled": true,
            "codes": [{"id": 3, "name": "Lunch"}, {"id": 4, "name": "Mail"}], "default_code": 3}),
        );
        check(name, &mut world, &begin);
        check(name, &mut world, script);
    };
    let wrap = || json!({"state": "wrap-up"});
    story(
        "guard",
        json!({}),
        json!(10),
        &[
            ("over 1 11", ""),
            ("agent 11", "available since 0"),
            ("to 9", ""),
            ("to 10", "offer 2 of 1 to 11"),
        ],
    );
    story(
        "guard, at most the longest wrap-up",
        json!({"max_wrap_up": 4}),
        json!(10),
        &[("over 1 11", ""), ("to 3", ""), ("to 4", "offer 2 of 1 to 11")],
    );
    story(
        "wrap-up without end",
        json!({"after_call": wrap()}),
        json!(null),
        &[
            ("to 5", ""),
            ("over 1 11", ""),
            ("agent 11", "wrap-up since 5"),
            ("to 5000", ""),
            ("available 11", "offer 2 of 1 to 11"),
        ],
    );
    story(
        "wrap-up with an end",
        json!({"after_call": wrap(), "max_wrap_up": 60}),
        json!(5),
        &[
            ("to 5", ""),
            ("leave 1", ""),
            ("to 64", ""),
            ("agent 11", "wrap-up since 5"),
            ("to 65", "offer 2 of 1 to 11"),
            ("agent 11", "available since 65"),
        ],
    );
    story(
        "the guard outlasts a short wrap-up",
        json!({"after_call": wrap(), "max_wrap_up": 60}),
        json!(20),
        &[
            ("over 1 11", ""),
            ("to 5", ""),
            ("available 11", ""),
            ("to 19", ""),
            ("to 20", "offer 2 of 1 to 11"),
            ("to 100", ""),
            ("agent 11", "available since 5"),
        ],
    );
    story(
        "wrap-up chosen during the call",
        json!({"max_wrap_up": 60}),
        json!(null),
        &[("wrap-up 11", ""), ("to 5", ""), ("over 1 11", ""), ("to 65", "offer 2 of 1 to 11")],
    );
    story(
        "unavailable",
        json!({"after_call": {"state": "unavailable", "code": 4}}),
        json!(null),
        &[("over 1 11", ""), ("agent 11", "away 4 since 0")],
    );
    story(
        "unavailable, default code",
        json!({"after_call": {"state": "unavailable"}}),
        json!(null),
        &[("over 1 11", ""), ("agent 11", "away 3 since 0")],
    );
    story(
        "what the agent chose stays",
        json!({"after_call": wrap()}),
        json!(null),
        &[("out 11", ""), ("over 1 11", ""), ("agent 11", "out since 0")],
    );
    story(
        "offered during wrap-up",
        json!({"after_call": wrap(), "offer_in_wrap_up": true}),
        json!(null),
        &[
            ("over 1 11", "offer 2 of 1 to 11"),
            ("agent 11", "wrap-up since 0"),
            ("to 7", ""),
            ("answer 2 11", ""),
            ("agent 11", "available since 7"),
        ],
    );
    let waiting = one(json!({"call_waiting": true, "after_call": wrap()}));
    check(
        "call waiting",
        &mut World::new(&[waiting], &json!({})),
        &[
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("enter 2 1", ""),
            ("answer 1 11", "offer 2 of 1 to 11"),
            ("enter 3 1", ""),
            ("answer 2 11", ""),
            ("waiting 1", "3"),
            ("over 1 11", "offer 3 of 1 to 11"),
            ("leave 3", ""),
            ("over 2 11", ""),
            ("agent 11", "wrap-up since 0"),
        ],
    );
}

#[test]
fn unavailable_by_what_happened() {
    let center = json!({"agents": agents(&[11, 12]), "bounced": {"after_rings": 1}});
    let mut defaults =
        json!({"codes_enabled": true, "codes": [{"id": 3, "name": "Missed"}], "default_code": 3});
    defaults["unavailable_on_bounce"] = json!(true);
    defaults["unavailable_on_do_not_disturb"] = json!(true);
    check(
        "bounce and do not disturb",
        &mut World::new(&[center], &defaults),
        &[
            ("ready 11 12", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("to 6", "withdraw 1; offer 1 of 1 to 12"),
            ("agent 11", "away 3 since 6"),
            ("answer 1 12", ""),
            ("disturb-not 12", ""),
            ("agent 12", "away 3 since 6"),
            ("up 12", ""),
            ("over 1 12", ""),
            ("agent 12", "away 3 since 6"),
        ],
    );
}

#[test]
fn codes_force_services_until_an_admin_decides() {
    let center =
        |forced: bool, active: bool| json!({"night": {"forced": forced}, "forced": {"active": active}});
    let mut world = World::new(&[center(false, false)], &json!({}));
    let forced = |world: &World| {
        let fact = world.acd.fact(UserId(1), world.now);
        (fact.night_forced, fact.forwarding_forced)
    };
    assert_eq!(forced(&world), (None, None));
    check("by code", &mut world, &[("night 1 on", ""), ("forward 1 off", ""), ("night 9 on", "")]);
    assert_eq!(forced(&world), (Some(true), Some(false)));
    world.configure(&[json!({"priority": 4, "night": {"forced": false}})], &json!({}));
    assert_eq!(forced(&world), (Some(true), Some(false)));
    world.configure(&[center(true, false)], &json!({}));
    assert_eq!(forced(&world), (None, Some(false)));
    world.configure(&[center(true, true)], &json!({}));
    assert_eq!(forced(&world), (None, None));
}

#[test]
fn a_save_changes_queues_and_keeps_what_lives() {
    let center = |users: &[u32]| json!({"agents": agents(users), "policy": "uniform"});
    let mut world = World::new(&[center(&[11, 12, 13])], &json!({}));
    check(
        "before",
        &mut world,
        &[
            ("ready 11 12 13", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("over 1 11", ""),
            ("enter 2 1", "offer 2 of 1 to 12"),
            ("answer 2 12", ""),
        ],
    );
    assert_eq!(world.configure(&[center(&[12, 11])], &json!({})), "");
    check(
        "after",
        &mut world,
        &[
            ("enter 3 1", "offer 3 of 1 to 11"),
            ("enter 4 1", ""),
            ("over 2 12", "offer 4 of 1 to 12"),
            ("enter 5 1", ""),
        ],
    );
    assert_eq!(world.configure(&[center(&[12, 11, 13])], &json!({})), "offer 5 of 1 to 13");
    check("one waits", &mut world, &[("enter 6 1", "")]);
    assert_eq!(world.configure(&[], &json!({})), "release 6 of 1: Stranded");
    assert_eq!(world.acd.agents().count(), 0);
    check("what rang goes on", &mut world, &[("answer 5 13", ""), ("over 5 13", ""), ("over 5 13", "")]);
    let stranded = json!({"agents": agents(&[14]), "stranded": {"action": {"do": "busy"}}});
    world.configure(&[json!({"agents": agents(&[14])})], &json!({}));
    check("again", &mut world, &[("enter 7 1", "")]);
    assert_eq!(world.configure(&[stranded], &json!({})), "release 7 of 1: Stranded");
}

#[test]
fn choices_survive_a_restart() {
    let codes = json!({"codes_enabled": true, "codes": [{"id": 3, "name": "Lunch"}]});
    let center = || json!({"agents": agents(&[11, 12, 13]), "agent": {"may_join": true}});
    let mut world = World::new(&[center()], &codes);
    check(
        "before",
        &mut world,
        &[
            ("to 3", ""),
            ("available 11", ""),
            ("join 11 1", ""),
            ("away 12 3", ""),
            ("join 13 1", ""),
            ("part 13 1", ""),
            ("night 1 on", ""),
        ],
    );
    let text = serde_json::to_string(&world.acd.kept()).unwrap();
    let mut next = World::new(&[], &codes);
    next.acd.restore(serde_json::from_str(&text).unwrap());
    next.configure(&[center()], &codes);
    assert_eq!(next.acd.kept(), world.acd.kept());
    check(
        "after",
        &mut next,
        &[
            ("agent 11", "available since 3"),
            ("agent 12", "away 3 since 3"),
            ("up 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
        ],
    );
    let queues = |user| next.acd.queues_of(UserId(user)).collect::<Vec<_>>();
    assert_eq!(
        [queues(11), queues(12), queues(9)],
        [vec![(UserId(1), true)], vec![(UserId(1), false)], vec![]]
    );
    assert_eq!(next.acd.fact(UserId(1), next.now).night_forced, Some(true));
}
