//! Gives the part of the configuration that calls to a user can touch.

use super::reach::Reach;
use crate::http::auth::{Asker, Scope};
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::pool::DECIDING;
use crate::state::State;
use centrale_core::api::routing::{Also, Slice};
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::number::Destination;

/// The most numbers of a draft that are followed.
const MOST: usize = 64;

/// The part of the configuration that calls to a user in scope can touch, with what a draft forwards to. What is not
/// (yet) a number is passed over: it comes from a form that is being typed in.
pub(crate) async fn slice(
    state: State,
    asker: Asker,
    user: UserId,
    query: Also,
) -> Result<Answer<Slice>, Refusal> {
    let account = asker.account.id;
    let slice = DECIDING.run_for(account, move || reached(&state, asker.scope, user, &query)).await??;
    Ok(Answer::from(slice).written_on(&DECIDING))
}

fn reached(state: &State, scope: Scope, user: UserId, query: &Also) -> Result<Slice, Refusal> {
    let view = state.live.view();
    let member = scope.user(&view.directory, user)?;
    let place = view.snapshot.place(member.user.location).ok_or(Code::NotFound)?;
    let mut reach = Reach::from(&view, scope, user);
    for to in query.also.split(',').take(MOST).filter_map(|text| Destination::parse(text).ok()) {
        reach.dial(place, &to);
    }
    Ok(reach.slice())
}
