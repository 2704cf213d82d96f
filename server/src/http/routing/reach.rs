//! Finds the part of the configuration that a call touches: ahead, by following whom calls may be sent to, and on demand,
//! as a story meets the edge of what was found.

use super::shown;
use crate::http::auth::Scope;
use crate::live::View;
use centrale_core::api::routing::Slice;
use centrale_core::directory;
use centrale_core::id::{LocationId, ScheduleId, UserId};
use centrale_core::number::{Destination, Resolved};
use centrale_core::organisation::{Part, PartKey, PartKind, RoleKind};
use centrale_core::rule::Schedules;
use centrale_core::schedule::ScheduleOwner;
use centrale_core::service::Content;
use centrale_core::snapshot::{Answer, CompiledLocation, Line, Role, Unknown};
use centrale_core::time::LocalTime;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Users that are found ahead: more are seldom visited by one call, and a preview would wait for them.
const AHEAD: usize = 200;
/// The most users in a slice. A call that needs more goes no further, and says so.
const MOST: usize = 2_000;
/// The longest digits that are keyed in.
const MOST_DIGITS: usize = 40;

/// What was found so far.
pub(super) struct Reach<'a> {
    pub(super) view: &'a View,
    pub(super) scope: Scope,
    pub(super) found: BTreeSet<UserId>,
    pub(super) places: BTreeSet<LocationId>,
    pub(super) answers: BTreeMap<Unknown, Answer>,
    /// Schedules that were asked for besides those that the users found can link.
    pub(super) schedules: BTreeSet<ScheduleId>,
    next: VecDeque<UserId>,
}

impl<'a> Reach<'a> {
    /// Nothing is found yet.
    pub(super) fn of(view: &'a View, scope: Scope) -> Self {
        Self {
            view,
            scope,
            found: BTreeSet::new(),
            places: BTreeSet::new(),
            answers: BTreeMap::new(),
            schedules: BTreeSet::new(),
            next: VecDeque::new(),
        }
    }

    /// Begins at a user.
    pub(super) fn from(view: &'a View, scope: Scope, user: UserId) -> Self {
        let mut reach = Self::of(view, scope);
        reach.add(user);
        reach
    }

    /// Adds what a number reaches when it is dialled at a place.
    pub(super) fn dial(&mut self, place: &CompiledLocation, to: &Destination) {
        match to.resolve(place.country) {
            Ok(Resolved::Number(number)) if self.view.snapshot.owns(number) => {
                self.answer(&Unknown::Number(number));
            }
            Ok(Resolved::Number(_)) => {}
            Ok(Resolved::Extension(extension)) => {
                self.answer(&Unknown::Extension(place.id, extension));
                self.answer(&Unknown::Prefixed(extension.to_string()));
            }
            _ => {
                self.answer(&Unknown::Prefixed(to.to_string()));
            }
        }
    }

    /// Adds a user. False: they are there already, or there is no room.
    pub(super) fn add(&mut self, user: UserId) -> bool {
        let added = self.found.len() < MOST && self.found.insert(user);
        if added {
            self.next.push_back(user);
        }
        added
    }

    pub(super) fn add_all(&mut self, users: impl IntoIterator<Item = UserId>) {
        for user in users {
            self.add(user);
        }
    }

    /// Adds a location that calls may come from.
    pub(super) fn place(&mut self, location: LocationId) -> bool {
        self.places.insert(location)
    }

    /// Adds what a story met at the edge. False: nothing of it can be told, or more does not fit.
    pub(super) fn widen(&mut self, unknown: &[Unknown]) -> bool {
        unknown.iter().filter(|asked| self.answer(asked)).count() > 0
    }

    /// Adds what is looked for, as far as the principal may know of it. False: there is nothing to add.
    pub(super) fn answer(&mut self, asked: &Unknown) -> bool {
        let (snapshot, directory) = (&self.view.snapshot, &self.view.directory);
        match asked {
            Unknown::User(id) if directory.user(*id).is_some() => self.add(*id),
            Unknown::User(_) => self.know(asked, Answer::Nothing),
            Unknown::Place(id) => self.scope.knows(directory, *id) && self.place(*id),
            Unknown::Number(number) => self.know_line(asked, snapshot.by_number(*number)),
            Unknown::Extension(at, extension) => {
                self.know_line(asked, snapshot.by_extension(*at, *extension))
            }
            Unknown::Prefixed(digits) if digits.len() <= MOST_DIGITS => {
                self.know_line(asked, snapshot.by_prefix(digits))
            }
            Unknown::Keyed(attendant, digits) => self.keyed(asked, *attendant, digits),
            Unknown::Named(attendant, digits) => self.named(asked, *attendant, digits),
            Unknown::Schedule(id) if directory.schedule(*id).is_none() => {
                self.know(asked, Answer::Nothing)
            }
            Unknown::Schedule(id) => self.schedules.insert(*id),
            Unknown::Moment(id, day, minute) => self.moment(asked, *id, *day, *minute),
            Unknown::Prefixed(_) => false,
        }
    }

