//! Services that are switched on and not the user's: no service pack holds them, or something is missing that they need.

use super::probe::Probe;
use super::routes::lines;
use super::{Evidence, Finding, Kind, NoCall, Scope, Witness};
use crate::organisation::RoleKind;
use crate::service::{CATALOGUE, Content, Stage, Unavailable, unavailable};
use crate::snapshot::assigned;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let packs = &scope.organisation.service_packs;
    for user in &scope.organisation.users {
        let Some(s) = scope.snapshot.user(user.id) else {
            continue;
        };
        for entry in CATALOGUE {
            let Some(stored) = user.services.get(entry.id.0) else {
                continue;
            };
            let Content::Settings(settings) = entry.decode(stored) else {
                continue;
            };
            let why = unavailable(entry, user, RoleKind::Person, &|service| {
                assigned(user, packs, service)
            });
            let Some(because) = why.filter(|_| entry.active(&settings) == Some(true)) else {
                continue;
            };
            // What is on by itself is missed by nobody.
            if matches!(entry.decode(&entry.defaults()), Content::Settings(own) if entry.active(&own) == Some(true))
            {
                continue;
            }
            let service = entry.id;
            let shown = Evidence::NotTheirs {
                user: user.id,
                service,
            };
            let stage = entry.stages.iter().find(|stage| **stage != Stage::Notice);
            let witness = match stage.filter(|_| because != Unavailable::NotForRole) {
                None => Witness::Settings {
                    because: NoCall::NotCalled,
                },
                Some(stage) => {
                    let probe = Probe::to(user.id).lines(lines(s, *stage).unwrap_or_default());
                    scope.witness(&probe, |story| shown.holds(story).then(|| shown.clone()))
                }
            };
            let at = format!("{}.services.{service}", scope.path(user.id));
            found.push(Finding::new(
                at,
                Kind::NotTheirs { service, because },
                witness,
            ));
        }
    }
}
