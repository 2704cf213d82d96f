//! What one queue, or a few, do in a certain order of events.

use crate::world::{World, agents, check};
use centrale_core::id::{UnavailableCodeId, UserId};
use serde_json::{Value, json};

fn story(name: &str, center: &Value, script: &[(&str, &str)]) {
    check(
        name,
        &mut World::new(std::slice::from_ref(center), &json!({})),
        script,
    );
}

#[test]
fn a_call_waits_for_an_agent() {
    story(
        "one agent",
        &json!({"agents": agents(&[11])}),
        &[
            ("enter 1 1", ""),
            ("enter 2 1", ""),
            ("waiting 1", "1 2"),
            ("available 11", ""),
            ("up 11", "offer 1 of 1 to 11"),
            ("waiting 1", "2"),
            ("answer 1 11", ""),
            ("to 60", ""),
            ("over 1 11", "offer 2 of 1 to 11"),
            ("leave 2", ""),
            ("enter 3 1", "offer 3 of 1 to 11"),
            ("answer 3 11", ""),
            ("leave 3", ""),
            ("enter 4 1", "offer 4 of 1 to 11"),
        ],
    );
    story(
        "who is not idle gets no call",
        &json!({"agents": agents(&[11])}),
        &[
            ("ready 11", ""),
            ("busy 11", ""),
            ("enter 1 1", ""),
            ("down 11", ""),
            ("disturb-not 11", ""),
            ("out 11", ""),
            ("up 11", ""),
            ("away 11", ""),
            ("wrap-up 11", ""),
            ("part 11 1", ""),
            ("available 11", ""),
            ("join 11 1", "offer 1 of 1 to 11"),
        ],
    );
    story(
        "nobody is offered what is over",
        &json!({"agents": agents(&[11])}),
        &[
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 2 11", ""),
            ("answer 1 12", ""),
            ("fail 1 12", ""),
            ("leave 1", ""),
            ("answer 1 11", ""),
            ("enter 2 7", "release 2 of 7: Stranded"),
        ],
    );
}

#[test]
fn the_queue_has_a_length() {
    let center = json!({"agents": agents(&[11]), "queue": {"length": 1}});
    story(
        "one may wait",
        &center,
        &[
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("enter 2 1", ""),
            ("enter 3 1", "release 3 of 1: Full"),
            ("leave 2", ""),
            ("enter 3 1", ""),
            ("waiting 1", "3"),
        ],
    );
    let center = json!({"agents": agents(&[11]), "queue": {"length": 0}});
    story(
        "none may wait, but a free agent takes one",
        &center,
        &[
            ("enter 1 1", "release 1 of 1: Full"),
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("enter 2 1", "release 2 of 1: Full"),
            ("fail 1 11", ""),
            ("waiting 1", "1"),
        ],
    );
}

