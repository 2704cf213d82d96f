//! Tells what becomes of calls to a user over a week, by the hour: also where the browser may not have the times of
//! schedules. Only the effect on the calls is told, as for a single moment.

use super::reach::Reach;
use super::simulate::prepare;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::pool::DECIDING;
use crate::state::State;
use centrale_core::api::routing::Span;
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::what_if::{Stretch, sampled};
use std::sync::Arc;

/// The longest span, in milliseconds: a week, and the hour that a clock change adds.
const LONGEST_MS: i64 = (7 * 24 + 1) * 3_600_000;
/// How often the week is told anew with more of the configuration.
const ROUNDS: u8 = 16;

/// The hours of a span of calls that begin at a user, on saved settings or on a draft.
pub(crate) async fn week(
    state: State,
    principal: Principal,
    user: UserId,
    asked: Span,
) -> Result<Vec<Stretch>, Refusal> {
    let work = move || {
        let view = state.live.view();
        let member = principal.scope.user(&view.directory, user)?;
        let question = asked.question();
        let length = asked.until.since(asked.since);
        if length <= 0 || length > LONGEST_MS {
            return Err(Refusal::field("until", Code::OutOfRange));
        }
        let mut reach = Reach::from(&view, principal.scope, user);
        prepare(
            &view,
            principal.scope,
            &mut reach,
            member.user.location,
            &question,
        )?;
        let what_if = question.what_if(asked.since);
        let mut rounds = 1..ROUNDS;
        loop {
            let snapshot = Arc::new(reach.slice().snapshot(&asked.draft, &[]));
            let (stretches, unknown) = sampled(&snapshot, &what_if, asked.until);
            let unknown: Vec<_> = unknown.into_iter().collect();
            if !reach.widen(&unknown) || rounds.next().is_none() {
                return Ok(stretches);
            }
        }
    };
    DECIDING.run_for(principal.account.id, work).await?
}
