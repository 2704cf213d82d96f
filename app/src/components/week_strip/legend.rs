//! What the looks of a strip mean.

use super::segment::{Look, Segment};
use crate::text::t;
use leptos::prelude::*;

/// The legend; what is not known stands in it where there is some.
#[component]
pub(crate) fn Legend(
    /// What the week looks like.
    #[prop(into)]
    segments: Signal<Vec<Segment>>,
) -> impl IntoView {
    let unknown =
        Memo::new(move |_| segments.with(|all| all.iter().any(|one| one.look == Look::Unknown)));
    let entry = |look: Look| {
        view! {
            <span>
                <i class=look.name() />
                {move || t(look.name())}
            </span>
        }
    };
    let looks = move || {
        Look::ALL
            .into_iter()
            .filter(move |look| *look != Look::Unknown || unknown.get())
    };
    view! { <p class="strip-legend">{move || looks().map(entry).collect_view()}</p> }
}