#[test]
fn calls_overflow() {
    let center = json!({"agents": agents(&[11, 12]), "overflow": {"after_seconds": 30}});
    story(
        "waiting, ringing and answered",
        &center,
        &[
            ("ready 11 12", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("enter 2 1", "offer 2 of 1 to 12"),
            ("to 10", ""),
            ("enter 3 1", ""),
            ("to 29", ""),
            ("to 30", "release 2 of 1: Overflow; offer 3 of 1 to 12"),
            ("to 39", ""),
            ("answer 3 12", ""),
            ("to 100", ""),
            ("enter-since 4 1 0", ""),
            ("to 129", ""),
            ("to 130", "release 4 of 1: Overflow"),
        ],
    );
}

#[test]
fn calls_bounce() {
    let center = json!({"agents": agents(&[11, 12]), "bounced": {"after_rings": 2}});
    story(
        "back to the front, to who has not had it",
        &center,
        &[
            ("ready 11 12", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("enter 2 1", "offer 2 of 1 to 12"),
            ("enter 3 1", ""),
            ("to 11", ""),
            ("answer 2 12", ""),
            ("to 12", "withdraw 1"),
            ("waiting 1", "1 3"),
            ("to 17", ""),
            ("to 18", "offer 1 of 1 to 11"),
            ("to 25", ""),
            ("over 2 12", "offer 3 of 1 to 12"),
            ("fail 1 11", ""),
            ("fail 3 12", ""),
            ("waiting 1", "1 3"),
            ("to 31", "offer 1 of 1 to 11; offer 3 of 1 to 12"),
        ],
    );
    story(
        "each idle agent in turn",
        &center,
        &[
            ("ready 11 12", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("fail 1 11", "offer 1 of 1 to 12"),
            ("to 12", "withdraw 1; offer 1 of 1 to 11"),
        ],
    );
    let center = json!({"agents": agents(&[11, 12]), "bounced": {"after_rings": 1, "number": "+31205550142"}});
    story(
        "elsewhere",
        &center,
        &[
            ("ready 11 12", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("to 6", "withdraw 1; release 1 of 1: Bounced"),
            ("enter 2 1", "offer 2 of 1 to 12"),
            ("fail 2 12", "release 2 of 1: Bounced"),
        ],
    );
    let center = json!({"agents": agents(&[11]), "bounced": {}});
    story(
        "never for the rings",
        &center,
        &[
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("to 600", ""),
            ("away 11", ""),
            ("answer 1 11", ""),
            ("agent 11", "away since 600"),
        ],
    );
    let center = json!({"agents": agents(&[11, 12]), "bounced": {"when_unavailable": true}});
    story(
        "the agent becomes unavailable",
        &center,
        &[
            ("ready 11 12", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("out 11", "withdraw 1; offer 1 of 1 to 12"),
            ("away 12", "withdraw 1"),
            ("waiting 1", "1"),
        ],
    );
}

#[test]
fn a_held_call_bounces() {
    let center =
        json!({"agents": agents(&[11, 12]), "bounced": {"warn_held": 10, "after_held": 20}});
    story(
        "held too long",
        &center,
        &[
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("enter 2 1", ""),
            ("hold 1", ""),
            ("to 9", ""),
            ("unhold 1", ""),
            ("to 30", ""),
            ("hold 1", ""),
            ("to 40", "11 holds 1 long"),
            ("to 49", ""),
            ("to 50", "withdraw 1"),
            ("waiting 1", "1 2"),
            ("to 55", ""),
            ("to 56", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("to 100", ""),
            ("over 1 11", "offer 2 of 1 to 11"),
        ],
    );
}

#[test]
fn calls_strand() {
    let center = json!({"agents": agents(&[11, 12]), "stranded": {"action": {"do": "busy"}}});
    story(
        "nobody is left",
        &center,
        &[
            ("enter 1 1", "release 1 of 1: Stranded"),
            ("available 11", ""),
            ("enter 2 1", ""),
            ("enter 3 1", ""),
            ("available 12", ""),
            ("away 11", ""),
            (
                "out 12",
                "release 2 of 1: Stranded; release 3 of 1: Stranded",
            ),
            ("available 12", ""),
            ("enter 4 1", ""),
            ("part 12 1", "release 4 of 1: Stranded"),
            ("part 11 1", ""),
            ("enter 5 1", "release 5 of 1: Stranded"),
        ],
    );
    story(
        "what rings goes on, and strands when it comes back",
        &center,
        &[
            ("ready 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("away 11", ""),
            ("fail 1 11", "release 1 of 1: Stranded"),
        ],
    );
    let stay = json!({"agents": agents(&[11])});
    story(
        "they stay",
        &stay,
        &[
            ("enter 1 1", ""),
            ("available 11", ""),
            ("out 11", ""),
            ("waiting 1", "1"),
        ],
    );
    let codes = json!({"codes_enabled": true, "codes": [{"id": 3, "name": "Lunch"}, {"id": 4, "name": "Fire"}]});
    let service = json!({"code": 4, "agents": 2, "action": {"do": "ring"}});
    let center = json!({"agents": agents(&[11, 12, 13]), "stranded_unavailable": service,
        "stranded": {"action": {"do": "busy"}}});
    let mut world = World::new(&[center], &codes);
    check(
        "so many carry the code",
        &mut world,
        &[
            ("available 11", ""),
            ("available 12", ""),
            ("available 13", ""),
            ("enter 1 1", ""),
            ("away 11 4", ""),
            ("away 12 3", ""),
            ("agent 12", "away 3 since 0"),
            ("away 12 4", "release 1 of 1: StrandedUnavailable"),
            ("enter 2 1", "release 2 of 1: StrandedUnavailable"),
            ("away 12 9", ""),
            ("agent 12", "away since 0"),
            ("away 13", ""),
            ("enter 3 1", "release 3 of 1: Stranded"),
            ("away 13 4", ""),
            ("enter 4 1", "release 4 of 1: StrandedUnavailable"),
        ],
    );
    let fact = world.acd.fact(UserId(1), world.now);
    assert_eq!((fact.staffed, fact.joined, fact.unavailable), (3, 3, 3));
    assert_eq!(fact.codes, [(UnavailableCodeId(4), 2)].into());
}

#[test]
fn several_queues() {
    let queue = |priority: u16| json!({"agents": agents(&[11]), "priority": priority, "bounced": {"after_rings": 5}});
    let begin = [
        ("enter 1 2", ""),
        ("to 5", ""),
        ("enter 2 1", ""),
        ("to 6", ""),
        ("enter 3 2", ""),
    ];
    let mut world = World::new(&[queue(1), queue(2)], &json!({}));
    check("longest wait", &mut world, &begin);
    check(
        "longest wait",
        &mut world,
        &[
            ("ready 11", "offer 1 of 2 to 11"),
            ("leave 1", "offer 2 of 1 to 11"),
        ],
    );
    let mut world = World::new(&[queue(1), queue(2)], &json!({"routing": "priority"}));
    check("priority", &mut world, &begin);
    check(
        "priority",
        &mut world,
        &[
            ("ready 11", "offer 2 of 1 to 11"),
            ("leave 2", "offer 1 of 2 to 11"),
            ("fail 1 11", ""),
            ("enter 4 1", ""),
            ("to 20", "offer 1 of 2 to 11"),
            ("leave 1", "offer 4 of 1 to 11"),
            ("leave 4", "offer 3 of 2 to 11"),
        ],
    );
    let mut world = World::new(&[queue(1), queue(2)], &json!({}));
    check(
        "the mark ends and the wait is kept in another queue",
        &mut world,
        &[
            ("enter 1 1", ""),
            ("to 2", ""),
            ("ready 11", "offer 1 of 1 to 11"),
            ("fail 1 11", ""),
            ("to 4", ""),
            ("enter-since 2 2 -10", ""),
            ("enter-since 1 2 0", ""),
            ("waiting 2", "2 1"),
            ("waiting 1", ""),
        ],
    );
    let reset = json!({"agents": agents(&[11]), "queue": {"reset_statistics": true}});
    check(
        "the wait begins anew",
        &mut World::new(&[reset], &json!({})),
        &[
            ("to 5", ""),
            ("enter 1 1", ""),
            ("to 9", ""),
            ("enter-since 2 1 0", ""),
            ("waiting 1", "1 2"),
        ],
    );
}

#[test]
fn policies() {
    let queue = |policy: &str| json!({"agents": agents(&[11, 12, 13]), "policy": policy});
    story(
        "regular",
        &queue("regular"),
        &[
            ("ready 12 13 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("over 1 11", ""),
            ("enter 2 1", "offer 2 of 1 to 11"),
        ],
    );
    story(
        "circular: after who last answered",
        &queue("circular"),
        &[
            ("ready 11 12 13", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("leave 1", ""),
            ("enter 2 1", "offer 2 of 1 to 11"),
            ("fail 2 11", "offer 2 of 1 to 12"),
            ("answer 2 12", ""),
            ("enter 3 1", "offer 3 of 1 to 13"),
            ("answer 3 13", ""),
            ("to 6", ""),
            ("enter 4 1", "offer 4 of 1 to 11"),
        ],
    );
    story(
        "uniform: who answered longest ago",
        &queue("uniform"),
        &[
            ("ready 11 12 13", ""),
            ("enter 1 1", "offer 1 of 1 to 11"),
            ("answer 1 11", ""),
            ("to 1", ""),
            ("enter 2 1", "offer 2 of 1 to 12"),
            ("answer 2 12", ""),
            ("over 2 12", ""),
            ("over 1 11", ""),
            ("enter 3 1", "offer 3 of 1 to 13"),
            ("enter 4 1", "offer 4 of 1 to 11"),
        ],
    );
    story(
        "simultaneous: all, and who answers has it",
        &queue("simultaneous"),
        &[
            ("ready 13 11", ""),
            ("enter 1 1", "offer 1 of 1 to 11 13"),
            ("ready 12", ""),
            ("enter 2 1", "offer 2 of 1 to 12"),
            ("fail 1 11", ""),
            ("answer 1 13", ""),
            ("over 2 12", "offer 2 of 1 to 12"),
            ("to 10", ""),
            ("over 1 13", ""),
            ("leave 2", ""),
            ("enter 3 1", "offer 3 of 1 to 11 12 13"),
            ("answer 3 12", ""),
            ("enter 4 1", "offer 4 of 1 to 11 13"),
            ("leave 4", ""),
            ("enter 5 1", "offer 5 of 1 to 11 13"),
            ("fail 5 13", ""),
            ("fail 5 11", ""),
            ("waiting 1", "5"),
        ],
    );
    let weighted = json!({"policy": "weighted",
        "agents": [{"user": 11, "weight": 0}, {"user": 12, "weight": 100}, {"user": 13}]});
    story(
        "weighted: who has no weight comes last",
        &weighted,
        &[
            ("ready 11 12", ""),
            ("enter 1 1", "offer 1 of 1 to 12"),
            ("enter 2 1", "offer 2 of 1 to 11"),
        ],
    );
}

#[test]
fn alerts() {
    let center =
        json!({"agents": agents(&[11]), "agent": {"alert_waiting": 2, "alert_seconds": 30}});
    story(
        "so many, so long",
        &center,
        &[
            ("lamp 1", "empty"),
            ("enter 1 1", ""),
            ("lamp 1", "waits"),
            ("to 5", ""),
            ("enter 2 1", "1: 2 wait"),
            ("lamp 1", "alert"),
            ("enter 3 1", ""),
            ("lamp 1", "alert"),
            ("to 29", ""),
            ("to 30", "1: one waits 30 s"),
            ("to 34", ""),
            ("leave 1", ""),
            ("to 40", "1: one waits 30 s"),
            ("ready 11", "offer 2 of 1 to 11"),
            ("lamp 1", "alert"),
            ("answer 2 11", ""),
            // The last one waits as long as the one that was answered.
            ("lamp 1", "alert"),
            ("leave 3", ""),
            ("lamp 1", "empty"),
            ("enter 4 1", ""),
            ("to 69", ""),
            ("lamp 1", "waits"),
            ("to 70", "1: one waits 30 s"),
            ("lamp 1", "alert"),
            ("lamp 9", "empty"),
        ],
    );
    story(
        "without alerts",
        &json!({"agents": agents(&[11])}),
        &[
            ("enter 1 1", ""),
            ("enter 2 1", ""),
            ("to 600", ""),
            ("lamp 1", "waits"),
        ],
    );
}

#[test]
fn handling_is_that_of_the_last_hour() {
    let center = json!({"agents": agents(&[11]), "announcements": {"handling_minutes": 9}});
    let mut world = World::new(&[center], &json!({}));
    world.say("ready 11");
    let mut talks = |call: u32, from: i64, seconds: i64| {
        world.say(&format!("to {from}"));
        world.say(&format!("enter {call} 1"));
        world.say(&format!("answer {call} 11"));
        world.say(&format!("to {}", from + seconds));
        world.say(&format!("over {call} 11"));
    };
    talks(1, 0, 0);
    talks(2, 0, 40);
    talks(3, 1000, 20);
    talks(4, 3700, 60);
    check(
        "a call waits",
        &mut world,
        &[
            ("enter 5 1", "offer 5 of 1 to 11"),
            ("place 5", "1 of 1, 40 s"),
        ],
    );
    check(
        "later",
        &mut world,
        &[
            ("to 4620", ""),
            ("place 5", "1 of 1, 40 s"),
            ("to 4621", ""),
            ("place 5", "1 of 1, 60 s"),
        ],
    );
    check(
        "none is left",
        &mut world,
        &[
            ("to 7360", ""),
            ("place 5", "1 of 1, 60 s"),
            ("to 7361", ""),
            ("place 5", "1 of 1, 540 s"),
        ],
    );
}

#[test]
fn estimates() {
    let center = json!({"agents": agents(&[11, 12]), "announcements": {"handling_minutes": 2},
        "agent": {"after_call": {"state": "wrap-up"}}});
    let mut world = World::new(&[center], &json!({}));
    check(
        "estimates",
        &mut world,
        &[
            ("enter 1 1", ""),
            ("enter 2 1", ""),
            ("place 1", "1 of 2, 4294967295 s"),
            ("available 11", ""),
            ("away 12", ""),
            ("place 2", "2 of 2, 240 s"),
            ("out 12", ""),
            ("place 2", "2 of 2, 240 s"),
            ("up 11", "offer 1 of 1 to 11"),
            ("place 1", "1 of 2, 120 s"),
            ("answer 1 11", ""),
            ("place 1", "none"),
            ("to 30", ""),
            ("hold 1", ""),
            ("to 40", ""),
            ("over 1 11", ""),
            ("place 2", "1 of 1, 120 s"),
            ("to 45", ""),
            ("available 11", "offer 2 of 1 to 11"),
            ("place 2", "1 of 1, 45 s"),
            ("enter 3 1", ""),
            ("to 3645", ""),
            ("place 3", "1 of 1, 45 s"),
            ("to 3646", ""),
            ("place 3", "1 of 1, 120 s"),
        ],
    );
    let fact = |world: &World| {
        let fact = world.acd.fact(UserId(1), world.now);
        (
            fact.waiting,
            fact.agent_free,
            fact.estimated_wait,
            fact.staffed,
        )
    };
    assert_eq!(fact(&world), (1, false, 240, 1));
    check("free", &mut world, &[("leave 3", ""), ("leave 2", "")]);
    assert_eq!(fact(&world), (0, true, 0, 1));
    let mut statistics = world.acd.clone();
    statistics.settle(world.now);
    let total = statistics.statistics(UserId(1)).unwrap().total();
    assert_eq!(
        (total.talk_ms, total.hold_ms, total.wrap_up_ms),
        (30_000, 10_000, 5_000)
    );
    assert_eq!((total.offered, total.answered, total.abandoned), (3, 1, 2));
    assert_eq!((total.wait_ms, total.staffed_ms), (0, 3_646_000));
    let agent = statistics.agent_statistics(UserId(11)).unwrap();
    let total = agent.total();
    assert_eq!(
        (
            total.offered,
            total.answered,
            total.staffed_ms,
            total.wrap_up_ms
        ),
        (2, 1, 3_646_000, 5_000)
    );
    let parts: Vec<_> = agent
        .intervals
        .iter()
        .map(|i| i.counters.staffed_ms / 1000)
        .collect();
    assert_eq!(parts, [900, 900, 900, 900, 46]);
}
