//! Tells what a call would do, by the same slice that the browser has: nobody learns here what they may not see.

use super::reach::Reach;
use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::http::services::with_scope;
use crate::live::View;
use crate::pool::DECIDING;
use crate::state::State;
use centrale_core::api::routing::{Draft, Question};
use centrale_core::error::{Code, FieldError};
use centrale_core::id::{LocationId, UserId};
use centrale_core::number::Destination;
use centrale_core::service::{Content, find};
use centrale_core::time::Timestamp;
use centrale_core::what_if::{Story, tell};
use std::sync::Arc;

/// How often a story is told anew: each time it goes at least one look-up further.
const ROUNDS: u8 = 64;

/// The story of a call that begins at a user, on saved settings or on a draft.
pub(crate) async fn simulate(
    state: State,
    principal: Principal,
    user: UserId,
    asked: Question,
) -> Result<Story, Refusal> {
    let work = move || {
        let view = state.live.view();
        let member = principal.scope.user(&view.directory, user)?;
        let reach = Reach::from(&view, principal.scope, user);
        story(
            &state,
            &view,
            principal.scope,
            reach,
            member.user.location,
            &asked,
        )
    };
    DECIDING.run_for(principal.account.id, work).await?
}

/// The story of a call to any number, as far as the administrator may see where it goes.
pub(crate) async fn simulate_any(
    state: State,
    principal: Principal,
    (): (),
    asked: Question,
) -> Result<Story, Refusal> {
    let work = move || story_of_any(&state, principal.scope, &asked);
    DECIDING.run_for(principal.account.id, work).await?
}

fn story_of_any(state: &State, scope: Scope, asked: &Question) -> Result<Story, Refusal> {
    let view = state.live.view();
    // A call from outside dials whole numbers: any location reads them alike.
    let mut places = view.directory.locations().map(|location| location.id);
    let home = places
        .find(|id| scope.knows(&view.directory, *id))
        .ok_or(Code::NotFound)?;
    let mut reach = Reach::of(&view, scope);
    reach.add_all(asked.caller.user);
    story(state, &view, scope, reach, home, asked)
}

fn story(
    state: &State,
    view: &View,
    scope: Scope,
    mut reach: Reach<'_>,
    home: LocationId,
    asked: &Question,
) -> Result<Story, Refusal> {
    prepare(view, scope, &mut reach, home, asked)?;
    Ok(told(&mut reach, asked, state.clock.now()))
}

/// Looks at a question, and adds what its call and its draft begin with.
pub(super) fn prepare(
    view: &View,
    scope: Scope,
    reach: &mut Reach<'_>,
    home: LocationId,
    asked: &Question,
) -> Result<(), Refusal> {
    let from = asked.from.unwrap_or(home);
    if !scope.knows(&view.directory, from) {
        return Err(Refusal::fields(vec![FieldError::new(
            "from",
            Code::NotFound,
        )]));
    }
    reach.place(from);
    let place = view.snapshot.place(from).ok_or(Code::NotFound)?;
    if let Ok(to) = Destination::parse(&asked.dialled) {
        reach.dial(place, &to);
    }
    let mut errors = Vec::new();
    for (at, draft) in asked.draft.iter().enumerate() {
        errors.extend(follow(view, scope, reach, draft)?.into_iter().map(|error| {
            let path = format!("draft.{at}.settings.{}", error.field);
            FieldError::new(path.trim_end_matches('.'), error.code)
        }));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refusal::fields(errors))
    }
}

/// The story, told anew with more of the configuration until its call meets the edge no more, or where the principal may not
/// see further.
pub(super) fn told(reach: &mut Reach<'_>, asked: &Question, now: Timestamp) -> Story {
    let question = asked.what_if(now);
    let mut rounds = 1..=ROUNDS;
    loop {
        let snapshot = reach.slice().snapshot(&asked.draft, &[]);
        let story = tell(&Arc::new(snapshot), &question);
        if !reach.widen(story.unknown()) || rounds.next().is_none() {
            return story;
        }
    }
}

/// Adds what a draft forwards to, and tells what is wrong with it.
fn follow(
    view: &View,
    scope: Scope,
    reach: &mut Reach<'_>,
    draft: &Draft,
) -> Result<Vec<FieldError>, Refusal> {
    let member = scope.user(&view.directory, draft.user)?;
    let place = view
        .snapshot
        .place(member.user.location)
        .ok_or(Code::NotFound)?;
    let entry = find(draft.service.0).ok_or(Code::NotFound)?;
    let errors = with_scope(view, &member.user, |beside| {
        entry.check(&draft.settings, beside)
    })?;
    if let Content::Settings(settings) = entry.decode(&draft.settings) {
        entry
            .destinations(&settings)
            .into_iter()
            .for_each(|to| reach.dial(place, to));
    }
    Ok(errors)
}
