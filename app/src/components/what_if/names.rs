//! What a trace's ids are called: users, numbers, schedules and rules, as the person who looks may see them.

use crate::text::{self, t};
use centrale_core::api::routing::Slice;
use centrale_core::caller::Caller;
use centrale_core::dial::{Target, reach};
use centrale_core::feature::Feature;
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::number::{Destination, E164, Resolved, pretty};
use centrale_core::organisation::User;
use centrale_core::rule::{Rule, Schedules};
use centrale_core::schedule::ScheduleType;
use centrale_core::service::{Content, ServiceId};
use centrale_core::snapshot::{Role, Snapshot, Subscriber};
use centrale_core::time::{Timestamp, Zone};
use std::sync::Arc;

/// Where names are looked up.
#[derive(Clone)]
pub(crate) struct Names {
    /// The configuration of the story.
    pub(crate) config: Arc<Snapshot>,
    /// The slice that it was made of, for the names of schedules.
    pub(crate) slice: Arc<Slice>,
    /// The user whose calls are looked at.
    pub(crate) of: UserId,
}

impl Names {
    /// The user whose calls are looked at.
    pub(crate) fn subscriber(&self) -> Option<&Subscriber> {
        self.config.user(self.of)
    }

    /// The zone in which moments are told.
    pub(crate) fn zone(&self) -> Zone {
        self.subscriber()
            .map_or_else(Zone::utc, |s| s.place.zone.clone())
    }

    /// First and last name; the name of a group, a menu or a queue.
    pub(crate) fn user(&self, user: UserId) -> String {
        self.config
            .user(user)
            .map_or_else(|| t("path-somebody"), called)
    }

