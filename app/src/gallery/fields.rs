//! Fields of forms.

use super::piece::{Piece, State};
use super::samples::nothing;
use crate::components::parsed_input::{Format, ParsedInput};
use crate::components::{FieldFrame, Finder};
use centrale_core::error::Code;
use centrale_core::id::UserId;
use leptos::prelude::*;

/// Whole numbers, as a format to show.
const NUMBER: Format = Format {
    kind: "text",
    write: |value| value.to_string(),
    read: |text| text.trim().parse().ok(),
    wrong: "schedules-time-unreadable",
};

/// The fields.
#[component]
pub(super) fn Fields() -> impl IntoView {
    view! {
        <Piece name="FieldFrame">
            {field("filled", "plain", Vec::new())} {field("wrong", "wrong", vec![Code::Malformed])}
        </Piece>
        <Piece name="ParsedInput">
            {parsed("filled", Vec::new())} {parsed("wrong", vec![Code::OutOfRange])}
        </Piece>
        <Piece name="Finder">
            {finder("closed", "finder-closed", "")} {finder("found", "finder-found", "da")}
            {finder("nobody", "finder-nobody", "zz")}
        </Piece>
    }
}

fn field(name: &'static str, id: &'static str, errors: Vec<Code>) -> impl IntoView {
    let wrong = !errors.is_empty();
    let id = format!("gallery-{id}");
    view! {
        <State name>
            <FieldFrame
                id=id.clone()
                label=Signal::stored("Number".to_owned())
                hint=Signal::stored("An extension, or a number with its country".to_owned())
                errors=Signal::stored(errors)
            >
                <input
                    id=id.clone()
                    value="06 5550 1199"
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=format!("{id}-errors")
                />
            </FieldFrame>
        </State>
    }
}

fn parsed(name: &'static str, errors: Vec<Code>) -> impl IntoView {
    view! {
        <State name>
            <ParsedInput
                format=NUMBER
                value=Signal::stored(12)
                label=Signal::stored("Days".to_owned())
                labelled=true
                errors=Signal::stored(errors)
                on_change=nothing()
            />
        </State>
    }
}

fn finder(name: &'static str, id: &'static str, typed: &str) -> impl IntoView {
    let query = RwSignal::new(typed.to_owned());
    let found = match typed {
        "da" => vec![
            (UserId(1), "Daan Visser (143)".to_owned()),
            (UserId(2), "Dana de Wit (144)".to_owned()),
        ],
        _ => Vec::new(),
    };
    view! {
        <State name>
            <Finder
                id=id.to_owned()
                label="user-search"
                query
                found=Signal::stored(found)
                on_choose=nothing()
            />
        </State>
    }
}
