//! Sounds that are named and not there: the system's is heard instead.

use super::{Finding, Kind, NoCall, Scope};
use crate::error::Code;
use crate::id::UserId;
use crate::organisation::Part;
use crate::service::Content;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let (o, shared) = (scope.organisation, scope.snapshot.shared());
    let mut none = |at: String, name: &str| {
        found.push(Finding::set(
            at,
            Kind::NoSound { name: name.into() },
            NoCall::Unseen,
        ));
    };
    for s in scope.snapshot.users() {
        for slot in s.slots() {
            let Some(Content::Settings(settings)) = &slot.content else {
                continue;
            };
            let user = s.user.id;
            for (field, name) in slot.entry.uploads(settings) {
                if shared.own_upload(user, name).is_none() {
                    none(
                        format!("{}.services.{}.{field}", scope.path(user), slot.entry.id),
                        name,
                    );
                }
            }
        }
    }
    for part in o.parts() {
        let path = match &part {
            Part::Site(site) => o
                .locations
                .iter()
                .position(|l| l.id == site.location)
                .map(|at| format!("locations[{at}].site")),
            Part::DepartmentMusic(music) => o
                .departments
                .iter()
                .position(|d| d.id == music.department)
                .map(|at| format!("departments[{at}]")),
            _ => Some(scope.path(UserId(part.key().id)).to_owned()),
        };
        let audio_scope = part.audio_scope(shared);
        for slot in part.audio_slots() {
            for error in shared.unplayable(audio_scope, slot.audio, &slot.field, slot.most_ms) {
                let (Some(path), Code::SoundUnknown) = (&path, error.code) else {
                    continue;
                };
                let place = error
                    .field
                    .rsplit('.')
                    .next()
                    .and_then(|place| place.parse::<usize>().ok());
                let name = place.and_then(|place| slot.audio.0.get(place));
                let field = error
                    .field
                    .strip_prefix("settings.")
                    .unwrap_or(&error.field);
                none(format!("{path}.{field}"), name.map_or("", String::as_str));
            }
        }
    }
}
