//! Facts that reach a call late, or are about somebody else: they change nothing but what they are about.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::call::{
    Action, Call, Detail, Input, LegAction, LegId, MailboxAction, MediaAction, QueueAction,
    Request, Side, Sound, write_trace,
};
use centrale_core::caller::Caller;
use centrale_core::id::{DeviceId, LocationId, UserId};
use centrale_core::organisation::Key;
use centrale_core::outcome::{
    CenterFact, GroupFact, LineFact, MailboxFact, OfferResult, QueueFact,
};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::{Cause, LegFailure, Party};
use std::sync::Arc;

const CENTER: &str = r#"{"id": 60, "identity": {"name": "Sales", "location": 1, "number": "+31305550160", "extension": "160"}, "agents": [{"user": 1}, {"user": 2}]}"#;

/// A call that is told facts by hand.
struct Told {
    call: Call,
    config: Arc<Snapshot>,
    now: Timestamp,
}

impl Told {
    /// Somebody outside calls.
    fn new(dialled: &str, set: &[(&str, &str)]) -> Self {
        let caller = Caller::external("+31205550100".parse().unwrap());
        Self::by(caller, None, dialled, set)
    }

    /// Anna calls from her phone.
    fn inside(dialled: &str, set: &[(&str, &str)]) -> Self {
        let caller = Caller {
            user: Some(UserId(1)),
            ..Caller::unavailable()
        };
        Self::by(caller, Some(LocationId(1)), dialled, set)
    }

    fn by(caller: Caller, from: Option<LocationId>, dialled: &str, set: &[(&str, &str)]) -> Self {
        let mut organisation = support::organisation();
        for (pointer, json) in set {
            support::set(&mut organisation, pointer, json);
        }
        let config = Arc::new(Snapshot::of(&organisation, &support::zone));
        let request = Request {
            caller,
            dialled: dialled.into(),
            from,
            ..Request::default()
        };
        let mut told = Self {
            call: Call::new(config.clone(), request),
            config,
            now: Timestamp(1_795_597_200_000),
        };
        told.hears(Input::Start);
        told
    }

    fn hears(&mut self, input: Input) -> Vec<Action> {
        self.call.handle(self.now, input)
    }

    fn keys(&mut self, text: &str) -> Vec<Action> {
        let keys = text
            .chars()
            .map(|sign| Input::Key(Side::Caller, Key::new(sign).unwrap()));
        keys.map(|key| self.hears(key)).last().unwrap()
    }

    fn line(&mut self, user: u32, calls: u16, devices: &[u32]) -> Vec<Action> {
        let devices = devices.iter().copied().map(DeviceId).collect();
        self.hears(Input::Line(LineFact {
            user: UserId(user),
            devices,
            calls,
            ..LineFact::default()
        }))
    }

    /// The call center has two agents, and one of them is free.
    fn finds_agents_free(&mut self) {
        self.hears(Input::Center(CenterFact {
            center: UserId(60),
            joined: 2,
            staffed: 2,
            agent_free: true,
            ..Default::default()
        }));
    }

    /// Time goes on until the call wants to be woken.
    fn wakes(&mut self) -> Vec<Action> {
        self.now = self.call.next_timeout().unwrap();
        self.hears(Input::TimerElapsed)
    }

    fn trace(&self) -> String {
        let mut text = String::new();
        write_trace(&mut text, self.call.trace(), &self.config, Detail::Brief).unwrap();
        text
    }
}

fn gives_up(actions: &[Action], leg: u32) -> bool {
    actions
        .iter()
        .any(|action| matches!(action, Action::Leg(LegAction::CancelLeg(LegId(l))) if *l == leg))
}

fn confirming() -> [(&'static str, &'static str); 1] {
    [(
        "/users/0/services/simultaneous-ring",
        r#"{"active": true, "phones": [{"number": "+31655500188", "confirm": true}]}"#,
    )]
}

