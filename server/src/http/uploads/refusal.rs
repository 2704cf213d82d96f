//! Why an upload was not saved or removed.

use super::{shown, wrong_file};
use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::{StoredPart, View};
use crate::store::SaveError;
use centrale_core::api::Stale;
use centrale_core::api::uploads::Put;
use centrale_core::error::{Code, FieldError};
use centrale_core::quota::Quota;

pub(super) fn refusal(view: &View, scope: Scope, error: SaveError) -> Refusal {
    let wrong = |field: &str, code| Refusal::fields(vec![FieldError::new(field, code)]);
    match error {
        SaveError::PartStale(now) => {
            match shown(
                view,
                scope,
                &StoredPart {
                    part: now.part,
                    version: now.version,
                },
            ) {
                Some(current) => Refusal::conflict::<Put>(&Stale::new(current, now.by, now.at)),
                None => Code::NotFound.into(),
            }
        }
        SaveError::NameTaken => wrong("name", Code::NameTaken),
        SaveError::Quota(quota @ Quota::Uploads) => wrong("owner", quota.code()),
        SaveError::Quota(quota) => wrong_file(quota.code()),
        SaveError::InUse(uses) => Refusal::in_use(scope.known_uses(&view.directory, uses)),
        SaveError::NotFound => Code::NotFound.into(),
        other => Refusal::internal(other),
    }
}
