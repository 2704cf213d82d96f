//! The treatments: what the services of a user make of a call at a stage, and forwarding with its limits.

use super::action::Next;
use super::{
    Call, CallRole, Endpoint, LegAction, MAX_DIVERSIONS, MediaAction, Origin, RING_LIMIT_SECONDS,
    ServiceAction, SignalAction, Sound, State,
};
use crate::announcement::Announcement;
use crate::caller::Caller;
use crate::dial::{Target, reach};
use crate::id::UserId;
use crate::number::{Destination, Digits, E164};
use crate::organisation::User;
use crate::rule::Circumstances;
use crate::service::{Entry, Evaluation, Moment, Pass, Ringing, Stage, Verdict};
use crate::snapshot::{Slot, Snapshot, Subscriber};
use crate::trace::{Blocked, Cause, Party, What};

impl Call {
    /// Gives the services of a user their turn at a stage. True when one of them took the call.
    pub(super) fn consult(&mut self, user: UserId, stage: Stage) -> bool {
        let config = self.config.clone();
        config
            .user(user)
            .is_some_and(|subscriber| self.consult_for(&config, subscriber, user, stage))
    }

    pub(super) fn consult_for(
        &mut self,
        config: &Snapshot,
        subscriber: &Subscriber,
        user: UserId,
        stage: Stage,
    ) -> bool {
        // Who parked a call is asked once more, but nothing of theirs takes it from who comes next.
        let asked_back = matches!(self.origin, Origin::ParkRecalled { last: false, .. });
        if subscriber.is_hidden() || asked_back {
            return false;
        }
        let caller = self.request.caller;
        let moment = self.moment(config, subscriber, &caller, stage, false);
        for slot in subscriber.slots_at(stage) {
            let verdict = self.consider(user, slot, &moment);
            if stage == Stage::Arrival
                && verdict.takes_call()
                && !matches!(verdict, Verdict::Refuse { .. })
            {
                self.notice(user, subscriber, &moment);
            }
            if self.obey(user, stage, &verdict) {
                return true;
            }
        }
        if stage == Stage::Arrival {
            self.notice(user, subscriber, &moment);
        }
        false
    }

    /// What rings for a user by their services.
    pub(super) fn ringing(&mut self, user: UserId, on_a_call: bool) -> Ringing {
        let mut ringing = Ringing::default();
        let config = self.config.clone();
        let Some(subscriber) = config.user(user).filter(|s| !s.is_hidden()) else {
            return ringing;
        };
        let caller = self.request.caller;
        let moment = self.moment(&config, subscriber, &caller, Stage::Ringing, on_a_call);
        for slot in subscriber.slots_at(Stage::Ringing) {
            if let Verdict::Acts { .. } = self.consider(user, slot, &moment) {
                slot.ring(&mut ringing);
            }
        }
        ringing
    }

    /// Tells the services that want to know of a call that was not refused.
    fn notice(&mut self, user: UserId, subscriber: &Subscriber, moment: &Moment<'_>) {
        // A call that comes back is no new one (manual § 7.4.3).
        if matches!(self.origin, Origin::Recalled | Origin::ParkRecalled { .. }) {
            return;
        }
        for slot in subscriber.slots_at(Stage::Notice) {
            if let Verdict::Acts { .. } = self.consider(user, slot, moment) {
                self.act(ServiceAction::Notify { user });
            }
        }
    }

