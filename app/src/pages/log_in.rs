//! Logging in: as a page of its own, and over the page when a session has ended.

use crate::client::{self, Failure, call};
use crate::components::{Dialog, LanguageSwitch, LogInForm, Logo, ThemeSwitch};
use crate::session::LoggedIn;
use crate::text::{self, t};
use centrale_core::api::session::{LogIn, Start};
use centrale_core::error::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
#[component]
pub(crate) fn LogInPage() -> impl IntoView {
    text::document_title(|| t("log-in"));
    let log_in = use_log_in();
    view! {
        <div class="log-in-page">
            <main class="card">
                <Logo />
                <h1>{move || t("log-in")}</h1>
                <LogInForm
                    problem=log_in.problem
                    asks_code=log_in.asks_code
                    busy=log_in.busy
                    on_submit=log_in.submit
                />
            </main>
            <footer>
                <LanguageSwitch />
                <ThemeSwitch />
            </footer>
        </div>
    }
}

/// The dialog over a page whose session has ended.
#[component]
pub(crate) fn LogInDialog() -> impl IntoView {
    let ended = client::session_ended();
    let log_in = use_log_in();
    let leave = Callback::new(|()| {});
    view! {
        <Show when=move || ended.get()>
            <Dialog
                title=Signal::derive(|| t("session-over"))
                on_close=leave
                class="question unclosable"
            >
                <p>{move || t("session-over-hint")}</p>
                <LogInForm
                    problem=log_in.problem
                    asks_code=log_in.asks_code
                    busy=log_in.busy
                    on_submit=log_in.submit
                />
            </Dialog>
        </Show>
    }
}

#[derive(Clone, Copy)]
struct LogInTry {
    problem: Signal<String>,
    asks_code: Signal<bool>,
    busy: Signal<bool>,
    submit: Callback<LogIn>,
}

fn use_log_in() -> LogInTry {
    let logged_in = LoggedIn::from_context();
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let asks_code = RwSignal::new(false);
    let submit = Callback::new(move |request: LogIn| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match call::<Start>((), request).await {
                Ok(session) => {
                    failure.set(None);
                    logged_in.start(session);
                }
                Err(refusal) => {
                    if let Failure::Refused(body) = &refusal
                        && body.code == Code::SecondFactorNeeded
                    {
                        asks_code.set(true);
                    }
                    failure.set(Some(refusal));
                }
            }
            busy.set(false);
        });
    });
    let problem = Signal::derive(move || {
        failure
            .get()
            .map(|failure| tell(&failure))
            .unwrap_or_default()
    });
    LogInTry {
        problem,
        asks_code: asks_code.into(),
        busy: busy.into(),
        submit,
    }
}

/// What to tell about a refusal where passwords are guessed.
pub(super) fn tell(failure: &Failure) -> String {
    match failure {
        Failure::Refused(body) if body.code == Code::LoginLocked => {
            let seconds = body.retry_after.unwrap_or(60);
            if seconds < 60 {
                t!("login-locked-for-seconds", seconds = seconds)
            } else {
                t!("login-locked-for", minutes = seconds.div_ceil(60))
            }
        }
        other => other.text(),
    }
}
