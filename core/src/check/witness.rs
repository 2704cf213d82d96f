//! A call that shows what is wrong: tried with the call machine before it is told.

use super::Scope;
use crate::call::Request;
use crate::caller::Caller;
use crate::id::UserId;
use crate::time::Timestamp;
use crate::what_if::{LineScript, Story, WhatIf, tell};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// Monday 2026-01-05, 00:00 UTC: the week in which calls are tried.
pub(super) const WEEK: Timestamp = Timestamp(1_767_571_200_000);

/// A call, and the lines that it meets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Witness {
    /// Who calls.
    pub caller: Caller,
    /// The digits that are dialled.
    pub dialled: String,
    /// When.
    pub at: Timestamp,
    /// Lines that do not just answer.
    pub lines: BTreeMap<UserId, LineScript>,
    /// The keys that the caller presses, a text for each prompt.
    pub keys: Vec<String>,
    /// The question that tells the whole story.
    #[serde(skip)]
    pub question: WhatIf,
}

impl Witness {
    /// A call from outside to a user, or from a colleague when no number reaches the user.
    pub(super) fn new(scope: &Scope<'_>, to: UserId, caller: Caller, at: Timestamp) -> Option<Self> {
        let called = scope.snapshot.user(to)?;
        let (dialled, from) = match (called.user.number, called.user.extension) {
            (Some(number), _) if !caller.is_internal() => (number.to_string(), None),
            (_, Some(extension)) => (extension.to_string(), Some(called.place.id)),
            (Some(number), None) => (number.to_string(), Some(called.place.id)),
            (None, None) => return None,
        };
        let request = Request { caller, dialled: dialled.clone(), from, ..Request::default() };
        let question = WhatIf { request, at, seed: 1, ..WhatIf::default() };
        Some(Self { caller, dialled, at, lines: BTreeMap::new(), keys: Vec::new(), question })
    }

    pub(super) fn with(mut self, lines: BTreeMap<UserId, LineScript>, keys: Vec<String>) -> Self {
        self.question.lines.clone_from(&lines);
        self.question.keys.clone_from(&keys);
        (self.lines, self.keys) = (lines, keys);
        self
    }

    pub(super) fn tell(&self, scope: &Scope<'_>) -> Story {
        tell(scope.snapshot, &self.question)
    }

    pub(super) fn write(&self, out: &mut dyn Write, name: &dyn Fn(&UserId) -> String) -> fmt::Result {
        let caller = match (self.caller.withheld, self.caller.user, self.caller.number) {
            (_, Some(user), _) => name(&user),
            (true, ..) => "a withheld number".into(),
            (_, _, Some(number)) => number.to_string(),
            _ => "an unknown number".into(),
        };
        write!(out, "; as when {caller} calls {} at {}", self.dialled, moment(self.at))?;
        for (user, line) in &self.lines {
            let line = match line {
                LineScript::NoAnswer => "does not answer",
                LineScript::Unreachable => "cannot be reached",
                _ => "is busy",
            };
            write!(out, ", {} {line}", name(user))?;
        }
        if !self.keys.is_empty() {
            write!(out, " and presses {}", self.keys.join(", "))?;
        }
        Ok(())
    }
}

/// Weekday and time in UTC: enough to find the moment, and no calendar is needed.
fn moment(at: Timestamp) -> String {
    let minutes = at.since(WEEK) / 60_000;
    let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][(minutes / 1440).rem_euclid(7) as usize];
    format!("{day} {:02}:{:02} UTC", minutes.rem_euclid(1440) / 60, minutes % 60)
}