    fn moment<'a>(
        &self,
        config: &'a Snapshot,
        subscriber: &'a Subscriber,
        caller: &'a Caller,
        stage: Stage,
        on_a_call: bool,
    ) -> Moment<'a> {
        let (user, place) = (&*subscriber.user, &*subscriber.place);
        let circumstances =
            Circumstances::new(self.now, &place.zone, place.country, caller, config);
        let diversion_inhibited = self.request.diversion_inhibited;
        let mailbox = subscriber.mailbox;
        Moment {
            circumstances,
            user,
            site: &place.site,
            stage,
            diversion_inhibited,
            on_a_call,
            mailbox,
        }
    }

    fn consider(&mut self, user: UserId, slot: Slot<'_>, moment: &Moment<'_>) -> Verdict {
        let Evaluation { verdict, rules } = match slot.content {
            None => Verdict::Pass(Pass::NotAssigned).into(),
            Some(_) if slot.off => Verdict::Pass(Pass::Off).into(),
            Some(content) => slot.entry.evaluate(content, moment),
        };
        let service = slot.entry.id;
        let verdict = self.for_member(
            user,
            slot.entry,
            verdict_for_user(&self.config, moment.user, verdict),
        );
        self.note(What::Considered {
            user,
            service,
            version: slot.version,
            verdict,
            rules,
        });
        verdict
    }

    /// The rejections of a member are not for a call that the group offers them (routing § 7).
    fn for_member(&self, user: UserId, service: &Entry, verdict: Verdict) -> Verdict {
        let offered = self.role == CallRole::GroupInvitation(Some(user)) && !service.acts_on_offers;
        match verdict {
            Verdict::Refuse { .. } if offered => Verdict::Pass(Pass::OfferedByGroup),
            verdict => verdict,
        }
    }

    /// Does what a service said. False: the next service gets its turn.
    fn obey(&mut self, user: UserId, stage: Stage, verdict: &Verdict) -> bool {
        if !verdict.takes_call() {
            return false;
        }
        self.cancel_ringing();
        match *verdict {
            Verdict::Pass(_) | Verdict::Acts { .. } => {}
            Verdict::Forward { to, splash, .. } => {
                self.splash(user, splash);
                self.divert(user, stage, &to);
            }
            Verdict::Voicemail { splash } => {
                self.splash(user, splash);
                self.begin_mailbox(user, stage);
            }
            Verdict::Refuse { announcement } => {
                self.announce(announcement, Next::Release(Cause::Rejected));
            }
            Verdict::Busy { splash } => {
                self.splash(user, splash);
                self.find_busy(user);
            }
        }
        true
    }

    fn splash(&mut self, user: UserId, wanted: bool) {
        if wanted
            && self
                .config
                .user(user)
                .is_some_and(|s| s.user.has_desk_phone())
        {
            self.act(SignalAction::RingSplash(user));
        }
    }

    /// Forwarding is a call to the new number, at most so often and never back to who already forwarded it.
    /// A forwarding that may not be gets the busy treatment of the one who wanted it (routing § 1).
    pub(super) fn divert(&mut self, from: UserId, stage: Stage, to: &Destination) {
        let Some(place) = self.place_of(from) else {
            return self.release(Cause::NotInUse);
        };
        let target = reach(&self.config, &place, to);
        let because = match target {
            Target::Emergency(_) => Some(Blocked::Emergency),
            Target::NotDiallable => Some(Blocked::NotDiallable),
            _ if target
                .user()
                .is_some_and(|user| user == from || self.diverted_by.contains(&user)) =>
            {
                Some(Blocked::Loop)
            }
            _ if self.hops >= MAX_DIVERSIONS => Some(Blocked::TooOften),
            _ => None,
        };
        if let Some(because) = because {
            self.note(What::DiversionBlocked {
                from,
                to: *to,
                because,
            });
            if stage == Stage::Busy {
                return self.release(Cause::Busy);
            }
            return self.busy(from);
        }
        self.note(What::Diverted { from, to: *to });
        self.tell_forwarding(from);
        self.diverted_by.push(from);
        self.caused_by = Some(from);
        self.hops += 1;
        self.reach(target);
    }

    /// The busy treatment: forwarding busy, else waiting for the line, else busy tone.
    pub(super) fn busy(&mut self, user: UserId) {
        if !self.consult(user, Stage::Busy) && !self.may_wait_for(user) {
            self.release(Cause::Busy);
        }
    }

    /// Forwarding not reachable, else the no-answer treatment.
    pub(super) fn not_reachable(&mut self, user: UserId) {
        if !self.consult(user, Stage::NotReachable) && !self.consult(user, Stage::NoAnswer) {
            self.release(Cause::Unreachable);
        }
    }

    /// Whether a no-answer service of the user is switched on, so that the ring count matters.
    pub(super) fn waits_for_answer(&self, user: UserId) -> bool {
        self.config.user(user).is_some_and(|s| s.waits_for_answer)
    }

    pub(super) fn ring_outside(&mut self, number: E164) {
        self.note(What::RingsOutside { number });
        self.ring_network(Endpoint::Outside(number), Party::Outside(number));
    }

    /// The emergency services see who calls, also a caller who withholds the number.
    pub(super) fn ring_emergency(&mut self, number: Digits) {
        self.note(What::Emergency);
        self.ring_network(Endpoint::Emergency(number), Party::Emergency);
    }

    fn ring_network(&mut self, endpoint: Endpoint, party: Party) {
        self.legs.begin();
        let leg = self.legs.add();
        let mut manner = Box::new(self.manner(endpoint));
        manner.withheld &= !matches!(endpoint, Endpoint::Emergency(_));
        manner.caused_by = self.caused_by;
        self.act(LegAction::Ring {
            leg,
            endpoint,
            manner,
        });
        self.state = State::RingingOutside { party };
        self.timeout = Some(self.now.plus_seconds(i64::from(RING_LIMIT_SECONDS)));
    }

    pub(super) fn announce(&mut self, announcement: Announcement, then: Next) {
        self.note(What::Announced { announcement });
        self.state = State::Announcing { then };
        self.act(MediaAction::Play(vec![Sound::Said(announcement)]));
    }
}

/// A verdict as it holds for whose service it is: however their number is written, a call to it is a call to them and
/// forwards nothing (routing § 7), and without a desk phone nothing plays a short ring.
pub(crate) fn verdict_for_user(config: &Snapshot, user: &User, verdict: Verdict) -> Verdict {
    let desk = user.has_desk_phone();
    let reached = |to: &Destination| reach(config, config.place(user.location)?, to).user();
    match verdict {
        Verdict::Forward { to, .. } if reached(&to) == Some(user.id) => {
            Verdict::Pass(Pass::OwnNumber)
        }
        Verdict::Forward { to, rule, splash } => Verdict::Forward {
            to,
            rule,
            splash: splash && desk,
        },
        Verdict::Voicemail { splash } => Verdict::Voicemail {
            splash: splash && desk,
        },
        Verdict::Busy { splash } => Verdict::Busy {
            splash: splash && desk,
        },
        verdict => verdict,
    }
}
