//! What somebody may see and change. What lies outside a scope is answered as if it were not there, so that nobody
//! learns what exists; what a role may never do is answered as forbidden, whatever it was asked for.

use crate::http::refusal::Refusal;
use crate::live::{By, Directory, Member, StoredSchedule, Use, Visibility};
use centrale_core::api::Access;
use centrale_core::api::session::Identity;
use centrale_core::error::{Code, UsedBy};
use centrale_core::id::{DepartmentId, LocationId, ScheduleId, UserId};
use centrale_core::organisation::{AdminScope, Location, OutgoingOwner, Part, UploadOwner, User};
use centrale_core::schedule::{Schedule, ScheduleOwner};
use std::sync::Arc;

/// The scope of whoever is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// An administrator of the enterprise: everything.
    EnterpriseAdmin,
    /// One location, its users and its schedules.
    LocationAdmin(LocationId),
    /// The users that are assigned to a department or to one below it.
    DepartmentAdmin(DepartmentId),
    /// A user: only what is their own.
    User(UserId),
}

impl From<Identity> for Scope {
    fn from(who: Identity) -> Self {
        match who {
            Identity::User { id } => Self::User(id),
            Identity::Admin { scope, .. } => Self::of(scope),
        }
    }
}

impl Scope {
    /// The scope of an administrator.
    pub(crate) fn of(admin: AdminScope) -> Self {
        match admin {
            AdminScope::Enterprise => Self::EnterpriseAdmin,
            AdminScope::Location(id) => Self::LocationAdmin(id),
            AdminScope::Department(id) => Self::DepartmentAdmin(id),
        }
    }

    /// Whether the role may call an endpoint at all.
    pub(crate) fn permits(self, access: Access) -> bool {
        match access {
            Access::Public
            | Access::Own
            | Access::LoggedIn
            | Access::OfUser
            | Access::OfAgent
            | Access::OfCenter => true,
            Access::Admin => !matches!(self, Self::User(_)),
            Access::OfLocation => matches!(self, Self::EnterpriseAdmin | Self::LocationAdmin(_)),
            Access::Enterprise => self == Self::EnterpriseAdmin,
        }
    }

    /// Whether a user is in scope.
    pub(crate) fn covers(self, directory: &Directory, user: &User) -> bool {
        match self {
            Self::EnterpriseAdmin => true,
            Self::LocationAdmin(location) => user.location == location,
            Self::DepartmentAdmin(top) => {
                user.department.is_some_and(|d| directory.is_within(d, top))
            }
            Self::User(id) => user.id == id,
        }
    }

    /// Whom it covers, as lists are asked.
    pub(crate) fn visibility(self, directory: &Directory) -> Visibility {
        match self {
            Self::EnterpriseAdmin => Visibility::All,
            Self::LocationAdmin(location) => Visibility::Location(location),
            Self::DepartmentAdmin(top) => {
                let ids = directory.departments().map(|department| department.id);
                Visibility::Departments(ids.filter(|id| directory.is_within(*id, top)).collect())
            }
            Self::User(id) => Visibility::One(id),
        }
    }

    /// A user in scope.
    pub(crate) fn user(self, directory: &Directory, id: UserId) -> Result<&Arc<Member>, Refusal> {
        let member = directory
            .user(id)
            .filter(|member| self.covers(directory, &member.user));
        Ok(member.ok_or(Code::NotFound)?)
    }

    /// A location that the scope administers as a whole.
    pub(crate) fn location(
        self,
        directory: &Directory,
        id: LocationId,
    ) -> Result<&Location, Refusal> {
        let location = directory
            .location(id)
            .filter(|location| self.administers(location.id));
        Ok(location.ok_or(Code::NotFound)?)
    }

    /// Whether the scope administers a location as a whole.
    pub(crate) fn administers(self, location: LocationId) -> bool {
        self == Self::EnterpriseAdmin || self == Self::LocationAdmin(location)
    }

    /// Whether the scope is within a location, or above it: whether it knows of the location at all.
    pub(crate) fn knows(self, directory: &Directory, location: LocationId) -> bool {
        match self {
            Self::EnterpriseAdmin => true,
            Self::LocationAdmin(own) => own == location,
            Self::DepartmentAdmin(own) => directory
                .department(own)
                .is_some_and(|d| d.location == location),
            Self::User(own) => directory
                .user(own)
                .is_some_and(|m| m.user.location == location),
        }
    }

