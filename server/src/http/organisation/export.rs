//! Exports the organisation.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::organisation::Organisation;

/// The whole organisation as it is stored; passwords and the secrets of phones are no part of it.
pub(crate) async fn export(state: State, _: Asker, (): (), (): ()) -> Result<Organisation, Refusal> {
    state.store.export().await.map_err(Refusal::internal)
}
