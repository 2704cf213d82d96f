//! Finds the part of the configuration that calls to a user can touch, and takes out what the asker may not see.

use crate::http::auth::Scope;
use crate::live::{Directory, Member, View};
use centrale_core::api::routing::{Slice, SliceUser};
use centrale_core::dial::reach;
use centrale_core::id::{LocationId, ScheduleId, UserId};
use centrale_core::number::Destination;
use centrale_core::organisation::{Part, PartKey, PartKind, RoleKind, Upload, UploadOwner, User};
use centrale_core::schedule::Schedule;
use centrale_core::service::Content;
use centrale_core::snapshot::{Place, Shared};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most users in a slice: more cannot be visited by one call, and a preview needs no more.
const MOST: usize = 200;

/// Collects users, from where calls begin to where they may be forwarded.
pub(super) struct Reach<'a> {
    view: &'a View,
    scope: Scope,
    found: BTreeSet<UserId>,
    places: BTreeSet<LocationId>,
    next: Vec<UserId>,
}

impl<'a> Reach<'a> {
    /// Begins nowhere.
    pub(super) fn of(view: &'a View, scope: Scope) -> Self {
        Self { view, scope, found: BTreeSet::new(), places: BTreeSet::new(), next: Vec::new() }
    }

    /// Begins at a user.
    pub(super) fn from(view: &'a View, scope: Scope, user: UserId) -> Self {
        let mut reach = Self::of(view, scope);
        reach.add(user);
        reach
    }

    /// Adds what a number reaches when it is dialled at a place.
    pub(super) fn dial(&mut self, place: &Place, to: &Destination) {
        if let Some(user) = reach(&self.view.snapshot, place, to).user() {
            self.add(user);
        }
    }

    /// Adds a user.
    pub(super) fn add(&mut self, user: UserId) {
        if self.found.len() < MOST && self.found.insert(user) {
            self.next.push(user);
        }
    }

    /// Adds a location that calls may come from.
    pub(super) fn place(&mut self, location: LocationId) {
        self.places.insert(location);
    }

    /// Follows every number that the services of the users found may forward to. Those of a user whom the asker may
    /// not see are not followed: that would tell where their calls go.
    pub(super) fn slice(mut self) -> Slice {
        while let Some(user) = self.next.pop() {
            let Some(subscriber) = self.view.snapshot.user(user) else { continue };
            if !self.scope.covers(&self.view.directory, &subscriber.user) {
                continue;
            }
            if let Some(part) = part(self.view, user) {
                part.destinations().into_iter().for_each(|to| self.dial(&subscriber.place, to));
                part.users().into_iter().for_each(|user| self.add(user));
            }
            if let Some(to) = &subscriber.place.site.forwarding.number {
                self.dial(&subscriber.place, to);
            }
            for slot in subscriber.slots() {
                if let Some(Content::Settings(settings)) = &slot.content {
                    for to in slot.entry.destinations(settings) {
                        self.dial(&subscriber.place, to);
                    }
                }
            }
        }
        let directory = &self.view.directory;
        let members: Vec<&Member> =
            self.found.iter().filter_map(|id| directory.user(*id)).map(|member| &**member).collect();
        self.places.extend(members.iter().map(|member| member.user.location));
        let locations = self.places.iter().filter_map(|id| {
            let zone = self.view.snapshot.place(*id)?.zone.clone();
            Some((directory.location_with_site(*id)?, zone))
        });
        let seen = members.iter().filter(|member| self.scope.covers(directory, &member.user));
        Slice {
            version: self.view.snapshot.version,
            locations: locations.collect(),
            schedules: schedules(directory, self.scope, &members),
            packs: directory.packs().to_vec(),
            parts: seen.filter_map(|member| part(self.view, member.user.id)).collect(),
            shared: self.shared(&members),
            users: members.into_iter().map(|member| shown(directory, self.scope, member)).collect(),
        }
    }
}

impl Reach<'_> {
    /// What holds for the whole enterprise; of the uploads those that these users and their locations have.
    fn shared(&self, members: &[&Member]) -> Shared {
        let (directory, scope) = (&self.view.directory, self.scope);
        let shared = self.view.snapshot.shared();
        let theirs = |upload: &&Arc<Upload>| match upload.owner {
            UploadOwner::Enterprise => true,
            UploadOwner::Location(id) => self.places.contains(&id),
            UploadOwner::Department(id) => {
                directory.department(id).is_some_and(|d| self.places.contains(&d.location))
            }
            UploadOwner::User(id) => {
                members.iter().any(|m| m.user.id == id && scope.covers(directory, &m.user))
            }
        };
        let uploads = shared.uploads.iter().filter(theirs).map(|upload| Upload::clone(upload)).collect();
        Shared { uploads, ..shared.clone() }
    }
}

/// What a virtual user is; `None` for a person.
fn part(view: &View, user: UserId) -> Option<Part> {
    let kind = match view.directory.user(user)?.role.kind() {
        RoleKind::Person => return None,
        RoleKind::HuntGroup => PartKind::HuntGroup,
        RoleKind::GroupCall => PartKind::GroupCall,
        RoleKind::AutoAttendant => PartKind::AutoAttendant,
        RoleKind::CallCenter => PartKind::CallCenter,
    };
    view.directory.part(PartKey { kind, id: user.0 }).map(|stored| stored.part.clone())
}

fn schedules(directory: &Directory, scope: Scope, members: &[&Member]) -> Vec<Schedule> {
    let visible = members.iter().filter(|member| scope.covers(directory, &member.user));
    let all: BTreeMap<ScheduleId, &Schedule> = visible
        .flat_map(|member| directory.scope_schedules(&member.user))
        .map(|stored| (stored.schedule.id, &stored.schedule))
        .collect();
    all.into_values().cloned().collect()
}

fn shown(directory: &Directory, scope: Scope, member: &Member) -> SliceUser {
    let user = (*member.user).clone();
    if scope.covers(directory, &user) {
        return SliceUser { user, versions: member.versions.clone(), hidden: false };
    }
    let user = User {
        login: String::new(),
        email: String::new(),
        mobile: None,
        packs: Vec::new(),
        devices: Vec::new(),
        services: BTreeMap::new(),
        ..user
    };
    SliceUser { user, versions: BTreeMap::new(), hidden: true }
}
