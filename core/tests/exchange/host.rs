//! A host of several calls: it carries out what calls and the exchange want, keeps its own book of who stands where,
//! and logs what happens.

use crate::support;
use centrale_core::acd::{self, AgentState};
use centrale_core::call::{
    Action, Call, Detail, Endpoint, Input, LegAction, LegId, MailboxAction, MediaAction, Request,
    ServiceAction, Side, write_trace,
};
use centrale_core::caller::Caller;
use centrale_core::exchange::{
    Exchange, ExchangeEffect, ExchangeInput, Pending, PersistedExchange,
};
use centrale_core::feature::{Does, Feature};
use centrale_core::id::{CallRef, UserId};
use centrale_core::organisation::Organisation;
use centrale_core::outcome::Performed;
use centrale_core::service::call_waiting;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::{Step, What};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// When every story begins.
const START: Timestamp = Timestamp(1_790_000_000_000);

pub(crate) struct Host {
    pub(crate) config: Arc<Snapshot>,
    pub(crate) exchange: Exchange,
    pub(crate) now: Timestamp,
    pub(crate) log: String,
    pub(crate) book: BTreeMap<CallRef, Entry>,
    last: u64,
    /// Whose phones ring for a callback, and for whom.
    pub(crate) callbacks: BTreeMap<UserId, UserId>,
    /// No phone of somebody who is on a call rings for another.
    pub(crate) one_at_a_time: bool,
}

/// Who stands at a side: a user, or nobody of ours.
type Somebody = Option<UserId>;

/// A call as the host sees it. A phone that dialled a code has no call machine.
pub(crate) struct Entry {
    pub(crate) call: Option<Call>,
    /// Who stands at the caller's side.
    pub(crate) caller: Option<Somebody>,
    pub(crate) legs: BTreeMap<LegId, Somebody>,
    pub(crate) talks: BTreeSet<LegId>,
    told: usize,
    /// When what is played to the caller is over.
    finish: Option<Timestamp>,
}

impl Host {
    pub(crate) fn new(organisation: &Organisation) -> Self {
        Self::of(Arc::new(Snapshot::of(organisation, &support::zone)))
    }

    pub(crate) fn of(config: Arc<Snapshot>) -> Self {
        let (exchange, book) = (
            Exchange::new(1, PersistedExchange::default()),
            BTreeMap::new(),
        );
        let mut host = Self {
            config,
            exchange,
            now: START,
            log: String::new(),
            book,
            last: 0,
            callbacks: BTreeMap::new(),
            one_at_a_time: false,
        };
        let mut effects = Vec::new();
        host.exchange.configure(START, &host.config, &mut effects);
        for subscriber in host.config.clone().users() {
            let devices = subscriber
                .user
                .devices
                .iter()
                .map(|device| device.id)
                .collect();
            host.tells(
                ExchangeInput::Registered {
                    user: subscriber.user.id,
                    devices,
                },
                &mut effects,
            );
        }
        host
    }

    /// Another configuration is saved.
    pub(crate) fn configure(&mut self, organisation: &Organisation) {
        self.config = Arc::new(Snapshot::of(organisation, &support::zone));
        let mut effects = Vec::new();
        self.exchange
            .configure(self.now, &self.config, &mut effects);
        self.carry_out(effects);
    }

    pub(crate) fn user(&self, login: &str) -> UserId {
        let found = self
            .config
            .users()
            .find(|s| s.user.login == login || s.user.id.to_string() == login);
        found.unwrap_or_else(|| panic!("no user {login}")).user.id
    }

    fn name(&self, user: UserId) -> String {
        self.config
            .user(user)
            .map_or_else(String::new, |s| s.user.login.clone())
    }

    fn tells(&mut self, input: ExchangeInput<'_>, effects: &mut Vec<ExchangeEffect>) {
        self.exchange.handle(self.now, &self.config, input, effects);
    }

    /// A call begins; the name that it got.
    pub(crate) fn dials(&mut self, caller: Caller, dialled: &str) -> CallRef {
        let from = caller
            .user
            .and_then(|user| self.config.user(user))
            .map(|s| s.place.id);
        let inhibited = caller
            .user
            .is_some_and(|user| self.exchange.inhibits(&self.config, user));
        let request = Request {
            caller,
            dialled: dialled.into(),
            from,
            diversion_inhibited: inhibited,
            ..Request::default()
        };
        let call = self.begins(
            caller,
            dialled,
            Some(Call::new(self.config.clone(), request)),
        );
        self.feed(call, Input::Start);
        call
    }

