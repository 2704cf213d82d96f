//! Codes that do something for this call or the next, or that ask the host for more than this call can do.

use super::{Call, Waits};
use crate::announcement::Announcement;
use crate::call::{LineAction, ServiceAction, Sound};
use crate::dial::Target;
use crate::feature::{Feature, Perform};
use crate::id::UserId;
use crate::organisation::CallCenter;
use crate::outcome::Performed;
use crate::service::{Change, ServiceId, ring_count, speed_dial, voicemail};
use crate::snapshot::Role;
use crate::trace::{Cause, CodeStep, Step, What};

/// How many codes may come before a number: speed dials could make them endless.
const CODES_BEFORE: usize = 4;

impl Call {
    pub(super) fn perform_by_code(
        &mut self,
        user: UserId,
        feature: Feature,
        what: Perform,
        digits: Option<&str>,
    ) {
        use Perform as P;
        if needed(what).is_some_and(|service| self.lacks(user, service)) {
            return self.code_reply(Announcement::NotAssigned, Vec::new());
        }
        match (what, digits) {
            (P::VoicemailRetrieve, _) | (P::VoicemailPortal, None) => self.open_mailbox(user),
            (P::VoicemailPortal, Some(digits)) => self.open_by_code(user, digits),
            (P::GroupPickup, _) if self.config.pickup_group(user).is_none() => self.code_refused(),
            (P::GroupPark, _) if self.config.park_group(user).is_none() => self.code_refused(),
            (
                P::GroupPickup
                | P::GroupPark
                | P::CallRetrieve
                | P::MusicOff
                | P::VoicemailClear
                | P::CallbackMenu
                | P::CallbackCancel,
                _,
            ) => self.perform_by_host(user, feature, what, None, ""),
            (P::Park | P::Retrieve | P::VoicemailTransfer, None) => {
                self.perform_by_host(user, feature, what, Some(user), "");
            }
            (_, None) => self.ask_digits(user, feature),
            (P::RingCount, Some(digits)) => {
                self.set_value(user, feature, ring_count::by_code(digits));
            }
            (P::SpeedDialProgram, Some(digits)) => {
                let config = self.config.clone();
                let caller = config.user(user);
                match caller.and_then(|caller| speed_dial::by_code(caller, digits)) {
                    Some(change) => self.set_value(user, feature, change),
                    None => self.code_reply(Announcement::DigitsWrong, Vec::new()),
                }
            }
            (
                P::CallerIdBlockNext
                | P::CallerIdDeliverNext
                | P::CallWaitingOffNext
                | P::DiversionInhibitor,
                Some(digits),
            ) => self.dial_on(user, what, digits),
            (
                P::NightForceOn | P::NightForceOff | P::ForwardForceOn | P::ForwardForceOff,
                Some(digits),
            ) => {
                self.force(user, feature, what, digits);
            }
            (
                P::DirectedPickup | P::BargeInPickup | P::Park | P::Retrieve | P::VoicemailTransfer,
                Some(digits),
            ) => match self.dialled_after(user, digits).user() {
                Some(of) if picks_up(what) && !self.config.may_pick_up(user, of) => {
                    self.note(What::Code(CodeStep::PickupRefused { user, of }));
                    self.code_refused();
                }
                Some(about) => self.perform_by_host(user, feature, what, Some(about), digits),
                None => self.code_reply(Announcement::DigitsWrong, Vec::new()),
            },
        }
    }

    /// What the host did.
    pub(super) fn performed(&mut self, user: UserId, feature: Feature, performed: Performed) {
        let crate::feature::Does::Perform(what) = feature.does() else {
            return self.release(Cause::Normal);
        };
        self.note(What::Code(CodeStep::Performed { user, performed }));
        match performed {
            Performed::Done => self.code_reply(done(what), Vec::new()),
            // The caller's phone goes on in the other call.
            Performed::Joined => self.end(Cause::Normal),
            Performed::At(extension) => {
                self.code_reply(
                    Announcement::ParkedAt,
                    vec![Sound::Digits(extension.to_string())],
                );
            }
            Performed::Waiting(callbacks) => {
                self.code_reply(
                    Announcement::CallbackWaiting,
                    vec![Sound::Number(u32::from(callbacks))],
                );
            }
            Performed::Nothing => self.code_reply(Announcement::NothingThere, Vec::new()),
            Performed::Refused if matches!(what, Perform::Park | Perform::GroupPark) => {
                self.code_reply(Announcement::NobodyFree, Vec::new());
            }
            Performed::Refused => self.code_refused(),
        }
    }

    fn code_refused(&mut self) {
        self.code_reply(Announcement::NotAllowed, Vec::new());
    }

