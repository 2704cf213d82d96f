//! What a principal may do to a part that they may change: whose people they may put into it, and which services they assign.

use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::http::security_events::{self, Note};
use crate::live::View;
use crate::state::State;
use centrale_core::api::security::Kind;
use centrale_core::error::{Code, ErrorBody, FieldError};
use centrale_core::id::{PackId, UserId};
use centrale_core::organisation::{Part, Supervisor, User};

/// Keeps it in the security events when a part that is made, replaced or removed gives or takes rights.
pub(super) async fn note(
    state: &State,
    principal: &Principal,
    before: Option<&Part>,
    after: Option<&Part>,
) {
    let Some(part) = after.or(before) else { return };
    if before.map(given).unwrap_or_default() != after.map(given).unwrap_or_default() {
        let about = format!("{} {}", part.kind(), part.key().id);
        let event =
            Note::of(Kind::RightsChanged, &principal.account, &principal.address).about(about);
        security_events::note(state, event).await;
    }
}

/// What a part lets people do: services that are assigned, whom they supervise, which calls leave or are picked up.
fn given(part: &Part) -> (&[PackId], &[Supervisor], Option<&Part>) {
    let packs = part
        .identity()
        .map(|identity| identity.packs.as_slice())
        .unwrap_or_default();
    match part {
        Part::CallCenter(center) => (packs, &center.supervisors, None),
        Part::Pickup(_) | Part::Outgoing(_) => (packs, &[], Some(part)),
        _ => (packs, &[], None),
    }
}

/// Refuses members, agents and supervisors who are not the principal's to give and whom their location does not make
/// available (routing § 7), and services assigned in a department by its administrator (requirement A3). What was there
/// before stays.
pub(super) fn check(
    view: &View,
    scope: Scope,
    before: Option<&Part>,
    part: &Part,
) -> Result<(), Refusal> {
    let packs = |part: &Part| {
        part.identity()
            .map(|identity| identity.packs.clone())
            .unwrap_or_default()
    };
    if matches!(scope, Scope::DepartmentAdmin(_))
        && before.map(packs).unwrap_or_default() != packs(part)
    {
        let fields = vec![FieldError::new("part.identity.packs", Code::Forbidden)];
        return Err(Refusal::Error(ErrorBody {
            fields,
            ..Code::Forbidden.into()
        }));
    }
    let there = before.map(people).unwrap_or_default();
    let fresh = people(part)
        .into_iter()
        .filter(|user| !there.contains(user));
    let members = fresh.filter_map(|user| view.directory.user(user));
    let is_available = |user: &User| {
        let home = view.snapshot.place(user.location);
        home.is_some_and(|place| place.site.available_elsewhere.contains(&user.id))
    };
    let may_take = |user: &User| scope.covers(&view.directory, user) || is_available(user);
    let elsewhere: Vec<_> = members.filter(|member| !may_take(&member.user)).collect();
    if elsewhere.is_empty() {
        return Ok(());
    }
    let may = |scope: Scope| {
        let all = elsewhere
            .iter()
            .all(|member| scope.covers(&view.directory, &member.user));
        all && scope.may_edit_part(&view.directory, part)
    };
    let releases = |scope: Scope| {
        elsewhere
            .iter()
            .any(|member| scope.administers(member.user.location))
    };
    let named = |is_meant: &dyn Fn(Scope) -> bool| {
        let admins = view
            .directory
            .admins()
            .filter(|admin| is_meant(Scope::of(admin.scope)));
        admins
            .map(|admin| format!("{} {}", admin.first_name, admin.last_name))
            .collect()
    };
    let fields = vec![FieldError::new("part.users", Code::MembersElsewhere)];
    let (ask, available_by) = (named(&may), named(&releases));
    Err(Refusal::Error(ErrorBody {
        fields,
        ask,
        available_by,
        ..Code::MembersElsewhere.into()
    }))
}

/// Whom calls to a part ring, and who looks after them.
fn people(part: &Part) -> Vec<UserId> {
    match part {
        Part::HuntGroup(_) | Part::CallCenter(_) => part.users(),
        _ => part.members().to_vec(),
    }
}
