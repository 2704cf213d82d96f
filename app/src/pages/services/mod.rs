//! The call services of a user (*Oproepfuncties*): rows with switches, the edit dialog, the save bar and the preview.

mod dialogs;
mod group;
mod save;

use super::{Here, NotFoundPage};
use crate::client::{Failure, call};
use crate::components::{SaveBar, ServiceFilter, Shown, Trouble, profile_key};
use crate::draft::{DraftStore, Ground};
use crate::guard;
use crate::parts::PreviewPart;
use crate::text::{self, t};
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

/// The page.
#[component]
pub(crate) fn ServicesPage() -> impl IntoView {
    let here = Here::get();
    text::document_title(|| t("services"));
    move || match (here.user.get(), here.failure.get()) {
        (Some(user), None) => view! { <Services user/> }.into_any(),
        (Some(_), Some(Failure::Network)) => {
            let text = Signal::derive(|| t("error-network"));
            view! { <Trouble text on_retry=Callback::new(move |()| here.retry())/> }.into_any()
        }
        _ => view! { <NotFoundPage/> }.into_any(),
    }
}

/// The services of one user.
#[component]
fn Services(user: UserId) -> impl IntoView {
    let here = Here::get();
    let ground = Memo::new(move |_| {
        here.current_card().map(|card| Ground {
            card,
            schedules: here.schedules.get(),
        })
    });
    let store = DraftStore::new(user, ground.into());
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
            view! { <Trouble text on_retry=Callback::new(load)/> }
        })
    };
    here.load_schedules();
    guard::watch(Signal::derive(move || store.count() > 0));
    let save = use_save(store);
    let shown = RwSignal::new(Shown::All);
    let ready = Memo::new(move |_| ground.with(Option::is_some) && !store.saved().is_empty());
    let none = Memo::new(move |_| {
        !CATALOGUE
            .iter()
            .any(|entry| passes(entry, store, shown.get()))
    });
    let subtitle = move || here.current_card().map(|card| subtitle(&card));
    let card = Signal::derive(move || here.current_card());
    view! {
        <div class="beside-layout">
            <section aria-labelledby="page-heading">
                <div class="head">
                    <div><h1 id="page-heading">{move || t("services")}</h1><p>{subtitle}</p></div>
                    <ServiceFilter shown/>
                </div>
                {trouble}
                <Show when=move || ready.get()>
                    <ServiceGroup group=Group::Forwarding store shown/>
                    <ServiceGroup group=Group::Blocking store shown/>
                    <ServiceGroup group=Group::Ringing store shown/>
                    <ServiceGroup group=Group::Messages store shown/>
                    <ServiceGroup group=Group::Calling store shown/>
                    <ServiceGroup group=Group::Team store shown/>
                    <Show when=move || none.get()><p class="empty">{move || t("filter-none")}</p></Show>
                </Show>
            </section>
            <aside aria-label=move || t("what-if")>
                <PreviewPart user drafts=store.drafts().into() card/>
            </aside>
        </div>
        <SaveBar
            count=Signal::derive(move || store.count())
            problem=save.problem
            busy=save.busy
            saved=save.saved
            on_reset=Callback::new(move |()| { save.problem.set(String::new()); store.reset(); })
            on_save=Callback::new(move |()| save.run.run(None))
        />
        <Dialogs store save/>
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
