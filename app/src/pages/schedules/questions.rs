//! The questions of the page: leave without saving? delete? and why not.

use super::editor::{Editor, Wanted};
use super::save_bar::save_then;
use super::view::UseList;
use crate::components::{Dialog, LeaveDialog};
use crate::guard;
use crate::text::t;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The dialogs; each is there while its question is open.
#[component]
pub(crate) fn Questions(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let pending = guard::pending();
    let asks = {
        let pending = pending.clone();
        move || pending.get().is_some() || editor.wanted.get().is_some()
    };
    view! {
        <Show when=asks>
            <Leave editor />
        </Show>
        <Show when=move || editor.deleting.get()>
            <DeleteDialog editor />
        </Show>
        <Show when=move || !editor.in_use.with(Vec::is_empty)>
            <InUseDialog editor />
        </Show>
    }
}

/// Unsaved changes: save, forget or stay.
#[component]
fn Leave(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let navigate = use_navigate();
    let stay = move || {
        guard::pending().set(None);
        editor.wanted.set(None);
    };
    let to = move || {
        (
            guard::pending().get_untracked(),
            editor.wanted.get_untracked(),
        )
    };
    let leave = move |(page, wanted): (Option<String>, Option<Wanted>)| {
        editor.open(wanted.unwrap_or(Wanted::Nothing));
        guard::clear();
        if let Some(page) = page {
            navigate(&page, NavigateOptions::default());
        }
    };
    let saved = leave.clone();
    let on_save = Callback::new(move |()| {
        let (to, saved) = (to(), saved.clone());
        // The dialog goes first, so that a field that is wrong can have the focus.
        stay();
        save_then(editor, move || saved(to));
    });
    view! {
        <LeaveDialog
            count=Signal::derive(|| 1)
            on_stay=Callback::new(move |()| stay())
            on_discard=Callback::new(move |()| leave(to()))
            on_save
        />
    }
}

/// Really?
#[component]
fn DeleteDialog(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let close = move || editor.deleting.set(false);
    let title = move || {
        editor.base.with(|base| {
            base.as_ref()
                .map(|base| t!("schedules-delete-what", name = base.schedule.name))
        })
    };
    let delete = move |_| {
        close();
        editor.delete();
    };
    view! {
        <Dialog
            title=Signal::derive(move || title().unwrap_or_default())
            on_close=Callback::new(move |()| close())
            class="question"
        >
            <p>{move || t("schedules-delete-text")}</p>
            <footer>
                <button type="button" class="button quiet" on:click=move |_| close()>
                    {move || t("schedules-cancel")}
                </button>
                <button type="button" class="button danger" on:click=delete>
                    {move || t("schedules-delete")}
                </button>
            </footer>
        </Dialog>
    }
}

/// A schedule that is used is not deleted.
#[component]
fn InUseDialog(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let close = move || editor.in_use.set(Vec::new());
    view! {
        <Dialog
            title=Signal::derive(|| t("schedules-in-use"))
            on_close=Callback::new(move |()| close())
            class="question"
        >
            <p>{move || t("schedules-in-use-text")}</p>
            <div class="body">
                <UseList uses=editor.in_use />
            </div>
            <footer>
                <button type="button" class="button primary" on:click=move |_| close()>
                    {move || t("schedules-understood")}
                </button>
            </footer>
        </Dialog>
    }
}
