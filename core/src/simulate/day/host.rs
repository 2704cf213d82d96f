//! The host of a day's calls: shows the exchange what calls are told and want, carries out what follows, and lets people
//! answer.

use crate::acd;
use crate::announcement::Announcement;
use crate::call::{
    Action, Call, Endpoint, Input, LegAction, LegId, MailboxAction, MediaAction, ServiceAction,
    Side, Sound,
};
use crate::exchange::{ExchangeEffect, ExchangeInput};
use crate::id::{CallRef, UserId};
use crate::organisation::Key;
use crate::outcome::{MailboxFact, PasscodeResult};
use crate::time::Timestamp;
use std::collections::BTreeMap;

use super::engine::{Day, Event};

/// How long an announcement takes, in milliseconds.
const LISTEN_MS: i64 = 5_000;
/// How long a message takes, in milliseconds.
const MESSAGE_MS: u32 = 20_000;
/// Between the keys that a caller presses, and from the beginning of the prompt to the first, in milliseconds.
const KEY_MS: i64 = 1_000;
const FIRST_KEY_MS: i64 = 2_000;
/// How long somebody takes to confirm an answer, in milliseconds.
const CONFIRM_MS: i64 = 2_000;

/// A call that is not over.
pub(super) struct Live {
    pub(super) call: Call,
    /// Its kind, by its place in the plan.
    pub(super) kind: usize,
    /// Who calls, of ours.
    pub(super) caller: Option<UserId>,
    /// What they press, by its place among the choices.
    choice: Option<usize>,
    /// Prompts that were played.
    prompts: usize,
    /// Counts what is played: ends and keys of before are told by it.
    pub(super) playing: u32,
    /// The timer that is set.
    pub(super) timer: Option<Timestamp>,
    pub(super) legs: BTreeMap<LegId, Leg>,
}

/// A phone of a call.
#[derive(Clone, Copy)]
pub(super) struct Leg {
    /// Whose, of ours.
    pub(super) user: Option<UserId>,
    /// Connected.
    pub(super) talks: bool,
}

impl Live {
    pub(super) fn new(
        call: Call,
        kind: usize,
        caller: Option<UserId>,
        choice: Option<usize>,
    ) -> Self {
        let legs = BTreeMap::new();
        Self {
            call,
            kind,
            caller,
            choice,
            prompts: 0,
            playing: 0,
            timer: None,
            legs,
        }
    }

    pub(super) fn talks(&self) -> bool {
        self.legs.values().any(|leg| leg.talks)
    }
}

