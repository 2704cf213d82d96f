//! Saving the schedule in hand.

use super::editor::Editor;
use crate::components::SaveBar;
use crate::focus::focus_first;
use leptos::prelude::*;

/// The bar that saves; it is there while there is something to save.
#[component]
pub(crate) fn ScheduleSaveBar(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    let count = Signal::derive(move || usize::from(editor.dirty()));
    let problem = Signal::derive(move || {
        editor
            .failure
            .with(|failure| failure.as_ref().map(crate::client::Failure::text))
            .unwrap_or_default()
    });
    view! {
        <SaveBar
            count
            problem
            busy=editor.busy
            saved=editor.saved
            on_reset=Callback::new(move |()| editor.reset())
            on_save=Callback::new(move |()| save_then(editor, || ()))
        />
    }
}

/// Saves, unless a field holds something that makes no sense: then that field gets the focus.
pub(crate) fn save_then(editor: Editor, then: impl FnOnce() + 'static) {
    editor.tried.set(true);
    // The fields show what is wrong once the page has been drawn.
    request_animation_frame(move || {
        if focus_first(".schedule-card [aria-invalid='true']") {
            return;
        }
        let error = document().query_selector(".schedule-card .errors > p");
        if let Some(error) = error.ok().flatten() {
            error.scroll_into_view();
        }
        editor.save(then);
    });
}
