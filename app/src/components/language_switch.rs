//! Dutch or English, without leaving the page.

use crate::text::{self, t};
use centrale_core::organisation::Language;
use leptos::prelude::*;

/// The language switch.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let button = |language: Language, short: &'static str, name: &'static str| {
        view! {
            <button
                type="button"
                lang=text::tag(language)
                aria-label=name
                aria-pressed=move || (text::language() == language).to_string()
                on:click=move |_| text::choose(language)
            >
                {short}
            </button>
        }
    };
    view! {
        <div class="segments small" role="group" aria-label=move || t("language")>
            {button(Language::Nl, "NL", "Nederlands")}
            {button(Language::En, "EN", "English")}
        </div>
    }
}
