//! Finds somebody to add: a text field with those found below it, all by keyboard.

use crate::text::t;
use centrale_core::id::UserId;
use leptos::{ev, prelude::*};

/// The field.
#[component]
pub(crate) fn Finder(
    /// Its id.
    id: String,
    /// The key of its label.
    label: &'static str,
    /// What is typed.
    query: RwSignal<String>,
    /// Those found for it, as they are shown.
    #[prop(into)]
    found: Signal<Vec<(UserId, String)>>,
    /// Somebody was chosen.
    on_choose: Callback<UserId>,
) -> impl IntoView {
    let at = RwSignal::new(0usize);
    let open = move || !query.with(|query| query.trim().is_empty());
    let choose = move |user: UserId| {
        query.set(String::new());
        at.set(0);
        on_choose.run(user);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => {
                if let Some(user) =
                    found.with_untracked(|found| found.get(at.get_untracked()).map(|f| f.0))
                {
                    choose(user);
                }
            }
            "Escape" if untrack(open) => {
                query.set(String::new());
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    };
    let list = format!("{id}-found");
    let stem = StoredValue::new(id.clone());
    let option = move |(place, (user, words)): (usize, (UserId, String))| {
        view! {
            <li role="option" id=format!("{}-{place}", stem.get_value()) aria-selected=move || (at.get() == place).to_string()
                on:pointerdown=move |event| {
                    event.prevent_default();
                    choose(user);
                }>
                {words}
            </li>
        }
    };
    view! {
        <div class="finder">
            <label for=id.clone()>{move || t(label)}</label>
            <input type="text" role="combobox" autocomplete="off" aria-autocomplete="list" id=id
                aria-controls=list.clone()
                aria-expanded=move || open().to_string()
                aria-activedescendant=move || open().then(|| format!("{}-{}", stem.get_value(), at.get()))
                prop:value=query
                on:input=move |event| {
                    at.set(0);
                    query.set(event_target_value(&event));
                }
                on:keydown=on_key/>
            <ul id=list role="listbox" aria-label=move || t("search-found") hidden=move || !open()>
                {move || found.get().into_iter().enumerate().map(option).collect_view()}
                <Show when=move || found.with(Vec::is_empty)>
                    <li class="none" role="option" aria-disabled="true" aria-selected="false">{move || t("search-none")}</li>
                </Show>
            </ul>
        </div>
    }
}
