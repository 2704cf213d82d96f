//! The two extractors: a visitor, who need not be logged in, and an asker, who is and whose role may ask this.

use super::{Scope, address, cookie};
use crate::http::refusal::Refusal;
use crate::state::State;
use crate::store::{Account, Actor};
use axum::http::request::Parts;
use centrale_core::api::Access;
use centrale_core::error::Code;
use centrale_core::time::Timestamp;
use std::future::Future;

/// A session is prolonged when this part of its time has passed, so that not every request writes.
const PROLONG_AFTER: i64 = 10;

/// Somebody who sends a request, let in by what the endpoint asks.
pub(crate) trait Admission: Sized + Send + 'static {
    /// Lets the sender in, or not.
    fn admit(
        parts: &Parts,
        state: &State,
        access: Access,
    ) -> impl Future<Output = Result<Self, Refusal>> + Send;
}

/// Anybody.
pub(crate) struct Visitor {
    /// Where they come from, as failed tries are counted.
    pub(crate) address: String,
    /// The token of the session that they may have.
    pub(crate) token: Option<String>,
    /// The hash of the token by which their browser may be known.
    pub(crate) browser: Option<String>,
    /// Their browser talks TLS.
    pub(crate) secure: bool,
}

/// Somebody who is logged in.
pub(crate) struct Asker {
    /// What they may see and change.
    pub(crate) scope: Scope,
    /// Their account.
    pub(crate) account: Account,
    /// Their session, as the store names it.
    pub(crate) session: String,
}

impl Asker {
    /// Them, as events name them.
    pub(crate) fn actor(&self) -> Actor {
        Actor { account: self.account.id, name: self.account.name.clone() }
    }
}

impl Admission for Visitor {
    async fn admit(parts: &Parts, state: &State, _: Access) -> Result<Self, Refusal> {
        address::warn_once(parts, state.settings.trust_proxy);
        let secure = cookie::is_secure(&parts.headers, &state.settings);
        Ok(Self {
            address: address::of(parts, state.settings.trust_proxy),
            token: cookie::token(&parts.headers, secure),
            browser: cookie::browser(&parts.headers, secure),
            secure,
        })
    }
}

impl Admission for Asker {
    async fn admit(parts: &Parts, state: &State, access: Access) -> Result<Self, Refusal> {
        address::warn_once(parts, state.settings.trust_proxy);
        let secure = cookie::is_secure(&parts.headers, &state.settings);
        let token = cookie::token(&parts.headers, secure).ok_or(Code::SessionEnded)?;
        let digest = cookie::digest(&token);
        let now = state.clock.now();
        let session = state.store.session(&digest, now).await.map_err(Refusal::internal)?;
        let (account, until) = session.ok_or(Code::SessionEnded)?;
        let fresh = session_end(state, now);
        if fresh.since(until) * PROLONG_AFTER > fresh.since(now) {
            state.store.touch_session(&digest, fresh).await.map_err(Refusal::internal)?;
        }
        let scope = Scope::from(account.who);
        if scope.permits(access) {
            Ok(Self { scope, account, session: digest })
        } else {
            Err(Code::Forbidden.into())
        }
    }
}

/// When a session ends that is used now and not again.
pub(crate) fn session_end(state: &State, now: Timestamp) -> Timestamp {
    now.plus_seconds(i64::from(state.settings.session_hours) * 3600)
}
