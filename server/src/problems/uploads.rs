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

pub(super) fn owners(organisation: &Organisation, found: &mut Found) {
    let o = organisation;
    let people: BTreeSet<UserId> = snapshot::people(o).map(|(user, _)| user.id).collect();
    for (at, upload) in o.uploads.iter().enumerate() {
        let (there, fault) = match upload.owner {
            UploadOwner::Enterprise => continue,
            UploadOwner::Location(location) => {
                (o.locations.iter().any(|l| l.id == location), Fault::NoLocation { location })
            }
            UploadOwner::Department(department) => {
                (o.departments.iter().any(|d| d.id == department), Fault::NoDepartment { department })
            }
            UploadOwner::User(user) => (people.contains(&user), Fault::NoUser { user }),
        };
        if !there {
            found.add(format_args!("uploads[{at}].owner"), fault);
        }
    }
}

/// Who is to be allowed calls is there, and once in the list.
pub(super) fn callers(organisation: &Organisation, found: &mut Found) {
    let o = organisation;
    let people: BTreeSet<UserId> = snapshot::people(o).map(|(user, _)| user.id).collect();
    let mut owners = BTreeSet::new();
    for (at, outgoing) in o.outgoing.iter().enumerate() {
        if !owners.insert(outgoing.owner) {
            found.refused(format_args!("outgoing[{at}].owner"), Code::Twice);
        }
        let (there, fault) = match outgoing.owner {
            OutgoingOwner::Enterprise => continue,
            OutgoingOwner::Location(location) => {
                (o.locations.iter().any(|l| l.id == location), Fault::NoLocation { location })
            }
            OutgoingOwner::Department(department) => {
                (o.departments.iter().any(|d| d.id == department), Fault::NoDepartment { department })
            }
            OutgoingOwner::User(user) => (people.contains(&user), Fault::NoUser { user }),
        };
        if !there {
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
            found.add(format_args!("uploads[{at}]"), Fault::OtherSound { length_ms, bytes });
        }
    }
}
