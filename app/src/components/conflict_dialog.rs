//! Somebody else saved the same services: theirs beside yours, and a choice for each.

use super::Dialog;
use crate::ids;
use crate::text::t;
use centrale_core::service::ServiceId;
use leptos::prelude::*;

/// One service that two people changed.
#[derive(Clone, PartialEq)]
pub(crate) struct ServiceConflict {
    /// The service.
    pub(crate) service: ServiceId,
    /// Who saved it, and when.
    pub(crate) who: String,
    /// What they made it do.
    pub(crate) theirs: String,
    /// What the reader wants it to do.
    pub(crate) mine: String,
}

/// The choice between what two people saved.
#[component]
pub(crate) fn ConflictDialog(
    /// The services.
    services: Vec<ServiceConflict>,
    /// Go on editing.
    on_close: Callback<()>,
    /// The services of which the other's settings are taken; the reader's are kept for the rest.
    on_choose: Callback<Vec<ServiceId>>,
) -> impl IntoView {
    let taken = RwSignal::new(Vec::<ServiceId>::new());
    let rows = services
        .into_iter()
        .map(|conflict| view! { <ServiceConflictRow conflict taken /> })
        .collect_view();
    view! {
        <Dialog title=Signal::derive(|| t("conflict")) on_close=on_close>
            <div class="body service-conflict">
                <p>{move || t("conflict-hint")}</p>
                {rows}
            </div>
            <footer>
                <button type="button" class="button quiet" on:click=move |_| on_close.run(())>
                    {move || t("conflict-later")}
                </button>
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| on_choose.run(taken.get_untracked())
                >
                    {move || t("conflict-go-on")}
                </button>
            </footer>
        </Dialog>
    }
}

/// The two sides of one service.
#[component]
fn ServiceConflictRow(conflict: ServiceConflict, taken: RwSignal<Vec<ServiceId>>) -> impl IntoView {
    let service = conflict.service;
    let group = ids::unique("conflict");
    let takes = move || taken.with(|taken| taken.contains(&service));
    let side = |theirs: bool, key: &'static str, words: &str| {
        let id = format!("{group}-{key}");
        view! {
            <div class="check">
                <input
                    type="radio"
                    name=group.clone()
                    id=id.clone()
                    prop:checked=move || takes() == theirs
                    on:change=move |_| {
                        taken
                            .update(|taken| {
                                taken.retain(|known| *known != service);
                                if theirs {
                                    taken.push(service);
                                }
                            });
                    }
                />
                <label for=id>{move || t(key)}": "{words.to_owned()}</label>
            </div>
        }
    };
    view! {
        <fieldset>
            <legend>{move || t(&format!("service-{service}-name"))}</legend>
            <p class="hint">{conflict.who.clone()}</p>
            {side(false, "conflict-mine", &conflict.mine)}
            {side(true, "conflict-theirs", &conflict.theirs)}
        </fieldset>
    }
}
