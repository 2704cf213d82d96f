//! Listening to the messages of a mailbox (manual § 8.2): who calls from a phone of its owner or from one of the aliases
//! hears them at once, anybody else keys in the passcode first. The host knows whether it is right; the digits stand in
//! no trace.

use super::action::Next;
use super::{Call, Input, MailboxAction, MediaAction, Side, Sound, State};
use crate::announcement::Announcement;
use crate::id::UserId;
use crate::outcome::{MailboxFact, PasscodeResult};
use crate::passcode::{MAX_LENGTH, Typed};
use crate::service::voicemail;
use crate::trace::{Cause, MailboxStep, What};

/// So many wrong passcodes end the call.
const TRIES: u8 = 3;
/// How long a caller may think before the first digit, once the prompt is over, in seconds.
const FIRST_DIGIT_SECONDS: i64 = 10;
/// After how many seconds without a key the passcode is complete.
const INTER_DIGIT_SECONDS: i64 = 4;

/// A caller who wants to hear the messages of a mailbox.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listening {
    user: UserId,
    /// Wrong passcodes so far.
    wrong: u8,
    waits: Waits,
}

#[derive(Clone, Debug, PartialEq)]
enum Waits {
    /// The passcode; the digits keyed in so far.
    Digits(Typed),
    /// What the host finds of it.
    PasscodeResult,
    /// How many messages there are is asked for.
    Count,
    /// The caller hears how many there are, and then the messages, if there are any.
    Told { any: bool },
    /// The messages play.
    Messages,
}

impl Call {
    /// The caller wants to hear the messages of somebody. Where no passcode was ever set only an own phone or an alias
    /// gets in: a mailbox is never open to whoever calls.
    pub(super) fn open_mailbox(&mut self, user: UserId) {
        let config = self.config.clone();
        let caller = &self.request.caller;
        let needed = config
            .user(user)
            .is_none_or(|owner| voicemail::asks_passcode(owner, caller, owner.place.country));
        if needed {
            self.ask_passcode(user, 0, Vec::new());
        } else {
            self.listen(user);
        }
    }

    pub(super) fn listen_input(&mut self, state: Listening, input: Input) {
        let Listening { user, wrong, waits } = state;
        match (waits, input) {
            (Waits::Digits(typed), Input::Key(Side::Caller, key)) => {
                self.passcode_key(user, wrong, typed, key.sign());
            }
            (Waits::Digits(typed), Input::TimerElapsed) if !typed.is_empty() => {
                self.check_passcode(user, wrong, typed);
            }
            (Waits::Digits(typed), Input::Finished) if typed.is_empty() => {
                self.wait_for_passcode(user, wrong, typed);
            }
            (Waits::Count, Input::Mailbox(fact)) => self.tell_count(user, fact),
            (Waits::Told { any }, Input::Finished) => self.play_messages(user, any),
            (Waits::Told { any }, Input::Key(Side::Caller, _)) => {
                self.act(MediaAction::StopPlaying);
                self.play_messages(user, any);
            }
            (Waits::PasscodeResult, Input::Passcode(verdict)) => {
                self.passcode_checked(user, wrong, verdict);
            }
            (Waits::Digits(_), Input::TimerElapsed) | (Waits::Messages, Input::Finished) => {
                self.release(Cause::Normal);
            }
            (waits, _) => self.state = State::Listening(Listening { user, wrong, waits }),
        }
    }

    fn ask_passcode(&mut self, user: UserId, wrong: u8, mut sounds: Vec<Sound>) {
        self.note(What::Voicemail(MailboxStep::AsksPasscode { user }));
        self.state = State::Listening(Listening {
            user,
            wrong,
            waits: Waits::Digits(Typed::default()),
        });
        self.answer();
        sounds.push(Sound::Said(Announcement::EnterPasscode));
        self.act(MediaAction::Play(sounds));
    }

    /// One more key: `#` ends the passcode, `*` begins it anew.
    fn passcode_key(&mut self, user: UserId, wrong: u8, mut typed: Typed, sign: char) {
        if typed.is_empty() {
            self.act(MediaAction::StopPlaying);
        }
        match sign {
            '#' if !typed.is_empty() => return self.check_passcode(user, wrong, typed),
            '#' => {}
            '*' => typed = Typed::default(),
            digit => typed.push(digit),
        }
        if typed.len() == MAX_LENGTH {
            return self.check_passcode(user, wrong, typed);
        }
        self.wait_for_passcode(user, wrong, typed);
    }

    fn wait_for_passcode(&mut self, user: UserId, wrong: u8, typed: Typed) {
        let seconds = if typed.is_empty() {
            FIRST_DIGIT_SECONDS
        } else {
            INTER_DIGIT_SECONDS
        };
        self.state = State::Listening(Listening {
            user,
            wrong,
            waits: Waits::Digits(typed),
        });
        self.timeout = Some(self.now.plus_seconds(seconds));
    }

    fn check_passcode(&mut self, user: UserId, wrong: u8, typed: Typed) {
        self.timeout = None;
        self.state = State::Listening(Listening {
            user,
            wrong,
            waits: Waits::PasscodeResult,
        });
        self.act(MailboxAction::CheckPasscode { user, typed });
    }

    fn passcode_checked(&mut self, user: UserId, wrong: u8, verdict: PasscodeResult) {
        self.note(What::Voicemail(MailboxStep::Passcode { user, verdict }));
        match verdict {
            PasscodeResult::Right => self.listen(user),
            PasscodeResult::Wrong if wrong + 1 < TRIES => {
                self.ask_passcode(
                    user,
                    wrong + 1,
                    vec![Sound::Said(Announcement::PasscodeWrong)],
                );
            }
            PasscodeResult::Wrong | PasscodeResult::Refused => {
                self.announce(Announcement::NotAllowed, Next::Release(Cause::Normal));
            }
        }
    }

    fn listen(&mut self, user: UserId) {
        self.note(What::Voicemail(MailboxStep::Listens { user }));
        self.state = State::Listening(Listening {
            user,
            wrong: 0,
            waits: Waits::Count,
        });
        self.act(MailboxAction::AskMailbox(user));
    }

    fn tell_count(&mut self, user: UserId, fact: MailboxFact) {
        let any = fact.new_messages > 0 || fact.old_messages > 0;
        self.state = State::Listening(Listening {
            user,
            wrong: 0,
            waits: Waits::Told { any },
        });
        self.answer();
        let count = |said, number: u16| [Sound::Said(said), Sound::Number(u32::from(number))];
        let mut sounds = count(Announcement::NewMessages, fact.new_messages).to_vec();
        sounds.extend(count(Announcement::OldMessages, fact.old_messages));
        self.act(MediaAction::Play(sounds));
    }

    fn play_messages(&mut self, user: UserId, any: bool) {
        if !any {
            return self.release(Cause::Normal);
        }
        self.state = State::Listening(Listening {
            user,
            wrong: 0,
            waits: Waits::Messages,
        });
        self.act(MailboxAction::Listen(user));
    }
}
