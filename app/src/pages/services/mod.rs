//! The call services of a user (*Oproepfuncties*): rows with switches, the edit dialog, the save bar and the preview.

mod dialogs;
mod group;
mod save;

use super::{NotFoundPage, PageContext};
use crate::client::{Failure, call};
use crate::components::{LoadError, SaveBar, ServiceFilter, ServiceFilterChoice, profile_key};
use crate::draft::{CheckContext, DraftStore};
use crate::guard;
use crate::text::{self, t};
use centrale_core::api::routing::Draft;
use centrale_core::api::services::List;
use centrale_core::api::users::Card;
use centrale_core::id::UserId;
use centrale_core::number::pretty;
use centrale_core::service::{CATALOGUE, Group};
use dialogs::Dialogs;
use group::{ServiceGroup, passes};
use leptos::prelude::*;
use leptos::task::spawn_local;
use save::use_save;

/// Draws the what-if panel, whose code is in another chunk: the user, the changes that are not saved, the card.
pub(crate) type PreviewView = fn(UserId, Signal<Vec<Draft>>, Signal<Option<Card>>) -> AnyView;

/// The page.
#[component]
pub(crate) fn ServicesPage(
    /// Draws the what-if panel.
    preview: PreviewView,
) -> impl IntoView {
    let page = PageContext::from_context();
    text::document_title(|| t("services"));
    move || match (page.user.get(), page.failure.get()) {
        (Some(user), None) => view! { <Services user preview /> }.into_any(),
        (Some(_), Some(Failure::Network)) => {
            let text = Signal::derive(|| t("error-network"));
            view! { <LoadError text on_retry=Callback::new(move |()| page.retry()) /> }.into_any()
        }
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The services of one user.
#[component]
fn Services(user: UserId, preview: PreviewView) -> impl IntoView {
    let page = PageContext::from_context();
    let context = Memo::new(move |_| {
        page.current_card().map(|card| CheckContext {
            card,
            schedules: page.schedules.get(),
        })
    });
    let store = DraftStore::new(user, context.into());
    provide_context(store);
    let failure = RwSignal::new(None::<Failure>);
    let load = move |()| {
        failure.set(None);
        spawn_local(async move {
            match call::<List>(user, ()).await {
                Ok(settings) => store.load(settings),
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    load(());
    let trouble = move || {
        failure.get().map(|why| {
            let text = Signal::derive(move || why.text());
            view! { <LoadError text on_retry=Callback::new(load) /> }
        })
    };
    page.load_schedules();
    guard::watch(Signal::derive(move || store.count() > 0));
    let save = use_save(store);
    let shown = RwSignal::new(ServiceFilterChoice::All);
    let ready = Memo::new(move |_| context.with(Option::is_some) && !store.saved().is_empty());
    let none = Memo::new(move |_| {
        !CATALOGUE
            .iter()
            .any(|entry| passes(entry, store, shown.get()))
    });
    let subtitle = move || page.current_card().map(|card| subtitle(&card));
    let card = Signal::derive(move || page.current_card());
    view! {
        <div class="beside-layout">
            <section aria-labelledby="page-heading">
                <div class="head">
                    <div class="title">
                        <h1 id="page-heading">{move || t("services")}</h1>
                        <p>{subtitle}</p>
                    </div>
                    <ServiceFilter shown />
                </div>
                {trouble}
                <Show when=move || ready.get()>
                    <ServiceGroup group=Group::Forwarding store shown />
                    <ServiceGroup group=Group::Blocking store shown />
                    <ServiceGroup group=Group::Ringing store shown />
                    <ServiceGroup group=Group::Messages store shown />
                    <ServiceGroup group=Group::Calling store shown />
                    <ServiceGroup group=Group::Team store shown />
                    <Show when=move || none.get()>
                        <p class="empty">{move || t("filter-none")}</p>
                    </Show>
                </Show>
            </section>
            <aside aria-label=move || t(
                "what-if",
            )>{preview(user, store.drafts().into(), card)}</aside>
        </div>
        <SaveBar
            count=Signal::derive(move || store.count())
            problem=save.problem
            busy=save.busy
            saved=save.saved
            on_reset=Callback::new(move |()| {
                save.problem.set(String::new());
                store.reset();
            })
            on_save=Callback::new(move |()| save.run.run(None))
        />
        <Dialogs store save />
    }
}

fn subtitle(card: &Card) -> String {
    let parts = [
        card.number.map(pretty),
        card.extension
            .map(|extension| t!("extension", extension = extension)),
        Some(t(&format!("{}-line", profile_key(card.profile)))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
