//! Reaching a person (routing § 1, 8 to 12): the line, the phones that ring, and what follows when nobody answers.

use super::facts::LineFact;
use super::{Action, Call, Endpoint, Input, LegId, RING_LIMIT_SECONDS, State};
use crate::id::UserId;
use crate::number::E164;
use crate::service::Stage;
use crate::service::ring_count::RING_SECONDS;
use crate::time::Timestamp;
use crate::trace::{Cause, LegFailure, LineFound, Party, What};

/// How far the search for a user is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FindMe {
    /// The line is asked for.
    Asking { user: UserId },
    /// Phones ring.
    Ringing { user: UserId, since: Timestamp, patience: Patience },
}

/// What the end of the ringing time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    /// The no-answer services get their turn.
    Services,
    /// The network gives up.
    Network,
}

impl Call {
    /// Looks for a user whose arrival services left the call alone.
    pub(super) fn find(&mut self, user: UserId) {
        self.state = State::FindingMe(FindMe::Asking { user });
        self.act(Action::AskLine(user));
    }

    pub(super) fn find_me_input(&mut self, state: FindMe, input: Input) {
        self.state = State::FindingMe(state.clone());
        match (state, input) {
            (FindMe::Asking { user }, Input::Line(line)) if line.user == user => self.line_known(user, &line),
            (FindMe::Ringing { .. }, Input::LegRinging(leg)) => self.leg_ringing(leg),
            (FindMe::Ringing { user, .. }, Input::LegAnswered(leg)) if self.legs.knows(leg) => {
                self.connect(leg, Party::User(user));
            }
            (FindMe::Ringing { user, .. }, Input::LegFailed(leg, cause)) => {
                self.phone_failed(user, leg, cause)
            }
            (FindMe::Ringing { user, since, patience }, Input::TimerElapsed) => {
                self.ringing_over(user, since, patience);
            }
            _ => {}
        }
    }

    fn line_known(&mut self, user: UserId, line: &LineFact) {
        let Some(subscriber) = self.config.user(user).cloned() else { return self.release(Cause::NotInUse) };
        let profile = subscriber.user.profile;
        let mobile = subscriber.user.mobile.filter(|_| profile.rings_mobile());
        let devices = if profile.rings_devices() { line.devices.as_slice() } else { &[] };
        let state = match (line.calls, devices.is_empty() && mobile.is_none()) {
            (1.., _) => LineFound::Busy,
            (_, true) => LineFound::Unreachable,
            _ => LineFound::Idle,
        };
        self.note(What::Line { user, state });
        match state {
            LineFound::Busy => self.busy(user),
            LineFound::Unreachable => self.not_reachable(user),
            LineFound::Idle => self.ring(user, devices, mobile, subscriber.rings),
        }
    }

    /// Rings the phones of a user together.
    fn ring(&mut self, user: UserId, devices: &[crate::id::DeviceId], mobile: Option<E164>, rings: u8) {
        if rings == 0 && self.consult(user, Stage::NoAnswer) {
            return;
        }
        let waits = rings > 0 && self.waits_for_answer(user);
        self.note(What::Rings {
            user,
            devices: devices.len() as u16,
            mobile: mobile.is_some(),
            rings: waits.then_some(rings),
        });
        self.legs.begin();
        let phones = devices.iter().map(|device| Endpoint::Device(user, *device));
        for endpoint in phones.chain(mobile.map(|number| Endpoint::Mobile(user, number))) {
            let leg = self.legs.add();
            let manner = Box::new(self.manner(endpoint));
            self.act(Action::Ring { leg, endpoint, manner });
        }
        let (patience, seconds) = if waits {
            (Patience::Services, u32::from(rings) * RING_SECONDS)
        } else {
            (Patience::Network, RING_LIMIT_SECONDS)
        };
        self.state = State::FindingMe(FindMe::Ringing { user, since: self.now, patience });
        self.timeout = Some(self.now.plus_seconds(i64::from(seconds)));
    }

    fn phone_failed(&mut self, user: UserId, leg: LegId, cause: LegFailure) {
        let Some(worst) = self.legs.fail(leg, cause) else { return };
        self.timeout = None;
        self.note(What::LegsFailed { user: Some(user), cause: worst });
        match worst {
            LegFailure::Busy => self.busy(user),
            LegFailure::Unreachable => self.not_reachable(user),
        }
    }

    fn ringing_over(&mut self, user: UserId, since: Timestamp, patience: Patience) {
        self.note(What::NotAnswered { user: Some(user) });
        if patience == Patience::Network {
            return self.release(Cause::NoAnswer);
        }
        if !self.consult(user, Stage::NoAnswer) {
            self.state = State::FindingMe(FindMe::Ringing { user, since, patience: Patience::Network });
            self.timeout = Some(since.plus_seconds(i64::from(RING_LIMIT_SECONDS)));
        }
    }
}
