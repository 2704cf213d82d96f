//! Which menu a caller hears, what its keys do, and where they lead.

use super::{Attending, Keying, Phase, UNATTENDED_TURNS, WRONG_TRIES};
use crate::announcement::Announcement;
use crate::call::action::Next;
use crate::call::{Call, MAX_DIVERSIONS, Sound};
use crate::dial::{Target, reach};
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::{Audio, AutoAttendant, Key, MenuAction};
use crate::rule::Schedules;
use crate::service::Stage;
use crate::trace::{Blocked, Cause, MenuName, MenuStep, Trigger};
use std::sync::Arc;

impl Call {
    pub(in crate::call) fn begin_attending(&mut self, attendant: Arc<AutoAttendant>) {
        let first = self.first_menu(&attendant);
        self.answer();
        let state = Attending {
            attendant,
            first,
            path: Vec::new(),
            phase: Phase::Menu {
                digits: String::new(),
            },
            playing: false,
            repeated: false,
            wrong: 0,
            unattended: 0,
        };
        self.open_menu(state, Vec::new());
    }

    /// The holiday menu comes first, then the hours. A schedule that is gone counts as none.
    fn first_menu(&self, attendant: &AutoAttendant) -> MenuName {
        let holds = |schedule: Option<_>| {
            let place = self.config.place(attendant.identity.location)?;
            Some(
                self.config
                    .schedule(schedule?)?
                    .state(self.now, &place.zone)
                    .active,
            )
        };
        match (holds(attendant.holidays), holds(attendant.hours)) {
            (Some(true), _) if attendant.holiday.is_some() => MenuName::Holiday,
            (Some(true), _) | (_, Some(false)) => MenuName::AfterHours,
            _ => MenuName::BusinessHours,
        }
    }

    /// The menu that the caller is in, from its beginning.
    pub(super) fn open_menu(&mut self, mut state: Attending, before: Vec<Sound>) {
        state.phase = Phase::Menu {
            digits: String::new(),
        };
        self.menu_note(MenuStep::Opens {
            user: state.user(),
            which: state.name(),
        });
        self.prompt_menu(state, before);
    }

    /// Says what the caller is to do now, after what comes `before`.
    pub(super) fn prompt_menu(&mut self, mut state: Attending, before: Vec<Sound>) {
        let mut sounds = before;
        match &mut state.phase {
            Phase::Menu { digits } => {
                digits.clear();
                sounds.extend(self.greeting(&state));
            }
            Phase::Keying {
                what,
                digits,
                judged,
            } => {
                digits.clear();
                *judged = false;
                sounds.push(Sound::Said(match what {
                    Keying::Extension | Keying::Mailbox => Announcement::EnterExtension,
                    Keying::Name => Announcement::EnterName,
                }));
            }
            Phase::Choosing { found } => {
                sounds.push(Sound::Said(Announcement::ChooseFrom));
                for (name, number) in found.iter().zip(1..) {
                    sounds.extend([
                        Sound::Said(Announcement::ForName),
                        self.name_of(*name),
                        Sound::Said(Announcement::Press),
                        Sound::Number(number),
                    ]);
                }
            }
            Phase::Leaving { .. } => sounds.push(Sound::Said(Announcement::Transferring)),
        }
        self.say_in_menu(state, sounds);
    }

    /// A key of a menu is pressed.
    pub(super) fn press_key(&mut self, state: Attending, key: Key) {
        let leads_nowhere = |action: &MenuAction| match action {
            MenuAction::Submenu { menu } => state.attendant.submenu(*menu).is_none(),
            MenuAction::Previous => state.path.is_empty(),
            _ => false,
        };
        match state
            .menu()
            .keys
            .get(&key)
            .map(|key| &key.action)
            .filter(|action| !leads_nowhere(action))
        {
            Some(action) => {
                let action = action.clone();
                self.choose_action(state, Trigger::Key(key), &action);
            }
            None => self.not_valid(state, key),
        }
    }

    fn choose_action(&mut self, mut state: Attending, by: Trigger, action: &MenuAction) {
        self.menu_note(MenuStep::Chosen {
            user: state.user(),
            by,
            action: action.clone(),
        });
        state.wrong = 0;
        state.repeated = false;
        match action {
            MenuAction::Transfer { to, prompt } => self.send_to(state, to, *prompt),
            MenuAction::Operator { to } => self.send_to(state, to, true),
            MenuAction::Submenu { menu } if state.attendant.submenu(*menu).is_some() => {
                state.path.push(*menu);
                self.open_menu(state, Vec::new());
            }
            MenuAction::Previous if !state.path.is_empty() => {
                state.path.pop();
                self.open_menu(state, Vec::new());
            }
            MenuAction::Submenu { .. } | MenuAction::Previous | MenuAction::End => self.goodbye(),
            MenuAction::NameDialling => self.begin_keying(state, Keying::Name),
            MenuAction::ExtensionDialling => self.begin_keying(state, Keying::Extension),
            MenuAction::Mailbox { user: None } => self.begin_keying(state, Keying::Mailbox),
            MenuAction::Mailbox { user: Some(user) } => self.leave_message(*user),
            MenuAction::Repeat => self.open_menu(state, Vec::new()),
            MenuAction::Announcement { audio } => {
                let said = self.own_sounds(&state, audio);
                self.open_menu(state, said);
            }
        }
    }

