//! A field for a list of rules: each a line with its switch, name and sentence, opened to be edited.

use super::rule::RuleDetails;
use super::{Input, below, codes_at};
use crate::components::{Errors, Icon, IconName};
use crate::draft::RuleDraft;
use crate::focus::{focus_and_select, focus_first};
use crate::text::{error_text, t};
use crate::{ids, sentence};
use leptos::prelude::*;
use serde_json::Value;

/// A rule in the list: a name for its controls, and what is typed.
type Item = (String, RwSignal<RuleDraft>);

/// A field for a list of rules.
#[component]
pub(super) fn RulesField(
    /// Where its value is kept in the draft.
    input: Input,
    /// A rule may carry its own number.
    numbers: bool,
) -> impl IntoView {
    let item = |rule: RuleDraft| (ids::unique("rule"), RwSignal::new(rule));
    let rules: RwSignal<Vec<Item>> = RwSignal::new(
        RuleDraft::list(&untrack(|| input.value()))
            .into_iter()
            .map(item)
            .collect(),
    );
    let opened = RwSignal::new(None::<String>);
    let typed = Memo::new(move |_| {
        Value::Array(rules.with(|rules| {
            rules
                .iter()
                .map(|(_, rule)| rule.with(RuleDraft::write))
                .collect()
        }))
    });
    Effect::new(move |first: Option<()>| {
        let rules = typed.get();
        if first.is_some() {
            input.set(rules);
        }
    });
    let add = move |_| {
        let place = rules.with_untracked(Vec::len) + 1;
        let new = item(RuleDraft::new(t!("rule-new", place = place)));
        opened.set(Some(new.0.clone()));
        focus_and_select(format!("{}-name", new.0));
        rules.update(|rules| rules.push(new));
    };
    view! {
        <section class="rules" aria-labelledby=input.id()>
            <div class="head-line">
                <h3 id=input.id()>{input.label()}</h3>
                <button type="button" class="button" on:click=add>
                    <Icon name=IconName::Plus />
                    {move || t("rule-add")}
                </button>
            </div>
            <p class="hint">{input.hint()}</p>
            <ul>
                <For each=move || rules.get() key=|(name, _)| name.clone() let:item>
                    <RuleLine input numbers rules item opened />
                </For>
            </ul>
            <Errors
                id=format!("{}-errors", input.id())
                errors=Signal::derive(move || input.codes())
            />
        </section>
    }
}

/// A rule in the list.
#[component]
fn RuleLine(
    input: Input,
    numbers: bool,
    rules: RwSignal<Vec<Item>>,
    item: Item,
    opened: RwSignal<Option<String>>,
) -> impl IntoView {
    let (id, rule) = item;
    let id = StoredValue::new(id);
    let open = move || opened.with(|opened| opened.as_deref() == Some(&id.get_value()));
    let errors = Signal::derive(move || {
        let place = rules.with(|rules| rules.iter().position(|(name, _)| *name == id.get_value()));
        place
            .map(|place| below(&input.errors(), &format!("{}.{place}", input.key)))
            .unwrap_or_default()
    });
    let name = move || rule.with(|rule| rule.name.clone());
    let sentence = move || match errors.with(|errors| errors.first().map(|error| error.code)) {
        Some(code) => error_text(code),
        None => input
            .store
            .context()
            .map(|context| rule.with(|rule| sentence::of_rule(rule, input.service, &context)))
            .unwrap_or_default(),
    };
    let remove = move |_| {
        rules.update(|rules| rules.retain(|(name, _)| *name != id.get_value()));
        focus_first(".rules .head-line button");
    };
    view! {
        <li class="rule" class:flawed=move || !errors.with(Vec::is_empty)>
            <div class="line">
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    aria-label=name
                    prop:checked=move || rule.with(|rule| rule.enabled)
                    on:change=move |event| {
                        rule.update(|rule| rule.enabled = event_target_checked(&event));
                    }
                />
                <div>
                    <h4>{name}</h4>
                    <p>{sentence}</p>
                </div>
                <button
                    type="button"
                    class="icon-button"
                    aria-expanded=move || open().to_string()
                    aria-label=move || t!("edit-named", name = name())
                    on:click=move |_| {
                        opened
                            .update(|opened| {
                                *opened = if opened.as_deref() == Some(&id.get_value()) {
                                    None
                                } else {
                                    Some(id.get_value())
                                };
                            });
                    }
                >
                    <Icon name=IconName::Edit />
                </button>
                <button
                    type="button"
                    class="icon-button danger"
                    aria-label=move || t!("remove", name = name())
                    on:click=remove
                >
                    <Icon name=IconName::Trash />
                </button>
            </div>
            <Show when=open>
                <RuleDetails id=id.get_value() input own_number=numbers rule errors />
            </Show>
            <Errors
                id=format!("{}-errors", id.get_value())
                errors=Signal::derive(move || codes_at(&errors.get(), ""))
            />
        </li>
    }
}
