//! A field for numbers that ring along, or one after the other.

use super::add_button::AddButton;
use super::frame::ListFrame;
use super::lines::{Line, Lines};
use crate::components::Errors;
use crate::form::Input;
use crate::form::number_input::NumberInput;
use crate::text::t;
use leptos::prelude::*;
use serde_json::{Value, json};

/// How often a number rings, at least, at most, and at first.
const RINGS: (u64, u64, u64) = (2, 20, 4);

/// A field for a list of phones.
#[component]
pub(crate) fn PhonesField(
    /// Where its value is kept in the draft.
    input: Input,
    /// At most so many.
    max: u8,
    /// Each rings so often.
    rings: bool,
) -> impl IntoView {
    let lines = Lines::of(input);
    let full = Signal::derive(move || lines.count() >= usize::from(max));
    let add = Callback::new(move |()| {
        let mut phone = json!({ "number": "", "confirm": false });
        if rings {
            phone["rings"] = RINGS.2.into();
        }
        format!("{}-number", lines.add(phone))
    });
    let add = view! { <AddButton label="list-number-add" full on_add=add /> }.into_any();
    view! { <ListFrame lines draw=if rings { draw_with_rings } else { draw } name add /> }
}

fn draw(lines: Lines, (id, phone): Line) -> AnyView {
    let number = format!("{id}-number");
    let confirm = format!("{id}-confirm");
    let wrong = lines.codes(id.clone(), "number");
    let first = phone.with_untracked(text);
    view! {
        <NumberInput
            id=number.clone()
            first
            name=Signal::derive(move || {
                t!("list-number", place = lines.place(&id).map_or(0, |at| at + 1))
            })
            wrong=Signal::derive(move || !wrong.get().is_empty())
            pretty=Callback::new(move |typed: String| lines.input.pretty(&typed))
            on_change=Callback::new(move |typed: String| {
                phone.update(|phone| phone["number"] = typed.into());
            })
        />
        <Errors id=format!("{number}-errors") errors=wrong />
        <div class="check">
            <input
                type="checkbox"
                id=confirm.clone()
                prop:checked=move || phone.with(|phone| phone["confirm"] == true)
                on:change=move |event| {
                    phone.update(|phone| phone["confirm"] = event_target_checked(&event).into());
                }
            />
            <label for=confirm>{move || t("phone-confirm")}</label>
        </div>
    }
    .into_any()
}

fn draw_with_rings(lines: Lines, line: Line) -> AnyView {
    let (id, phone) = line.clone();
    let select = format!("{id}-rings");
    let rings = move || phone.with(|phone| phone["rings"].as_u64().unwrap_or(RINGS.2));
    let choice = move |count: u64| {
        view! {
            <option value=count.to_string() selected=move || rings() == count>
                {move || t!("rings", count = count)}
            </option>
        }
    };
    view! {
        {draw(lines, line)}
        <div class="inline">
            <label for=select.clone()>{move || t("phone-rings")}</label>
            <select
                class="short"
                id=select.clone()
                aria-describedby=format!("{select}-errors")
                on:change=move |event| {
                    if let Ok(rings) = event_target_value(&event).parse::<u64>() {
                        phone.update(|phone| phone["rings"] = rings.into());
                    }
                }
            >
                {(RINGS.0..=RINGS.1).map(choice).collect_view()}
            </select>
            <Errors id=format!("{select}-errors") errors=lines.codes(id, "rings") />
        </div>
    }
    .into_any()
}

fn name(lines: Lines, (id, phone): &Line) -> String {
    let typed = phone.with(text);
    if typed.is_empty() {
        t!(
            "list-number",
            place = lines.place(id).map_or(0, |at| at + 1)
        )
    } else {
        typed
    }
}

fn text(phone: &Value) -> String {
    phone["number"]
        .as_str()
        .unwrap_or_default()
        .trim()
        .to_owned()
}
