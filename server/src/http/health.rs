//! Tells whoever watches the server that it and its database answer.

use super::refusal::Refusal;
use crate::state::State;
use axum::Json;
use serde_json::{Value, json};

/// `{"status":"ok"}`, or a 500 when the database does not answer.
pub(crate) async fn health(state: axum::extract::State<State>) -> Result<Json<Value>, Refusal> {
    state.store.is_empty().await.map_err(Refusal::internal)?;
    Ok(Json(json!({ "status": "ok" })))
}
