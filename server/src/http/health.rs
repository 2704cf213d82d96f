//! Tells whoever watches the server whether it works, and what of it does not.

use super::refusal::Refusal;
use crate::state::State;
use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// `{"status":"ok"}` when a save would work, which is tried, and the calls are this server's; else a 503 with the code of
/// why not.
pub(crate) async fn health(state: axum::extract::State<State>) -> Response {
    if state.calls.stood_down() {
        return Refusal::gone(&state.calls).into_response();
    }
    match state.store.outage().await {
        None => Json(json!({ "status": "ok" })).into_response(),
        Some(outage) => Refusal::outage(outage).into_response(),
    }
}
