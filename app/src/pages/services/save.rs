//! Saves the draft, and tells how it went.

use crate::client::call;
use crate::draft::DraftStore;
use crate::guard;
use crate::text::t;
use centrale_core::api::services::Put;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::time::Duration;

/// How long the word that changes were saved stays.
const TOLD: Duration = Duration::from_secs(4);

/// Saving, as the page's controls use it.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    /// It is under way.
    pub(super) busy: RwSignal<bool>,
    /// Why it failed; empty: it did not.
    pub(super) problem: RwSignal<String>,
    /// It succeeded just now.
    pub(super) saved: RwSignal<bool>,
    /// Saves, then goes to a page if one is given.
    pub(super) run: Callback<Option<String>>,
}

/// Saving of a draft.
pub(super) fn use_save(store: DraftStore) -> Saving {
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(String::new());
    let saved = RwSignal::new(false);
    let navigate = use_navigate();
    let run = Callback::new(move |then: Option<String>| {
        if busy.get_untracked() || untrack(|| store.count()) == 0 {
            return;
        }
        if let Some(service) = store.first_flawed() {
            problem.set(t("save-incomplete"));
            store.open(service);
            return;
        }
        busy.set(true);
        problem.set(String::new());
        let navigate = navigate.clone();
        spawn_local(async move {
            match call::<Put>(store.user, store.save()).await {
                Ok(settings) => {
                    store.was_saved(settings);
                    saved.set(true);
                    set_timeout(
                        move || {
                            saved.try_set(false);
                        },
                        TOLD,
                    );
                    if let Some(to) = then {
                        guard::clear();
                        navigate(&to, NavigateOptions::default());
                    }
                }
                Err(failure) => {
                    if let Some(conflict) = failure.conflict::<Put>() {
                        store.conflict.set(Some(conflict));
                    } else {
                        store.was_refused(failure.fields());
                        problem.set(failure.text());
                    }
                }
            }
            busy.set(false);
        });
    });
    Saving {
        busy,
        problem,
        saved,
        run,
    }
}
