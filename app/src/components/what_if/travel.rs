//! The week strip with its days and the steps to other weeks: time travel.

use crate::components::week_strip::{Legend, Segment, WEEK, WeekStrip};
use crate::components::{Icon, IconName};
use crate::text::t;
use centrale_core::time::{Timestamp, Zone, date_of_day};
use chrono::Datelike;
use leptos::prelude::*;

/// The strip around a moment.
#[component]
pub(crate) fn Travel(
    /// What the week looks like.
    #[prop(into)]
    segments: Signal<Vec<Segment>>,
    /// The moment of the call.
    #[prop(into)]
    at: Signal<Timestamp>,
    /// The zone of the location.
    #[prop(into)]
    zone: Signal<Zone>,
    /// How a call at the moment ends.
    #[prop(into)]
    outcome: Signal<String>,
    /// The moment is to be another one.
    on_travel: Callback<Timestamp>,
) -> impl IntoView {
    let local = Memo::new(move |_| zone.with(|zone| zone.local(at.get())));
    let cursor = Memo::new(move |_| local.get().minute_of_week());
    let monday = Memo::new(move |_| local.get().day - i32::from(cursor.get() / 1440));
    let to = move |minute: i32| {
        let (week, minute) = (
            minute.div_euclid(i32::from(WEEK)),
            minute.rem_euclid(i32::from(WEEK)),
        );
        let day = monday.get_untracked() + week * 7 + minute / 1440;
        on_travel.run(
            zone.with_untracked(|zone| zone.instant(date_of_day(day), (minute % 1440) as u16)),
        );
    };
    let value = Signal::derive(move || {
        let day = t(&format!("weekday-{}", cursor.get() / 1440));
        let time = super::names::clock(local.get().minute_of_day());
        t!(
            "strip-value",
            day = day,
            time = time,
            outcome = outcome.get()
        )
    });
    let title = move || {
        let date = date_of_day(monday.get());
        t!(
            "strip-week",
            day = date.day(),
            month = t(&format!("month-{}", date.month()))
        )
    };
    let step = move |weeks: i32, key: &'static str| {
        let name = move || t(key);
        view! {
            <button
                type="button"
                class="icon-button"
                class:back=weeks < 0
                aria-label=name
                title=name
                on:click=move |_| to(i32::from(cursor.get_untracked()) + weeks * i32::from(WEEK))
            >
                <Icon name=IconName::Chevron />
            </button>
        }
    };
    let day = move |day: i32| {
        let date = move || date_of_day(monday.get() + day).day();
        view! { <span>{move || t(&format!("weekday-short-{day}"))} " " <small>{date}</small></span> }
    };
    view! {
        <div class="strip-head">
            {step(-1, "strip-before")} <h3>{title}</h3> {step(1, "strip-after")}
        </div>
        <WeekStrip segments cursor value on_move=Callback::new(to) />
        <div class="strip-days" aria-hidden="true">
            {(0..7).map(day).collect_view()}
        </div>
        <Legend segments />
    }
}
