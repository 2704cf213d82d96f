//! Security (requirements K3 and K4): what holds for all log-ins, and what happened to accounts.

use super::accounts::AccountId;
use super::endpoint;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What holds for all log-ins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The version that was read, or that is changed; 0: never saved.
    pub version: u64,
    /// An administrator without a second factor can do nothing but set it up.
    pub admins_need_second_factor: bool,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Somebody logged in.
    LogIn,
    /// The login or the password was wrong.
    LogInRefused,
    /// A try came before its time, and was not looked at.
    LogInSlowed,
    /// Somebody with the right password and a blocked account.
    LogInBlocked,
    /// Somebody with the right password and a wrong second factor.
    SecondFactorRefused,
    /// Somebody logged in with a recovery code, which is used up.
    RecoveryCodeUsed,
    /// Somebody logged out.
    LogOut,
    /// Somebody changed their password.
    PasswordChanged,
    /// The current password was wrong, as somebody who is logged in gave it.
    PasswordRefused,
    /// A link to choose a password was made.
    ResetMade,
    /// A password was chosen by such a link.
    PasswordReset,
    /// A second factor was confirmed.
    SecondFactorOn,
    /// A second factor was removed.
    SecondFactorOff,
    /// An account was blocked.
    Blocked,
    /// A blocked account was opened again.
    Unblocked,
    /// Sessions were ended.
    SessionsEnded,
    /// The delay after failed log-ins was lifted.
    LockLifted,
    /// A stop of calls that leave was lifted.
    StopLifted,
    /// An administrator was made.
    AdminMade,
    /// What holds for all log-ins was changed.
    PolicyChanged,
    /// Rights were given or taken: services assigned to a group, supervisors, which calls may leave or be picked up, a
    /// service that only administrators change.
    RightsChanged,
    /// A phone failed to register or call; counted by the hour.
    PhoneRefused,
    /// The password of a phone was renewed.
    SipSecretRenewed,
    /// The whole organisation was exported.
    Exported,
    /// A backup of everything was begun.
    BackedUp,
    /// Everything was restored from a backup.
    Restored,
}

/// What happened to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecurityEvent {
    /// Grows with every event.
    pub id: u64,
    /// What.
    pub kind: Kind,
    /// When; of what happened several times within an hour: first.
    pub at: Timestamp,
    /// When last.
    pub last_at: Timestamp,
    /// How often.
    pub count: u64,
    /// To whose account; none: a login that nobody has.
    pub account: Option<AccountId>,
    /// The login, as far as 254 characters.
    pub login: String,
    /// The name of the administrator who did it; empty: the person.
    pub by: String,
    /// The address that it came from, or `command-line`.
    pub address: String,
    /// What of the organisation it was about, as `call-center 7`; empty: nothing.
    pub about: String,
}

/// The last line of the log of changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LastEvent {
    /// Its id; 0: there is none.
    pub id: u64,
    /// The hash over it and all before it: 64 hexadecimal digits; empty: there is none.
    pub hash: String,
}

/// Where the log of changes is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "fault")]
pub enum EventFault {
    /// A line was changed, or lines before it were removed or moved.
    DoesNotFollow {
        /// The line.
        id: u64,
        /// The line that stands before it; 0: none.
        after: u64,
    },
    /// Lines at the end were removed, or the last one was added by somebody else.
    EndMissing {
        /// The line that is last now; 0: none.
        after: u64,
    },
    /// A line that was told before is not there as it was.
    SeenMissing {
        /// The line.
        id: u64,
    },
}

/// Whether the log of changes is as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventLog {
    /// How many lines there are.
    pub events: u64,
    /// The last of them. Kept elsewhere, it shows later that nobody made the whole log anew (`centrale check-log --seen`).
    pub last: LastEvent,
    /// Where it is not as it was written, at most about 100; none: everywhere it is.
    pub faults: Vec<EventFault>,
}

/// Which events are listed: a page of at most 100, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Only those before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
}

endpoint! {
    /// Tells what holds for all log-ins.
    GetPolicy: Get "/api/security/policy", Enterprise, (), () => Policy
}
endpoint! {
    /// Changes what holds for all log-ins.
    PutPolicy: Put "/api/security/policy", Enterprise, (), Policy => Policy
}
endpoint! {
    /// Lists what happened to accounts, the newest first. Events are kept for 365 days, and at most 200,000 of them.
    Events: Get "/api/security/events", Enterprise, (), Filter => Vec<SecurityEvent>
}
endpoint! {
    /// Tells whether the log of changes is as it was written: a line that was changed, moved or removed shows.
    Log: Get "/api/security/log", Enterprise, (), () => EventLog
}
