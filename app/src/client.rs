//! The one place that talks to the server: calls endpoints by core's contract. When the session has ended it asks
//! for a new log-in, waits for it and goes on, so that nothing that was typed is lost.

use crate::text::{error_text, error_text_with_limit, t};
use centrale_core::api::session::{CSRF_HEADER, Start};
use centrale_core::api::{Endpoint, Method, path};
use centrale_core::error::{Code, ErrorBody, FieldError};
use gloo_net::http::{RequestBuilder, Response};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::cell::RefCell;
use std::sync::LazyLock;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Why a call brought no answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// The server refused.
    Refused(ErrorBody),
    /// Somebody else saved in the meantime; the body is the endpoint's own.
    Conflict(Value),
    /// The server could not be reached, or its answer could not be read.
    Network,
}

impl Failure {
    /// The conflict as an endpoint tells it, if it was one.
    pub(crate) fn conflict<E: Endpoint>(&self) -> Option<E::Conflict> {
        match self {
            Self::Conflict(body) => E::Conflict::deserialize(body).ok(),
            _ => None,
        }
    }

    /// The fields at fault.
    pub(crate) fn fields(&self) -> &[FieldError] {
        match self {
            Self::Refused(body) => &body.fields,
            _ => &[],
        }
    }

    /// What to tell the person.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Refused(body) => error_text_with_limit(body.code, body.limit),
            Self::Conflict(_) => error_text(Code::Stale),
            Self::Network => t("error-network"),
        }
    }
}

static ENDED: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));
thread_local! {
    static WAITING: RefCell<Vec<js_sys::Function>> = const { RefCell::new(Vec::new()) };
}

/// Whether the session has ended while somebody works; calls wait until [`resume`].
pub(crate) fn session_ended() -> ArcRwSignal<bool> {
    ENDED.clone()
}

/// Lets the calls that wait for a log-in go on.
pub(crate) fn resume() {
    ENDED.set(false);
    for go_on in WAITING.take() {
        let _ = go_on.call0(&JsValue::NULL);
    }
}

/// Calls an endpoint.
pub(crate) async fn call<E: Endpoint + 'static>(
    params: E::Params,
    request: E::Request,
) -> Result<E::Response, Failure> {
    let address = path::<E>(&params);
    let body = serde_json::to_value(&request).map_err(|_| Failure::Network)?;
    // Logging in, and asking who is logged in, are how one gets a session: they cannot wait for one.
    let opens = E::PATH == Start::PATH;
    let answer = Box::pin(ask(E::METHOD, address, body, opens)).await?;
    E::Response::deserialize(&answer).map_err(|_| Failure::Network)
}

/// What all endpoints share: asks, and asks again after a new log-in.
async fn ask(method: Method, address: String, body: Value, opens: bool) -> Result<Value, Failure> {
    loop {
        let response = send(method, &address, &body).await?;
        if response.status() != 401 || opens {
            return read(response).await;
        }
        log_in_again().await;
    }
}

async fn log_in_again() {
    ENDED.set(true);
    let promise = js_sys::Promise::new(&mut |go_on, _| {
        WAITING.with_borrow_mut(|waiting| waiting.push(go_on));
    });
    let _ = JsFuture::from(promise).await;
}

async fn send(method: Method, address: &str, body: &Value) -> Result<Response, Failure> {
    let (name, value) = CSRF_HEADER;
    let builder = match method {
        Method::Get => RequestBuilder::new(&format!("{address}{}", query(body)))
            .method(gloo_net::http::Method::GET),
        Method::Post => RequestBuilder::new(address).method(gloo_net::http::Method::POST),
        Method::Put => RequestBuilder::new(address).method(gloo_net::http::Method::PUT),
        Method::Delete => RequestBuilder::new(address).method(gloo_net::http::Method::DELETE),
    };
    let builder = builder.header("accept", "application/json");
    let sent = match method {
        Method::Get => builder.send().await,
        _ if body.is_null() => builder.header(name, value).send().await,
        _ => {
            builder
                .header(name, value)
                .json(body)
                .map_err(|_| Failure::Network)?
                .send()
                .await
        }
    };
    sent.map_err(|_| Failure::Network)
}

async fn read(response: Response) -> Result<Value, Failure> {
    let text = response.text().await.map_err(|_| Failure::Network)?;
    let text = if text.is_empty() {
        "null"
    } else {
        text.as_str()
    };
    let body: Value = serde_json::from_str(text).map_err(|_| Failure::Network)?;
    if response.ok() {
        return Ok(body);
    }
    if response.status() == 409 && body.get("current").is_some() {
        return Err(Failure::Conflict(body));
    }
    Err(ErrorBody::deserialize(&body).map_or(Failure::Network, Failure::Refused))
}

/// The request of a `GET` as a query; fields that are empty stay away.
fn query(request: &impl Serialize) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(request) else {
        return String::new();
    };
    let pairs = fields.iter().filter_map(|(name, value)| match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(format!("{name}={}", js_sys::encode_uri_component(text))),
        Value::Null => None,
        other => Some(format!("{name}={other}")),
    });
    let query = pairs.collect::<Vec<_>>().join("&");
    if query.is_empty() {
        query
    } else {
        format!("?{query}")
    }
}
