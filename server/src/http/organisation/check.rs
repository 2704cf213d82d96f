//! Tells what is wrong with the organisation.

use crate::http::auth::Principal;
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::pool::DECIDING;
use crate::state::State;
use centrale_core::api::organisation::Checked;

/// What is wrong with the organisation as it is saved, errors first.
pub(crate) async fn check(
    state: State,
    _: Principal,
    (): (),
    (): (),
) -> Result<Answer<Checked>, Refusal> {
    let (checked, newer) = state.live.findings(state.clock.now()).await?;
    Ok(Answer::from(Checked {
        newer,
        ..Checked::clone(&checked)
    })
    .written_on(&DECIDING))
}
