//! Weeks and holidays.

use super::piece::{Piece, State};
use super::samples::{TODAY, nothing, week};
use crate::components::holiday_list::{AskDates, HolidayList, ImportNotes, Imported};
use crate::components::week_grid::{BlockRows, WeekGrid};
use centrale_core::api::schedules::Note;
use centrale_core::error::Code;
use centrale_core::schedule::{HolidayLine, HolidaySchedule, Problem, Recurrence, TimeSchedule};
use leptos::prelude::*;

/// The schedules. Those of the week change as they do on their page.
#[component]
pub(super) fn Schedules() -> impl IntoView {
    let time = RwSignal::new(week());
    let problems = Signal::derive(move || time.with(TimeSchedule::validate));
    let change = Callback::new(move |changed| time.set(changed));
    let holidays = RwSignal::new(holidays());
    let holiday_problems = Signal::derive(Vec::<Problem>::new);
    let imported = Imported {
        count: 8,
        notes: vec![Note {
            line: 12,
            name: "Open dag".to_owned(),
            code: Code::Malformed,
            taken: false,
            year: None,
        }],
        more_notes: 3,
    };
    view! {
        <Piece name="WeekGrid">
            <div class="week-scroll">
                <WeekGrid id="gallery-grid".into() time on_change=change on_exact=nothing() />
            </div>
        </Piece>
        <Piece name="BlockRows">
            <div class="week-typed">
                <BlockRows id="gallery-rows".into() time problems on_change=change />
            </div>
        </Piece>
        <Piece name="HolidayList">
            <HolidayList
                id="gallery-holidays".into()
                holidays
                problems=holiday_problems
                today=TODAY
                on_change=Callback::new(move |changed| holidays.set(changed))
                on_file=nothing()
            />
        </Piece>
        <Piece name="ImportNotes and AskDates">
            <State name="one note of four">
                <ImportNotes imported=Signal::stored(Some(imported)) />
            </State>
            <State name="asked">
                <AskDates asked=Signal::stored(true) on_answer=nothing() />
            </State>
        </Piece>
    }
}

/// A day each year, and one without a name, which stands open.
fn holidays() -> HolidaySchedule {
    let yearly = |name: &str, month, day| HolidayLine {
        name: name.to_owned(),
        when: Recurrence::Yearly {
            month,
            day,
            days: 1,
            not_on: None,
        },
        until: None,
    };
    HolidaySchedule {
        lines: vec![yearly("Koningsdag", 4, 27), yearly("", 12, 25)],
    }
}
