//! Mounts handlers by core's endpoint types: reads what the type says a request is, asks who sends it, and writes
//! what the type says an answer is. What a handler decides is left to it.

use super::auth::{Admission, Asker, csrf};
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
use centrale_core::api::{Access, Endpoint, Method};
use centrale_core::error::Code;
use std::any::TypeId;
use std::future::Future;

/// What a handler answers: the endpoint's response, and the cookies to set with it.
pub(crate) struct Answer<T> {
    body: T,
    cookies: Vec<String>,
    written_on: Option<&'static Pool>,
}

impl<T> From<T> for Answer<T> {
    fn from(body: T) -> Self {
        Self {
            body,
            cookies: Vec::new(),
            written_on: None,
        }
    }
}

impl<T> Answer<T> {
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
    /// Adds an endpoint. The handler gets the state, who asks (as the extractor `A` sees it), the parameters of the
    /// path, and the request.
    #[must_use]
    pub(crate) fn mount<E, A, H, F, R>(mut self, _: E, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Params: 'static,
        E::Request: 'static,
        E::Response: Send + 'static,
        A: Admission,
        H: Fn(State, A, E::Params, E::Request) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, Refusal>> + Send,
        R: Into<Answer<E::Response>> + Send + 'static,
    {
        let serve = move |axum::extract::State(state): axum::extract::State<State>,
                          request: Request| {
            let handler = handler.clone();
            async move {
                match ask::<E, A>(&state, request).await {
                    Ok((asker, params, wanted)) => {
                        match handler(state, asker, params, wanted).await {
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

    /// Adds an endpoint that answers with a stream of server-sent events, each of which is one of its responses. The
    /// handler gets the state and who asks.
    #[must_use]
    pub(crate) fn mount_stream<E, H, F>(mut self, _: E, handler: H) -> Self
    where
        E: Endpoint<Params = (), Request = ()> + 'static,
        E::Response: Send + 'static,
        H: Fn(State, Asker) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Response> + Send,
    {
        let serve = move |axum::extract::State(state): axum::extract::State<State>,
                          request: Request| {
            let handler = handler.clone();
            async move {
                match ask::<E, Asker>(&state, request).await {
                    Ok((asker, (), ())) => handler(state, asker).await,
                    Err(refusal) => refusal.into_response(),
                }
            }
        };
        self.router = self.router.route(E::PATH, on(filter(E::METHOD), serve));
        self.operations.push(Operation::of_stream::<E>());
        self
    }

    /// Adds an endpoint whose answer is written while it is sent: the handler gives the response.
    #[must_use]
    pub(crate) fn mount_written<E, H, F>(mut self, _: E, handler: H) -> Self
    where
        E: Endpoint<Params = (), Request = ()> + 'static,
        H: Fn(State, Asker) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Response, Refusal>> + Send,
    {
        let serve = move |axum::extract::State(state): axum::extract::State<State>,
                          request: Request| {
            let handler = handler.clone();
            async move {
                let answer = async {
                    let (asker, (), ()) = ask::<E, Asker>(&state, request).await?;
                    handler(state, asker).await
                };
                answer.await.unwrap_or_else(IntoResponse::into_response)
            }
        };
        self.router = self.router.route(E::PATH, on(filter(E::METHOD), serve));
        self.operations.push(Operation::of::<E>());
        self
    }

    /// Adds an endpoint whose request stands in the query, as the body is a file: the handler reads it, once it knows
    /// that it will take it.
    #[must_use]
    pub(crate) fn mount_file<E, H, F>(mut self, _: E, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Params: 'static,
        E::Request: 'static,
        E::Response: Send + 'static,
        H: Fn(State, Asker, E::Params, E::Request, Body) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<E::Response, Refusal>> + Send,
    {
        let serve = move |axum::extract::State(state): axum::extract::State<State>,
                          request: Request| {
            let handler = handler.clone();
            async move {
                let answer = async {
                    let (mut parts, body) = request.into_parts();
                    let (asker, params) = enter::<E, Asker>(&state, &mut parts).await?;
                    let wanted = body::query(parts.uri.query().unwrap_or_default())?;
                    handler(state, asker, params, wanted, body).await
                };
                match answer.await {
                    Ok(body) => respond(Answer::from(body)).await,
                    Err(refusal) => refusal.into_response(),
                }
            }
        };
        self.router = self.router.route(E::PATH, on(filter(E::METHOD), serve));
        self.operations.push(Operation::of_file::<E>());
        self
    }

    /// Adds an endpoint that answers with a sound, or the part of it for which the headers ask.
    #[must_use]
    pub(crate) fn mount_sound<E, H, F>(mut self, _: E, handler: H) -> Self
    where
        E: Endpoint<Request = (), Response = ()> + 'static,
        E::Params: 'static,
        H: Fn(State, Asker, E::Params, HeaderMap) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Response, Refusal>> + Send,
    {
        let serve = move |axum::extract::State(state): axum::extract::State<State>,
                          request: Request| {
            let handler = handler.clone();
            async move {
                let answer = async {
                    let (mut parts, _) = request.into_parts();
                    let (asker, params) = enter::<E, Asker>(&state, &mut parts).await?;
                    handler(state, asker, params, parts.headers).await
                };
                answer.await.unwrap_or_else(IntoResponse::into_response)
            }
        };
        self.router = self.router.route(E::PATH, on(filter(E::METHOD), serve));
        self.operations.push(Operation::of_sound::<E>());
        self
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
    let asker = A::admit(parts, state, E::ACCESS).await?;
    Ok((asker, params::<E::Params>(parts).await?))
}

async fn ask<E: Endpoint, A: Admission>(
    state: &State,
    request: Request,
) -> Result<(A, E::Params, E::Request), Refusal>
where
    E::Params: 'static,
    E::Request: 'static,
{
    let (mut parts, body) = request.into_parts();
    let (asker, params) = enter::<E, A>(state, &mut parts).await?;
    let wanted = if E::METHOD == Method::Get {
        body::query(parts.uri.query().unwrap_or_default())?
    } else {
        let limit = if E::ACCESS == Access::Public {
            body::LIMIT_OF_VISITOR
        } else {
            body::LIMIT
        };
        body::json(&parts.headers, body, limit, state.settings.limits.body).await?
    };
    Ok((asker, params, wanted))
}

/// A parameter that is no id names nothing.
async fn params<P: serde::de::DeserializeOwned + Send>(parts: &mut Parts) -> Result<P, Refusal> {
    let Path(params) = Path::<P>::from_request_parts(parts, &())
        .await
        .map_err(|_| Code::NotFound)?;
    Ok(params)
}

async fn respond<T: serde::Serialize + Send + 'static>(answer: Answer<T>) -> Response {
    let body = answer.body;
    let mut response = match answer.written_on {
        _ if TypeId::of::<T>() == TypeId::of::<()>() => StatusCode::NO_CONTENT.into_response(),
        Some(pool) => pool
            .run(|| Json(body).into_response())
            .await
            .unwrap_or_else(busy),
        None => Json(body).into_response(),
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
