//! Reads holidays from a file's text.

use crate::holidays::{self, Context};
use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::live::Directory;
use crate::pool::READING;
use crate::state::State;
use centrale_core::api::schedules::{Holidays, Import};
use centrale_core::error::{Code, ErrorBody, FieldError};
use centrale_core::schedule::ScheduleOwner;
use chrono::{DateTime, Datelike};
use chrono_tz::Tz;

/// The holidays in an iCalendar or CSV text. Nothing is saved.
pub(crate) async fn read_holidays(
    state: State,
    principal: Principal,
    (): (),
    file: Import,
) -> Result<Holidays, Refusal> {
    let zone = zone(&state.live.view().directory, principal.scope, file.owner)?;
    let now = DateTime::from_timestamp(state.clock.now().seconds(), 0).unwrap_or_default();
    let year = now.with_timezone(&zone).year();
    let context = Context {
        zone,
        year,
        dates: file.dates,
    };
    let read = READING
        .run_for(principal.account.id, move || {
            holidays::read(&file.text, context)
        })
        .await?;
    read.map_err(wrong)
}

/// The zone of a schedule's owner, else that of the principal.
fn zone(directory: &Directory, scope: Scope, owner: Option<ScheduleOwner>) -> Result<Tz, Refusal> {
    let location = match (owner, scope) {
        (Some(ScheduleOwner::User(user)), _) => Some(scope.user(directory, user)?.user.location),
        (Some(ScheduleOwner::Location(location)), _) => {
            Some(scope.location(directory, location)?.id)
        }
        (None, Scope::User(user)) => directory.user(user).map(|member| member.user.location),
        (None, Scope::LocationAdmin(location)) => Some(location),
        (None, Scope::DepartmentAdmin(id)) => directory
            .department(id)
            .map(|department| department.location),
        (None, Scope::EnterpriseAdmin) => directory.locations().next().map(|location| location.id),
    };
    let location = location.and_then(|id| directory.location(id));
    Ok(location
        .and_then(|location| location.zone.parse().ok())
        .unwrap_or(Tz::UTC))
}

fn wrong(code: Code) -> Refusal {
    Refusal::Error(ErrorBody {
        fields: vec![FieldError::new("text", code)],
        ..code.into()
    })
}
