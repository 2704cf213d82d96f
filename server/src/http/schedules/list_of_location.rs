//! Lists the schedules of a location.

use super::entry::entry;
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::schedules::Entry;
use centrale_core::id::LocationId;
use centrale_core::schedule::ScheduleOwner;

/// The schedules of a location that the asker administers.
pub(crate) async fn list_of_location(
    state: State,
    asker: Asker,
    location: LocationId,
    (): (),
) -> Result<Vec<Entry>, Refusal> {
    let view = state.live.view();
    let directory = &view.directory;
    asker.scope.location(directory, location)?;
    let schedules = directory.schedules_of(ScheduleOwner::Location(location));
    Ok(schedules
        .map(|s| entry(directory, asker.scope, &s.schedule, s.version))
        .collect())
}
