//! One call of an organisation, told random facts: lines, answers, failures, keys, queues and time, and at last that the
//! caller hangs up.

use crate::web::{PARTIES, PERSONS, Random};
use centrale_core::call::{
    Action, Call, Detail, Input, LegAction, LegId, LineAction, MAX_DIVERSIONS, MailboxAction,
    MediaAction, QueueAction, Request, ServiceAction, Side, SignalAction, write_trace,
};
use centrale_core::caller::Caller;
use centrale_core::id::{DeviceId, UserId};
use centrale_core::organisation::Key;
use centrale_core::outcome::{
    CenterFact, GroupFact, LineFact, MailboxFact, OfferResult, QueueFact, Unqueued,
};
use centrale_core::snapshot::{Role, Snapshot};
use centrale_core::time::Timestamp;
use centrale_core::trace::{Blocked, GroupStep, LegFailure, MenuStep, QueueStep, What};
use std::collections::VecDeque;
use std::sync::Arc;

const START: Timestamp = Timestamp(1_790_000_000_000);
/// Facts before the caller hangs up; most calls are over before.
const FACTS: usize = 48;

/// What was met, so that a test that meets nothing fails.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    diversions: u64,
    most: usize,
    loops: u64,
    too_often: u64,
    answered: u64,
    mailboxes: u64,
    hunts: u64,
    gatherings: u64,
    menus: u64,
    queues: u64,
    /// Calls that are over before their caller hangs up.
    by_itself: u64,
}

impl Seen {
    pub(crate) fn check(&self, organisations: u64) {
        let Self {
            diversions,
            most,
            loops,
            too_often,
            answered,
            mailboxes,
            hunts,
            gatherings,
            menus,
            queues,
            by_itself,
        } = *self;
        assert_eq!(most, MAX_DIVERSIONS);
        assert!(diversions > organisations / 2, "{self:?}");
        for met in [
            loops, answered, mailboxes, hunts, gatherings, menus, queues, by_itself,
        ] {
            assert!(met > organisations / 100, "{self:?}");
        }
        assert!(too_often > organisations / 10_000, "{self:?}");
    }
}

/// A call and what its host knows of it.
struct Host<'a> {
    config: &'a Snapshot,
    random: &'a mut Random,
    /// Each leg, and whether it answered.
    legs: Vec<(LegId, bool)>,
    inputs: VecDeque<Input>,
    playing: bool,
    queue: Queue,
    released: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Queue {
    Out,
    Waits,
    Offers,
}

pub(crate) fn drive(config: &Arc<Snapshot>, random: &mut Random, seen: &mut Seen) {
    let request = request(random);
    let mut now = START.plus_seconds(random.below(7 * 86_400) as i64);
    let mut call = Call::new(config.clone(), request);
    let (legs, inputs) = (Vec::new(), VecDeque::from([Input::Start]));
    let mut host = Host {
        config,
        random,
        legs,
        inputs,
        playing: false,
        queue: Queue::Out,
        released: 0,
    };
    let mut told = 0;
    while !call.ended() {
        while let Some(input) = host.inputs.pop_front() {
            host.hears(&input);
            for action in call.handle(now, input) {
                host.does(&action);
            }
        }
        if call.ended() {
            seen.by_itself += u64::from(told < FACTS);
        } else if told < FACTS {
            told += 1;
            now = now.plus_seconds(1);
            host.happens(&call, &mut now);
        } else {
            // Who talks on without the caller hangs up too.
            assert!(told < FACTS + 64, "it goes on:\n{}", story(&call, config));
            told += 1;
            let leg = host
                .legs
                .iter()
                .find(|(_, answered)| *answered && told > FACTS + 1)
                .map(|(leg, _)| *leg);
            host.inputs
                .push_back(leg.map_or(Input::CallerHungUp, Input::LegHungUp));
        }
    }
    assert!(
        host.legs.is_empty(),
        "legs left behind: {:?}\n{}",
        host.legs,
        story(&call, config)
    );
    assert!(
        host.released <= 1 && call.next_timeout().is_none(),
        "{}",
        story(&call, config)
    );
    assert!(
        call.handle(now, Input::CallerHungUp).is_empty(),
        "a call that is over does nothing"
    );
    count(&call, config, seen);
}

fn request(random: &mut Random) -> Request {
    let party = 1 + random.below(u64::from(PARTIES)) as u32;
    let inhibited = random.one_in(16);
    let outside = random.one_in(2);
    let caller = match random.below(4) {
        _ if !outside => {
            let user = 1 + random.below(u64::from(PERSONS)) as u32;
            Caller {
                user: Some(UserId(user)),
                extension: (100 + user).to_string().parse().ok(),
                ..Caller::default()
            }
        }
        0 => Caller::withheld(),
        1 => Caller::unavailable(),
        _ => Caller::external("+31205550100".parse().unwrap()),
    };
    let dialled = if outside {
        format!("+313055501{party:02}")
    } else {
        (100 + party).to_string()
    };
    let from = (!outside).then_some(centrale_core::id::LocationId(1));
    Request {
        caller,
        dialled,
        from,
        diversion_inhibited: inhibited,
        ..Request::default()
    }
}

