//! Light, dark, or as the system has it. `public/theme.js` applies the choice before the first paint.

use super::{Icon, IconName};
use crate::storage;
use crate::text::t;
use leptos::prelude::*;

const STORED: &str = "centrale-theme";
/// Each theme with its icon, in the order of the switch.
const THEMES: [(&str, IconName); 3] = [
    ("auto", IconName::Auto),
    ("light", IconName::Sun),
    ("dark", IconName::Moon),
];

/// The theme switch: each press takes the next theme.
#[component]
pub(crate) fn ThemeSwitch() -> impl IntoView {
    let stored = storage::get(STORED);
    let first = THEMES
        .iter()
        .position(|(name, _)| stored.as_deref() == Some(*name))
        .unwrap_or(0);
    let chosen = RwSignal::new(first);
    let name = move || t(&format!("theme-{}", THEMES[chosen.get()].0));
    let next = move |_| {
        chosen.update(|place| *place = (*place + 1) % THEMES.len());
        apply(THEMES[chosen.get_untracked()].0);
    };
    view! {
        <button type="button" class="icon-button" aria-label=name title=name on:click=next>
            {move || view! { <Icon name=THEMES[chosen.get()].1 /> }}
        </button>
    }
}

fn apply(theme: &str) {
    let Some(root) = document().document_element() else {
        return;
    };
    if theme == "auto" {
        storage::forget(STORED);
        let _ = root.remove_attribute("data-theme");
    } else {
        storage::set(STORED, theme);
        let _ = root.set_attribute("data-theme", theme);
    }
}
