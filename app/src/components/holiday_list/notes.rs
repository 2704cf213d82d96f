//! What a file brought, and what was not taken from it, line by line.

use crate::text::{error_text, t};
use centrale_core::api::schedules::Note;
use leptos::prelude::*;

/// What came of a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Imported {
    /// How many holidays are new.
    pub(crate) count: usize,
    /// What was not taken, or not as it stands in the file.
    pub(crate) notes: Vec<Note>,
    /// How many notes more there are.
    pub(crate) more_notes: u32,
}

/// What was not taken from the file.
#[component]
pub(crate) fn ImportNotes(
    /// What came of it.
    #[prop(into)]
    imported: Signal<Option<Imported>>,
) -> impl IntoView {
    let notes = Memo::new(move |_| {
        imported.with(|read| {
            read.as_ref()
                .map(|read| read.notes.clone())
                .unwrap_or_default()
        })
    });
    let more = move || imported.with(|read| read.as_ref().map_or(0, |read| read.more_notes));
    view! {
        <Show when=move || !notes.with(Vec::is_empty)>
            <section class="import-notes" aria-label=move || t("schedules-import-notes")>
                <h3>{move || t("schedules-import-notes")}</h3>
                <ul>
                    {move || {
                        notes
                            .get()
                            .into_iter()
                            .map(|note| view! { <li>{sentence(&note)}</li> })
                            .collect_view()
                    }}
                </ul>
                <Show when=move || { more() > 0 }>
                    <p>{move || t!("schedules-import-more", count = more())}</p>
                </Show>
            </section>
        </Show>
    }
}

fn sentence(note: &Note) -> String {
    let reason = match note.year {
        Some(year) => t!("schedules-import-dated-until", year = year),
        None => error_text(note.code),
    };
    let what = if note.taken { "changed" } else { "left-out" };
    let name = if note.name.is_empty() {
        t("schedules-import-unnamed")
    } else {
        note.name.clone()
    };
    t!(
        "schedules-import-note",
        what = what,
        line = note.line,
        name = name,
        reason = reason
    )
}
