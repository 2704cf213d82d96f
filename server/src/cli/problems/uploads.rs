//! Uploads of nobody, and such without their sound.

use super::Found;
use crate::sound::Sound;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use centrale_core::id::UserId;
use centrale_core::organisation::{Organisation, UploadOwner};
use centrale_core::snapshot;
use std::collections::BTreeSet;

pub(super) fn check(organisation: &Organisation, found: &mut Found) {
    let o = organisation;
    let people: BTreeSet<UserId> = snapshot::people(o).map(|(user, _)| user.id).collect();
    for (at, upload) in o.uploads.iter().enumerate() {
        let there = match upload.owner {
            UploadOwner::Enterprise => true,
            UploadOwner::Location(id) => o.locations.iter().any(|l| l.id == id),
            UploadOwner::Department(id) => o.departments.iter().any(|d| d.id == id),
            UploadOwner::User(id) => people.contains(&id),
        };
        if !there {
            found.add(format_args!("uploads[{at}].owner"), format_args!("no {}", upload.owner));
        }
        let Some(text) = o.sounds.get(&upload.content) else {
            found.add(format_args!("uploads[{at}].content"), "its sound is not among sounds");
            continue;
        };
        let sound = BASE64.decode(text).ok().and_then(Sound::of_wav);
        let Some(sound) = sound.filter(|sound| sound.hash() == upload.content) else {
            let path = format!("sounds.{}", upload.content);
            found.add(path, "not a WAV file of 16 kHz, 16 bits and one channel with this hash, in base64");
            continue;
        };
        if (upload.length_ms, upload.bytes) != (sound.length_ms, sound.bytes()) {
            let (length, bytes) = (sound.length_ms, sound.bytes());
            let told = format_args!("its sound has {length} ms and {bytes} bytes");
            found.add(format_args!("uploads[{at}]"), told);
        }
    }
}
