//! Chooses a password by a link from an administrator. Nobody needs to be logged in for it.

use super::Refused;
use super::secret_field::SecretField;
use crate::client::call;
use crate::components::{LanguageSwitch, Logo, ThemeSwitch};
use crate::text::{self, t};
use centrale_core::api::own::{ByLink, Choose};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};

/// The page. The token stands in its address behind `#`.
#[component]
pub(crate) fn ChoosePasswordPage() -> impl IntoView {
    text::document_title(|| t("password-choose"));
    let (password, refused) = (RwSignal::new(String::new()), Refused::new());
    let (busy, chosen) = (RwSignal::new(false), RwSignal::new(false));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let token = window()
            .location()
            .hash()
            .unwrap_or_default()
            .trim_start_matches('#')
            .to_owned();
        let by_link = ByLink {
            token,
            password: password.get_untracked(),
        };
        spawn_local(async move {
            match call::<Choose>((), by_link).await {
                Ok(()) => chosen.set(true),
                Err(failure) => refused.set(Some(failure)),
            }
            busy.set(false);
        });
    };
    let form = move || {
        view! {
            <p class="hint">{move || t("password-choose-hint")}</p>
            <form class="log-in" on:submit=submit>
                <p class="problem" role="alert">
                    {refused.beside()}
                </p>
                <SecretField
                    id="password-new"
                    label="password-new"
                    hint="password-new-hint"
                    autocomplete="new-password"
                    value=password
                    errors=refused.at("password")
                />
                <button
                    type="submit"
                    class="button primary"
                    aria-disabled=move || busy.get().to_string()
                >
                    {move || t("password-choose")}
                </button>
            </form>
        }
    };
    view! {
        <div class="log-in-page">
            <main class="card">
                <Logo />
                <h1>{move || t("password-choose")}</h1>
                <Show when=move || chosen.get() fallback=form>
                    <p class="note" role="status">
                        {move || t("password-chosen")}
                    </p>
                    // The whole page is loaded anew: whoever was logged in here is no more.
                    <a class="button primary" rel="external" href="/login">
                        {move || t("log-in")}
                    </a>
                </Show>
            </main>
            <footer>
                <LanguageSwitch />
                <ThemeSwitch />
            </footer>
        </div>
    }
}
