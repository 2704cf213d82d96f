//! The schedules that there are.

use super::editor::{Editor, Wanted};
use crate::components::holiday_list::{next, written};
use crate::components::week_grid::summary;
use crate::components::{Icon, IconName};
use crate::session::LoggedIn;
use crate::text::t;
use centrale_core::api::schedules::Entry;
use centrale_core::schedule::{HolidaySchedule, ScheduleKind, ScheduleOwner};
use leptos::prelude::*;

/// The list, in groups by whose they are.
#[component]
pub(crate) fn ScheduleList(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let of = move |location: bool| {
        let mut entries: Vec<Entry> = Vec::new();
        for entry in editor.list.get().unwrap_or_default() {
            if matches!(entry.schedule.owner, ScheduleOwner::Location(_)) == location {
                let later =
                    |other: &Entry| comes_before(&entry.schedule.name, &other.schedule.name);
                let place = entries.iter().position(later).unwrap_or(entries.len());
                entries.insert(place, entry);
            }
        }
        entries
    };
    let group = move |location: bool, key: &'static str| {
        let shown = move || !of(location).is_empty();
        view! {
            <Show when=shown>
                <div class="group">
                    <h2>{move || t(key)}</h2>
                    <ul class="card">
                        {move || {
                            of(location)
                                .into_iter()
                                .map(|entry| view! { <ScheduleRow editor entry /> })
                                .collect_view()
                        }}
                    </ul>
                </div>
            </Show>
        }
    };
    let none = move || {
        editor
            .list
            .with(|list| list.as_ref().is_some_and(Vec::is_empty))
    };
    view! {
        <nav class="schedule-list" aria-label=move || t("schedules-title")>
            {group(false, "schedules-personal")}
            {group(true, "schedules-location")}
            <Show when=none>
                <p class="nothing">{move || t("schedules-none")}</p>
            </Show>
        </nav>
    }
}

/// A row of the list.
#[component]
fn ScheduleRow(
    /// The page.
    editor: Editor,
    /// The schedule.
    entry: Entry,
) -> impl IntoView {
    let today = LoggedIn::from_context().now().seconds().div_euclid(86_400) as i32;
    let id = entry.schedule.id;
    let chosen = move || {
        editor
            .base
            .with(|base| base.as_ref().is_some_and(|base| base.schedule.id == id))
    };
    let icon = match &entry.schedule.kind {
        _ if !entry.editable => IconName::Lock,
        ScheduleKind::Time(_) => IconName::Clock,
        ScheduleKind::Holidays(_) => IconName::Calendar,
    };
    let (kind, editable) = (entry.schedule.kind, entry.editable);
    let holds = move || match &kind {
        _ if !editable => t("schedules-hidden"),
        ScheduleKind::Time(time) => summary(time),
        ScheduleKind::Holidays(holidays) => holidays_text(holidays, today),
    };
    let used = entry.used_by.len();
    view! {
        <li>
            <button
                type="button"
                class="schedule-row"
                aria-current=move || chosen().then_some("true")
                on:click=move |_| editor.want(Wanted::Known(id))
            >
                <Icon name=icon />
                <span>
                    <b>{entry.schedule.name}</b>
                    <small>{holds}</small>
                    {(used > 0)
                        .then(|| {
                            view! { <small>{move || t!("schedules-used", count = used)}</small> }
                        })}
                </span>
            </button>
        </li>
    }
}

/// Whether a name comes before another in a list for people.
fn comes_before(a: &str, b: &str) -> bool {
    let (locales, options) = (js_sys::Array::new(), js_sys::Object::new());
    js_sys::JsString::from(a).locale_compare(b, &locales, &options) < 0
}

fn holidays_text(holidays: &HolidaySchedule, today: i32) -> String {
    let soonest = holidays
        .lines
        .iter()
        .filter_map(|line| Some((next(line, today)?.0, line)))
        .min_by_key(|(day, _)| *day);
    let count = holidays.lines.len();
    match soonest {
        Some((day, line)) => {
            t!(
                "schedules-holidays-next",
                count = count,
                name = line.name,
                date = written(day)
            )
        }
        None => t!("schedules-holidays", count = count),
    }
}
