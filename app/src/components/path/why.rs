//! The reasons behind a step, folded until somebody asks.

use super::Reason;
use leptos::prelude::*;

/// "Why?", and the answer.
#[component]
pub(crate) fn Why(
    /// What opens the reasons.
    ask: String,
    /// The reasons.
    reasons: Vec<Reason>,
) -> impl IntoView {
    let reason = |reason: Reason| {
        let Reason { fired, name, text } = reason;
        view! {
            <li class:fired=fired>
                <b>{name}</b>
                " "
                <span>{text}</span>
            </li>
        }
    };
    view! {
        <details class="why">
            <summary>{ask}</summary>
            <ul>{reasons.into_iter().map(reason).collect_view()}</ul>
        </details>
    }
}
