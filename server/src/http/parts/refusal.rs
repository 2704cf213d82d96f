//! Why a part was not saved or removed.

use super::shown;
use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::{StoredPart, View};
use crate::store::SaveError;
use centrale_core::api::Stale;
use centrale_core::api::parts::Put;
use centrale_core::error::{Code, FieldError};

pub(in crate::http) fn refusal(
    view: &View,
    scope: Scope,
    is_virtual: bool,
    error: SaveError,
) -> Refusal {
    match error {
        SaveError::PartStale(now) => {
            let current = shown(
                view,
                scope,
                &StoredPart {
                    part: now.part,
                    version: now.version,
                },
            );
            Refusal::conflict::<Put>(&Stale::new(current, now.by, now.at))
        }
        SaveError::NameTaken => {
            let field = if is_virtual {
                "part.identity.name"
            } else {
                "part.name"
            };
            Refusal::fields(vec![FieldError::new(field, Code::NameTaken)])
        }
        SaveError::LineTaken(line) => {
            let field = if line.contains(':') {
                "part.identity.extension"
            } else {
                "part.identity.number"
            };
            Refusal::fields(vec![FieldError::new(field, Code::NumberTaken)])
        }
        SaveError::NoLicenceLeft => Refusal::fields(vec![FieldError::new(
            "part.identity.packs",
            Code::NoLicenceLeft,
        )]),
        SaveError::InUse(uses) => Refusal::in_use(scope.known_uses(&view.directory, uses)),
        SaveError::NotFound => Code::NotFound.into(),
        other => Refusal::internal(other),
    }
}
