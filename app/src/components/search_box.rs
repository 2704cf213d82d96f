//! Search for a user by name or number: a text field with the users found below it, all by keyboard.

use super::Icon;
use crate::text::t;
use centrale_core::api::users::Listed;
use centrale_core::id::UserId;
use centrale_core::number::pretty;
use leptos::{ev, prelude::*};

/// The search.
#[component]
pub(crate) fn SearchBox(
    /// What is typed.
    query: RwSignal<String>,
    /// The users found for it.
    #[prop(into)]
    found: Signal<Vec<Listed>>,
    /// A user was chosen.
    on_choose: Callback<UserId>,
) -> impl IntoView {
    let at = RwSignal::new(0usize);
    let focused = RwSignal::new(false);
    let open = move || focused.get() && !query.with(String::is_empty);
    let choose = move |user: UserId| {
        query.set(String::new());
        focused.set(false);
        on_choose.run(user);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => {
                if let Some(user) =
                    found.with_untracked(|found| found.get(at.get_untracked()).map(|u| u.id))
                {
                    choose(user);
                }
            }
            "Escape" => query.set(String::new()),
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |(place, user): (usize, Listed)| {
        let number = user
            .number
            .map(pretty)
            .or_else(|| user.extension.map(|e| e.to_string()))
            .unwrap_or_default();
        view! {
            <li
                role="option"
                id=format!("search-{place}")
                aria-selected=move || (at.get() == place).to_string()
                on:pointerdown=move |event| {
                    event.prevent_default();
                    choose(user.id);
                }
            >
                <b>{user.name}</b>
                <span>{number}</span>
                <small>{user.location}</small>
            </li>
        }
    };
    view! {
        <div class="search" role="search">
            <Icon name="search"/>
            <input
                type="text"
                role="combobox"
                autocomplete="off"
                aria-autocomplete="list"
                aria-controls="search-found"
                aria-label=move || t("search")
                placeholder=move || t("search-hint")
                aria-expanded=move || open().to_string()
                aria-activedescendant=move || open().then(|| format!("search-{}", at.get()))
                prop:value=query
                on:input=move |event| {
                    at.set(0);
                    focused.set(true);
                    query.set(event_target_value(&event));
                }
                on:keydown=on_key
                on:focus=move |_| focused.set(true)
                on:blur=move |_| focused.set(false)
            />
            <ul id="search-found" role="listbox" aria-label=move || t("search-found") hidden=move || !open()>
                {move || found.get().into_iter().enumerate().map(option).collect_view()}
                <Show when=move || found.with(Vec::is_empty)>
                    <li class="none" role="option" aria-disabled="true" aria-selected="false">{t("search-none")}</li>
                </Show>
            </ul>
        </div>
    }
}
