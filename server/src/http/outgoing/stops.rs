//! Lists who causes no calls that leave.

use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::outgoing::Stopped;
use centrale_core::error::Code;
use centrale_core::exchange::Stop;

/// Those in scope; a stop of the whole enterprise is no secret from its administrators.
pub(crate) async fn stops(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<Vec<Stopped>, Refusal> {
    let stops = state.calls.stops().await.ok_or(Code::Internal)?;
    let view = state.live.view();
    let shown = |stop: Stop| {
        let Some(user) = stop.user else {
            return Some(Stopped {
                stop,
                name: String::new(),
            });
        };
        let Ok(member) = principal.scope.user(&view.directory, user) else {
            // Somebody who is gone can still be seen by the enterprise.
            let gone = principal.scope == Scope::EnterpriseAdmin;
            return gone.then(|| Stopped {
                stop,
                name: String::new(),
            });
        };
        let identity = member.role.identity().map(|identity| identity.name.clone());
        Some(Stopped {
            stop,
            name: identity.unwrap_or_else(|| member.user.name()),
        })
    };
    Ok(stops.into_iter().filter_map(shown).collect())
}
