//! A row in the list of users.

use crate::text::t;
use centrale_core::api::users::Listed;
use centrale_core::number::pretty;
use centrale_core::organisation::Profile;
use centrale_core::service::find;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// The key of a profile's name.
pub(crate) const fn profile_key(profile: Profile) -> &'static str {
    match profile {
        Profile::Fixed => "profile-fixed",
        Profile::Mobile => "profile-mobile",
        Profile::Flex => "profile-flex",
        Profile::Combi => "profile-combi",
    }
}

/// A row of the table.
#[component]
pub(super) fn UserRow(
    /// The user.
    user: Listed,
) -> impl IntoView {
    let profile = user.profile;
    let place = [Some(user.location), user.department]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let tag = |service: String| view! { <span class="tag signal">{move || t(&format!("service-{service}-short"))}</span> };
    // A click anywhere in the row is a click on its link, so that the router and the guard see one.
    let follow = |event: ev::MouseEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(target) = target.filter(|target| target.closest("a").ok().flatten().is_none())
        else {
            return;
        };
        let link = target
            .closest("tr")
            .ok()
            .flatten()
            .and_then(|row| row.query_selector("a").ok().flatten());
        let _ = link
            .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
            .map(|e| e.click());
    };
    view! {
        <tr on:click=follow>
            <td class="user-name">
                <a href=format!("/users/{}/services", user.id)>{user.name}</a>
            </td>
            <td class="user-number">{user.number.map(pretty)}</td>
            <td class="user-extension">{user.extension.map(|e| e.to_string())}</td>
            <td class="optional">{move || t(profile_key(profile))}</td>
            <td class="user-place">{place}</td>
            <td class="optional">
                <div class="tags">
                    {user.active.into_iter().filter(|id| chosen(id)).map(tag).collect_view()}
                </div>
            </td>
        </tr>
    }
}

/// Somebody switched the service on: it is not one that everybody begins with.
fn chosen(service: &str) -> bool {
    find(service).is_some_and(|entry| entry.defaults()["active"] != true)
}
