//! Holidays as lines: when each falls, and ways to add more: by hand, from a ready set, from a file.

mod ask_dates;
mod dates;
mod fields;
mod formats;
mod kind;
mod line;
mod more;
mod notes;
mod recurrence;
mod select;
mod when;
mod words;

pub(crate) use ask_dates::AskDates;
pub(crate) use dates::{next, written};
pub(crate) use notes::{ImportNotes, Imported};
pub(crate) use words::when_text;

use crate::components::indexed_list::IndexedList;
use crate::components::week_grid::codes;
use crate::focus::focus;
use centrale_core::schedule::{HolidayLine, HolidaySchedule, Problem, Recurrence, SchedulePart};
use centrale_core::time::date_of_day;
use leptos::prelude::*;
use line::{Line, LineErrors};
use more::MoreHolidays;

/// The list of holidays.
#[component]
pub(crate) fn HolidayList(
    /// A name for its elements.
    id: String,
    /// The holidays.
    #[prop(into)]
    holidays: Signal<HolidaySchedule>,
    /// What is wrong with them.
    #[prop(into)]
    problems: Signal<Vec<Problem>>,
    /// Today, in days since 1970-01-01.
    today: i32,
    /// They should become this.
    on_change: Callback<HolidaySchedule>,
    /// A file was chosen to be read.
    on_file: Callback<web_sys::File>,
) -> impl IntoView {
    let count = Memo::new(move |_| holidays.with(|h| h.lines.len()));
    let list_id = StoredValue::new(id);
    let line_id = move |index: usize| list_id.with_value(|id| format!("{id}-line-{index}"));
    let change = move |change: &dyn Fn(&mut Vec<HolidayLine>)| {
        let mut changed = holidays.get_untracked();
        change(&mut changed.lines);
        on_change.run(changed);
    };
    let add = Callback::new(move |lines: Vec<HolidayLine>| {
        let first = count.get_untracked();
        change(&|known| {
            let fresh: Vec<_> = lines
                .iter()
                .filter(|line| !known.contains(line))
                .cloned()
                .collect();
            known.extend(fresh);
        });
        focus(line_id(first));
    });
    let row = move |index: usize| {
        let line = Memo::new(move |last: Option<&HolidayLine>| {
            let line = holidays.with(|h| h.lines.get(index).cloned());
            line.or_else(|| last.cloned())
                .unwrap_or_else(|| blank(today))
        });
        let errors = move || {
            let of = |part| problems.with(|problems| codes(problems, part, Some(index)));
            LineErrors {
                name: of(SchedulePart::LineName),
                when: of(SchedulePart::When),
                until: of(SchedulePart::Until),
            }
        };
        view! {
            <Line
                id=line_id(index)
                line
                errors=Signal::derive(errors)
                today
                on_change=Callback::new(move |line: HolidayLine| {
                    change(&|lines| lines.get_mut(index).map_or((), |place| *place = line.clone()));
                })
                on_remove=Callback::new(move |()| change(&|lines| drop(lines.remove(index))))
            />
        }
    };
    view! {
        <ul class="holidays">
            <IndexedList count row=Callback::new(move |index| row(index).into_any()) />
        </ul>
        <MoreHolidays
            on_blank=Callback::new(move |()| add.run(vec![blank(today)]))
            on_lines=add
            on_file
        />
    }
}

/// A holiday without a name, on a day.
fn blank(day: i32) -> HolidayLine {
    let date = date_of_day(day);
    HolidayLine {
        name: String::new(),
        when: Recurrence::Once {
            from: date,
            to: date,
        },
        until: None,
    }
}
