//! The parts of the organisation: groups, menus, queues, and what locations and the enterprise set for all.

use super::{Remove, Stale, endpoint};
use crate::error::UsedBy;
use crate::id::LocationId;
use crate::organisation::{Part, PartKey, PartKind};
use serde::{Deserialize, Serialize};

/// A part as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stored {
    /// The part.
    pub part: Part,
    /// Grows with every save; 0: never saved.
    pub version: u64,
    /// Whether the asker may change it.
    pub editable: bool,
}

/// Which parts are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Only of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<PartKind>,
    /// Only of this location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationId>,
    /// Only those after this one: the kind of the `next` of the page before. It goes with `after_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_kind: Option<PartKind>,
    /// The id of the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_id: Option<u32>,
    /// How many at most, 1 to [`MAX_PAGE`]; none: [`PAGE`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Parts on a page, unless it is asked for otherwise.
pub const PAGE: u32 = 100;
/// The most parts of a page.
pub const MAX_PAGE: u32 = 200;

impl Filter {
    /// The filter for the page after one.
    #[must_use]
    pub fn after(self, next: PartKey) -> Self {
        Self {
            after_kind: Some(next.kind),
            after_id: Some(next.id),
            ..self
        }
    }
}

/// A page of the list, in the order of kinds and ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// The parts.
    pub parts: Vec<Stored>,
    /// The last of these, when there are more: what to ask for the page after this one.
    pub next: Option<PartKey>,
}

/// A part to be made; its id is chosen by the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct New {
    /// The part.
    pub part: Part,
}

/// A part to be saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Replace {
    /// The version that was changed.
    pub version: u64,
    /// The part, complete. The services of a virtual user are not part of it: they are saved as those of users are.
    pub part: Part,
}

/// The body of a 409.
pub type Conflict = Stale<Stored>;

/// What uses something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Uses {
    /// Each use that the asker may know of.
    pub used_by: Vec<UsedBy>,
    /// How many there are besides.
    #[serde(default)]
    pub elsewhere: u32,
}

impl super::Params for PartKey {
    fn segments(&self) -> Vec<String> {
        vec![self.kind.to_string(), self.id.to_string()]
    }

    #[cfg(feature = "schema")]
    fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema> {
        vec![
            generator.subschema_for::<PartKind>(),
            generator.subschema_for::<u32>(),
        ]
    }
}

endpoint! {
    /// Lists the groups, menus, queues and settings of locations that the administrator sees, a page at a time.
    List: Get "/api/parts", Admin, (), Filter => Page
}
endpoint! {
    /// Gives a part.
    Get: Get "/api/parts/{kind}/{id}", Admin, PartKey, () => Stored
}
endpoint! {
    /// Makes a group, a menu or a queue.
    Add: Post "/api/parts", OfLocation, (), New => Stored
}
endpoint! {
    /// Replaces a part; 409 when somebody else saved it in the meantime.
    Put: Put "/api/parts/{kind}/{id}", Admin, PartKey, Replace => Stored, conflict Conflict
}
endpoint! {
    /// Removes a group, a menu or a queue; refused with the list of what uses it.
    Delete: Delete "/api/parts/{kind}/{id}", OfLocation, PartKey, Remove => (), conflict Conflict
}
endpoint! {
    /// Lists what uses a part.
    Used: Get "/api/parts/{kind}/{id}/uses", Admin, PartKey, () => Uses
}
