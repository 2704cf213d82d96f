//! Users as agents of call centers: how they are, and what they choose.

mod get;
mod put;

pub(crate) use get::get;
pub(crate) use put::put;

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::{Member, View};
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::organisation::CallCenter;

/// A user in scope, or whom the principal supervises (requirement G4).
fn seen(view: &View, scope: Scope, user: UserId) -> Result<&Member, Refusal> {
    let member = view.directory.user(user).ok_or(Code::NotFound)?;
    let supervised = || {
        view.snapshot
            .call_centers()
            .any(|center| supervises(scope, center, user))
    };
    if scope.covers(&view.directory, &member.user) || supervised() {
        Ok(member)
    } else {
        Err(Code::NotFound.into())
    }
}

/// Whether the principal supervises an agent of a call center.
fn supervises(scope: Scope, center: &CallCenter, agent: UserId) -> bool {
    let Scope::User(own) = scope else {
        return false;
    };
    center
        .supervisors
        .iter()
        .any(|supervisor| supervisor.user == own && supervisor.agents.contains(&agent))
}

/// Administrators, and supervisors at their call center, may join an agent to a queue and take them out; agents
/// themselves where the call center lets them.
fn may_join(scope: Scope, center: &CallCenter, agent: UserId) -> bool {
    match scope {
        Scope::User(own) if own == agent && center.agent.may_join => true,
        Scope::User(_) => supervises(scope, center, agent),
        _ => true,
    }
}
