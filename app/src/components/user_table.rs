//! The list of users. Rows are links; the arrow keys move between them.

use super::user_row::UserRow;
use crate::focus::focus_now;
use crate::text::t;
use centrale_core::api::users::Listed;
use leptos::{ev, prelude::*};

/// The table of users.
#[component]
pub(crate) fn UserTable(
    /// The users.
    #[prop(into)]
    users: Signal<Vec<Listed>>,
    /// Nobody is found.
    #[prop(into)]
    none: Signal<bool>,
) -> impl IntoView {
    let on_key = |event: ev::KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        let row = document()
            .active_element()
            .and_then(|e| e.closest("tr").ok().flatten());
        let next = row.and_then(|row| {
            if down {
                row.next_element_sibling()
            } else {
                row.previous_element_sibling()
            }
        });
        focus_now(next.and_then(|row| row.query_selector("a").ok().flatten()));
    };
    view! {
        <div class="card table">
            <table aria-label=move || t("users")>
                <thead>
                    <tr>
                        <th scope="col" class="user-name">
                            {move || t("column-name")}
                        </th>
                        <th scope="col">{move || t("column-number")}</th>
                        <th scope="col">{move || t("column-extension")}</th>
                        <th scope="col" class="optional">
                            {move || t("column-profile")}
                        </th>
                        <th scope="col">{move || t("column-place")}</th>
                        <th scope="col" class="optional">
                            {move || t("column-active")}
                        </th>
                    </tr>
                </thead>
                <tbody on:keydown=on_key>
                    <For each=move || users.get() key=|user| user.id let:user>
                        <UserRow user />
                    </For>
                </tbody>
            </table>
            <Show when=move || none.get()>
                <p class="nothing">{move || t("users-none")}</p>
            </Show>
        </div>
    }
}
