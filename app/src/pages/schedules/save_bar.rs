//! Saving the schedule in hand.

use super::editor::Editor;
use crate::components::SaveBar;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

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
        let find = |what: &str| {
            document()
                .query_selector(&format!(".schedule-card {what}"))
                .ok()
                .flatten()
        };
        if let Some(field) =
            find("[aria-invalid='true']").and_then(|f| f.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = field.focus();
        } else {
            if let Some(error) = find(".errors > p") {
                error.scroll_into_view();
            }
            editor.save(then);
        }
    });
}
