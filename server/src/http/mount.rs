//! Mounts handlers by core's endpoint types: reads what the type says a request is, asks who sends it, and writes
//! what the type says an answer is. What a handler decides is left to it.

use super::auth::{Admission, csrf};
use super::body;
use super::openapi::Operation;
use super::refusal::Refusal;
use crate::pool::{Pool, PoolError};
use crate::state::State;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use axum::{Json, Router};
use centrale_core::api::body as kind;
use centrale_core::api::{Access, Endpoint, Method};
use centrale_core::error::Code;
use std::any::TypeId;
use std::future::Future;

/// What a handler answers: the endpoint's response, and the cookies to set with it.
pub(crate) struct Answer<T> {
    body: Content<T>,
    cookies: Vec<String>,
    written_on: Option<&'static Pool>,
}

/// The response of an endpoint.
enum Content<T> {
    /// It is written as JSON.
    Json(T),
    /// The handler writes it itself: a stream, or a file.
    Written(Response),
}

impl<T> From<T> for Answer<T> {
    fn from(body: T) -> Self {
        Self {
            body: Content::Json(body),
            cookies: Vec::new(),
            written_on: None,
        }
    }
}

impl<T> Answer<T> {
    /// An answer that the handler wrote itself: a stream of events, a sound, or what is written while it is sent.
    pub(crate) fn written(response: impl IntoResponse) -> Self {
        Self {
            body: Content::Written(response.into_response()),
            cookies: Vec::new(),
            written_on: None,
        }
    }

    /// This answer with a cookie.
    #[must_use]
    pub(crate) fn with_cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// This answer, which may be so large that it is written on threads of its own.
    #[must_use]
    pub(crate) fn written_on(self, pool: &'static Pool) -> Self {
        Self {
            written_on: Some(pool),
            ..self
        }
    }
}

/// The endpoints that are mounted.
#[derive(Default)]
pub(crate) struct Api {
    /// What answers them.
    pub(crate) router: Router<State>,
    /// What they are.
    pub(crate) operations: Vec<Operation>,
}

impl Api {
    /// Adds an endpoint. The handler gets the state, who asks (as the extractor `A` sees it), the parameters of the path,
    /// and the request as the kind of its body gives it.
    #[must_use]
    pub(crate) fn mount<E, A, H, F, R>(mut self, _: E, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Body: Incoming,
        E::Params: 'static,
        E::Request: 'static,
        E::Response: Send + 'static,
        E::Conflict: 'static,
        A: Admission,
        H: Fn(State, A, E::Params, Given<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, Refusal>> + Send,
        R: Into<Answer<E::Response>> + Send + 'static,
    {
        let serve = move |axum::extract::State(state): axum::extract::State<State>,
                          request: Request| {
            let handler = handler.clone();
            async move {
                match ask::<E, A>(&state, request).await {
                    Ok((principal, params, wanted)) => {
                        match handler(state, principal, params, wanted).await {
                            Ok(answer) => respond(answer.into()).await,
                            Err(refusal) => refusal.into_response(),
                        }
                    }
                    Err(refusal) => refusal.into_response(),
                }
            }
        };
        self.router = self.router.route(E::PATH, on(filter(E::METHOD), serve));
        self.operations.push(Operation::of::<E>());
        self
    }
}

/// How a request comes, by the kind of the endpoint's bodies.
pub(crate) trait Incoming: kind::Body {
    /// What the handler is given of a request `T`.
    type Given<T: Send>: Send;

    /// Reads a request, once its sender is let in.
    fn read<E: Endpoint>(
        state: &State,
        parts: Parts,
        body: Body,
    ) -> impl Future<Output = Result<Self::Given<E::Request>, Refusal>> + Send
    where
        E::Request: 'static;
}

/// What the handler of an endpoint is given of a request.
pub(crate) type Given<E> = <<E as Endpoint>::Body as Incoming>::Given<<E as Endpoint>::Request>;

impl Incoming for kind::Json {
    type Given<T: Send> = T;

    async fn read<E: Endpoint>(
        state: &State,
        parts: Parts,
        body: Body,
    ) -> Result<E::Request, Refusal>
    where
        E::Request: 'static,
    {
        if E::METHOD == Method::Get {
            return body::query(parts.uri.query().unwrap_or_default());
        }
        let limit = if E::ACCESS == Access::Public {
            body::LIMIT_OF_ANONYMOUS
        } else {
            body::LIMIT
        };
        body::json(&parts.headers, body, limit, state.settings.limits.body).await
    }
}

/// The handler reads the file, once it knows that it will take it.
impl Incoming for kind::File {
    type Given<T: Send> = (T, Body);

    async fn read<E: Endpoint>(
        _: &State,
        parts: Parts,
        body: Body,
    ) -> Result<(E::Request, Body), Refusal>
    where
        E::Request: 'static,
    {
        Ok((body::query(parts.uri.query().unwrap_or_default())?, body))
    }
}

/// The handler is given the headers, which may ask for a part of the sound.
impl Incoming for kind::Sound {
    type Given<T: Send> = HeaderMap;

    async fn read<E: Endpoint>(_: &State, parts: Parts, _: Body) -> Result<HeaderMap, Refusal>
    where
        E::Request: 'static,
    {
        Ok(parts.headers)
    }
}

impl Incoming for kind::Events {
    type Given<T: Send> = T;

    async fn read<E: Endpoint>(_: &State, parts: Parts, _: Body) -> Result<E::Request, Refusal>
    where
        E::Request: 'static,
    {
        body::query(parts.uri.query().unwrap_or_default())
    }
}

/// Lets the sender in, or not, and reads the path.
async fn enter<E: Endpoint, A: Admission>(
    state: &State,
    parts: &mut Parts,
) -> Result<(A, E::Params), Refusal> {
    csrf::check(parts)?;
    if !body::is_plain(parts.uri.path()) {
        return Err(Code::NotFound.into());
    }
    let principal = A::admit(parts, state, E::ACCESS).await?;
    Ok((principal, params::<E::Params>(parts).await?))
}

async fn ask<E: Endpoint, A: Admission>(
    state: &State,
    request: Request,
) -> Result<(A, E::Params, Given<E>), Refusal>
where
    E::Body: Incoming,
    E::Params: 'static,
    E::Request: 'static,
{
    let (mut parts, body) = request.into_parts();
    let (principal, params) = enter::<E, A>(state, &mut parts).await?;
    let wanted = E::Body::read::<E>(state, parts, body).await?;
    Ok((principal, params, wanted))
}

/// A parameter that is no id names nothing.
async fn params<P: serde::de::DeserializeOwned + Send>(parts: &mut Parts) -> Result<P, Refusal> {
    let Path(params) = Path::<P>::from_request_parts(parts, &())
        .await
        .map_err(|_| Code::NotFound)?;
    Ok(params)
}

async fn respond<T: serde::Serialize + Send + 'static>(answer: Answer<T>) -> Response {
    let mut response = match (answer.body, answer.written_on) {
        (Content::Written(response), _) => response,
        (Content::Json(_), _) if TypeId::of::<T>() == TypeId::of::<()>() => {
            StatusCode::NO_CONTENT.into_response()
        }
        (Content::Json(body), Some(pool)) => pool
            .run(|| Json(body).into_response())
            .await
            .unwrap_or_else(busy),
        (Content::Json(body), None) => Json(body).into_response(),
    };
    for cookie in answer
        .cookies
        .into_iter()
        .filter_map(|cookie| HeaderValue::try_from(cookie).ok())
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn busy(error: PoolError) -> Response {
    Refusal::from(error).into_response()
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}
