//! Gives the card of a user.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::live::View;
use crate::state::State;
use centrale_core::api::users::{Card, Located, SpeedDialling};
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::snapshot::CompiledLocation;

/// The card of a user in scope.
pub(crate) async fn get(
    state: State,
    principal: Principal,
    id: UserId,
    (): (),
) -> Result<Card, Refusal> {
    let view = state.live.view();
    let user = &*principal.scope.user(&view.directory, id)?.user;
    let location = view
        .directory
        .location(user.location)
        .ok_or(Code::NotFound)?;
    let place = view.snapshot.place(user.location).ok_or(Code::NotFound)?;
    let department = user.department.and_then(|d| view.directory.department(d));
    Ok(Card {
        id,
        login: user.login.clone(),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        email: user.email.clone(),
        language: user.language,
        profile: user.profile,
        number: user.number,
        extension: user.extension,
        mobile: user.mobile,
        devices: user.devices.clone(),
        location: Located {
            id: location.id,
            name: location.name.clone(),
            country: location.country,
            zone: place.zone.clone(),
            speed_dial: speed_dial(&view, place),
        },
        department: department.map(|d| (d.id, d.name.clone())),
    })
}

fn speed_dial(view: &View, place: &CompiledLocation) -> SpeedDialling {
    let (codes, prefix) = (view.snapshot.codes(), place.site.speed_dial_prefix.clone());
    let all = (0..100).map(|digits| format!("{digits:02}"));
    let hiding = all
        .filter(|digits| codes.hidden_by(&prefix, digits).is_some())
        .collect();
    SpeedDialling { prefix, hiding }
}
