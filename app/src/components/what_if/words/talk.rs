//! Calls that were answered: hold, transfer, recall, park, pickup.

use super::{Told, only, party};
use crate::components::what_if::names::Names;
use crate::text::t;
use centrale_core::trace::{Party, TalkStep};

/// A step of this kind in words.
pub(super) fn words(step: &TalkStep, names: &Names) -> Told {
    let who = |by: &Option<Party>| by.map_or_else(|| t("path-the-caller"), |by| party(by, names));
    match step {
        TalkStep::Held { by, music } => (t!("path-talk-held", who = who(by)), heard(*music)),
        TalkStep::Resumed { by } => only(t!("path-talk-resumed", who = who(by))),
        TalkStep::MusicOff => only(t("path-talk-music-off")),
        TalkStep::Transferred {
            by,
            to,
            consulted,
            inhibited,
        } => {
            let how = t(if *consulted {
                "path-talk-consulted"
            } else {
                "path-talk-blind"
            });
            let how = if *inhibited {
                t!("path-talk-inhibited", how = how)
            } else {
                how
            };
            (t!("path-talk-transferred", who = who(by), to = to), how)
        }
        TalkStep::TransferRefused { by, to } => {
            only(t!("path-talk-transfer-refused", who = who(by), to = to))
        }
        TalkStep::Recalled { to } => only(t!("path-talk-recalled", who = names.user(*to))),
        TalkStep::CampedOn { user, music, .. } => (
            t!("path-talk-camped-on", who = names.user(*user)),
            heard(*music),
        ),
        TalkStep::Freed { user } => only(t!("path-talk-freed", who = names.user(*user))),
        TalkStep::Parked { by, at, music } => (
            t!("path-talk-parked", who = who(by), at = names.user(*at)),
            heard(*music),
        ),
        TalkStep::ParkRecalled { to } => only(t!("path-talk-park-recalled", who = names.user(*to))),
        TalkStep::ParkedAgain { at } => only(t!("path-talk-parked-again", at = names.user(*at))),
        TalkStep::TakenBy { user } => only(t!("path-talk-taken-by", who = names.user(*user))),
        TalkStep::JoinedBy { user } => only(t!("path-talk-joined-by", who = names.user(*user))),
        TalkStep::Left { by } => only(t!("path-talk-left", who = who(by))),
        TalkStep::CallbackSet { caller, callee } => only(t!(
            "path-talk-callback-set",
            who = names.user(*caller),
            callee = names.user(*callee)
        )),
        TalkStep::Merged => only(t("path-talk-merged")),
    }
}

fn heard(music: bool) -> String {
    t(if music {
        "path-talk-music"
    } else {
        "path-talk-silence"
    })
}
