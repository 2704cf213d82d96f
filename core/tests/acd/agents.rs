//! Agents: what becomes of their state, and what a save and a restart leave of it.

use crate::world::{World, agents, check, snapshot};
use centrale_core::id::UserId;
use serde_json::{Value, json};

#[test]
fn codes_are_those_of_the_enterprise() {
    let code = |defaults: Value, words: &str, expected: &str| {
        let mut world = World::new(&[json!({"agents": agents(&[11])})], &defaults);
        check(
            &defaults.to_string(),
            &mut world,
            &[(words, ""), ("agent 11", expected)],
        );
    };
    let codes = json!([{"id": 3, "name": "Lunch"}, {"id": 4, "name": "Fire"}]);
    code(json!({"codes": codes}), "away 11 3", "away since 0");
    code(
        json!({"codes": codes, "codes_enabled": true}),
        "away 11 3",
        "away 3 since 0",
    );
    code(
        json!({"codes": codes, "codes_enabled": true, "default_code": 4}),
        "away 11",
        "away since 0",
    );
    let forced =
        json!({"codes": codes, "codes_enabled": true, "default_code": 4, "codes_forced": true});
    code(forced.clone(), "away 11", "away 4 since 0");
    code(forced.clone(), "away 11 9", "away 4 since 0");
    code(forced, "away 11 3", "away 3 since 0");
    code(
        json!({"codes": codes, "default_code": 4, "codes_forced": true}),
        "away 11",
        "away since 0",
    );
}

