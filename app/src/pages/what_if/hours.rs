//! The hours of a week that hang on schedules whose times may not be seen: the server tells what becomes of the calls.

use crate::client::call;
use centrale_core::api::routing::{Span, Week};
use centrale_core::id::UserId;
use centrale_core::what_if::Stretch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How long typing rests before the server is asked.
const REST: Duration = Duration::from_millis(400);

/// What the server told of a week.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hours {
    /// Of which.
    pub(crate) of: Span,
    /// How calls end in each of its hours.
    pub(crate) told: Vec<Stretch>,
}

/// Asks for each week that cannot be told here. What could not be asked stays unknown.
pub(crate) fn follow(user: UserId, span: Memo<Option<Span>>, hours: RwSignal<Option<Hours>>) {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move || {
        let span = span.get();
        if let Some(handle) = pending.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let Some(of) = span else { return };
        let ask = move || {
            spawn_local(async move {
                if let Ok(told) = call::<Week>(user, of.clone()).await {
                    hours.try_set(Some(Hours { of, told }));
                }
            });
        };
        pending.set_value(set_timeout_with_handle(ask, REST).ok());
    });
}
