//! Gives an administrator's overview.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::organisation::{LocationCount, Overview, PackUse};
use centrale_core::id::{LocationId, PackId};
use std::collections::BTreeMap;

/// The locations in scope with their users, and the licences that users and virtual users in scope have.
pub(crate) async fn get(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<Overview, Refusal> {
    let view = state.live.view();
    let directory = &view.directory;
    let visibility = principal.scope.visibility(directory);
    let (mut persons, mut used) = (
        BTreeMap::<LocationId, u32>::new(),
        BTreeMap::<PackId, u32>::new(),
    );
    for (location, counts) in directory.counts(&visibility) {
        *persons.entry(location).or_default() += counts.persons;
        for (pack, count) in &counts.packs {
            *used.entry(*pack).or_default() += count;
        }
    }
    let locations = directory
        .locations()
        .filter(|l| principal.scope.knows(directory, l.id));
    Ok(Overview {
        enterprise: directory.enterprise().name.clone(),
        locations: locations
            .map(|l| LocationCount {
                id: l.id,
                name: l.name.clone(),
                users: persons.get(&l.id).copied().unwrap_or_default(),
            })
            .collect(),
        packs: directory
            .packs()
            .iter()
            .map(|pack| PackUse {
                id: pack.id,
                name: pack.name.clone(),
                licences: pack.licences,
                used: used.get(&pack.id).copied().unwrap_or_default(),
            })
            .collect(),
    })
}