impl Host<'_> {
    /// What the call is about to be told.
    fn hears(&mut self, input: &Input) {
        match input {
            Input::LegFailed(leg, _) | Input::LegHungUp(leg) => {
                self.legs.retain(|(open, _)| open != leg);
            }
            Input::LegAnswered(leg) => {
                self.legs
                    .iter_mut()
                    .filter(|(open, _)| open == leg)
                    .for_each(|(_, answered)| *answered = true);
            }
            Input::Finished => self.playing = false,
            Input::Unqueued(_) => self.queue = Queue::Out,
            Input::Withdrawn => self.queue = Queue::Waits,
            Input::Offered(_) => self.queue = Queue::Offers,
            _ => {}
        }
    }

    fn does(&mut self, action: &Action) {
        let answer = match *action {
            Action::Leg(LegAction::Ring { leg, .. })
            | Action::Line(LineAction::Adopt { leg, .. }) => {
                assert!(
                    self.legs.iter().all(|(open, _)| *open != leg),
                    "a leg is named once"
                );
                self.legs.push((leg, false));
                return;
            }
            Action::Leg(LegAction::CancelLeg(leg)) => {
                let before = self.legs.len();
                self.legs.retain(|(open, _)| *open != leg);
                assert!(self.legs.len() < before, "only open legs are given up");
                return;
            }
            Action::Leg(LegAction::BecomeCaller(leg)) => {
                return self.legs.retain(|(open, _)| *open != leg);
            }
            Action::Leg(LegAction::Bridge(leg) | LegAction::Conference(leg)) => {
                assert!(
                    self.legs.iter().any(|(open, _)| *open == leg),
                    "only open legs are connected"
                );
                return;
            }
            Action::Leg(LegAction::Release(_)) => {
                self.released += 1;
                return;
            }
            Action::Media(MediaAction::Play(_))
            | Action::Mailbox(MailboxAction::Record(_) | MailboxAction::Listen(_)) => {
                self.playing = true;
                return;
            }
            Action::Media(MediaAction::StopPlaying) => {
                self.playing = false;
                return;
            }
            Action::Queue(QueueAction::Enqueue { .. }) => {
                self.queue = Queue::Waits;
                return;
            }
            Action::Queue(QueueAction::Dequeue) => {
                self.queue = Queue::Out;
                return;
            }
            Action::Queue(QueueAction::Offer { result, .. }) => {
                self.queue = if result == OfferResult::Failed {
                    Queue::Waits
                } else {
                    Queue::Out
                };
                return;
            }
            Action::Line(LineAction::AskLine(user)) => Input::Line(self.line(user)),
            Action::Line(LineAction::AskGroup(group)) => Input::Group(self.group(group)),
            Action::Queue(QueueAction::AskCenter(center)) => Input::Center(self.center(center)),
            Action::Queue(QueueAction::AskQueue) => Input::Queue(QueueFact {
                position: 1 + self.random.below(9) as u16,
                estimated_wait: *self.random.pick(&[60, 600, 3_600, u32::MAX]),
                others: 0,
            }),
            Action::Mailbox(MailboxAction::AskMailbox(_)) => Input::Mailbox(MailboxFact {
                full: self.random.one_in(4),
                ..MailboxFact::default()
            }),
            Action::Mailbox(MailboxAction::AskMessage(_)) => {
                Input::Recorded(*self.random.pick(&[0, 2_000]))
            }
            Action::Media(MediaAction::PlayTo(leg, _)) => Input::LegFinished(leg),
            Action::Service(ServiceAction::Change { .. }) => Input::Changed(true),
            // Nobody holds or picks up.
            Action::Leg(LegAction::Unbridge(_))
            | Action::Line(
                LineAction::AwaitFree(_)
                | LineAction::SetCallback { .. }
                | LineAction::NotTaken(_)
                | LineAction::GroupAnswered { .. }
                | LineAction::ParkedAgain { .. }
                | LineAction::NoCallWaiting(_),
            )
            | Action::Signal(
                SignalAction::Alert
                | SignalAction::Answer
                | SignalAction::Connected(_)
                | SignalAction::ForwardingNotice
                | SignalAction::RingSplash(_),
            )
            | Action::Media(
                MediaAction::Music(_)
                | MediaAction::MusicTo(..)
                | MediaAction::Silence
                | MediaAction::SilenceTo(_)
                | MediaAction::Ringback,
            )
            | Action::Mailbox(
                MailboxAction::CheckPasscode { .. } | MailboxAction::Deliver { .. },
            )
            | Action::Service(ServiceAction::Perform { .. } | ServiceAction::Notify { .. }) => {
                return;
            }
        };
        self.inputs.push_back(answer);
    }

    fn line(&mut self, user: UserId) -> LineFact {
        let reachable = !self.random.one_in(4);
        let phones = self
            .config
            .user(user)
            .filter(|_| reachable)
            .map(|s| s.user.devices.iter().map(|d| d.id).collect());
        let devices: Vec<DeviceId> = phones.unwrap_or_default();
        let calls = *self.random.pick(&[0, 0, 0, 1, 2]);
        LineFact {
            user,
            devices,
            calls,
            unavailable: self.random.one_in(8),
        }
    }

    fn group(&mut self, group: UserId) -> GroupFact {
        let members = match self.config.user(group).map(|s| s.role.clone()) {
            Some(Role::HuntGroup(group)) => group.members.clone(),
            _ => Vec::new(),
        };
        let lines = members
            .iter()
            .map(|member| self.line(member.user))
            .collect();
        GroupFact {
            group,
            lines,
            seed: self.random.number(),
            ..GroupFact::default()
        }
    }

    fn center(&mut self, center: UserId) -> CenterFact {
        let joined = self.random.below(4) as u16;
        let unavailable = self.random.below(u64::from(joined) + 1) as u16;
        CenterFact {
            center,
            joined,
            unavailable,
            waiting: self.random.below(3) as u16,
            ..CenterFact::default()
        }
    }

    /// Something that may happen now; where it may not, time passes.
    fn happens(&mut self, call: &Call, now: &mut Timestamp) {
        let leg = (!self.legs.is_empty()).then(|| *self.random.pick(&self.legs));
        let input = match (self.random.below(16), leg) {
            (0 | 1, Some((leg, false))) => Input::LegAnswered(leg),
            (2, Some((leg, false))) => Input::LegFailed(leg, LegFailure::Busy),
            (3, Some((leg, false))) => Input::LegFailed(leg, LegFailure::Unreachable),
            (4, Some((leg, false))) => Input::LegRinging(leg),
            (4, Some((leg, true))) => Input::LegHungUp(leg),
            (5, Some((leg, true))) => Input::Key(Side::Leg(leg), Key::new('1').unwrap()),
            (6..=8, _) if self.playing => Input::Finished,
            (9 | 10, _) => Input::Key(
                Side::Caller,
                Key::new(*self.random.pick(&['0', '1', '2', '9', '#', '*'])).unwrap(),
            ),
            (11, _) if self.queue == Queue::Waits => Input::Offered(vec![UserId(
                1 + self.random.below(u64::from(PERSONS)) as u32,
            )]),
            (11, _) if self.queue == Queue::Offers => Input::Withdrawn,
            (12, _) if self.queue != Queue::Out => Input::Unqueued(*self.random.pick(&[
                Unqueued::Overflow,
                Unqueued::Bounced,
                Unqueued::Stranded,
                Unqueued::Full,
            ])),
            _ => match call.next_timeout() {
                Some(at) => {
                    *now = (*now).max(at);
                    Input::TimerElapsed
                }
                None if self.playing => Input::Finished,
                None => return,
            },
        };
        self.inputs.push_back(input);
    }
}

