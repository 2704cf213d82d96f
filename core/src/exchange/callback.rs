//! Automatic callback: who called a busy line is called once both lines are free (manual § 7.4.3, routing § 5).

use super::{Exchange, ExchangeEffect, Step};
use crate::id::UserId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How long a callback waits, in seconds; afterwards it is forgotten.
pub const CALLBACK_SECONDS: u32 = 1800;

/// A user who waits for the line of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Callback {
    /// Who waits.
    pub caller: UserId,
    /// The user whose line is waited for.
    pub callee: UserId,
    /// When the callback was asked for.
    pub since: Timestamp,
}

impl Callback {
    /// When it is forgotten.
    pub fn expires(&self) -> Timestamp {
        self.since.plus_seconds(i64::from(CALLBACK_SECONDS))
    }
}

impl Exchange {
    /// The callbacks that a user waits for, the oldest first.
    pub fn callbacks(&self, caller: UserId) -> impl Iterator<Item = &Callback> {
        self.callbacks
            .iter()
            .filter(move |callback| callback.caller == caller)
    }

    /// Asking again for the same line starts its time anew.
    pub(super) fn set_callback(&mut self, caller: UserId, callee: UserId, step: &mut Step<'_>) {
        self.callbacks
            .retain(|callback| (callback.caller, callback.callee) != (caller, callee));
        self.callbacks.push(Callback {
            caller,
            callee,
            since: step.now,
        });
    }

    /// Forgets all callbacks of a user; tells whether there were any.
    pub(super) fn cancel_callbacks(&mut self, caller: UserId) -> bool {
        let before = self.callbacks.len();
        self.callbacks.retain(|callback| callback.caller != caller);
        self.callbacks.len() < before
    }

    /// A line is free: the oldest callback of or for it whose other line is free too.
    pub(super) fn call_back(&mut self, user: UserId, step: &mut Step<'_>) {
        let ready = |callback: &Callback| {
            (callback.caller == user || callback.callee == user)
                && self.can_talk(callback.caller, step.config)
                && self.can_talk(callback.callee, step.config)
        };
        if let Some(place) = self.callbacks.iter().position(ready) {
            let Callback { caller, callee, .. } = self.callbacks.remove(place);
            self.lines.entry(caller).or_default().called_back = true;
            self.line_changed(caller, step);
            step.effects
                .push(ExchangeEffect::CallBack { caller, callee });
        }
    }

    /// The phone that rang for it rings no more.
    pub(super) fn callback_over(&mut self, caller: UserId, step: &mut Step<'_>) {
        let line = self.lines.entry(caller).or_default();
        if std::mem::take(&mut line.called_back) {
            self.line_changed(caller, step);
            self.line_freed(caller, step);
        }
    }

    pub(super) fn expire_callbacks(&mut self, now: Timestamp) {
        self.callbacks.retain(|callback| callback.expires() > now);
    }
}
