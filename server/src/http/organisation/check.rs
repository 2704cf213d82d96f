//! Tells what is wrong with the organisation.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::organisation::Checked;

/// What is wrong with the organisation as it is saved, errors first.
pub(crate) async fn check(state: State, _: Asker, (): (), (): ()) -> Result<Checked, Refusal> {
    let checked = state.live.findings(&state.store).await.map_err(Refusal::internal)?;
    Ok(Checked::clone(&checked))
}