fn count(call: &Call, config: &Snapshot, seen: &mut Seen) {
    let (mut diversions, mut invited) = (0, 0);
    let mut over = 0;
    let mut told = std::collections::BTreeMap::new();
    for step in call.trace() {
        match &step.what {
            What::Diverted { .. } => diversions += 1,
            What::DiversionBlocked {
                because: Blocked::Loop,
                ..
            } => seen.loops += 1,
            What::DiversionBlocked {
                because: Blocked::TooOften,
                ..
            } => seen.too_often += 1,
            What::Answered { .. } => seen.answered += 1,
            What::Mailbox { .. } => seen.mailboxes += 1,
            What::Group(GroupStep::Tries { .. }) => seen.hunts += 1,
            What::Group(GroupStep::Calls { .. }) => invited += 1,
            What::Menu(MenuStep::Opens { .. }) => seen.menus += 1,
            What::Queue(QueueStep::Joins { .. }) => seen.queues += 1,
            What::Queue(QueueStep::Hears {
                center,
                number: Some(number),
                ..
            }) => {
                let grows = told
                    .insert(*center, *number)
                    .is_some_and(|before| before < *number);
                assert!(!grows, "what was told grows:\n{}", story(call, config));
            }
            What::Ended { .. } => over += 1,
            _ => {}
        }
    }
    // Each member of a group call is called by a call of its own, which goes on counting where the group's stood.
    let most = MAX_DIVERSIONS * (1 + invited);
    assert!(
        diversions <= most,
        "{diversions} diversions:\n{}",
        story(call, config)
    );
    assert_eq!(over, 1, "it ends once:\n{}", story(call, config));
    seen.diversions += diversions as u64;
    seen.gatherings += invited as u64;
    if invited == 0 {
        seen.most = seen.most.max(diversions);
    }
}

fn story(call: &Call, config: &Snapshot) -> String {
    let mut text = String::new();
    write_trace(&mut text, call.trace(), config, Detail::Brief).unwrap();
    text
}
