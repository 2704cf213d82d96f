//! The form of a service's edit dialog, from which the portal draws it and the server checks what arrives.

use super::ServiceId;
use crate::organisation::RoleKind;

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key in the settings.
    pub key: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// The service whose settings hold it, when it is shared with others (requirement C3).
    pub shared: Option<ServiceId>,
    /// Only users with a desk phone have it (requirement A7).
    pub desk_phone: bool,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A number, an extension or a code to send calls to; may be empty.
    Destination,
    /// On or off.
    Toggle,
    /// A number of rings: 0, or 2 to 20.
    Rings,
    /// A whole number.
    Number {
        /// The smallest number that may be saved.
        min: u32,
        /// The largest number that may be saved.
        max: u32,
    },
    /// One of these, by the names on the wire.
    Choice(&'static [&'static str]),
    /// A text of at most so many characters; may be empty.
    Text(u16),
    /// Several numbers, extensions or codes, each a text.
    Destinations {
        /// At most so many.
        max: u8,
    },
    /// Users, by their ids, in order.
    Users {
        /// At most so many.
        max: u8,
        /// The kind of user that may be chosen; none: any.
        only: Option<RoleKind>,
    },
    /// Numbers that ring along, each an object with `number`, `confirm` (answer confirmation), and `rings` when they
    /// ring one after the other.
    Phones {
        /// At most so many.
        max: u8,
        /// Each phone says how often it rings.
        rings: bool,
    },
    /// Numbers by two digits, each an object with `code`, `name` and `number`.
    SpeedDials,
    /// A list of rules.
    Rules {
        /// A rule may carry its own number.
        numbers: bool,
    },
}

impl Field {
    const fn new(key: &'static str, kind: FieldKind) -> Self {
        Self {
            key,
            kind,
            shared: None,
            desk_phone: false,
        }
    }

    /// A number to send calls to.
    pub const fn destination(key: &'static str) -> Self {
        Self::new(key, FieldKind::Destination)
    }

    /// On or off.
    pub const fn toggle(key: &'static str) -> Self {
        Self::new(key, FieldKind::Toggle)
    }

    /// The short ring that reminds of a call that went elsewhere.
    pub const fn splash(key: &'static str) -> Self {
        Self {
            desk_phone: true,
            ..Self::toggle(key)
        }
    }

    /// A number of rings.
    pub const fn rings(key: &'static str) -> Self {
        Self::new(key, FieldKind::Rings)
    }

    /// A whole number from `min` to `max`.
    pub const fn number(key: &'static str, min: u32, max: u32) -> Self {
        Self::new(key, FieldKind::Number { min, max })
    }

    /// One of the choices, by their names on the wire.
    pub const fn choice(key: &'static str, choices: &'static [&'static str]) -> Self {
        Self::new(key, FieldKind::Choice(choices))
    }

    /// A text of at most `max` characters.
    pub const fn text(key: &'static str, max: u16) -> Self {
        Self::new(key, FieldKind::Text(max))
    }

    /// A field of any kind.
    pub const fn of_kind(key: &'static str, kind: FieldKind) -> Self {
        Self::new(key, kind)
    }

    /// Rules without numbers of their own.
    pub const fn rules(key: &'static str) -> Self {
        Self::new(key, FieldKind::Rules { numbers: false })
    }

    /// Rules, each of which may carry its own number.
    pub const fn rules_with_numbers(key: &'static str) -> Self {
        Self::new(key, FieldKind::Rules { numbers: true })
    }

    /// The same field, held by another service's settings.
    #[must_use]
    pub const fn of(self, service: ServiceId) -> Self {
        Self {
            shared: Some(service),
            ..self
        }
    }
}
