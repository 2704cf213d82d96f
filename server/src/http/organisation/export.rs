//! Exports the organisation.

use crate::http::auth::Asker;
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::pool::SURVEYS;
use crate::state::State;
use centrale_core::api::security::Kind;
use centrale_core::organisation::Organisation;

/// The whole organisation as it is stored; passwords and the secrets of phones are no part of it.
pub(crate) async fn export(
    state: State,
    asker: Asker,
    (): (),
    (): (),
) -> Result<Answer<Organisation>, Refusal> {
    let account = asker.account.id;
    let store = state.store.clone();
    let organisation = SURVEYS.ask_for(account, async move { store.export().await }).await?;
    let organisation = organisation.map_err(Refusal::internal)?;
    note(&state, Note::of(Kind::Exported, &asker.account, &asker.address)).await;
    Ok(Answer::from(organisation).written_on(&SURVEYS))
}
