//! Hold, and the music that who is held hears (manual § 7.6, 26).

use super::Talk;
use crate::call::{Call, LegAction, MediaAction, Side, State};
use crate::id::DepartmentId;
use crate::organisation::{AudioScope, Clip, Music};
use crate::service::music_on_hold;
use crate::trace::{Party, TalkStep, What};

/// Why somebody waits: music is chosen for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    OnHold,
    Parked,
    CampedOn,
}

impl Call {
    pub(super) fn hold(&mut self, mut talk: Talk, by: Side, holds: bool) {
        let was_apart = talk.is_apart();
        let flag = match by {
            Side::Caller => &mut talk.caller_holds,
            Side::Leg(leg) if leg == talk.leg => &mut talk.leg_holds,
            Side::Leg(_) => return self.state = State::Talking(talk),
        };
        if std::mem::replace(flag, holds) != holds {
            let party = self.party(&talk, by);
            if holds {
                self.put_on_hold(&talk, by, party, was_apart);
            } else {
                self.note(What::Talk(TalkStep::Resumed { by: party }));
                if talk.is_apart() {
                    self.silence(&talk, by);
                } else {
                    self.together(&talk);
                }
            }
        }
        self.state = State::Talking(talk);
    }

    fn put_on_hold(&mut self, talk: &Talk, by: Side, party: Option<Party>, was_apart: bool) {
        let internal = self.other_is_internal(talk, by);
        let audio = self.music_of(party, Wait::OnHold, internal);
        self.note(What::Talk(TalkStep::Held {
            by: party,
            music: audio.is_some(),
        }));
        if !was_apart {
            self.act_each(talk.legs().map(LegAction::Unbridge));
        }
        let Some(audio) = audio else { return };
        match by {
            Side::Caller => {
                self.act_each(
                    talk.legs()
                        .map(|leg| MediaAction::MusicTo(leg, audio.clone())),
                );
            }
            Side::Leg(_) => self.act(MediaAction::Music(audio)),
        }
    }

    /// From now on nobody hears music while held.
    pub(super) fn no_music(&mut self, talk: Talk) {
        self.music_off = true;
        self.note(What::Talk(TalkStep::MusicOff));
        if talk.caller_holds {
            self.silence(&talk, Side::Caller);
        }
        if talk.leg_holds {
            self.silence(&talk, Side::Leg(talk.leg));
        }
        self.state = State::Talking(talk);
    }

    /// Stops the music of those whom a side held.
    fn silence(&mut self, talk: &Talk, held_by: Side) {
        match held_by {
            Side::Caller => self.act_each(talk.legs().map(MediaAction::SilenceTo)),
            Side::Leg(_) => self.act(MediaAction::Silence),
        }
    }

    pub(super) fn other_is_internal(&self, talk: &Talk, by: Side) -> bool {
        match by {
            Side::Caller => matches!(talk.with, Party::User(_)),
            Side::Leg(_) => self.request.caller.is_internal(),
        }
    }

    /// What somebody hears whom a party lets wait: the music of the party's department, else of their location.
    pub(super) fn music_of(
        &self,
        party: Option<Party>,
        wait: Wait,
        internal: bool,
    ) -> Option<Vec<Clip>> {
        let Some(Party::User(user)) = party else {
            return None;
        };
        let subscriber = self.config.user(user)?;
        if self.music_off || !music_on_hold::plays(subscriber) {
            return None;
        }
        let site = || (None, &subscriber.place.site.music);
        let (department, music) = self
            .department_music(subscriber.user.department)
            .unwrap_or_else(site);
        let wanted = match wait {
            Wait::OnHold => music.on_hold,
            Wait::Parked => music.parked,
            Wait::CampedOn => music.camped_on,
        };
        let audio = music
            .internal
            .as_ref()
            .filter(|_| internal)
            .unwrap_or(&music.audio);
        let at = AudioScope {
            user: None,
            department,
            location: Some(subscriber.place.id),
        };
        wanted.then(|| self.config.shared().clips(at, audio))
    }

    /// The nearest department that has its own music, and that.
    fn department_music(
        &self,
        department: Option<DepartmentId>,
    ) -> Option<(Option<DepartmentId>, &Music)> {
        let departments = &self.config.shared().departments;
        std::iter::successors(department, |id| departments.get(id)?.parent)
            .take(departments.len() + 1)
            .find_map(|id| Some((Some(id), departments.get(&id)?.music.as_ref()?)))
    }
}
