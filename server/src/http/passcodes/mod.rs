//! Voicemail passcodes. Who may change somebody's services may set their passcode; nobody is told it.

mod delete;
mod draw;
mod get;
mod put;

pub(crate) use delete::delete;
pub(crate) use draw::draw;
pub(crate) use get::get;
pub(crate) use put::put;

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::View;
use centrale_core::error::{Code, FieldError};
use centrale_core::id::UserId;
use centrale_core::service::voicemail;

/// A user in scope who has a mailbox.
fn with_mailbox(view: &View, scope: Scope, user: UserId) -> Result<(), Refusal> {
    scope.user(&view.directory, user)?;
    let owner = view.snapshot.user(user);
    if owner.is_some_and(voicemail::is_theirs) {
        Ok(())
    } else {
        Err(wrong(Code::NotAvailable))
    }
}

fn wrong(code: Code) -> Refusal {
    Refusal::fields(vec![FieldError::new("passcode", code)])
}
