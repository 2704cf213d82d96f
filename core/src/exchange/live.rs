//! A live call as the exchange sees it: who stands at which side, rings, talks or holds.

use crate::call::{LegId, Side};
use crate::caller::Caller;
use crate::id::UserId;
use crate::time::Timestamp;
use std::collections::BTreeMap;

#[derive(Debug)]
pub(super) struct Live {
    pub(super) caller: Option<UserId>,
    /// The digits that reach the first caller; empty: unknown.
    pub(super) number: String,
    pub(super) dialled: String,
    /// Somebody has answered, and the call is not parked.
    pub(super) talking: bool,
    /// Who transferred it, until somebody answers.
    pub(super) sent_on_by: Option<UserId>,
    /// No second call rings at the phone of this user (`*70`).
    pub(super) alone: Option<UserId>,
    /// Whom it is about to be told that it may ring.
    pub(super) promised: Vec<UserId>,
    caller_holds: bool,
    legs: BTreeMap<LegId, Leg>,
}

#[derive(Debug)]
struct Leg {
    user: Option<UserId>,
    since: Timestamp,
    talks: bool,
    holds: bool,
}

impl Live {
    pub(super) fn new(caller: &Caller, dialled: &str) -> Self {
        let extension = caller.extension.map(|extension| extension.to_string());
        Self {
            caller: caller.user,
            number: extension
                .or(caller.number.map(|number| number.to_string()))
                .unwrap_or_default(),
            dialled: dialled.to_owned(),
            talking: false,
            sent_on_by: None,
            alone: None,
            promised: Vec::new(),
            caller_holds: false,
            legs: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, leg: LegId, user: Option<UserId>, since: Timestamp, talks: bool) {
        self.legs.insert(
            leg,
            Leg {
                user,
                since,
                talks,
                holds: false,
            },
        );
    }

    pub(super) fn has(&self, leg: LegId) -> bool {
        self.legs.contains_key(&leg)
    }

    /// Takes a leg out; tells whose it was.
    pub(super) fn remove(&mut self, leg: LegId) -> Option<UserId> {
        self.legs.remove(&leg)?.user
    }

    pub(super) fn talks(&mut self, leg: LegId) {
        self.talking = true;
        self.sent_on_by = None;
        if let Some(leg) = self.legs.get_mut(&leg) {
            leg.talks = true;
        }
    }

    /// The leg stands where the caller stood; tells who did.
    pub(super) fn become_caller(&mut self, leg: LegId) -> Option<UserId> {
        let leg = self.legs.remove(&leg);
        self.caller_holds = leg.as_ref().is_some_and(|leg| leg.holds);
        std::mem::replace(&mut self.caller, leg.and_then(|leg| leg.user))
    }

    pub(super) fn hold(&mut self, side: Side, holds: bool) {
        match side {
            Side::Caller => self.caller_holds = holds,
            Side::Leg(leg) => {
                if let Some(leg) = self.legs.get_mut(&leg) {
                    leg.holds = holds;
                }
            }
        }
    }

    pub(super) fn user_at(&self, side: Side) -> Option<UserId> {
        match side {
            Side::Caller => self.caller,
            Side::Leg(leg) => self.legs.get(&leg)?.user,
        }
    }

    /// Everybody of ours on the call; somebody with several phones comes several times.
    pub(super) fn users(&self) -> impl Iterator<Item = UserId> + '_ {
        self.caller
            .into_iter()
            .chain(self.legs.values().filter_map(|leg| leg.user))
    }

    /// Where a user talks.
    pub(super) fn side_of(&self, user: UserId) -> Option<Side> {
        if !self.talking {
            return None;
        }
        if self.caller == Some(user) {
            return Some(Side::Caller);
        }
        let mut legs = self.legs.iter();
        legs.find(|(_, leg)| leg.talks && leg.user == Some(user))
            .map(|(id, _)| Side::Leg(*id))
    }

    /// Where a user talks who put the other on hold.
    pub(super) fn side_that_holds(&self, user: UserId) -> Option<Side> {
        let side = self.side_of(user)?;
        let holds = match side {
            Side::Caller => self.caller_holds,
            Side::Leg(leg) => self.legs.get(&leg).is_some_and(|leg| leg.holds),
        };
        holds.then_some(side)
    }

    /// Somebody is on hold.
    pub(super) fn is_held(&self) -> bool {
        self.caller_holds || self.legs.values().any(|leg| leg.holds)
    }

    /// Since when a phone of a user rings.
    pub(super) fn rings_since(&self, user: UserId) -> Option<Timestamp> {
        self.legs
            .values()
            .filter(|leg| !leg.talks && leg.user == Some(user))
            .map(|leg| leg.since)
            .min()
    }

    /// Where the one stands with whom a user talks.
    pub(super) fn far_side(&self, user: UserId) -> Option<Side> {
        match self.side_of(user)? {
            Side::Leg(_) => Some(Side::Caller),
            Side::Caller => self
                .legs
                .iter()
                .find(|(_, leg)| leg.talks)
                .map(|(id, _)| Side::Leg(*id)),
        }
    }

    /// A side goes on in another call.
    pub(super) fn lose(&mut self, side: Side) {
        match side {
            Side::Caller => self.caller = None,
            Side::Leg(leg) => drop(self.legs.remove(&leg)),
        }
    }
}
