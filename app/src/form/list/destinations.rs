//! A field for several numbers, extensions or codes.

use super::add_button::AddButton;
use super::frame::ListFrame;
use super::lines::{Line, Lines};
use crate::form::Input;
use crate::form::number_input::NumberInput;
use crate::text::t;
use leptos::prelude::*;

/// A field for a list of destinations.
#[component]
pub(crate) fn DestinationsField(
    /// Where its value is kept in the draft.
    input: Input,
    /// At most so many.
    max: u8,
) -> impl IntoView {
    let lines = Lines::of(input);
    let full = Signal::derive(move || lines.count() >= usize::from(max));
    let add = Callback::new(move |()| lines.add("".into()));
    let add = view! { <AddButton label="list-number-add" full on_add=add /> }.into_any();
    view! { <ListFrame lines draw name add /> }
}

fn draw(lines: Lines, (id, value): Line) -> AnyView {
    let first = value.with_untracked(|value| value.as_str().unwrap_or_default().to_owned());
    let wrong = lines.codes(id.clone(), "");
    let place = id.clone();
    view! {
        <NumberInput
            id
            first
            name=Signal::derive(move || {
                t!("list-number", place = lines.place(&place).map_or(0, |at| at + 1))
            })
            wrong=Signal::derive(move || !wrong.get().is_empty())
            pretty=Callback::new(move |typed: String| lines.input.pretty(&typed))
            on_change=Callback::new(move |typed: String| value.set(typed.into()))
        />
    }
    .into_any()
}

fn name(lines: Lines, (id, value): &Line) -> String {
    let typed = value.with(|value| value.as_str().unwrap_or_default().trim().to_owned());
    if typed.is_empty() {
        t!(
            "list-number",
            place = lines.place(id).map_or(0, |at| at + 1)
        )
    } else {
        typed
    }
}
