//! Whom a call reaches: what was dialled is read, and whoever it means gets the call.

use super::action::Next;
use super::{Call, Input, State};
use crate::announcement::Announcement;
use crate::dial::Target;
use crate::id::UserId;
use crate::number::{Destination, Resolved};
use crate::service::Stage;
use crate::snapshot::Role;
use crate::trace::{Cause, LegFailure, Party, What};

impl Call {
    pub(super) fn start(&mut self) {
        self.caused_by = self.request.caller.user;
        // From here on only the trace knows what was dialled.
        let (caller, dialled) = (
            self.request.caller,
            std::mem::take(&mut self.request.dialled),
        );
        let place = self
            .request
            .from
            .and_then(|location| self.config.place(location))
            .cloned();
        let target = if let Some(place) = place {
            self.note(What::Calls {
                caller,
                dialled: dialled.clone(),
            });
            self.dialled_at(&place, &dialled)
        } else {
            let target = self.dialled_from_outside(&dialled);
            self.note(What::Calls { caller, dialled });
            target
        };
        self.reach(target);
    }

    /// Goes to what digits reached.
    pub(super) fn reach(&mut self, target: Target) {
        if let Some(barred) = self.barred(target) {
            self.note(barred);
            return self.announce(Announcement::NumberBarred, Next::Release(Cause::Rejected));
        }
        match target {
            Target::User(user) => self.arrive(user, None),
            Target::Alternate(user, place) => self.arrive(user, Some(place)),
            Target::Outside(number) => self.ring_outside(number),
            Target::Emergency(number) => self.ring_emergency(number),
            Target::Code(feature, digits) => self.begin_code(feature, digits),
            Target::NotInUse | Target::NotDiallable => {
                self.announce(Announcement::NumberNotInUse, Next::Release(Cause::NotInUse));
            }
        }
    }

    /// The public network hands over full numbers only, and only those of ours.
    pub(super) fn dialled_from_outside(&self, dialled: &str) -> Target {
        // The usual case: a number written in full that is ours.
        if let Some(line) = dialled
            .parse()
            .ok()
            .and_then(|number| self.config.by_number(number))
        {
            return line.into();
        }
        let country = self.config.public_country();
        let parsed = Destination::parse(dialled).map(|d| d.resolve(country));
        let Ok(Ok(Resolved::Number(number))) = parsed else {
            return Target::NotDiallable;
        };
        self.config
            .by_number(number)
            .map_or(Target::NotInUse, Target::from)
    }

    /// The call reaches somebody, by the primary number or an alternate one.
    pub(super) fn arrive(&mut self, user: UserId, alternate: Option<u8>) {
        self.note(What::Arrives { user });
        self.alternate = alternate;
        let config = self.config.clone();
        let Some(subscriber) = config.user(user) else {
            return self.announce(Announcement::NumberNotInUse, Next::Release(Cause::NotInUse));
        };
        if self.consult_for(&config, subscriber, user, Stage::Arrival) {
            return;
        }
        match &subscriber.role {
            Role::Person => self.find(user),
            Role::HuntGroup(group) => self.begin_hunt(group.clone()),
            Role::GroupCall(group) => self.begin_gathering(group.clone()),
            Role::AutoAttendant(attendant) => self.begin_attending(attendant.clone()),
            Role::CallCenter(center) => self.begin_queueing(center.clone()),
        }
    }

    pub(super) fn outside_input(&mut self, party: Party, input: &Input) {
        match *input {
            Input::LegRinging(leg) => self.leg_ringing(leg),
            Input::LegAnswered(leg) if self.legs.knows(leg) => return self.connect(leg, party),
            Input::LegFailed(leg, cause) => {
                if let Some(worst) = self.legs.fail(leg, cause) {
                    self.note(What::LegsFailed {
                        user: None,
                        cause: worst,
                    });
                    return self.release(match worst {
                        LegFailure::Busy => Cause::Busy,
                        LegFailure::Unreachable => Cause::Unreachable,
                    });
                }
            }
            Input::TimerElapsed => {
                self.note(What::NotAnswered { user: None });
                return self.release(Cause::NoAnswer);
            }
            _ => {}
        }
        self.state = State::RingingOutside { party };
    }
}