    /// The names of several, in order.
    pub(crate) fn users(&self, users: &[UserId]) -> String {
        users
            .iter()
            .map(|user| self.user(*user))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The name of a submenu of an auto attendant.
    pub(crate) fn submenu(&self, user: UserId, id: u16) -> String {
        match self.config.user(user).map(|s| &s.role) {
            Some(Role::AutoAttendant(attendant)) => {
                attendant.submenu(id).map(|menu| menu.name.clone())
            }
            _ => None,
        }
        .unwrap_or_default()
    }

    /// The digits of a feature access code.
    pub(crate) fn code(&self, feature: Feature) -> String {
        self.config
            .codes()
            .code(feature)
            .map(|code| code.to_string())
            .unwrap_or_default()
    }

    /// Name, and the extension or number that reaches the user.
    pub(crate) fn reached(&self, user: UserId) -> String {
        let Some(subscriber) = self.config.user(user) else {
            return t("path-somebody");
        };
        match dialled(&subscriber.user) {
            Some(number) => t!("path-named", name = called(subscriber), number = number),
            None => called(subscriber),
        }
    }

    /// A number as people write it, with whose it is when that is known.
    pub(crate) fn number(&self, number: E164) -> String {
        let shown = unbroken(number);
        match self.config.users().find(|s| s.user.mobile == Some(number)) {
            Some(owner) => t!("path-mobile-of", name = owner.user.name(), number = shown),
            None => shown,
        }
    }

    /// What a forwarding goes to.
    pub(crate) fn destination(&self, from: UserId, to: &Destination) -> String {
        let Some(place) = self.config.user(from).map(|s| s.place.clone()) else {
            return to.to_string();
        };
        match reach(&self.config, &place, to) {
            Target::User(user) | Target::Alternate(user, _) => self.reached(user),
            Target::Outside(number) => self.number(number),
            _ => match to.resolve(place.country) {
                Ok(Resolved::Number(number)) => unbroken(number),
                _ => to.to_string(),
            },
        }
    }

    /// Who calls.
    pub(crate) fn caller(&self, caller: &Caller) -> String {
        match (caller.user, caller.number) {
            (Some(user), _) => t!("path-caller-internal", name = self.reached(user)),
            _ if caller.withheld => t("path-caller-withheld"),
            (_, Some(number)) => t!("path-caller-external", number = self.number(number)),
            _ => t("path-caller-unknown"),
        }
    }

    /// A rule of a service of a user.
    pub(crate) fn rule(&self, user: UserId, service: ServiceId, rule: u16) -> Option<&Rule> {
        let slot = self
            .config
            .user(user)?
            .slots()
            .find(|slot| slot.entry.id == service)?;
        match slot.content? {
            Content::Settings(settings) => slot.entry.rules(settings).get(usize::from(rule)),
            Content::Unreadable => None,
        }
    }

    /// The name of a schedule.
    pub(crate) fn schedule_name(&self, id: ScheduleId) -> Option<String> {
        let found = self
            .slice
            .schedules
            .iter()
            .find(|schedule| schedule.id == id);
        found.map(|schedule| schedule.name.clone())
    }

    /// What a schedule is at a moment and until when: "“Office hours” is closed until Mon 08:30"; of one whose times may
    /// not be seen not until when.
    pub(crate) fn schedule(&self, user: UserId, id: ScheduleId, at: Timestamp) -> String {
        let found = self
            .slice
            .schedules
            .iter()
            .find(|schedule| schedule.id == id);
        let (Some(schedule), Some(compiled)) = (found, self.config.schedule(id)) else {
            return t("path-schedule-missing");
        };
        let zone = self
            .config
            .user(user)
            .map_or_else(Zone::utc, |s| s.place.zone.clone());
        let open = compiled.state(at, &zone).active;
        if compiled.is_hidden() {
            let key = match (ScheduleType::from(&schedule.kind), open) {
                (ScheduleType::Time, true) => "path-open-now",
                (ScheduleType::Time, false) => "path-closed-now",
                (ScheduleType::Holidays, true) => "path-holiday-now",
                (ScheduleType::Holidays, false) => "path-no-holiday-now",
            };
            return text::with(key, &[("schedule", schedule.name.clone())]);
        }
        let key = match (ScheduleType::from(&schedule.kind), open) {
            (ScheduleType::Time, true) => "path-open",
            (ScheduleType::Time, false) => "path-closed",
            (ScheduleType::Holidays, true) => "path-holiday",
            (ScheduleType::Holidays, false) => "path-no-holiday",
        };
        let until = compiled
            .next_change(at, &zone)
            .map(|next| until(at, next, &zone))
            .unwrap_or_default();
        let ends = if until.is_empty() { "never" } else { "at" };
        text::with(
            key,
            &[
                ("schedule", schedule.name.clone()),
                ("ends", ends.to_owned()),
                ("until", until),
            ],
        )
    }
}

/// What somebody is called: a group, a menu or a queue by the name in lists, whatever others see when it calls.
pub(crate) fn called(subscriber: &Subscriber) -> String {
    subscriber
        .role
        .identity()
        .map_or_else(|| subscriber.user.name(), |identity| identity.name.clone())
}

/// What is dialled to reach a user, in the form that people know.
pub(crate) fn dialled(user: &User) -> Option<String> {
    user.extension
        .map(|extension| extension.to_string())
        .or_else(|| user.number.map(unbroken))
}

/// A number that stays on one line.
fn unbroken(number: E164) -> String {
    pretty(number).replace(' ', "\u{a0}")
}

/// A moment in the future, as short as it can be understood.
fn until(at: Timestamp, next: Timestamp, zone: &Zone) -> String {
    let (from, to) = (zone.local(at), zone.local(next));
    let minute = to.minute_of_day();
    let time = clock(minute);
    match to.day - from.day {
        0 => time,
        1..=6 => format!(
            "{} {time}",
            t(&format!("weekday-short-{}", to.weekday() as u8))
        ),
        _ => text::day_and_time(to),
    }
}

/// Minutes since midnight as `08:30`.
pub(crate) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
