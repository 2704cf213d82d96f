//! Finds somebody to add: a labelled combobox in the flow of the page.

use super::combobox::Combobox;
use crate::text::t;
use centrale_core::id::UserId;
use leptos::prelude::*;

/// The field with its label.
#[component]
pub(crate) fn Finder(
    /// Its id.
    id: String,
    /// The key of its label.
    label: &'static str,
    /// What is typed.
    query: RwSignal<String>,
    /// Those found for it, as they are shown.
    #[prop(into)]
    found: Signal<Vec<(UserId, String)>>,
    /// Somebody was chosen.
    on_choose: Callback<UserId>,
) -> impl IntoView {
    view! {
        <div class="finder">
            <label for=id.clone()>{move || t(label)}</label>
            <Combobox
                id
                query
                found
                option=|(_, words): (UserId, String)| words.into_any()
                on_choose=Callback::new(move |(user, _)| on_choose.run(user))
            />
        </div>
    }
}
