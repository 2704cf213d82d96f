//! The path of a call: a vertical line of steps. Plain words in, a picture out; who finds the words is left to
//! whoever shows a path.

mod path_step;
mod why;

pub(crate) use path_step::{PathStep, Reason, Tone};

use leptos::prelude::*;
use path_step::PathStepItem;

/// The steps, in order.
#[component]
pub(crate) fn Path(
    /// The steps.
    #[prop(into)]
    steps: Signal<Vec<PathStep>>,
    /// What the list is called by screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <ol class="path" aria-label=label>
            {move || {
                steps.get().into_iter().map(|step| view! { <PathStepItem step /> }).collect_view()
            }}
        </ol>
    }
}
