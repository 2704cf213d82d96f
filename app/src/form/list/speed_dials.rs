//! A field for numbers by a code of two digits.

use super::add_button::AddButton;
use super::frame::ListFrame;
use super::lines::{Line, Lines};
use crate::components::FieldFrame;
use crate::form::Input;
use crate::form::number_input::NumberInput;
use crate::text::t;
use leptos::prelude::*;
use serde_json::{Value, json};

/// As many as there are codes.
const MOST: usize = 100;

/// A field for speed dials.
#[component]
pub(crate) fn SpeedDialsField(
    /// Where its value is kept in the draft.
    input: Input,
) -> impl IntoView {
    let lines = Lines::of(input);
    let add = Callback::new(move |()| {
        let code = free_code(&lines.get());
        format!(
            "{}-name",
            lines.add(json!({ "code": code, "name": "", "number": "" }))
        )
    });
    let full = Signal::derive(move || lines.count() >= MOST);
    let add = view! { <AddButton label="speed-dial-add" full on_add=add /> }.into_any();
    view! { <ListFrame lines draw name add /> }
}

fn draw(lines: Lines, (id, entry): Line) -> AnyView {
    let text = |part: &'static str, max: &'static str| {
        let field = format!("{id}-{part}");
        let described = format!("{field}-errors {id}-hides");
        let errors = lines.codes(id.clone(), part);
        view! {
            <FieldFrame
                id=field.clone()
                label=Signal::derive(move || t(&format!("speed-dial-{part}")))
                errors
            >
                <input
                    id=field.clone()
                    autocomplete="off"
                    maxlength=max
                    aria-describedby=described
                    inputmode=(part == "code").then_some("numeric")
                    aria-invalid=move || (!errors.get().is_empty()).to_string()
                    prop:value=move || entry.with(|entry| read(entry, part))
                    on:input=move |event| {
                        entry.update(|entry| entry[part] = event_target_value(&event).into());
                    }
                />
            </FieldFrame>
        }
    };
    let (code, name) = (text("code", "2"), text("name", "80"));
    let hides = move || {
        entry
            .with(|entry| hides(lines, entry))
            .map(|words| view! { <p>{words}</p> })
    };
    view! {
        <div class="three">
            {code}{name}<div class="number">{number(lines, entry, id.clone())}</div>
        </div>
        <div class="warning" id=format!("{id}-hides") aria-live="polite">
            {hides}
        </div>
    }
    .into_any()
}

/// What a speed dial keeps its owner from dialling, while it is typed; it may be saved all the same.
fn hides(lines: Lines, entry: &Value) -> Option<String> {
    let (context, code) = (lines.input.store.context()?, read(entry, "code"));
    let dialling = &context.card.location.speed_dial;
    let dialled = format!("{}{code}", dialling.prefix);
    dialling
        .hiding
        .contains(&code)
        .then(|| t!("speed-dial-hides", code = dialled))
}

fn number(lines: Lines, entry: RwSignal<Value>, id: String) -> impl IntoView {
    let field = format!("{id}-number");
    let wrong = lines.codes(id, "number");
    view! {
        <FieldFrame id=field.clone() label=Signal::derive(|| t("speed-dial-number")) errors=wrong>
            <NumberInput
                id=field
                first=entry.with_untracked(|entry| read(entry, "number"))
                pattern=true
                wrong=Signal::derive(move || !wrong.get().is_empty())
                pretty=Callback::new(move |typed: String| lines.input.pretty(&typed))
                on_change=Callback::new(move |typed: String| {
                    entry.update(|entry| entry["number"] = typed.into());
                })
            />
        </FieldFrame>
    }
}

fn name(lines: Lines, (id, entry): &Line) -> String {
    let known = entry.with(|entry| read(entry, "name"));
    if known.is_empty() {
        t!(
            "speed-dial-new",
            place = lines.place(id).map_or(0, |at| at + 1)
        )
    } else {
        known
    }
}

fn read(entry: &Value, part: &str) -> String {
    entry[part].as_str().unwrap_or_default().to_owned()
}

/// The lowest code that no line has.
fn free_code(lines: &[Line]) -> String {
    let taken = |code: &String| {
        lines
            .iter()
            .any(|(_, entry)| entry.with(|entry| read(entry, "code") == *code))
    };
    (0..MOST)
        .map(|code| format!("{code:02}"))
        .find(|code| !taken(code))
        .unwrap_or_default()
}
