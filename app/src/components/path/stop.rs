//! One station of a path.

use super::why::Why;
use leptos::prelude::*;

/// How a station looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// The call passed.
    Quiet,
    /// The call was sent elsewhere.
    Hot,
    /// The call ended at a person or a mailbox.
    End,
    /// The call was refused, or reached nobody.
    Stop,
}

/// A station in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    /// How it looks.
    pub(crate) tone: Tone,
    /// What happened.
    pub(crate) title: String,
    /// More of it; may be empty.
    pub(crate) detail: String,
    /// What opens the reasons, as "Why?"; empty: there are none.
    pub(crate) ask: String,
    /// The reasons.
    pub(crate) reasons: Vec<Reason>,
}

/// A reason: of a rule, or of a service among several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// It acted.
    pub(crate) fired: bool,
    /// What it is called.
    pub(crate) name: String,
    /// Why it acted, or did not.
    pub(crate) text: String,
}

/// A station.
#[component]
pub(crate) fn StopItem(
    /// The station.
    stop: Stop,
) -> impl IntoView {
    let class = match stop.tone {
        Tone::Quiet => "path-quiet",
        Tone::Hot => "path-hot",
        Tone::End => "path-end",
        Tone::Stop => "path-stop",
    };
    view! {
        <li class=class>
            <span class="path-title">{stop.title}</span>
            {(!stop.detail.is_empty()).then(|| view! { <p>{stop.detail}</p> })}
            {(!stop.reasons.is_empty()).then(|| view! { <Why ask=stop.ask reasons=stop.reasons /> })}
        </li>
    }
}
