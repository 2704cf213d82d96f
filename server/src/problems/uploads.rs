//! Uploads of nobody, and such without their sound.

use super::Found;
use crate::sound::Sound;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use centrale_core::check::Fault;
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::organisation::{Organisation, OutgoingOwner, UploadOwner};
use centrale_core::snapshot;
use std::collections::BTreeSet;

/// Who there is to own something.
struct Known<'a> {
    organisation: &'a Organisation,
    people: BTreeSet<UserId>,
}

impl<'a> Known<'a> {
    fn of(organisation: &'a Organisation) -> Self {
        Self {
            organisation,
            people: snapshot::people(organisation)
                .map(|(user, _)| user.id)
                .collect(),
        }
    }

    /// What is wrong with an owner, if anything is.
    fn fault(&self, owner: UploadOwner) -> Option<Fault> {
        let (there, fault) = match owner {
            UploadOwner::Enterprise => return None,
            UploadOwner::Location(location) => (
                self.organisation.locations.iter().any(|l| l.id == location),
                Fault::NoLocation { location },
            ),
            UploadOwner::Department(department) => {
                let there = self
                    .organisation
                    .departments
                    .iter()
                    .any(|d| d.id == department);
                (there, Fault::NoDepartment { department })
            }
            UploadOwner::User(user) => (self.people.contains(&user), Fault::NoUser { user }),
        };
        (!there).then_some(fault)
    }
}

pub(super) fn owners(organisation: &Organisation, found: &mut Found) {
    let known = Known::of(organisation);
    for (at, upload) in organisation.uploads.iter().enumerate() {
        if let Some(fault) = known.fault(upload.owner) {
            found.add(format_args!("uploads[{at}].owner"), fault);
        }
    }
}

/// Who is to be allowed calls is there, and once in the list.
pub(super) fn callers(organisation: &Organisation, found: &mut Found) {
    let known = Known::of(organisation);
    let mut owners = BTreeSet::new();
    for (at, outgoing) in organisation.outgoing.iter().enumerate() {
        if !owners.insert(outgoing.owner) {
            found.refused(format_args!("outgoing[{at}].owner"), Code::Twice);
        }
        let owner = match outgoing.owner {
            OutgoingOwner::Enterprise => UploadOwner::Enterprise,
            OutgoingOwner::Location(location) => UploadOwner::Location(location),
            OutgoingOwner::Department(department) => UploadOwner::Department(department),
            OutgoingOwner::User(user) => UploadOwner::User(user),
        };
        if let Some(fault) = known.fault(owner) {
            found.add(format_args!("outgoing[{at}].owner"), fault);
        }
    }
}

pub(super) fn contents(organisation: &Organisation, found: &mut Found) {
    let o = organisation;
    for (at, upload) in o.uploads.iter().enumerate() {
        let Some(text) = o.sounds.get(&upload.content) else {
            found.add(format_args!("uploads[{at}].content"), Fault::NoSound);
            continue;
        };
        let sound = BASE64.decode(text).ok().and_then(Sound::of_wav);
        let Some(sound) = sound.filter(|sound| sound.hash() == upload.content) else {
            let path = format!("sounds.{}", upload.content);
            found.add(path, Fault::BadSound);
            continue;
        };
        if (upload.length_ms, upload.bytes) != (sound.length_ms, sound.bytes()) {
            let (length_ms, bytes) = (sound.length_ms, sound.bytes());
            found.add(
                format_args!("uploads[{at}]"),
                Fault::OtherSound { length_ms, bytes },
            );
        }
    }
}
