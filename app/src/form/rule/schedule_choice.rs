//! The link of a rule to a schedule: which, and whether inside or outside it.

use crate::components::Errors;
use crate::draft::DraftStore;
use crate::text::t;
use centrale_core::error::Code;
use centrale_core::id::ScheduleId;
use centrale_core::rule::During;
use centrale_core::schedule::ScheduleType;
use leptos::prelude::*;

/// Two choices beside each other: the schedule, and inside or outside.
#[component]
pub(super) fn ScheduleChoice(
    /// The id of the first choice.
    id: String,
    /// Blocks in a week, or days of the year.
    kind: ScheduleType,
    /// Where the schedules are found.
    store: DraftStore,
    /// What is chosen; none: at all times.
    #[prop(into)]
    during: Signal<Option<During>>,
    /// What is wrong.
    #[prop(into)]
    errors: Signal<Vec<Code>>,
    /// Something was chosen.
    on_change: Callback<Option<During>>,
) -> impl IntoView {
    let key = if kind == ScheduleType::Time {
        "rule-time"
    } else {
        "rule-holiday"
    };
    let choose = move |value: String| {
        let outside = during.get_untracked().is_some_and(|d| d.outside);
        on_change.run(
            value
                .parse()
                .ok()
                .map(|schedule| During { schedule, outside }),
        );
    };
    let side = move |value: String| {
        on_change.run(during.get_untracked().map(|d| During {
            outside: value == "outside",
            ..d
        }));
    };
    let outside = move || during.get().is_some_and(|d| d.outside);
    view! {
        <div class="field">
            <label for=id.clone()>{move || t(key)}</label>
            <div class="pair">
                <select
                    id=id.clone()
                    aria-describedby=format!("{id}-errors")
                    on:change=move |event| choose(event_target_value(&event))
                >
                    <option value="" selected=move || during.get().is_none()>
                        {move || t(&format!("{key}-none"))}
                    </option>
                    {move || options(store, kind, during)}
                </select>
                <select
                    aria-label=move || t(&format!("{key}-side"))
                    disabled=move || during.get().is_none()
                    on:change=move |event| side(event_target_value(&event))
                >
                    <option value="inside" selected=move || !outside()>
                        {move || t(&format!("{key}-inside"))}
                    </option>
                    <option value="outside" selected=outside>
                        {move || t(&format!("{key}-outside"))}
                    </option>
                </select>
            </div>
            <Errors id=format!("{id}-errors") errors />
        </div>
    }
}

/// The schedules that the user can link, and the one that is linked although it is gone.
fn options(store: DraftStore, kind: ScheduleType, during: Signal<Option<During>>) -> impl IntoView {
    let chosen = move |id: ScheduleId| during.get().is_some_and(|d| d.schedule == id);
    let context = store.context();
    let known: Vec<_> = context
        .iter()
        .flat_map(|context| context.schedules_of(kind))
        .map(|entry| entry.schedule.clone())
        .collect();
    let gone = during
        .get_untracked()
        .filter(|d| known.iter().all(|s| s.id != d.schedule));
    let gone = gone.map(|d| {
        view! {
            <option value=d.schedule.to_string() selected=true>
                {t("schedule-gone")}
            </option>
        }
    });
    let known = known.into_iter().map(|schedule| {
        let id = schedule.id;
        view! {
            <option value=id.to_string() selected=move || chosen(id)>
                {schedule.name}
            </option>
        }
    });
    (known.collect_view(), gone)
}
