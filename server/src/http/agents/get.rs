//! Gives a user as an agent.

use super::{may_join, seen, supervises};
use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::live::{Member, View};
use crate::state::State;
use centrale_core::api::agents::{Agent, Seat};
use centrale_core::id::UserId;
use centrale_core::organisation::CallCenter;
use centrale_core::service::call_center_agent;

/// The agent as the switch has them now.
pub(crate) async fn get(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<Agent, Refusal> {
    let view = state.live.view();
    let member = seen(&view, principal.scope, user)?;
    agent(&state, &view, principal.scope, member).await
}

/// A member as an agent.
pub(super) async fn agent(
    state: &State,
    view: &View,
    scope: Scope,
    member: &Member,
) -> Result<Agent, Refusal> {
    let user = member.user.id;
    let asked = state.calls.ask(move |acd, _| {
        let known = acd.agent(user).map(|agent| (agent.state, agent.since));
        (
            known.unwrap_or_default(),
            acd.queues_of(user).collect::<Vec<_>>(),
        )
    });
    let ((now, since), queues) = asked.await.ok_or_else(|| Refusal::gone(&state.calls))?;
    let centers = queues
        .iter()
        .filter_map(|(center, joined)| Some((view.center(*center)?, *joined)));
    // What else they work for is none of a supervisor's business.
    let whole = scope.covers(&view.directory, &member.user);
    let centers = centers.filter(|(center, _)| whole || supervises(scope, center, user));
    let seat = |(center, joined): (&CallCenter, bool)| Seat {
        center: center.id,
        name: center.identity.name.clone(),
        joined,
        may_join: may_join(scope, center, user),
    };
    let defaults = &view.snapshot.shared().centers;
    let conduct = call_center_agent::conduct(view.snapshot.user(user), defaults);
    Ok(Agent {
        user,
        state: now,
        since,
        queues: centers.map(seat).collect(),
        codes: if defaults.codes_enabled {
            defaults.codes.clone()
        } else {
            Vec::new()
        },
        default_code: defaults
            .default_code
            .filter(|_| defaults.codes_enabled && defaults.codes_forced),
        guard_seconds: conduct.guard_seconds,
        unavailable_on_bounce: conduct.unavailable_on_bounce,
        unavailable_on_do_not_disturb: conduct.unavailable_on_do_not_disturb,
    })
}
