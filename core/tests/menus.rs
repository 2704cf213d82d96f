//! Properties of auto attendants over random menus and random keys: every call ends, a caller who presses nothing hears
//! only so much, no key is too much for it, and the same inputs make the same call, at any moment.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::call::{
    Action, Call, Input, LegId, LineAction, MAX_DIVERSIONS, MailboxAction, MediaAction, Request,
    Side,
};
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use centrale_core::organisation::Key;
use centrale_core::outcome::LineFact;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::What;
use centrale_core::what_if::{LineScript, Outcome, WhatIf, map, tell};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The most prompts in a row that a caller hears in one auto attendant without pressing a key: two for each turn that
/// menus may take by themselves and for the first, one that asks for more letters, and the one at the end.
const MOST_PROMPTS: usize = 10;

const KEYS: &str = "0123456789*#";

fn action(choice: u8) -> Value {
    match choice % 16 {
        0 => json!({"do": "transfer", "to": "101"}),
        1 => json!({"do": "transfer", "to": "140", "prompt": true}),
        2 => json!({"do": "transfer", "to": "112"}),
        3 => json!({"do": "operator", "to": "102"}),
        4..=6 => json!({"do": "submenu", "menu": choice / 16 % 4}),
        7 => json!({"do": "name-dialling"}),
        8 => json!({"do": "extension-dialling"}),
        9 | 10 => json!({"do": "repeat"}),
        11 => json!({"do": "previous"}),
        12 => json!({"do": "end"}),
        13 => json!({"do": "mailbox"}),
        14 => json!({"do": "mailbox", "user": 1}),
        _ => json!({"do": "announcement", "audio": ["a.wav"]}),
    }
}

/// A menu: what each key does (the highest bit: nothing), what happens in the end, and whether extensions are dialled.
type Tree = ([u8; 12], u8, bool);

fn menu((keys, timeout, dialling): &Tree) -> Value {
    let keys = KEYS.chars().zip(keys).filter(|(_, choice)| **choice < 128);
    let keys: Map<_, _> = keys
        .map(|(key, choice)| (key.to_string(), json!({"action": action(*choice)})))
        .collect();
    let mut menu = json!({"keys": keys, "extension_dialling": dialling, "first_digit_seconds": 1 + timeout % 9});
    if *timeout < 128 {
        menu["timeout"] = action(*timeout);
    }
    menu
}

fn config(trees: &[Tree; 4], scopes: u8) -> Arc<Snapshot> {
    let reach = ["enterprise", "location", "department"];
    let mut organisation = serde_json::to_value(support::organisation()).unwrap();
    let submenus: Vec<_> = (1..)
        .zip(&trees[1..])
        .map(|(id, tree)| json!({"id": id, "name": "s", "menu": menu(tree)}))
        .collect();
    organisation["auto_attendants"] = json!([{
        "id": 40,
        "identity": {"name": "Welcome", "location": 1, "number": "+31305550140", "extension": "140"},
        "business": menu(&trees[0]),
        "extension_scope": reach[usize::from(scopes % 3)],
        "name_scope": reach[usize::from(scopes / 3 % 3)],
        "name_entry": if scopes.is_multiple_of(2) { "any-order" } else { "last-first" },
        "submenus": submenus,
    }]);
    Arc::new(Snapshot::of(
        &serde_json::from_value(organisation).unwrap(),
        &support::zone,
    ))
}

fn request() -> Request {
    let caller = Caller::external("+31205550100".parse().unwrap());
    Request {
        caller,
        dialled: "+31305550140".into(),
        ..Request::default()
    }
}

fn key(choice: u8) -> Key {
    Key::new(char::from(
        KEYS.as_bytes()[usize::from(choice) % KEYS.len()],
    ))
    .unwrap()
}

