//! Makes a schedule: one of a user, or one of a location.

use super::{check, entry};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::schedules::{Entry, New};
use centrale_core::id::{LocationId, ScheduleId, UserId};
use centrale_core::schedule::ScheduleOwner;

/// Makes a schedule of a user in scope.
pub(crate) async fn add_to_user(
    state: State,
    principal: Principal,
    user: UserId,
    new: New,
) -> Result<Entry, Refusal> {
    principal.scope.user(&state.live.view().directory, user)?;
    add(state, principal, ScheduleOwner::User(user), new).await
}

/// Makes a schedule of a location in scope.
pub(crate) async fn add_to_location(
    state: State,
    principal: Principal,
    location: LocationId,
    new: New,
) -> Result<Entry, Refusal> {
    principal
        .scope
        .location(&state.live.view().directory, location)?;
    add(state, principal, ScheduleOwner::Location(location), new).await
}

async fn add(
    state: State,
    principal: Principal,
    owner: ScheduleOwner,
    new: New,
) -> Result<Entry, Refusal> {
    let checked = check::checked(ScheduleId::default(), owner, &new.name, new.kind)?;
    let new = New {
        name: checked.name,
        kind: checked.kind,
    };
    let (actor, now) = (principal.actor(), state.clock.now());
    let added = state.live.add_schedule(&actor, now, owner, new).await;
    let (directory, scope) = (&state.live.view().directory, principal.scope);
    let added = added.map_err(|error| entry::refusal(directory, scope, error))?;
    Ok(entry::entry(
        directory,
        scope,
        &added.schedule,
        added.version,
    ))
}
