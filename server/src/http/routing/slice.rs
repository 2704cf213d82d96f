//! Gives the part of the configuration that calls to a user can touch.

use super::reach::Reach;
use crate::http::auth::{Principal, Scope};
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::pool::DECIDING;
use crate::state::State;
use centrale_core::api::routing::{Also, Slice};
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::number::Destination;
use centrale_core::snapshot::{CompiledLocation, Unknown};

/// The most that is asked for besides.
const MOST: usize = 2_048;

/// The part of the configuration that calls to a user in scope can touch, with what a draft forwards to and what a story
/// met at the edge of an earlier slice. What is not (yet) a number is passed over: it comes from a form that is being
/// typed in.
pub(crate) async fn slice(
    state: State,
    principal: Principal,
    user: UserId,
    query: Also,
) -> Result<Answer<Slice>, Refusal> {
    let account = principal.account.id;
    let slice = DECIDING
        .run_for(account, move || {
            reached(&state, principal.scope, user, &query)
        })
        .await??;
    Ok(Answer::from(slice).written_on(&DECIDING))
}

fn reached(state: &State, scope: Scope, user: UserId, query: &Also) -> Result<Slice, Refusal> {
    let view = state.live.view();
    let member = scope.user(&view.directory, user)?;
    let place = view
        .snapshot
        .place(member.user.location)
        .ok_or(Code::NotFound)?;
    let mut reach = Reach::from(&view, scope, user);
    also(&mut reach, place, &query.also);
    Ok(reach.slice())
}

/// Adds what is asked for besides.
pub(super) fn also(reach: &mut Reach<'_>, place: &CompiledLocation, texts: &str) {
    for text in texts.split(',').take(MOST) {
        if let Ok(asked) = text.parse::<Unknown>() {
            reach.answer(&asked);
        } else if let Ok(to) = Destination::parse(text) {
            reach.dial(place, &to);
        }
    }
}
