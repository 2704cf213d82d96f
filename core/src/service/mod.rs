//! The catalogue of user services. A service is one file that holds its settings, form, validation and evaluation;
//! the order of [`CATALOGUE`] is the order in which services get their turn on a call (routing § 1).
//! Server, store, forms and simulator walk the catalogue and know no service by name.

pub mod anonymous_rejection;
pub mod automatic_callback;
pub mod barge_in;
pub mod call_center_agent;
pub mod call_notify;
pub mod call_policies;
pub mod call_transfer;
pub mod call_waiting;
pub mod caller_id_blocking;
mod check;
pub mod connected_id_blocking;
pub mod do_not_disturb;
mod entry;
mod form;
pub mod forwarding_always;
pub mod forwarding_busy;
pub mod forwarding_no_answer;
pub mod forwarding_not_reachable;
pub mod forwarding_selective;
pub mod line_monitoring;
pub mod location_forwarding;
pub mod music_on_hold;
pub mod privacy;
pub mod receptionist;
pub mod remote_office;
pub mod ring_count;
mod scope;
pub mod selective_acceptance;
pub mod selective_rejection;
pub mod sequential_ring;
pub mod simultaneous_ring;
pub mod speed_dial;
mod unavailable;
pub mod voicemail;
pub mod voicemail_greetings;
pub mod voicemail_management;

pub use entry::{Content, Entry};
pub use form::{Field, FieldKind};
pub use scope::Scope;
pub use unavailable::{Needs, Unavailable, unavailable};

pub use crate::id::ServiceId;

use crate::error::FieldError;
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::{RoleKind, SiteSettings, User};
use crate::rule::{Circumstances, Rule, RuleCheck, Rules, Ruling};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Every service, in the order in which they get their turn on a call: the numbers are the steps of routing § 1.
pub static CATALOGUE: &[Entry] = ENTRIES;

/// How many services there are.
pub const SERVICES: usize = ENTRIES.len();

const ENTRIES: &[Entry] = &[
    // Arrival: steps 1 to 7.
    Entry::of::<selective_rejection::SelectiveRejection>(), // 1
    Entry::of::<selective_acceptance::SelectiveAcceptance>(), // 2
    Entry::of::<anonymous_rejection::AnonymousRejection>(), // 3
    Entry::of::<location_forwarding::LocationForwarding>(), // 4
    Entry::of::<forwarding_selective::ForwardingSelective>(), // 5
    Entry::of::<forwarding_always::ForwardingAlways>(),     // 6
    // What the phone is about to ring with: steps 8 and 9.
    Entry::of::<call_waiting::CallWaiting>(),           // 8
    Entry::of::<remote_office::RemoteOffice>(),         // 9
    Entry::of::<simultaneous_ring::SimultaneousRing>(), // 9
    Entry::of::<sequential_ring::SequentialRing>(),     // 9
    // When nothing answered: steps 10 to 12, each forwarding before voicemail.
    Entry::of::<forwarding_not_reachable::ForwardingNotReachable>(), // 10
    Entry::of::<forwarding_busy::ForwardingBusy>(),                  // 11
    Entry::of::<forwarding_no_answer::ForwardingNoAnswer>(),         // 12
    Entry::of::<ring_count::RingCount>(),                            // 12
    // The mailbox gets what no number was set for: all calls as part of 6, the others as part of 11 and 12.
    Entry::of::<voicemail_management::VoicemailManagement>(),
    Entry::of::<do_not_disturb::DoNotDisturb>(), // 7
    // Beside the order: these never change where a call to the user goes.
    Entry::of::<call_notify::CallNotify>(),
    Entry::of::<voicemail::Voicemail>(),
    Entry::of::<voicemail_greetings::VoicemailGreetings>(),
    Entry::of::<caller_id_blocking::CallerIdBlocking>(),
    Entry::of::<connected_id_blocking::ConnectedIdBlocking>(),
    Entry::of::<call_policies::CallPolicies>(),
    Entry::of::<call_transfer::CallTransfer>(),
    Entry::of::<music_on_hold::MusicOnHold>(),
    Entry::of::<speed_dial::SpeedDial>(),
    Entry::of::<automatic_callback::AutomaticCallback>(),
    Entry::of::<line_monitoring::LineMonitoring>(),
    Entry::of::<privacy::Privacy>(),
    Entry::of::<barge_in::BargeIn>(),
    Entry::of::<receptionist::Receptionist>(),
    Entry::of::<call_center_agent::CallCenterAgent>(),
];

/// A bit for each row of the catalogue.
pub(crate) type Rows = u64;

const _: () = assert!(SERVICES <= Rows::BITS as usize, "a bit for each service");

/// The rows that have a value in one of their lists, found when this is compiled.
macro_rules! rows_with {
    ($list:ident, $value:expr) => {
        const {
            let (mut found, mut row) = (0, 0);
            while row < SERVICES {
                let list = ENTRIES[row].$list;
                let mut place = 0;
                while place < list.len() {
                    if list[place] as u8 == $value as u8 {
                        found |= 1 << row;
                    }
                    place += 1;
                }
                row += 1;
            }
            found
        }
    };
}

