//! One's own log-in: password, second factor and where one is logged in. Users have it on their profile, administrators on a
//! page of their own.

mod browser;
mod choose;
mod password;
mod second_factor;
mod secret_field;
mod sessions;
mod setup;

pub(crate) use choose::ChoosePasswordPage;

use super::log_in;
use crate::client::Failure;
use crate::session::LoggedIn;
use crate::text::{self, t};
use centrale_core::error::Code;
use leptos::prelude::*;
use password::PasswordCard;
use second_factor::SecondFactorCard;
use sessions::SessionsCard;

/// The page of an administrator.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    text::document_title(|| t("account"));
    view! {
        <div class="head">
            <h1>{move || t("account")}</h1>
        </div>
        <Account />
    }
}

/// The cards.
#[component]
pub(crate) fn Account() -> impl IntoView {
    let logged_in = LoggedIn::from_context();
    // A list of sessions is stale when a password or a second factor has ended the others.
    let changed = RwSignal::new(0_u32);
    let on_change = Callback::new(move |()| changed.update(|n| *n += 1));
    view! {
        <Show when=move || logged_in.must_set_up()>
            <p class="warning">{move || t("account-must-set-up")}</p>
        </Show>
        <div class="profile account">
            <PasswordCard on_change />
            <div>
                <SecondFactorCard on_change />
                <SessionsCard changed />
            </div>
        </div>
    }
}

/// What a form was refused, told at its fields or above them.
#[derive(Clone, Copy)]
struct Refused(RwSignal<Option<Failure>>);

impl Refused {
    fn new() -> Self {
        Self(RwSignal::new(None))
    }

    fn set(self, failure: Option<Failure>) {
        self.0.set(failure);
    }

    /// What is wrong at a field.
    fn at(self, field: &'static str) -> Signal<Vec<Code>> {
        Signal::derive(move || {
            self.0.with(|failure| {
                let fields = failure.as_ref().map(Failure::fields).unwrap_or_default();
                fields
                    .iter()
                    .filter(|error| error.field == field)
                    .map(|error| error.code)
                    .collect()
            })
        })
    }

    /// What is wrong beside the fields; empty: nothing.
    fn beside(self) -> Signal<String> {
        Signal::derive(move || {
            self.0.with(|failure| {
                let failure = failure
                    .as_ref()
                    .filter(|failure| failure.fields().is_empty());
                failure.map(log_in::tell).unwrap_or_default()
            })
        })
    }
}
