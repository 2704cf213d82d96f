//! Feature access codes (manual § 14, routing § 5): switching, asking and doing things from a phone. `switch` turns
//! services on and off and asks for them, `perform` does the rest; here is what they have in common: the digits that a
//! code takes, and what the caller hears.

mod perform;
mod settings;
mod switch;

use super::action::Next;
use super::{Call, Input, MediaAction, Side, Sound, State};
use crate::announcement::Announcement;
use crate::dial::{Target, dial, speed_dial};
use crate::feature::{Does, Feature};
use crate::id::UserId;
use crate::number::Digits;
use crate::snapshot::CompiledLocation;
use crate::trace::{Cause, CodeStep, What};

/// How long a caller may think before the first digit, once the prompt is over, in seconds.
const FIRST_DIGIT_SECONDS: i64 = 10;
/// After how many seconds without a key the digits are complete.
const INTER_DIGIT_SECONDS: i64 = 3;
/// The most digits that a code takes.
const MOST_DIGITS: usize = 30;

/// A caller who dialled a code, and what it waits for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Coding {
    user: UserId,
    feature: Feature,
    waits: Waits,
}

#[derive(Clone, Debug, PartialEq)]
enum Waits {
    /// The digits that were missing; those keyed in so far.
    Digits(String),
    /// Settings are saved; this is said when they are.
    Saving(Announcement),
    /// The host does what the code stands for.
    Performing,
}

impl Call {
    /// What the caller reaches by digits at a phone of a location.
    pub(super) fn dialled_at(&mut self, place: &CompiledLocation, digits: &str) -> Target {
        let config = self.config.clone();
        let caller = self.request.caller.user.and_then(|user| config.user(user));
        let stands_for =
            caller.and_then(|caller| Some((caller.user.id, speed_dial(place, caller, digits)?)));
        if let Some((user, number)) = stands_for {
            self.note(What::Code(CodeStep::SpeedDial {
                user,
                number: *number,
            }));
        }
        dial(&config, place, caller, digits)
    }

    pub(super) fn begin_code(&mut self, feature: Feature, digits: Option<Digits>) {
        let known = self
            .request
            .caller
            .user
            .filter(|user| self.config.user(*user).is_some());
        let Some(user) = known else {
            return self.code_reply(Announcement::NotAllowed, Vec::new());
        };
        let digits = digits.map(|digits| digits.to_string());
        self.note(What::Code(CodeStep::Dialled {
            user,
            feature,
            digits: digits.clone(),
        }));
        self.run_code(user, feature, digits.as_deref());
    }

    /// Does what the code stands for, as far as the digits after it allow.
    fn run_code(&mut self, user: UserId, feature: Feature, digits: Option<&str>) {
        if digits.is_some() && !feature.takes_digits() {
            return self.code_reply(Announcement::DigitsWrong, Vec::new());
        }
        match feature.does() {
            Does::On { service, mailbox } => {
                self.switch_on(user, feature, service, mailbox, digits);
            }
            Does::Off { service, mailbox } => self.switch_off(user, feature, service, mailbox),
            Does::Ask(service) => self.tell_state(user, service),
            Does::Perform(what) => self.perform_by_code(user, feature, what, digits),
        }
    }

    pub(super) fn code_input(&mut self, state: Coding, input: Input) {
        let Coding {
            user,
            feature,
            waits,
        } = state;
        match (waits, input) {
            (Waits::Digits(digits), Input::Key(Side::Caller, key)) => {
                self.digit(user, feature, digits, key.sign());
            }
            (Waits::Digits(digits), Input::TimerElapsed) if !digits.is_empty() => {
                self.keyed(user, feature, &digits);
            }
            (Waits::Digits(_), Input::TimerElapsed) => self.release(Cause::Normal),
            (Waits::Digits(digits), Input::Finished) if digits.is_empty() => {
                self.code_waits(user, feature, Waits::Digits(digits));
                self.timeout = Some(self.now.plus_seconds(FIRST_DIGIT_SECONDS));
            }
            (Waits::Saving(said), Input::Changed(saved)) => {
                self.note(What::Code(CodeStep::Saved { user, saved }));
                self.code_reply(
                    if saved { said } else { Announcement::NotSaved },
                    Vec::new(),
                );
            }
            (Waits::Performing, Input::Performed(performed)) => {
                self.performed(user, feature, performed);
            }
            (waits, _) => self.code_waits(user, feature, waits),
        }
    }

    fn code_waits(&mut self, user: UserId, feature: Feature, waits: Waits) {
        self.state = State::Coding(Coding {
            user,
            feature,
            waits,
        });
    }

    /// Asks for the digits that are missing after a code.
    fn ask_digits(&mut self, user: UserId, feature: Feature) {
        self.note(What::Code(CodeStep::WantsDigits { user }));
        self.code_waits(user, feature, Waits::Digits(String::new()));
        self.answer();
        self.act(MediaAction::Play(vec![Sound::Said(
            Announcement::DigitsMissing,
        )]));
    }

    /// A key, after which the caller has a little time for the next; `#` ends the digits, unless it is the first.
    fn digit(&mut self, user: UserId, feature: Feature, mut digits: String, sign: char) {
        if digits.is_empty() {
            self.act(MediaAction::StopPlaying);
        } else if sign == '#' {
            return self.keyed(user, feature, &digits);
        }
        digits.push(sign);
        if digits.len() == MOST_DIGITS {
            return self.keyed(user, feature, &digits);
        }
        self.code_waits(user, feature, Waits::Digits(digits));
        self.timeout = Some(self.now.plus_seconds(INTER_DIGIT_SECONDS));
    }

    fn keyed(&mut self, user: UserId, feature: Feature, digits: &str) {
        self.timeout = None;
        self.note(What::Code(CodeStep::Keyed {
            user,
            digits: digits.to_owned(),
        }));
        self.run_code(user, feature, Some(digits));
    }

    /// Tells the caller what became of it, and ends the call.
    fn code_reply(&mut self, announcement: Announcement, more: Vec<Sound>) {
        self.note(What::Announced { announcement });
        self.state = State::Announcing {
            then: Next::Release(Cause::Normal),
        };
        self.answer();
        let sounds = std::iter::once(Sound::Said(announcement))
            .chain(more)
            .collect();
        self.act(MediaAction::Play(sounds));
    }
}
