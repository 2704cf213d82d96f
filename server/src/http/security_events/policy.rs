//! What holds for all log-ins.

use super::{Note, note};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::security::{Kind, Policy};
use centrale_core::error::Code;

/// As it is.
pub(crate) async fn get_policy(
    state: State,
    _: Principal,
    (): (),
    (): (),
) -> Result<Policy, Refusal> {
    state.store.log_in_policy().await.map_err(Refusal::internal)
}

/// Changes what holds for all log-ins.
pub(crate) async fn put_policy(
    state: State,
    principal: Principal,
    (): (),
    policy: Policy,
) -> Result<Policy, Refusal> {
    if !state
        .store
        .put_log_in_policy(policy)
        .await
        .map_err(Refusal::internal)?
    {
        return Err(Code::Stale.into());
    }
    note(
        &state,
        Note::of(Kind::PolicyChanged, &principal.account, &principal.address),
    )
    .await;
    state.store.log_in_policy().await.map_err(Refusal::internal)
}
