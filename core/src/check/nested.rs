//! Group calls among the members of group calls (requirement F1): none calls itself, at once or by others.

use crate::call::cycle;
use crate::error::{Code, FieldError};
use crate::organisation::{GroupCall, Organisation, Shared};
use crate::snapshot::{CompiledLocation, Role, Snapshot, Source};
use crate::time::Zone;
use std::collections::BTreeMap;
use std::sync::Arc;

impl GroupCall {
    /// The member by which it would call itself, with the names of the group calls in between; by the fewest others.
    pub(super) fn calls_itself(&self, beside: &Snapshot) -> Option<FieldError> {
        let mut config = beside.clone();
        put(&mut config, self);
        let (place, through) = cycle(&config, &Arc::new(self.clone()))?;
        let name = |id| match &config.user(id)?.role {
            Role::GroupCall(group) => Some(group.identity.name.trim().to_owned()),
            _ => None,
        };
        let names = through.into_iter().filter_map(name).collect();
        Some(FieldError {
            names,
            ..FieldError::new(format!("members.{place}"), Code::GroupCycle)
        })
    }
}

/// The group calls of an organisation and where they are, and nothing else: enough to see which of them call each other.
pub fn with_group_calls(organisation: &Organisation) -> Snapshot {
    let mut config = Snapshot::default();
    for location in &organisation.locations {
        config.put_place(CompiledLocation::new(location, &|_| Some(Zone::utc())));
    }
    let enterprise = &organisation.enterprise;
    config.put_shared(Shared {
        codes: enterprise.codes.clone(),
        ..Shared::default()
    });
    organisation
        .group_calls
        .iter()
        .for_each(|group| put(&mut config, group));
    config
}

fn put(config: &mut Snapshot, group: &GroupCall) {
    let (services, versions) = (&BTreeMap::new(), &BTreeMap::new());
    let role = Role::GroupCall(Arc::new(group.clone()));
    let user = Arc::new(group.identity.user(group.id));
    config.put_user(&Source {
        user,
        services,
        role,
        versions,
        packs: &[],
        hidden: false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn organisation(groups: &[(u32, &str, &[&str])]) -> Organisation {
        let group = |(id, extension, members): &(u32, &str, &[&str])| {
            json!({"id": id, "members": members,
                "identity": {"name": format!("G{id}"), "location": 1, "extension": extension,
                    "number": format!("+31305550{extension}"), "alternates": [{"extension": format!("7{extension}")}]}})
        };
        let location = json!({"id": 1, "name": "L", "country": "nl", "zone": "UTC", "prefix": "8",
            "numbers": [{"first": "+31305550100", "last": "+31305550199"}]});
        let groups: Vec<Value> = groups.iter().map(group).collect();
        serde_json::from_value(
            json!({"format": 1, "enterprise": {"name": "E"}, "service_packs": [],
            "locations": [location], "departments": [], "admins": [], "users": [], "schedules": [],
            "group_calls": groups}),
        )
        .unwrap()
    }

    /// What is told of each group call, as `field: names`.
    fn told(groups: &[(u32, &str, &[&str])]) -> Vec<String> {
        let organisation = organisation(groups);
        let config = with_group_calls(&organisation);
        let errors = organisation
            .group_calls
            .iter()
            .map(|group| group.calls_itself(&config));
        errors
            .map(|error| {
                error.map_or_else(String::new, |e| {
                    format!("{}: {}", e.field, e.names.join(" "))
                })
            })
            .collect()
    }

    #[test]
    fn a_group_call_that_calls_itself_is_told_with_the_way_round() {
        assert_eq!(
            told(&[(1, "101", &["102"]), (2, "102", &["103", "0655501199"])]),
            ["", ""]
        );
        // However the number is written, and with the code before it that stops diversion.
        for own in [
            "101",
            "+31305550101",
            "030 555 01 01",
            "8101",
            "7101",
            "*80101",
        ] {
            assert_eq!(
                told(&[(1, "101", &["102", own])]),
                ["members.1: G1"],
                "{own}"
            );
        }
        let two: &[(u32, &str, &[&str])] =
            &[(1, "101", &["102", "140"]), (2, "102", &["141", "101"])];
        assert_eq!(told(two), ["members.0: G1 G2", "members.1: G2 G1"]);
        let three: &[(u32, &str, &[&str])] = &[
            (1, "101", &["102", "103"]),
            (2, "102", &["*80103"]),
            (3, "103", &["102", "101"]),
        ];
        assert_eq!(
            told(three),
            ["members.1: G1 G3", "members.0: G2 G3", "members.0: G3 G2"]
        );
        // Who only leads to a ring is in none, and two ways to one group are no ring.
        let beside: &[(u32, &str, &[&str])] = &[
            (1, "101", &["102"]),
            (2, "102", &["102"]),
            (3, "103", &["104", "105"]),
            (4, "104", &["105"]),
            (5, "105", &[]),
        ];
        assert_eq!(told(beside), ["", "members.0: G2", "", "", ""]);
    }

    #[test]
    fn what_is_saved_counts_with_what_is_there() {
        let there = with_group_calls(&organisation(&[(1, "101", &["102"])]));
        let new = |extension: &str, members: &[&str]| {
            organisation(&[(0, extension, members)])
                .group_calls
                .remove(0)
        };
        let told = |group: &GroupCall| group.calls_itself(&there).map(|error| error.names);
        assert_eq!(
            told(&new("102", &["101"])),
            Some(vec!["G0".to_owned(), "G1".into()])
        );
        assert_eq!(told(&new("103", &["101"])), None);
    }
}
