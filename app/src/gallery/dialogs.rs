//! The dialogs, each opened by a button: while one is open, nothing else can be used.

use super::piece::Piece;
use super::samples::{card, nothing, service};
use crate::components::{ConflictDialog, Dialog, LeaveDialog, ServiceConflict};
use crate::draft::{CheckContext, DraftStore};
use crate::form::EditDialog;
use centrale_core::id::UserId;
use leptos::prelude::*;

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Plain,
    Question,
    Conflict,
    Edit,
}

/// The dialogs.
#[component]
pub(super) fn Dialogs() -> impl IntoView {
    let open = RwSignal::new(None::<Open>);
    let button = move |which: Open, name: &'static str| {
        view! {
            <button type="button" class="button" on:click=move |_| open.set(Some(which))>
                {name}
            </button>
        }
    };
    let close = Callback::new(move |()| open.set(None));
    let dialog = move || {
        Some(match open.get()? {
            Open::Plain => view! {
                <Dialog title=Signal::stored("Dialog".to_owned()) on_close=close>
                    <div class="body">
                        <p>"What a dialog holds."</p>
                    </div>
                    <footer>
                        <button
                            type="button"
                            class="button primary"
                            on:click=move |_| close.run(())
                        >
                            "OK"
                        </button>
                    </footer>
                </Dialog>
            }
            .into_any(),
            Open::Question => view! { <LeaveDialog count=Signal::stored(2) on_stay=close on_discard=close on_save=close /> }
            .into_any(),
            Open::Conflict => view! { <ConflictDialog services=conflicts() on_close=close on_choose=nothing() /> }
            .into_any(),
            Open::Edit => edit(open).into_any(),
        })
    };
    view! {
        <Piece name="Dialog">
            <p class="gallery-buttons">
                {button(Open::Plain, "Dialog")} {button(Open::Question, "LeaveDialog")}
                {button(Open::Conflict, "ConflictDialog")} {button(Open::Edit, "EditDialog")}
            </p>
        </Piece>
        {dialog}
    }
}

fn conflicts() -> Vec<ServiceConflict> {
    let conflict = |id| {
        Some(ServiceConflict {
            service: service(id)?.id,
            who: "Daan Visser, 09:41".to_owned(),
            theirs: "→ 143".to_owned(),
            mine: "→ 06 5550 1199".to_owned(),
        })
    };
    ["forwarding-always", "forwarding-busy"]
        .into_iter()
        .filter_map(conflict)
        .collect()
}

/// A service whose settings lack a number.
fn edit(open: RwSignal<Option<Open>>) -> impl IntoView {
    let context = CheckContext {
        card: card(),
        schedules: Vec::new(),
    };
    let store = DraftStore::new(UserId(1), Signal::stored(Some(context)));
    let entry = service("forwarding-busy")?;
    store.switch(entry.id, true);
    store.open(entry.id);
    Effect::new(move || {
        if store.opened.with(Option::is_none) {
            open.set(None);
        }
    });
    Some(view! { <EditDialog entry store /> })
}
