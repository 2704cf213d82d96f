//! The schedule in hand: to edit, or only to see that it is there.

use super::editor::{Editor, Wanted};
use super::form::ScheduleForm;
use crate::components::{Icon, IconName};
use crate::text::t;
use centrale_core::error::UsedBy;
use centrale_core::schedule::ScheduleType;
use leptos::prelude::*;

/// The schedule in hand, or what to do first.
#[component]
pub(crate) fn ScheduleView(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let open = Memo::new(move |_| {
        editor.base.with(|base| {
            base.as_ref()
                .map(|b| (b.schedule.id, b.version, b.editable))
        })
    });
    let loaded = move || editor.list.with(Option::is_some);
    view! {
        <section class="schedule-view">
            {move || match open.get() {
                None => loaded().then(|| view! { <FirstSteps editor /> }).into_any(),
                Some((_, _, true)) => view! { <ScheduleForm editor /> }.into_any(),
                Some((_, _, false)) => view! { <Hidden editor /> }.into_any(),
            }}
        </section>
    }
}

/// What to do when nothing is open.
#[component]
fn FirstSteps(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let step = move |kind: ScheduleType,
                     title: &'static str,
                     text: &'static str,
                     button: &'static str,
                     icon: IconName| {
        view! {
            <div class="card first-step">
                <Icon name=icon />
                <h2>{move || t(title)}</h2>
                <p>{move || t(text)}</p>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| editor.want(Wanted::New(kind))
                >
                    {move || t(button)}
                </button>
            </div>
        }
    };
    view! {
        <div class="first-steps">
            {step(
                ScheduleType::Time,
                "schedules-first-time",
                "schedules-first-time-text",
                "schedules-new-time",
                IconName::Clock,
            )}
            {step(
                ScheduleType::Holidays,
                "schedules-first-holidays",
                "schedules-first-holidays-text",
                "schedules-new-holidays",
                IconName::Calendar,
            )}
        </div>
    }
}

/// A schedule of the location, as its users see it.
#[component]
fn Hidden(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let name = move || {
        editor
            .base
            .with(|base| base.as_ref().map(|base| base.schedule.name.clone()))
    };
    view! {
        <div class="card schedule-card">
            <Back editor />
            <h2 class="schedule-title">{name}</h2>
            <p>{move || t("schedules-hidden-text")}</p>
            <Uses editor />
        </div>
    }
}

/// Back to the list, where there is no room for both.
#[component]
pub(crate) fn Back(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button quiet schedule-back"
            on:click=move |_| editor.want(Wanted::Nothing)
        >
            <Icon name=IconName::Chevron />
            {move || t("schedules-back")}
        </button>
    }
}

/// What uses the schedule in hand.
#[component]
pub(crate) fn Uses(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let uses = Memo::new(move |_| {
        editor
            .base
            .with(|base| base.as_ref().map(|b| b.used_by.clone()).unwrap_or_default())
    });
    view! {
        <Show when=move || !uses.with(Vec::is_empty)>
            <h2>{move || t("schedules-uses")}</h2>
            <UseList uses />
        </Show>
    }
}

/// Rules that use a schedule.
#[component]
pub(crate) fn UseList(
    /// The rules.
    #[prop(into)]
    uses: Signal<Vec<UsedBy>>,
) -> impl IntoView {
    let one = |used: UsedBy| {
        let service = t(&format!("service-{}-name", used.service));
        view! { <li>{t!("schedules-use", user = used.user, service = service, rule = used.rule)}</li> }
    };
    view! { <ul class="uses">{move || uses.get().into_iter().map(one).collect_view()}</ul> }
}
