//! What a feature access code does.

use crate::feature::Feature;
use crate::id::UserId;
use crate::number::Destination;
use crate::outcome::Performed;
use crate::service::ServiceId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::{self, Write};

/// What a feature access code does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum CodeStep {
    /// A speed dial was dialled.
    SpeedDial {
        /// The user whose speed dial it is.
        user: UserId,
        /// What it stands for.
        number: Destination,
    },
    /// A code was dialled.
    Dialled {
        /// The user who dialled it.
        user: UserId,
        /// What it stands for.
        feature: Feature,
        /// The digits after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digits: Option<String>,
    },
    /// Digits are missing; the caller is asked for them.
    WantsDigits {
        /// The user who is asked.
        user: UserId,
    },
    /// The caller keyed them in.
    Keyed {
        /// The user who keyed them in.
        user: UserId,
        /// The digits.
        digits: String,
    },
    /// The settings of a service become these.
    Changes {
        /// The user whose settings they are.
        user: UserId,
        /// The service that is set.
        service: ServiceId,
        /// The settings, complete.
        settings: Value,
    },
    /// The settings were saved, or could not be.
    Saved {
        /// The user whose settings they are.
        user: UserId,
        /// They were.
        saved: bool,
    },
    /// The caller asked for a service.
    Asks {
        /// The user who asked.
        user: UserId,
        /// The service whose state is told.
        service: ServiceId,
        /// It is on.
        on: bool,
    },
    /// Something is done for the caller.
    Performs {
        /// The user who calls.
        user: UserId,
        /// The feature that the code stands for.
        feature: Feature,
        /// Whom it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<UserId>,
    },
    /// The phone that is named may not be picked up: it is of another location and no member of the own pickup group, and
    /// the enterprise does not allow that.
    PickupRefused {
        /// Who wanted it.
        user: UserId,
        /// Whose phone.
        of: UserId,
    },
    /// What came of it.
    Performed {
        /// The user who calls.
        user: UserId,
        /// What came of it.
        performed: Performed,
    },
    /// The digits after the code are dialled, with what the code asked for.
    GoesOn {
        /// The user who calls.
        user: UserId,
        /// The digits.
        digits: String,
    },
}

impl CodeStep {
    /// The user in whose name it happens.
    pub fn user(&self) -> UserId {
        match self {
            Self::SpeedDial { user, .. }
            | Self::Dialled { user, .. }
            | Self::WantsDigits { user }
            | Self::Keyed { user, .. }
            | Self::Changes { user, .. }
            | Self::Saved { user, .. }
            | Self::Asks { user, .. }
            | Self::Performs { user, .. }
            | Self::PickupRefused { user, .. }
            | Self::Performed { user, .. }
            | Self::GoesOn { user, .. } => *user,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(UserId) -> String,
    ) -> fmt::Result {
        let who = name(self.user());
        match self {
            Self::SpeedDial { number, .. } => write!(out, "a speed dial of {who}: {number}"),
            Self::Dialled {
                feature,
                digits: None,
                ..
            } => write!(out, "code {} by {who}", feature.name()),
            Self::Dialled {
                feature,
                digits: Some(digits),
                ..
            } => {
                write!(out, "code {} by {who}, with {digits}", feature.name())
            }
            Self::WantsDigits { .. } => write!(out, "{who} is asked for digits"),
            Self::Keyed { digits, .. } => write!(out, "{who} keys in {digits}"),
            Self::Changes {
                service, settings, ..
            } => write!(out, "{who} sets {service} to {settings}"),
            Self::Saved { saved: true, .. } => out.write_str("saved"),
            Self::Saved { saved: false, .. } => out.write_str("not saved"),
            Self::Asks { service, on, .. } => {
                write!(
                    out,
                    "{who} asks for {service}: {}",
                    if *on { "on" } else { "off" }
                )
            }
            Self::Performs {
                feature,
                about: None,
                ..
            } => write!(out, "{} for {who}", feature.name()),
            Self::Performs {
                feature,
                about: Some(about),
                ..
            } => {
                write!(out, "{} for {who}, about {}", feature.name(), name(*about))
            }
            Self::PickupRefused { of, .. } => {
                write!(out, "{who} may not pick up {}: another location", name(*of))
            }
            Self::Performed {
                performed: Performed::At(extension),
                ..
            } => {
                write!(out, "done, at {extension}")
            }
            Self::Performed {
                performed: Performed::Waiting(callbacks),
                ..
            } => {
                write!(out, "{callbacks} callbacks wait")
            }
            Self::Performed { performed, .. } => write!(out, "{}", super::kebab(performed)),
            Self::GoesOn { digits, .. } => write!(out, "{who} goes on with {digits}"),
        }
    }
}
