//! User name and password.

use super::FieldFrame;
use crate::text::t;
use centrale_core::api::session::LogIn;
use leptos::{ev, prelude::*};

/// The log-in form.
#[component]
pub(crate) fn LogInForm(
    /// What went wrong the last time; empty: nothing.
    #[prop(into)]
    problem: Signal<String>,
    /// The second factor is asked.
    #[prop(into)]
    asks_code: Signal<bool>,
    /// A try is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// The form was sent, with what was typed.
    on_submit: Callback<LogIn>,
) -> impl IntoView {
    let login = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(LogIn {
            login: login.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            code: if asks_code.get_untracked() {
                code.get_untracked()
            } else {
                String::new()
            },
        });
    };
    view! {
        <form class="log-in" on:submit=submit>
            <p class="problem" role="alert">
                {problem}
            </p>
            <FieldFrame id="login".into() label=Signal::derive(|| t("login")) errors=Vec::new()>
                <input
                    id="login"
                    name="username"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    prop:value=login
                    on:input=move |event| login.set(event_target_value(&event))
                />
            </FieldFrame>
            <FieldFrame
                id="password".into()
                label=Signal::derive(|| t("password"))
                errors=Vec::new()
            >
                <input
                    id="password"
                    name="password"
                    type="password"
                    autocomplete="current-password"
                    required
                    prop:value=password
                    on:input=move |event| password.set(event_target_value(&event))
                />
            </FieldFrame>
            <Show when=move || asks_code.get()>
                <FieldFrame
                    id="code".into()
                    label=Signal::derive(|| t("log-in-code"))
                    errors=Vec::new()
                >
                    <input
                        id="code"
                        name="code"
                        autocomplete="one-time-code"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        prop:value=code
                        on:input=move |event| code.set(event_target_value(&event))
                    />
                </FieldFrame>
            </Show>
            <button
                type="submit"
                class="button primary"
                aria-disabled=move || busy.get().to_string()
            >
                {move || t("log-in")}
            </button>
        </form>
    }
}
