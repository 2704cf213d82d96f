//! What the looks of a strip mean.

use super::segment::Look;
use crate::text::t;
use leptos::prelude::*;

/// The legend.
#[component]
pub(crate) fn Legend() -> impl IntoView {
    let entry = |look: Look| {
        view! {
            <span>
                <i class=look.name()></i>
                {move || t(look.name())}
            </span>
        }
    };
    view! { <p class="strip-legend">{Look::ALL.map(entry)}</p> }
}
