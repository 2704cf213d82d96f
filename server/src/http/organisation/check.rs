//! Tells what is wrong with the organisation.

use crate::http::auth::Asker;
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::pool::SURVEYS;
use crate::state::State;
use centrale_core::api::organisation::Checked;

/// What is wrong with the organisation as it is saved, errors first.
pub(crate) async fn check(state: State, asker: Asker, (): (), (): ()) -> Result<Answer<Checked>, Refusal> {
    let found = state.live.findings(&state.store, asker.account.id, state.clock.now()).await?;
    let checked = found.map_err(Refusal::internal)?;
    Ok(Answer::from(Checked::clone(&checked)).written_on(&SURVEYS))
}
