//! What callers and legs hear. The channels alone carry it out.

use super::Sound;
use crate::call::LegId;
use crate::organisation::Clip;

/// What callers and legs hear. The channels alone carry it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaAction {
    /// Play to the caller, one after the other; report [`super::Input::Finished`].
    Play(Vec<Sound>),
    /// Play to a leg that answered; report [`super::Input::LegFinished`].
    PlayTo(LegId, Vec<Sound>),
    /// Stop what plays to the caller; no report comes.
    StopPlaying,
    /// Play music to the caller until something else is to be heard; an empty choice is the system's.
    Music(Vec<Clip>),
    /// Play music to a leg that answered until something else is to be heard.
    MusicTo(LegId, Vec<Clip>),
    /// Stop music and ringback.
    Silence,
    /// Stop music that a leg hears.
    SilenceTo(LegId),
    /// Play ringback to the caller, who was answered already, until something else is to be heard.
    Ringback,
}
