//! The button that adds a line to a list.

use crate::components::{Icon, IconName};
use crate::focus::focus;
use crate::text::t;
use leptos::prelude::*;

/// The button that adds an empty line.
#[component]
pub(super) fn AddButton(
    /// The key of its text.
    label: &'static str,
    /// There are as many as may be.
    #[prop(into)]
    full: Signal<bool>,
    /// It was used; gives the id of the control to type in.
    on_add: Callback<(), String>,
) -> impl IntoView {
    view! {
        <button type="button" class="button" disabled=full on:click=move |_| focus(on_add.run(()))>
            <Icon name=IconName::Plus />
            {move || t(label)}
        </button>
    }
}