impl Day<'_> {
    pub(super) fn tell(&mut self, call: CallRef, input: Input) {
        self.carry_out(vec![ExchangeEffect::Tell(call, input)]);
    }

    pub(super) fn exchange(&mut self, input: ExchangeInput<'_>) {
        let mut effects = Vec::new();
        self.exchange
            .handle(self.now, &self.config, input, &mut effects);
        self.carry_out(effects);
    }

    pub(super) fn carry_out(&mut self, effects: Vec<ExchangeEffect>) {
        self.follow(effects);
        while let Some((call, input)) = self.pending.take() {
            self.told(call, input);
        }
    }

    fn follow(&mut self, effects: Vec<ExchangeEffect>) {
        for effect in effects {
            match effect {
                ExchangeEffect::Tell(call, input) => self.pending.push(call, input),
                ExchangeEffect::Notice(acd::Effect::AgentChanged { agent }) => self.wraps_up(agent),
                // Nobody answers who is called back.
                ExchangeEffect::CallBack { caller, .. } => {
                    self.shows(ExchangeInput::CallbackOver { caller });
                }
                // Nobody parks or picks up in a simulated day, and nobody watches.
                ExchangeEffect::Notice(_)
                | ExchangeEffect::Move { .. }
                | ExchangeEffect::ShowParked { .. }
                | ExchangeEffect::NotifyParked { .. }
                | ExchangeEffect::OverLimit { .. }
                | ExchangeEffect::LineChanged(_) => {}
            }
        }
    }

    /// Shows the exchange something; what is to be told waits.
    fn shows(&mut self, input: ExchangeInput<'_>) {
        let mut effects = Vec::new();
        self.exchange
            .handle(self.now, &self.config, input, &mut effects);
        self.follow(effects);
    }

    fn told(&mut self, call: CallRef, input: Input) {
        let Some(mut live) = self.calls.remove(&call) else {
            return;
        };
        if let Input::LegFailed(leg, _) | Input::LegHungUp(leg) = &input {
            self.leg_gone(&mut live, call, *leg);
        }
        self.shows(ExchangeInput::Told {
            call,
            input: &input,
        });
        for action in live.call.handle(self.now, input) {
            self.shows(ExchangeInput::Acts {
                call,
                action: &action,
            });
            if let Action::Leg(LegAction::Ring { leg, .. }) = &action
                && !self.exchange.has_leg(call, *leg)
            {
                continue;
            }
            if let Some(input) = self.does(call, &mut live, &action) {
                self.pending.push(call, input);
            }
        }
        if live.call.ended() {
            self.over(call, &live);
            return self.shows(ExchangeInput::Ended(call));
        }
        let timer = live.call.next_timeout();
        if timer != live.timer {
            live.timer = timer;
            if let Some(at) = timer {
                self.set(at.max(self.now), Event::Timer(call, at));
            }
        }
        self.calls.insert(call, live);
    }

    fn does(&mut self, call: CallRef, live: &mut Live, action: &Action) -> Option<Input> {
        match action {
            Action::Leg(action) => self.leg_action(call, live, action),
            Action::Media(action) => self.media_action(call, live, action),
            Action::Mailbox(action) => self.mailbox_action(call, live, action),
            // No codes are dialled.
            Action::Service(ServiceAction::Change { .. }) => Some(Input::Changed(false)),
            // The exchange answers what is asked of it; what is shown or told by mail changes nothing.
            Action::Line(_)
            | Action::Queue(_)
            | Action::Signal(_)
            | Action::Service(ServiceAction::Perform { .. } | ServiceAction::Notify { .. }) => None,
        }
    }

    fn leg_action(&mut self, call: CallRef, live: &mut Live, action: &LegAction) -> Option<Input> {
        match *action {
            LegAction::Ring { leg, endpoint, .. } => {
                self.rings(call, live, leg, endpoint);
                return Some(Input::LegRinging(leg));
            }
            LegAction::CancelLeg(leg) => self.leg_gone(live, call, leg),
            LegAction::Bridge(leg) | LegAction::Conference(leg) => self.connects(call, live, leg),
            LegAction::BecomeCaller(leg) => {
                live.caller = live.legs.remove(&leg).and_then(|leg| leg.user);
            }
            // Nobody holds, and that a call is over is seen of its machine.
            LegAction::Unbridge(_) | LegAction::Release(_) => {}
        }
        None
    }

    fn media_action(
        &mut self,
        call: CallRef,
        live: &mut Live,
        action: &MediaAction,
    ) -> Option<Input> {
        match action {
            MediaAction::Play(_) => self.prompts(call, live),
            MediaAction::StopPlaying => live.playing += 1,
            MediaAction::PlayTo(leg, sounds) => {
                if sounds.contains(&Sound::Said(Announcement::ConfirmAnswer)) {
                    self.after(CONFIRM_MS, Event::Confirms(call, *leg));
                }
                return Some(Input::LegFinished(*leg));
            }
            // Nothing comes of what is heard until something else is.
            MediaAction::Music(_)
            | MediaAction::MusicTo(..)
            | MediaAction::Silence
            | MediaAction::SilenceTo(_)
            | MediaAction::Ringback => {}
        }
        None
    }

    fn mailbox_action(
        &mut self,
        call: CallRef,
        live: &mut Live,
        action: &MailboxAction,
    ) -> Option<Input> {
        match action {
            MailboxAction::Record(_) | MailboxAction::Listen(_) => {
                live.playing += 1;
                self.after(i64::from(MESSAGE_MS), Event::Finished(call, live.playing));
                None
            }
            MailboxAction::AskMessage(_) => Some(Input::Recorded(MESSAGE_MS)),
            MailboxAction::AskMailbox(_) => Some(Input::Mailbox(MailboxFact::default())),
            MailboxAction::CheckPasscode { .. } => Some(Input::Passcode(PasscodeResult::Wrong)),
            // Nobody hears the messages of a simulated day.
            MailboxAction::Deliver { .. } => None,
        }
    }

    fn rings(&mut self, call: CallRef, live: &mut Live, leg: LegId, endpoint: Endpoint) {
        let user = match endpoint {
            Endpoint::Device(user, _) | Endpoint::Mobile(user, _) => Some(user),
            Endpoint::Outside(_) | Endpoint::Emergency(_) => None,
        };
        // All phones of a user ring as one.
        let rings = user.is_some() && live.legs.values().any(|leg| leg.user == user);
        live.legs.insert(leg, Leg { user, talks: false });
        if rings {
            return;
        }
        let answers = match (user, endpoint) {
            (Some(user), _) => self.answers_after(user),
            (None, Endpoint::Emergency(_)) => Some(FIRST_KEY_MS),
            (None, _) => {
                let outside = self.plan.outside;
                (!self.draw(outside.misses)).then(|| self.random.span(outside.answer))
            }
        };
        if let Some(after) = answers {
            self.after(after, Event::Answers(call, leg));
        }
    }

    fn connects(&mut self, call: CallRef, live: &mut Live, leg: LegId) {
        let talked = live.talks();
        if let Some(leg) = live.legs.get_mut(&leg) {
            leg.talks = true;
            if let Some(user) = leg.user {
                self.talking.insert(user, call);
            }
        }
        if !talked {
            let handling = self.plan.calls[live.kind].handling;
            let ms = self.random.span(handling);
            self.after(ms, Event::HangsUp(call));
        }
    }

    fn leg_gone(&mut self, live: &mut Live, call: CallRef, leg: LegId) {
        if let Some(user) = live.legs.remove(&leg).and_then(|leg| leg.user) {
            self.stands_up(call, user);
        }
    }

    /// A user is not on this call any more.
    pub(super) fn stands_up(&mut self, call: CallRef, user: UserId) {
        if self.talking.get(&user) == Some(&call) {
            self.talking.remove(&user);
        }
    }

    /// Something is played, during which the caller types the next text.
    fn prompts(&mut self, call: CallRef, live: &mut Live) {
        live.playing += 1;
        self.after(LISTEN_MS, Event::Finished(call, live.playing));
        let choices = &self.plan.calls[live.kind].choices;
        let choice = live.choice.and_then(|choice| choices.get(choice));
        let text = choice
            .and_then(|choice| choice.keys.get(live.prompts))
            .map_or("", String::as_str);
        live.prompts += 1;
        let typed: Vec<Key> = text.chars().filter_map(Key::new).collect();
        for (key, nth) in typed.into_iter().zip(0..) {
            self.after(
                FIRST_KEY_MS + KEY_MS * nth,
                Event::Presses(call, Side::Caller, key),
            );
        }
    }
}
