//! Sounds that were uploaded: of the enterprise, locations, departments and users, virtual or not.

use super::parts::Uses;
use super::{Remove, Stale, endpoint};
use crate::id::UploadId;
use crate::organisation::{Upload, UploadOwner};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An upload as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stored {
    /// The upload.
    pub upload: Upload,
    /// Grows with every save.
    pub version: u64,
    /// Whether the asker may change it.
    pub editable: bool,
}

/// Which uploads are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Only those of this owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerName>,
}

/// An upload to be made; the file is the body, and its id is chosen by the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct New {
    /// Whose it is.
    pub owner: OwnerName,
    /// By what name settings mean it.
    pub name: String,
}

/// Another name. Refused while something uses the upload by the one that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// The version that was changed.
    pub version: u64,
    /// The name.
    pub name: String,
}

/// Another sound under the same name; the file is the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Replace {
    /// The version that was changed.
    pub version: u64,
}

/// The body of a 409.
pub type Conflict = Stale<Stored>;

/// An owner as a query names it: `enterprise`, `location:1`, `department:1` or `user:1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerName(pub UploadOwner);

impl Serialize for OwnerName {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for OwnerName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for OwnerName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OwnerName".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let described = "An owner: enterprise, location:1, department:1 or user:1.";
        schemars::json_schema!({ "type": "string", "description": described, "examples": ["user:1"] })
    }
}

endpoint! {
    /// Lists the uploads that the asker sees.
    List: Get "/api/uploads", LoggedIn, (), Filter => Vec<Stored>
}
endpoint! {
    /// Gives an upload.
    Get: Get "/api/uploads/{upload}", LoggedIn, UploadId, () => Stored
}
endpoint! {
    /// Uploads a sound: a WAV, MP3 or WMA file of at most 10 minutes and 32 MiB.
    Add: Post "/api/uploads", LoggedIn, (), New => Stored, body File
}
endpoint! {
    /// Gives an upload another name; 409 when somebody else saved it in the meantime, or while something uses it.
    Put: Put "/api/uploads/{upload}", LoggedIn, UploadId, Rename => Stored, conflict Conflict
}
endpoint! {
    /// Removes an upload; refused with the list of what uses it.
    Delete: Delete "/api/uploads/{upload}", LoggedIn, UploadId, Remove => (), conflict Conflict
}
endpoint! {
    /// Lists what uses an upload.
    Used: Get "/api/uploads/{upload}/uses", LoggedIn, UploadId, () => Uses
}
endpoint! {
    /// Plays an upload: a WAV file of 16 kHz, 16 bits and one channel.
    GetSound: Get "/api/uploads/{upload}/sound", LoggedIn, UploadId, () => (), body Sound
}
endpoint! {
    /// Replaces the sound of an upload; 409 when somebody else saved it in the meantime.
    PutSound: Put "/api/uploads/{upload}/sound", LoggedIn, UploadId, Replace => Stored, body File, conflict Conflict
}
