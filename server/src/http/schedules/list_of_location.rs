//! Lists the schedules of a location.

use super::entry::entry;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::schedules::Entry;
use centrale_core::id::LocationId;
use centrale_core::schedule::ScheduleOwner;

/// The schedules of a location that the principal administers.
pub(crate) async fn list_of_location(
    state: State,
    principal: Principal,
    location: LocationId,
    (): (),
) -> Result<Vec<Entry>, Refusal> {
    let view = state.live.view();
    let directory = &view.directory;
    principal.scope.location(directory, location)?;
    let schedules = directory.schedules_of(ScheduleOwner::Location(location));
    Ok(schedules
        .map(|s| entry(directory, principal.scope, &s.schedule, s.version))
        .collect())
}
