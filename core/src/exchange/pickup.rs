//! What one phone does to the call of another: pickup, retrieval, barge-in (manual § 25, routing § 5).

use super::{Exchange, Step};
use crate::call::{Input, Side};
use crate::id::{CallRef, UserId};
use crate::outcome::Performed;
use crate::service::{barge_in, call_transfer};
use crate::snapshot::Snapshot;
use crate::time::Timestamp;

impl Exchange {
    /// The call that has been ringing longest at a phone of the own pickup group.
    pub(super) fn group_pickup(
        &mut self,
        asking: CallRef,
        user: UserId,
        step: &mut Step<'_>,
    ) -> Option<Performed> {
        let group = step.config.pickup_group(user);
        let others = group
            .iter()
            .flat_map(|group| &group.members)
            .filter(|member| **member != user);
        let ringing = others.filter_map(|member| self.ringing(*member)).min();
        let call = ringing.map(|(_, call)| call);
        self.take(asking, call, Input::TakenBy(user), step)
    }

    pub(super) fn directed_pickup(
        &mut self,
        asking: CallRef,
        user: UserId,
        of: UserId,
        step: &mut Step<'_>,
    ) -> Option<Performed> {
        if !step.config.may_pick_up(user, of) {
            return Some(Performed::Refused);
        }
        let call = self.ringing(of).map(|(_, call)| call);
        self.take(asking, call, Input::TakenBy(user), step)
    }

    /// Answers the ringing phone, else joins the talk, if the one who talks may be joined.
    pub(super) fn barge_in(
        &mut self,
        asking: CallRef,
        user: UserId,
        of: UserId,
        step: &mut Step<'_>,
    ) -> Option<Performed> {
        if !step.config.may_pick_up(user, of) {
            return Some(Performed::Refused);
        }
        if self.ringing(of).is_some() {
            return self.directed_pickup(asking, user, of, step);
        }
        let talking = self.calls_of(of).find(|call| {
            self.calls
                .get(call)
                .is_some_and(|live| live.side_of(of).is_some() && !live.is_held())
        });
        if talking.is_some() && !step.config.user(of).is_some_and(barge_in::allowed) {
            return Some(Performed::Refused);
        }
        self.take(asking, talking, Input::BargedInBy(user), step)
    }

    /// The call that is parked at an extension: for who parked it, the own location and the own park group.
    pub(super) fn retrieve(
        &mut self,
        asking: CallRef,
        user: UserId,
        at: UserId,
        step: &mut Step<'_>,
    ) -> Option<Performed> {
        let Some((call, parker)) = self.parked_at(at) else {
            return Some(Performed::Nothing);
        };
        if user != parker && !step.config.may_retrieve(user, at) {
            return Some(Performed::Refused);
        }
        self.take(asking, Some(call), Input::TakenBy(user), step)
    }

    /// The call that a user transferred and that nobody answered yet.
    pub(super) fn call_retrieve(
        &mut self,
        asking: CallRef,
        user: UserId,
        step: &mut Step<'_>,
    ) -> Option<Performed> {
        let mut sent_on = self
            .calls
            .iter()
            .rev()
            .filter(|(_, live)| live.sent_on_by == Some(user));
        let call = sent_on.next().map(|(call, _)| *call);
        self.take(asking, call, Input::TakenBy(user), step)
    }

    /// Asks a call to let a phone have it. The answer to who asks comes when the call says whether it does.
    fn take(
        &mut self,
        asking: CallRef,
        call: Option<CallRef>,
        input: Input,
        step: &mut Step<'_>,
    ) -> Option<Performed> {
        match call {
            Some(call) if !self.taking.contains_key(&call) => {
                self.taking.insert(call, asking);
                step.tell(call, input);
                None
            }
            _ => Some(Performed::Nothing),
        }
    }

    /// The call of which a user holds the other side, the latest where there are several.
    pub(super) fn held_by(&self, user: UserId) -> Option<(CallRef, Side)> {
        self.calls_of(user)
            .filter_map(|call| Some((call, self.calls.get(&call)?.side_that_holds(user)?)))
            .last()
    }

    /// Whether a call that a user is about to make may not be forwarded: they hold another, so this one consults
    /// somebody about it, and chose that for such calls (requirement C10).
    pub fn inhibits(&self, config: &Snapshot, user: UserId) -> bool {
        let inhibits = config
            .user(user)
            .is_some_and(|s| call_transfer::inhibits(s, true));
        inhibits && self.held_by(user).is_some()
    }

    pub(super) fn calls_of(&self, user: UserId) -> impl Iterator<Item = CallRef> + '_ {
        self.lines
            .get(&user)
            .into_iter()
            .flat_map(|line| line.calls.iter().copied())
    }

    /// The call that has been ringing longest at a phone of a user.
    fn ringing(&self, user: UserId) -> Option<(Timestamp, CallRef)> {
        self.calls_of(user)
            .filter_map(|call| Some((self.calls.get(&call)?.rings_since(user)?, call)))
            .min()
    }
}
