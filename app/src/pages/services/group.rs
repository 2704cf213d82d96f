//! A group of services on the page.

use crate::components::{ServiceFilterChoice, ServiceRow};
use crate::draft::DraftStore;
use crate::sentence;
use crate::session::LoggedIn;
use crate::text::t;
use centrale_core::api::services::Setting;
use centrale_core::service::{CATALOGUE, Entry, Group};
use leptos::prelude::*;
use serde_json::Value;

/// The group; it is not there when the filter leaves nothing of it.
#[component]
pub(super) fn ServiceGroup(
    /// Which group.
    group: Group,
    /// The user's services.
    store: DraftStore,
    /// The filter.
    #[prop(into)]
    shown: Signal<ServiceFilterChoice>,
) -> impl IntoView {
    let key = match group {
        Group::Forwarding => "group-forwarding",
        Group::Blocking => "group-blocking",
        Group::Ringing => "group-ringing",
        Group::Messages => "group-messages",
        Group::Calling => "group-calling",
        Group::Team => "group-team",
    };
    let of_group = move || CATALOGUE.iter().filter(move |entry| entry.group == group);
    let entries = Memo::new(move |_| {
        of_group()
            .filter(|entry| passes(entry, store, shown.get()))
            .map(|entry| entry.id)
            .collect::<Vec<_>>()
    });
    let rows = move || {
        of_group()
            .filter(|entry| entries.with(|ids| ids.contains(&entry.id)))
            .collect::<Vec<_>>()
    };
    view! {
        <Show when=move || !entries.with(Vec::is_empty)>
            <section class="group" aria-labelledby=key>
                <h2 id=key>{move || t(key)}</h2>
                <ul class="card">
                    <For each=rows key=|entry| entry.id let:entry>
                        {row(entry, store)}
                    </For>
                </ul>
            </section>
        </Show>
    }
}

fn row(entry: &'static Entry, store: DraftStore) -> impl IntoView {
    let id = entry.id;
    let unavailable = untrack(|| setting(store, entry)).and_then(|setting| setting.unavailable);
    let words = Memo::new(move |_| {
        let shared = |service| store.settings(service);
        store
            .context()
            .map(|context| sentence::of_service(entry, &store.settings(id), &shared, &context))
            .unwrap_or_default()
    });
    view! {
        <ServiceRow
            service=id
            unavailable
            locked=entry.admin && !LoggedIn::from_context().is_admin()
            on=Signal::derive(move || active(store, entry))
            target=Signal::derive(move || words.with(|words| words.target.clone()))
            summary=Signal::derive(move || words.with(|words| words.rest.clone()))
            changed=Signal::derive(move || store.changed(id))
            flawed=Signal::derive(move || unavailable.is_none() && !store.errors(id).is_empty())
            on_switch=Callback::new(move |on| store.switch(id, on))
            on_edit=Callback::new(move |()| store.open(id))
        />
    }
}

fn setting(store: DraftStore, entry: &Entry) -> Option<Setting> {
    store
        .saved()
        .into_iter()
        .find(|setting| setting.service == entry.id)
}

fn active(store: DraftStore, entry: &Entry) -> Option<bool> {
    store
        .settings(entry.id)
        .get("active")
        .and_then(Value::as_bool)
}

/// Whether the filter shows a service.
pub(super) fn passes(entry: &Entry, store: DraftStore, shown: ServiceFilterChoice) -> bool {
    match shown {
        ServiceFilterChoice::All => true,
        ServiceFilterChoice::Of(direction) => entry.direction == direction,
        ServiceFilterChoice::Active => {
            active(store, entry) == Some(true)
                && setting(store, entry).is_some_and(|s| s.unavailable.is_none())
        }
    }
}
