//! The parts of the organisation: groups, menus, queues, and what locations and the enterprise set for all.

mod add;
mod check;
mod delete;
mod get;
mod list;
mod put;
mod refusal;
mod rights;
mod uses;

pub(crate) use add::add;
pub(crate) use delete::delete;
pub(crate) use get::get;
pub(crate) use list::list;
pub(crate) use put::put;
pub(in crate::http) use refusal::refusal;
pub(crate) use uses::uses;

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::{StoredPart, View};
use centrale_core::api::parts::Stored;
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::organisation::{Part, PartKey, PartKind};
use std::sync::Arc;

/// A part that the scope may see.
fn seen(view: &View, scope: Scope, key: PartKey) -> Result<Arc<StoredPart>, Refusal> {
    let stored = view
        .directory
        .part(key)
        .filter(|stored| shows(view, scope, &stored.part));
    Ok(stored.ok_or(Code::NotFound)?)
}

/// Whether the scope may see a part here. Uploads have endpoints of their own.
fn shows(view: &View, scope: Scope, part: &Part) -> bool {
    part.kind() != PartKind::Upload && scope.sees_part(&view.directory, part)
}

/// A part that the scope may change; one that it only sees is forbidden.
fn editable(view: &View, scope: Scope, key: PartKey) -> Result<Arc<StoredPart>, Refusal> {
    let stored = seen(view, scope, key)?;
    let may = scope.may_edit_part(&view.directory, &stored.part);
    if may {
        Ok(stored)
    } else {
        Err(Code::Forbidden.into())
    }
}

/// A part as the API shows it: a virtual user with its services.
fn shown(view: &View, scope: Scope, stored: &StoredPart) -> Stored {
    let mut part = stored.part.clone();
    let member = view.directory.user(UserId(part.key().id));
    if let (Some(identity), Some(member)) = (part.identity_mut(), member) {
        identity.services.clone_from(&member.user.services);
    }
    let editable = scope.may_edit_part(&view.directory, &stored.part);
    Stored {
        part,
        version: stored.version,
        editable,
    }
}

/// A part without the services of a virtual user, which are saved as those of users are.
fn bare(mut part: Part) -> Part {
    part.identity_mut()
        .into_iter()
        .for_each(|identity| identity.services.clear());
    part
}