    /// The slice of all that.
    pub(super) fn slice(&mut self) -> Slice {
        self.follow();
        shown::slice(self)
    }

    fn know(&mut self, asked: &Unknown, answer: Answer) -> bool {
        self.answers.insert(asked.clone(), answer).is_none()
    }

    fn know_line(&mut self, asked: &Unknown, line: Option<Line>) -> bool {
        self.add_all(line.map(|line| line.user));
        self.know(asked, line.map_or(Answer::Nothing, Answer::Line))
    }

    /// What keys in an auto attendant mean, for who may see it.
    fn keyed(&mut self, asked: &Unknown, attendant: UserId, digits: &str) -> bool {
        let Some(Role::AutoAttendant(attendant)) = self.seen(attendant, digits) else {
            return false;
        };
        let dialled = directory::extension(&self.view.snapshot, attendant, digits);
        self.add_all(dialled.line.map(|line| line.user));
        self.know(asked, Answer::Dialled(dialled))
    }

    fn named(&mut self, asked: &Unknown, attendant: UserId, digits: &str) -> bool {
        let Some(Role::AutoAttendant(attendant)) = self.seen(attendant, digits) else {
            return false;
        };
        let users = directory::names(&self.view.snapshot, attendant, digits);
        self.add_all(users.iter().copied());
        self.know(asked, Answer::Named(users))
    }

    fn seen(&self, attendant: UserId, digits: &str) -> Option<&'a Role> {
        let member = self.view.directory.user(attendant)?;
        let fits =
            digits.len() <= MOST_DIGITS && self.scope.covers(&self.view.directory, &member.user);
        fits.then_some(&member.role)
    }

    /// What a schedule is at one moment, for who may link it: calls tell them that much, and not when it changes.
    fn moment(&mut self, asked: &Unknown, id: ScheduleId, day: i32, minute: u16) -> bool {
        let (snapshot, directory) = (&self.view.snapshot, &self.view.directory);
        let owner = directory.schedule(id).map(|stored| stored.schedule.owner);
        let Some(ScheduleOwner::Location(location)) = owner else {
            return false;
        };
        let Some(compiled) = snapshot.schedule(id) else {
            return false;
        };
        if !self.scope.knows(directory, location) || minute >= 1440 {
            return false;
        }
        let state = compiled.state_at(LocalTime {
            day,
            second_of_day: u32::from(minute) * 60,
        });
        self.know(asked, Answer::State(state))
    }

    /// Follows every number that the services of the users found may forward to. Those of a user whom the principal may
    /// not see are not followed: that would tell where their calls go.
    fn follow(&mut self) {
        let view = self.view;
        while self.found.len() < AHEAD
            && let Some(user) = self.next.pop_front()
        {
            let Some(subscriber) = view.snapshot.user(user) else {
                continue;
            };
            if !self.scope.covers(&view.directory, &subscriber.user) {
                continue;
            }
            if let Some(part) = part(view, user) {
                part.destinations()
                    .into_iter()
                    .for_each(|to| self.dial(&subscriber.place, to));
                self.add_all(part.users());
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
    }
}

/// What a virtual user is; `None` for a person.
pub(super) fn part(view: &View, user: UserId) -> Option<Part> {
    let kind = match view.directory.user(user)?.role.kind() {
        RoleKind::Person => return None,
        RoleKind::HuntGroup => PartKind::HuntGroup,
        RoleKind::GroupCall => PartKind::GroupCall,
        RoleKind::AutoAttendant => PartKind::AutoAttendant,
        RoleKind::CallCenter => PartKind::CallCenter,
    };
    view.directory
        .part(PartKey { kind, id: user.0 })
        .map(|stored| stored.part.clone())
}
