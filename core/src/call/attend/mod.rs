//! Auto attendants (manual § 20, routing § 4): menus, keys, dialling by extension and by name. Here a caller hears and
//! presses; what keys do is in `menu`, what is keyed in in `keying`.

mod keying;
mod menu;

use super::{Call, Input, MediaAction, Side, Sound, State};
use crate::dial::Target;
use crate::id::UserId;
use crate::organisation::{AutoAttendant, Key, Menu};
use crate::trace::{MenuName, MenuStep, What};
use std::sync::Arc;

/// How long a menu waits for the next digit of an extension or a name, in seconds.
const INTER_DIGIT_SECONDS: u32 = 3;
/// How often a caller may press a key that does nothing, or key in what is nowhere, and is heard again (routing § 4).
const WRONG_TRIES: u8 = 3;
/// How often menus act by themselves without any key in between, so that those that lead to each other end.
const UNATTENDED_TURNS: u8 = 3;

/// A caller in an auto attendant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attending {
    attendant: Arc<AutoAttendant>,
    /// The menu that the moment of the call chose.
    first: MenuName,
    /// The submenus that were gone into, the outermost first.
    path: Vec<u16>,
    phase: Phase,
    /// Something plays; the time to the next key begins when it is over.
    playing: bool,
    /// The prompt was repeated, as no key came.
    repeated: bool,
    /// Keys without use since the last one with.
    wrong: u8,
    /// What menus did by themselves since the last key.
    unattended: u8,
}

/// What the caller does.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    /// Hears a menu; the digits are those of an extension dialled at the first level.
    Menu { digits: String },
    /// Keys in an extension or a name. `judged`: these digits were found to be too few.
    Keying {
        what: Keying,
        digits: String,
        judged: bool,
    },
    /// Hears a choice of names.
    Choosing { found: Vec<UserId> },
    /// Hears that the call is transferred.
    Leaving { to: Target },
}

/// What is keyed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keying {
    /// An extension.
    Extension,
    /// The extension of whose mailbox is meant.
    Mailbox,
    /// The first letters of a name.
    Name,
}

impl Attending {
    fn user(&self) -> UserId {
        self.attendant.id
    }

    /// The menu that the caller is in.
    fn menu(&self) -> &Menu {
        let attendant = &*self.attendant;
        match self.path.last().and_then(|id| attendant.submenu(*id)) {
            Some(submenu) => &submenu.menu,
            None => match (self.first, &attendant.holiday) {
                (MenuName::BusinessHours, _) => &attendant.business,
                (MenuName::Holiday, Some(holiday)) => holiday,
                _ => &attendant.after_hours,
            },
        }
    }

    fn name(&self) -> MenuName {
        self.path
            .last()
            .map_or(self.first, |id| MenuName::Submenu(*id))
    }

    /// Digits can be those of an extension.
    fn dials_at_once(&self) -> bool {
        self.path.is_empty() && self.menu().extension_dialling
    }
}

impl Call {
    pub(super) fn attend_input(&mut self, mut state: Attending, input: &Input) {
        match *input {
            Input::Finished if state.playing => {
                state.playing = false;
                match state.phase {
                    Phase::Leaving { to } => self.leave_menu(&state, to),
                    _ => self.await_key(state, None),
                }
            }
            Input::Key(Side::Caller, key) if !matches!(state.phase, Phase::Leaving { .. }) => {
                if std::mem::replace(&mut state.playing, false) {
                    self.act(MediaAction::StopPlaying);
                }
                self.timeout = None;
                state.repeated = false;
                state.unattended = 0;
                self.key_pressed(state, key);
            }
            Input::TimerElapsed if !state.playing => {
                self.timeout = None;
                self.key_time_over(state);
            }
            _ => self.state = State::Attending(state),
        }
    }

    fn key_pressed(&mut self, state: Attending, key: Key) {
        match &state.phase {
            Phase::Menu { digits } if state.dials_at_once() => {
                if digits.is_empty() && !key.sign().is_ascii_digit() {
                    return self.press_key(state, key);
                }
                self.key_in(state, key);
            }
            Phase::Menu { .. } => self.press_key(state, key),
            Phase::Keying { .. } | Phase::Choosing { .. } if key.sign() == '*' => {
                self.open_menu(state, Vec::new());
            }
            Phase::Keying { .. } => self.key_in(state, key),
            Phase::Choosing { found } => {
                match found.get((key.sign() as usize).wrapping_sub('1' as usize)) {
                    Some(found) => {
                        let found = *found;
                        self.menu_note(MenuStep::Picked {
                            user: state.user(),
                            found,
                        });
                        self.transfer_to(state, found);
                    }
                    None => self.not_valid(state, key),
                }
            }
            // Keys on the way out are not heard.
            Phase::Leaving { .. } => self.state = State::Attending(state),
        }
    }

    fn key_time_over(&mut self, mut state: Attending) {
        match &state.phase {
            Phase::Menu { digits }
            | Phase::Keying {
                digits,
                judged: false,
                ..
            } if !digits.is_empty() => {
                return self.keyed_in(state);
            }
            _ => {}
        }
        self.menu_note(MenuStep::Silence { user: state.user() });
        if std::mem::replace(&mut state.repeated, true) {
            return self.nothing_chosen(state);
        }
        self.prompt_menu(state, Vec::new());
    }

    /// Waits for a key: for the menu's time to the first digit, unless told otherwise.
    fn await_key(&mut self, state: Attending, seconds: Option<u32>) {
        let first = u32::from(state.menu().first_digit_seconds.0);
        self.timeout = Some(self.now.plus_seconds(i64::from(seconds.unwrap_or(first))));
        self.state = State::Attending(state);
    }

    /// Plays something to which the caller listens in the menu.
    fn say_in_menu(&mut self, mut state: Attending, sounds: Vec<Sound>) {
        state.playing = true;
        self.timeout = None;
        self.state = State::Attending(state);
        self.act(MediaAction::Play(sounds));
    }

    fn menu_note(&mut self, step: MenuStep) {
        self.note(What::Menu(step));
    }
}
