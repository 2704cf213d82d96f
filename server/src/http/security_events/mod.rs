//! Security events: keeping what happens to accounts, and showing it to the enterprise; and what holds for all log-ins.

mod events;
mod log;
mod policy;

pub(crate) use events::events;
pub(crate) use log::log;
pub(crate) use policy::{get_policy, put_policy};

use crate::http::accounts::account_of;
use crate::http::auth::Principal;
use crate::state::State;
use crate::store::{Account, NewSecurityEvent};
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::Kind;
use centrale_core::organisation::User;

/// A security event that is to be noted.
pub(crate) struct Note(NewSecurityEvent);

impl Note {
    /// To an account, by its person.
    pub(crate) fn of(kind: Kind, account: &Account, address: &str) -> Self {
        Self::of_login(kind, &account.login, Some(account), address)
    }

    /// To a login, which somebody may have.
    pub(crate) fn of_login(
        kind: Kind,
        login: &str,
        account: Option<&Account>,
        address: &str,
    ) -> Self {
        Self(NewSecurityEvent {
            kind,
            account: account.map(|account| account_of(account.who)),
            login: account.map_or_else(|| login.to_lowercase(), |account| account.login.clone()),
            by: String::new(),
            address: address.to_owned(),
            about: String::new(),
        })
    }

    /// Of something of the organisation, as `call-center 7`.
    pub(crate) fn about(self, about: String) -> Self {
        Self(NewSecurityEvent { about, ..self.0 })
    }

    /// To a user, virtual or not, or to the enterprise, by an administrator.
    pub(crate) fn to_user(kind: Kind, user: Option<&User>, principal: &Principal) -> Self {
        Self(NewSecurityEvent {
            kind,
            account: user
                .filter(|user| !user.login.is_empty())
                .map(|user| AccountId::User(user.id)),
            login: user.map(|user| user.login.clone()).unwrap_or_default(),
            by: principal.account.name.clone(),
            address: principal.address.clone(),
            about: String::new(),
        })
    }

    /// To an account, by an administrator.
    pub(crate) fn by(kind: Kind, account: &Account, principal: &Principal) -> Self {
        let Self(event) = Self::of(kind, account, &principal.address);
        Self(NewSecurityEvent {
            by: principal.account.name.clone(),
            ..event
        })
    }
}

/// Keeps what happened. What cannot be kept is in the log at least, and what was asked is done all the same.
pub(crate) async fn note(state: &State, Note(event): Note) {
    if let Err(error) = state
        .store
        .add_security_event(&event, state.clock.now())
        .await
    {
        tracing::error!(%error, kind = ?event.kind, "a security event could not be kept");
    }
}