#[test]
fn who_hangs_up_instead_of_confirming_is_not_reached() {
    let mut told = Told::new("+31305550101", &confirming());
    told.line(1, 0, &[1]);
    told.hears(Input::LegAnswered(LegId(2)));
    assert_eq!(
        told.hears(Input::Key(Side::Leg(LegId(2)), Key::new('5').unwrap())),
        [],
        "another key"
    );
    let actions = told.hears(Input::LegHungUp(LegId(2)));
    assert!(!gives_up(&actions, 2), "that leg is gone already");
    assert!(
        told.trace().contains("+31655500188 does not confirm"),
        "{}",
        told.trace()
    );
    // A key of who is gone does not count.
    told.hears(Input::Key(Side::Leg(LegId(2)), Key::new('1').unwrap()));
    let actions = told.hears(Input::LegAnswered(LegId(1)));
    assert!(
        actions.contains(&LegAction::Bridge(LegId(1)).into()),
        "{actions:?}"
    );
}

#[test]
fn the_same_in_a_group_call() {
    let [(pointer, json)] = confirming();
    let group = r#"{"id": 40, "identity": {"name": "crisis", "location": 1, "extension": "140", "number": "+31305550140"}, "ring_seconds": 60, "members": ["101", "102"]}"#;
    let mut told = Told::new(
        "+31305550140",
        &[(pointer, json), ("/group_calls/-", group)],
    );
    told.line(1, 0, &[]);
    told.line(2, 0, &[3]);
    told.hears(Input::LegAnswered(LegId(1)));
    told.hears(Input::LegHungUp(LegId(1)));
    let trace = told.trace();
    assert!(trace.contains("101 does not join crisis"), "{trace}");
    assert!(!trace.contains("102 does not join crisis"), "{trace}");
}

