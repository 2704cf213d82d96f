//! The what-if panel beside the services: loads the slice of the configuration that calls to the user can touch, and
//! decides calls in the browser on every keystroke, with the changes that are not saved yet.

mod hours;
mod load;
mod preview;

use crate::components::path::Path;
use crate::components::what_if::{
    CallerField, LineField, MomentField, Names, Travel, WhatIfFields, called, dialled, service_name,
};
use crate::draft::DraftStore;
use crate::ids;
use crate::session::LoggedIn;
use crate::text::t;
use centrale_core::api::routing::Draft;
use centrale_core::api::users::Card;
use centrale_core::id::UserId;
use centrale_core::time::Zone;
use leptos::prelude::*;
use load::SliceOf;
use preview::Preview;
use std::time::Duration;

/// How often "now" moves on, in seconds.
const TICK: u64 = 20;

/// The panel.
#[component]
pub(crate) fn WhatIfPanel(
    /// Whose calls.
    user: UserId,
    /// The changes that are not saved.
    #[prop(into)]
    drafts: Signal<Vec<Draft>>,
    /// The user's card: its zone counts until the slice is there.
    #[prop(into)]
    card: Signal<Option<Card>>,
) -> impl IntoView {
    let logged_in = LoggedIn::from_context();
    let fields = WhatIfFields::new(logged_in.now());
    tick(move || fields.now.set(logged_in.now()));
    // What was saved since the slice was loaded counts as well.
    let store = use_context::<DraftStore>();
    let drafts = with_saved(user, store, drafts);
    let slice = SliceOf::load(user);
    let preview = Preview::new(fields, user, slice.found, drafts);
    let minute = Memo::new(move |_| fields.at().0.div_euclid(60_000));
    Effect::new(move || {
        minute.track();
        slice.forget_moments();
    });
    slice.follow(Signal::derive(move || {
        drafts.with(|drafts| preview.unknown(drafts))
    }));
    hours::follow(user, preview.span, preview.hours);
    let zone = Signal::derive(move || zone(preview, card));
    let unfinished = Memo::new(move |_| {
        let service = store?.first_flawed()?;
        Some(t!("whatif-unfinished", services = service_name(service)))
    });
    let colleagues = Signal::derive(move || colleagues(preview, user));
    let callable = Memo::new(move |_| preview.callable());
    let heading = ids::unique("what-if");
    view! {
        <section class="card what-if" aria-labelledby=heading>
            <h2 id=heading.clone()>{move || t("whatif-title")}</h2>
            <p class="sub">{move || t("whatif-sub")}</p>
            <Show when=move || slice.failed.get()>
                <p class="errors">
                    {move || t("whatif-failed")} " "
                    <button type="button" class="button quiet" on:click=move |_| slice.fetch()>
                        {move || t("whatif-retry")}
                    </button>
                </p>
            </Show>
            <Show
                when=move || callable.get()
                fallback=move || view! { <p class="hint">{move || t("whatif-no-number")}</p> }
            >
                <div class="what-if-form">
                    <CallerField
                        fields
                        colleagues
                        wrong=Signal::derive(move || preview.caller_wrong())
                    />
                    <MomentField fields zone />
                    <LineField fields />
                </div>
                <Travel
                    segments=preview.week()
                    at=Signal::derive(move || fields.at())
                    zone
                    outcome=Signal::derive(move || preview.headline())
                    on_travel=Callback::new(move |at| fields.moment.set(Some(at)))
                />
                <p class=move || format!("what-if-outcome {}", preview.look()) aria-live="polite">
                    {move || preview.headline()}
                </p>
                <p class="hint" role="status">
                    {unfinished}
                </p>
                <p class="hint" role="status">
                    {move || preview.cut()}
                </p>
                <Path
                    steps=Signal::derive(move || preview.path_steps())
                    label=Signal::derive(|| t("whatif-path"))
                />
            </Show>
        </section>
    }
}

/// The settings of the user that count: those that were saved, and over them those that are not saved yet.
fn with_saved(
    user: UserId,
    store: Option<DraftStore>,
    drafts: Signal<Vec<Draft>>,
) -> Memo<Vec<Draft>> {
    Memo::new(move |_| {
        let saved = store
            .map(DraftStore::saved)
            .unwrap_or_default()
            .into_iter()
            .filter(|s| s.unavailable.is_none());
        let saved = saved.map(|s| Draft {
            user,
            service: s.service,
            settings: s.settings,
        });
        saved.chain(drafts.get()).collect()
    })
}

/// The zone of the slice; the card's until the slice is there.
fn zone(preview: Preview, card: Signal<Option<Card>>) -> Zone {
    let known = preview
        .names
        .with(Option::is_some)
        .then(|| preview.zone.get());
    known
        .or_else(|| card.get().map(|card| card.location.zone))
        .unwrap_or_else(Zone::utc)
}

/// Who may be chosen as the caller: what reaches them, and their name.
fn colleagues(preview: Preview, user: UserId) -> Vec<(String, String)> {
    let list = |names: &Names| {
        let others = names.config.users().filter(|s| s.user.id != user);
        others
            .filter_map(|s| Some((dialled(&s.user)?, called(s))))
            .collect()
    };
    preview
        .names
        .with(|names| names.as_ref().map(list).unwrap_or_default())
}

/// Runs `run` every [`TICK`] as long as the panel is there.
fn tick(run: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(run, Duration::from_secs(TICK)) {
        on_cleanup(move || handle.clear());
    }
}
