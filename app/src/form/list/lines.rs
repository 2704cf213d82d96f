//! The lines of a list as they are typed, each with a name of its own for its controls.

use crate::form::{Input, below, codes_at};
use crate::ids;
use centrale_core::error::{Code, FieldError};
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use serde_json::Value;

/// A line: its name, and what it holds.
pub(super) type Line = (String, RwSignal<Value>);

/// The lines of a field. What is typed goes to the draft at once.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    /// The field.
    pub(super) input: Input,
    all: RwSignal<Vec<Line>>,
    owner: StoredValue<Option<WeakOwner>>,
}

impl Lines {
    /// The lines that the draft holds.
    pub(super) fn of(input: Input) -> Self {
        let value = untrack(|| input.value());
        let lines = value
            .as_array()
            .into_iter()
            .flatten()
            .cloned()
            .map(line)
            .collect();
        let owner = StoredValue::new(Owner::current().map(|owner| owner.downgrade()));
        let this = Self {
            input,
            all: RwSignal::new(lines),
            owner,
        };
        let typed = Memo::new(move |_| {
            Value::Array(
                this.all
                    .with(|all| all.iter().map(|(_, line)| line.get()).collect()),
            )
        });
        Effect::new(move |first: Option<()>| {
            let lines = typed.get();
            if first.is_some() {
                input.set(lines);
            }
        });
        this
    }

    /// The lines, in order.
    pub(super) fn get(self) -> Vec<Line> {
        self.all.get()
    }

    /// How many there are.
    pub(super) fn count(self) -> usize {
        self.all.with(Vec::len)
    }

    /// Adds a line at the end; its name. It is the field's: what was clicked for it, as a name in a list of those found,
    /// may go before it does.
    pub(super) fn add(self, value: Value) -> String {
        let owner = self
            .owner
            .with_value(|owner| owner.as_ref().and_then(WeakOwner::upgrade));
        let new = owner.unwrap_or_default().with(|| line(value));
        let name = new.0.clone();
        self.all.update(|all| all.push(new));
        name
    }

    /// Takes a line out.
    pub(super) fn remove(self, name: &str) {
        self.all
            .update(|all| all.retain(|(known, _)| known != name));
    }

    /// Moves a line one place up or down.
    pub(super) fn shift(self, name: &str, down: bool) {
        self.all.update(|all| {
            let Some(at) = all.iter().position(|(known, _)| known == name) else {
                return;
            };
            let other = if down { at + 1 } else { at.wrapping_sub(1) };
            if other < all.len() {
                all.swap(at, other);
            }
        });
    }

    /// Where a line stands.
    pub(super) fn place(self, name: &str) -> Option<usize> {
        self.all
            .with(|all| all.iter().position(|(known, _)| known == name))
    }

    /// What is wrong with a line, at paths below it.
    pub(super) fn errors(self, name: &str) -> Vec<FieldError> {
        let place = self.place(name);
        place
            .map(|place| below(&self.input.errors(), &format!("{}.{place}", self.input.key)))
            .unwrap_or_default()
    }

    /// What is wrong with a part of a line; the empty path is the line itself.
    pub(super) fn codes(self, name: String, path: &'static str) -> Signal<Vec<Code>> {
        Signal::derive(move || codes_at(&self.errors(&name), path))
    }
}

fn line(value: Value) -> Line {
    (ids::unique("line"), RwSignal::new(value))
}
