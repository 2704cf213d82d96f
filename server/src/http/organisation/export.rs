//! Exports the organisation.

use crate::http::auth::Asker;
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::pool::SURVEYS;
use crate::state::State;
use centrale_core::organisation::Organisation;

/// The whole organisation as it is stored; passwords and the secrets of phones are no part of it.
pub(crate) async fn export(
    state: State,
    asker: Asker,
    (): (),
    (): (),
) -> Result<Answer<Organisation>, Refusal> {
    let account = asker.account.id;
    let organisation = SURVEYS.ask_for(account, async move { state.store.export().await }).await?;
    Ok(Answer::from(organisation.map_err(Refusal::internal)?).written_on(&SURVEYS))
}