    fn begins(&mut self, caller: Caller, dialled: &str, machine: Option<Call>) -> CallRef {
        self.last += 1;
        let call = CallRef(self.last);
        let (legs, talks) = (BTreeMap::new(), BTreeSet::new());
        self.book.insert(
            call,
            Entry {
                call: machine,
                caller: Some(caller.user),
                legs,
                talks,
                told: 0,
                finish: None,
            },
        );
        let mut effects = Vec::new();
        self.tells(
            ExchangeInput::Began {
                call,
                caller,
                dialled,
            },
            &mut effects,
        );
        self.carry_out(effects);
        call
    }

    pub(crate) fn caller(&self, user: UserId) -> Caller {
        let subscriber = self.config.user(user).unwrap();
        let (number, extension) = (subscriber.user.number, subscriber.user.extension);
        Caller {
            number,
            extension,
            user: Some(user),
            withheld: false,
        }
    }

    /// A phone dials a code: the call that its machine would make is left out.
    pub(crate) fn performs(&mut self, user: UserId, code: &str, about: Option<UserId>) -> CallRef {
        let what = Feature::ALL
            .iter()
            .find(|feature| feature.default_code() == code)
            .unwrap()
            .does();
        let Does::Perform(what) = what else {
            panic!("{code} performs nothing")
        };
        let call = self.begins(self.caller(user), code, None);
        let extension = about.and_then(|about| self.config.user(about)?.user.extension);
        let digits = extension
            .map(|extension| extension.to_string())
            .unwrap_or_default();
        self.acts(
            call,
            ServiceAction::Perform {
                user,
                what,
                about,
                digits,
            },
        );
        call
    }

    fn acts(&mut self, call: CallRef, action: impl Into<Action>) {
        let (action, mut effects) = (&action.into(), Vec::new());
        self.tells(ExchangeInput::Acts { call, action }, &mut effects);
        self.carry_out(effects);
    }

    pub(crate) fn feed(&mut self, call: CallRef, input: Input) {
        self.carry_out(vec![ExchangeEffect::Tell(call, input)]);
    }

    fn carry_out(&mut self, effects: Vec<ExchangeEffect>) {
        let mut pending = Pending::default();
        for effect in effects {
            self.does_effect(effect, &mut pending);
        }
        while let Some((call, input)) = pending.take() {
            for effect in self.told(call, input) {
                self.does_effect(effect, &mut pending);
            }
        }
    }

    fn does_effect(&mut self, effect: ExchangeEffect, pending: &mut Pending) {
        match effect {
            ExchangeEffect::Tell(call, input) => pending.push(call, input),
            ExchangeEffect::Move {
                from,
                side,
                to,
                leg,
            } => {
                let entry = self
                    .book
                    .get_mut(&from)
                    .expect("a call that loses a phone is live");
                let moved = match side {
                    Side::Caller => entry.caller.take().expect("who moves is on the call"),
                    Side::Leg(leg) => entry
                        .legs
                        .remove(&leg)
                        .expect("a leg that moves is on the call"),
                };
                let phone = moved.map_or_else(|| "outside".into(), |user| self.name(user));
                self.book
                    .get_mut(&to)
                    .expect("a call that gets a phone is live")
                    .legs
                    .insert(leg, moved);
                writeln!(
                    self.log,
                    "phone of {phone} moves from #{} to #{}",
                    from.0, to.0
                )
                .unwrap();
            }
            ExchangeEffect::CallBack { caller, callee } => {
                let before = self.callbacks.insert(caller, callee);
                assert!(before.is_none(), "a phone rings for one callback at a time");
                let (caller, callee) = (self.name(caller), self.name(callee));
                writeln!(self.log, "{caller} is called back for {callee}").unwrap();
            }
            ExchangeEffect::ShowParked {
                parker,
                at,
                seconds,
            } => {
                let (parker, at) = (self.name(parker), self.name(at));
                writeln!(
                    self.log,
                    "{parker} sees for {seconds} s that it is parked at {at}"
                )
                .unwrap();
            }
            ExchangeEffect::NotifyParked { at, parker } => {
                let (at, parker) = (self.name(at), self.name(parker));
                writeln!(self.log, "{at} is told that {parker} parked a call").unwrap();
            }
            ExchangeEffect::OverLimit {
                user,
                limit,
                stopped,
            } => {
                let who = user.map_or_else(|| "the enterprise".into(), |user| self.name(user));
                let then = if stopped { ", and is stopped" } else { "" };
                writeln!(self.log, "alarm: {who} goes over {limit:?}{then}").unwrap();
            }
            ExchangeEffect::Notice(_) | ExchangeEffect::LineChanged(_) => {}
        }
    }

