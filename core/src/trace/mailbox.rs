//! Voicemail: greetings, deposit, transfer out, and listening to messages.

use crate::id::UserId;
use crate::outcome::PasscodeResult;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// Voicemail: greetings, deposit, transfer out, and listening to messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "mailbox")]
pub enum MailboxStep {
    /// The caller hears a greeting.
    Greets {
        /// Whose it is.
        user: UserId,
        /// It is the one for callers who find the user on a call.
        busy: bool,
        /// It is the user's own, not the system's.
        own: bool,
    },
    /// The user does not take messages.
    NoDeposit {
        /// Whose it is.
        user: UserId,
    },
    /// No message fits.
    Full {
        /// Whose it is.
        user: UserId,
    },
    /// The caller skipped the rest of the greeting.
    Skipped {
        /// Whose it is.
        user: UserId,
    },
    /// The caller left for the number that is set for it.
    Leaves {
        /// Whose it is.
        user: UserId,
    },
    /// A message was left.
    Recorded {
        /// Whose it is.
        user: UserId,
    },
    /// The caller said nothing that would be a message.
    TooShort {
        /// The user whose mailbox it is.
        user: UserId,
    },
    /// A mail about the message is sent.
    Mailed {
        /// Whose it is.
        user: UserId,
        /// What the mail holds: the message, a copy of it, or only that there is one.
        mail: MessageMail,
    },
    /// The caller is asked for the passcode.
    AsksPasscode {
        /// Of whose mailbox.
        user: UserId,
    },
    /// The caller keyed a passcode in.
    Passcode {
        /// Of whose mailbox.
        user: UserId,
        /// What it is worth.
        verdict: PasscodeResult,
    },
    /// The caller hears the messages.
    Listens {
        /// In whose mailbox.
        user: UserId,
    },
}

/// A mail about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MessageMail {
    /// The message, which is not kept.
    Forward,
    /// A copy of the message.
    Copy,
    /// That there is one.
    Notice,
}

impl MailboxStep {
    /// The user or virtual user in whose name it happens.
    pub fn user(&self) -> UserId {
        match self {
            Self::Greets { user, .. }
            | Self::NoDeposit { user }
            | Self::Full { user }
            | Self::Skipped { user }
            | Self::Leaves { user }
            | Self::Recorded { user }
            | Self::TooShort { user }
            | Self::Mailed { user, .. }
            | Self::AsksPasscode { user }
            | Self::Passcode { user, .. }
            | Self::Listens { user } => *user,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(UserId) -> String,
    ) -> fmt::Result {
        match self {
            Self::Greets { busy, own, .. } => {
                let whose = if *own { "the own" } else { "the standard" };
                write!(
                    out,
                    "  {whose} greeting{}",
                    if *busy {
                        " for a line that is busy"
                    } else {
                        ""
                    }
                )
            }
            Self::NoDeposit { user } => write!(out, "  {} takes no messages", name(*user)),
            Self::Full { user } => write!(out, "  the mailbox of {} is full", name(*user)),
            Self::Skipped { .. } => out.write_str("the caller skips the greeting"),
            Self::Leaves { .. } => out.write_str("the caller leaves the mailbox"),
            Self::Recorded { user } => write!(out, "a message for {}", name(*user)),
            Self::TooShort { user } => write!(out, "no message for {}: too short", name(*user)),
            Self::Mailed { mail, .. } => out.write_str(match mail {
                MessageMail::Forward => "  it is sent by mail and not kept",
                MessageMail::Copy => "  a copy is sent by mail",
                MessageMail::Notice => "  a notice is sent by mail",
            }),
            Self::AsksPasscode { user } => {
                write!(out, "the passcode of {} is asked for", name(*user))
            }
            Self::Passcode { verdict, .. } => write!(out, "  it is {}", super::kebab(verdict)),
            Self::Listens { user } => write!(out, "the messages of {} are heard", name(*user)),
        }
    }
}
