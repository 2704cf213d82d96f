//! Extensions and names that a caller keys in. An extension is complete when it is somebody's and no longer one begins
//! so, else after `#` or three seconds; a name is after `#` or three seconds.

use super::{Attending, INTER_DIGIT_SECONDS, Keying, Phase};
use crate::announcement::Announcement;
use crate::call::{Call, Sound, State};
use crate::dial::Target;
use crate::directory::{self, MOST_CHOICES};
use crate::organisation::Key;
use crate::snapshot::Line;
use crate::trace::MenuStep;

impl Call {
    pub(super) fn begin_keying(&mut self, mut state: Attending, what: Keying) {
        state.phase = Phase::Keying {
            what,
            digits: String::new(),
            judged: false,
        };
        self.prompt_menu(state, Vec::new());
    }

    /// One more key of an extension or a name.
    pub(super) fn key_in(&mut self, mut state: Attending, key: Key) {
        let (Phase::Menu { digits } | Phase::Keying { digits, .. }) = &mut state.phase else {
            return self.state = State::Attending(state);
        };
        match key.sign() {
            '#' if digits.is_empty() => return self.not_valid(state, key),
            '#' => return self.keyed_in(state),
            '*' => return self.not_valid(state, key),
            digit => digits.push(digit),
        }
        let digits = digits.clone();
        match &mut state.phase {
            Phase::Keying {
                what: Keying::Name,
                judged,
                ..
            } => *judged = false,
            phase => {
                let single = matches!(phase, Phase::Menu { .. }) && digits.len() == 1;
                let found = directory::extension(&self.config, &state.attendant, &digits);
                if !found.goes_on && (found.line.is_some() || single) {
                    return self.keyed_in(state);
                }
            }
        }
        self.await_key(state, Some(INTER_DIGIT_SECONDS));
    }

    /// What was keyed in is complete: finds whom it means.
    pub(super) fn keyed_in(&mut self, state: Attending) {
        let (what, digits) = match &state.phase {
            Phase::Menu { digits } => (Keying::Extension, digits.clone()),
            Phase::Keying { what, digits, .. } => (*what, digits.clone()),
            Phase::Choosing { .. } | Phase::Leaving { .. } => {
                return self.state = State::Attending(state);
            }
        };
        if what == Keying::Name {
            return self.search_name(state, digits);
        }
        let found = directory::extension(&self.config, &state.attendant, &digits).line;
        // A single digit at the first level is a key of the menu.
        if let (Phase::Menu { .. }, None, [sign]) = (&state.phase, found, digits.as_bytes())
            && let Some(key) = Key::new(char::from(*sign))
        {
            return self.press_key(state, key);
        }
        self.menu_note(MenuStep::Dialled {
            user: state.user(),
            digits,
            found: found.map(|line| line.user),
        });
        match found {
            Some(Line { user, .. }) if what == Keying::Mailbox => self.leave_message(user),
            Some(line) => self.leave_menu(&state, Target::from(line)),
            None => self.try_again(state, Announcement::NotFound),
        }
    }

    fn search_name(&mut self, mut state: Attending, digits: String) {
        let mut found = directory::names(&self.config, &state.attendant, &digits);
        let too_many = found.len() > MOST_CHOICES;
        if too_many {
            found.clear();
        }
        let user = state.user();
        self.menu_note(MenuStep::Searched {
            user,
            digits: digits.clone(),
            found: found.clone(),
            too_many,
        });
        match found.as_slice() {
            [] if too_many => {
                state.phase = Phase::Keying {
                    what: Keying::Name,
                    digits,
                    judged: true,
                };
                self.say_in_menu(state, vec![Sound::Said(Announcement::TooManyFound)]);
            }
            [] => self.try_again(state, Announcement::NotFound),
            [only] => self.transfer_to(state, *only),
            _ => {
                state.phase = Phase::Choosing { found };
                self.prompt_menu(state, Vec::new());
            }
        }
    }
}
