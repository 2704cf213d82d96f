//! The question of a what-if, as the fields hold it.

use super::names::Names;
use centrale_core::call::Request;
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use centrale_core::what_if::{LineScript, WhatIf, caller_from};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A caller from outside to begin with.
const FIRST_CALLER: &str = "+31 20 555 01 00";

/// What the caller shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    /// A number.
    Number,
    /// Nothing, on purpose.
    Withheld,
    /// Nothing: the number did not arrive.
    Unknown,
}

/// What the fields of the question hold.
#[derive(Clone, Copy)]
pub(crate) struct WhatIfFields {
    /// What the caller shows.
    pub(crate) shows: RwSignal<Shows>,
    /// The number as typed.
    pub(crate) number: RwSignal<String>,
    /// The moment that was chosen; `None`: now.
    pub(crate) moment: RwSignal<Option<Timestamp>>,
    /// What now is.
    pub(crate) now: RwSignal<Timestamp>,
    /// What the line of the user does.
    pub(crate) line: RwSignal<LineScript>,
}

impl WhatIfFields {
    /// The question to begin with: a call from outside, now, to a free line.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            shows: RwSignal::new(Shows::Number),
            number: RwSignal::new(FIRST_CALLER.to_owned()),
            moment: RwSignal::new(None),
            now: RwSignal::new(now),
            line: RwSignal::new(LineScript::Answers),
        }
    }

    /// The moment of the call.
    pub(crate) fn at(self) -> Timestamp {
        self.moment.get().unwrap_or_else(|| self.now.get())
    }

    /// The caller; `None` when the number makes no sense.
    pub(crate) fn caller(self, names: &Names) -> Option<Caller> {
        match self.shows.get() {
            Shows::Withheld => Some(Caller::withheld()),
            Shows::Unknown => Some(Caller::unavailable()),
            Shows::Number => {
                let place = &names.subscriber()?.place;
                self.number
                    .with(|number| caller_from(&names.config, place, number, false))
            }
        }
    }
}

/// The question to the engine: this caller calls the user. `None` when nobody can call them.
pub(crate) fn question(
    names: &Names,
    caller: Caller,
    line: LineScript,
    at: Timestamp,
) -> Option<WhatIf> {
    let callee = names.subscriber()?;
    let internal = caller
        .user
        .and_then(|user: UserId| names.config.user(user))
        .map(|s| s.place.id);
    let (dialled, from) = match (callee.user.number, callee.user.extension) {
        (Some(number), _) => (number.to_string(), internal),
        (None, Some(extension)) => (extension.to_string(), Some(callee.place.id)),
        (None, None) => return None,
    };
    Some(WhatIf {
        request: Request {
            caller,
            dialled,
            from,
            ..Request::default()
        },
        at,
        lines: BTreeMap::from([(names.of, line)]),
        confirm: true,
        ..WhatIf::default()
    })
}
