//! Auto attendants.

use super::{Told, blocked, only};
use crate::components::what_if::names::Names;
use crate::text::t;
use centrale_core::id::UserId;
use centrale_core::organisation::MenuAction;
use centrale_core::trace::{MenuName, MenuStep, Trigger};

/// A step of this kind in words.
pub(super) fn words(step: &MenuStep, names: &Names) -> Told {
    match step {
        MenuStep::Opens { user, which } => only(t!(
            "path-menu-opens",
            menu = menu(*user, *which, names),
            who = names.user(*user)
        )),
        MenuStep::Chosen { user, by, action } => {
            let title = match by {
                Trigger::Key(key) => t!("path-menu-chosen", key = key.sign()),
                Trigger::GaveUp => t("path-menu-gave-up"),
            };
            (title, does(*user, action, names))
        }
        MenuStep::NotValid { key, .. } => only(t!("path-menu-not-valid", key = key.sign())),
        MenuStep::Silence { .. } => only(t("path-menu-silence")),
        MenuStep::Dialled { digits, found, .. } => (
            t!("path-menu-dialled", digits = digits),
            people(found.as_slice(), names),
        ),
        MenuStep::Searched {
            digits,
            found,
            too_many,
            ..
        } => {
            let found = if *too_many {
                t("path-menu-too-many")
            } else {
                people(found, names)
            };
            (t!("path-menu-searched", digits = digits), found)
        }
        MenuStep::Picked { found, .. } => only(t!("path-menu-picked", who = names.user(*found))),
        MenuStep::Blocked { user, to, because } => {
            let to = to.map_or_else(
                || t("path-menu-that-extension"),
                |to| names.destination(*user, &to),
            );
            (t!("path-menu-blocked", to = to), blocked(*because))
        }
    }
}

fn people(found: &[UserId], names: &Names) -> String {
    if found.is_empty() {
        t("path-menu-nobody")
    } else {
        t!("path-menu-found", who = names.users(found))
    }
}

fn menu(user: UserId, which: MenuName, names: &Names) -> String {
    match which {
        MenuName::BusinessHours => t("path-menu-business-hours"),
        MenuName::AfterHours => t("path-menu-after-hours"),
        MenuName::Holiday => t("path-menu-holiday"),
        MenuName::Submenu(id) => t!("path-menu-submenu", name = names.submenu(user, id)),
    }
}

fn does(user: UserId, action: &MenuAction, names: &Names) -> String {
    match action {
        MenuAction::Transfer { to, .. } => t!("path-to", to = names.destination(user, to)),
        MenuAction::Operator { to } => {
            t!("path-menu-to-operator", to = names.destination(user, to))
        }
        MenuAction::Submenu { menu: id } => menu(user, MenuName::Submenu(*id), names),
        MenuAction::NameDialling => t("path-menu-name-dialling"),
        MenuAction::ExtensionDialling => t("path-menu-extension-dialling"),
        MenuAction::Repeat => t("path-menu-repeat"),
        MenuAction::Previous => t("path-menu-previous"),
        MenuAction::End => t("path-menu-end"),
        MenuAction::Mailbox { user: Some(whose) } => {
            t!("path-menu-to-mailbox", who = names.user(*whose))
        }
        MenuAction::Mailbox { user: None } => t("path-menu-to-some-mailbox"),
        MenuAction::Announcement { .. } => t("path-menu-announcement"),
    }
}
