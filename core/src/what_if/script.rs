//! The other side of a story: what lines, people and recordings do, by the script of the question.

use super::centers::Queues;
use super::{Event, GroupMemory, Later, LineScript, WhatIf};
use crate::acd::AgentState;
use crate::announcement::Announcement;
use crate::call::{
    Action, Adopted, Endpoint, Input, LegAction, LegId, LineAction, MailboxAction, MediaAction,
    QueueAction, ServiceAction, Side, Sound,
};
use crate::id::{DeviceId, UserId};
use crate::organisation::Key;
use crate::outcome::{GroupFact, LineFact, MailboxFact, PasscodeResult, Performed};
use crate::passcode::Typed;
use crate::snapshot::{Role, Snapshot};
use crate::time::Timestamp;
use crate::trace::LegFailure;
use std::collections::{BTreeSet, VecDeque};

/// How long a scripted person takes to answer, in seconds.
const ANSWER_SECONDS: i64 = 3;
/// How long those who joined a group call stay, in seconds.
const MEETING_SECONDS: i64 = 20;
/// How long an announcement or a message takes in a story, in seconds.
const LISTEN_SECONDS: i64 = 5;
/// How long a scripted person takes to confirm an answer, in seconds.
const CONFIRM_SECONDS: i64 = 2;

/// Lines, people and machines that do what the question says.
pub(super) struct Script<'a> {
    config: &'a Snapshot,
    question: &'a WhatIf,
    answers: BTreeSet<(Timestamp, LegId)>,
    confirms: BTreeSet<(Timestamp, LegId)>,
    meeting: BTreeSet<(Timestamp, LegId)>,
    busy: Vec<LegId>,
    gone: Vec<LegId>,
    keys: VecDeque<(Timestamp, Key)>,
    prompts: std::slice::Iter<'a, String>,
    finish: Option<Timestamp>,
    /// Since when a message is recorded.
    recording: Option<Timestamp>,
    later: std::slice::Iter<'a, Later>,
    /// The leg that talks.
    leg: Option<LegId>,
    /// Lines that became free.
    freed: BTreeSet<UserId>,
    /// The call centers, from the first that the call reaches.
    queues: Option<Queues>,
}

impl<'a> Script<'a> {
    pub(super) fn new(config: &'a Snapshot, question: &'a WhatIf) -> Self {
        Self {
            config,
            question,
            answers: BTreeSet::new(),
            confirms: BTreeSet::new(),
            meeting: BTreeSet::new(),
            busy: Vec::new(),
            gone: Vec::new(),
            keys: VecDeque::new(),
            prompts: question.keys.iter(),
            finish: None,
            recording: None,
            later: question.later.iter(),
            leg: None,
            freed: BTreeSet::new(),
            queues: None,
        }
    }

    fn line(&self, user: UserId) -> LineScript {
        if self.freed.contains(&user) {
            return LineScript::Answers;
        }
        self.question.lines.get(&user).copied().unwrap_or_default()
    }

    /// Does what the call wants, and adds what comes of it at once.
    pub(super) fn react(&mut self, now: Timestamp, action: &Action, inputs: &mut Vec<Input>) {
        match action {
            Action::Leg(action) => inputs.extend(self.leg_action(now, action)),
            Action::Line(action) => inputs.extend(self.line_action(*action)),
            Action::Queue(action) => inputs.extend(self.queue_action(now, *action)),
            Action::Media(action) => inputs.extend(self.media_action(now, action)),
            Action::Mailbox(action) => inputs.extend(self.mailbox_action(now, action)),
            Action::Service(action) => inputs.extend(self.service_action(action)),
            // Nobody answers to what is signalled.
            Action::Signal(_) => {}
        }
    }

