//! Accounts, as the administrators above them look after them.

mod block;
mod end;
mod get;
mod lift;
mod locks;
mod reset;

pub(crate) use block::put_blocked;
pub(crate) use end::{end_sessions, remove_second_factor};
pub(crate) use get::get;
pub(crate) use lift::lift;
pub(crate) use locks::locks;
pub(crate) use reset::reset;

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::Directory;
use crate::state::State;
use crate::store::Account;
use centrale_core::api::accounts::AccountId;
use centrale_core::api::session::Identity;
use centrale_core::error::Code;
use centrale_core::organisation::AdminScope;

/// An account in scope.
async fn account(state: &State, scope: Scope, account: AccountId) -> Result<Account, Refusal> {
    let found = state
        .store
        .account_of(account)
        .await
        .map_err(Refusal::internal)?;
    let directory = &state.live.view().directory;
    Ok(found
        .filter(|found| covers(directory, scope, found.who))
        .ok_or(Code::NotFound)?)
}

/// The account of somebody.
pub(crate) fn account_of(who: Identity) -> AccountId {
    match who {
        Identity::User { id } => AccountId::User(id),
        Identity::Admin { id, .. } => AccountId::Admin(id),
    }
}

/// Whether somebody's account is in scope.
fn covers(directory: &Directory, scope: Scope, who: Identity) -> bool {
    match who {
        Identity::User { id } => scope.user(directory, id).is_ok(),
        Identity::Admin { scope: theirs, .. } => scope.covers_admin(directory, theirs),
    }
}

impl Scope {
    /// Whether the scope looks after administrators of another: the enterprise after all, a location after those of its
    /// departments, a department after those below it.
    fn covers_admin(self, directory: &Directory, theirs: AdminScope) -> bool {
        match (self, theirs) {
            (Self::EnterpriseAdmin, _) => true,
            (Self::LocationAdmin(own), AdminScope::Department(id)) => directory
                .department(id)
                .is_some_and(|department| department.location == own),
            (Self::DepartmentAdmin(own), AdminScope::Department(id)) => {
                id != own && directory.is_within(id, own)
            }
            _ => false,
        }
    }
}
