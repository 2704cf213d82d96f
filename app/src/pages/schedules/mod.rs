//! The schedules of a user, and those of a location: the list, and the one in hand beside it.

mod conflict;
mod editor;
mod file;
mod form;
mod list;
mod questions;
mod save_bar;
mod view;

use crate::pages::PageContext;
use crate::text::{self, t};
use centrale_core::schedule::{ScheduleOwner, ScheduleType};
use conflict::ConflictDialog;
use editor::{Editor, Wanted};
use leptos::prelude::*;
use list::ScheduleList;
use questions::Questions;
use save_bar::ScheduleSaveBar;
use view::ScheduleView;

/// The page of a user's schedules.
#[component]
pub(crate) fn SchedulesPage() -> impl IntoView {
    let context = PageContext::from_context();
    move || {
        context
            .user
            .get()
            .map(|user| view! { <Schedules owner=ScheduleOwner::User(user) /> })
    }
}

/// The page of a location's schedules.
#[component]
pub(crate) fn LocationSchedules() -> impl IntoView {
    let context = PageContext::from_context();
    move || {
        context
            .location
            .get()
            .map(|location| view! { <Schedules owner=ScheduleOwner::Location(location) /> })
    }
}

/// The page of an owner's schedules.
#[component]
fn Schedules(
    /// The owner of the schedules: a user or a location.
    owner: ScheduleOwner,
) -> impl IntoView {
    let context = PageContext::from_context();
    let editor = Editor::new(owner);
    text::document_title(|| t("schedules-title"));
    crate::guard::watch(Signal::derive(move || editor.dirty()));
    // Other pages go by the schedules too.
    Effect::new(move |before: Option<()>| {
        editor.list.track();
        if before.is_some() {
            context.load_schedules();
        }
    });
    let zone = move || {
        let card = context.current_card()?;
        Some(t!(
            "schedules-zone",
            location = card.location.name,
            zone = card.location.zone.name()
        ))
    };
    let add = move |kind: ScheduleType, key: &'static str| {
        view! {
            <button type="button" class="button" on:click=move |_| editor.want(Wanted::New(kind))>
                {move || t(key)}
            </button>
        }
    };
    view! {
        <div class="head schedules-head" class:editing=move || editor.draft.with(Option::is_some)>
            <div class="title">
                <h1>{move || t("schedules-title")}</h1>
                <p>{zone}</p>
            </div>
            <div class="actions" hidden=move || editor.base.with(Option::is_none)>
                {add(ScheduleType::Time, "schedules-new-time")}
                " "
                {add(ScheduleType::Holidays, "schedules-new-holidays")}
            </div>
        </div>
        <div class="schedules" class:editing=move || editor.draft.with(Option::is_some)>
            <ScheduleList editor />
            <ScheduleView editor />
        </div>
        <ScheduleSaveBar editor />
        <Questions editor />
        <ConflictDialog editor />
    }
}