    fn told(&mut self, call: CallRef, input: Input) -> Vec<ExchangeEffect> {
        let mut effects = Vec::new();
        let taken = self.taken_by_others(call);
        let Some(entry) = self.book.get_mut(&call) else {
            return effects;
        };
        match &input {
            Input::LegFailed(leg, _) | Input::LegHungUp(leg) => drop(entry.legs.remove(leg)),
            Input::CallerHungUp => entry.caller = None,
            _ => {}
        }
        self.exchange.handle(
            self.now,
            &self.config,
            ExchangeInput::Told {
                call,
                input: &input,
            },
            &mut effects,
        );
        let Some(machine) = &mut entry.call else {
            if let Input::Performed(done) = &input {
                let text = match done {
                    Performed::At(extension) => format!("at {extension}"),
                    other => format!("{other:?}").to_lowercase(),
                };
                writeln!(self.log, "#{}: {text}", call.0).unwrap();
            }
            self.book.remove(&call);
            self.exchange.handle(
                self.now,
                &self.config,
                ExchangeInput::Ended(call),
                &mut effects,
            );
            return effects;
        };
        for action in machine.handle(self.now, input) {
            let acts = ExchangeInput::Acts {
                call,
                action: &action,
            };
            if let Action::Leg(LegAction::Ring {
                leg,
                endpoint: Endpoint::Outside(_),
                ..
            }) = &action
            {
                self.exchange
                    .handle(self.now, &self.config, acts, &mut effects);
                if self.exchange.has_leg(call, *leg) {
                    assert!(
                        entry.legs.insert(*leg, None).is_none(),
                        "a leg is named once"
                    );
                }
                continue;
            }
            match &action {
                Action::Leg(LegAction::Ring { leg, endpoint, .. }) => {
                    let user = match endpoint {
                        Endpoint::Device(user, _) | Endpoint::Mobile(user, _) => Some(*user),
                        _ => None,
                    };
                    assert!(
                        user.is_none_or(|user| !taken.contains(&user)),
                        "{user:?} rings beside another call"
                    );
                    assert!(
                        entry.legs.insert(*leg, user).is_none(),
                        "a leg is named once"
                    );
                }
                Action::Leg(LegAction::CancelLeg(leg)) => {
                    entry.legs.remove(leg).expect("only open legs are given up");
                    entry.talks.remove(leg);
                }
                Action::Leg(LegAction::Bridge(leg) | LegAction::Conference(leg)) => {
                    entry.talks.insert(*leg);
                }
                Action::Leg(LegAction::BecomeCaller(leg)) => {
                    entry.caller =
                        Some(entry.legs.remove(leg).expect("who goes on is on the call"));
                    entry.talks.remove(leg);
                }
                Action::Media(MediaAction::Play(_)) | Action::Mailbox(MailboxAction::Record(_)) => {
                    entry.finish = Some(self.now.plus_seconds(5));
                }
                Action::Media(MediaAction::StopPlaying) => entry.finish = None,
                Action::Mailbox(MailboxAction::AskMessage(_)) => {
                    effects.push(ExchangeEffect::Tell(call, Input::Recorded(2_000)));
                }
                Action::Leg(LegAction::Release(_)) => entry.caller = None,
                Action::Leg(LegAction::Unbridge(_))
                | Action::Line(_)
                | Action::Queue(_)
                | Action::Signal(_)
                | Action::Media(
                    MediaAction::PlayTo(..)
                    | MediaAction::Music(_)
                    | MediaAction::MusicTo(..)
                    | MediaAction::Silence
                    | MediaAction::SilenceTo(_)
                    | MediaAction::Ringback,
                )
                | Action::Mailbox(
                    MailboxAction::AskMailbox(_)
                    | MailboxAction::CheckPasscode { .. }
                    | MailboxAction::Listen(_)
                    | MailboxAction::Deliver { .. },
                )
                | Action::Service(_) => {}
            }
            let input = ExchangeInput::Acts {
                call,
                action: &action,
            };
            self.exchange
                .handle(self.now, &self.config, input, &mut effects);
        }
        let (ended, trace) = (machine.ended(), &machine.trace()[entry.told..]);
        write_steps(&mut self.log, call, trace, &self.config);
        entry.told = machine.trace().len();
        if ended {
            let entry = self.book.remove(&call).unwrap();
            assert!(
                entry.legs.is_empty(),
                "#{} left legs behind: {:?}",
                call.0,
                entry.legs
            );
            assert!(entry.caller.is_none(), "#{} left its caller behind", call.0);
            self.exchange.handle(
                self.now,
                &self.config,
                ExchangeInput::Ended(call),
                &mut effects,
            );
        }
        effects
    }

