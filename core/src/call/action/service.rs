//! What services and codes do beyond the call: settings, notices, and what other calls have part in.

use crate::feature::Perform;
use crate::id::UserId;
use crate::service::ServiceId;
use serde_json::Value;

/// What services and codes do beyond the call: settings, notices, and what other calls have part in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceAction {
    /// Save settings of a service; answer with [`super::Input::Changed`].
    Change {
        /// Whose.
        user: UserId,
        /// Of which service.
        service: ServiceId,
        /// The settings, complete.
        settings: Value,
    },
    /// Do what takes more than this call; answer with [`super::Input::Performed`].
    Perform {
        /// Who asks.
        user: UserId,
        /// What.
        what: Perform,
        /// Whom it is about, where it is about somebody.
        about: Option<UserId>,
        /// The digits that it takes, where it takes some: a ring count, a speed dial and its number.
        digits: String,
    },
    /// Send the notice of a call by mail (call notify).
    Notify {
        /// To whom.
        user: UserId,
    },
}