/// What may happen next: a key, or what the call waits for.
fn input(call: &Call, playing: bool, asked: Option<UserId>, choice: u8) -> Input {
    match asked {
        Some(user) => Input::Line(LineFact {
            user,
            ..LineFact::default()
        }),
        None if choice < 160 => Input::Key(Side::Caller, key(choice)),
        None if playing => Input::Finished,
        None if call.next_timeout().is_some() => Input::TimerElapsed,
        None => Input::CallerHungUp,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_caller_gets_out(trees: [Tree; 4], scopes: u8, choices in prop::collection::vec(any::<u8>(), 0..60)) {
        let mut call = Call::new(config(&trees, scopes), request());
        let mut twin = call.clone();
        let mut now = Timestamp(1_790_000_000_000);
        let (mut playing, mut measured, mut asked, mut prompts, mut arrivals) = (false, false, None, 0, 0);
        let mut next = Input::Start;
        let mut choices = choices.into_iter();
        loop {
            if matches!(next, Input::Key(..)) {
                prompts = 0;
            }
            let before = arrivals;
            asked = asked.filter(|_| !matches!(next, Input::Line(_)));
            let actions = call.handle(now, next.clone());
            // The twin is what a host has that was stopped after the last input and went on from what it kept.
            let mut kept = twin.clone();
            prop_assert_eq!(&kept.handle(now, next.clone()), &actions);
            twin = kept;
            prop_assert_eq!(call.trace(), twin.trace());
            prop_assert_eq!(call.next_timeout(), twin.next_timeout());
            arrivals = call.trace().iter().filter(|step| matches!(step.what, What::Arrives { .. })).count();
            if arrivals > before {
                prompts = 0;
            }
            for action in actions {
                match action {
                    Action::Media(MediaAction::Play(sounds)) => {
                        prop_assert!(!sounds.is_empty() && !playing, "one prompt at a time, and never none");
                        playing = true;
                        prompts += 1;
                    }
                    Action::Media(MediaAction::StopPlaying) => {
                        prop_assert!(playing, "only what plays is stopped");
                        playing = false;
                    }
                    Action::Mailbox(MailboxAction::Record(_)) => playing = true,
                    Action::Mailbox(MailboxAction::AskMessage(_)) => measured = true,
                    Action::Line(LineAction::AskLine(user)) => asked = Some(user),
                    Action::Line(_) | Action::Mailbox(_) | Action::Media(_) | Action::Leg(_) | Action::Queue(_)
                    | Action::Signal(_) | Action::Service(_) => {}
                }
            }
            prop_assert!(prompts <= MOST_PROMPTS, "{} prompts without a key", prompts);
            if call.ended() {
                break;
            }
            // After the last choice the caller is silent.
            next = if std::mem::take(&mut measured) {
                Input::Recorded(2_000)
            } else {
                input(&call, playing, asked, choices.next().unwrap_or(255))
            };
            if next == Input::TimerElapsed {
                now = call.next_timeout().unwrap();
            }
            if next == Input::Finished {
                playing = false;
                now = now.plus_seconds(2);
            }
        }
        prop_assert!(arrivals <= MAX_DIVERSIONS + 1);
        for step in call.trace() {
            if let What::Menu(step) = &step.what {
                prop_assert_eq!(step.user(), UserId(40));
            }
        }
    }

    #[test]
    fn every_scripted_caller_gets_out(trees: [Tree; 4], keys in prop::collection::vec("[0-9*#]{0,8}", 0..20)) {
        let question = WhatIf { request: request(), at: Timestamp(1_790_000_000_000), keys, ..WhatIf::default() };
        let story = tell(&config(&trees, 0), &question);
        let json = serde_json::to_value(&story).unwrap();
        prop_assert_eq!(serde_json::from_value::<centrale_core::what_if::Story>(json).unwrap(), story);
    }
}

#[test]
fn what_a_silent_caller_hears_follows_the_schedules() {
    let mut organisation = serde_json::to_value(support::organisation()).unwrap();
    organisation["auto_attendants"] = json!([{
        "id": 40, "identity": {"name": "Welcome", "location": 1, "number": "+31305550140"},
        "business": {}, "hours": 1, "holidays": 2, "holiday": {},
    }]);
    let config = Arc::new(Snapshot::of(
        &serde_json::from_value(organisation).unwrap(),
        &support::zone,
    ));
    // Thursday 24 December 2026, midnight in Amsterdam; the days of Christmas follow.
    let at = Timestamp::from_seconds(1_798_066_800);
    let question = WhatIf {
        request: request(),
        at,
        ..WhatIf::default()
    };
    let stretches = map(&config, &question, at.plus_seconds(3 * 86400));
    let found: Vec<_> = stretches
        .iter()
        .map(|stretch| {
            (
                stretch.from.since(at) / 60_000,
                serde_json::to_value(stretch.outcome).unwrap()["which"]["at"].clone(),
            )
        })
        .collect();
    let expected = [
        (0, "after-hours"),
        (510, "business-hours"),
        (1050, "after-hours"),
        (1440, "holiday"),
    ];
    assert_eq!(
        found,
        expected.map(|(minute, which)| (minute, json!(which)))
    );
    assert!(stretches.iter().all(|s| matches!(
        s.outcome,
        Outcome::Menu {
            user: UserId(40),
            ..
        }
    )));
}

/// An auto attendant whose keys do what is asked.
fn attendant(business: &Value) -> Arc<Snapshot> {
    let mut organisation = serde_json::to_value(support::organisation()).unwrap();
    organisation["auto_attendants"] = json!([{
        "id": 40, "identity": {"name": "Welcome", "location": 1, "number": "+31305550140"},
        "business": business, "submenus": [{"id": 1, "name": "s", "menu": {}}],
    }]);
    Arc::new(Snapshot::of(
        &serde_json::from_value(organisation).unwrap(),
        &support::zone,
    ))
}

#[test]
fn how_a_call_to_a_menu_ends_for_the_caller() {
    let keys = json!({"keys": {
        "1": {"action": {"do": "submenu", "menu": 1}},
        "2": {"action": {"do": "end"}},
        "3": {"action": {"do": "transfer", "to": "101"}},
        "4": {"action": {"do": "transfer", "to": "11111111"}},
        "5": {"action": {"do": "mailbox", "user": 1}},
        "6": {"action": {"do": "transfer", "to": "103"}},
    }});
    let config = attendant(&keys);
    let busy = [(UserId(3), LineScript::Busy)].into();
    let question = WhatIf {
        request: request(),
        at: Timestamp(1_790_000_000_000),
        lines: busy,
        ..WhatIf::default()
    };
    let check = |keys: &str, expected: Value| {
        let story = tell(
            &config,
            &WhatIf {
                keys: vec![keys.into()],
                ..question.clone()
            },
        );
        assert_eq!(
            serde_json::to_value(story.outcome).unwrap(),
            expected,
            "{keys}"
        );
    };
    check(
        "",
        json!({"outcome": "menu", "user": 40, "which": {"at": "business-hours"}}),
    );
    check(
        "9",
        json!({"outcome": "menu", "user": 40, "which": {"at": "business-hours"}}),
    );
    check(
        "1",
        json!({"outcome": "menu", "user": 40, "which": {"at": "submenu", "id": 1}}),
    );
    check(
        "2",
        json!({"outcome": "announced", "announcement": "goodbye"}),
    );
    check(
        "3",
        json!({"outcome": "answered", "by": {"kind": "user", "id": 1}}),
    );
    check(
        "4",
        json!({"outcome": "announced", "announcement": "number-not-in-use"}),
    );
    check("5", json!({"outcome": "mailbox", "user": 1}));
    check("6", json!({"outcome": "ended", "cause": "busy"}));
}

#[test]
fn facts_that_a_menu_does_not_wait_for_change_nothing() {
    let now = Timestamp(1_790_000_000_000);
    let mut call = Call::new(attendant(&json!({})), request());
    call.handle(now, Input::Start);
    let foreign = [
        Input::TimerElapsed,
        Input::LegRinging(LegId(1)),
        Input::LegAnswered(LegId(1)),
        Input::Key(Side::Leg(LegId(1)), key(1)),
        Input::Line(LineFact::default()),
    ];
    let steps = call.trace().len();
    for input in foreign {
        assert_eq!(
            call.handle(now, input.clone()),
            [],
            "{input:?} while the menu plays"
        );
        assert_eq!(
            (call.next_timeout(), call.trace().len()),
            (None, steps),
            "{input:?}"
        );
    }
    assert_eq!(call.handle(now, Input::Finished), []);
    let first_digit = Some(now.plus_seconds(10));
    assert_eq!(call.next_timeout(), first_digit);
    assert_eq!(
        call.handle(now.plus_seconds(5), Input::Finished),
        [],
        "nothing plays"
    );
    assert_eq!(
        (call.next_timeout(), call.trace().len()),
        (first_digit, steps)
    );
}
