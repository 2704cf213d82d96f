//! A text field with those found for it in a list below, all by keyboard (the combobox pattern of ARIA).

use crate::text::t;
use leptos::{ev, prelude::*};

/// The field and its list, for a wrapper that gives them their look.
#[component]
pub(crate) fn Combobox<T>(
    /// The id of the field. Its list is `ID-found`, an option `ID-0` and so on.
    id: String,
    /// What is typed.
    query: RwSignal<String>,
    /// Those found for it, best first.
    #[prop(into)]
    found: Signal<Vec<T>>,
    /// Draws an option.
    option: fn(T) -> AnyView,
    /// An option was chosen.
    on_choose: Callback<T>,
    /// The list lies over the page, so it is there only while the field has the focus.
    #[prop(optional)]
    overlay: bool,
    /// The name of the field, where no label stands beside it.
    #[prop(into, optional)]
    name: Option<Signal<String>>,
    /// What stands in the field while it is empty.
    #[prop(into, optional)]
    placeholder: Option<Signal<String>>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let at = RwSignal::new(0usize);
    let focused = RwSignal::new(false);
    let open = move || (!overlay || focused.get()) && query.with(|query| !query.trim().is_empty());
    let choose = move |index: usize| {
        let Some(chosen) = found.with_untracked(|found| found.get(index).cloned()) else {
            return;
        };
        query.set(String::new());
        at.set(0);
        focused.set(false);
        on_choose.run(chosen);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => choose(at.get_untracked()),
            // A dialog around the field would close as well.
            "Escape" if untrack(open) => {
                query.set(String::new());
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    };
    let stem = StoredValue::new(id.clone());
    // The option in hand; there is none to point at when nothing was found.
    let active = move || {
        let any = open() && !found.with(Vec::is_empty);
        any.then(|| format!("{}-{}", stem.get_value(), at.get()))
    };
    let list = format!("{id}-found");
    let item = move |(index, found): (usize, T)| {
        view! {
            <li
                role="option"
                id=format!("{}-{index}", stem.get_value())
                aria-selected=move || (at.get() == index).to_string()
                on:pointerdown=move |event| {
                    event.prevent_default();
                    choose(index);
                }
            >
                {option(found)}
            </li>
        }
    };
    view! {
        <input
            type="text"
            role="combobox"
            autocomplete="off"
            aria-autocomplete="list"
            id=id
            aria-controls=list.clone()
            aria-label=name
            placeholder=placeholder
            aria-expanded=move || open().to_string()
            aria-activedescendant=active
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
        <ul id=list role="listbox" aria-label=move || t("search-found") hidden=move || !open()>
            {move || found.get().into_iter().enumerate().map(item).collect_view()}
            <Show when=move || found.with(Vec::is_empty)>
                <li class="none" role="option" aria-disabled="true" aria-selected="false">
                    {move || t("search-none")}
                </li>
            </Show>
        </ul>
    }
}
