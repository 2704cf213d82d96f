//! The fields of one rule.

use super::schedule_choice::ScheduleChoice;
use super::who::WhoChoice;
use crate::components::FieldFrame;
use crate::draft::RuleDraft;
use crate::form::number_input::NumberInput;
use crate::form::{Input, codes_at};
use crate::text::{for_service, t};
use centrale_core::error::FieldError;
use centrale_core::rule::Effect;
use centrale_core::schedule::ScheduleType;
use leptos::prelude::*;

/// The fields of an opened rule.
#[component]
pub(crate) fn RuleDetails(
    /// Names the controls.
    id: String,
    /// The field that the rule is in.
    input: Input,
    /// The rule may carry its own number.
    own_number: bool,
    /// The rule.
    rule: RwSignal<RuleDraft>,
    /// What is wrong with the rule, at paths below it.
    #[prop(into)]
    errors: Signal<Vec<FieldError>>,
) -> impl IntoView {
    let at = move |path: &'static str| Signal::derive(move || codes_at(&errors.get(), path));
    let number = at("number");
    let store = input.store;
    let acts = move || rule.with(|rule| rule.effect == Effect::Activate);
    let name_id = format!("{id}-name");
    let number_id = StoredValue::new(format!("{id}-number"));
    view! {
        <div class="details">
            <FieldFrame
                id=name_id.clone()
                label=Signal::derive(|| t("rule-name"))
                errors=at("name")
            >
                <input
                    id=name_id.clone()
                    autocomplete="off"
                    aria-describedby=format!("{name_id}-errors")
                    aria-invalid=move || (!at("name").get().is_empty()).to_string()
                    prop:value=move || rule.with(|rule| rule.name.clone())
                    on:input=move |event| rule.update(|rule| rule.name = event_target_value(&event))
                />
            </FieldFrame>
            <EffectChoice id=format!("{id}-effect") input rule />
            <ScheduleChoice
                id=format!("{id}-time")
                kind=ScheduleType::Time
                store
                during=Signal::derive(move || rule.with(|rule| rule.time))
                errors=at("time")
                on_change=Callback::new(move |during| rule.update(|rule| rule.time = during))
            />
            <ScheduleChoice
                id=format!("{id}-holiday")
                kind=ScheduleType::Holidays
                store
                during=Signal::derive(move || rule.with(|rule| rule.holiday))
                errors=at("holiday")
                on_change=Callback::new(move |during| rule.update(|rule| rule.holiday = during))
            />
            <WhoChoice input rule errors />
            <Show when=move || own_number && acts()>
                <FieldFrame
                    id=number_id.get_value()
                    label=Signal::derive(|| t("rule-number"))
                    hint=Signal::derive(|| t("rule-number-hint"))
                    errors=number
                >
                    <NumberInput
                        id=number_id.get_value()
                        first=rule.with_untracked(|rule| rule.number.clone())
                        wrong=Signal::derive(move || !number.get().is_empty())
                        pretty=Callback::new(move |typed: String| input.pretty(&typed))
                        on_change=Callback::new(move |typed: String| {
                            rule.update(|rule| rule.number = typed);
                        })
                    />
                </FieldFrame>
            </Show>
        </div>
    }
}

/// What a match does: the service acts, or holds back.
#[component]
fn EffectChoice(
    /// The id of the control.
    id: String,
    /// The field that the rule is in.
    input: Input,
    /// The rule.
    rule: RwSignal<RuleDraft>,
) -> impl IntoView {
    let option = move |value: &'static str, effect: Effect| {
        view! {
            <option value=value selected=move || rule.with(|rule| rule.effect == effect)>
                {move || for_service(input.service, &format!("rule-effect-{value}"))}
            </option>
        }
    };
    let choose = move |value: String| {
        rule.update(|rule| {
            rule.effect = if value == "deactivate" {
                Effect::Deactivate
            } else {
                Effect::Activate
            };
        });
    };
    view! {
        <FieldFrame id=id.clone() label=Signal::derive(|| t("rule-effect")) errors=Vec::new()>
            <select id=id.clone() on:change=move |event| choose(event_target_value(&event))>
                {option("activate", Effect::Activate)}
                {option("deactivate", Effect::Deactivate)}
            </select>
        </FieldFrame>
    }
}
