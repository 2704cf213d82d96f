//! What feature access codes do.

use super::{Told, only, service_name};
use crate::components::what_if::names::Names;
use crate::text::t;
use centrale_core::outcome::Performed;
use centrale_core::trace::CodeStep;

/// A step of this kind in words.
pub(super) fn words(step: &CodeStep, names: &Names) -> Told {
    let user = step.user();
    let who = names.user(user);
    match step {
        CodeStep::SpeedDial { number, .. } => (
            t!("path-code-speed-dial", who = who),
            t!("path-to", to = names.destination(user, number)),
        ),
        CodeStep::Dialled {
            feature, digits, ..
        } => (
            t!("path-code-dialled", who = who, code = names.code(*feature)),
            digits.clone().unwrap_or_default(),
        ),
        CodeStep::WantsDigits { .. } => only(t!("path-code-wants-digits", who = who)),
        CodeStep::Keyed { digits, .. } => only(t!("path-code-keyed", who = who, digits = digits)),
        CodeStep::Changes { service, .. } => only(t!(
            "path-code-changes",
            who = who,
            service = service_name(*service)
        )),
        CodeStep::Saved { saved: true, .. } => only(t("path-code-saved")),
        CodeStep::Saved { saved: false, .. } => only(t("path-code-not-saved")),
        CodeStep::Asks { service, on, .. } => (
            t!(
                "path-code-asks",
                who = who,
                service = service_name(*service)
            ),
            t(if *on {
                "path-code-is-on"
            } else {
                "path-code-is-off"
            }),
        ),
        CodeStep::Performs { feature, about, .. } => (
            t!("path-code-performs", code = names.code(*feature), who = who),
            about
                .map(|about| t!("path-code-about", who = names.user(about)))
                .unwrap_or_default(),
        ),
        CodeStep::PickupRefused { of, .. } => (
            t!(
                "path-code-pickup-refused",
                who = who,
                whose = names.user(*of)
            ),
            t("path-code-pickup-elsewhere"),
        ),
        CodeStep::Performed { performed, .. } => only(match performed {
            Performed::Done => t("path-code-done"),
            Performed::Joined => t!("path-code-joined", who = who),
            Performed::At(extension) => t!("path-code-done-at", extension = extension),
            Performed::Waiting(count) => t!("path-code-waiting", count = count),
            Performed::Nothing => t("path-code-nothing"),
            Performed::Refused => t("path-code-refused"),
        }),
        CodeStep::GoesOn { digits, .. } => {
            only(t!("path-code-goes-on", who = who, digits = digits))
        }
    }
}
