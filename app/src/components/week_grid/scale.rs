//! The names along the grid: days above, hours at the left.

use crate::text::t;
use leptos::prelude::*;

/// Hours between two names.
const STEP: u8 = 3;

/// The names. Blocks name their own times, so screen readers do without these.
#[component]
pub(super) fn Scale() -> impl IntoView {
    let day = |day: u8| view! { <span>{move || t(&format!("weekday-short-{day}"))}</span> };
    let hour = |step: u8| view! { <span>{format!("{:02}", step * STEP)}</span> };
    view! {
        <div class="week-days" aria-hidden="true">
            {(0..7).map(day).collect_view()}
        </div>
        <div class="week-hours" aria-hidden="true">
            {(0..=24 / STEP).map(hour).collect_view()}
        </div>
    }
}
