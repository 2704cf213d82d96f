//! Properties of the call machine over random organisations and random facts: every call ends, no leg is lost,
//! no call is diverted more than ten times, and what it leaves in histories holds together.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::call::{
    Action, Call, Input, LegAction, LegId, LineAction, MAX_DIVERSIONS, MailboxAction, Request, Side,
};
use centrale_core::caller::Caller;
use centrale_core::history::{Kind, Other, entries};
use centrale_core::id::DeviceId;
use centrale_core::organisation::Key;
use centrale_core::outcome::{LineFact, MailboxFact};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::{LegFailure, Step, What};
use centrale_core::what_if::{LineScript, WhatIf, tell};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

const SERVICES: [&str; 13] = [
    "forwarding-always",
    "forwarding-busy",
    "forwarding-no-answer",
    "forwarding-not-reachable",
    "forwarding-selective",
    "do-not-disturb",
    "anonymous-rejection",
    "call-waiting",
    "remote-office",
    "simultaneous-ring",
    "sequential-ring",
    "voicemail-management",
    "voicemail-greetings",
];

const TARGETS: [&str; 9] = [
    "101",
    "102",
    "103",
    "104",
    "111",
    "7201",
    "199",
    "+31655501199",
    "112",
];

/// A setting of one user: which user, which service, where to, and a choice of variants.
type Set = (usize, usize, usize, u8);

fn organisation(sets: &[Set]) -> Arc<Snapshot> {
    let mut organisation = support::organisation();
    for (user, service, target, variant) in sets {
        let user = user % organisation.users.len();
        let to = TARGETS[target % TARGETS.len()];
        let id = SERVICES[service % SERVICES.len()];
        let settings = match id {
            "do-not-disturb" => json!({"active": true, "ring_splash": variant % 2 == 0}),
            "voicemail-management" => {
                json!({"all": variant % 7 == 0, "busy": variant % 2 == 0, "unanswered": variant % 3 > 0, "transfer": to})
            }
            "voicemail-greetings" => json!({"deposit": variant % 2 == 0, "after_greeting": to}),
            "anonymous-rejection" | "call-waiting" => json!({"active": true}),
            "remote-office" | "forwarding-not-reachable" => json!({"active": true, "number": to}),
            "simultaneous-ring" => {
                let when = ["always", "on-a-call", "not-on-a-call"][usize::from(variant % 3)];
                let phones = [
                    json!({"number": to, "confirm": variant % 2 == 0}),
                    json!({"number": "+31655501188"}),
                ];
                json!({"active": true, "phones": phones, "when": when, "rules": []})
            }
            "sequential-ring" => {
                let phones = [
                    json!({"number": "102"}),
                    json!({"number": to, "confirm": variant % 2 == 0, "rings": 2}),
                ];
                json!({"active": true, "phones": phones, "base_first": variant % 3 > 0, "on_busy": variant % 5 > 0,
                    "skippable": variant % 4 > 0, "rules": [{"name": "a"}]})
            }
            "forwarding-selective" => json!({"active": true, "number": to, "rules": [
                {"name": "a", "time": {"schedule": 1 + variant % 4, "outside": variant % 2 == 0}},
                {"name": "b", "effect": if variant % 3 == 0 { "deactivate" } else { "activate" }, "who": {"from": "internal"}},
            ]}),
            _ if variant % 5 == 0 => json!({"active": true, "voicemail": true}),
            _ => json!({"active": true, "number": to}),
        };
        organisation.users[user]
            .services
            .insert(id.into(), settings);
        let rings = [0, 2, 4, 20][usize::from(variant % 4)];
        organisation.users[user]
            .services
            .insert("ring-count".into(), json!({"rings": rings}));
    }
    Arc::new(Snapshot::of(&organisation, &support::zone))
}

fn sets() -> impl Strategy<Value = Vec<Set>> {
    prop::collection::vec(
        (0..12usize, 0..SERVICES.len(), 0..TARGETS.len(), any::<u8>()),
        0..24,
    )
}

fn request(dialled: usize, kind: u8) -> Request {
    let caller = match kind % 3 {
        0 => Caller::withheld(),
        1 => Caller::unavailable(),
        _ => Caller::external("+31205550100".parse().unwrap()),
    };
    let number = [
        "+31305550101",
        "+31305550102",
        "+31305550103",
        "+31305550104",
        "+3225550201",
    ][dialled % 5];
    Request {
        caller,
        dialled: number.into(),
        from: None,
        diversion_inhibited: kind.is_multiple_of(7),
        ..Request::default()
    }
}

fn script(choice: u8) -> LineScript {
    use LineScript::{Answers, Busy, NoAnswer, OnACall, OnTwoCalls, Unreachable};
    [Answers, Busy, NoAnswer, Unreachable, OnACall, OnTwoCalls][usize::from(choice % 6)]
}

fn diversions(trace: &[Step]) -> usize {
    trace
        .iter()
        .filter(|step| matches!(step.what, What::Diverted { .. }))
        .count()
}

