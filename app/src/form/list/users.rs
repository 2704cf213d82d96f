//! A field for users: found by name, number or extension, and kept in order.

use super::frame::ListFrame;
use super::lines::{Line, Lines};
use crate::client::call;
use crate::components::Finder;
use crate::form::Input;
use crate::text::t;
use centrale_core::api::users::{Colleague, Colleagues, Wanted};
use centrale_core::id::UserId;
use centrale_core::number::pretty;
use centrale_core::organisation::RoleKind;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long typing rests before the server is asked.
const REST: Duration = Duration::from_millis(200);

/// Who is known, by id.
type Known = RwSignal<BTreeMap<UserId, Colleague>>;

/// A field for a list of users.
#[component]
pub(crate) fn UsersField(
    /// Where its value is kept in the draft.
    input: Input,
    /// At most so many.
    max: u8,
    /// Only of this kind; none: of any.
    only: Option<RoleKind>,
) -> impl IntoView {
    let lines = Lines::of(input);
    let known: Known = RwSignal::default();
    provide_context(known);
    let query = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Colleague>::new());
    let chosen = move || lines.get().iter().filter_map(id_of).collect::<Vec<_>>();
    let ids = untrack(chosen)
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",");
    ask(
        input,
        known,
        Wanted {
            ids,
            ..Wanted::default()
        },
        move |_| {},
    );
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move || {
        let search = query.get();
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        if search.trim().is_empty() {
            return found.set(Vec::new());
        }
        let look = move || {
            ask(
                input,
                known,
                Wanted {
                    search,
                    only,
                    ..Wanted::default()
                },
                move |all| {
                    found.try_set(all);
                },
            );
        };
        waiting.set_value(set_timeout_with_handle(look, REST).ok());
    });
    let options = Signal::derive(move || {
        let taken = chosen();
        let free = |colleague: &Colleague| {
            !taken.contains(&colleague.id) && colleague.id != input.store.user
        };
        found.with(|found| {
            found
                .iter()
                .filter(|c| free(c))
                .map(|c| (c.id, words(c)))
                .collect::<Vec<_>>()
        })
    });
    let choose = Callback::new(move |user: UserId| {
        if lines.count() < usize::from(max) {
            lines.add(user.0.into());
        }
    });
    let add = view! {
        <Show when=move || lines.count() < usize::from(max)>
            <Finder
                id=format!("{}-find", input.id())
                label="user-search"
                query
                found=options
                on_choose=choose
            />
        </Show>
    };
    view! { <ListFrame lines draw name add=add.into_any() /> }
}

/// Asks the server for colleagues, keeps who they are, and hands them on.
fn ask(input: Input, known: Known, wanted: Wanted, then: impl FnOnce(Vec<Colleague>) + 'static) {
    if wanted == Wanted::default() {
        return;
    }
    spawn_local(async move {
        if let Ok(found) = call::<Colleagues>(input.store.user, wanted).await {
            known.try_update(|known| known.extend(found.iter().map(|c| (c.id, c.clone()))));
            then(found);
        }
    });
}

fn draw(lines: Lines, line: Line) -> AnyView {
    view! { <p class="user">{move || name(lines, &line)}</p> }.into_any()
}

fn name(_: Lines, line: &Line) -> String {
    let Some(id) = id_of(line) else {
        return String::new();
    };
    let known = use_context::<Known>();
    let found = known.and_then(|known| known.with(|known| known.get(&id).map(words)));
    found.unwrap_or_else(|| t!("user-unknown", id = id))
}

fn id_of((_, value): &Line) -> Option<UserId> {
    value
        .with(|value| value.as_u64().and_then(|id| u32::try_from(id).ok()))
        .map(UserId)
}

fn words(colleague: &Colleague) -> String {
    let number = colleague
        .extension
        .map(|e| e.to_string())
        .or_else(|| colleague.number.map(pretty));
    match number {
        Some(number) => t!("path-named", name = colleague.name, number = number),
        None => colleague.name.clone(),
    }
}
