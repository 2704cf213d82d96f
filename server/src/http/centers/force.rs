//! Forces night service or forwarding of a call center.

use super::now::{of, supervised};
use crate::http::auth::Principal;
use crate::http::live::LiveVisibility;
use crate::http::refusal::Refusal;
use crate::state::State;
use crate::telephony::Command;
use centrale_core::acd::Input;
use centrale_core::api::centers::{Force, Now};
use centrale_core::id::UserId;

/// For supervisors and administrators, as the codes do it. Answers with the call center as it is then; that outlives a
/// restart.
pub(crate) async fn force(
    state: State,
    principal: Principal,
    center: UserId,
    wanted: Force,
) -> Result<Now, Refusal> {
    let visibility = LiveVisibility::of(state.live.view(), principal.scope);
    supervised(&visibility, center)?;
    let Force { night, forwarding } = wanted;
    state
        .calls
        .command(Command::Agent(Input::Force {
            center,
            night,
            forwarding,
        }))
        .await;
    let now = of(&state, &visibility, center).await?;
    state.calls.persist_soon().await;
    Ok(now)
}
