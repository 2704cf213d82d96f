//! Sounds that were uploaded. Whoever sees one may hear it; who may change it is the scope's to say.

mod add;
mod delete;
mod file;
mod get;
mod list;
mod put;
mod refusal;
mod sound;
mod uses;

pub(crate) use add::add;
pub(crate) use delete::delete;
pub(crate) use get::get;
pub(crate) use list::list;
pub(crate) use put::put;
pub(crate) use sound::{get_sound, put_sound};
pub(crate) use uses::uses;

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::{StoredPart, View};
use centrale_core::api::uploads::Stored;
use centrale_core::error::{Code, FieldError};
use centrale_core::id::UploadId;
use centrale_core::organisation::{Part, PartKey, PartKind, Upload};

/// An upload that the scope sees.
fn seen(view: &View, scope: Scope, id: UploadId) -> Result<Stored, Refusal> {
    let stored = view.directory.part(PartKey {
        kind: PartKind::Upload,
        id: id.0,
    });
    Ok(stored
        .and_then(|stored| shown(view, scope, &stored))
        .ok_or(Code::NotFound)?)
}

/// An upload that the scope may change; one that it only sees is forbidden.
fn editable(view: &View, scope: Scope, id: UploadId) -> Result<Stored, Refusal> {
    let stored = seen(view, scope, id)?;
    if stored.editable {
        Ok(stored)
    } else {
        Err(Code::Forbidden.into())
    }
}

/// An upload as the API shows it; `None` when the scope does not see it.
fn shown(view: &View, scope: Scope, stored: &StoredPart) -> Option<Stored> {
    let Part::Upload(upload) = &stored.part else {
        return None;
    };
    let (directory, owner) = (&view.directory, upload.owner);
    let editable = scope.may_edit_upload(directory, owner);
    scope.sees_upload(directory, owner).then(|| Stored {
        upload: upload.clone(),
        version: stored.version,
        editable,
    })
}

fn check(upload: &Upload) -> Result<(), Refusal> {
    let wrong = upload.validate();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Refusal::fields(wrong))
    }
}

fn wrong_file(code: Code) -> Refusal {
    Refusal::fields(vec![FieldError::new("file", code)])
}
