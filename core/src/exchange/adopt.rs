//! A phone that is on one call becomes the leg of another: picked up, retrieved, joined, or consulted and transferred to.

use super::{Exchange, ExchangeEffect, Step};
use crate::call::{Input, LegId, Side};
use crate::id::{CallRef, UserId};
use crate::outcome::Performed;
use crate::trace::LegFailure;

impl Exchange {
    /// The phone that asked for the call becomes its leg.
    pub(super) fn adopt(&mut self, call: CallRef, leg: LegId, user: UserId, step: &mut Step<'_>) {
        let Some(from) = self.taking.remove(&call) else {
            // They hung up in the meantime.
            return step.tell(call, Input::LegHungUp(leg));
        };
        if let Some(live) = self.calls.get_mut(&call) {
            live.add(leg, Some(user), step.now, true);
        }
        self.seat(call, Some(user), step);
        if let Some(asking) = self.calls.get_mut(&from) {
            asking.lose(Side::Caller);
        }
        self.unseat(from, Some(user), step);
        step.effects.push(ExchangeEffect::Move {
            from,
            side: Side::Caller,
            to: call,
            leg,
        });
        step.tell(from, Input::Performed(Performed::Joined));
    }

    pub(super) fn not_taken(&mut self, call: CallRef, step: &mut Step<'_>) {
        if let Some(asking) = self.taking.remove(&call) {
            step.tell(asking, Input::Performed(Performed::Nothing));
        }
    }

    /// A consulted transfer of one call to the far side of another. Before that side has answered it is a blind one.
    pub(super) fn joins(&mut self, call: CallRef, by: Side, other: CallRef, step: &mut Step<'_>) {
        let Some(user) = self.calls.get(&call).and_then(|live| live.user_at(by)) else {
            return;
        };
        let Some(live) = self
            .calls
            .get(&other)
            .filter(|live| live.users().any(|seated| seated == user))
        else {
            return;
        };
        let talks = live.far_side(user).is_some();
        let to = if live.caller == Some(user) {
            live.dialled.clone()
        } else {
            live.number.clone()
        };
        if talks {
            self.joining.insert(call, (other, user));
        } else {
            step.tell(other, Input::CallerHungUp);
        }
        step.tell(
            call,
            Input::Transfer {
                by,
                to,
                consulted: talks,
            },
        );
    }

    /// The far side of the other call becomes a leg, and that call is no more.
    pub(super) fn adopt_consulted(&mut self, call: CallRef, leg: LegId, step: &mut Step<'_>) {
        let far = self.joining.remove(&call).and_then(|(other, user)| {
            let live = self.calls.get(&other)?;
            Some((other, live.far_side(user)?))
        });
        let Some((from, side)) = far else {
            return step.tell(call, Input::LegFailed(leg, LegFailure::Unreachable));
        };
        let user = self.calls.get(&from).and_then(|live| live.user_at(side));
        if let Some(live) = self.calls.get_mut(&call) {
            live.add(leg, user, step.now, false);
        }
        self.seat(call, user, step);
        if let Some(live) = self.calls.get_mut(&from) {
            live.lose(side);
        }
        self.unseat(from, user, step);
        if let Side::Leg(gone) = side {
            self.outside.moves((from, gone), (call, leg));
        }
        step.effects.push(ExchangeEffect::Move {
            from,
            side,
            to: call,
            leg,
        });
        step.tell(from, Input::Moved(side));
        step.tell(call, Input::LegAnswered(leg));
    }
}
