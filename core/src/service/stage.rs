//! The stages of a call, and what a service is told of the call at them.

use crate::organisation::{SiteSettings, User};
use crate::rule::Circumstances;
use serde::{Deserialize, Serialize};

/// The moments of a call at which services get their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Before anything rings.
    Arrival,
    /// The line is known, and it is settled what rings.
    Ringing,
    /// It is settled that the call is not refused; what gets its turn here changes nothing.
    Notice,
    /// Nothing that should ring can be reached.
    NotReachable,
    /// The line is busy, or counts as busy.
    Busy,
    /// Nobody answered in time.
    NoAnswer,
}

/// What a service may know of a call when it gets its turn.
#[derive(Clone)]
pub struct Moment<'a> {
    /// What rules are held against: the time, the caller, the schedules.
    pub circumstances: Circumstances<'a>,
    /// The user who is called.
    pub user: &'a User,
    /// What their location sets for all its users.
    pub site: &'a SiteSettings,
    /// The stage at which the service is asked.
    pub stage: Stage,
    /// Forwarding must leave this call alone (`*80`).
    pub diversion_inhibited: bool,
    /// The user is on a call, or counts as busy. Told while phones ring only: the busy stage says as much by itself.
    pub on_a_call: bool,
    /// The user has a mailbox that is switched on.
    pub mailbox: bool,
}
