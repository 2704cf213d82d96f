//! What the names of sounds mean, and what of them cannot be played: the one place where a name becomes an upload.

use super::Shared;
use super::upload::{Upload, UploadOwner, is_link};
use crate::error::{Code, FieldError};
use crate::id::{DepartmentId, LocationId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The most sounds that are played joined (requirement G5).
const MAX_SOUNDS: usize = 4;
/// The longest link, in characters.
const MAX_LINK: usize = 500;

/// Sounds that are played joined, in order: at most four uploads by their names, or links. Empty: the system's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Audio(pub Vec<String>);

/// A sound that was found: what a host plays.
#[derive(Clone, PartialEq, Eq)]
pub enum Clip {
    /// One that was uploaded.
    Upload(Arc<Upload>),
    /// The address of one.
    Link(String),
}

/// Shows it as it is named in settings.
impl fmt::Debug for Clip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upload(upload) => upload.name.fmt(f),
            Self::Link(link) => link.fmt(f),
        }
    }
}

/// Where settings stand that name sounds. A name means the nearest upload that has it: of the virtual user itself, of
/// its department and those above that, of its location, of the enterprise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AudioScope {
    /// The virtual user.
    pub user: Option<UserId>,
    /// The department.
    pub department: Option<DepartmentId>,
    /// The location.
    pub location: Option<LocationId>,
}

/// Every upload, by owner and name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Upload>", into = "Vec<Upload>")]
pub struct Uploads(BTreeMap<UploadOwner, BTreeMap<String, Arc<Upload>>>);

impl FromIterator<Upload> for Uploads {
    fn from_iter<I: IntoIterator<Item = Upload>>(uploads: I) -> Self {
        let mut all = Self::default();
        for upload in uploads {
            all.0
                .entry(upload.owner)
                .or_default()
                .insert(upload.name.clone(), Arc::new(upload));
        }
        all
    }
}

impl From<Vec<Upload>> for Uploads {
    fn from(uploads: Vec<Upload>) -> Self {
        uploads.into_iter().collect()
    }
}

impl From<Uploads> for Vec<Upload> {
    fn from(uploads: Uploads) -> Self {
        uploads.iter().map(|upload| Upload::clone(upload)).collect()
    }
}

impl Uploads {
    /// Every upload, by owner and name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Upload>> {
        self.0.values().flat_map(BTreeMap::values)
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many an owner has.
    pub fn count_of(&self, owner: UploadOwner) -> usize {
        self.0.get(&owner).map_or(0, BTreeMap::len)
    }

    /// How large all of an owner are, in bytes.
    pub fn bytes_of(&self, owner: UploadOwner) -> u64 {
        self.0.get(&owner).map_or(0, |all| {
            all.values().map(|upload| u64::from(upload.bytes)).sum()
        })
    }

    /// The upload of an owner with this name.
    pub fn of(&self, owner: UploadOwner, name: &str) -> Option<&Arc<Upload>> {
        self.0.get(&owner)?.get(name)
    }
}

impl Shared {
    /// The upload that a name means in the settings of a user's own services: one of theirs.
    pub fn own_upload(&self, user: UserId, name: &str) -> Option<&Arc<Upload>> {
        self.uploads.of(UploadOwner::User(user), name)
    }

    /// The upload that a name means where settings stand.
    pub fn upload(&self, at: AudioScope, name: &str) -> Option<&Arc<Upload>> {
        let parent = |id: &DepartmentId| self.departments.get(id).and_then(|d| d.parent);
        // Ends after as many departments as there are: imports refuse parents in a circle.
        let departments =
            std::iter::successors(at.department, parent).take(self.departments.len() + 1);
        let near = at
            .user
            .map(UploadOwner::User)
            .into_iter()
            .chain(departments.map(UploadOwner::Department));
        let far = at
            .location
            .map(UploadOwner::Location)
            .into_iter()
            .chain([UploadOwner::Enterprise]);
        near.chain(far)
            .find_map(|owner| self.uploads.of(owner, name))
    }

    /// What is played for settings that stand there. A name that means nothing is left out.
    pub fn clips(&self, at: AudioScope, audio: &Audio) -> Vec<Clip> {
        let clip = |name: &String| {
            if is_link(name) {
                return Some(Clip::Link(name.clone()));
            }
            self.upload(at, name).cloned().map(Clip::Upload)
        };
        audio.0.iter().filter_map(clip).collect()
    }

    /// What of settings that stand there cannot be played, or is longer than `most` milliseconds in all.
    pub fn unplayable(
        &self,
        at: AudioScope,
        audio: &Audio,
        field: &str,
        most: u32,
    ) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut length = 0;
        for (place, name) in audio
            .0
            .iter()
            .enumerate()
            .filter(|(_, name)| !is_link(name))
        {
            match self.upload(at, name) {
                Some(upload) => length += u64::from(upload.length_ms),
                None => errors.push(FieldError::new(
                    format!("{field}.{place}"),
                    Code::SoundUnknown,
                )),
            }
        }
        if length > most.into() {
            errors.push(FieldError::new(field, Code::SoundTooLong));
        }
        errors
    }
}

impl Audio {
    /// What is wrong with it by itself, at a field.
    pub fn validate(&self, field: &str) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.0.len() > MAX_SOUNDS {
            errors.push(FieldError::new(field, Code::TooMany));
        }
        for (place, name) in self.0.iter().enumerate() {
            let wrong = match name.trim() {
                "" => Some(Code::Empty),
                link if is_link(link) => {
                    wrong_link(link).or((link != name).then_some(Code::Malformed))
                }
                _ => None,
            };
            errors.extend(wrong.map(|code| FieldError::new(format!("{field}.{place}"), code)));
        }
        errors
    }
}

