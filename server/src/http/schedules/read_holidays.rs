//! Reads holidays from a file's text.

use super::import;
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::pool::READING;
use crate::state::State;
use centrale_core::api::schedules::Import;
use centrale_core::schedule::HolidaySchedule;

/// The holidays in an iCalendar or CSV text. Nothing is saved.
pub(crate) async fn read_holidays(
    _: State,
    asker: Asker,
    (): (),
    file: Import,
) -> Result<HolidaySchedule, Refusal> {
    let lines = READING.run_for(asker.account.id, move || import::holidays(&file.text)).await??;
    Ok(HolidaySchedule { lines })
}
