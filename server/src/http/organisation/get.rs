//! Gives an administrator's overview.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::organisation::{LocationCount, Overview, PackUse};
use centrale_core::organisation::User;

/// The locations in scope with their users, and the licences that users and virtual users in scope have.
pub(crate) async fn get(state: State, asker: Asker, (): (), (): ()) -> Result<Overview, Refusal> {
    let view = state.live.view();
    let directory = &view.directory;
    let users: Vec<&User> =
        directory.users().map(|m| &*m.user).filter(|u| asker.scope.covers(directory, u)).collect();
    let members: Vec<&User> =
        directory.members().map(|m| &*m.user).filter(|u| asker.scope.covers(directory, u)).collect();
    let count = |counts: &dyn Fn(&User) -> bool| users.iter().filter(|user| counts(user)).count() as u32;
    let locations = directory.locations().filter(|l| asker.scope.knows(directory, l.id));
    Ok(Overview {
        enterprise: directory.enterprise().name.clone(),
        locations: locations
            .map(|l| LocationCount { id: l.id, name: l.name.clone(), users: count(&|u| u.location == l.id) })
            .collect(),
        packs: directory
            .packs()
            .iter()
            .map(|pack| PackUse {
                id: pack.id,
                name: pack.name.clone(),
                licences: pack.licences,
                used: members.iter().filter(|user| user.packs.contains(&pack.id)).count() as u32,
            })
            .collect(),
    })
}
