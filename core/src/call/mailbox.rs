//! Voicemail (manual § 8) as a caller meets it: greeting, message, and the ways out. Whether a message waits is the
//! host's to show; it keeps the recordings. Listening to them is `listen`'s.

use super::{Call, Input, MailboxAction, MediaAction, Side, Sound, State};
use crate::announcement::Announcement;
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::{Clip, Key};
use crate::outcome::MailboxFact;
use crate::service::{Stage, voicemail_greetings, voicemail_management};
use crate::trace::{Cause, MailboxStep, MessageMail, What};

/// The key by which a caller skips the greeting.
const SKIP_KEY: char = '#';
/// The key by which whoever knows the passcode hears the messages.
const LISTEN_KEY: char = '*';
/// The key by which a caller leaves for the number that is set.
const LEAVE_KEY: char = '0';
/// What is shorter is no message, in milliseconds: the caller said nothing after the beep.
const SHORTEST_MS: u32 = 1_000;
/// How long the host has to tell how long a recording is, in seconds.
const MEASURE_SECONDS: i64 = 30;

/// A caller in a mailbox.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AtMailbox {
    user: UserId,
    /// The user was on a call.
    busy: bool,
    phase: Phase,
}

/// How far a caller is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// What is in the mailbox is asked for.
    Asking,
    /// The greeting plays, and then this.
    Greeting(Then),
    /// The message is recorded.
    Recording,
    /// How long it is is asked for.
    Measuring {
        /// The caller is still there.
        here: bool,
    },
}

/// What comes after the greeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Record,
    End,
    GoOn(Destination),
}

impl Call {
    /// The caller reaches the mailbox of somebody, from this stage of the call.
    pub(super) fn begin_mailbox(&mut self, user: UserId, stage: Stage) {
        self.note(What::Mailbox { user });
        let state = AtMailbox {
            user,
            busy: stage == Stage::Busy,
            phase: Phase::Asking,
        };
        self.state = State::AtMailbox(state);
        self.act(MailboxAction::AskMailbox(user));
    }

    pub(super) fn mailbox_input(&mut self, state: AtMailbox, input: Input) {
        match (state.phase, input) {
            (Phase::Asking, Input::Mailbox(fact)) => self.greet(state, fact),
            (Phase::Greeting(then), Input::Finished) => self.greeted(state, then),
            (Phase::Greeting(then), Input::Key(Side::Caller, key)) => {
                self.mailbox_key(state, then, key);
            }
            (Phase::Recording, Input::Finished) => self.measure(state, true),
            (Phase::Measuring { here }, Input::Recorded(ms)) => self.recorded(state.user, here, ms),
            (Phase::Measuring { here }, Input::TimerElapsed) => self.recorded(state.user, here, 0),
            _ => self.state = State::AtMailbox(state),
        }
    }

    /// The caller is gone: what was recorded until then is the message.
    pub(super) fn leave_mailbox(&mut self, state: AtMailbox) {
        match state.phase {
            Phase::Recording => self.measure(state, false),
            Phase::Measuring { .. } => {
                self.state = State::AtMailbox(AtMailbox {
                    phase: Phase::Measuring { here: false },
                    ..state
                });
            }
            Phase::Asking | Phase::Greeting(_) => self.end(Cause::Normal),
        }
    }

    fn measure(&mut self, state: AtMailbox, here: bool) {
        self.state = State::AtMailbox(AtMailbox {
            phase: Phase::Measuring { here },
            ..state
        });
        self.timeout = Some(self.now.plus_seconds(MEASURE_SECONDS));
        self.act(MailboxAction::AskMessage(state.user));
    }

    fn recorded(&mut self, user: UserId, here: bool, ms: u32) {
        if ms < SHORTEST_MS {
            self.note(What::Voicemail(MailboxStep::TooShort { user }));
        } else {
            self.deliver(user);
        }
        if here {
            self.release(Cause::Normal);
        } else {
            self.end(Cause::Normal);
        }
    }

