//! A dialog over the page. Focus moves into it, stays in it and returns to what opened it.

use super::{Icon, IconName};
use crate::focus::focus_now;
use crate::ids;
use crate::text::t;
use leptos::{ev, html, prelude::*};

/// A modal dialog. It is open as long as it is mounted; Escape and the cross ask to close it.
#[component]
pub(crate) fn Dialog(
    /// The heading, which names the dialog.
    #[prop(into)]
    title: Signal<String>,
    /// Escape or the cross.
    on_close: Callback<()>,
    /// Extra classes: `wide`, or `question` for a short one.
    #[prop(optional)]
    class: &'static str,
    /// The content; buttons stand in a `<footer>`.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = ids::unique("dialog");
    let labelled_by = heading.clone();
    let opener = document().active_element();
    Effect::new(move || {
        if let Some(dialog) = node.get() {
            request_animation_frame(move || {
                if dialog.is_connected() && !dialog.open() {
                    let _ = dialog.show_modal();
                }
            });
        }
    });
    let opener = StoredValue::new_local(opener);
    on_cleanup(move || {
        let opener = opener.try_with_value(Clone::clone).flatten();
        request_animation_frame(move || focus_now(opener));
    });
    let on_cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    view! {
        <dialog
            node_ref=node
            class=format!("dialog {class}")
            aria-labelledby=labelled_by
            on:cancel=on_cancel
        >
            <header>
                <h2 id=heading>{title}</h2>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=move || t("close")
                    on:click=move |_| on_close.run(())
                >
                    <Icon name=IconName::Close />
                </button>
            </header>
            {children()}
        </dialog>
    }
}
