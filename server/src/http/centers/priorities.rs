//! The order in which call centers get an agent of several of them (requirement G1).

use crate::http::auth::Principal;
use crate::http::parts;
use crate::http::refusal::Refusal;
use crate::live::{StoredPart, View};
use crate::state::State;
use centrale_core::api::centers::{Priorities, Ranked};
use centrale_core::error::{Code, FieldError};
use centrale_core::id::UserId;
use centrale_core::organisation::{CallCenter, Part, PartKey, PartKind, renumber};
use std::sync::Arc;

/// Every call center with its priority, the first one first.
pub(crate) async fn priorities(
    state: State,
    _: Principal,
    (): (),
    (): (),
) -> Result<Vec<Ranked>, Refusal> {
    Ok(ranked(&state.live.view()))
}

/// Puts call centers in the order of what was typed, and numbers all of them anew. Those that are not named stay where
/// they are.
pub(crate) async fn put_priorities(
    state: State,
    principal: Principal,
    (): (),
    wanted: Priorities,
) -> Result<Vec<Ranked>, Refusal> {
    let view = state.live.view();
    let changed = changed(&view, &wanted).map_err(Refusal::fields)?;
    let (actor, now) = (principal.actor(), state.clock.now());
    let saved = state.live.replace_parts(&actor, now, changed).await;
    saved.map_err(|error| parts::refusal(&state.live.view(), principal.scope, true, error))?;
    Ok(ranked(&state.live.view()))
}

/// The call centers that get another priority, or whose version is to be the one that was seen.
fn changed(view: &View, wanted: &Priorities) -> Result<Vec<(Part, u64)>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let field = |place: usize, field: &str| format!("priorities.{place}.{field}");
    for (place, typed) in wanted.priorities.iter().enumerate() {
        if view.center(typed.center).is_none() {
            errors.push(FieldError::new(field(place, "center"), Code::NotFound));
        } else if wanted.priorities[..place]
            .iter()
            .any(|before| before.center == typed.center)
        {
            errors.push(FieldError::new(field(place, "center"), Code::Twice));
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let named = |id: UserId| wanted.priorities.iter().find(|typed| typed.center == id);
    let kept: Vec<_> = centers(view)
        .filter(|(center, _)| named(center.id).is_none())
        .collect();
    let kept: Vec<_> = kept
        .iter()
        .map(|(center, _)| (center.id, center.priority.to_string()))
        .collect();
    let typed = wanted
        .priorities
        .iter()
        .map(|typed| (typed.center, typed.priority.as_str()));
    let all: Vec<_> = typed
        .chain(kept.iter().map(|(id, text)| (*id, text.as_str())))
        .collect();
    let ranks = renumber(&all).map_err(|wrong| {
        let error = |place| FieldError::new(field(place, "priority"), Code::Malformed);
        wrong.into_iter().map(error).collect::<Vec<_>>()
    })?;
    let part = |(id, rank): (UserId, u16)| {
        let (center, version) = centers(view).find(|(center, _)| center.id == id)?;
        let seen = named(id).map(|typed| typed.version);
        let as_it_is = center.priority == rank && seen.is_none_or(|seen| seen == version);
        let center = CallCenter {
            priority: rank,
            ..center
        };
        (!as_it_is).then(|| (Part::CallCenter(Box::new(center)), seen.unwrap_or(version)))
    };
    Ok(ranks.into_iter().filter_map(part).collect())
}

/// The call centers as they are stored, with their versions.
fn centers(view: &View) -> impl Iterator<Item = (CallCenter, u64)> + '_ {
    let stored = |center: &Arc<CallCenter>| {
        view.directory.part(PartKey {
            kind: PartKind::CallCenter,
            id: center.id.0,
        })
    };
    view.snapshot
        .call_centers()
        .filter_map(stored)
        .filter_map(|stored| match &*stored {
            StoredPart {
                part: Part::CallCenter(center),
                version,
            } => Some((CallCenter::clone(center), *version)),
            _ => None,
        })
}

fn ranked(view: &View) -> Vec<Ranked> {
    let ranked = |(center, version): (CallCenter, u64)| Ranked {
        center: center.id,
        name: center.identity.name,
        version,
        priority: center.priority,
    };
    let mut all: Vec<_> = centers(view).map(ranked).collect();
    all.sort_by_key(|ranked| (ranked.priority, ranked.center));
    all
}
