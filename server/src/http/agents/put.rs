//! Changes the state of an agent and the queues that they are joined to.

use super::get::agent;
use super::{may_join, seen};
use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::live::View;
use crate::state::State;
use crate::telephony::Command;
use centrale_core::acd::Input;
use centrale_core::api::agents::{Agent, Change, Wanted};
use centrale_core::error::{Code, FieldError};
use centrale_core::id::UserId;

/// All of the change or nothing of it. Answers with the agent as the switch has them then; that outlives a restart.
pub(crate) async fn put(
    state: State,
    principal: Principal,
    user: UserId,
    change: Change,
) -> Result<Agent, Refusal> {
    let view = state.live.view();
    let member = seen(&view, principal.scope, user)?;
    let errors = check(&view, principal.scope, user, &change);
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let left = change.leave.iter().map(|center| Input::Part {
        agent: user,
        center: *center,
    });
    let joined = change.join.iter().map(|center| Input::Join {
        agent: user,
        center: *center,
    });
    let chosen = change.state.map(|wanted| Input::SetState {
        agent: user,
        state: wanted.state(change.code),
    });
    for input in left.chain(joined).chain(chosen) {
        state.calls.command(Command::Agent(input)).await;
    }
    let now = agent(&state, &view, principal.scope, member).await?;
    state.calls.persist_soon().await;
    Ok(now)
}

fn check(view: &View, scope: Scope, user: UserId, change: &Change) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (field, centers) in [("join", &change.join), ("leave", &change.leave)] {
        for (at, center) in centers.iter().enumerate() {
            let seat = view
                .center(*center)
                .filter(|it| it.agents.iter().any(|agent| agent.user == user));
            let wrong = match seat {
                None => Code::NotFound,
                Some(center) if !may_join(scope, center, user) => Code::Forbidden,
                Some(_) => continue,
            };
            errors.push(FieldError::new(format!("{field}.{at}"), wrong));
        }
    }
    let defaults = &view.snapshot.shared().centers;
    let known = |code| defaults.codes_enabled && defaults.codes.iter().any(|it| it.id == code);
    match (change.state, change.code) {
        (Some(Wanted::Unavailable), Some(code)) if !known(code) => {
            errors.push(FieldError::new("code", Code::NotFound));
        }
        // Only who is unavailable has a reason.
        (Some(Wanted::Unavailable), _) | (_, None) => {}
        (_, Some(_)) => errors.push(FieldError::new("code", Code::Malformed)),
    }
    let works = view
        .snapshot
        .call_centers()
        .any(|it| it.agents.iter().any(|agent| agent.user == user));
    if change.state.is_some() && !works {
        errors.push(FieldError::new("state", Code::NotAvailable));
    }
    errors
}
