//! Whether a second factor is asked: sets one up, or removes it.

use super::Refused;
use super::secret_field::SecretField;
use super::setup::SetUp;
use crate::client::{Failure, call};
use crate::components::LoadError;
use crate::session::LoggedIn;
use crate::text::{t, when};
use centrale_core::api::own::{
    Again, BeginSecondFactor, GetSecondFactor, RemoveSecondFactor, SecondFactor, Seed,
};
use centrale_core::time::Timestamp;
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};

/// The card.
#[component]
pub(super) fn SecondFactorCard(
    /// It is on or off now, and other sessions have ended.
    on_change: Callback<()>,
) -> impl IntoView {
    let logged_in = LoggedIn::from_context();
    let state = RwSignal::new(None::<Result<SecondFactor, Failure>>);
    let load = move || {
        spawn_local(async move {
            let answer = call::<GetSecondFactor>((), ()).await;
            state.try_set(Some(answer));
        });
    };
    load();
    let again = Callback::new(move |()| {
        load();
        logged_in.refresh();
        on_change.run(());
    });
    let retry = Callback::new(move |()| load());
    let content = move || match state.get()? {
        Ok(SecondFactor { since: None, .. }) => {
            Some(view! { <TurnedOff on_done=again /> }.into_any())
        }
        Ok(SecondFactor {
            since: Some(since),
            recovery_codes,
            required,
        }) => Some(view! { <TurnedOn since recovery_codes required on_done=again /> }.into_any()),
        Err(failure) => Some(
            view! { <LoadError text=Signal::derive(move || failure.text()) on_retry=retry /> }
                .into_any(),
        ),
    };
    view! {
        <section class="card">
            <h2>{move || t("second-factor")}</h2>
            {content}
        </section>
    }
}

/// It is not asked: the password begins to set it up.
#[component]
fn TurnedOff(on_done: Callback<()>) -> impl IntoView {
    let seed = RwSignal::new(None::<Seed>);
    let refused = Refused::new();
    let submit = Callback::new(
        move |(password, busy): (RwSignal<String>, RwSignal<bool>)| {
            spawn_local(async move {
                match call::<BeginSecondFactor>(
                    (),
                    Again {
                        password: password.get_untracked(),
                    },
                )
                .await
                {
                    Ok(told) => seed.set(Some(told)),
                    Err(failure) => refused.set(Some(failure)),
                }
                busy.try_set(false);
            });
        },
    );
    move || match seed.get() {
        Some(seed) => view! { <SetUp seed on_done /> }.into_any(),
        None => view! {
            <p>{move || t("second-factor-off")}</p>
            <Confirm action="second-factor-begin" refused on_submit=submit />
        }
        .into_any(),
    }
}

/// It is asked: the password removes it, unless the enterprise asks for it.
#[component]
fn TurnedOn(
    since: Timestamp,
    recovery_codes: u32,
    required: bool,
    on_done: Callback<()>,
) -> impl IntoView {
    let refused = Refused::new();
    let submit = Callback::new(
        move |(password, busy): (RwSignal<String>, RwSignal<bool>)| {
            spawn_local(async move {
                match call::<RemoveSecondFactor>(
                    (),
                    Again {
                        password: password.get_untracked(),
                    },
                )
                .await
                {
                    Ok(()) => on_done.run(()),
                    Err(failure) => refused.set(Some(failure)),
                }
                busy.try_set(false);
            });
        },
    );
    view! {
        <p>
            <span class="tag">{move || t("second-factor-is-on")}</span>
            " "
            {move || t!("second-factor-since", when = when(since))}
        </p>
        <p class="hint">{move || t!("second-factor-codes-left", count = recovery_codes)}</p>
        <Show
            when=move || required
            fallback=move || {
                view! { <Confirm action="second-factor-remove" refused on_submit=submit /> }
            }
        >
            <p class="hint">{move || t("second-factor-required")}</p>
        </Show>
    }
}

/// Asks the password again before something is done.
#[component]
fn Confirm(
    /// The key of what is done.
    action: &'static str,
    refused: Refused,
    /// The password, and what is to be set to false when it is done.
    on_submit: Callback<(RwSignal<String>, RwSignal<bool>)>,
) -> impl IntoView {
    let (password, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            busy.set(true);
            on_submit.run((password, busy));
        }
    };
    view! {
        <form class="log-in" on:submit=submit>
            <p class="problem" role="alert">
                {refused.beside()}
            </p>
            <SecretField
                id="second-factor-password"
                label="password-again"
                autocomplete="current-password"
                value=password
                errors=refused.at("password")
            />
            <button type="submit" class="button" aria-disabled=move || busy.get().to_string()>
                {move || t(action)}
            </button>
        </form>
    }
}
