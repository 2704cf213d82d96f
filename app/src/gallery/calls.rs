//! The question of the what-if and the path of a call.

use super::piece::Piece;
use super::samples::{NOW, nothing};
use crate::components::path::{Path, PathStep, Reason, Tone};
use crate::components::week_strip::segment::{Look, Segment, WEEK};
use crate::components::what_if::{CallerField, LineField, MomentField, Travel, WhatIfFields};
use centrale_core::time::Zone;
use leptos::prelude::*;

/// The pieces.
#[component]
pub(super) fn Calls() -> impl IntoView {
    let fields = WhatIfFields::new(NOW);
    let colleagues = Signal::stored(vec![("143".to_owned(), "Daan Visser".to_owned())]);
    let zone = Signal::derive(Zone::utc);
    view! {
        <Piece name="CallerField, MomentField and LineField">
            <div class="what-if-form">
                <CallerField fields colleagues wrong=Signal::stored(Some("whatif-caller-wrong")) />
                <MomentField fields zone />
                <LineField fields />
            </div>
        </Piece>
        <Piece name="Travel">
            <Travel
                segments=Signal::stored(segments())
                at=Signal::derive(move || fields.at())
                zone
                outcome=Signal::stored("Sanne answers".to_owned())
                on_travel=nothing()
            />
        </Piece>
        <Piece name="Path">
            <Path steps=Signal::stored(steps()) label=Signal::stored("A call".to_owned()) />
        </Piece>
    }
}

/// A week with every look in it.
fn segments() -> Vec<Segment> {
    let looks = Look::ALL;
    let length = WEEK / looks.len() as u16;
    (0..)
        .zip(looks)
        .map(|(place, look)| Segment {
            start: place * length,
            end: (place + 1) * length,
            look,
        })
        .collect()
}

/// A step of every tone.
fn steps() -> Vec<PathStep> {
    let step = |tone, title: &str, reasons: Vec<Reason>| PathStep {
        tone,
        title: title.to_owned(),
        detail: format!("{tone:?}"),
        ask: "Why?".to_owned(),
        reasons,
    };
    let reason = |fired, name: &str| Reason {
        fired,
        name: name.to_owned(),
        text: "because of its hours".to_owned(),
    };
    let reasons = vec![reason(true, "Evening"), reason(false, "Holidays")];
    vec![
        step(Tone::Quiet, "A call for Sanne", Vec::new()),
        step(Tone::Hot, "Forwarded to Daan", reasons),
        step(Tone::End, "Daan answers", Vec::new()),
        step(Tone::Stop, "Nobody is reached", Vec::new()),
    ]
}
