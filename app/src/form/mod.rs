//! Draws the form of a service by the kinds of its fields. What is typed goes to the draft at once, where core's
//! check finds what is wrong with it; the errors come back to their fields from there.

mod destination;
mod number_input;
mod rings;
mod rule;
mod rules;
mod toggle;

pub(crate) use rule::RuleDraft;

use crate::draft::DraftStore;
use centrale_core::error::{Code, FieldError};
use centrale_core::service::{Entry, Field, FieldKind, ServiceId};
use destination::DestinationField;
use leptos::prelude::*;
use rings::RingsField;
use rules::RulesField;
use serde_json::Value;
use toggle::ToggleField;

/// The fields of a service.
#[component]
pub(crate) fn ServiceForm(
    /// The service.
    entry: &'static Entry,
    /// The draft that is edited.
    store: DraftStore,
) -> impl IntoView {
    entry.form.iter().map(|field| draw(field, Input::new(field, entry.id, store))).collect_view()
}

fn draw(field: &'static Field, input: Input) -> AnyView {
    match field.kind {
        FieldKind::Destination => view! { <DestinationField input/> }.into_any(),
        FieldKind::Toggle => view! { <ToggleField input desk_phone=field.desk_phone/> }.into_any(),
        FieldKind::Rings => view! { <RingsField input shared=field.shared.is_some()/> }.into_any(),
        FieldKind::Rules { numbers } => view! { <RulesField input numbers/> }.into_any(),
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
        Self { store, service: field.shared.unwrap_or(service), key: field.key }
    }

    /// The id of the control.
    fn id(self) -> String {
        format!("{}-{}", self.service, self.key)
    }

    fn value(self) -> Value {
        self.store.settings(self.service).get(self.key).cloned().unwrap_or_default()
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
        untrack(|| self.store.ground()).map_or_else(|| typed.to_owned(), |ground| ground.pretty(typed))
    }
}

/// What is wrong at exactly this path.
fn codes_at(errors: &[FieldError], path: &str) -> Vec<Code> {
    errors.iter().filter(|error| error.field == path).map(|error| error.code).collect()
}