    /// Whether the scope may change a schedule (requirement B5).
    pub(crate) fn may_edit(self, directory: &Directory, schedule: &Schedule) -> bool {
        match schedule.owner {
            ScheduleOwner::User(owner) => self.user(directory, owner).is_ok(),
            ScheduleOwner::Location(location) => self.administers(location),
        }
    }

    /// Whether the scope may see a part. What the enterprise sets is no secret from its administrators.
    pub(crate) fn sees_part(self, directory: &Directory, part: &Part) -> bool {
        if let Part::Outgoing(outgoing) = part
            && let OutgoingOwner::User(owner) = outgoing.owner
        {
            return !matches!(self, Self::User(_)) && self.user(directory, owner).is_ok();
        }
        match (self, part.location(), part.department()) {
            (Self::EnterpriseAdmin, _, _)
            | (Self::LocationAdmin(_) | Self::DepartmentAdmin(_), None, None) => true,
            (Self::User(_), _, _) | (Self::DepartmentAdmin(_), Some(_), None) => false,
            (Self::LocationAdmin(own), Some(location), _) => location == own,
            (Self::LocationAdmin(own), None, Some(id)) => {
                directory.department(id).is_some_and(|d| d.location == own)
            }
            (Self::DepartmentAdmin(top), _, Some(id)) => directory.is_within(id, top),
        }
    }

    /// Whether the scope may change a part: what it administers, not what the enterprise sets (requirement A3).
    pub(crate) fn may_edit_part(self, directory: &Directory, part: &Part) -> bool {
        self.sees_part(directory, part)
            && (!part.kind().is_of_enterprise() || self == Self::EnterpriseAdmin)
    }

    /// The uses of something that the scope may know of, and how many there are besides: names of elsewhere are told to
    /// nobody (requirement K8).
    pub(crate) fn known_uses(self, directory: &Directory, uses: Vec<Use>) -> (Vec<UsedBy>, u32) {
        let known = |found: &Use| match found.by {
            By::User(id) => self.user(directory, id).is_ok(),
            By::Part(key) => directory
                .part(key)
                .is_some_and(|stored| self.sees_part(directory, &stored.part)),
        };
        let (known, hidden): (Vec<Use>, Vec<Use>) = uses.into_iter().partition(known);
        (
            known.into_iter().map(|found| found.told).collect(),
            hidden.len() as u32,
        )
    }

    /// Whether the scope may see and hear an upload: its own, and what parts that it administers may name.
    pub(crate) fn sees_upload(self, directory: &Directory, owner: UploadOwner) -> bool {
        match (self, owner) {
            (
                Self::User(_),
                UploadOwner::Enterprise | UploadOwner::Location(_) | UploadOwner::Department(_),
            ) => false,
            (_, UploadOwner::Enterprise) => true,
            (_, UploadOwner::Location(location)) => self.knows(directory, location),
            (Self::DepartmentAdmin(own), UploadOwner::Department(id)) => {
                directory.is_within(id, own) || directory.is_within(own, id)
            }
            (_, UploadOwner::Department(_) | UploadOwner::User(_)) => {
                self.may_edit_upload(directory, owner)
            }
        }
    }

    /// Whether the scope may make and change uploads of an owner, who is there.
    pub(crate) fn may_edit_upload(self, directory: &Directory, owner: UploadOwner) -> bool {
        match owner {
            UploadOwner::Enterprise => self == Self::EnterpriseAdmin,
            UploadOwner::Location(id) => self.location(directory, id).is_ok(),
            UploadOwner::Department(id) => {
                directory
                    .department(id)
                    .is_some_and(|department| match self {
                        Self::DepartmentAdmin(own) => directory.is_within(id, own),
                        _ => self.administers(department.location),
                    })
            }
            UploadOwner::User(id) => self.user(directory, id).is_ok(),
        }
    }

    /// A schedule that the scope may change. One that it can only link is forbidden, any other is not there.
    pub(crate) fn schedule(
        self,
        directory: &Directory,
        id: ScheduleId,
    ) -> Result<&Arc<StoredSchedule>, Refusal> {
        let stored = directory.schedule(id).ok_or(Code::NotFound)?;
        if self.may_edit(directory, &stored.schedule) {
            return Ok(stored);
        }
        match stored.schedule.owner {
            ScheduleOwner::Location(location) if self.knows(directory, location) => {
                Err(Code::Forbidden.into())
            }
            _ => Err(Code::NotFound.into()),
        }
    }
}
