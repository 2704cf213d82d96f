//! Whether a call may leave, and how many may: the nearest that says something counts (requirement K2).

use super::Snapshot;
use crate::id::{DepartmentId, LocationId, UserId};
use crate::number::{E164, OutgoingClass};
use crate::organisation::{Outgoing, OutgoingOwner};

/// How many outside calls one user may cause at once where nobody said otherwise.
const USER_CALLS: u32 = 10;
/// How many within a minute.
const USER_CALLS_A_MINUTE: u32 = 30;

/// Whether calls to a number leave, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The class of the number.
    pub class: OutgoingClass,
    /// They leave.
    pub allowed: bool,
    /// Who set it; `None`: nobody, it is the default.
    pub set_by: Option<OutgoingOwner>,
}

/// How many outside calls there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// At once.
    pub calls: u32,
    /// Within a minute.
    pub calls_a_minute: u32,
    /// Whoever goes over them is stopped.
    pub stop: bool,
}

impl Snapshot {
    /// Whether a call that somebody causes may leave to a number; without a user it is caused by a phone at a location.
    pub fn permission(
        &self,
        user: Option<UserId>,
        at: Option<LocationId>,
        number: E164,
    ) -> Permission {
        let location = user
            .and_then(|user| self.user(user))
            .map(|s| s.user.location)
            .or(at);
        let home = location
            .and_then(|location| self.place(location))
            .map(|place| place.country);
        let home = home.unwrap_or_else(|| self.public_country());
        let is_own = |country| match self.edge() {
            Some(edge) => edge.is_own(country),
            None => self.places().any(|place| place.country == country),
        };
        self.permits(user, location, OutgoingClass::of(number, home, is_own))
    }

    /// Whether somebody may call users, groups, menus and queues of the enterprise.
    pub fn may_call_inside(&self, user: UserId) -> Permission {
        let location = self.user(user).map(|s| s.user.location);
        self.permits(Some(user), location, OutgoingClass::Internal)
    }

    /// Whether calls of a class leave when somebody causes them.
    pub fn permits(
        &self,
        user: Option<UserId>,
        location: Option<LocationId>,
        class: OutgoingClass,
    ) -> Permission {
        if let (Some(edge), Some(user)) = (self.edge(), user) {
            edge.leaves(user);
        }
        let said = self
            .levels(user, location)
            .find_map(|set| Some((*set.classes.get(&class)?, set.owner)));
        let (allowed, set_by) = match said {
            Some((allowed, owner)) => (allowed, Some(owner)),
            None => (class.is_usual(), None),
        };
        Permission {
            class,
            allowed,
            set_by,
        }
    }

    /// How many outside calls a user may cause.
    pub fn user_limits(&self, user: UserId) -> Limits {
        let location = self.user(user).map(|s| s.user.location);
        let set = |of: fn(&Outgoing) -> Option<u32>| self.levels(Some(user), location).find_map(of);
        Limits {
            calls: set(|o| o.calls).unwrap_or(USER_CALLS),
            calls_a_minute: set(|o| o.calls_a_minute).unwrap_or(USER_CALLS_A_MINUTE),
            stop: self
                .levels(Some(user), location)
                .find_map(|o| o.stop)
                .unwrap_or(true),
        }
    }

    /// How many outside calls all users may cause: where nobody said otherwise, 20 and one for every four users at once,
    /// and three times as many within a minute.
    pub fn enterprise_limits(&self) -> Limits {
        let set = self.shared.outgoing.get(OutgoingOwner::Enterprise);
        let usual = 20 + u32::try_from(self.users().count() / 4).unwrap_or(u32::MAX / 8);
        Limits {
            calls: set.and_then(|o| o.all_calls).unwrap_or(usual),
            calls_a_minute: set.and_then(|o| o.all_calls_a_minute).unwrap_or(usual * 3),
            stop: set.and_then(|o| o.all_stop).unwrap_or(false),
        }
    }

    /// What is set for somebody, the nearest first.
    fn levels(
        &self,
        user: Option<UserId>,
        location: Option<LocationId>,
    ) -> impl Iterator<Item = &Outgoing> {
        // Where nothing is set nobody is looked for.
        let set = !self.shared.outgoing.is_empty();
        let (user, location) = (user.filter(|_| set), location.filter(|_| set));
        let department = user
            .and_then(|user| self.user(user))
            .and_then(|s| s.user.department);
        let departments = self
            .departments_above(department)
            .map(OutgoingOwner::Department);
        let owners = user.map(OutgoingOwner::User).into_iter().chain(departments);
        let owners = owners
            .chain(location.map(OutgoingOwner::Location))
            .chain([OutgoingOwner::Enterprise]);
        owners.filter_map(|owner| self.shared.outgoing.get(owner))
    }

    /// A department and those that it is part of.
    fn departments_above(
        &self,
        department: Option<DepartmentId>,
    ) -> impl Iterator<Item = DepartmentId> {
        let parent = |id: &DepartmentId| self.shared.departments.get(id).and_then(|d| d.parent);
        // A ring of parents, which no import lets in, ends here and not never.
        std::iter::successors(department, parent).take(self.shared.departments.len() + 1)
    }
}
