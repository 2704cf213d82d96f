//! The profile of a user: numbers, phones and place, and their own account when it is theirs.

use super::PageContext;
use crate::components::{Icon, IconName, profile_key};
use crate::session::LoggedIn;
use crate::text::{self, t};
use centrale_core::api::users::Card;
use centrale_core::number::pretty;
use centrale_core::organisation::{Device, DeviceKind};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn ProfilePage(
    /// Draws one's own account, whose code is in another chunk.
    account: fn() -> AnyView,
) -> impl IntoView {
    let context = PageContext::from_context();
    text::document_title(|| t("profile"));
    let logged_in = LoggedIn::from_context();
    let own = Memo::new(move |_| {
        logged_in
            .user()
            .is_some_and(|user| context.user.get() == Some(user))
    });
    let content = move || context.current_card().map(|card| view! { <Facts card /> });
    view! {
        <div class="head">
            <h1>{move || t("profile")}</h1>
        </div>
        {content}
        <Show when=move || own.get()>{account()}</Show>
    }
}

#[component]
fn Facts(card: Card) -> impl IntoView {
    let fact = |key: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{move || t(key)}</dt>
                <dd>{value}</dd>
            }
        })
    };
    let profile = profile_key(card.profile);
    let language = text::tag(card.language);
    let schedules = format!("/users/{}/schedules", card.id);
    let zone = card.location.zone.name().replace('_', " ");
    let devices = card.devices.into_iter().map(device).collect::<Vec<_>>();
    let none = devices.is_empty();
    view! {
        <div class="profile">
            <section class="card">
                <h2>{format!("{} {}", card.first_name, card.last_name)}</h2>
                <dl class="facts">
                    {fact("profile-number", card.number.map(pretty).unwrap_or_default())}
                    {fact(
                        "profile-extension",
                        card.extension.map(|e| e.to_string()).unwrap_or_default(),
                    )} {fact("profile-mobile-number", card.mobile.map(pretty).unwrap_or_default())}
                    <dt>{move || t("profile-kind")}</dt>
                    <dd>
                        {move || t(profile)}<small>{move || t(&format!("{profile}-hint"))}</small>
                    </dd> {fact("login", card.login)} {fact("email", card.email)}
                    <dt>{move || t("language")}</dt>
                    <dd>{move || t(&format!("language-{language}"))}</dd>
                </dl>
            </section>
            <div>
                <section class="card">
                    <h2>{move || t("profile-place")}</h2>
                    <dl class="facts">
                        {fact("location", card.location.name)}
                        {fact(
                            "department",
                            card.department.map(|(_, name)| name).unwrap_or_default(),
                        )} {fact("time-zone", zone)}
                    </dl>
                    <a class="button" href=schedules>
                        <Icon name=IconName::Calendar />
                        {move || t("profile-schedules")}
                    </a>
                </section>
                <section class="card">
                    <h2>{move || t("devices")}</h2>
                    <ul class="devices">{devices}</ul>
                    <Show when=move || none>
                        <p class="hint">{move || t("devices-none")}</p>
                    </Show>
                </section>
            </div>
        </div>
    }
}

fn device(device: Device) -> impl IntoView {
    let kind = match device.kind {
        DeviceKind::Desk => "device-desk",
        DeviceKind::Cordless => "device-cordless",
        DeviceKind::Soft => "device-soft",
    };
    view! {
        <li>
            <Icon name=IconName::Phone />
            <div>{device.name}<small>{move || t(kind)}" · "{device.account}</small></div>
        </li>
    }
}
