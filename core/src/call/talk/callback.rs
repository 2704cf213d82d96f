//! What a caller gets instead of the busy tone: waiting for the line after a transfer, or the offer to be called back
//! (automatic callback).

use super::{Transfer, Waiting};
use crate::announcement::Announcement;
use crate::call::action::Next;
use crate::call::{Call, Input, LineAction, MediaAction, Side, Sound, State};
use crate::id::UserId;
use crate::service::automatic_callback;
use crate::trace::{Cause, TalkStep, What};

/// How long a caller has to press the key once the offer is over, in seconds.
const KEY_SECONDS: i64 = 5;
/// The key by which a callback is set.
const CALLBACK_KEY: char = '1';

impl Call {
    /// The line of a user is busy and no service of theirs took the call. True: somebody may wait for it, and whether
    /// it is on a call is asked for: a line that only counts as busy never becomes free.
    pub(in crate::call) fn may_wait_for(&mut self, user: UserId) -> bool {
        let camps = self.transfer.is_some_and(Transfer::camps);
        let waits = camps || self.callback_for().is_some();
        if waits {
            self.state = State::Waiting(Waiting::AskingLine { user });
            self.act(LineAction::AskLine(user));
        }
        waits
    }

    pub(super) fn wait_for(&mut self, user: UserId, on_a_call: bool) {
        if !on_a_call || !self.camp_on(user) && !self.offer_callback(user) {
            self.release(Cause::Busy);
        }
    }

    /// The caller, if they have the service and dialled the busy line themselves.
    fn callback_for(&self) -> Option<UserId> {
        let caller = self
            .request
            .caller
            .user
            .filter(|_| self.diverted_by.is_empty() && !self.answered)?;
        automatic_callback::is_offered(self.config.user(caller)?).then_some(caller)
    }

    fn offer_callback(&mut self, user: UserId) -> bool {
        let offered = self.callback_for().is_some();
        if offered {
            let announcement = Announcement::CallbackOffer;
            self.note(What::Announced { announcement });
            self.state = State::Waiting(Waiting::Offered { user });
            self.answer();
            self.act(MediaAction::Play(vec![Sound::Said(announcement)]));
        }
        offered
    }

    pub(super) fn callback_input(&mut self, user: UserId, input: Input) {
        match (input, self.request.caller.user) {
            (Input::Key(Side::Caller, key), Some(caller)) if key.sign() == CALLBACK_KEY => {
                self.timeout = None;
                self.act(MediaAction::StopPlaying);
                self.note(What::Talk(TalkStep::CallbackSet {
                    caller,
                    callee: user,
                }));
                self.act(LineAction::SetCallback {
                    caller,
                    callee: user,
                });
                return self.announce(Announcement::CallbackSet, Next::Release(Cause::Normal));
            }
            (Input::TimerElapsed, _) => return self.release(Cause::Busy),
            (Input::Finished, _) => self.timeout = Some(self.now.plus_seconds(KEY_SECONDS)),
            _ => {}
        }
        self.state = State::Waiting(Waiting::Offered { user });
    }
}
