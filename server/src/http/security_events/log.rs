//! Tells whether the log of changes is as it was written.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::security::EventLog;
use tokio::sync::Mutex;

/// All of it is read: one principal at a time, so that nobody can have it done many times at once.
pub(crate) async fn log(state: State, _: Principal, (): (), (): ()) -> Result<EventLog, Refusal> {
    static TURN: Mutex<()> = Mutex::const_new(());
    let _turn = TURN.lock().await;
    state
        .store
        .check_events(None)
        .await
        .map_err(Refusal::internal)
}
