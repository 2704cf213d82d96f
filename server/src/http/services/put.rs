//! Saves services of a user.

use super::check::check;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::State;
use crate::store::SaveError;
use centrale_core::api::security::Kind;
use centrale_core::api::services::{Conflict, Put, Save, Setting};
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::service::{ServiceId, find};

/// Saves all changes or none.
pub(crate) async fn put(
    state: State,
    principal: Principal,
    user: UserId,
    save: Save,
) -> Result<Vec<Setting>, Refusal> {
    let view = state.live.view();
    let member = principal.scope.user(&view.directory, user)?;
    let changes = check(&view, principal.scope, member, save.changes.clone())?;
    let rights: Vec<&str> = changes
        .iter()
        .filter(|change| gives_rights(change.service))
        .map(|change| change.service.0)
        .collect();
    let saved = state
        .live
        .save_services(&principal.actor(), state.clock.now(), user, changes)
        .await;
    let saved = saved.map_err(|error| match error {
        SaveError::Stale(current) => Refusal::conflict::<Put>(&Conflict {
            code: Code::Stale,
            current,
        }),
        SaveError::NotFound => Code::NotFound.into(),
        // It was there a moment ago: the check of now tells at which field it is missed.
        SaveError::ScheduleGone | SaveError::SoundGone => {
            check(&state.live.view(), principal.scope, member, save.changes)
                .err()
                .unwrap_or(Code::ScheduleUnknown.into())
        }
        other => Refusal::internal(other),
    })?;
    for service in rights {
        let event = Note::of(Kind::RightsChanged, &principal.account, &principal.address);
        note(&state, event.about(format!("user {user} {service}"))).await;
    }
    Ok(saved)
}

/// Whether only administrators may change a service.
fn gives_rights(service: ServiceId) -> bool {
    find(service.0).is_some_and(|entry| entry.admin)
}