    fn leg_action(&mut self, now: Timestamp, action: &LegAction) -> Option<Input> {
        match *action {
            LegAction::Ring { leg, endpoint, .. } => self.ring(now, leg, endpoint),
            LegAction::CancelLeg(leg) => {
                self.answers.retain(|(_, l)| *l != leg);
                self.confirms.retain(|(_, l)| *l != leg);
                None
            }
            LegAction::Bridge(leg) => {
                self.leg = Some(leg);
                (self.later.len() == 0).then_some(Input::CallerHungUp)
            }
            // One who joins a talk that goes on by events hangs nobody up.
            LegAction::Conference(_) if self.leg.is_some() => {
                (self.later.len() == 0).then_some(Input::CallerHungUp)
            }
            LegAction::Conference(leg) => {
                self.meeting
                    .insert((now.plus_seconds(MEETING_SECONDS), leg));
                None
            }
            LegAction::Unbridge(_) | LegAction::BecomeCaller(_) | LegAction::Release(_) => None,
        }
    }

    fn ring(&mut self, now: Timestamp, leg: LegId, endpoint: Endpoint) -> Option<Input> {
        let script = match endpoint {
            Endpoint::Device(user, _) | Endpoint::Mobile(user, _) => self.line(user),
            Endpoint::Outside(number) => self
                .question
                .numbers
                .get(&number)
                .copied()
                .unwrap_or(self.question.outside),
            Endpoint::Emergency(_) => LineScript::Answers,
        };
        match script {
            LineScript::Answers | LineScript::OnACall => {
                self.answers.insert((now.plus_seconds(ANSWER_SECONDS), leg));
                return Some(Input::LegRinging(leg));
            }
            LineScript::Busy | LineScript::OnTwoCalls => self.busy.push(leg),
            LineScript::Unreachable => self.gone.push(leg),
            LineScript::NoAnswer => return Some(Input::LegRinging(leg)),
        }
        None
    }

    fn line_action(&self, action: LineAction) -> Option<Input> {
        match action {
            LineAction::AskLine(user) => Some(Input::Line(self.line_fact(user))),
            LineAction::AskGroup(group) => Some(Input::Group(self.group(group))),
            LineAction::Adopt {
                leg,
                who: Adopted::Consulted(_),
            } => Some(Input::LegAnswered(leg)),
            // The events of the question say when lines become free and who takes the call.
            LineAction::Adopt {
                who: Adopted::Phone(_),
                ..
            }
            | LineAction::AwaitFree(_)
            | LineAction::SetCallback { .. }
            | LineAction::NotTaken(_)
            | LineAction::GroupAnswered { .. }
            | LineAction::ParkedAgain { .. }
            | LineAction::NoCallWaiting(_) => None,
        }
    }

    fn media_action(&mut self, now: Timestamp, action: &MediaAction) -> Option<Input> {
        match action {
            MediaAction::Play(_) => {
                self.finish = Some(now.plus_seconds(LISTEN_SECONDS));
                self.press(now);
                None
            }
            MediaAction::StopPlaying => {
                self.finish = None;
                None
            }
            MediaAction::PlayTo(leg, sounds) => {
                if self.question.confirm
                    && sounds.contains(&Sound::Said(Announcement::ConfirmAnswer))
                {
                    self.confirms
                        .insert((now.plus_seconds(CONFIRM_SECONDS), *leg));
                }
                Some(Input::LegFinished(*leg))
            }
            // These last until something else is to be heard.
            MediaAction::Music(_)
            | MediaAction::MusicTo(..)
            | MediaAction::Silence
            | MediaAction::SilenceTo(_)
            | MediaAction::Ringback => None,
        }
    }

    fn mailbox_action(&mut self, now: Timestamp, action: &MailboxAction) -> Option<Input> {
        match action {
            MailboxAction::Record(_) | MailboxAction::Listen(_) => {
                self.recording = Some(now);
                self.finish = Some(now.plus_seconds(LISTEN_SECONDS));
                None
            }
            MailboxAction::AskMessage(_) => {
                let ms = self.recording.map_or(0, |since| now.since(since));
                Some(Input::Recorded(u32::try_from(ms).unwrap_or(u32::MAX)))
            }
            // A full mailbox has messages of both kinds, any other is empty.
            MailboxAction::AskMailbox(user) => {
                let full = self.question.full.contains(user);
                let (new_messages, old_messages) = if full { (70, 30) } else { (0, 0) };
                Some(Input::Mailbox(MailboxFact {
                    new_messages,
                    old_messages,
                    full,
                }))
            }
            MailboxAction::CheckPasscode { user, typed } => {
                Some(Input::Passcode(self.verdict(*user, typed)))
            }
            // The story ends with the message.
            MailboxAction::Deliver { .. } => None,
        }
    }