/// The rows that get their turn at a stage.
pub(crate) fn rows_at(stage: Stage) -> Rows {
    match stage {
        Stage::Arrival => rows_with!(stages, Stage::Arrival),
        Stage::Notice => rows_with!(stages, Stage::Notice),
        Stage::Ringing => rows_with!(stages, Stage::Ringing),
        Stage::NotReachable => rows_with!(stages, Stage::NotReachable),
        Stage::Busy => rows_with!(stages, Stage::Busy),
        Stage::NoAnswer => rows_with!(stages, Stage::NoAnswer),
    }
}

/// The rows that somebody may have by what they are.
pub(crate) fn rows_of(kind: RoleKind) -> Rows {
    match kind {
        RoleKind::Person => rows_with!(roles, RoleKind::Person),
        RoleKind::HuntGroup => rows_with!(roles, RoleKind::HuntGroup),
        RoleKind::GroupCall => rows_with!(roles, RoleKind::GroupCall),
        RoleKind::AutoAttendant => rows_with!(roles, RoleKind::AutoAttendant),
        RoleKind::CallCenter => rows_with!(roles, RoleKind::CallCenter),
    }
}

/// The row of a service; one that is not in the catalogue does not compile.
pub(crate) const fn row_of<S: Service>() -> u8 {
    const {
        let row = row_named(S::ID.0.as_bytes());
        assert!(row < SERVICES, "not in the catalogue");
        row as u8
    }
}

/// The row of a name, or [`SERVICES`].
const fn row_named(name: &[u8]) -> usize {
    let mut row = 0;
    while row < SERVICES {
        let other = ENTRIES[row].id.0.as_bytes();
        let mut at = 0;
        while at < name.len() && at < other.len() && name[at] == other[at] {
            at += 1;
        }
        if at == name.len() && at == other.len() {
            break;
        }
        row += 1;
    }
    row
}

/// The catalogue's row for a service, by its name.
pub fn find(id: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.id.0 == id)
}

impl<'de> Deserialize<'de> for ServiceId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(from)?;
        find(&name)
            .map(|entry| entry.id)
            .ok_or_else(|| serde::de::Error::custom("no such service"))
    }
}

/// Where a service stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Sends calls elsewhere.
    Forwarding,
    /// Refuses calls, or keeps them away.
    Blocking,
    /// How the phone rings.
    Ringing,
    /// Voicemail, and mail about calls.
    Messages,
    /// What the user does: calling, transferring, holding.
    Calling,
    /// Working together: who watches and joins whose calls.
    Team,
}

/// Which calls a service is about: the filter *Servicetype*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Calls to the user.
    Incoming,
    /// Calls by the user.
    Outgoing,
}

/// The moments of a call at which services get their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Before anything rings.
    Arrival,
    /// The line is known, and it is settled what rings.
    Ringing,
    /// It is settled that the call is not refused; what gets its turn here changes nothing.
    Notice,
    /// Nothing that should ring can be reached.
    NotReachable,
    /// The line is busy, or counts as busy.
    Busy,
    /// Nobody answered in time.
    NoAnswer,
}

/// A user service.
pub trait Service: 'static {
    /// Its name.
    const ID: ServiceId;
    /// Where it stands on the page.
    const GROUP: Group;
    /// Which calls it is about.
    const DIRECTION: Direction = Direction::Incoming;
    /// When it gets its turn; empty: it only holds what others read.
    const STAGES: &'static [Stage] = &[];
    /// It has to be assigned by a service pack; else whoever may have it has it.
    const LICENSED: bool = true;
    /// Only admins may change it.
    const ADMIN: bool = false;
    /// What it asks of whoever has it, besides a licence.
    const NEEDS: Needs = Needs::Number;
    /// Who may have it: persons, unless it says otherwise.
    const ROLES: &'static [RoleKind] = &[RoleKind::Person];
    /// The fields of its edit dialog: exactly the keys of its settings, `active` aside.
    const FORM: &'static [Field];
    /// Its settings; what was never saved is the default.
    type Settings: Serialize
        + DeserializeOwned
        + Default
        + Clone
        + PartialEq
        + fmt::Debug
        + Send
        + Sync;

    /// Whether it is switched on by `active`; `None` for a service without that switch.
    fn active(settings: &Self::Settings) -> Option<bool>;

    /// Adds what is wrong with the settings beyond their form.
    fn validate(settings: &Self::Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        let _ = (settings, scope, errors);
    }

    /// Whether it may do something at one of its stages, as it is set.
    fn acts_at(settings: &Self::Settings, stage: Stage) -> bool {
        let _ = (settings, stage);
        true
    }

    /// What it does to a call at one of its stages. Not called when it is switched off.
    fn evaluate(settings: &Self::Settings, moment: &Moment<'_>) -> Evaluation {
        let _ = (settings, moment);
        Verdict::Pass(Pass::Off).into()
    }

    /// Its rules, if it has any.
    fn rules(settings: &Self::Settings) -> &[Rule] {
        let _ = settings;
        &[]
    }

    /// Every number to which it may send a call.
    fn destinations(settings: &Self::Settings) -> Vec<&Destination> {
        let _ = settings;
        Vec::new()
    }

    /// Every own upload that the settings name, with the field in which they do.
    fn uploads(settings: &Self::Settings) -> Vec<(&'static str, &str)> {
        let _ = settings;
        Vec::new()
    }
}

