//! Auto attendants (*keuzemenu*, manual § 20) as they are configured.

use super::{Audio, VirtualUser};
use crate::id::{ScheduleId, UserId};
use crate::number::Destination;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An auto attendant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AutoAttendant {
    /// Its id, from the space of user ids.
    pub id: UserId,
    /// Its name, place, number and services.
    pub identity: VirtualUser,
    /// Among whom extension dialling looks.
    #[serde(default)]
    pub extension_scope: Reach,
    /// Among whom name dialling looks.
    #[serde(default)]
    pub name_scope: Reach,
    /// How names are keyed in.
    #[serde(default)]
    pub name_entry: NameEntry,
    /// The business hours; none: always business hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<ScheduleId>,
    /// The holidays; none: no day is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<ScheduleId>,
    /// The menu during business hours.
    pub business: Menu,
    /// The menu after hours.
    #[serde(default)]
    pub after_hours: Menu,
    /// The menu on holidays; none: the after-hours menu.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holiday: Option<Menu>,
    /// The submenus that keys lead to.
    #[serde(default)]
    pub submenus: Vec<Submenu>,
}

/// Among whom a dialled extension or name is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// The whole enterprise.
    Enterprise,
    /// The location.
    #[default]
    Location,
    /// The department of the auto attendant, and those below it.
    Department,
}

/// How names are keyed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NameEntry {
    /// Last name, then first name.
    #[default]
    LastFirst,
    /// Either order.
    AnyOrder,
}

/// A menu: what the caller hears, and what keys do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Menu {
    /// The greeting, at most 5 minutes; empty: the standard one.
    pub greeting: Audio,
    /// An extension may be dialled at once (first-level menus only).
    pub extension_dialling: bool,
    /// Seconds to the first digit after the greeting, 1 to 60.
    pub first_digit_seconds: FirstDigit,
    /// What happens when no key comes, after the menu was repeated once; none: the operator action if there is one,
    /// else the call ends (routing § 4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<MenuAction>,
    /// What keys do: `0` to `9`, `*`, `#`.
    pub keys: BTreeMap<Key, KeyAction>,
}

/// Seconds to the first digit, 1 to 60; 10 unless set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FirstDigit(pub u8);

impl Default for FirstDigit {
    fn default() -> Self {
        Self(10)
    }
}

/// A key of a telephone: `0` to `9`, `*` or `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "char", into = "char")]
pub struct Key(char);

impl Key {
    /// The key with this sign on it.
    pub fn new(sign: char) -> Option<Self> {
        matches!(sign, '0'..='9' | '*' | '#').then_some(Self(sign))
    }

    /// The sign on the key.
    pub fn sign(self) -> char {
        self.0
    }
}

impl TryFrom<char> for Key {
    type Error = &'static str;
    fn try_from(sign: char) -> Result<Self, Self::Error> {
        Self::new(sign).ok_or("a key is 0 to 9, * or #")
    }
}

impl From<Key> for char {
    fn from(key: Key) -> Self {
        key.0
    }
}

/// What a key does, and what people call it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyAction {
    /// A free description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What it does.
    pub action: MenuAction,
}

/// What a menu does with a call (manual § 20.1.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "do", deny_unknown_fields)]
pub enum MenuAction {
    /// Transfers to a number, after a prompt or at once.
    Transfer {
        /// The number.
        to: Destination,
        /// The caller hears that the call is transferred.
        #[serde(default)]
        prompt: bool,
    },
    /// Transfers to the operator, after a prompt.
    Operator {
        /// The operator's number.
        to: Destination,
    },
    /// Goes to a submenu.
    Submenu {
        /// The submenu.
        menu: u16,
    },
    /// Name dialling.
    NameDialling,
    /// Extension dialling.
    ExtensionDialling,
    /// Says the menu again.
    Repeat,
    /// Goes back to the menu before (submenus only).
    Previous,
    /// Ends the call.
    End,
    /// Transfers to the mailbox of a user.
    Mailbox {
        /// Whose; none: the caller keys in an extension.
        #[serde(default)]
        user: Option<UserId>,
    },
    /// Plays an announcement, and says the menu again.
    Announcement {
        /// The announcement.
        audio: Audio,
    },
}

/// A menu below another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Submenu {
    /// By which keys name it; unique in the auto attendant.
    pub id: u16,
    /// Its name.
    pub name: String,
    /// The menu.
    pub menu: Menu,
}

impl AutoAttendant {
    /// Every menu of it.
    pub fn menus(&self) -> impl Iterator<Item = &Menu> {
        let first = [
            Some(&self.business),
            Some(&self.after_hours),
            self.holiday.as_ref(),
        ];
        first
            .into_iter()
            .flatten()
            .chain(self.submenus.iter().map(|submenu| &submenu.menu))
    }

    /// What every key and timeout of every menu does.
    pub fn actions(&self) -> impl Iterator<Item = &MenuAction> {
        self.menus()
            .flat_map(|m| m.keys.values().map(|key| &key.action).chain(&m.timeout))
    }

    /// The numbers to which keys and timeouts transfer, each with its field.
    pub(super) fn destination_fields(&self) -> Vec<(String, &Destination)> {
        let first = [
            ("business", Some(&self.business)),
            ("after_hours", Some(&self.after_hours)),
            ("holiday", self.holiday.as_ref()),
        ];
        let first = first
            .into_iter()
            .filter_map(|(at, menu)| Some((at.to_owned(), menu?)));
        let below = self.submenus.iter().enumerate();
        let below = below.map(|(place, submenu)| (format!("submenus.{place}.menu"), &submenu.menu));
        let mut fields = Vec::new();
        for (at, menu) in first.chain(below) {
            let keys = menu
                .keys
                .iter()
                .map(|(key, does)| (format!("{at}.keys.{}", key.sign()), &does.action));
            let timeout = menu
                .timeout
                .iter()
                .map(|action| (format!("{at}.timeout"), action));
            fields.extend(
                keys.chain(timeout)
                    .filter_map(|(field, action)| match action {
                        MenuAction::Transfer { to, .. } | MenuAction::Operator { to } => {
                            Some((field, to))
                        }
                        _ => None,
                    }),
            );
        }
        fields
    }

    /// The users to whose mailboxes keys lead.
    pub fn mailboxes(&self) -> Vec<UserId> {
        let users = self.actions().filter_map(|action| match action {
            MenuAction::Mailbox { user } => *user,
            _ => None,
        });
        users.collect()
    }

    /// The submenu with this id.
    pub fn submenu(&self, id: u16) -> Option<&Submenu> {
        self.submenus.iter().find(|submenu| submenu.id == id)
    }
}
