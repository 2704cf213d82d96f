//! The search of the bar: a combobox over the page that finds users by name or number.

use super::combobox::Combobox;
use super::{Icon, IconName};
use crate::text::t;
use centrale_core::api::users::Listed;
use centrale_core::id::UserId;
use centrale_core::number::pretty;
use leptos::prelude::*;

/// The search for users.
#[component]
pub(crate) fn SearchBox(
    /// What is typed.
    query: RwSignal<String>,
    /// The users found for it.
    #[prop(into)]
    found: Signal<Vec<Listed>>,
    /// A user was chosen.
    on_choose: Callback<UserId>,
) -> impl IntoView {
    view! {
        <div class="search" role="search">
            <Icon name=IconName::Search />
            <Combobox
                id="search".into()
                query
                found
                option
                on_choose=Callback::new(move |user: Listed| on_choose.run(user.id))
                overlay=true
                name=Signal::derive(|| t("search"))
                placeholder=Signal::derive(|| t("search-hint"))
            />
        </div>
    }
}

fn option(user: Listed) -> AnyView {
    let number = user
        .number
        .map(pretty)
        .or_else(|| user.extension.map(|e| e.to_string()))
        .unwrap_or_default();
    view! {
        <b>{user.name}</b>
        <span>{number}</span>
        <small>{user.location}</small>
    }
    .into_any()
}
