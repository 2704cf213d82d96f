//! Sets up a second factor: the app is given the secret, a code of the app confirms it, recovery codes are told once.

use super::Refused;
use crate::client::call;
use crate::components::FieldFrame;
use crate::text::t;
use centrale_core::api::own::{Confirm, ConfirmSecondFactor, Seed};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use std::fmt::Write;

/// The steps.
#[component]
pub(super) fn SetUp(
    /// What the app is given.
    seed: Seed,
    /// It is on, and the codes were kept.
    on_done: Callback<()>,
) -> impl IntoView {
    let codes = RwSignal::new(Vec::<String>::new());
    let seed = StoredValue::new(seed);
    move || {
        let told = codes.get();
        if told.is_empty() {
            view! { <GiveToApp seed=seed.get_value() codes /> }.into_any()
        } else {
            view! { <RecoveryCodes codes=told on_done /> }.into_any()
        }
    }
}

#[component]
fn GiveToApp(seed: Seed, codes: RwSignal<Vec<String>>) -> impl IntoView {
    let (code, busy, refused) = (
        RwSignal::new(String::new()),
        RwSignal::new(false),
        Refused::new(),
    );
    let errors = refused.at("code");
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match call::<ConfirmSecondFactor>(
                (),
                Confirm {
                    code: code.get_untracked(),
                },
            )
            .await
            {
                Ok(told) => codes.set(told.codes),
                Err(failure) => refused.set(Some(failure)),
            }
            busy.try_set(false);
        });
    };
    let side = seed.rows.len();
    view! {
        <p>{move || t("second-factor-scan")}</p>
        <div class="totp">
            <svg
                class="qr"
                viewBox=format!("-4 -4 {0} {0}", side + 8)
                role="img"
                aria-label=move || t("second-factor-qr")
            >
                <path d=outline(&seed.rows) />
            </svg>
            <div>
                <p class="hint">{move || t("second-factor-type")}</p>
                <p class="secret">{in_fours(&seed.secret)}</p>
                <p>
                    <a href=seed.link>{move || t("second-factor-open")}</a>
                </p>
            </div>
        </div>
        <form class="log-in" on:submit=submit>
            <p class="problem" role="alert">
                {refused.beside()}
            </p>
            <FieldFrame
                id="second-factor-code".into()
                label=Signal::derive(|| t("second-factor-code"))
                errors=errors
            >
                <input
                    id="second-factor-code"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    required
                    aria-invalid=move || (!errors.with(Vec::is_empty)).then_some("true")
                    aria-describedby="second-factor-code-errors"
                    prop:value=code
                    on:input=move |event| code.set(event_target_value(&event))
                />
            </FieldFrame>
            <button
                type="submit"
                class="button primary"
                aria-disabled=move || busy.get().to_string()
            >
                {move || t("second-factor-confirm")}
            </button>
        </form>
    }
}

#[component]
fn RecoveryCodes(codes: Vec<String>, on_done: Callback<()>) -> impl IntoView {
    let codes = codes
        .into_iter()
        .map(|code| view! { <li>{code}</li> })
        .collect_view();
    view! {
        <p role="status">{move || t("second-factor-keep")}</p>
        <ul class="recovery-codes" aria-label=move || t("second-factor-recovery")>
            {codes}
        </ul>
        <button type="button" class="button primary" on:click=move |_| on_done.run(())>
            {move || t("second-factor-kept")}
        </button>
    }
}

/// The dark modules as one path of squares.
fn outline(rows: &[String]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row
            .bytes()
            .enumerate()
            .filter(|(_, module)| *module == b'1')
        {
            // Writing into a string cannot fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    path
}

/// In groups of four, as it is typed over.
fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters
        .chunks(4)
        .map(|part| part.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_a_square_for_each_dark_module() {
        assert_eq!(
            outline(&["10".into(), "01".into()]),
            "M0 0h1v1h-1zM1 1h1v1h-1z"
        );
    }

    #[test]
    fn a_secret_is_told_in_fours() {
        assert_eq!(in_fours("GEZDGNBVGY"), "GEZD GNBV GY");
    }
}
