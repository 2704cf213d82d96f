//! The portal's API and its files over HTTP: one folder per resource with a file per verb, each of which reads,
//! authorises, asks the domain or the store, and answers. What endpoints there are is core's contract.

mod accounts;
mod agents;
mod assets;
mod auth;
mod body;
mod calls;
mod centers;
mod events;
mod health;
pub mod listen;
mod live;
mod mails;
mod mount;
mod openapi;
mod organisation;
mod outgoing;
mod own;
mod parts;
mod passcodes;
mod phones;
mod refusal;
mod routing;
mod schedules;
mod security;
mod security_events;
mod services;
mod session;
mod uploads;
mod users;

use crate::state::State;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use centrale_core::api;
use centrale_core::error::Code;
use mount::Api;
use refusal::Refusal;
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

/// The server, ready to be served with the address of each client (`into_make_service_with_connect_info`).
pub fn build_router(state: State) -> Router {
    let no_store = SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-store"),
    );
    let api = endpoints()
        .router
        .route("/api/health", get(health::health))
        .route("/api/openapi.json", get(openapi::serve))
        .route("/api", any(unknown))
        .route("/api/", any(unknown))
        .route("/api/{*path}", any(unknown))
        .method_not_allowed_fallback(|| async { Refusal::from(Code::MethodNotAllowed) })
        .layer(no_store);
    let whole = match state.settings.assets.clone() {
        Some(folder) => api
            .fallback(move |request: Request| async move { assets::serve(&folder, request).await }),
        None => api.fallback(unknown),
    };
    security::protect(
        whole.layer(CatchPanicLayer::custom(panicked)),
        state.settings.secure_cookies,
    )
    .layer(TraceLayer::new_for_http())
    .with_state(state)
}

/// Every endpoint of the contract with its handler.
fn endpoints() -> Api {
    Api::default()
        .mount(api::session::Start, session::start)
        .mount(api::session::Current, session::current)
        .mount(api::session::End, session::end)
        .mount(api::own::PutPassword, own::put_password)
        .mount(api::own::Choose, own::choose)
        .mount(api::own::Sessions, own::sessions)
        .mount(api::own::EndSession, own::end_session)
        .mount(api::own::EndOthers, own::end_others)
        .mount(api::own::GetSecondFactor, own::get_second_factor)
        .mount(api::own::BeginSecondFactor, own::begin_second_factor)
        .mount(api::own::ConfirmSecondFactor, own::confirm_second_factor)
        .mount(api::own::RemoveSecondFactor, own::remove_second_factor)
        .mount(api::security::GetPolicy, security_events::get_policy)
        .mount(api::security::PutPolicy, security_events::put_policy)
        .mount(api::security::Events, security_events::events)
        .mount(api::security::Log, security_events::log)
        .mount(api::accounts::Get, accounts::get)
        .mount(api::accounts::PutBlocked, accounts::put_blocked)
        .mount(api::accounts::Reset, accounts::reset)
        .mount(
            api::accounts::RemoveSecondFactor,
            accounts::remove_second_factor,
        )
        .mount(api::accounts::EndSessions, accounts::end_sessions)
        .mount(api::accounts::Locks, accounts::locks)
        .mount(api::accounts::Lift, accounts::lift)
        .mount(api::phones::Failures, phones::failures)
        .mount(api::outgoing::Stops, outgoing::stops)
        .mount(api::outgoing::LiftUser, outgoing::lift_user)
        .mount(api::outgoing::LiftAll, outgoing::lift_all)
        .mount(api::organisation::Get, organisation::get)
        .mount(api::organisation::Export, organisation::export)
        .mount(api::organisation::Check, organisation::check)
        .mount(api::mails::List, mails::list)
        .mount(api::mails::Try, mails::trial)
        .mount(api::mails::Retry, mails::retry)
        .mount(api::mails::Delete, mails::delete)
        .mount(api::users::List, users::list)
        .mount(api::users::Get, users::get)
        .mount(api::users::Colleagues, users::colleagues)
        .mount(api::users::RenewSecret, users::renew_secret)
        .mount(api::services::List, services::list)
        .mount(api::services::Put, services::put)
        .mount(api::passcodes::Get, passcodes::get)
        .mount(api::passcodes::Put, passcodes::put)
        .mount(api::passcodes::Delete, passcodes::delete)
        .mount(api::passcodes::Draw, passcodes::draw)
        .mount(api::schedules::ListOfUser, schedules::list_of_user)
        .mount(api::schedules::AddToUser, schedules::add_to_user)
        .mount(api::schedules::ListOfLocation, schedules::list_of_location)
        .mount(api::schedules::AddToLocation, schedules::add_to_location)
        .mount(api::schedules::Put, schedules::put)
        .mount(api::schedules::Delete, schedules::delete)
        .mount(api::schedules::ReadHolidays, schedules::read_holidays)
        .mount(api::parts::List, parts::list)
        .mount(api::parts::Get, parts::get)
        .mount(api::parts::Add, parts::add)
        .mount(api::parts::Put, parts::put)
        .mount(api::parts::Delete, parts::delete)
        .mount(api::parts::Used, parts::uses)
        .mount(api::uploads::List, uploads::list)
        .mount(api::uploads::Get, uploads::get)
        .mount(api::uploads::Add, uploads::add)
        .mount(api::uploads::Put, uploads::put)
        .mount(api::uploads::Delete, uploads::delete)
        .mount(api::uploads::Used, uploads::uses)
        .mount(api::uploads::GetSound, uploads::get_sound)
        .mount(api::uploads::PutSound, uploads::put_sound)
        .mount(api::routing::GetSlice, routing::slice)
        .mount(api::routing::Simulate, routing::simulate)
        .mount(api::routing::Week, routing::week)
        .mount(api::routing::SimulateAny, routing::simulate_any)
        .mount(api::agents::Get, agents::get)
        .mount(api::agents::Put, agents::put)
        .mount(api::centers::GetPriorities, centers::priorities)
        .mount(api::centers::PutPriorities, centers::put_priorities)
        .mount(api::centers::GetNow, centers::now)
        .mount(api::centers::PutForce, centers::force)
        .mount(api::centers::GetStatistics, centers::statistics)
        .mount(api::live::Watch, live::watch)
        .mount(api::events::OfUser, events::of_user)
        .mount(api::calls::OfUser, calls::of_user)
        .mount(api::calls::Clear, calls::clear)
}

async fn unknown() -> Refusal {
    Code::NotFound.into()
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    Refusal::internal("a handler panicked").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::StatusCode;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_panic_is_answered() {
        let broken = get(|| async { panic!("a mistake of ours") as &str });
        let router: Router = Router::new()
            .route("/", broken)
            .layer(CatchPanicLayer::custom(panicked));
        let response = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(response.into_body(), 1000).await.unwrap();
        assert_eq!(body, r#"{"code":"internal","fields":[]}"#);
    }
}
