//! Ringing more than one phone.

use super::{Told, only, party};
use crate::components::what_if::names::Names;
use crate::text::t;
use centrale_core::trace::{FindMeStep, NotRung};

/// A step of this kind in words.
pub(super) fn words(step: &FindMeStep, names: &Names) -> Told {
    match step {
        FindMeStep::StandsIn { user, number } => only(t!(
            "path-find-me-stands-in",
            number = names.destination(*user, number),
            who = names.user(*user)
        )),
        FindMeStep::RingsAlong { user, number } => only(t!(
            "path-find-me-rings-along",
            number = names.destination(*user, number)
        )),
        FindMeStep::RingsNext {
            user,
            number,
            rings,
        } => (
            t!(
                "path-find-me-rings-next",
                number = names.destination(*user, number)
            ),
            t!("rings", count = rings),
        ),
        FindMeStep::NotRung {
            user,
            number,
            because,
        } => (
            t!(
                "path-find-me-not-rung",
                number = names.destination(*user, number)
            ),
            t(match because {
                NotRung::OwnNumber => "path-find-me-own-number",
                NotRung::Busy => "path-find-me-busy",
                NotRung::Unreachable => "path-find-me-unreachable",
                NotRung::NotAPhone => "path-find-me-not-a-phone",
                NotRung::Emergency => "path-find-me-emergency",
                NotRung::NotInUse => "path-find-me-not-in-use",
                NotRung::Barred => "path-find-me-barred",
                NotRung::Twice => "path-find-me-twice",
            }),
        ),
        FindMeStep::AsksConfirmation { by, .. } => only(t!(
            "path-find-me-asks-confirmation",
            who = party(*by, names)
        )),
        FindMeStep::NotConfirmed { by, .. } => {
            only(t!("path-find-me-not-confirmed", who = party(*by, names)))
        }
        FindMeStep::SearchEnded { .. } => only(t("path-find-me-search-ended")),
    }
}
