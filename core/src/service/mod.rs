//! The catalogue of user services. A service is one file that holds its settings, form, validation and evaluation, and
//! functions for what else it decides; the order of [`CATALOGUE`] is the order in which services get their turn on a
//! call (routing § 1). All others walk the catalogue or call these functions, and read no settings.

pub mod anonymous_rejection;
pub mod automatic_callback;
pub mod barge_in;
pub mod call_center_agent;
pub mod call_notify;
pub mod call_policies;
pub mod call_transfer;
pub mod call_waiting;
pub mod caller_id_blocking;
mod catalogue;
mod check;
pub mod connected_id_blocking;
pub mod do_not_disturb;
mod entry;
mod form;
pub mod forwarding_always;
pub mod forwarding_busy;
pub mod forwarding_no_answer;
pub mod forwarding_not_reachable;
pub mod forwarding_selective;
pub mod line_monitoring;
pub mod location_forwarding;
pub mod music_on_hold;
pub mod privacy;
pub mod receptionist;
pub mod remote_office;
pub mod ring_count;
mod ringing;
mod scope;
pub mod selective_acceptance;
pub mod selective_rejection;
pub mod sequential_ring;
pub mod simultaneous_ring;
pub mod speed_dial;
mod stage;
#[cfg(test)]
mod testing;
mod unavailable;
mod verdict;
pub mod voicemail;
pub mod voicemail_greetings;
pub mod voicemail_management;

pub use crate::id::ServiceId;
pub use catalogue::{CATALOGUE, SERVICES, find};
pub(crate) use catalogue::{Rows, row_of, rows_at, rows_of};
pub use entry::{Content, Entry};
pub use form::{Field, FieldKind};
pub use ringing::{AlongPhone, Ringing, Search, SearchPhone};
pub use scope::Scope;
pub use stage::{Moment, Stage};
pub use unavailable::{Needs, Unavailable, unavailable};
use verdict::by_rules;
pub use verdict::{Evaluation, Pass, Verdict};
pub use voicemail_management::Delivery;

use crate::error::FieldError;
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::{RoleKind, SiteSettings};
use crate::rule::Rule;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;

/// Where a service stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Sends calls elsewhere.
    Forwarding,
    /// Refuses calls, or keeps them away.
    Blocking,
    /// How the phone rings.
    Ringing,
    /// Voicemail, and mail about calls.
    Messages,
    /// What the user does: calling, transferring, holding.
    Calling,
    /// Working together: who watches and joins whose calls.
    Team,
}

/// Which calls a service is about: the filter *Servicetype*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Calls to the user.
    Incoming,
    /// Calls by the user.
    Outgoing,
}

/// A user service.
pub trait Service: 'static {
    /// Its name.
    const ID: ServiceId;
    /// The group of the services page in which it stands.
    const GROUP: Group;
    /// Whether it is about calls to the user or calls by the user.
    const DIRECTION: Direction = Direction::Incoming;
    /// When it gets its turn on a call; empty: whoever needs it asks a function of its file.
    const STAGES: &'static [Stage] = &[];
    /// It has to be assigned by a service pack; else whoever may have it has it.
    const LICENSED: bool = true;
    /// It acts on a call that a group offers to the user as one of its members, too (routing § 7).
    const ACTS_ON_OFFERS: bool = true;
    /// Only admins may change it.
    const ADMIN: bool = false;
    /// What it asks of whoever has it, besides a licence.
    const NEEDS: Needs = Needs::Number;
    /// Who may have it: persons, unless it says otherwise.
    const ROLES: &'static [RoleKind] = &[RoleKind::Person];
    /// The fields of its edit dialog: exactly the keys of its settings, `active` aside.
    const FORM: &'static [Field];
    /// Its settings; what was never saved is the default.
    type Settings: Serialize
        + DeserializeOwned
        + Default
        + Clone
        + PartialEq
        + fmt::Debug
        + Send
        + Sync;

    /// Whether it is switched on by `active`; `None` for a service without that switch.
    fn active(settings: &Self::Settings) -> Option<bool>;

    /// Adds what is wrong with the settings beyond their form.
    fn validate(settings: &Self::Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        let _ = (settings, scope, errors);
    }

    /// Whether it may do something at one of its stages, as it is set.
    fn acts_at(settings: &Self::Settings, stage: Stage) -> bool {
        let _ = (settings, stage);
        true
    }

    /// What it does to a call at one of its stages. Not called when it is switched off.
    fn evaluate(settings: &Self::Settings, moment: &Moment<'_>) -> Evaluation {
        let _ = (settings, moment);
        Verdict::Pass(Pass::Off).into()
    }

    /// Whether nothing but its settings and those of the location decides that it acts, so that it does at any hour.
    fn always_on(settings: &Self::Settings, site: &SiteSettings) -> bool {
        let _ = site;
        Self::active(settings) == Some(true)
    }

    /// Adds what rings for the user by it. Called when it acts at [`Stage::Ringing`].
    fn ring(settings: &Self::Settings, ringing: &mut Ringing) {
        let _ = (settings, ringing);
    }

    /// Where a caller goes on to from the mailbox of the user. Not called when it is switched off.
    fn mailbox_exit(settings: &Self::Settings) -> Option<MailboxExit> {
        let _ = settings;
        None
    }

    /// Its rules, if it has any.
    fn rules(settings: &Self::Settings) -> &[Rule] {
        let _ = settings;
        &[]
    }

    /// Every number to which it may send a call.
    fn destinations(settings: &Self::Settings) -> Vec<&Destination> {
        let _ = settings;
        Vec::new()
    }

    /// Every own upload that the settings name, with the field in which they do.
    fn uploads(settings: &Self::Settings) -> Vec<(&'static str, &str)> {
        let _ = settings;
        Vec::new()
    }
}

/// Where a caller goes on to from a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailboxExit {
    /// The field of the settings that says so.
    pub field: &'static str,
    /// The number.
    pub to: Destination,
    /// They press a key for it while the greeting plays; else they go there after it, as no message may be left.
    pub by_key: bool,
}

/// A change of one field of a service's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The service whose settings change.
    pub service: ServiceId,
    /// The field of the settings.
    pub field: &'static str,
    /// What it is to hold, as it was keyed in: not checked yet.
    pub value: Value,
}

/// Somebody who has services: who they are, and how these are set.
pub trait HasServices {
    /// The id of the user.
    fn user_id(&self) -> UserId;

    /// Whether a service is theirs.
    fn has<S: Service>(&self) -> bool;

    /// The settings of a service; `None` when it is not theirs, or cannot be read.
    fn settings<S: Service>(&self) -> Option<&S::Settings>;

    /// The settings of a service that is theirs and switched on.
    fn active<S: Service>(&self) -> Option<&S::Settings> {
        self.settings::<S>()
            .filter(|settings| S::active(settings) == Some(true))
    }
}
