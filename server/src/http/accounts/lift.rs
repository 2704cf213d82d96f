//! Lets a log-in be tried again at once.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::accounts::AccountId;

/// What failed is forgotten, wherever it came from.
pub(crate) async fn lift(state: State, asker: Asker, account: AccountId, (): ()) -> Result<(), Refusal> {
    let login = super::login(&state.live.view().directory, asker.scope, account)?;
    state.throttle.lift(&login).await.map_err(Refusal::internal)?;
    Ok(())
}
