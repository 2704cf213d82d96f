//! The form of a service's edit dialog, from which the portal draws it and the server checks what arrives.

use super::ServiceId;

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
    /// A list of rules.
    Rules {
        /// A rule may carry its own number.
        numbers: bool,
    },
}

impl Field {
    const fn new(key: &'static str, kind: FieldKind) -> Self {
        Self { key, kind, shared: None, desk_phone: false }
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
        Self { desk_phone: true, ..Self::toggle(key) }
    }

    /// A number of rings.
    pub const fn rings(key: &'static str) -> Self {
        Self::new(key, FieldKind::Rings)
    }

    /// Rules, each of which may carry its own number.
    pub const fn rules_with_numbers(key: &'static str) -> Self {
        Self::new(key, FieldKind::Rules { numbers: true })
    }

    /// The same field, held by another service's settings.
    #[must_use]
    pub const fn of(self, service: ServiceId) -> Self {
        Self { shared: Some(service), ..self }
    }
}