    /// Everybody without call waiting who is on another call, or is being called back.
    fn taken_by_others(&self, call: CallRef) -> BTreeSet<UserId> {
        if !self.one_at_a_time {
            return BTreeSet::new();
        }
        let others = self.book.iter().filter(|(other, _)| **other != call);
        let on = others.flat_map(|(_, entry)| {
            entry
                .caller
                .flatten()
                .into_iter()
                .chain(entry.legs.values().copied().flatten())
        });
        let waits = |user: &UserId| self.config.user(*user).is_some_and(call_waiting::is_on);
        on.chain(self.callbacks.keys().copied())
            .filter(|user| !waits(user))
            .collect()
    }

    /// Time goes on; timers come in their order.
    pub(crate) fn wait(&mut self, seconds: i64) {
        let until = self.now.plus_seconds(seconds);
        loop {
            let timers = self.book.iter().filter_map(|(call, entry)| {
                Some((entry.call.as_ref()?.next_timeout()?, Some(*call)))
            });
            let finishes = self
                .book
                .iter()
                .filter_map(|(call, entry)| Some((entry.finish?, Some(*call))));
            let next = timers
                .chain(finishes)
                .chain(self.exchange.next_timeout().map(|at| (at, None)))
                .min();
            let Some((at, call)) = next.filter(|(at, _)| *at <= until) else {
                break;
            };
            self.now = self.now.max(at);
            if let Some(call) = call {
                let finish = &mut self.book.get_mut(&call).unwrap().finish;
                let finished = finish.take_if(|finish| *finish <= at).is_some();
                self.feed(
                    call,
                    if finished {
                        Input::Finished
                    } else {
                        Input::TimerElapsed
                    },
                );
            } else {
                let mut effects = Vec::new();
                self.tells(ExchangeInput::TimerElapsed, &mut effects);
                self.carry_out(effects);
            }
        }
        self.now = until;
    }

    /// The latest call on which a user is, at which side.
    pub(crate) fn seat(&self, user: UserId) -> Option<(CallRef, Side)> {
        self.seats(user).pop()
    }

    /// Every call on which a user is, at which side, the oldest first.
    pub(crate) fn seats(&self, user: UserId) -> Vec<(CallRef, Side)> {
        let at = |(call, entry): (&CallRef, &Entry)| {
            let leg = || {
                entry
                    .legs
                    .iter()
                    .find(|(_, by)| **by == Some(user))
                    .map(|(leg, _)| Side::Leg(*leg))
            };
            let side = if entry.caller == Some(Some(user)) {
                Some(Side::Caller)
            } else {
                leg()
            };
            Some((*call, side?))
        };
        self.book.iter().filter_map(at).collect()
    }

    /// The latest leg that is a number outside.
    pub(crate) fn outside(&self) -> Option<(CallRef, LegId)> {
        let leg = |entry: &Entry| {
            entry
                .legs
                .iter()
                .find(|(_, by)| by.is_none())
                .map(|(leg, _)| *leg)
        };
        self.book
            .iter()
            .rev()
            .find_map(|(call, entry)| Some((*call, leg(entry)?)))
    }