    fn perform_by_host(
        &mut self,
        user: UserId,
        feature: Feature,
        what: Perform,
        about: Option<UserId>,
        digits: &str,
    ) {
        self.note(What::Code(CodeStep::Performs {
            user,
            feature,
            about,
        }));
        self.code_waits(user, feature, Waits::Performing);
        self.act(ServiceAction::Perform {
            user,
            what,
            about,
            digits: digits.to_owned(),
        });
    }

    /// The messages of whom the digits reach: the phone is anybody's, the mailbox theirs.
    fn open_by_code(&mut self, user: UserId, digits: &str) {
        match self.dialled_after(user, digits).user() {
            Some(owner) if self.config.user(owner).is_some_and(voicemail::is_theirs) => {
                self.open_mailbox(owner);
            }
            Some(_) => self.code_reply(Announcement::NotAssigned, Vec::new()),
            None => self.code_reply(Announcement::DigitsWrong, Vec::new()),
        }
    }

    /// What the digits after a code reach, at the phone at which it was dialled.
    fn dialled_after(&mut self, user: UserId, digits: &str) -> Target {
        let phone = self
            .request
            .from
            .and_then(|location| self.config.place(location))
            .cloned();
        match phone.or_else(|| self.place_of(user)) {
            Some(place) => self.dialled_at(&place, digits),
            None => Target::NotDiallable,
        }
    }

    /// Notes a wish for the call that follows, and dials it.
    fn dial_on(&mut self, user: UserId, what: Perform, digits: &str) {
        match what {
            Perform::CallerIdBlockNext => self.request.block_next = Some(true),
            Perform::CallerIdDeliverNext => self.request.block_next = Some(false),
            Perform::CallWaitingOffNext => self.act(LineAction::NoCallWaiting(user)),
            _ => self.request.diversion_inhibited = true,
        }
        let went_on = |step: &&Step| matches!(step.what, What::Code(CodeStep::GoesOn { .. }));
        if self.trace.iter().filter(went_on).count() >= CODES_BEFORE {
            return self.code_reply(Announcement::DigitsWrong, Vec::new());
        }
        self.note(What::Code(CodeStep::GoesOn {
            user,
            digits: digits.to_owned(),
        }));
        let target = self.dialled_after(user, digits);
        self.reach(target);
    }

    /// Saves one field of a service that has no switch.
    fn set_value(&mut self, user: UserId, feature: Feature, change: Change) {
        let Some((entry, mut settings)) = self.settings_by_code(user, change.service) else {
            return self.code_reply(Announcement::NotAssigned, Vec::new());
        };
        settings.insert(change.field.to_owned(), change.value);
        if !self.wrong_by_code(user, entry, &settings).is_empty() {
            return self.code_reply(Announcement::DigitsWrong, Vec::new());
        }
        self.save_by_code(user, feature, entry, settings, Announcement::Saved);
    }

    /// Forces a service of the call center that the digits reach, when its agents and supervisors may.
    fn force(&mut self, user: UserId, feature: Feature, what: Perform, digits: &str) {
        let reached = self
            .dialled_after(user, digits)
            .user()
            .and_then(|id| self.config.user(id))
            .cloned();
        let Some(Role::CallCenter(center)) = reached.as_ref().map(|s| &s.role) else {
            return self.code_reply(Announcement::DigitsWrong, Vec::new());
        };
        if !by_code(center, what) || !center.has(user) {
            return self.code_refused();
        }
        self.perform_by_host(user, feature, what, Some(center.id), "");
    }
}

/// The service without which a code does nothing.
fn needed(what: Perform) -> Option<ServiceId> {
    Some(ServiceId(match what {
        Perform::VoicemailRetrieve | Perform::VoicemailClear | Perform::VoicemailPortal => {
            "voicemail"
        }
        Perform::CallbackMenu | Perform::CallbackCancel => "automatic-callback",
        Perform::CallWaitingOffNext => "call-waiting",
        _ => return None,
    }))
}

/// It takes what rings or talks at the phone that is named.
fn picks_up(what: Perform) -> bool {
    matches!(what, Perform::DirectedPickup | Perform::BargeInPickup)
}

fn by_code(center: &CallCenter, what: Perform) -> bool {
    match what {
        Perform::NightForceOn | Perform::NightForceOff => center.night.by_code,
        _ => center.forced.by_code,
    }
}

/// What is said when it is done.
fn done(what: Perform) -> Announcement {
    match what {
        Perform::NightForceOn | Perform::ForwardForceOn => Announcement::ServiceOn,
        Perform::NightForceOff | Perform::ForwardForceOff | Perform::MusicOff => {
            Announcement::ServiceOff
        }
        Perform::VoicemailClear => Announcement::MessagesCleared,
        Perform::VoicemailTransfer => Announcement::Transferring,
        Perform::CallbackCancel => Announcement::CallbackCancelled,
        _ => Announcement::Saved,
    }
}
