//! Mailboxes, beyond that the caller reaches one.

use super::{Told, only};
use crate::components::what_if::names::Names;
use crate::text::{t, with};
use centrale_core::outcome::PasscodeResult;
use centrale_core::trace::{MailboxStep, MessageMail};

/// A step of this kind in words.
pub(super) fn words(step: &MailboxStep, names: &Names) -> Told {
    let who = names.user(step.user());
    match step {
        MailboxStep::Greets { busy, own, .. } => {
            let which = match (own, busy) {
                (true, false) => "path-voicemail-own",
                (true, true) => "path-voicemail-own-busy",
                (false, false) => "path-voicemail-standard",
                (false, true) => "path-voicemail-standard-busy",
            };
            (t!("path-voicemail-greets", who = who), t(which))
        }
        MailboxStep::NoDeposit { .. } => only(t!("path-voicemail-no-deposit", who = who)),
        MailboxStep::Full { .. } => only(t!("path-voicemail-full", who = who)),
        MailboxStep::Skipped { .. } => only(t("path-voicemail-skipped")),
        MailboxStep::Leaves { .. } => only(t!("path-voicemail-leaves", who = who)),
        MailboxStep::Recorded { .. } => only(t("path-voicemail-recorded")),
        MailboxStep::TooShort { .. } => only(t!("path-voicemail-too-short", who = who)),
        MailboxStep::Mailed { mail, .. } => {
            let key = match mail {
                MessageMail::Forward => "path-voicemail-mail-forward",
                MessageMail::Copy => "path-voicemail-mail-copy",
                MessageMail::Notice => "path-voicemail-mail-notice",
            };
            only(with(key, &[("who", who)]))
        }
        MailboxStep::AsksPasscode { .. } => only(t!("path-voicemail-asks-passcode", who = who)),
        MailboxStep::Passcode { verdict, .. } => only(t(match verdict {
            PasscodeResult::Right => "path-voicemail-passcode-right",
            PasscodeResult::Wrong => "path-voicemail-passcode-wrong",
            PasscodeResult::Refused => "path-voicemail-passcode-refused",
        })),
        MailboxStep::Listens { .. } => only(t!("path-voicemail-listens", who = who)),
    }
}