/// Somebody who has services: who they are, and how these are set.
pub trait HasServices {
    /// Who they are.
    fn user_id(&self) -> UserId;

    /// The settings of a service; `None` when it is not theirs, or cannot be read.
    fn settings<S: Service>(&self) -> Option<&S::Settings>;

    /// The settings of a service that is theirs and switched on.
    fn active<S: Service>(&self) -> Option<&S::Settings> {
        self.settings::<S>()
            .filter(|settings| S::active(settings) == Some(true))
    }
}

/// What a service may know of a call when it gets its turn.
#[derive(Clone)]
pub struct Moment<'a> {
    /// What rules are held against: the time, the caller, the schedules.
    pub circumstances: Circumstances<'a>,
    /// Who is called.
    pub user: &'a User,
    /// What their location sets for all its users.
    pub site: &'a SiteSettings,
    /// Which turn it is.
    pub stage: Stage,
    /// Forwarding must leave this call alone (`*80`).
    pub diversion_inhibited: bool,
    /// The user is on a call, or counts as busy. Told while phones ring only: the busy stage says as much by itself.
    pub on_a_call: bool,
    /// The user has a mailbox that is switched on.
    pub mailbox: bool,
}

/// What a service said of a call, and what its rules came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// What it said.
    pub verdict: Verdict,
    /// What each of its rules came to.
    pub rules: Box<[RuleCheck]>,
}

impl From<Verdict> for Evaluation {
    fn from(verdict: Verdict) -> Self {
        Self {
            verdict,
            rules: Box::default(),
        }
    }
}

/// What a service says that acts on the calls which its rules name, and leaves all others alone.
fn by_rules(rules: &Rules, moment: &Moment<'_>, act: impl FnOnce(u16) -> Verdict) -> Evaluation {
    let (ruling, rules) = rules.judge(&moment.circumstances);
    let verdict = match ruling {
        Ruling::Silent => Verdict::Pass(Pass::NoRule),
        Ruling::HeldBack(rule) => Verdict::Pass(Pass::HeldBack { rule }),
        Ruling::Act(rule) => act(rule),
    };
    Evaluation { verdict, rules }
}

/// What a service said of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "did")]
pub enum Verdict {
    /// It left the call alone.
    Pass(Pass),
    /// It takes part in the call as it is set.
    Acts {
        /// The rule that said so, if it was a rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<u16>,
    },
    /// It sends the call to a number.
    Forward {
        /// The number.
        to: Destination,
        /// The rule that said so, if it was a rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<u16>,
        /// The phone plays a short ring as a reminder.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        splash: bool,
    },
    /// It sends the call to the user's mailbox.
    Voicemail {
        /// The phone plays a short ring as a reminder.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        splash: bool,
    },
    /// It refuses the call with an announcement.
    Refuse {
        /// What the caller hears.
        announcement: Announcement,
    },
    /// The line counts as busy.
    Busy {
        /// The phone plays a short ring as a reminder.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        splash: bool,
    },
}

impl Verdict {
    /// The call goes another way by it.
    pub const fn takes_call(&self) -> bool {
        !matches!(self, Self::Pass(_) | Self::Acts { .. })
    }
}

/// Why a service left a call alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum Pass {
    /// It is not assigned to the user.
    NotAssigned,
    /// It is switched off.
    Off,
    /// Its settings cannot be read; it is skipped and reported.
    Unreadable,
    /// No rule covers this call at this moment.
    NoRule,
    /// A de-activating rule covers it.
    HeldBack {
        /// The rule.
        rule: u16,
    },
    /// A rule lets it in.
    Accepted {
        /// The rule.
        rule: u16,
    },
    /// None of its schedules holds at this moment.
    OutsideSchedules,
    /// It would send the call to the number that was called.
    OwnNumber,
    /// The caller shows a number.
    NumberShown,
    /// The caller's number is unknown, but not withheld.
    NumberUnavailable,
    /// The caller is of the own enterprise.
    CallerInternal,
    /// Forwarding is inhibited for this call.
    DiversionInhibited,
    /// A group offers the call to its member.
    OfferedByGroup,
    /// The user is not on a call.
    LineFree,
    /// The user is on a call, or counts as busy.
    OnACall,
    /// The user has no mailbox, or it is switched off.
    NoMailbox,
    /// It has neither a number nor the mailbox to send the call to.
    NoDestination,
}

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
