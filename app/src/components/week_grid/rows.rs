//! The blocks of a time schedule as a list of typed times: what the grid shows, for whoever would rather type.

use super::add::AddBlock;
use super::row::BlockRow;
use crate::components::indexed_list::IndexedList;
use crate::text::t;
use centrale_core::error::Code;
use centrale_core::schedule::{Problem, SchedulePart, TimeSchedule};
use leptos::prelude::*;

/// The list of blocks as typed times.
#[component]
pub(crate) fn BlockRows(
    /// A name for its elements.
    id: String,
    /// The schedule.
    #[prop(into)]
    time: Signal<TimeSchedule>,
    /// What is wrong with it.
    #[prop(into)]
    problems: Signal<Vec<Problem>>,
    /// It should become this.
    on_change: Callback<TimeSchedule>,
) -> impl IntoView {
    let count = Memo::new(move |_| time.with(|time| time.blocks.len()));
    let row = move |index: usize| {
        let block = Memo::new(move |_| time.with(|time| time.blocks.get(index).copied()));
        let errors = move |part: SchedulePart| {
            Signal::derive(move || codes(&problems.get(), part, Some(index)))
        };
        view! {
            <BlockRow
                id=row_id(&id, index)
                block
                start_errors=errors(SchedulePart::Start)
                end_errors=errors(SchedulePart::End)
                on_change=Callback::new(move |block| {
                    let mut changed = time.get_untracked();
                    if let Some(place) = changed.blocks.get_mut(index) {
                        *place = block;
                        on_change.run(changed);
                    }
                })
                on_remove=Callback::new(move |()| {
                    on_change.run(time.with_untracked(|time| time.remove(index)));
                })
            />
        }
    };
    view! {
        <h2>{move || t("schedules-times")}</h2>
        <div class="block-rows">
            <IndexedList count row=Callback::new(move |index| row(index).into_any()) />
        </div>
        <AddBlock time on_change />
    }
}

/// The id of the first field of a row.
pub(crate) fn row_id(list: &str, index: usize) -> String {
    format!("{list}-row-{index}")
}

/// The codes of the problems with a part.
pub(crate) fn codes(problems: &[Problem], part: SchedulePart, index: Option<usize>) -> Vec<Code> {
    let of_part = problems
        .iter()
        .filter(|problem| problem.part == part && problem.index == index);
    of_part.map(|problem| problem.error.into()).collect()
}
