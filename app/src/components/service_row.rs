//! A service on its page: switch, name, what it does now, and the way to edit it.

use super::{Icon, IconName};
use crate::text::t;
use centrale_core::service::{ServiceId, Unavailable};
use leptos::prelude::*;

/// The row of a service.
#[component]
pub(crate) fn ServiceRow(
    /// The service.
    service: ServiceId,
    /// Why the user cannot use it.
    unavailable: Option<Unavailable>,
    /// Only an administrator may change it, and whoever looks is none.
    locked: bool,
    /// Whether it is switched on; `None`: it has no switch.
    #[prop(into)]
    on: Signal<Option<bool>>,
    /// Where it sends calls; empty: nowhere.
    #[prop(into)]
    target: Signal<String>,
    /// What it does beside that.
    #[prop(into)]
    summary: Signal<String>,
    /// It has unsaved changes.
    #[prop(into)]
    changed: Signal<bool>,
    /// It cannot be saved as it is.
    #[prop(into)]
    flawed: Signal<bool>,
    /// The switch was used.
    on_switch: Callback<bool>,
    /// The dialog is asked for.
    on_edit: Callback<()>,
) -> impl IntoView {
    let name = move || t(&format!("service-{service}-name"));
    let off = unavailable.is_some();
    let switch = move || {
        let control = view! {
            <input
                type="checkbox"
                role="switch"
                class="switch"
                aria-label=name
                disabled=off || locked
                prop:checked=move || on.get() == Some(true) && !off
                on:change=move |event| on_switch.run(event_target_checked(&event))
            />
        };
        if on.with(Option::is_some) {
            control.into_any()
        } else {
            view! {
                <span class="without-switch">
                    <Icon name=IconName::Phone />
                </span>
            }
            .into_any()
        }
    };
    let does = move || match unavailable {
        Some(Unavailable::NotAssigned) => t("unavailable-not-assigned").into_any(),
        Some(Unavailable::NoFixedNumber) => t("unavailable-no-fixed-number").into_any(),
        Some(Unavailable::NotForRole) => t("unavailable-not-for-role").into_any(),
        Some(Unavailable::NeedsFixedProfile) => t("unavailable-needs-fixed-profile").into_any(),
        Some(Unavailable::NeedsDeskPhone) => t("needs-desk-phone").into_any(),
        None => {
            let target = target.get();
            let target = (!target.is_empty()).then(|| {
                view! {
                    <span class="does">{target}</span>
                    " "
                }
            });
            let locked = locked.then(|| format!(". {}", t("admin-sets-this")));
            view! {
                {target}
                {summary.get()}
                {locked}
            }
            .into_any()
        }
    };
    view! {
        <li class="service" class:changed=changed class:flawed=flawed class:unavailable=off>
            {switch}
            <div>
                <h3>{name}</h3>
                <p>
                    {does} " " <Show when=move || changed.get()>
                        <span class="tag">{move || t("changed")}</span>
                    </Show> " " <Show when=move || flawed.get()>
                        <span class="tag stop">{move || t("incomplete")}</span>
                    </Show>
                </p>
            </div>
            <Show when=move || !off && !locked>
                <button
                    type="button"
                    class="button quiet"
                    aria-label=move || t!("edit-named", name = name())
                    on:click=move |_| on_edit.run(())
                >
                    <span class="label">{move || t("edit")}</span>
                    <Icon name=IconName::Chevron />
                </button>
            </Show>
        </li>
    }
}
