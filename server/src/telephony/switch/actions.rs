//! The actions of calls, by who carries them out: each becomes commands for channels, a fact, or a mail.

use super::channel_command::ChannelCommand;
use super::{Phones, Switch};
use crate::mail::CallNotice;
use centrale_core::call::{Action, Input, LegAction, ServiceAction, Side};
use centrale_core::feature::Perform;
use centrale_core::id::{CallRef, UserId};
use centrale_core::outcome::Performed;
use centrale_core::trace::LegFailure;

impl Switch {
    pub(super) fn act(&mut self, call: CallRef, action: &Action) {
        let Some(phones) = self.phones() else { return };
        let Some(running) = self.calls.get_mut(&call) else {
            return;
        };
        match action {
            Action::Leg(action) => self.leg_action(call, action, &phones),
            Action::Signal(action) => running.signal_action(action, &phones),
            Action::Media(action) => running.media_action(action, &phones),
            Action::Mailbox(action) => running.mailbox_action(action),
            Action::Service(ServiceAction::Change {
                user,
                service,
                settings,
            }) => running.send(ChannelCommand::SaveSettings(
                *user,
                *service,
                settings.clone(),
            )),
            Action::Service(ServiceAction::Perform { user, what, .. }) => {
                self.perform(call, *user, *what);
            }
            Action::Service(ServiceAction::Notify { user }) => self.notify(call, *user),
            // The exchange has carried these out.
            Action::Line(_) | Action::Queue(_) => {}
        }
    }

    fn leg_action(&mut self, call: CallRef, action: &LegAction, phones: &Phones) {
        let Some(running) = self.calls.get_mut(&call) else {
            return;
        };
        if let Err(leg) = running.leg_action(action, phones) {
            self.facts
                .push(call, Input::LegFailed(leg, LegFailure::Unreachable));
        }
        match action {
            LegAction::Ring { leg, .. } => {
                if let Some(channel) = running.channel(Side::Leg(*leg)) {
                    self.channels.insert(channel, (call, Side::Leg(*leg)));
                }
            }
            LegAction::BecomeCaller(_) => {
                // The end of the caller's former channel no longer matters to this call.
                self.channels.retain(|channel, side| {
                    *side != (call, Side::Caller)
                        || running.sides.values().any(|own| own == channel)
                });
                if let Some(channel) = running.channel(Side::Caller) {
                    self.channels.insert(channel, (call, Side::Caller));
                }
            }
            // A channel stays at its side until it is gone.
            LegAction::CancelLeg(_)
            | LegAction::Bridge(_)
            | LegAction::Unbridge(_)
            | LegAction::Conference(_)
            | LegAction::Release(_) => {}
        }
    }

    /// Sends the notice of a call by mail.
    fn notify(&self, call: CallRef, user: UserId) {
        let Some(running) = self.calls.get(&call) else {
            return;
        };
        let called = CallNotice {
            config: &running.config,
            user,
            caller: running.machine.caller(),
            at: self.now(),
        };
        if let Some(mailer) = &self.deps.mail
            && let Some(email) = called.call()
        {
            mailer.enqueue(email);
        }
    }

    /// What the exchange leaves to its host.
    fn perform(&mut self, call: CallRef, user: UserId, what: Perform) {
        if what == Perform::VoicemailClear
            && let Some(running) = self.calls.get(&call)
        {
            running.send(ChannelCommand::ClearMessages(user));
            self.facts.push(call, Input::Performed(Performed::Done));
        }
    }
}
