//! Accounts, as the administrators above them look after them.

mod lift;
mod locks;

pub(crate) use lift::lift;
pub(crate) use locks::locks;

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::Directory;
use centrale_core::api::accounts::AccountId;
use centrale_core::api::session::Identity;
use centrale_core::error::Code;
use centrale_core::organisation::AdminScope;

/// The login of an account in scope.
fn login(directory: &Directory, scope: Scope, account: AccountId) -> Result<String, Refusal> {
    match account {
        AccountId::User(id) => Ok(scope.user(directory, id)?.user.login.clone()),
        AccountId::Admin(id) => {
            let admin = directory.admin(id).filter(|admin| scope.covers_admin(directory, admin.scope));
            Ok(admin.ok_or(Code::NotFound)?.login.clone())
        }
    }
}

/// The account of somebody.
fn account_of(who: Identity) -> AccountId {
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
            (Self::LocationAdmin(own), AdminScope::Department(id)) => {
                directory.department(id).is_some_and(|department| department.location == own)
            }
            (Self::DepartmentAdmin(own), AdminScope::Department(id)) => {
                id != own && directory.is_within(id, own)
            }
            _ => false,
        }
    }
}
