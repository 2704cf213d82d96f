//! Draws the form of a service by the kinds of its fields. What is typed goes to the draft at once, where core's
//! check finds what is wrong with it; the errors come back to their fields from there.

mod choice;
mod destination;
mod edit_dialog;
mod list;
mod number;
mod number_input;
mod rings;
mod rule;
mod rules;
mod text;
mod toggle;

pub(crate) use edit_dialog::EditDialog;

use crate::draft::DraftStore;
use crate::text::for_service;
use centrale_core::error::{Code, FieldError};
use centrale_core::service::{Entry, Field, FieldKind, ServiceId};
use choice::ChoiceField;
use destination::DestinationField;
use leptos::prelude::*;
use list::{DestinationsField, PhonesField, SpeedDialsField, UsersField};
use number::NumberField;
use rings::RingsField;
use rules::RulesField;
use serde_json::Value;
use text::TextField;
use toggle::ToggleField;

/// The fields of a service.
#[component]
pub(crate) fn ServiceForm(
    /// The service.
    entry: &'static Entry,
    /// The draft that is edited.
    store: DraftStore,
) -> impl IntoView {
    entry
        .form
        .iter()
        .map(|field| draw(field, Input::new(field, entry.id, store)))
        .collect_view()
}

fn draw(field: &'static Field, input: Input) -> AnyView {
    match field.kind {
        FieldKind::Destination => view! { <DestinationField input /> }.into_any(),
        FieldKind::Toggle => view! { <ToggleField input desk_phone=field.desk_phone /> }.into_any(),
        FieldKind::Rings => view! { <RingsField input shared=field.shared.is_some() /> }.into_any(),
        FieldKind::Number { min, max } => view! { <NumberField input min max /> }.into_any(),
        FieldKind::Choice(choices) => view! { <ChoiceField input choices /> }.into_any(),
        FieldKind::Text(max) => view! { <TextField input max /> }.into_any(),
        FieldKind::Destinations { max } => view! { <DestinationsField input max /> }.into_any(),
        FieldKind::Users { max, only } => view! { <UsersField input max only /> }.into_any(),
        FieldKind::Phones { max, rings } => view! { <PhonesField input max rings /> }.into_any(),
        FieldKind::SpeedDials => view! { <SpeedDialsField input /> }.into_any(),
        FieldKind::Rules { numbers } => view! { <RulesField input numbers /> }.into_any(),
    }
}

/// The place of a field in the draft.
#[derive(Clone, Copy)]
pub(crate) struct Input {
    store: DraftStore,
    service: ServiceId,
    key: &'static str,
}

impl Input {
    fn new(field: &Field, service: ServiceId, store: DraftStore) -> Self {
        Self {
            store,
            service: field.shared.unwrap_or(service),
            key: field.key,
        }
    }

    /// The id of the control.
    fn id(self) -> String {
        format!("{}-{}", self.service, self.key)
    }

    /// The label, in the words of the service where it has its own.
    fn label(self) -> Signal<String> {
        Signal::derive(move || for_service(self.service, &format!("field-{}", self.key)))
    }

    /// The line of help.
    fn hint(self) -> Signal<String> {
        Signal::derive(move || for_service(self.service, &format!("field-{}-hint", self.key)))
    }

    fn value(self) -> Value {
        self.store
            .settings(self.service)
            .get(self.key)
            .cloned()
            .unwrap_or_default()
    }

    fn set(self, value: Value) {
        let mut settings = untrack(|| self.store.settings(self.service));
        settings[self.key] = value;
        self.store.set(self.service, settings);
    }

    /// What is wrong with the field itself.
    fn codes(self) -> Vec<Code> {
        codes_at(&self.store.errors(self.service), self.key)
    }

    /// Everything that is wrong in the service.
    fn errors(self) -> Vec<FieldError> {
        self.store.errors(self.service)
    }

    fn pretty(self, typed: &str) -> String {
        untrack(|| self.store.context())
            .map_or_else(|| typed.to_owned(), |context| context.pretty(typed))
    }
}

/// What is wrong at exactly this path.
fn codes_at(errors: &[FieldError], path: &str) -> Vec<Code> {
    errors
        .iter()
        .filter(|error| error.field == path)
        .map(|error| error.code)
        .collect()
}

/// The errors below a path, at their paths below it.
fn below(errors: &[FieldError], path: &str) -> Vec<FieldError> {
    let rest = |error: &FieldError| {
        let rest = error.field.strip_prefix(path)?;
        match rest.strip_prefix('.') {
            Some(rest) => Some(FieldError::new(rest, error.code)),
            None => rest.is_empty().then(|| FieldError::new("", error.code)),
        }
    };
    errors.iter().filter_map(rest).collect()
}
