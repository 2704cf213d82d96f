//! Makes a schedule of a location.

use super::{check, entry};
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::schedules::{Entry, New};
use centrale_core::id::{LocationId, ScheduleId};
use centrale_core::schedule::ScheduleOwner;

/// Makes a schedule of a location in scope.
pub(crate) async fn add_to_location(
    state: State,
    asker: Asker,
    location: LocationId,
    new: New,
) -> Result<Entry, Refusal> {
    let (directory, scope) = (&state.live.view().directory, asker.scope);
    scope.location(directory, location)?;
    let owner = ScheduleOwner::Location(location);
    let checked = check::checked(ScheduleId::default(), owner, &new.name, new.kind)?;
    let new = New { name: checked.name, kind: checked.kind };
    let (actor, now) = (asker.actor(), state.clock.now());
    let added = state.live.add_schedule(&state.store, &actor, now, owner, new).await;
    let added = added.map_err(|error| entry::refusal(directory, scope, error))?;
    Ok(entry::entry(directory, scope, &added.schedule, added.version))
}
