//! How many there are, by location and department: what an overview and a licence ask.

use super::Visibility;
use crate::live::directory::Member;
use centrale_core::id::{DepartmentId, LocationId, PackId};
use centrale_core::snapshot::Role;
use imbl::OrdMap;
use std::collections::BTreeMap;

/// The users of one location and department.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserCounts {
    /// How many persons there are.
    pub persons: u32,
    /// How many users have a service pack, virtual ones too.
    pub packs: BTreeMap<PackId, u32>,
}

/// The counts of all locations and departments.
#[derive(Clone, Debug, Default)]
pub(in crate::live) struct AllCounts(OrdMap<(LocationId, Option<DepartmentId>), UserCounts>);

impl UserCounts {
    /// Of one user.
    pub(in crate::live) fn of(member: &Member) -> Self {
        let mut counts = Self {
            persons: (member.role == Role::Person).into(),
            packs: BTreeMap::new(),
        };
        for pack in &member.user.packs {
            // A pack that stands twice is one.
            counts.packs.insert(*pack, 1);
        }
        counts
    }
}

impl AllCounts {
    /// Counts a user in.
    pub(in crate::live) fn add(&mut self, member: &Member) {
        let (one, all) = (
            UserCounts::of(member),
            self.0.entry(place(member)).or_default(),
        );
        all.persons += one.persons;
        for (pack, count) in one.packs {
            *all.packs.entry(pack).or_default() += count;
        }
    }

    /// Counts a user out who was counted in.
    pub(in crate::live) fn take(&mut self, member: &Member) {
        let (one, all) = (
            UserCounts::of(member),
            self.0.entry(place(member)).or_default(),
        );
        all.persons = all.persons.saturating_sub(one.persons);
        for (pack, count) in one.packs {
            let left = all.packs.entry(pack).or_default();
            *left = left.saturating_sub(count);
        }
    }

    /// Those that are seen, each with its location; of one user nothing.
    pub(in crate::live) fn seen<'a>(
        &'a self,
        visibility: &'a Visibility,
    ) -> impl Iterator<Item = (LocationId, &'a UserCounts)> {
        let seen = move |location: LocationId, department: Option<DepartmentId>| match visibility {
            Visibility::All => true,
            Visibility::Location(own) => *own == location,
            Visibility::Departments(own) => {
                department.is_some_and(|department| own.contains(&department))
            }
            Visibility::One(_) => false,
        };
        let all = self
            .0
            .iter()
            .filter(move |((location, department), _)| seen(*location, *department));
        all.map(|((location, _), counts)| (*location, counts))
    }
}

fn place(member: &Member) -> (LocationId, Option<DepartmentId>) {
    (member.user.location, member.user.department)
}
