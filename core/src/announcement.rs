//! The announcements of the system. Own uploads are [`Clip`](crate::organisation::Clip)s.

use serde::{Deserialize, Serialize};

/// What is said to a caller, or to whoever answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Announcement {
    /// The party called does not take calls from callers who withhold their number.
    AnonymousRejected,
    /// The party called does not take this call.
    CallRejected,
    /// The number is not in use.
    NumberNotInUse,
    /// The call is transferred.
    Transferring,
    /// The call ends.
    Goodbye,
    /// To whoever answered: a call for somebody; press 1 to take it.
    ConfirmAnswer,
    /// The party called is still looked for.
    StillSearching,
    /// A key ends the search.
    SearchSkippable,
    /// The standard menu of business hours.
    MenuBusinessHours,
    /// The standard menu after hours.
    MenuAfterHours,
    /// The standard menu on holidays.
    MenuHoliday,
    /// The standard greeting of a submenu.
    MenuStandard,
    /// The key does nothing here.
    KeyNotValid,
    /// Key in an extension.
    EnterExtension,
    /// Key in the first letters of a name.
    EnterName,
    /// Nobody was found.
    NotFound,
    /// Key in the passcode of the mailbox.
    EnterPasscode,
    /// The passcode is not right.
    PasscodeWrong,
    /// Too many were found; key in more letters.
    TooManyFound,
    /// Before a numbered choice.
    ChooseFrom,
    /// Before the name of a choice: for …
    ForName,
    /// After the name of a choice: press …
    Press,
    /// The welcome of a call center.
    QueueWelcome,
    /// The comfort message.
    QueueComfort,
    /// Before the position in the queue.
    QueuePosition,
    /// Before the minutes that the caller may wait.
    QueueMinutes,
    /// Many callers wait.
    QueueHighVolume,
    /// Before the key by which the queue can be left.
    QueueLeaveKey,
    /// The call center is closed for a holiday.
    QueueHoliday,
    /// The call center is closed at this hour.
    QueueNight,
    /// The call center is closed; the call goes elsewhere.
    QueueForced,
    /// All agents are busy; the call goes elsewhere.
    QueueOverflow,
    /// Nobody is there to take the call.
    QueueStranded,
    /// Somebody will be with the caller soon.
    QueueBypass,
    /// To an agent: a call for a call center.
    QueueWhisper,
    /// The greeting of a mailbox.
    MailboxGreeting,
    /// The greeting of a mailbox whose owner is on a call.
    MailboxGreetingBusy,
    /// No message can be left.
    MailboxNoDeposit,
    /// The mailbox is full.
    MailboxFull,
    /// Before the number of new messages.
    NewMessages,
    /// Before the number of old messages.
    OldMessages,
    /// The message-waiting indicator is cleared.
    MessagesCleared,
    /// The service is switched on.
    ServiceOn,
    /// The service is switched off.
    ServiceOff,
    /// The service is on.
    ServiceIsOn,
    /// The service is off.
    ServiceIsOff,
    /// Before the number to which a service sends calls.
    ServiceTo,
    /// It sends calls to voicemail.
    ServiceToMailbox,
    /// What was keyed in is saved.
    Saved,
    /// What was keyed in could not be saved.
    NotSaved,
    /// That is not allowed from this phone.
    NotAllowed,
    /// The number may not be called from here.
    NumberBarred,
    /// So many calls outside go on, or were made, that no more leave now.
    OutsideLimit,
    /// The service is not assigned.
    NotAssigned,
    /// Digits are missing after the code.
    DigitsMissing,
    /// The digits after the code are not right.
    DigitsWrong,
    /// Before the extension at which the call is parked.
    ParkedAt,
    /// There is no call to pick up or to retrieve.
    NothingThere,
    /// No extension is free.
    NobodyFree,
    /// The line is busy; press 1 to be called back.
    CallbackOffer,
    /// The callback is set.
    CallbackSet,
    /// Before the number of callbacks that wait.
    CallbackWaiting,
    /// All callbacks are cancelled.
    CallbackCancelled,
}