    fn greet(&mut self, state: AtMailbox, fact: MailboxFact) {
        let user = state.user;
        let config = self.config.clone();
        let owner = config.user(user);
        let mut sounds = Vec::new();
        let own = owner
            .and_then(|owner| voicemail_greetings::greeting(owner, state.busy))
            .and_then(|name| config.shared().own_upload(user, name));
        let closed = owner.is_some_and(|owner| !voicemail_greetings::takes_messages(owner));
        if let Some(upload) = own {
            sounds.push(Sound::Own(Clip::Upload(upload.clone())));
        } else {
            sounds.extend(self.spoken_name(user));
            sounds.push(Sound::Said(match (closed, state.busy) {
                // The standard greetings ask for a message.
                (true, _) => Announcement::MailboxNoDeposit,
                (false, true) => Announcement::MailboxGreetingBusy,
                (false, false) => Announcement::MailboxGreeting,
            }));
        }
        let own = own.is_some();
        self.note(What::Voicemail(MailboxStep::Greets {
            user,
            busy: state.busy,
            own,
        }));
        let then = if closed {
            self.note(What::Voicemail(MailboxStep::NoDeposit { user }));
            let to = owner.and_then(voicemail_greetings::after_greeting);
            to.map_or(Then::End, Then::GoOn)
        } else if fact.full {
            self.note(What::Voicemail(MailboxStep::Full { user }));
            sounds.push(Sound::Said(Announcement::MailboxFull));
            Then::End
        } else {
            Then::Record
        };
        self.state = State::AtMailbox(AtMailbox {
            phase: Phase::Greeting(then),
            ..state
        });
        self.answer();
        self.act(MediaAction::Play(sounds));
    }

    fn greeted(&mut self, state: AtMailbox, then: Then) {
        match then {
            Then::Record => {
                self.state = State::AtMailbox(AtMailbox {
                    phase: Phase::Recording,
                    ..state
                });
                self.act(MailboxAction::Record(state.user));
            }
            Then::End => self.release(Cause::Normal),
            Then::GoOn(to) => self.leave_for(state.user, &to),
        }
    }

    /// How a user is called to a caller: by the name that they recorded, else by extension.
    pub(super) fn name_of(&self, user: UserId) -> Sound {
        self.spoken_name(user).unwrap_or(Sound::Name(user))
    }

    /// The name that a user recorded.
    fn spoken_name(&self, user: UserId) -> Option<Sound> {
        let name = voicemail_greetings::spoken_name(self.config.user(user)?)?;
        let upload = self.config.shared().own_upload(user, name)?;
        Some(Sound::Own(Clip::Upload(upload.clone())))
    }

    fn mailbox_key(&mut self, state: AtMailbox, then: Then, key: Key) {
        let user = state.user;
        match key.sign() {
            SKIP_KEY => {
                self.note(What::Voicemail(MailboxStep::Skipped { user }));
                self.act(MediaAction::StopPlaying);
                self.greeted(state, then);
            }
            LISTEN_KEY => {
                self.act(MediaAction::StopPlaying);
                self.open_mailbox(user);
            }
            LEAVE_KEY => {
                let owner = self.config.user(user);
                let Some(to) = owner.and_then(voicemail_management::transfer) else {
                    self.state = State::AtMailbox(state);
                    return;
                };
                self.note(What::Voicemail(MailboxStep::Leaves { user }));
                self.act(MediaAction::StopPlaying);
                self.leave_for(user, &to);
            }
            _ => self.state = State::AtMailbox(state),
        }
    }

    /// The caller goes on to a number. Where that may not be the call ends, as what the busy treatment of the user could
    /// do more is this mailbox.
    fn leave_for(&mut self, user: UserId, to: &Destination) {
        self.act(MediaAction::Ringback);
        self.divert(user, Stage::Busy, to);
    }

    /// A message was left.
    fn deliver(&mut self, user: UserId) {
        self.note(What::Voicemail(MailboxStep::Recorded { user }));
        let how = voicemail_management::delivery(self.config.user(user));
        let mails = [
            (MessageMail::Forward, &how.forward),
            (MessageMail::Copy, &how.copy),
            (MessageMail::Notice, &how.notice),
        ];
        for (mail, _) in mails.into_iter().filter(|(_, address)| !address.is_empty()) {
            self.note(What::Voicemail(MailboxStep::Mailed { user, mail }));
        }
        self.act(MailboxAction::Deliver {
            user,
            how: Box::new(how),
        });
    }
}
