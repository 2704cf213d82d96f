//! The numbers and patterns of a rule, one a line. Enter begins the next line.

use crate::components::{Errors, Icon, IconName};
use crate::draft::{RuleDraft, number_line};
use crate::focus::focus;
use crate::form::number_input::NumberInput;
use crate::form::{Input, codes_at};
use crate::text::t;
use centrale_core::error::FieldError;
use centrale_core::rule::MAX_NUMBERS;
use leptos::prelude::*;

/// The numbers of a rule.
#[component]
pub(super) fn Numbers(
    /// The field that the rule is in.
    input: Input,
    /// The rule.
    rule: RwSignal<RuleDraft>,
    /// What is wrong with the rule, at paths below it.
    errors: Signal<Vec<FieldError>>,
) -> impl IntoView {
    let add = Callback::new(move |()| {
        let new = number_line("");
        let id = new.0.clone();
        if rule.with_untracked(|rule| rule.numbers.len() < MAX_NUMBERS) {
            rule.update(|rule| rule.numbers.push(new));
            focus(id);
        }
    });
    let names = move || {
        rule.with(|rule| {
            rule.numbers
                .iter()
                .map(|(name, _)| name.clone())
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="numbers" role="group" aria-label=move || t("who-numbers")>
            <p class="label">{move || t("who-numbers")}</p>
            <p class="hint">{move || t!("who-numbers-hint", most = MAX_NUMBERS)}</p>
            <For each=names key=Clone::clone let:name>
                <Line input rule errors name on_enter=add />
            </For>
            <Errors
                id=format!("{}-numbers-errors", input.id())
                errors=Signal::derive(move || codes_at(&errors.get(), "numbers"))
            />
            <button
                type="button"
                class="button"
                disabled=move || rule.with(|rule| rule.numbers.len() >= MAX_NUMBERS)
                on:click=move |_| add.run(())
            >
                <Icon name=IconName::Plus />
                {move || t("who-numbers-add")}
            </button>
        </div>
    }
}

/// A number of the rule.
#[component]
fn Line(
    input: Input,
    rule: RwSignal<RuleDraft>,
    errors: Signal<Vec<FieldError>>,
    name: String,
    on_enter: Callback<()>,
) -> impl IntoView {
    let of_this = move |name: &str, rule: &RuleDraft| {
        rule.numbers.iter().position(|(known, _)| known == name)
    };
    let first =
        rule.with_untracked(|rule| of_this(&name, rule).map(|at| rule.numbers[at].1.clone()));
    let (changed, removed, shown, checked) =
        (name.clone(), name.clone(), name.clone(), name.clone());
    let change = Callback::new(move |typed: String| {
        rule.update(|rule| {
            if let Some(at) = of_this(&changed, rule) {
                rule.numbers[at].1 = typed;
            }
        });
    });
    let remove = move |_| rule.update(|rule| rule.numbers.retain(|(known, _)| *known != removed));
    let codes = Signal::derive(move || {
        let place = rule.with(|rule| rule.place_of(&checked));
        place
            .map(|place| codes_at(&errors.get(), &format!("numbers.{place}")))
            .unwrap_or_default()
    });
    let label = Signal::derive(move || {
        let place = rule.with(|rule| of_this(&shown, rule)).unwrap_or_default() + 1;
        t!("who-number", place = place)
    });
    view! {
        <div class="number">
            <NumberInput
                id=name.clone()
                first=first.unwrap_or_default()
                name=label
                pattern=true
                wrong=Signal::derive(move || !codes.get().is_empty())
                pretty=Callback::new(move |typed: String| input.pretty(&typed))
                on_change=change
                on_enter=on_enter
            />
            <button
                type="button"
                class="icon-button danger"
                aria-label=move || t!("remove", name = label.get())
                on:click=remove
            >
                <Icon name=IconName::Close />
            </button>
            <Errors id=format!("{name}-errors") errors=codes />
        </div>
    }
}
