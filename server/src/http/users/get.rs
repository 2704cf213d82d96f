//! Gives the card of a user.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::users::{Card, Located};
use centrale_core::error::Code;
use centrale_core::id::UserId;

/// The card of a user in scope.
pub(crate) async fn get(state: State, asker: Asker, id: UserId, (): ()) -> Result<Card, Refusal> {
    let view = state.live.view();
    let user = &*asker.scope.user(&view.directory, id)?.user;
    let location = view.directory.location(user.location).ok_or(Code::NotFound)?;
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
        },
        department: department.map(|d| (d.id, d.name.clone())),
    })
}
