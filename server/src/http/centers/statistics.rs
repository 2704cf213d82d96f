//! Gives what was counted of a call center and its agents.

use super::now::supervised;
use crate::http::auth::Principal;
use crate::http::live::LiveVisibility;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::acd::{Counters, Interval};
use centrale_core::api::centers::{OfAgent, Range, Statistics};
use centrale_core::error::{Code, FieldError};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;

/// The longest time that is told at once, in milliseconds.
const LONGEST: i64 = 31 * DAY;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// For supervisors and administrators. What was counted until now is stored first, so that nothing is missed.
pub(crate) async fn statistics(
    state: State,
    principal: Principal,
    center: UserId,
    range: Range,
) -> Result<Statistics, Refusal> {
    let visibility = LiveVisibility::of(state.live.view(), principal.scope);
    let center = supervised(&visibility, center)?;
    let until = range.until.unwrap_or_else(|| state.clock.now());
    let from = range.from.unwrap_or_else(|| until.plus_ms(-DAY));
    if !(0..=LONGEST).contains(&until.since(from)) {
        return Err(Refusal::fields(vec![FieldError::new(
            "until",
            Code::OutOfRange,
        )]));
    }
    state.calls.persist_soon().await;
    let intervals = intervals(&state, center.id, from, until).await?;
    let mut agents = Vec::new();
    for (user, name) in visibility.agents_of(center) {
        let intervals = self::intervals(&state, user, from, until).await?;
        agents.push(OfAgent {
            user,
            name,
            total: total(&intervals),
            intervals,
        });
    }
    Ok(Statistics {
        center: center.id,
        from,
        until,
        total: total(&intervals),
        intervals,
        agents,
    })
}

async fn intervals(
    state: &State,
    user: UserId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Interval>, Refusal> {
    state
        .store
        .intervals(user, from, until)
        .await
        .map_err(Refusal::internal)
}

fn total(intervals: &[Interval]) -> Counters {
    intervals.iter().map(|interval| &interval.counters).sum()
}
