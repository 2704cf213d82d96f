//! Service packs and their licences.

use crate::text::t;
use centrale_core::api::organisation::PackUse;
use leptos::prelude::*;

/// The list of packs.
#[component]
pub(crate) fn Licences(
    /// The packs.
    packs: Vec<PackUse>,
) -> impl IntoView {
    let row = |pack: PackUse| {
        let (used, licences) = (pack.used, pack.licences);
        let name = pack.name.clone();
        view! {
            <li>
                <b>{pack.name}</b>
                <span class="count">
                    {move || t!("licences-used", used = used, licences = licences)}
                </span>
                <meter aria-label=name min="0" max=licences value=used high=licences optimum="0" />
            </li>
        }
    };
    view! {
        <section class="card">
            <h2>{move || t("licences")}</h2>
            <ul>{packs.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