    pub(crate) fn registers(&mut self, user: UserId, devices: Vec<u32>) {
        let devices = devices
            .into_iter()
            .map(centrale_core::id::DeviceId)
            .collect();
        let mut effects = Vec::new();
        self.tells(ExchangeInput::Registered { user, devices }, &mut effects);
        self.carry_out(effects);
    }

    /// The phone that rings for a callback is answered and calls the other, or is given up.
    pub(crate) fn called_back(&mut self, caller: UserId, answers: bool) {
        let Some(callee) = self.callbacks.get(&caller).copied() else {
            return;
        };
        let number = self
            .config
            .user(callee)
            .and_then(|s| s.user.extension)
            .map(|e| e.to_string());
        if answers {
            self.dials(self.caller(caller), &number.unwrap_or_default());
        }
        self.callbacks.remove(&caller);
        let mut effects = Vec::new();
        self.tells(ExchangeInput::CallbackOver { caller }, &mut effects);
        self.carry_out(effects);
    }

    pub(crate) fn stands(&self, call: CallRef, side: Side) -> Option<UserId> {
        let entry = self.book.get(&call)?;
        match side {
            Side::Caller => entry.caller?,
            Side::Leg(leg) => *entry.legs.get(&leg)?,
        }
    }

    /// Every leg that rings.
    pub(crate) fn ringing(&self) -> Vec<(CallRef, Side)> {
        let legs = |(call, entry): (&CallRef, &Entry)| {
            let rings = entry.legs.keys().filter(|leg| !entry.talks.contains(leg));
            rings
                .map(|leg| (*call, Side::Leg(*leg)))
                .collect::<Vec<_>>()
        };
        self.book.iter().flat_map(legs).collect()
    }

    /// Every side of a call that talks.
    pub(crate) fn talking(&self) -> Vec<(CallRef, Side)> {
        let sides = |(call, entry): (&CallRef, &Entry)| {
            let legs = entry
                .legs
                .keys()
                .filter(|leg| entry.talks.contains(leg))
                .map(|leg| Side::Leg(*leg));
            let caller = entry
                .caller
                .filter(|_| !entry.talks.is_empty())
                .map(|_| Side::Caller);
            legs.chain(caller)
                .map(|side| (*call, side))
                .collect::<Vec<_>>()
        };
        self.book.iter().flat_map(sides).collect()
    }

    /// An agent chooses a state.
    pub(crate) fn works(&mut self, agent: UserId, state: AgentState) {
        let mut effects = Vec::new();
        self.tells(
            ExchangeInput::Agent(acd::Input::SetState { agent, state }),
            &mut effects,
        );
        self.carry_out(effects);
    }

    pub(crate) fn joins(&mut self, call: CallRef, by: Side, other: CallRef) {
        let mut effects = Vec::new();
        self.tells(ExchangeInput::Joins { call, by, other }, &mut effects);
        self.carry_out(effects);
    }

    /// The exchange and the host agree on who is on how many calls.
    pub(crate) fn check(&self) {
        for subscriber in self.config.users() {
            let user = subscriber.user.id;
            let on = |entry: &&Entry| {
                entry.caller == Some(Some(user)) || entry.legs.values().any(|by| *by == Some(user))
            };
            let calls = self.book.values().filter(on).count()
                + usize::from(self.callbacks.contains_key(&user));
            assert_eq!(
                usize::from(self.exchange.line(user).calls),
                calls,
                "calls of {}",
                self.name(user)
            );
        }
        assert!(
            self.exchange.calls().eq(self.book.keys().copied()),
            "the same calls are live"
        );
    }

    /// Everybody hangs up.
    pub(crate) fn close(&mut self) {
        while let Some(call) = self.book.keys().next().copied() {
            self.feed(call, Input::CallerHungUp);
        }
    }
}

/// What tells who rings and who talks.
fn write_steps(log: &mut String, call: CallRef, steps: &[Step], config: &Snapshot) {
    for step in steps {
        let shown = !matches!(
            step.what,
            What::Calls { .. } | What::Arrives { .. } | What::Considered { .. } | What::Line { .. }
        );
        if shown {
            let mut line = String::new();
            write_trace(&mut line, std::slice::from_ref(step), config, Detail::Brief).unwrap();
            writeln!(
                log,
                "#{}: {}",
                call.0,
                line.trim_start().trim_start_matches("0s ").trim()
            )
            .unwrap();
        }
    }
}
