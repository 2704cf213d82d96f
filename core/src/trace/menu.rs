//! Auto attendants: menus, keys, dialling by extension and name.

use super::{Blocked, kebab};
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::{Key, MenuAction};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// Auto attendants: menus, keys, dialling by extension and name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "menu")]
pub enum MenuStep {
    /// The caller hears a menu from its beginning.
    Opens {
        /// Whose it is.
        user: UserId,
        /// The menu that is heard.
        which: MenuName,
    },
    /// Something was chosen.
    Chosen {
        /// In whose menu.
        user: UserId,
        /// By what.
        by: Trigger,
        /// What it does.
        action: MenuAction,
    },
    /// A key that does nothing here.
    NotValid {
        /// In whose menu.
        user: UserId,
        /// The key.
        key: Key,
    },
    /// No key came in time.
    Silence {
        /// In whose menu.
        user: UserId,
    },
    /// An extension was keyed in.
    Dialled {
        /// In whose menu.
        user: UserId,
        /// The digits.
        digits: String,
        /// Whose it is, if it is anybody's in reach.
        found: Option<UserId>,
    },
    /// The first letters of a name were keyed in.
    Searched {
        /// In whose menu.
        user: UserId,
        /// The digits.
        digits: String,
        /// Who is called so; none when they are too many to be read out.
        found: Vec<UserId>,
        /// They are too many.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        too_many: bool,
    },
    /// One of several names was chosen.
    Picked {
        /// In whose menu.
        user: UserId,
        /// The user whose name was chosen.
        found: UserId,
    },
    /// The menu may not send the call there.
    Blocked {
        /// Whose menu it is.
        user: UserId,
        /// To what; none: somebody who was keyed in.
        to: Option<Destination>,
        /// Why not.
        because: Blocked,
    },
}

/// Which menu of an auto attendant it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "at", content = "id")]
pub enum MenuName {
    /// That of business hours.
    BusinessHours,
    /// That after hours.
    AfterHours,
    /// That of holidays.
    Holiday,
    /// A submenu.
    Submenu(u16),
}

/// What made a menu act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "by", content = "key")]
pub enum Trigger {
    /// A key.
    Key(Key),
    /// That nothing useful was keyed in for too long.
    GaveUp,
}

impl MenuStep {
    /// The user or virtual user in whose name it happens.
    pub fn user(&self) -> UserId {
        match self {
            Self::Opens { user, .. }
            | Self::Chosen { user, .. }
            | Self::NotValid { user, .. }
            | Self::Silence { user }
            | Self::Dialled { user, .. }
            | Self::Searched { user, .. }
            | Self::Picked { user, .. }
            | Self::Blocked { user, .. } => *user,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(UserId) -> String,
    ) -> fmt::Result {
        match self {
            Self::Opens { user, which } => {
                write!(out, "caller hears the {} of {}", Said(which), name(*user))
            }
            Self::Chosen {
                by: Trigger::Key(key),
                action,
                ..
            } => {
                write!(out, "  key {}: {}", key.sign(), Doing(action, name))
            }
            Self::Chosen {
                by: Trigger::GaveUp,
                action,
                ..
            } => {
                write!(out, "  nothing chosen: {}", Doing(action, name))
            }
            Self::NotValid { key, .. } => write!(out, "  key {}: not valid", key.sign()),
            Self::Silence { .. } => out.write_str("  no key"),
            Self::Dialled {
                digits,
                found: None,
                ..
            } => write!(out, "  extension {digits}: nobody"),
            Self::Dialled {
                digits,
                found: Some(found),
                ..
            } => {
                write!(out, "  extension {digits}: {}", name(*found))
            }
            Self::Searched {
                digits,
                too_many: true,
                ..
            } => write!(out, "  name {digits}: too many"),
            Self::Searched { digits, found, .. } if found.is_empty() => {
                write!(out, "  name {digits}: nobody")
            }
            Self::Searched { digits, found, .. } => {
                let found: Vec<_> = found.iter().map(|user| name(*user)).collect();
                write!(out, "  name {digits}: {}", found.join(", "))
            }
            Self::Picked { found, .. } => write!(out, "  chooses {}", name(*found)),
            Self::Blocked { user, to, because } => {
                write!(out, "{} may not send the call", name(*user))?;
                to.iter().try_for_each(|to| write!(out, " to {to}"))?;
                write!(out, ": {}", kebab(because))
            }
        }
    }
}

struct Said<'a>(&'a MenuName);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            MenuName::BusinessHours => f.write_str("business-hours menu"),
            MenuName::AfterHours => f.write_str("after-hours menu"),
            MenuName::Holiday => f.write_str("holiday menu"),
            MenuName::Submenu(id) => write!(f, "submenu {id}"),
        }
    }
}

struct Doing<'a>(&'a MenuAction, &'a dyn Fn(UserId) -> String);

impl fmt::Display for Doing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            MenuAction::Transfer { to, .. } => write!(f, "transfer to {to}"),
            MenuAction::Operator { to } => write!(f, "transfer to the operator, {to}"),
            MenuAction::Submenu { menu } => write!(f, "submenu {menu}"),
            MenuAction::NameDialling => f.write_str("name dialling"),
            MenuAction::ExtensionDialling => f.write_str("extension dialling"),
            MenuAction::Repeat => f.write_str("repeat the menu"),
            MenuAction::Previous => f.write_str("previous menu"),
            MenuAction::End => f.write_str("end the call"),
            MenuAction::Mailbox { user: None } => f.write_str("a mailbox"),
            MenuAction::Mailbox { user: Some(user) } => write!(f, "mailbox of {}", (self.1)(*user)),
            MenuAction::Announcement { .. } => f.write_str("announcement"),
        }
    }
}