    /// A key that does nothing: three times the caller is told so and may try again (routing § 4).
    pub(super) fn not_valid(&mut self, state: Attending, key: Key) {
        self.menu_note(MenuStep::NotValid {
            user: state.user(),
            key,
        });
        self.try_again(state, Announcement::KeyNotValid);
    }

    pub(super) fn try_again(&mut self, mut state: Attending, told: Announcement) {
        state.wrong += 1;
        if state.wrong > WRONG_TRIES {
            return self.nothing_chosen(state);
        }
        self.prompt_menu(state, vec![Sound::Said(told)]);
    }

    /// The caller chooses nothing: what the menu is set to do, else the operator, else the call ends (routing § 4). The
    /// operator of a menu above serves a submenu without one.
    pub(super) fn nothing_chosen(&mut self, mut state: Attending) {
        state.unattended += 1;
        let action = match &state.menu().timeout {
            _ if state.unattended > UNATTENDED_TURNS => None,
            Some(action) => Some(action.clone()),
            None => operator(state.clone()),
        };
        match action {
            Some(action) => self.choose_action(state, Trigger::GaveUp, &action),
            None => self.goodbye(),
        }
    }

    fn goodbye(&mut self) {
        self.announce(Announcement::Goodbye, Next::Release(Cause::Normal));
    }

    fn send_to(&mut self, mut state: Attending, to: &Destination, told: bool) {
        let Some(place) = self.place_of(state.user()) else {
            return self.release(Cause::NotInUse);
        };
        let target = reach(&self.config, &place, to);
        if matches!(target, Target::Emergency(..)) {
            let (user, because) = (state.user(), Blocked::Emergency);
            self.menu_note(MenuStep::Blocked {
                user,
                to: Some(*to),
                because,
            });
            return self.release(Cause::Busy);
        }
        if !told {
            return self.leave_menu(&state, target);
        }
        state.phase = Phase::Leaving { to: target };
        self.prompt_menu(state, Vec::new());
    }

    /// Transfers to somebody who was found by name; the caller hears who.
    pub(super) fn transfer_to(&mut self, mut state: Attending, found: UserId) {
        state.phase = Phase::Leaving {
            to: Target::User(found),
        };
        self.say_in_menu(
            state,
            vec![Sound::Said(Announcement::Transferring), self.name_of(found)],
        );
    }

    /// Sends the call on. It counts as often as a forwarding does, but who chose to come back may.
    pub(super) fn leave_menu(&mut self, state: &Attending, to: Target) {
        if self.hops >= MAX_DIVERSIONS {
            let (user, because) = (state.user(), Blocked::TooOften);
            self.menu_note(MenuStep::Blocked {
                user,
                to: None,
                because,
            });
            return self.release(Cause::Busy);
        }
        self.hops += 1;
        self.alerted = false;
        self.caused_by = Some(state.user());
        self.reach(to);
    }

    pub(super) fn leave_message(&mut self, user: UserId) {
        self.begin_mailbox(user, Stage::NoAnswer);
    }

    fn greeting(&self, state: &Attending) -> Vec<Sound> {
        let own = self.own_sounds(state, &state.menu().greeting);
        if !own.is_empty() {
            return own;
        }
        vec![Sound::Said(match state.name() {
            MenuName::BusinessHours => Announcement::MenuBusinessHours,
            MenuName::AfterHours => Announcement::MenuAfterHours,
            MenuName::Holiday => Announcement::MenuHoliday,
            MenuName::Submenu(_) => Announcement::MenuStandard,
        })]
    }

    fn own_sounds(&self, state: &Attending, audio: &Audio) -> Vec<Sound> {
        let at = state.attendant.identity.audio_scope(state.user());
        self.config
            .shared()
            .clips(at, audio)
            .into_iter()
            .map(Sound::Own)
            .collect()
    }
}

/// The operator of the menu that the caller is in, or of the nearest one above.
fn operator(mut state: Attending) -> Option<MenuAction> {
    loop {
        let actions = state.menu().keys.values().map(|key| &key.action);
        if let Some(found) = actions
            .into_iter()
            .find(|action| matches!(action, MenuAction::Operator { .. }))
        {
            return Some(found.clone());
        }
        state.path.pop()?;
    }
}