/// What is wrong with a link (RFC 3986 § 2): it has a host, and nothing that would have to be encoded.
fn wrong_link(link: &str) -> Option<Code> {
    let (_, rest) = link.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let known = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+;=%".contains(&b);
    if link.len() > MAX_LINK {
        Some(Code::TooLong)
    } else if host.is_empty() || host.contains('@') || !rest.bytes().all(known) {
        Some(Code::Malformed)
    } else {
        None
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Uploads {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Uploads".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<Upload>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn shared(uploads: &[(Value, &str, u32)]) -> Shared {
        let uploads = uploads.iter().zip(1..).map(|((owner, name, seconds), id)| {
            json!({"id": id, "owner": owner, "name": name, "length_ms": seconds * 1000, "bytes": 1,
                "content": "00".repeat(32)})
        });
        let department = |id: u32, parent: Option<u32>| json!({"id": id, "name": "D", "location": 1, "parent": parent});
        serde_json::from_value(json!({"codes": {}, "centers": {}, "park_groups": [], "pickup_groups": [],
            "departments": {"1": department(1, None), "2": department(2, Some(1)), "3": department(3, Some(3))},
            "uploads": uploads.collect::<Vec<_>>()}))
        .unwrap()
    }

    fn everywhere() -> Shared {
        let at = |level: &str, id: u32| json!({"level": level, "id": id});
        shared(&[
            (json!({"level": "enterprise"}), "a", 60),
            (json!({"level": "enterprise"}), "b", 60),
            (at("location", 1), "a", 60),
            (at("department", 1), "a", 60),
            (at("department", 1), "c", 60),
            (at("user", 7), "a", 60),
            (at("user", 8), "d", 60),
        ])
    }

    #[test]
    fn a_name_means_the_nearest() {
        let shared = everywhere();
        let check = |at: (u32, u32, u32), name: &str, expected: Option<u32>| {
            let (user, department, location) = at;
            let some = |id: u32| (id > 0).then_some(id);
            let audio_scope = AudioScope {
                user: some(user).map(UserId),
                department: some(department).map(DepartmentId),
                location: some(location).map(LocationId),
            };
            assert_eq!(
                shared.upload(audio_scope, name).map(|u| u.id.0),
                expected,
                "{at:?} {name}"
            );
        };
        check((7, 2, 1), "a", Some(6));
        check((8, 2, 1), "a", Some(4));
        check((8, 0, 1), "a", Some(3));
        check((8, 3, 2), "a", Some(1));
        check((0, 0, 0), "b", Some(2));
        check((0, 2, 1), "c", Some(5));
        check((0, 0, 1), "c", None);
        check((7, 2, 1), "d", None);
        check((7, 2, 1), "A", None);
        assert_eq!(shared.own_upload(UserId(7), "a").map(|u| u.id.0), Some(6));
        assert_eq!(shared.own_upload(UserId(7), "b"), None);
    }

    #[test]
    fn what_is_played_and_what_cannot_be() {
        let shared = everywhere();
        let at = AudioScope {
            location: Some(LocationId(1)),
            ..AudioScope::default()
        };
        let check = |names: &[&str], played: &[&str], wrong: &[&str]| {
            let audio = Audio(names.iter().map(|name| (*name).to_owned()).collect());
            let clips: Vec<_> = shared
                .clips(at, &audio)
                .iter()
                .map(|clip| format!("{clip:?}"))
                .collect();
            assert_eq!(
                clips,
                played
                    .iter()
                    .map(|name| format!("{name:?}"))
                    .collect::<Vec<_>>()
            );
            let errors = shared.unplayable(at, &audio, "music", 120_000);
            let told: Vec<_> = errors
                .iter()
                .map(|e| format!("{}: {}", e.field, e.code.name()))
                .collect();
            assert_eq!(told, wrong, "{names:?}");
        };
        check(&[], &[], &[]);
        check(&["a", "b"], &["a", "b"], &[]);
        check(
            &["a", "b", "a"],
            &["a", "b", "a"],
            &["music: sound-too-long"],
        );
        check(
            &["x", "a", "y"],
            &["a"],
            &["music.0: sound-unknown", "music.2: sound-unknown"],
        );
        check(&["http://x/y.wav", "a"], &["http://x/y.wav", "a"], &[]);
    }

    #[test]
    fn what_is_wrong_with_names_and_links() {
        let check = |name: &str, expected: Option<&str>| {
            let told: Vec<_> = Audio(vec!["a".into(), name.into()])
                .validate("music")
                .iter()
                .map(|e| format!("{}: {}", e.field, e.code.name()))
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|code| format!("music.1: {code}"))
                .collect();
            assert_eq!(told, expected, "{name}");
        };
        check("a name", None);
        check(" ", Some("empty"));
        check("https://example.com/a%20b.wav?x=1&y=2", None);
        check("http://[2001:db8::1]:80/", None);
        check("http://example.com/a b.wav", Some("malformed"));
        check("http://example.com/a,b.wav", Some("malformed"));
        check(" http://example.com", Some("malformed"));
        check("http:///a.wav", Some("malformed"));
        check("https://?a", Some("malformed"));
        check("https://me@example.com/", Some("malformed"));
        check(&format!("https://{}", "a".repeat(492)), None);
        check(&format!("https://{}", "a".repeat(493)), Some("too-long"));
        let many = Audio(vec!["a".into(); 5]).validate("music");
        assert_eq!(many, [FieldError::new("music", Code::TooMany)]);
    }
}