#[test]
fn after_a_call() {
    let one = |agent: Value| json!({"agents": agents(&[11]), "agent": agent});
    let begin = [
        ("ready 11", ""),
        ("enter 1 1", "offer 1 of 1 to 11"),
        ("answer 1 11", ""),
        ("enter 2 1", ""),
    ];
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
        &[
            ("over 1 11", ""),
            ("to 3", ""),
            ("to 4", "offer 2 of 1 to 11"),
        ],
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
        &[
            ("wrap-up 11", ""),
            ("to 5", ""),
            ("over 1 11", ""),
            ("to 65", "offer 2 of 1 to 11"),
        ],
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
        &[
            ("out 11", ""),
            ("over 1 11", ""),
            ("agent 11", "out since 0"),
        ],
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
fn do_not_disturb_counts_when_it_is_switched_on() {
    let story = |makes_unavailable: bool, script: &[(&str, &str)]| {
        let mut world = World::new(
            &[json!({"agents": agents(&[11])})],
            &json!({"unavailable_on_do_not_disturb": makes_unavailable}),
        );
        check(
            &format!("do not disturb: {makes_unavailable}"),
            &mut world,
            script,
        );
    };
    story(
        true,
        &[
            ("ready 11", ""),
            ("busy 11", ""),
            ("agent 11", "available since 0"),
            ("disturb-not 11", ""),
            ("agent 11", "away since 0"),
            // Who chooses to be available all the same stays so, whatever the line does.
            ("available 11", ""),
            ("busy-disturb-not 11", ""),
            ("agent 11", "available since 0"),
            ("up 11", ""),
            ("agent 11", "available since 0"),
        ],
    );
    story(
        false,
        &[
            ("ready 11", ""),
            ("disturb-not 11", ""),
            ("agent 11", "available since 0"),
            ("busy-disturb-not 11", ""),
            ("up 11", ""),
            ("agent 11", "available since 0"),
        ],
    );
}

#[test]
fn an_agent_knows_their_queues() {
    let center = |users: &[u32], may_join: bool| json!({"agents": agents(users), "agent": {"may_join": may_join}});
    let mut world = World::new(
        &[
            center(&[11, 12], false),
            center(&[12], false),
            center(&[11], true),
        ],
        &json!({}),
    );
    let queues = |world: &World, agent| world.acd.queues_of(UserId(agent)).collect::<Vec<_>>();
    assert_eq!(queues(&world, 11), [(UserId(1), true), (UserId(3), false)]);
    assert_eq!(queues(&world, 12), [(UserId(1), true), (UserId(2), true)]);
    assert_eq!(queues(&world, 13), []);
    world.say("join 11 3");
    assert_eq!(queues(&world, 11), [(UserId(1), true), (UserId(3), true)]);
}

#[test]
fn an_offer_that_came_to_nothing_is_no_bounce() {
    // The second call waits longer: it was in another queue before. The first keeps its place, which is behind.
    let mut world = World::new(&[json!({"agents": agents(&[11])})], &json!({}));
    check(
        "over before it was answered",
        &mut world,
        &[
            ("ready 11", ""),
            ("to 20", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("enter-since 2 1 10", ""),
            ("down 11", ""),
            ("over 1 11", ""),
            ("waiting 1", "2 1"),
        ],
    );
}

#[test]
fn a_call_center_that_comes_back_is_read_again() {
    let center = |user: u32| json!({"agents": agents(&[user])});
    let all = snapshot(&[center(11), center(12)], &json!({}));
    let without = |id: u32| {
        let mut config = all.clone();
        config.remove_user(UserId(id));
        config
    };
    let mut world = World::new(&[], &json!({}));
    world.save(&all);
    world.save(&without(2));
    check("one waits", &mut world, &[("enter 1 1", "")]);
    // As many as before, and known, but another one.
    assert_eq!(world.save(&without(1)), "release 1 of 1: Stranded");
    check(
        "it works",
        &mut world,
        &[("enter 2 2", ""), ("ready 12", "offer 2 of 2 to 12")],
    );
}

#[test]
fn codes_force_services_until_an_admin_decides() {
    let center = |forced: bool, active: bool| json!({"night": {"forced": forced}, "forced": {"active": active}});
    let mut world = World::new(&[center(false, false)], &json!({}));
    let forced = |world: &World| {
        let fact = world.acd.fact(UserId(1), world.now);
        (fact.night_forced, fact.forwarding_forced)
    };
    assert_eq!(forced(&world), (None, None));
    check(
        "by code",
        &mut world,
        &[
            ("night 1 on", ""),
            ("forward 1 off", ""),
            ("night 9 on", ""),
        ],
    );
    assert_eq!(forced(&world), (Some(true), Some(false)));
    world.configure(
        &[json!({"priority": 4, "night": {"forced": false}})],
        &json!({}),
    );
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
    assert_eq!(
        world.configure(&[center(&[12, 11, 13])], &json!({})),
        "offer 5 of 1 to 13"
    );
    check("one waits", &mut world, &[("enter 6 1", "")]);
    assert_eq!(world.configure(&[], &json!({})), "release 6 of 1: Stranded");
    assert_eq!(world.acd.agents().count(), 0);
    check(
        "what rang goes on",
        &mut world,
        &[("answer 5 13", ""), ("over 5 13", ""), ("over 5 13", "")],
    );
    let stranded = json!({"agents": agents(&[14]), "stranded": {"action": {"do": "busy"}}});
    world.configure(&[json!({"agents": agents(&[14])})], &json!({}));
    check("again", &mut world, &[("enter 7 1", "")]);
    assert_eq!(
        world.configure(&[stranded], &json!({})),
        "release 7 of 1: Stranded"
    );
}

#[test]
fn what_a_save_leaves_alone_is_not_read_again() {
    let center = |user: u32| json!({"agents": agents(&[user])});
    let codes = json!({"codes_enabled": true, "codes": [{"id": 3, "name": "Lunch"}]});
    let mut world = World::new(&[], &json!({}));
    let mut config = snapshot(&[center(11), center(12), center(13)], &json!({}));
    world.save(&config);
    check(
        "one waits",
        &mut world,
        &[
            ("enter 1 2", ""),
            ("away 11 3", ""),
            ("agent 11", "away since 0"),
        ],
    );
    // Only what holds for all call centers is another.
    let shared = snapshot(&[], &codes).shared().clone();
    config.put_shared(shared);
    assert_eq!(world.save(&config), "");
    check(
        "there are codes now",
        &mut world,
        &[("away 11 3", ""), ("agent 11", "away 3 since 0")],
    );
    config.remove_user(UserId(3));
    assert_eq!(world.save(&config), "");
    config.remove_user(UserId(2));
    assert_eq!(world.save(&config), "release 1 of 2: Stranded");
}

#[test]
fn a_save_keeps_who_answered() {
    let center = |policy: &str, priority: u32| json!({"agents": agents(&[11, 12, 13]), "policy": policy, "priority": priority});
    for (policy, next) in [("circular", 13), ("uniform", 13)] {
        let mut world = World::new(&[center(policy, 1)], &json!({}));
        let script = [
            ("ready 11 12 13", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("to 5", ""),
            ("enter 2 1", "offer 2 of 1 to 12"),
            ("answer 2 12", ""),
            ("over 1 11", ""),
            ("over 2 12", ""),
        ];
        check(policy, &mut world, &script);
        assert_eq!(world.configure(&[center(policy, 2)], &json!({})), "");
        assert_eq!(
            world.say("enter 3 1"),
            format!("offer 3 of 1 to {next}"),
            "{policy}"
        );
        world.say(&format!("answer 3 {next}"));
        assert_eq!(world.configure(&[center(policy, 3)], &json!({})), "");
        assert_eq!(world.say("enter 4 1"), "offer 4 of 1 to 11", "{policy}");
        world.say("answer 4 11");
        assert_eq!(world.say("enter 5 1"), "offer 5 of 1 to 12", "{policy}");
    }
}

#[test]
fn each_call_center_draws_for_itself() {
    let center = json!({"policy": "weighted", "agents": [{"user": 11, "weight": 50}, {"user": 12, "weight": 50}]});
    let mut world = World::new(&[center.clone(), center], &json!({}));
    world.say("ready 11 12");
    let mut drawn = |center: u32| -> Vec<_> {
        (0..40)
            .map(|_| {
                let offer = world.say(&format!("enter 1 {center}"));
                world.say("leave 1");
                offer.rsplit(' ').next().map(str::to_owned)
            })
            .collect()
    };
    let (first, second) = (drawn(1), drawn(2));
    assert_ne!(first, second);
}

#[test]
fn the_longer_rest_counts() {
    let center = json!({"agents": agents(&[11]), "agent": {"call_waiting": true}, "bounced": {"after_rings": 1}});
    let mut world = World::new(&[center], &json!({"guard_seconds": 10}));
    check(
        "missed, and a second later a call is over",
        &mut world,
        &[
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("enter 2 1", "offer 2 of 1 to 11"),
            ("to 6", "withdraw 2"),
            ("to 7", ""),
            ("over 1 11", ""),
            ("to 16", ""),
            ("to 17", "offer 2 of 1 to 11"),
        ],
    );
}

#[test]
fn every_hold_of_a_call_counts() {
    let mut world = World::new(&[json!({"agents": agents(&[11])})], &json!({}));
    let script = [
        "ready 11",
        "enter 1 1",
        "answer 1 11",
        "to 10",
        "hold 1",
        "to 14",
        "unhold 1",
        "to 20",
        "hold 1",
    ];
    for words in script
        .into_iter()
        .chain(["to 25", "unhold 1", "to 30", "over 1 11"])
    {
        world.say(words);
    }
    let total = world.acd.statistics(UserId(1)).unwrap().total();
    assert_eq!((total.talk_ms, total.hold_ms), (21_000, 9_000));
}

#[test]
fn only_who_was_offered_a_call_takes_it() {
    let mut world = World::new(&[json!({"agents": agents(&[11, 12])})], &json!({}));
    check(
        "another agent says so",
        &mut world,
        &[
            ("ready 11 12", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 1 12", ""),
            ("fail 1 12", ""),
            ("enter 2 1", "offer 2 of 1 to 12"),
            ("answer 1 11", ""),
        ],
    );
}

#[test]
fn a_call_center_counts_who_is_there() {
    let mut world = World::new(&[json!({"agents": agents(&[11, 12, 13])})], &json!({}));
    check(
        "two are there, of whom one is away for a while",
        &mut world,
        &[
            ("ready 11 12", ""),
            ("to 10", ""),
            ("away 12", ""),
            ("to 30", ""),
            ("available 12", ""),
            ("to 40", ""),
        ],
    );
    world.acd.settle(world.now);
    let total = world.acd.statistics(UserId(1)).unwrap().total();
    assert_eq!((total.staffed_ms, total.unavailable_ms), (80_000, 20_000));
}

#[test]
fn missed_calls_are_counted() {
    let mut world = World::new(
        &[json!({"agents": agents(&[11]), "bounced": {"after_rings": 2, "after_held": 60}})],
        &json!({}),
    );
    check(
        "twice not answered, once held too long",
        &mut world,
        &[
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("to 12", "withdraw 1"),
            ("to 18", "offer 1 of 1 to 11"),
            ("to 30", "withdraw 1"),
            ("to 36", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("hold 1", ""),
            ("to 95", ""),
            ("to 96", "withdraw 1"),
        ],
    );
    assert_eq!(
        world
            .acd
            .agent_statistics(UserId(11))
            .unwrap()
            .total()
            .bounced,
        3
    );
}

#[test]
fn nothing_is_known_of_another_call_center() {
    let world = World::new(&[json!({"agents": agents(&[11])})], &json!({}));
    let fact = world.acd.fact(UserId(9), world.now);
    assert_eq!(
        (fact.center, fact.joined, fact.agent_free),
        (UserId(9), 0, false)
    );
}

#[test]
fn choices_survive_a_restart() {
    let codes = json!({"codes_enabled": true, "codes": [{"id": 3, "name": "Lunch"}]});
    let center = || json!({"agents": agents(&[11, 12, 13]), "agent": {"may_join": true}});
    let mut world = World::new(&[center(), center()], &codes);
    check(
        "before",
        &mut world,
        &[
            ("to 3", ""),
            ("available 11", ""),
            ("join 11 1", ""),
            ("join 11 2", ""),
            ("part 11 2", ""),
            ("join 11 2", ""),
            ("away 12 3", ""),
            ("join 13 1", ""),
            ("part 13 1", ""),
            ("night 1 on", ""),
        ],
    );
    let text = serde_json::to_string(&world.acd.persisted()).unwrap();
    let mut next = World::new(&[], &codes);
    next.acd.restore(serde_json::from_str(&text).unwrap());
    next.configure(&[center(), center()], &codes);
    assert_eq!(next.acd.persisted(), world.acd.persisted());
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
        [
            vec![(UserId(1), true), (UserId(2), true)],
            vec![(UserId(1), false), (UserId(2), false)],
            vec![]
        ]
    );
    assert_eq!(next.acd.fact(UserId(1), next.now).night_forced, Some(true));
}
