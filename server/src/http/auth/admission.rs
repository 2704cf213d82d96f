//! The two extractors: `Anonymous`, who need not be logged in, and `Principal`, who is and whose role may ask this.

use super::{Scope, address, cookie};
use crate::http::refusal::Refusal;
use crate::state::State;
use crate::store::{Account, Actor, Place};
use axum::http::header;
use axum::http::request::Parts;
use centrale_core::api::Access;
use centrale_core::error::Code;
use centrale_core::time::Timestamp;
use std::future::Future;

/// A session is prolonged when this part of its time has passed, so that not every request writes.
const PROLONG_AFTER: i64 = 10;
/// Seconds after which a session ends, however much it is used: 30 days.
const LONGEST_SESSION: i64 = 30 * 24 * 60 * 60;
/// The longest name of a browser that is kept, in characters.
const LONGEST_AGENT: usize = 200;

/// Somebody who sends a request, let in by what the endpoint asks.
pub(crate) trait Admission: Sized + Send + 'static {
    /// Lets the sender in, or not.
    fn admit(
        parts: &Parts,
        state: &State,
        access: Access,
    ) -> impl Future<Output = Result<Self, Refusal>> + Send;
}

/// Who sends a request that needs no log-in.
pub(crate) struct Anonymous {
    /// Where they come from, as failed tries are counted.
    pub(crate) address: String,
    /// The token of the session that they may have.
    pub(crate) token: Option<String>,
    /// What their browser calls itself.
    pub(crate) agent: String,
    /// The hash of the token by which their browser may be known.
    pub(crate) browser: Option<String>,
    /// Their browser talks TLS.
    pub(crate) secure: bool,
}

/// Somebody who is logged in.
pub(crate) struct Principal {
    /// What they may see and change.
    pub(crate) scope: Scope,
    /// The account by which they are logged in.
    pub(crate) account: Account,
    /// Their session, as the store names it.
    pub(crate) session: String,
    /// Where they come from.
    pub(crate) address: String,
    /// Where the portal is, as their browser says: `https://centrale.example`.
    pub(crate) portal: String,
    /// The hash of the token by which their browser may be known.
    pub(crate) browser: Option<String>,
}

impl Principal {
    /// Them, as events name them.
    pub(crate) fn actor(&self) -> Actor {
        Actor {
            account: self.account.id,
            name: self.account.name.clone(),
        }
    }
}

impl Admission for Anonymous {
    async fn admit(parts: &Parts, state: &State, _: Access) -> Result<Self, Refusal> {
        address::warn_once(parts, state.settings.trust_proxy);
        let secure = cookie::is_secure(&parts.headers, &state.settings);
        Ok(Self {
            address: address::of(parts, state.settings.trust_proxy),
            token: cookie::token(&parts.headers, secure),
            agent: agent(parts),
            browser: cookie::browser(&parts.headers, secure),
            secure,
        })
    }
}

impl Admission for Principal {
    async fn admit(parts: &Parts, state: &State, access: Access) -> Result<Self, Refusal> {
        address::warn_once(parts, state.settings.trust_proxy);
        let secure = cookie::is_secure(&parts.headers, &state.settings);
        let token = cookie::token(&parts.headers, secure).ok_or(Code::SessionEnded)?;
        let digest = cookie::digest(&token);
        let now = state.clock.now();
        let session = state
            .store
            .session(&digest, now)
            .await
            .map_err(Refusal::internal)?;
        let session = session.ok_or(Code::SessionEnded)?;
        let rates = &state.throttle.requests;
        let turn = rates.take(session.account.id, state.clock.elapsed());
        turn.map_err(|wait| Refusal::too_often(Code::QuotaRequests, None, rates, wait))?;
        let address = address::of(parts, state.settings.trust_proxy);
        let fresh = session_end(state, session.created_at, now);
        if fresh.since(session.expires_at) * PROLONG_AFTER > fresh.since(now) {
            let place = Place {
                address: address.clone(),
                browser: agent(parts),
            };
            state
                .store
                .touch_session(&digest, &place, now, fresh)
                .await
                .map_err(Refusal::internal)?;
        }
        let account = session.account;
        let scope = Scope::from(account.who);
        if !scope.permits(access) {
            return Err(Code::Forbidden.into());
        }
        if account.must_set_up && access != Access::Own {
            return Err(Code::SecondFactorMissing.into());
        }
        let browser = cookie::browser(&parts.headers, secure);
        let portal = portal(parts, secure);
        Ok(Self {
            scope,
            account,
            session: digest,
            address,
            portal,
            browser,
        })
    }
}

/// Where the portal is. The origin was held against the host before, and comes from a page of ours.
fn portal(parts: &Parts, secure: bool) -> String {
    let text = |name| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let scheme = if secure { "https" } else { "http" };
    let host = || format!("{scheme}://{}", text(header::HOST).unwrap_or("localhost"));
    text(header::ORIGIN).map_or_else(host, str::to_owned)
}

/// What the browser calls itself.
fn agent(parts: &Parts) -> String {
    let named = parts
        .headers
        .get(header::USER_AGENT)
        .and_then(|name| name.to_str().ok());
    named
        .unwrap_or_default()
        .chars()
        .take(LONGEST_AGENT)
        .collect()
}

/// When a session ends that began at a moment, is used now and not again.
pub(crate) fn session_end(state: &State, created_at: Timestamp, now: Timestamp) -> Timestamp {
    let idle = now.plus_seconds(i64::from(state.settings.session_hours) * 3600);
    idle.min(created_at.plus_seconds(LONGEST_SESSION))
}