    fn service_action(&self, action: &ServiceAction) -> Option<Input> {
        match action {
            ServiceAction::Change { .. } => Some(Input::Changed(!self.question.save_fails)),
            ServiceAction::Perform { .. } => Some(Input::Performed(
                self.question.performed.unwrap_or(Performed::Done),
            )),
            // Nobody reads the notices of a story.
            ServiceAction::Notify { .. } => None,
        }
    }

    fn verdict(&self, user: UserId, typed: &Typed) -> PasscodeResult {
        match self.question.passcodes.get(&user) {
            Some(passcode) if passcode == typed.digits() => PasscodeResult::Right,
            Some(_) => PasscodeResult::Wrong,
            None => PasscodeResult::Refused,
        }
    }

    /// The caller types the next text, a key a second, from two seconds after the prompt began.
    fn press(&mut self, now: Timestamp) {
        let Some(text) = self.prompts.next() else {
            return;
        };
        let keys = text.chars().filter_map(Key::new);
        self.keys = keys
            .zip(2..)
            .map(|(key, second)| (now.plus_seconds(second), key))
            .collect();
    }

    fn group(&self, group: UserId) -> GroupFact {
        let members = match self.config.user(group).map(|s| &s.role) {
            Some(Role::HuntGroup(group)) => group.members.as_slice(),
            _ => &[],
        };
        let lines = members
            .iter()
            .map(|member| self.line_fact(member.user))
            .collect();
        let GroupMemory {
            last_answered,
            answered_at,
        } = self
            .question
            .memory
            .get(&group)
            .cloned()
            .unwrap_or_default();
        let seed = crate::policy::seed(self.question.seed, group, 1);
        GroupFact {
            group,
            lines,
            last_answered,
            answered_at,
            seed,
        }
    }

    fn queue_action(&mut self, now: Timestamp, action: QueueAction) -> Vec<Input> {
        match (action, &mut self.queues) {
            (QueueAction::AskCenter(center), _) => vec![self.center_fact(center, now)],
            (QueueAction::AskQueue, Some(queues)) => vec![Input::Queue(queues.place(now))],
            (QueueAction::Enqueue { center, since }, Some(queues)) => {
                queues.enter(center, since, now)
            }
            (QueueAction::Dequeue, Some(queues)) => queues.leave(now),
            (QueueAction::Offer { agent, result }, Some(queues)) => {
                queues.offer(agent, result, now)
            }
            // The call has reached no call center.
            (
                QueueAction::AskQueue
                | QueueAction::Enqueue { .. }
                | QueueAction::Dequeue
                | QueueAction::Offer { .. },
                None,
            ) => Vec::new(),
        }
    }

    /// How a call center is. The first that the call reaches fills them all.
    fn center_fact(&mut self, center: UserId, now: Timestamp) -> Input {
        let mut queues = self.queues.take().unwrap_or_else(|| {
            let WhatIf { centers, seed, .. } = self.question;
            Queues::new(
                self.config,
                centers,
                *seed,
                &|user| self.line_fact(user),
                now,
            )
        });
        let fact = queues.fact(self.config, center, self.question.centers.ahead, now);
        self.queues = Some(queues);
        Input::Center(fact)
    }

    /// What the queues make of what the call is told.
    pub(super) fn hear(&mut self, now: Timestamp, input: &Input) -> Vec<Input> {
        match (input, &mut self.queues) {
            (Input::Held(Side::Leg(_), holds), Some(queues)) => queues.held(*holds, now),
            _ => Vec::new(),
        }
    }