#[test]
fn a_member_of_a_group_call_has_their_own_time() {
    // The first treats the call after 2 rings, the second after 4: no timer of one is one of the other.
    let rings = |user: u32, rings: u8| {
        (
            format!("/users/{user}/services/ring-count"),
            format!(r#"{{"rings": {rings}}}"#),
        )
    };
    let forwards = |user: u32| {
        (
            format!("/users/{user}/services/forwarding-no-answer"),
            r#"{"active": true, "number": "104"}"#.to_owned(),
        )
    };
    let group = ("/group_calls/-".to_owned(), r#"{"id": 40, "identity": {"name": "crisis", "location": 1, "extension": "140", "number": "+31305550140"}, "ring_seconds": 60, "members": ["101", "102"]}"#.to_owned());
    let set = [rings(0, 2), rings(1, 4), forwards(0), forwards(1), group];
    let set: Vec<_> = set
        .iter()
        .map(|(pointer, json)| (pointer.as_str(), json.as_str()))
        .collect();
    let mut told = Told::new("+31305550140", &set);
    told.line(1, 0, &[1]);
    told.line(2, 0, &[3]);
    assert!(gives_up(&told.wakes(), 1));
    assert_eq!(told.now, Timestamp(1_795_597_200_000).plus_seconds(12));
    assert!(
        !told.trace().contains("bert does not answer"),
        "{}",
        told.trace()
    );
}

#[test]
fn a_leg_that_failed_does_not_ring() {
    // What was never heard ringing, and is not there any more, cannot be reached.
    let mut told = Told::new(
        "+31305550101",
        &[(
            "/users/0/services/forwarding-not-reachable",
            r#"{"active": true, "number": "102"}"#,
        )],
    );
    told.line(1, 0, &[1, 2]);
    told.hears(Input::LegFailed(LegId(1), LegFailure::Unreachable));
    told.hears(Input::LegRinging(LegId(1)));
    told.hears(Input::LegFailed(LegId(2), LegFailure::Unreachable));
    assert!(
        told.trace()
            .contains("forwarding-not-reachable: forward to 102"),
        "{}",
        told.trace()
    );
}

#[test]
fn an_agent_who_is_on_a_call_after_all_is_not_rung() {
    let mut told = Told::new("+31305550160", &[("/call_centers/-", CENTER)]);
    told.finds_agents_free();
    told.hears(Input::Offered(vec![UserId(1), UserId(2)]));
    let failed = |agent| {
        Action::from(QueueAction::Offer {
            agent: UserId(agent),
            result: OfferResult::Failed,
        })
    };
    let actions = told.line(1, 1, &[1]);
    assert!(actions.contains(&failed(1)), "{actions:?}");
    assert!(
        !actions
            .iter()
            .any(|action| matches!(action, Action::Leg(LegAction::Ring { .. }))),
        "{actions:?}"
    );
    let actions = told.line(2, 0, &[]);
    assert!(actions.contains(&failed(2)), "{actions:?}");
    // Offered once more, now free; to hear of it twice rings the phone once.
    told.hears(Input::Offered(vec![UserId(1)]));
    told.hears(Input::Offered(vec![UserId(1)]));
    let rings = |actions: &[Action]| {
        actions
            .iter()
            .filter(|a| matches!(a, Action::Leg(LegAction::Ring { .. })))
            .count()
    };
    assert_eq!(rings(&told.line(1, 0, &[1])), 1);
    assert_eq!(rings(&told.line(1, 0, &[1])), 0);
}

#[test]
fn a_whisper_ends_with_its_agent_only() {
    let mut told = Told::new(
        "+31305550160",
        &[
            ("/call_centers/-", CENTER),
            ("/call_centers/0/announcements", r#"{"whisper": true}"#),
        ],
    );
    told.finds_agents_free();
    told.hears(Input::Offered(vec![UserId(1)]));
    told.line(1, 0, &[1, 2]);
    told.hears(Input::LegAnswered(LegId(1)));
    assert_eq!(
        told.hears(Input::LegFailed(LegId(2), LegFailure::Unreachable)),
        []
    );
    assert_eq!(told.hears(Input::LegHungUp(LegId(2))), []);
    assert_eq!(told.hears(Input::LegFinished(LegId(2))), []);
    assert_eq!(
        told.hears(Input::LegFinished(LegId(1))),
        [Action::from(LegAction::Bridge(LegId(1)))]
    );
}

#[test]
fn an_answer_of_nobody_connects_nobody() {
    let forwarding = (
        "/users/0/services/forwarding-always",
        r#"{"active": true, "number": "+31205550199"}"#,
    );
    let mut told = Told::new("+31305550101", &[forwarding]);
    assert_eq!(told.hears(Input::LegAnswered(LegId(9))), []);
    assert!(
        told.hears(Input::LegAnswered(LegId(1)))
            .contains(&LegAction::Bridge(LegId(1)).into())
    );
}

#[test]
fn a_waiting_caller_hears_on() {
    let mut told = Told::new("+31305550160", &[("/call_centers/-", CENTER)]);
    told.hears(Input::Center(CenterFact {
        center: UserId(60),
        joined: 2,
        staffed: 2,
        ..Default::default()
    }));
    told.hears(Input::Queue(QueueFact {
        position: 1,
        estimated_wait: 300,
        others: 0,
    }));
    told.hears(Input::Finished);
    // The music plays: nothing has ended, and it is time for nothing.
    for early in [
        Input::Finished,
        Input::TimerElapsed,
        Input::LegAnswered(LegId(9)),
    ] {
        assert_eq!(told.hears(early.clone()), [], "{early:?}");
    }
    told.hears(Input::Offered(vec![UserId(1)]));
    told.line(1, 0, &[1]);
    assert!(
        told.hears(Input::LegAnswered(LegId(1)))
            .contains(&LegAction::Bridge(LegId(1)).into())
    );
}

#[test]
fn who_hears_ringback_in_a_queue_hears_it_until_its_time() {
    let bypass = r#"{"active": true, "below_seconds": 61, "announce_after": 20}"#;
    let mut told = Told::new(
        "+31305550160",
        &[
            ("/call_centers/-", CENTER),
            ("/call_centers/0/bypass", bypass),
        ],
    );
    let (joined, staffed) = (2, 2);
    let fact = CenterFact {
        center: UserId(60),
        joined,
        staffed,
        estimated_wait: 30,
        ..Default::default()
    };
    told.hears(Input::Center(fact));
    told.hears(Input::Queue(QueueFact {
        position: 1,
        estimated_wait: 30,
        others: 0,
    }));
    assert!(told.trace().contains("ringback"), "{}", told.trace());
    assert_eq!(told.hears(Input::TimerElapsed), []);
    assert!(!told.wakes().is_empty());
    assert_eq!(told.now, Timestamp(1_795_597_200_000).plus_seconds(20));
}

#[test]
fn one_busy_phone_makes_a_member_busy() {
    let group = r#"{"id": 50, "identity": {"name": "Help", "location": 1, "extension": "150", "number": "+31305550150"}, "members": [{"user": 1}]}"#;
    let check = |causes: [LegFailure; 2], expected: &str| {
        let mut told = Told::new("+31305550150", &[("/hunt_groups/-", group)]);
        let devices = vec![DeviceId(1), DeviceId(2)];
        let lines = vec![LineFact {
            user: UserId(1),
            devices,
            ..LineFact::default()
        }];
        told.hears(Input::Group(GroupFact {
            group: UserId(50),
            lines,
            ..GroupFact::default()
        }));
        for (leg, cause) in (1..).zip(causes) {
            told.hears(Input::LegFailed(LegId(leg), cause));
        }
        let expected = format!("nobody of Help takes the call: {expected}");
        assert!(
            told.trace().contains(&expected),
            "{causes:?}: {}",
            told.trace()
        );
    };
    check([LegFailure::Busy, LegFailure::Unreachable], "busy");
    check([LegFailure::Unreachable, LegFailure::Busy], "busy");
    check(
        [LegFailure::Unreachable, LegFailure::Unreachable],
        "unreachable",
    );
}

#[test]
fn a_prompt_that_ends_late_gives_no_more_time() {
    let to_mailbox = (
        "/users/0/services/forwarding-always",
        r#"{"active": true, "voicemail": true}"#,
    );
    let mut passcode = Told::new("+31305550101", &[to_mailbox]);
    passcode.hears(Input::Mailbox(MailboxFact::default()));
    let asked = passcode.keys("*");
    assert!(
        asked
            .iter()
            .any(|action| matches!(action, Action::Media(MediaAction::Play(_)))),
        "{asked:?}"
    );
    // Digits after a code: those of the number to which calls are forwarded.
    let mut code = Told::inside("*72", &[]);
    for (told, seconds) in [(&mut passcode, 4), (&mut code, 3)] {
        told.keys("10");
        let complete = told.now.plus_seconds(seconds);
        told.now = told.now.plus_seconds(2);
        assert_eq!(told.hears(Input::Finished), []);
        assert_eq!(told.call.next_timeout(), Some(complete), "{}", told.trace());
    }
}

#[test]
fn messages_are_played_when_there_are_any() {
    for (new_messages, old_messages) in [(0, 0), (2, 0), (0, 3), (2, 3)] {
        let own = (
            "/users/0/services/forwarding-always",
            r#"{"active": true, "voicemail": true}"#,
        );
        let mut told = Told::inside("101", &[own]);
        told.hears(Input::Mailbox(MailboxFact::default()));
        told.keys("*");
        let fact = MailboxFact {
            new_messages,
            old_messages,
            ..MailboxFact::default()
        };
        let count = told.hears(Input::Mailbox(fact));
        let [Action::Media(MediaAction::Play(sounds))] = &count[..] else {
            panic!("{count:?}")
        };
        let numbers: Vec<_> = sounds
            .iter()
            .filter_map(|sound| {
                if let Sound::Number(number) = sound {
                    Some(*number)
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(numbers, [u32::from(new_messages), u32::from(old_messages)]);
        let then = told.hears(Input::Finished);
        let any = new_messages + old_messages > 0;
        let expected = if any {
            Action::from(MailboxAction::Listen(UserId(1)))
        } else {
            LegAction::Release(Cause::Normal).into()
        };
        assert_eq!(then, [expected], "{new_messages} new, {old_messages} old");
    }
}

#[test]
fn a_message_has_a_second_of_sound() {
    let own = (
        "/users/0/services/forwarding-always",
        r#"{"active": true, "voicemail": true}"#,
    );
    let begins = || {
        let mut told = Told::new("+31305550101", &[own]);
        told.hears(Input::Mailbox(MailboxFact::default()));
        assert_eq!(
            told.hears(Input::Finished),
            [Action::from(MailboxAction::Record(UserId(1)))]
        );
        told
    };
    let asks = [Action::from(MailboxAction::AskMessage(UserId(1)))];
    let check = |end: Input, ms: u32, message: bool| {
        let mut told = begins();
        assert_eq!(told.hears(end.clone()), asks, "{end:?}");
        assert!(!told.call.ended(), "what was recorded is not known yet");
        assert_eq!(
            told.hears(Input::Mailbox(MailboxFact::default())),
            [],
            "an answer to something else"
        );
        let actions = told.hears(Input::Recorded(ms));
        let delivered = actions
            .iter()
            .any(|action| matches!(action, Action::Mailbox(MailboxAction::Deliver { .. })));
        let released = actions.contains(&LegAction::Release(Cause::Normal).into());
        assert_eq!(
            (delivered, released),
            (message, end == Input::Finished),
            "{end:?} after {ms} ms"
        );
        assert_eq!(
            told.trace().contains("a message for anna"),
            message,
            "{}",
            told.trace()
        );
        assert_eq!(
            told.trace().contains("no message for anna: too short"),
            !message,
            "{}",
            told.trace()
        );
        assert!(told.call.ended() && told.call.next_timeout().is_none());
    };
    for end in [Input::Finished, Input::CallerHungUp] {
        check(end.clone(), 0, false);
        check(end.clone(), 999, false);
        check(end.clone(), 1_000, true);
        check(end, 300_000, true);
    }
    // The caller hangs up while what they recorded is looked at.
    let mut told = begins();
    told.hears(Input::Finished);
    assert_eq!(told.hears(Input::CallerHungUp), []);
    let actions = told.hears(Input::Recorded(5_000));
    assert!(
        matches!(
            actions[..],
            [Action::Mailbox(MailboxAction::Deliver { .. })]
        ),
        "nobody is left to be released: {actions:?}"
    );
    // Nobody tells how long it is.
    let mut told = begins();
    let hung_up = told.now;
    told.hears(Input::CallerHungUp);
    assert_eq!(told.call.next_timeout(), Some(hung_up.plus_seconds(30)));
    assert_eq!(told.hears(Input::TimerElapsed), []);
    assert!(
        told.call.ended() && told.trace().contains("too short"),
        "{}",
        told.trace()
    );
}

#[test]
fn a_leg_that_is_not_there_makes_nobody_reached() {
    // Nobody was reached: forwarding not reachable gets its turn, and forwarding no answer does not.
    let search = r#"{"active": true, "phones": [{"number": "+31655500188", "rings": 3}], "rules": [{"name": "all", "effect": "activate"}]}"#;
    let forwarding = |id: &str| format!("/users/0/services/forwarding-{id}");
    let to = |number: u8| format!(r#"{{"active": true, "number": "{number}"}}"#);
    let (unreachable, no_answer) = (forwarding("not-reachable"), forwarding("no-answer"));
    let set = [
        ("/users/0/services/sequential-ring", search),
        (&unreachable, &to(102)),
        (&no_answer, &to(103)),
    ];
    let check = |rings: u32, expected: &str| {
        let mut told = Told::new("+31305550101", &set);
        told.line(1, 0, &[]);
        told.hears(Input::LegRinging(LegId(rings)));
        told.hears(Input::LegFailed(LegId(1), LegFailure::Unreachable));
        assert!(told.trace().contains(expected), "{}", told.trace());
    };
    check(9, "forwarding-not-reachable: forward to 102");
    check(1, "forwarding-no-answer: forward to 103");
}

#[test]
fn legs_of_a_call_that_goes_on_get_new_names() {
    let mut config = Snapshot::of(&support::organisation(), &support::zone);
    config.version = 7;
    let caller = Caller::external("+31205550100".parse().unwrap());
    let request = Request {
        caller,
        dialled: "+31305550101".into(),
        ..Request::default()
    };
    let (leg, now) = (LegId(4), Timestamp(1_795_597_200_000));
    let mut call = Call::resume(Arc::new(config), request, leg, Party::User(UserId(1)), now);
    assert_eq!(call.config_version(), 7);
    let transfer = Input::Transfer {
        by: Side::Leg(leg),
        to: "+31205550199".into(),
        consulted: false,
    };
    let actions = call.handle(now, transfer);
    let rings: Vec<_> = actions
        .iter()
        .filter_map(|action| {
            if let Action::Leg(LegAction::Ring { leg, .. }) = action {
                Some(*leg)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(rings, [LegId(5)], "{actions:?}");
}
