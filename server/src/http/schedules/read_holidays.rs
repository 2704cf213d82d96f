//! Reads holidays from a file's text.

use super::import;
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::schedules::Import;
use centrale_core::schedule::HolidaySchedule;

/// The holidays in an iCalendar or CSV text. Nothing is saved.
pub(crate) async fn read_holidays(
    _: State,
    _: Asker,
    (): (),
    file: Import,
) -> Result<HolidaySchedule, Refusal> {
    Ok(HolidaySchedule { lines: import::holidays(&file.text)? })
}