/// What a call from outside leaves in the histories of persons.
fn history(trace: &[Step], config: &Snapshot) -> Result<(), TestCaseError> {
    let (first, last) = (trace.first().unwrap().at, trace.last().unwrap().at);
    let caller = trace.iter().find_map(|step| match &step.what {
        What::Calls { caller, .. } => Some(*caller),
        _ => None,
    });
    let Caller {
        number, withheld, ..
    } = caller.unwrap();
    let answered = trace
        .iter()
        .filter(|step| matches!(step.what, What::Answered { .. }))
        .count();
    let entries = entries(trace, config);
    for entry in &entries {
        let seconds = i64::from(entry.waited + entry.talked.unwrap_or(0));
        prop_assert!(
            first <= entry.at && entry.at.plus_seconds(seconds) <= last,
            "{entry:?}"
        );
        prop_assert_eq!(
            entry.kind == Kind::Received,
            entry.talked.is_some(),
            "{:?}",
            entry
        );
        prop_assert_eq!(
            &entry.other,
            &Other {
                number,
                withheld,
                ..Other::default()
            }
        );
        prop_assert!(
            entry.via.as_ref().is_none_or(|via| via.user != entry.user),
            "{entry:?}"
        );
    }
    let received = entries
        .iter()
        .filter(|entry| entry.kind == Kind::Received)
        .count();
    prop_assert!(received <= answered, "{entries:?}");
    prop_assert!(
        entries.iter().all(|entry| entry.kind != Kind::Placed),
        "nobody of ours called"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_scripted_call_ends(sets in sets(), dialled in 0..5usize, kind: u8, lines: [u8; 20], hour in 0..8760i64) {
        let config = organisation(&sets);
        let at = Timestamp(1_790_000_000_000).plus_seconds(hour * 3600);
        let lines = config.users().zip(lines).map(|(user, line)| (user.user.id, script(line))).collect();
        let keys = ["#", "0", "#"].map(String::from).to_vec();
        let confirm = kind % 2 == 0;
        let question = WhatIf { request: request(dialled, kind), at, lines, outside: script(kind), confirm, keys, seed: 1, ..WhatIf::default() };
        let story = tell(&config, &question);
        prop_assert!(diversions(&story.trace) <= MAX_DIVERSIONS);
        history(&story.trace, &config)?;
        let json: Value = serde_json::to_value(&story).unwrap();
        prop_assert_eq!(serde_json::from_value::<centrale_core::what_if::Story>(json).unwrap(), story);
    }

    #[test]
    fn no_leg_is_lost(sets in sets(), dialled in 0..5usize, kind: u8, facts in prop::collection::vec(any::<(u8, u8)>(), 0..60)) {
        let config = organisation(&sets);
        let mut call = Call::new(config.clone(), request(dialled, kind));
        let mut now = Timestamp(1_790_000_000_000);
        let mut open = BTreeSet::new();
        let mut asked = Vec::new();
        let (mut released, mut measured) = (0, false);
        let mut inputs = vec![Input::Start];
        let mut facts = facts.into_iter();
        loop {
            for input in inputs.drain(..) {
                if let Input::LegFailed(leg, _) | Input::LegHungUp(leg) = &input {
                    open.remove(leg);
                }
                let over = call.ended();
                let actions = call.handle(now, input);
                prop_assert!(!over || actions.is_empty(), "a call that is over does nothing");
                for action in actions {
                    match action {
                        Action::Line(LineAction::AskLine(user)) => asked.push(user),
                        Action::Mailbox(MailboxAction::AskMessage(_)) => measured = true,
                        Action::Leg(LegAction::Ring { leg, .. }) => prop_assert!(open.insert(leg), "a leg is named once"),
                        Action::Leg(LegAction::CancelLeg(leg)) => prop_assert!(open.remove(&leg), "only open legs are given up"),
                        Action::Leg(LegAction::Bridge(leg)) => prop_assert!(open.contains(&leg)),
                        Action::Leg(LegAction::Release(_)) => released += 1,
                        Action::Leg(LegAction::Unbridge(_) | LegAction::Conference(_) | LegAction::BecomeCaller(_))
                        | Action::Mailbox(_) | Action::Line(_) | Action::Queue(_) | Action::Signal(_) | Action::Media(_)
                        | Action::Service(_) => {}
                    }
                }
            }
            if call.ended() {
                break;
            }
            if std::mem::take(&mut measured) {
                inputs.push(Input::Recorded(u32::from(released == 0) * 2_000));
                continue;
            }
            let Some((what, which)) = facts.next() else {
                inputs.push(Input::CallerHungUp);
                continue;
            };
            now = now.plus_seconds(1);
            // Legs that never were and facts that come too late are part of the game.
            let leg = open.iter().nth(usize::from(which) % (open.len() + 1)).copied().unwrap_or(LegId(u32::from(which)));
            let known = open.contains(&leg);
            inputs.push(match what % 12 {
                0 => match asked.last() {
                    Some(user) => Input::Line(LineFact { user: *user, devices: vec![DeviceId(1); usize::from(which % 3)], calls: u16::from(which % 4 == 3), unavailable: which % 8 == 5 }),
                    None => Input::Finished,
                },
                1 => Input::LegRinging(leg),
                2 if known => Input::LegFailed(leg, LegFailure::Busy),
                3 if known => Input::LegFailed(leg, LegFailure::Unreachable),
                4 => Input::LegAnswered(leg),
                5 if known && which % 2 == 0 && matches!(call.trace().last().map(|s| &s.what), Some(What::Answered { .. })) => Input::LegHungUp(leg),
                6 => Input::Finished,
                7 => Input::Key(Side::Leg(leg), Key::new('1').unwrap()),
                8 => Input::Key(Side::Caller, Key::new('#').unwrap()),
                9 => Input::Key(Side::Caller, Key::new('0').unwrap()),
                10 => Input::Mailbox(MailboxFact { full: which % 2 == 0, ..MailboxFact::default() }),
                _ if call.next_timeout().is_some() => {
                    now = now.max(call.next_timeout().unwrap());
                    Input::TimerElapsed
                }
                _ => Input::Start,
            });
        }
        prop_assert!(open.is_empty(), "legs left behind: {open:?}");
        prop_assert!(released <= 1);
        prop_assert!(diversions(call.trace()) <= MAX_DIVERSIONS);
        prop_assert!(call.next_timeout().is_none());
        history(call.trace(), &config)?;
    }
}
