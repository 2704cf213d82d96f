//! Parked calls (manual § 24): at whose extension, until when, and who gets what nobody retrieved.

use super::{Exchange, ExchangeEffect, Step};
use crate::call::Input;
use crate::id::{CallRef, UserId};
use crate::organisation::{ParkSettings, Recall};
use crate::outcome::Performed;
use crate::service::line_monitoring;
use crate::snapshot::Snapshot;
use crate::time::Timestamp;

/// A call at an extension.
#[derive(Debug)]
pub(super) struct ParkedCall {
    call: CallRef,
    parker: UserId,
    /// A hunt group that gets it instead of the location's.
    alternate: Option<UserId>,
    /// When its next recall comes.
    due: Timestamp,
    /// The parker's phone rings for it.
    recalled: bool,
}

impl ParkedCall {
    pub(super) fn due(&self) -> Timestamp {
        self.due
    }
}

impl Exchange {
    /// Parks the call in which a user asks for that by transferring it, else the one that they hold: at an extension, or
    /// at the first free one of their park group.
    pub(super) fn park(
        &mut self,
        asking: CallRef,
        user: UserId,
        at: Parking,
        step: &mut Step<'_>,
    ) -> Performed {
        let talks = self
            .calls
            .get(&asking)
            .and_then(|live| Some((asking, live.side_of(user)?)));
        let Some((call, side)) = talks.or_else(|| self.held_by(user)) else {
            return Performed::Nothing;
        };
        let group = step.config.park_group(user);
        let (at, alternate) = match at {
            Parking::At(at) => (
                Some(at).filter(|at| self.may_park_at(*at, step.config)),
                None,
            ),
            Parking::Group => (
                group.and_then(|group| {
                    group
                        .members
                        .iter()
                        .copied()
                        .find(|at| self.may_park_at(*at, step.config))
                }),
                group.and_then(|group| group.alternate),
            ),
        };
        let settings = step.config.user(user).map(|s| s.place.site.park);
        let (Some(at), Some(settings)) = (at, settings) else {
            return Performed::Refused;
        };
        let due = step.now.plus_seconds(i64::from(settings.recall_seconds));
        self.parked.insert(
            at,
            ParkedCall {
                call,
                parker: user,
                alternate,
                due,
                recalled: false,
            },
        );
        step.tell(call, Input::Parked { by: side, at });
        self.line_changed(at, step);
        let seconds = settings.display_seconds;
        step.effects.push(ExchangeEffect::ShowParked {
            parker: user,
            at,
            seconds,
        });
        let parker = step.config.user(user);
        if parker.is_some_and(|parker| line_monitoring::tells_of_parked(parker, at)) {
            step.effects
                .push(ExchangeEffect::NotifyParked { at, parker: user });
        }
        let extension = step
            .config
            .user(at)
            .and_then(|s| s.user.extension)
            .filter(|_| settings.announce);
        extension.map_or(Performed::Done, Performed::At)
    }

    /// One call at most is parked at an extension.
    fn may_park_at(&self, at: UserId, config: &Snapshot) -> bool {
        !self.parked.contains_key(&at)
            && config.user(at).is_some_and(|s| s.user.extension.is_some())
    }

    /// The call that is parked at somebody's extension, and who parked it.
    pub fn parked_at(&self, at: UserId) -> Option<(CallRef, UserId)> {
        self.parked
            .get(&at)
            .map(|parked| (parked.call, parked.parker))
    }

    /// Somebody has it, or it is over.
    pub(super) fn unpark(&mut self, call: CallRef, step: &mut Step<'_>) {
        let at = self
            .parked
            .iter()
            .find(|(_, parked)| parked.call == call)
            .map(|(at, _)| *at);
        if let Some(at) = at {
            self.parked.remove(&at);
            self.line_changed(at, step);
        }
    }

    /// Calls that nobody retrieved in time go back.
    pub(super) fn recall_parked(&mut self, step: &mut Step<'_>) {
        let now = step.now;
        let due: Vec<_> = self
            .parked
            .iter()
            .filter(|(_, p)| p.due <= now)
            .map(|(at, _)| *at)
            .collect();
        for at in due {
            self.send_back(at, step);
        }
    }

    /// Who parked a call is busy, cannot be reached or did not answer: it goes to who comes next (routing § 7).
    pub(super) fn parked_again(&mut self, at: UserId, step: &mut Step<'_>) {
        if self.parked.get(&at).is_some_and(|parked| parked.recalled) {
            self.send_back(at, step);
        }
    }

    fn send_back(&mut self, at: UserId, step: &mut Step<'_>) {
        let Some(mut parked) = self.parked.remove(&at) else {
            return;
        };
        let settings = step
            .config
            .user(parked.parker)
            .map(|s| s.place.site.park)
            .unwrap_or_default();
        let group = parked.alternate.or(settings.alternate);
        let (to, last) = next(&settings, group, &parked);
        step.tell(parked.call, Input::Recall { to, last });
        if last {
            self.line_changed(at, step);
        } else {
            parked.recalled = true;
            parked.due = step.now.plus_seconds(i64::from(settings.alternate_seconds));
            self.parked.insert(at, parked);
        }
    }
}

/// Where a call is to be parked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parking {
    /// At somebody's extension.
    At(UserId),
    /// At the first free extension of the own park group.
    Group,
}

/// Who gets the call, and whether nobody does afterwards.
fn next(settings: &ParkSettings, group: Option<UserId>, parked: &ParkedCall) -> (UserId, bool) {
    match (settings.recall, group) {
        (Recall::ParkerThenGroup, Some(_)) if !parked.recalled => (parked.parker, false),
        (Recall::ParkerThenGroup | Recall::Group, Some(group)) => (group, true),
        _ => (parked.parker, true),
    }
}
