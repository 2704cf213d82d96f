//! The calls of the switch: how they begin, what each is told and what follows from it, and how they end.

use super::call_task::CallTask;
use super::channel_command::ChannelCommand;
use super::channel_names::{CallId, ChannelNames};
use super::running_call::RunningCall;
use super::{Phones, Switch, call_request};
use crate::telephony::ari::{ChannelId, HangupCause};
use crate::telephony::incoming::Incoming;
use centrale_core::call::{Action, Call, Detail, Input, LegAction, Request, Side, write_trace};
use centrale_core::exchange::ExchangeInput;
use centrale_core::history::entries;
use centrale_core::id::CallRef;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::mpsc;

impl Switch {
    /// A channel called in.
    pub(super) fn incoming_call(&mut self, channel: ChannelId, incoming: &Incoming) {
        let Some(phones) = self.phones() else { return };
        let mut request = call_request::from_incoming(incoming, &phones.accounts, &self.config);
        let consults = request
            .caller
            .user
            .is_some_and(|user| self.exchange.inhibits(&self.config, user));
        request.diversion_inhibited |= consults;
        let call = self.new_call(request, &phones, false);
        self.place_channel(call, Side::Caller, channel);
        self.tell(call, Input::Start);
    }

    /// Makes a call that has not been told anything yet.
    fn new_call(&mut self, request: Request, phones: &Phones, bridged: bool) -> CallRef {
        let call = self.next_call_ref();
        self.open_call(
            call,
            CallId {
                epoch: self.epoch,
                number: self.count,
            },
            request,
            phones,
            bridged,
        )
    }

    /// The next number of a call.
    pub(super) fn next_call_ref(&mut self) -> CallRef {
        self.count += 1;
        CallRef(self.count)
    }

    /// Makes a call under an id, with its task.
    pub(super) fn open_call(
        &mut self,
        call: CallRef,
        id: CallId,
        request: Request,
        phones: &Phones,
        bridged: bool,
    ) -> CallRef {
        let names = ChannelNames::new(id);
        let (commands, received) = mpsc::unbounded_channel();
        let task = CallTask::new(
            self.deps.clone(),
            phones.clone(),
            call,
            names,
            self.reports.clone(),
        );
        tokio::spawn(if bridged { task.bridged() } else { task }.run(received));
        let running = RunningCall {
            machine: Call::new(self.config.clone(), request.clone()),
            config: self.config.clone(),
            names,
            sides: BTreeMap::new(),
            playing: BTreeMap::new(),
            counted: 0,
            answered_elsewhere: false,
            transfers: None,
            answered: BTreeSet::new(),
            commands,
            request,
        };
        let (caller, dialled) = (running.request.caller, running.request.dialled.clone());
        self.calls.insert(call, running);
        self.exchange_takes(ExchangeInput::Began {
            call,
            caller,
            dialled: &dialled,
        });
        call
    }

    /// Notes at which side of a call a channel is.
    pub(super) fn place_channel(&mut self, call: CallRef, side: Side, channel: ChannelId) {
        if let Some(running) = self.calls.get_mut(&call) {
            running.sides.insert(side, channel.clone());
            self.channels.insert(channel, (call, side));
        }
    }

    /// A side of a call transfers it to whom they talk with in another.
    pub(super) fn join(&mut self, call: CallRef, by: Side, other: CallRef) {
        self.exchange_takes(ExchangeInput::Joins { call, by, other });
        self.settle();
    }

    /// Tells a call a fact, and does all that follows.
    pub(super) fn tell(&mut self, call: CallRef, input: Input) {
        self.facts.push(call, input);
        self.settle();
    }

    /// Tells calls all facts that wait, and those that follow from them.
    pub(super) fn settle(&mut self) {
        while let Some((call, input)) = self.facts.take() {
            if self.calls.contains_key(&call) {
                self.step(call, input);
            }
        }
    }

    /// Tells a call one fact, and carries out its actions.
    fn step(&mut self, call: CallRef, input: Input) {
        let now = self.now();
        self.exchange_takes(ExchangeInput::Told {
            call,
            input: &input,
        });
        let Some(running) = self.calls.get_mut(&call) else {
            return;
        };
        let actions = running.machine.handle(now, input);
        running.answered_elsewhere = actions.iter().any(|action| {
            matches!(
                action,
                Action::Leg(LegAction::Bridge(_) | LegAction::Conference(_))
            )
        });
        for action in &actions {
            self.exchange_takes(ExchangeInput::Acts { call, action });
            // A leg that the exchange refuses is not rung; the call is told so.
            if let Action::Leg(LegAction::Ring { leg, .. }) = action
                && !self.exchange.has_leg(call, *leg)
            {
                continue;
            }
            self.act(call, action);
        }
        self.close_if_over(call);
    }

    fn close_if_over(&mut self, call: CallRef) {
        if !self
            .calls
            .get(&call)
            .is_some_and(|running| running.machine.ended())
        {
            return;
        }
        let Some(running) = self.calls.remove(&call) else {
            return;
        };
        self.exchange_takes(ExchangeInput::Ended(call));
        for channel in running.sides.values() {
            self.channels.remove(channel);
            running.send(ChannelCommand::HangUp(channel.clone(), HangupCause::NORMAL));
        }
        self.history
            .extend(entries(running.machine.trace(), &running.config));
        let mut trace = String::new();
        if write_trace(
            &mut trace,
            running.machine.trace(),
            &running.config,
            Detail::Full,
        )
        .is_ok()
        {
            tracing::debug!(
                version = running.machine.config_version(),
                "call over\n{trace}"
            );
        }
    }
}
