//! What may leave (requirement K2): the class of every number is looked at before it rings, in the name of who causes the
//! call; how many calls there are is the exchange's to count, which refuses a leg.

use super::action::Next;
use super::{Call, Input, LegId, State};
use crate::announcement::Announcement;
use crate::dial::Target;
use crate::id::UserId;
use crate::number::E164;
use crate::snapshot::Permission;
use crate::trace::{Cause, LegFailure, Limit, NotRung, What};

impl Call {
    /// Why a target may not be reached now; `None`: it may, or it is no call to anybody. Emergency numbers always may.
    pub(super) fn barred(&self, target: Target) -> Option<What> {
        let (by, at) = (self.caused_by, self.request.from);
        match target {
            Target::Outside(number) => {
                Self::told(by, Some(number), self.config.permission(by, at, number))
            }
            Target::User(_) | Target::Alternate(..) => {
                Self::told(by, None, self.config.may_call_inside(by?))
            }
            Target::Emergency(_) | Target::Code(..) | Target::NotInUse | Target::NotDiallable => {
                None
            }
        }
    }

    /// Why a number that rings for a user may not.
    pub(super) fn barred_for(&self, user: UserId, number: E164) -> Option<What> {
        Self::told(
            Some(user),
            Some(number),
            self.config.permission(Some(user), None, number),
        )
    }

    /// Notes that a number which should ring for a user may not be called.
    pub(super) fn note_barred(&mut self, user: UserId, because: NotRung, number: Option<E164>) {
        if because == NotRung::Barred
            && let Some(barred) = number.and_then(|number| self.barred_for(user, number))
        {
            self.note(barred);
        }
    }

    fn told(by: Option<UserId>, number: Option<E164>, permission: Permission) -> Option<What> {
        let Permission {
            class,
            allowed,
            set_by,
        } = permission;
        (!allowed).then_some(What::Barred {
            by,
            number,
            class,
            set_by,
        })
    }

    /// A leg that the exchange refuses fails; where nothing else rings the caller hears why. `None`: nothing is left to
    /// be done.
    pub(super) fn without_refusal(&mut self, input: Input) -> Option<Input> {
        let Input::LegRefused(leg, limit) = input else {
            return Some(input);
        };
        if !self.legs.knows(leg) {
            return None;
        }
        self.note(What::OverLimit { limit });
        if !matches!(self.state, State::RingingOutside { .. }) {
            return Some(Input::LegFailed(leg, LegFailure::Unreachable));
        }
        self.refused(leg, limit);
        None
    }

    fn refused(&mut self, leg: LegId, limit: Limit) {
        self.legs.forget(leg);
        self.timeout = None;
        let announcement = match limit {
            Limit::UserStopped | Limit::EnterpriseStopped => Announcement::NumberBarred,
            _ => Announcement::OutsideLimit,
        };
        self.announce(announcement, Next::Release(Cause::Rejected));
    }
}
