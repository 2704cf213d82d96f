//! Rows that are told apart by their place alone. Every such list is one piece of code: what a row is comes boxed.

use leptos::prelude::*;

/// As many rows as `count` says; rows stay as they are when others come or go behind them.
#[component]
pub(crate) fn IndexedList(
    /// How many there are.
    #[prop(into)]
    count: Signal<usize>,
    /// The row at a place.
    row: Callback<usize, AnyView>,
) -> impl IntoView {
    view! {
        <For each=move || 0..count.get() key=|index| *index children=move |index| row.run(index) />
    }
}
