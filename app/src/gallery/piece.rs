//! A component in the gallery, and one of its states.

use leptos::prelude::*;

/// A component with its states.
#[component]
pub(super) fn Piece(
    /// Its name in the code.
    name: &'static str,
    /// Its states.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="gallery-piece" aria-label=name>
            <h2>{name}</h2>
            {children()}
        </section>
    }
}

/// One state. What is fixed to the window elsewhere is fixed to this frame.
#[component]
pub(super) fn State(
    /// What the state is.
    name: &'static str,
    /// The component in it.
    children: Children,
) -> impl IntoView {
    view! {
        <figure class="gallery-state">
            <figcaption>{name}</figcaption>
            {children()}
        </figure>
    }
}
