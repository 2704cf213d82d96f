//! The form of the schedule in hand: its name, and its blocks or its holidays.

use super::editor::Editor;
use super::view::{Back, Uses};
use crate::components::holiday_list::{AskDates, HolidayList, ImportNotes};
use crate::components::week_grid::{BlockRows, WeekGrid, codes, row_id};
use crate::components::{Errors, FieldFrame, Icon, IconName};
use crate::focus::focus;
use crate::ids;
use crate::pages::PageContext;
use crate::session::LoggedIn;
use crate::text::{error_text, t};
use centrale_core::error::Code;
use centrale_core::schedule::{
    HolidaySchedule, ScheduleKind, SchedulePart, ScheduleType, TimeSchedule,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form.
#[component]
pub(crate) fn ScheduleForm(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let field = ids::unique("schedule-name");
    let kind = editor
        .draft
        .with_untracked(|draft| draft.as_ref().map(|draft| ScheduleType::from(&draft.kind)));
    let version = editor
        .base
        .with_untracked(|base| base.as_ref().map_or(0, |base| base.version));
    let name = Memo::new(move |_| {
        editor
            .draft
            .with(|draft| draft.as_ref().map(|d| d.name.clone()).unwrap_or_default())
    });
    let errors = Signal::derive(move || editor.name_errors());
    if version == 0 {
        focus(field.clone());
    }
    view! {
        <div class="card schedule-card">
            <Back editor />
            <div class="schedule-name">
                <FieldFrame id=field.clone() label=Signal::derive(|| t("schedules-name")) errors>
                    <input
                        type="text"
                        id=field.clone()
                        autocomplete="off"
                        prop:value=name
                        placeholder=move || t(
                            if kind == Some(ScheduleType::Time) {
                                "schedules-name-time"
                            } else {
                                "schedules-name-holidays"
                            },
                        )
                        aria-invalid=move || (!errors.with(Vec::is_empty)).then_some("true")
                        aria-describedby=format!("{field}-errors")
                        on:input=move |event| {
                            editor.change(|schedule| schedule.name = event_target_value(&event));
                        }
                    />
                </FieldFrame>
                <Show when=move || { version > 0 }>
                    <button
                        type="button"
                        class="button quiet danger"
                        on:click=move |_| editor.ask_delete()
                    >
                        <Icon name=IconName::Trash />
                        {move || t("schedules-delete")}
                    </button>
                </Show>
            </div>
            {match kind {
                Some(ScheduleType::Time) => view! { <TimeForm editor /> }.into_any(),
                _ => view! { <HolidayForm editor /> }.into_any(),
            }}
            <Uses editor />
        </div>
    }
}

/// The blocks of a week, as a grid and as a list.
#[component]
fn TimeForm(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let id = ids::unique("week");
    let rows = StoredValue::new(id.clone());
    let time = Memo::new(move |last: Option<&TimeSchedule>| {
        editor
            .draft
            .with(|draft| match draft.as_ref().map(|draft| &draft.kind) {
                Some(ScheduleKind::Time(time)) => time.clone(),
                _ => last.cloned().unwrap_or_default(),
            })
    });
    let problems = Signal::derive(move || editor.problems());
    let on_change = Callback::new(move |time| {
        editor.change(|schedule| schedule.kind = ScheduleKind::Time(time));
    });
    let whole = Signal::derive(move || codes(&problems.get(), SchedulePart::Blocks, None));
    let on_exact = Callback::new(move |index| focus(rows.with_value(|id| row_id(id, index))));
    view! {
        <Errors id=format!("{id}-errors") errors=whole />
        <div class="week-editor">
            <div class="week-scroll">
                <WeekGrid id=id.clone() time on_change on_exact />
            </div>
            <div class="week-typed">
                <BlockRows id time problems on_change />
            </div>
        </div>
    }
}

/// The holidays.
#[component]
fn HolidayForm(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let id = ids::unique("holidays");
    let now = LoggedIn::from_context().now();
    let zone = PageContext::from_context()
        .card
        .with_untracked(|card| card.as_ref().map(|card| card.location.zone.clone()));
    let today = zone.map_or(now.seconds().div_euclid(86_400) as i32, |zone| {
        zone.local(now).day
    });
    let holidays = Memo::new(move |last: Option<&HolidaySchedule>| {
        editor
            .draft
            .with(|draft| match draft.as_ref().map(|draft| &draft.kind) {
                Some(ScheduleKind::Holidays(holidays)) => holidays.clone(),
                _ => last.cloned().unwrap_or_default(),
            })
    });
    let problems = Signal::derive(move || editor.problems());
    let whole = Signal::derive(move || codes(&problems.get(), SchedulePart::Lines, None));
    let on_change = Callback::new(move |holidays| {
        editor.change(|schedule| schedule.kind = ScheduleKind::Holidays(holidays));
    });
    let on_file = Callback::new(move |file: web_sys::File| {
        spawn_local(async move {
            if let Some(text) = super::file::text(file).await {
                editor.import(text, None);
            }
        });
    });
    let on_answer = Callback::new(move |order| {
        if let Some(text) = editor.asked.get_untracked() {
            editor.import(text, Some(order));
        }
    });
    let said = move || {
        let failed = editor.failure.with(|failure| {
            failure
                .as_ref()
                .map(|failure| match failure.fields().first() {
                    // Control characters mean that it is no text file but, say, a picture.
                    Some(field) if field.code == Code::TextControl => {
                        error_text(Code::ImportUnreadable)
                    }
                    Some(field) => error_text(field.code),
                    None => failure.text(),
                })
        });
        failed.or_else(|| {
            editor.imported.with(|read| {
                read.as_ref()
                    .map(|read| t!("schedules-imported", count = read.count))
            })
        })
    };
    view! {
        <Errors id=format!("{id}-errors") errors=whole />
        <HolidayList id holidays problems today on_change on_file />
        <p class="hint" role="status">
            {said}
        </p>
        <AskDates asked=Signal::derive(move || editor.asked.with(Option::is_some)) on_answer />
        <ImportNotes imported=editor.imported />
    }
}
