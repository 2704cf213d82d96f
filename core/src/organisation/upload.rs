//! Sounds that were uploaded: what is known of each. Their content is kept by the host, which finds it by its hash.

use crate::error::{Code, FieldError};
use crate::id::{DepartmentId, LocationId, UploadId, UserId};
use crate::quota::Quota;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The longest name of an upload, in characters.
pub const MAX_UPLOAD_NAME: usize = 80;
/// The longest upload, in milliseconds: greetings of mailboxes and music have 10 minutes (manual § 8.3, 26.3).
pub const MAX_UPLOAD_MS: u32 = 10 * 60 * 1000;

/// A sound that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// The upload.
    pub id: UploadId,
    /// Whose it is.
    pub owner: UploadOwner,
    /// The name by which settings mean it; unique for its owner.
    pub name: String,
    /// How long it plays, in milliseconds.
    pub length_ms: u32,
    /// How large its content is, in bytes.
    pub bytes: u32,
    /// What its content is found by.
    pub content: ContentHash,
}

/// Whose an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "level", content = "id")]
pub enum UploadOwner {
    /// Everybody's.
    Enterprise,
    /// A location's.
    Location(LocationId),
    /// A department's.
    Department(DepartmentId),
    /// A user's, virtual or not.
    User(UserId),
}

/// The SHA-256 of a sound as it is kept: equal sounds are kept once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl Upload {
    /// What is wrong with it; empty: it can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut check = |field: &str, wrong: bool, code| {
            if wrong {
                errors.push(FieldError::new(field, code));
            }
        };
        check("name", self.name.trim().is_empty(), Code::Empty);
        check(
            "name",
            self.name.chars().count() > MAX_UPLOAD_NAME,
            Code::TooLong,
        );
        // A name that reads as a link would never be looked for.
        let spoilt = self.name.chars().any(char::is_control) || is_link(&self.name);
        check(
            "name",
            spoilt || self.name.trim() != self.name,
            Code::Malformed,
        );
        check("length_ms", self.length_ms == 0, Code::SoundEmpty);
        check(
            "length_ms",
            self.length_ms > MAX_UPLOAD_MS,
            Code::SoundTooLong,
        );
        errors
    }
}

/// Whether the name of a sound is the address of one.
pub fn is_link(name: &str) -> bool {
    name.starts_with("http://") || name.starts_with("https://")
}

impl UploadOwner {
    /// How many megabytes all uploads of the owner may have.
    pub const fn quota_of_megabytes(self) -> Quota {
        match self {
            Self::User(_) => Quota::UserUploadMegabytes,
            Self::Enterprise | Self::Location(_) | Self::Department(_) => Quota::UploadMegabytes,
        }
    }
}

impl fmt::Display for UploadOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Enterprise => f.write_str("enterprise"),
            Self::Location(id) => write!(f, "location:{id}"),
            Self::Department(id) => write!(f, "department:{id}"),
            Self::User(id) => write!(f, "user:{id}"),
        }
    }
}

impl FromStr for UploadOwner {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "neither enterprise nor location:1, department:1 or user:1";
        if text == "enterprise" {
            return Ok(Self::Enterprise);
        }
        let (level, id) = text.split_once(':').ok_or(WRONG)?;
        let id = id.parse().map_err(|_| WRONG)?;
        match level {
            "location" => Ok(Self::Location(LocationId(id))),
            "department" => Ok(Self::Department(DepartmentId(id))),
            "user" => Ok(Self::User(UserId(id))),
            _ => Err(WRONG),
        }
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ContentHash {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "not 64 hexadecimal digits";
        if text.len() != 64
            || !text
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        {
            return Err(WRONG);
        }
        let mut hash = [0; 32];
        for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| WRONG)?;
        }
        Ok(Self(hash))
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn upload(more: &Value) -> Upload {
        let mut upload = json!({"id": 1, "owner": {"level": "user", "id": 7}, "name": "Welcome", "length_ms": 1000,
            "bytes": 32044, "content": "ab".repeat(32)});
        upload
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        serde_json::from_value(upload).unwrap()
    }

    #[test]
    fn what_is_wrong_with_an_upload() {
        let check = |more: Value, expected: &[&str]| {
            let errors = upload(&more).validate();
            let told: Vec<_> = errors
                .iter()
                .map(|e| format!("{}: {}", e.field, e.code.name()))
                .collect();
            assert_eq!(told, expected, "{more}");
        };
        check(json!({}), &[]);
        check(json!({"name": ""}), &["name: empty"]);
        check(json!({"name": " a"}), &["name: malformed"]);
        check(json!({"name": "a\nb"}), &["name: malformed"]);
        check(
            json!({"name": "https://example.com/a.wav"}),
            &["name: malformed"],
        );
        check(
            json!({"name": "http://example.com/a.wav"}),
            &["name: malformed"],
        );
        check(json!({"name": "é".repeat(80)}), &[]);
        check(json!({"name": "é".repeat(81)}), &["name: too-long"]);
        check(json!({"length_ms": 0}), &["length_ms: sound-empty"]);
        check(json!({"length_ms": 600_000}), &[]);
        check(
            json!({"length_ms": 600_001}),
            &["length_ms: sound-too-long"],
        );
    }

    #[test]
    fn hashes_and_owners_are_texts() {
        let text = "00ff".repeat(16);
        let hash: ContentHash = text.parse().unwrap();
        assert_eq!(
            (hash.0[0], hash.0[1], hash.to_string()),
            (0, 255, text.clone())
        );
        assert_eq!(serde_json::to_value(hash).unwrap(), json!(text));
        for wrong in [
            "",
            "00",
            &"0G".repeat(32),
            &"00".repeat(33),
            &"FF".repeat(32),
            &"é".repeat(32),
        ] {
            assert!(wrong.parse::<ContentHash>().is_err(), "{wrong}");
        }
        for (owner, shown, wire) in [
            (
                UploadOwner::Enterprise,
                "enterprise",
                json!({"level": "enterprise"}),
            ),
            (
                UploadOwner::Location(LocationId(1)),
                "location:1",
                json!({"level": "location", "id": 1}),
            ),
            (
                UploadOwner::Department(DepartmentId(2)),
                "department:2",
                json!({"level": "department", "id": 2}),
            ),
            (
                UploadOwner::User(UserId(3)),
                "user:3",
                json!({"level": "user", "id": 3}),
            ),
        ] {
            assert_eq!(
                (
                    owner.to_string().as_str(),
                    serde_json::to_value(owner).unwrap()
                ),
                (shown, wire)
            );
            assert_eq!(shown.parse(), Ok(owner));
        }
        for wrong in ["", "user", "user:", "user:x", "team:1", "enterprise:1"] {
            assert!(wrong.parse::<UploadOwner>().is_err(), "{wrong}");
        }
    }
}