    fn line_fact(&self, user: UserId) -> LineFact {
        let script = self.line(user);
        let devices: Vec<DeviceId> = match (script, self.config.user(user)) {
            (LineScript::Unreachable, _) | (_, None) => Vec::new(),
            // What may not be seen is taken to have a phone.
            (_, Some(s)) if s.is_hidden() => vec![DeviceId(0)],
            (_, Some(s)) => s.user.devices.iter().map(|d| d.id).collect(),
        };
        let calls = match script {
            LineScript::Busy | LineScript::OnACall => 1,
            LineScript::OnTwoCalls => 2,
            LineScript::Answers | LineScript::NoAnswer | LineScript::Unreachable => 0,
        };
        let state = self.question.centers.agents.get(&user);
        let unavailable = state.is_some_and(|state| *state != AgentState::Available);
        LineFact {
            user,
            devices,
            calls,
            unavailable,
        }
    }

    pub(super) fn failures(&mut self) -> Vec<Input> {
        let busy = self
            .busy
            .drain(..)
            .map(|leg| Input::LegFailed(leg, LegFailure::Busy));
        let gone = self
            .gone
            .drain(..)
            .map(|leg| Input::LegFailed(leg, LegFailure::Unreachable));
        busy.chain(gone).collect()
    }

    /// What happens next: an answer, the end of an announcement, or the machine's own timer.
    pub(super) fn next(&mut self, timeout: Option<Timestamp>) -> Option<(Timestamp, Vec<Input>)> {
        let answer = self.answers.first().copied();
        let key = self
            .keys
            .front()
            .map(|(at, key)| (*at, Input::Key(Side::Caller, *key)));
        let confirm = self.confirms.first().copied();
        let confirm = confirm
            .zip(Key::new('1'))
            .map(|((at, leg), key)| (at, Input::Key(Side::Leg(leg), key)));
        let timer = timeout.map(|at| (at, Input::TimerElapsed));
        let soonest = [answer.map(|(at, leg)| (at, Input::LegAnswered(leg))), timer]
            .into_iter()
            .flatten()
            .chain(key)
            .chain(confirm)
            .chain(self.finish.map(|at| (at, Input::Finished)))
            .chain(
                self.meeting
                    .first()
                    .map(|(at, leg)| (*at, Input::LegHungUp(*leg))),
            )
            .min_by_key(|(at, _)| *at);
        let queues_at = self.queues.as_ref().and_then(Queues::next_at);
        let first = soonest.iter().map(|(at, _)| *at).chain(queues_at).min();
        if let Some(done) = self.event(first) {
            return Some(done);
        }
        if let (Some(queues), Some(at)) =
            (&mut self.queues, queues_at.filter(|at| first == Some(*at)))
        {
            return Some((at, queues.elapse(at)));
        }
        let soonest = soonest?;
        match soonest.1 {
            Input::LegAnswered(_) => drop(self.answers.pop_first()),
            Input::Key(Side::Leg(_), _) => drop(self.confirms.pop_first()),
            Input::LegHungUp(_) => drop(self.meeting.pop_first()),
            Input::Key(..) => drop(self.keys.pop_front()),
            Input::Finished => self.finish = None,
            _ => {}
        }
        Some((soonest.0, vec![soonest.1]))
    }

    /// The next thing that somebody does, if it is done before the given moment.
    fn event(&mut self, before: Option<Timestamp>) -> Option<(Timestamp, Vec<Input>)> {
        let later = self.later.as_slice().first()?;
        let at = self.question.at.plus_seconds(i64::from(later.after));
        if before.is_some_and(|before| before <= at) {
            return None;
        }
        self.later.next();
        if let Event::Free { user } = later.event {
            self.freed.insert(user);
        }
        if let (Event::Agent { user, state }, Some(queues)) = (&later.event, &mut self.queues) {
            return Some((at, queues.set_state(*user, *state, at)));
        }
        Some((at, later.event.input(self.leg).into_iter().collect()))
    }
}
