//! The dialog (*Bewerken*) in which a service is set: what it does, its switch and its form.

use super::ServiceForm;
use crate::components::{Dialog, Errors};
use crate::draft::DraftStore;
use crate::focus::focus_first;
use crate::text::t;
use centrale_core::service::Entry;
use leptos::prelude::*;

/// The control of the first field that holds something wrong.
const FIRST_ERROR: &str = "dialog[open] [aria-invalid='true'], dialog[open] .wrong select";

/// The dialog of one service.
#[component]
pub(crate) fn EditDialog(
    /// The service.
    entry: &'static Entry,
    /// The draft that is edited.
    store: DraftStore,
) -> impl IntoView {
    let id = entry.id;
    let cancel = Callback::new(move |()| store.cancel());
    let flawed = move || {
        let shared = entry.form.iter().filter_map(|field| field.shared);
        std::iter::once(id)
            .chain(shared)
            .any(|service| !store.errors(service).is_empty())
    };
    let as_a_whole = Signal::derive(move || {
        store
            .errors(id)
            .into_iter()
            .filter(|error| error.field.is_empty())
            .map(|error| error.code)
            .collect::<Vec<_>>()
    });
    let done = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if untrack(flawed) {
            focus_first(FIRST_ERROR);
        } else {
            store.opened.set(None);
        }
    };
    let switched = move || {
        store
            .settings(id)
            .get("active")
            .and_then(serde_json::Value::as_bool)
    };
    let with_switch = untrack(switched).is_some();
    let switch = with_switch.then(|| {
        view! {
            <div class="check">
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    id="edit-active"
                    prop:checked=move || switched() == Some(true)
                    on:change=move |event| {
                        let mut settings = store.settings(id);
                        settings["active"] = event_target_checked(&event).into();
                        store.set(id, settings);
                    }
                />
                <label for="edit-active">{move || t("switched-on")}</label>
            </div>
        }
    });
    view! {
        <Dialog
            title=Signal::derive(move || t(&format!("service-{id}-name")))
            on_close=cancel
            class="wide beside"
        >
            <form class="edit" on:submit=done novalidate>
                <p class="hint">{move || t(&format!("service-{id}-description"))}</p>
                {switch}
                <Errors id="edit-errors".into() errors=as_a_whole />
                <ServiceForm entry store />
                <footer>
                    <button type="button" class="button quiet" on:click=move |_| cancel.run(())>
                        {move || t("cancel")}
                    </button>
                    <button type="submit" class="button primary">
                        {move || t("done")}
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}
