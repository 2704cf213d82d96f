//! Transfer (manual § 7.5): one side sends the other on. What nobody answers comes back after so many rings, and a
//! busy line may be waited for.

use super::hold::Wait;
use super::{Origin, Talk, Waiting};
use crate::call::{
    Adopted, Call, LineAction, MediaAction, RING_LIMIT_SECONDS, ServiceAction, Side, State,
};
use crate::dial::{Target, dial};
use crate::feature::{Does, Perform};
use crate::id::UserId;
use crate::service::call_transfer;
use crate::service::ring_count::RING_SECONDS;
use crate::time::Timestamp;
use crate::trace::{Cause, Party, TalkStep, What};

/// A transfer under way: whom it comes back to, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::call) struct Transfer {
    by: UserId,
    recalls: bool,
    camp_on_seconds: Option<u16>,
    /// When it goes back if nobody answers.
    deadline: Option<Timestamp>,
    /// It waited for a busy line already.
    camped: bool,
}

impl Transfer {
    pub(in crate::call) fn deadline(self) -> Option<Timestamp> {
        self.deadline
    }

    /// Its caller may wait for a busy line.
    pub(super) fn camps(self) -> bool {
        self.camp_on_seconds.is_some()
    }
}

impl Call {
    pub(super) fn transfer(&mut self, talk: Talk, by: Side, to: String, consulted: bool) {
        let party = self.party(&talk, by);
        let target = match party {
            Some(Party::User(user)) if Self::takes_part(&talk, by) => {
                self.transfer_target(user, &to)
            }
            _ => None,
        };
        let (Some(Party::User(user)), Some(target)) = (party, target) else {
            self.note(What::Talk(TalkStep::TransferRefused { by: party, to }));
            return self.state = State::Talking(talk);
        };
        if let To::Parking(what, at) = target {
            self.state = State::Talking(talk);
            return self.act(ServiceAction::Perform {
                user,
                what,
                about: Some(at),
                digits: String::new(),
            });
        }
        let config = self.config.clone();
        let transfers = config.user(user);
        let inhibited = transfers.is_some_and(|s| call_transfer::inhibits(s, consulted));
        self.note(What::Talk(TalkStep::Transferred {
            by: party,
            to,
            consulted,
            inhibited,
        }));
        self.depart(&talk, by);
        self.origin = Origin::Transferred { by: user };
        self.caused_by = Some(user);
        self.request.diversion_inhibited = inhibited;
        self.diverted_by.clear();
        self.hops = 0;
        let recall_seconds = transfers
            .and_then(call_transfer::recall_rings)
            .map(|rings| i64::from(rings) * i64::from(RING_SECONDS));
        self.transfer = Some(Transfer {
            by: user,
            recalls: recall_seconds.is_some(),
            camp_on_seconds: transfers.and_then(call_transfer::camp_on_seconds),
            deadline: recall_seconds.map(|seconds| self.now.plus_seconds(seconds)),
            camped: false,
        });
        match target {
            To::Mailbox(mailbox) => self.begin_mailbox(mailbox, crate::service::Stage::NoAnswer),
            To::Parking(..) => {}
            To::Target(target) if consulted => self.adopt_consulted(user, target),
            To::Target(target) => self.reach(target),
        }
    }

    /// What the digits of a transfer reach, seen from who transfers.
    fn transfer_target(&self, by: UserId, digits: &str) -> Option<To> {
        let dials = |digits: &str| {
            let dialler = self.config.user(by)?;
            Some(dial(&self.config, &dialler.place, Some(dialler), digits))
        };
        match dials(digits)? {
            Target::Code(feature, rest) => {
                let whose = match rest {
                    Some(rest) => dials(&rest.to_string())?.user()?,
                    None => by,
                };
                match feature.does() {
                    Does::Perform(Perform::VoicemailTransfer) => Some(To::Mailbox(whose)),
                    Does::Perform(what @ (Perform::Park | Perform::GroupPark)) => {
                        Some(To::Parking(what, whose))
                    }
                    _ => None,
                }
            }
            Target::NotInUse | Target::NotDiallable => None,
            target => Some(To::Target(target)),
        }
    }

