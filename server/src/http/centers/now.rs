//! Gives a call center as it is now.

use crate::http::auth::Principal;
use crate::http::live::LiveVisibility;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::acd::Acd;
use centrale_core::api::centers::{Now, Seated, Waiting};
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::organisation::CallCenter;
use centrale_core::time::Timestamp;

/// The call center as the switch has it now, for who works for it, supervises or administers it.
pub(crate) async fn now(
    state: State,
    principal: Principal,
    center: UserId,
    (): (),
) -> Result<Now, Refusal> {
    let visibility = LiveVisibility::of(state.live.view(), principal.scope);
    of(&state, &visibility, center).await
}

pub(super) async fn of(
    state: &State,
    visibility: &LiveVisibility,
    center: UserId,
) -> Result<Now, Refusal> {
    let center = visibility.center(center).ok_or(Code::NotFound)?;
    let named: Vec<_> = visibility.agents_of(center).collect();
    let (id, name, may_force) = (
        center.id,
        center.identity.name.clone(),
        visibility.supervises(center),
    );
    let asked = state.calls.ask(move |acd, now| {
        let fact = acd.fact(id, now);
        Now {
            center: id,
            name,
            waiting: waiting(acd, id, now),
            agents: named
                .into_iter()
                .map(|(user, name)| seated(acd, id, user, name))
                .collect(),
            night: fact.night_forced,
            forwarding: fact.forwarding_forced,
            may_force,
        }
    });
    asked.await.ok_or_else(|| Refusal::gone(&state.calls))
}

fn waiting(acd: &Acd, center: UserId, now: Timestamp) -> Vec<Waiting> {
    let seconds =
        |since: Timestamp| u32::try_from(now.since(since).max(0) / 1000).unwrap_or(u32::MAX);
    let calls = (1..).zip(acd.waiting(center));
    calls
        .map(|(position, (_, since))| Waiting {
            position,
            seconds: seconds(since),
        })
        .collect()
}

fn seated(acd: &Acd, center: UserId, user: UserId, name: String) -> Seated {
    let agent = acd.agent(user).cloned().unwrap_or_default();
    Seated {
        user,
        name,
        joined: acd.queues_of(user).any(|queue| queue == (center, true)),
        state: agent.state,
        since: agent.since,
        calls: agent.calls,
        reachable: agent.reachable,
    }
}

/// A call center that the principal supervises or administers.
pub(super) fn supervised(
    visibility: &LiveVisibility,
    center: UserId,
) -> Result<&CallCenter, Refusal> {
    let center = visibility.center(center).ok_or(Code::NotFound)?;
    if visibility.supervises(center) {
        Ok(center)
    } else {
        Err(Code::Forbidden.into())
    }
}
