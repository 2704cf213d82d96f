//! The path of a call: a vertical line of stations. Plain words in, a picture out; who finds the words is left to
//! whoever shows a path.

mod stop;
mod why;

pub(crate) use stop::{Reason, Stop, Tone};

use leptos::prelude::*;
use stop::StopItem;

/// The stations, in order.
#[component]
pub(crate) fn Path(
    /// The stations.
    #[prop(into)]
    stops: Signal<Vec<Stop>>,
    /// What the list is called by screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <ol class="path" aria-label=label>
            {move || stops.get().into_iter().map(|stop| view! { <StopItem stop /> }).collect_view()}
        </ol>
    }
}
