//! What feature access codes ask of the exchange.

use super::park::Parking;
use super::{Exchange, Step};
use crate::call::Input;
use crate::feature::{Feature, Perform};
use crate::id::{CallRef, UserId};
use crate::outcome::Performed;

impl Exchange {
    /// Does what a code asks for. What is not about other calls is left to the host, which then answers.
    pub(super) fn perform(
        &mut self,
        call: CallRef,
        user: UserId,
        what: Perform,
        about: Option<UserId>,
        digits: &str,
        step: &mut Step<'_>,
    ) {
        let at = about.unwrap_or(user);
        let done = match what {
            Perform::GroupPickup => self.group_pickup(call, user, step),
            Perform::DirectedPickup => self.directed_pickup(call, user, at, step),
            Perform::BargeInPickup => self.barge_in(call, user, at, step),
            Perform::Retrieve => self.retrieve(call, user, at, step),
            Perform::CallRetrieve => self.call_retrieve(call, user, step),
            Perform::Park => Some(self.park(call, user, Parking::At(at), step)),
            Perform::GroupPark => Some(self.park(call, user, Parking::Group, step)),
            Perform::MusicOff => Some(self.music_off(call, user, step)),
            Perform::VoicemailTransfer => Some(self.send_to_mailbox(user, digits, step)),
            Perform::CallbackMenu => {
                let waiting = u16::try_from(self.callbacks(user).count()).unwrap_or(u16::MAX);
                Some(Performed::Waiting(waiting))
            }
            Perform::CallbackCancel if self.cancel_callbacks(user) => Some(Performed::Done),
            Perform::CallbackCancel => Some(Performed::Nothing),
            Perform::NightForceOn
            | Perform::NightForceOff
            | Perform::ForwardForceOn
            | Perform::ForwardForceOff => Some(self.force(what, about, step)),
            Perform::RingCount
            | Perform::VoicemailRetrieve
            | Perform::VoicemailClear
            | Perform::VoicemailPortal
            | Perform::SpeedDialProgram
            | Perform::CallerIdBlockNext
            | Perform::CallerIdDeliverNext
            | Perform::CallWaitingOffNext
            | Perform::DiversionInhibitor => None,
        };
        if let Some(done) = done {
            step.tell(call, Input::Performed(done));
        }
    }

    /// No music in the call that the user holds, else in the one they talk in.
    fn music_off(&self, asking: CallRef, user: UserId, step: &mut Step<'_>) -> Performed {
        let held = self.held_by(user).map(|(call, _)| call);
        let talking = || {
            let mut others = self.calls_of(user).filter(|call| *call != asking);
            others.find(|call| {
                self.calls
                    .get(call)
                    .is_some_and(|live| live.side_of(user).is_some())
            })
        };
        let Some(call) = held.or_else(talking) else {
            return Performed::Nothing;
        };
        step.tell(call, Input::MusicOff);
        Performed::Done
    }

    /// Transfers the held call to a mailbox, as if the user had dialled the code for it.
    fn send_to_mailbox(&self, user: UserId, digits: &str, step: &mut Step<'_>) -> Performed {
        let Some((call, by)) = self.held_by(user) else {
            return Performed::Nothing;
        };
        let own = step
            .config
            .shared()
            .codes
            .get(&Feature::VoicemailTransfer)
            .copied();
        let Some(code) = own.or_else(|| Feature::VoicemailTransfer.standard()) else {
            return Performed::Refused;
        };
        step.tell(
            call,
            Input::Transfer {
                by,
                to: format!("{code}{digits}"),
                consulted: false,
            },
        );
        Performed::Done
    }
}
