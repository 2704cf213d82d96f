//! What the caller hears, in a sentence.

use crate::text::t;
use centrale_core::service::Announcement;

/// The sentence.
pub(super) fn announced(announcement: Announcement) -> String {
    t(key(announcement))
}

const fn key(announcement: Announcement) -> &'static str {
    match announcement {
        Announcement::AnonymousRejected => "announced-anonymous-rejected",
        Announcement::CallRejected => "announced-call-rejected",
        Announcement::NumberNotInUse => "announced-number-not-in-use",
        Announcement::Transferring => "announced-transferring",
        Announcement::Goodbye => "announced-goodbye",
        Announcement::ConfirmAnswer => "announced-confirm-answer",
        Announcement::StillSearching => "announced-still-searching",
        Announcement::SearchSkippable => "announced-search-skippable",
        Announcement::MenuBusinessHours => "announced-menu-business-hours",
        Announcement::MenuAfterHours => "announced-menu-after-hours",
        Announcement::MenuHoliday => "announced-menu-holiday",
        Announcement::MenuStandard => "announced-menu-standard",
        Announcement::KeyNotValid => "announced-key-not-valid",
        Announcement::EnterExtension => "announced-enter-extension",
        Announcement::EnterName => "announced-enter-name",
        Announcement::NotFound => "announced-not-found",
        Announcement::TooManyFound => "announced-too-many-found",
        Announcement::ChooseFrom => "announced-choose-from",
        Announcement::ForName => "announced-for-name",
        Announcement::Press => "announced-press",
        Announcement::QueueWelcome => "announced-queue-welcome",
        Announcement::QueueComfort => "announced-queue-comfort",
        Announcement::QueuePosition => "announced-queue-position",
        Announcement::QueueMinutes => "announced-queue-minutes",
        Announcement::QueueHighVolume => "announced-queue-high-volume",
        Announcement::QueueLeaveKey => "announced-queue-leave-key",
        Announcement::QueueHoliday => "announced-queue-holiday",
        Announcement::QueueNight => "announced-queue-night",
        Announcement::QueueForced => "announced-queue-forced",
        Announcement::QueueOverflow => "announced-queue-overflow",
        Announcement::QueueStranded => "announced-queue-stranded",
        Announcement::QueueBypass => "announced-queue-bypass",
        Announcement::QueueWhisper => "announced-queue-whisper",
        Announcement::MailboxGreeting => "announced-mailbox-greeting",
        Announcement::MailboxGreetingBusy => "announced-mailbox-greeting-busy",
        Announcement::MailboxNoDeposit => "announced-mailbox-no-deposit",
        Announcement::MailboxFull => "announced-mailbox-full",
        Announcement::NewMessages => "announced-new-messages",
        Announcement::OldMessages => "announced-old-messages",
        Announcement::MessagesCleared => "announced-messages-cleared",
        Announcement::ServiceOn => "announced-service-on",
        Announcement::ServiceOff => "announced-service-off",
        Announcement::ServiceIsOn => "announced-service-is-on",
        Announcement::ServiceIsOff => "announced-service-is-off",
        Announcement::ServiceTo => "announced-service-to",
        Announcement::ServiceToMailbox => "announced-service-to-mailbox",
        Announcement::Saved => "announced-saved",
        Announcement::NotSaved => "announced-not-saved",
        Announcement::NotAllowed => "announced-not-allowed",
        Announcement::NotAssigned => "announced-not-assigned",
        Announcement::DigitsMissing => "announced-digits-missing",
        Announcement::DigitsWrong => "announced-digits-wrong",
        Announcement::ParkedAt => "announced-parked-at",
        Announcement::NothingThere => "announced-nothing-there",
        Announcement::NobodyFree => "announced-nobody-free",
        Announcement::CallbackOffer => "announced-callback-offer",
        Announcement::CallbackSet => "announced-callback-set",
        Announcement::CallbackWaiting => "announced-callback-waiting",
        Announcement::CallbackCancelled => "announced-callback-cancelled",
        Announcement::GroupCallJoined => "announced-group-call-joined",
    }
}
