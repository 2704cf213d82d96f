//! The dialogs of the services page: editing, leaving with unsaved changes, and a conflict with another's save.

use super::save::Saving;
use crate::components::{ConflictDialog, LeaveDialog, ServiceConflict};
use crate::draft::DraftStore;
use crate::form::EditDialog;
use crate::guard;
use crate::sentence;
use crate::text::{day_and_time, t};
use centrale_core::api::services::{Conflict, Newer};
use centrale_core::service::{ServiceId, find};
use centrale_core::time::Timestamp;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The dialogs.
#[component]
pub(super) fn Dialogs(
    /// The draft.
    store: DraftStore,
    /// Saving it.
    save: Saving,
) -> impl IntoView {
    let edited = Memo::new(move |_| store.opened.get().map(|opened| opened.service));
    let edit = move || {
        let entry = edited.get().and_then(|service| find(service.0))?;
        Some(view! { <EditDialog entry store /> })
    };
    let pending = guard::pending();
    let waits = pending.clone();
    let leave = move || waits.get().map(|to| view! { <Leave to store save /> });
    let conflict = move || {
        store
            .conflict
            .get()
            .map(|conflict| view! { <SaveConflict conflict store save /> })
    };
    view! {
        {edit}
        {leave}
        {conflict}
    }
}

#[component]
fn Leave(to: String, store: DraftStore, save: Saving) -> impl IntoView {
    let pending = guard::pending();
    let navigate = use_navigate();
    let stay = {
        let pending = pending.clone();
        Callback::new(move |()| pending.set(None))
    };
    let discard = {
        let to = to.clone();
        Callback::new(move |()| {
            guard::clear();
            store.reset();
            navigate(&to, NavigateOptions::default());
        })
    };
    let save_first = Callback::new(move |()| {
        pending.set(None);
        save.run.run(Some(to.clone()));
    });
    let count = Signal::derive(move || store.count());
    view! { <LeaveDialog count on_stay=stay on_discard=discard on_save=save_first /> }
}

#[component]
fn SaveConflict(conflict: Conflict, store: DraftStore, save: Saving) -> impl IntoView {
    let services = untrack(|| {
        conflict
            .current
            .iter()
            .filter_map(|newer| service_conflict(newer, store))
            .collect()
    });
    let close = Callback::new(move |()| store.conflict.set(None));
    let choose = Callback::new(move |taken: Vec<ServiceId>| {
        store.conflict.set(None);
        store.adopt(
            conflict
                .current
                .iter()
                .map(|newer| newer.setting.clone())
                .collect(),
        );
        for service in taken {
            store.forget(service);
        }
        save.run.run(None);
    });
    view! { <ConflictDialog services on_close=close on_choose=choose /> }
}

fn service_conflict(newer: &Newer, store: DraftStore) -> Option<ServiceConflict> {
    let entry = find(newer.setting.service.0)?;
    let context = store.context()?;
    let shared = |service| store.settings(service);
    let at = day_and_time(context.card.location.zone.local(Timestamp(newer.at)));
    Some(ServiceConflict {
        service: entry.id,
        who: t!("conflict-who", who = newer.by, at = at),
        theirs: sentence::of_service(entry, &newer.setting.settings, &shared, &context).text(),
        mine: sentence::of_service(entry, &store.settings(entry.id), &shared, &context).text(),
    })
}