    /// Who was consulted is on the phone with the one who transfers: they need not be looked for.
    fn adopt_consulted(&mut self, by: UserId, target: Target) {
        let party = match target {
            Target::Outside(number) => Party::Outside(number),
            Target::Emergency(_) => Party::Emergency,
            target => match target.user() {
                Some(user) => Party::User(user),
                None => return self.release(Cause::NotInUse),
            },
        };
        self.legs.begin();
        let leg = self.legs.add();
        self.state = State::RingingOutside { party };
        self.timeout = Some(self.now.plus_seconds(i64::from(RING_LIMIT_SECONDS)));
        self.act(LineAction::Adopt {
            leg,
            who: Adopted::Consulted(by),
        });
    }

    /// The time is over in which somebody had to answer the transferred call.
    pub(in crate::call) fn transfer_is_over(&self) -> bool {
        self.transfer
            .and_then(Transfer::deadline)
            .is_some_and(|deadline| deadline <= self.now)
    }

    pub(in crate::call) fn recall_transferred(&mut self, state: State) {
        let Some(transfer) = self.transfer else {
            return self.state = state;
        };
        self.interrupt(state);
        self.go_back(transfer);
    }

    fn go_back(&mut self, transfer: Transfer) {
        self.transfer = None;
        self.origin = Origin::Recalled;
        self.note(What::Talk(TalkStep::Recalled { to: transfer.by }));
        self.diverted_by.clear();
        self.alerted = false;
        self.find(transfer.by);
    }

    /// A call that would end goes back to who transferred or parked it instead.
    pub(in crate::call) fn comes_back(&mut self, cause: Cause) -> bool {
        match (self.transfer, self.origin) {
            _ if cause == Cause::Normal => false,
            (Some(transfer), _) if transfer.recalls || transfer.camped => {
                self.go_back(transfer);
                true
            }
            (
                None,
                Origin::ParkRecalled {
                    parker,
                    at,
                    last: false,
                },
            ) => {
                self.park_again(parker, at);
                true
            }
            _ => false,
        }
    }

    /// The transfer is done once somebody, or a machine, took the call.
    pub(in crate::call) fn settle_transfer(&mut self) {
        if let State::Gathering(gathering) = &self.state
            && gathering.has_met()
        {
            self.transfer = None;
        }
        if let State::Talking(_)
        | State::AtMailbox(_)
        | State::Listening(_)
        | State::Attending(_)
        | State::Queued(_)
        | State::Coding(_)
        | State::Ended = self.state
        {
            self.transfer = None;
        }
    }

    /// A transferred caller waits for a line that is on a call. False: it may not.
    pub(super) fn camp_on(&mut self, user: UserId) -> bool {
        let waiting = self
            .transfer
            .and_then(|transfer| Some((transfer, transfer.camp_on_seconds?)));
        let Some((mut transfer, seconds)) = waiting else {
            return false;
        };
        if !transfer.camped {
            transfer.camped = true;
            transfer.deadline = Some(self.now.plus_seconds(i64::from(seconds)));
        }
        self.transfer = Some(transfer);
        let party = Some(Party::User(transfer.by));
        let music = self.music_of(party, Wait::CampedOn, self.request.caller.is_internal());
        self.note(What::Talk(TalkStep::CampedOn {
            user,
            seconds,
            music: music.is_some(),
        }));
        self.state = State::Waiting(Waiting::CampedOn { user });
        self.act(music.map_or(MediaAction::Silence, MediaAction::Music));
        self.act(LineAction::AwaitFree(user));
        true
    }

    pub(super) fn line_freed(&mut self, user: UserId) {
        self.note(What::Talk(TalkStep::Freed { user }));
        self.alerted = false;
        self.find(user);
    }
}

/// What a transfer reaches.
enum To {
    Target(Target),
    Mailbox(UserId),
    /// The extension of a user, or a free one of the park group.
    Parking(Perform, UserId),
}
