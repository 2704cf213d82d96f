//! The logo of the product.

use leptos::prelude::*;

/// The sign with the name.
#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! {
        <span class="logo">
            <svg viewBox="0 0 26 26" aria-hidden="true">
                <circle cx="6" cy="7" r="3" />
                <circle cx="20" cy="19" r="3" />
                <path d="M9 7h3a4 4 0 0 1 4 4v4" />
                <path d="M6 14v5h5" opacity=".45" />
            </svg>
            <span>"Centrale"</span>
        </span>
    }
}
