//! Where one is logged in: the list, and what ends a session.

use super::{Refused, browser};
use crate::client::{Failure, call};
use crate::components::LoadError;
use crate::text::{t, when};
use centrale_core::api::own::{EndOthers, EndSession, OwnSession, SessionId, Sessions};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The card.
#[component]
pub(super) fn SessionsCard(
    /// Changes when sessions have ended by something else.
    changed: RwSignal<u32>,
) -> impl IntoView {
    let list = RwSignal::new(None::<Result<Vec<OwnSession>, Failure>>);
    let refused = Refused::new();
    let load = Callback::new(move |()| {
        spawn_local(async move {
            let answer = call::<Sessions>((), ()).await;
            list.try_set(Some(answer));
        });
    });
    Effect::new(move || {
        changed.track();
        load.run(());
    });
    let ended = move |answer: Result<(), Failure>| {
        refused.set(answer.err());
        load.run(());
    };
    let end = Callback::new(move |id: SessionId| {
        spawn_local(async move { ended(call::<EndSession>(id, ()).await) });
    });
    let end_others = move |_| spawn_local(async move { ended(call::<EndOthers>((), ()).await) });
    let several = move || list.with(|list| matches!(list, Some(Ok(list)) if list.len() > 1));
    let content = move || match list.get()? {
        Ok(list) => {
            let rows = list
                .into_iter()
                .map(|session| row(session, end))
                .collect_view();
            Some(view! { <ul class="devices">{rows}</ul> }.into_any())
        }
        Err(failure) => Some(
            view! { <LoadError text=Signal::derive(move || failure.text()) on_retry=load /> }
                .into_any(),
        ),
    };
    view! {
        <section class="card">
            <h2>{move || t("sessions")}</h2>
            <p class="problem" role="alert">
                {refused.beside()}
            </p>
            {content}
            <p class="hint">{move || t("sessions-hint")}</p>
            <Show when=several>
                <button type="button" class="button" on:click=end_others>
                    {move || t("sessions-end-others")}
                </button>
            </Show>
        </section>
    }
}

fn row(session: OwnSession, on_end: Callback<SessionId>) -> impl IntoView {
    let OwnSession {
        id,
        current,
        since,
        seen_at,
        address,
        browser,
    } = session;
    let known = browser::name(&browser);
    let name = move || match known {
        Some((name, system)) => t!("session-browser", browser = name, system = system),
        None => t("session-browser-unknown"),
    };
    let times = move || t!("session-times", since = when(since), seen = when(seen_at));
    let end = move || {
        let (id, label) = (id.clone(), move || {
            t!("session-end-named", browser = name())
        });
        view! {
            <button
                type="button"
                class="button quiet"
                aria-label=label
                on:click=move |_| on_end.run(id.clone())
            >
                {move || t("session-end")}
            </button>
        }
    };
    view! {
        <li>
            <div>
                <span title=browser>{name}</span>
                {current
                    .then(|| {
                        view! {
                            " "
                            <span class="tag">{move || t("session-current")}</span>
                        }
                    })}
                <small>{address}" · "{times}</small>
            </div>
            {(!current).then(end)}
        </li>
    }
}
