//! Somebody else saved the same schedule: theirs beside mine, and a choice.

use super::editor::Editor;
use crate::components::Dialog;
use crate::components::holiday_list::when_text;
use crate::components::week_grid::block_name;
use crate::pages::PageContext;
use crate::text::{self, t};
use centrale_core::schedule::{Schedule, ScheduleKind};
use centrale_core::time::{Timestamp, Zone};
use leptos::prelude::*;

/// The dialog; it is there while the choice is open.
#[component]
pub(crate) fn ConflictDialog(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let context = PageContext::from_context();
    let said = move || {
        let zone = context.card.with(|card| {
            card.as_ref()
                .map_or_else(Zone::utc, |card| card.location.zone.clone())
        });
        let conflict = editor.conflict.get()?;
        let at = text::day_and_time(zone.local(Timestamp(conflict.at)));
        Some(t!("schedules-conflict-text", by = conflict.by, at = at))
    };
    let sides = move || {
        let theirs = editor
            .conflict
            .get()
            .map(|conflict| parts(&conflict.current.schedule))
            .unwrap_or_default();
        let mine = editor
            .draft
            .get()
            .map(|draft| parts(&draft))
            .unwrap_or_default();
        let only = |these: &[String], those: &[String]| {
            these
                .iter()
                .filter(|part| !those.contains(part))
                .cloned()
                .collect::<Vec<_>>()
        };
        (only(&theirs, &mine), only(&mine, &theirs))
    };
    let side = |key: &'static str, parts: Vec<String>| {
        let none = parts
            .is_empty()
            .then(|| view! { <p class="hint">{t("schedules-conflict-nothing")}</p> });
        view! {
            <fieldset>
                <legend>{t(key)}</legend>
                {none}
                <ul>{parts.into_iter().map(|part| view! { <li>{part}</li> }).collect_view()}</ul>
            </fieldset>
        }
    };
    let close = Callback::new(move |()| editor.conflict.set(None));
    view! {
        <Show when=move || editor.conflict.with(Option::is_some)>
            <Dialog title=Signal::derive(|| t("schedules-conflict")) on_close=close>
                <p>{said}</p>
                <div class="body service-conflict">
                    {move || {
                        let (theirs, mine) = sides();
                        (
                            side("schedules-conflict-theirs", theirs),
                            side("schedules-conflict-mine", mine),
                        )
                    }}
                </div>
                <footer>
                    <button type="button" class="button" on:click=move |_| editor.settle(false)>
                        {move || t("schedules-take-theirs")}
                    </button>
                    <button
                        type="button"
                        class="button primary"
                        on:click=move |_| editor.settle(true)
                    >
                        {move || t("schedules-keep-mine")}
                    </button>
                </footer>
            </Dialog>
        </Show>
    }
}

/// A schedule in lines that can be compared.
fn parts(schedule: &Schedule) -> Vec<String> {
    let mut parts = vec![t!("schedules-conflict-name", name = schedule.name)];
    match &schedule.kind {
        ScheduleKind::Time(time) => parts.extend(time.blocks.iter().copied().map(block_name)),
        ScheduleKind::Holidays(holidays) => parts.extend(holidays.lines.iter().map(|line| {
            t!(
                "schedules-conflict-line",
                name = line.name,
                when = when_text(line)
            )
        })),
    }
    parts
}
