//! What the line of the user does.

use super::fields::WhatIfFields;
use super::segmented::Segmented;
use crate::text::t;
use centrale_core::what_if::LineScript;
use leptos::prelude::*;

static CHOICES: &[(LineScript, &str)] = &[
    (LineScript::Answers, "whatif-line-answers"),
    (LineScript::Busy, "whatif-line-busy"),
    (LineScript::NoAnswer, "whatif-line-no-answer"),
    (LineScript::Unreachable, "whatif-line-unreachable"),
];

/// What the line of the user does.
#[component]
pub(crate) fn LineField(
    /// The fields of the question.
    fields: WhatIfFields,
) -> impl IntoView {
    view! {
        <span class="label" aria-hidden="true">
            {move || t("whatif-line")}
        </span>
        <Segmented chosen=fields.line choices=CHOICES label=Signal::derive(|| t("whatif-line")) />
    }
}
