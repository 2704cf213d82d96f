//! Checks changes of services before they are saved: all of them, so that every fault is told at once.

use crate::http::auth::Scope as Access;
use crate::http::refusal::Refusal;
use crate::live::{Member, View};
use centrale_core::api::services::Change;
use centrale_core::error::{Code, ErrorBody, FieldError};
use centrale_core::organisation::User;
use centrale_core::service::{Scope, ServiceId, Unavailable, find};

/// The changes in the form in which they are stored, or everything that is wrong with them. Fields are named
/// `<service>.<field>`.
pub(super) fn check(
    view: &View,
    scope: Access,
    member: &Member,
    changes: Vec<Change>,
) -> Result<Vec<Change>, Refusal> {
    let (mut refused, mut wrong, mut normal) = (None, Vec::new(), Vec::new());
    let mut seen: Vec<ServiceId> = Vec::new();
    for (place, change) in changes.into_iter().enumerate() {
        let entry = find(change.service.0).ok_or(Code::NotFound)?;
        if seen.contains(&entry.id) {
            return Err(Refusal::unreadable(
                format!("changes.{place}.service"),
                Code::Malformed,
            ));
        }
        seen.push(entry.id);
        if entry.admin && matches!(scope, Access::User(_)) {
            refused.get_or_insert(Code::Forbidden);
            wrong.push(FieldError::new(entry.id.0, Code::Forbidden));
            continue;
        }
        if let Some(why) = view.unavailable(member, entry.id.0) {
            refused.get_or_insert(code(why));
            wrong.push(FieldError::new(entry.id.0, code(why)));
            continue;
        }
        let errors = with_scope(view, &member.user, |scope| {
            entry.check(&change.settings, scope)
        })?;
        wrong.extend(errors.iter().map(|error| within(entry.id, error)));
        if let Some(settings) = entry.normal(&change.settings) {
            normal.push(Change { settings, ..change });
        }
    }
    match (refused, wrong.is_empty()) {
        (None, true) => Ok(normal),
        (None, false) => Err(Refusal::fields(wrong)),
        (Some(code), _) => Err(Refusal::Error(ErrorBody {
            fields: wrong,
            ..code.into()
        })),
    }
}

/// Runs a check with what the settings of a user may refer to.
pub(crate) fn with_scope<T>(
    view: &View,
    user: &User,
    run: impl FnOnce(&Scope<'_>) -> T,
) -> Result<T, Refusal> {
    let directory = &view.directory;
    let location = directory.location(user.location).ok_or(Code::NotFound)?;
    Ok(run(&Scope {
        user: user.id,
        profile: user.profile,
        number: user.number,
        extension: user.extension,
        country: location.country,
        schedules: &|id| directory.linkable(user, id),
        uploads: &|name| view.snapshot.shared().own_upload(user.id, name).is_some(),
        members: &|id| directory.user(id).map(|member| member.role.kind()),
    }))
}

fn within(service: ServiceId, error: &FieldError) -> FieldError {
    match error.field.as_str() {
        "" => FieldError::new(service.0, error.code),
        field => FieldError::new(format!("{service}.{field}"), error.code),
    }
}

fn code(why: Unavailable) -> Code {
    match why {
        Unavailable::NotAssigned => Code::NotAssigned,
        Unavailable::NoFixedNumber
        | Unavailable::NotForRole
        | Unavailable::NeedsFixedProfile
        | Unavailable::NeedsDeskPhone => Code::NotAvailable,
    }
}
