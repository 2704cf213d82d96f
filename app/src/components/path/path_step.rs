//! One step of a path.

use super::why::Why;
use leptos::prelude::*;

/// How a step looks.
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

/// A step in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathStep {
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
    /// Whether it acted.
    pub(crate) fired: bool,
    /// What it is called.
    pub(crate) name: String,
    /// Why it acted, or did not.
    pub(crate) text: String,
}

/// A step as a point on the line.
#[component]
pub(crate) fn PathStepItem(
    /// The step.
    step: PathStep,
) -> impl IntoView {
    let class = match step.tone {
        Tone::Quiet => "path-quiet",
        Tone::Hot => "path-hot",
        Tone::End => "path-end",
        Tone::Stop => "path-step",
    };
    view! {
        <li class=class>
            <span class="path-title">{step.title}</span>
            {(!step.detail.is_empty()).then(|| view! { <p>{step.detail}</p> })}
            {(!step.reasons.is_empty())
                .then(|| view! { <Why ask=step.ask reasons=step.reasons /> })}
        </li>
    }
}
