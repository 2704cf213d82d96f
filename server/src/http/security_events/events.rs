//! Lists security events.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::security::{Filter, SecurityEvent};

/// Events on one page.
const PAGE: u32 = 100;

/// The newest, or those before one.
pub(crate) async fn events(
    state: State,
    _: Principal,
    (): (),
    filter: Filter,
) -> Result<Vec<SecurityEvent>, Refusal> {
    state
        .store
        .security_events(filter.before, PAGE)
        .await
        .map_err(Refusal::internal)
}
