//! Changes one's own password.

use super::Refused;
use super::secret_field::SecretField;
use crate::client::call;
use crate::text::t;
use centrale_core::api::own::{ChangePassword, PutPassword};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};

/// The card.
#[component]
pub(super) fn PasswordCard(
    /// The password is another one now, and other sessions have ended.
    on_change: Callback<()>,
) -> impl IntoView {
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (refused, busy, changed) = (Refused::new(), RwSignal::new(false), RwSignal::new(false));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        changed.set(false);
        let change = ChangePassword {
            current: current.get_untracked(),
            new: new.get_untracked(),
        };
        spawn_local(async move {
            let answer = call::<PutPassword>((), change).await;
            if answer.is_ok() {
                current.set(String::new());
                new.set(String::new());
                changed.set(true);
                on_change.run(());
            }
            refused.set(answer.err());
            busy.set(false);
        });
    };
    let done = move || {
        if changed.get() {
            t("password-changed")
        } else {
            String::new()
        }
    };
    view! {
        <section class="card">
            <h2>{move || t("password-change")}</h2>
            <form class="log-in" on:submit=submit>
                <p class="problem" role="alert">
                    {refused.beside()}
                </p>
                <SecretField
                    id="password-current"
                    label="password-current"
                    autocomplete="current-password"
                    value=current
                    errors=refused.at("current")
                />
                <SecretField
                    id="password-new"
                    label="password-new"
                    hint="password-new-hint"
                    autocomplete="new-password"
                    value=new
                    errors=refused.at("new")
                />
                <button
                    type="submit"
                    class="button primary"
                    aria-disabled=move || busy.get().to_string()
                >
                    {move || t("password-change")}
                </button>
                <p class="note" role="status">
                    {done}
                </p>
            </form>
        </section>
    }
}
