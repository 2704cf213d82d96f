//! The one error body of the API: closed codes and the fields they stand at. Prose lives in the locale files.

use crate::number::{NumberError, PatternError};
use crate::passcode::PasscodeError;
use crate::quota::Quota;
use crate::schedule::ScheduleError;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What is wrong, as a closed set; the locale files hold a text for each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[allow(clippy::enum_variant_names)]
        pub enum Code { $($(#[$doc])* #[serde(rename = $text)] $name,)* }

        impl Code {
            /// Every code, in the order of this list.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The name of the code on the wire and in the locale files.
            pub const fn name(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// A text is needed here.
    Empty = "empty",
    /// A control character stands in the text.
    TextControl = "text-control",
    /// The text holds nothing that can be seen.
    TextInvisible = "text-invisible",
    /// It is set for the enterprise only.
    EnterpriseOnly = "enterprise-only",
    /// Not an e-mail address.
    EmailMalformed = "email-malformed",
    /// The text is longer than allowed.
    TooLong = "too-long",
    /// More entries than allowed.
    TooMany = "too-many",
    /// More schedules of one user than allowed.
    QuotaUserSchedules = "quota-user-schedules",
    /// More schedules of one location than allowed.
    QuotaLocationSchedules = "quota-location-schedules",
    /// More rules of one service than allowed.
    QuotaRules = "quota-rules",
    /// More uploads of one owner than allowed.
    QuotaUploads = "quota-uploads",
    /// More megabytes of uploads of one user than allowed.
    QuotaUserUploadMegabytes = "quota-user-upload-megabytes",
    /// More megabytes of uploads of one owner than allowed.
    QuotaUploadMegabytes = "quota-upload-megabytes",
    /// More tries to set a passcode within an hour than allowed.
    QuotaPasscodes = "quota-passcodes",
    /// More requests of one account within a minute than allowed.
    QuotaRequests = "quota-requests",
    /// The same stands here already.
    Twice = "twice",
    /// A user is in one group of this kind only, and in another already.
    InAnotherGroup = "in-another-group",
    /// The group call would call itself, at once or by others.
    GroupCycle = "group-cycle",
    /// The weights of the members do not add up to 100.
    WeightsNotHundred = "weights-not-hundred",
    /// A number is needed before the service can be switched on.
    NumberNeeded = "number-needed",
    /// A number outside its range.
    OutOfRange = "out-of-range",
    /// The field is not one of this form.
    UnknownField = "unknown-field",
    /// The value has not the form that the field asks for.
    Malformed = "malformed",
    /// The schedule is not there, or is not yours.
    ScheduleUnknown = "schedule-unknown",
    /// A list of callers without one.
    NobodyListed = "nobody-listed",
    /// At least one rule that is switched on is needed.
    RuleNeeded = "rule-needed",
    /// The user's own number.
    OwnNumber = "own-number",
    /// A feature access code begins with `*` or `#`.
    CodeUnmarked = "code-unmarked",
    /// Another feature has this code.
    CodeTaken = "code-taken",
    /// An emergency number may not be a destination.
    EmergencyNumber = "emergency-number",
    /// A passcode with something else than digits.
    PasscodeNotDigits = "passcode-not-digits",
    /// A passcode of fewer than 6 digits.
    PasscodeTooShort = "passcode-too-short",
    /// A passcode of more than 30 digits.
    PasscodeTooLong = "passcode-too-long",
    /// A passcode with a run of more than 3 digits up or down.
    PasscodeRun = "passcode-run",
    /// A passcode that was used not long ago.
    PasscodeRecent = "passcode-recent",
    /// Voicemail is for the fixed profile only.
    VoicemailNeedsFixed = "voicemail-needs-fixed",
    /// Nothing to read.
    NumberEmpty = "number-empty",
    /// Fewer digits than a number has.
    NumberTooShort = "number-too-short",
    /// More digits than a number has.
    NumberTooLong = "number-too-long",
    /// A character that numbers do not have.
    NumberBadCharacter = "number-bad-character",
    /// No such country code.
    NumberUnknownCountry = "number-unknown-country",
    /// The trunk prefix stands after the country code.
    NumberTrunkAfterCountry = "number-trunk-after-country",
    /// Not a number of the country; a trunk prefix may be missing.
    NumberNotNational = "number-not-national",
    /// Nothing to read.
    PatternEmpty = "pattern-empty",
    /// `*` stands before the end.
    PatternStarNotLast = "pattern-star-not-last",
    /// Only `*`.
    PatternOnlyStar = "pattern-only-star",
    /// `+` stands after the beginning.
    PatternPlusNotFirst = "pattern-plus-not-first",
    /// A character that patterns do not have.
    PatternBadCharacter = "pattern-bad-character",
    /// Fewer digits than a number has.
    PatternTooShort = "pattern-too-short",
    /// More digits than a number has.
    PatternTooLong = "pattern-too-long",
    /// No such country code.
    PatternUnknownCountry = "pattern-unknown-country",
    /// The trunk prefix stands after the country code.
    PatternTrunkAfterCountry = "pattern-trunk-after-country",
    /// Not a number of the country; a trunk prefix may be missing.
    PatternNotNational = "pattern-not-national",
    /// A schedule needs a name.
    ScheduleNameEmpty = "schedule-name-empty",
    /// The name is longer than 80 characters.
    ScheduleNameTooLong = "schedule-name-too-long",
    /// No block is drawn.
    ScheduleNoBlocks = "schedule-no-blocks",
    /// More blocks than allowed.
    ScheduleTooManyBlocks = "schedule-too-many-blocks",
    /// A time that is not in the week.
    ScheduleBlockOutsideWeek = "schedule-block-outside-week",
    /// A block without length.
    ScheduleBlockZeroLength = "schedule-block-zero-length",
    /// Blocks that overlap.
    ScheduleBlockOverlap = "schedule-block-overlap",
    /// No holiday is listed.
    ScheduleNoHolidays = "schedule-no-holidays",
    /// More holidays than allowed.
    ScheduleTooManyHolidays = "schedule-too-many-holidays",
    /// A day that does not exist.
    ScheduleNoSuchDate = "schedule-no-such-date",
    /// A year outside those served.
    ScheduleYearOutOfRange = "schedule-year-out-of-range",
    /// The last day lies before the first.
    ScheduleEndBeforeStart = "schedule-end-before-start",
    /// More or fewer days than a holiday has.
    ScheduleDaysOutOfRange = "schedule-days-out-of-range",
    /// Too far from Easter.
    ScheduleOffsetOutOfRange = "schedule-offset-out-of-range",
    /// No such weekday in a month.
    ScheduleNthOutOfRange = "schedule-nth-out-of-range",
    /// The day moves too far.
    ScheduleShiftOutOfRange = "schedule-shift-out-of-range",
    /// A last year for a day that comes once.
    ScheduleUntilWithoutRecurrence = "schedule-until-without-recurrence",
    /// Another schedule of the same owner has this name.
    ScheduleNameTaken = "schedule-name-taken",
    /// Another thing of this kind has this name.
    NameTaken = "name-taken",
    /// Somebody else has this number or extension.
    NumberTaken = "number-taken",
    /// The number is not one of the location's.
    NumberNotOwned = "number-not-owned",
    /// No sound of this name can be played here.
    SoundUnknown = "sound-unknown",
    /// The sound, or what is joined, plays longer than allowed.
    SoundTooLong = "sound-too-long",
    /// There is nothing to hear.
    SoundEmpty = "sound-empty",
    /// The file is none of the sounds that are read.
    SoundUnreadable = "sound-unreadable",
    /// A kind of sound that this server cannot convert.
    SoundNotConverted = "sound-not-converted",
    /// Neither iCalendar nor CSV with dates and names.
    ImportUnreadable = "import-unreadable",
    /// The text was not decoded with the encoding that it was written in.
    ImportEncoding = "import-encoding",
    /// All dates of a file can be read with the day first and with the month first.
    ImportDateOrder = "import-date-order",
    /// A date that cannot be read, or does not exist.
    ImportDateUnreadable = "import-date-unreadable",
    /// An event that is not written as iCalendar has it.
    ImportEventUnreadable = "import-event-unreadable",
    /// A recurrence that cannot be read.
    ImportRuleUnreadable = "import-rule-unreadable",
    /// A recurrence that falls on no day.
    ImportNever = "import-never",
    /// The event is cancelled.
    ImportCancelled = "import-cancelled",
    /// Holidays are whole days, and this is a part of one.
    ImportPartOfDay = "import-part-of-day",
    /// The last day ends less than a quarter of an hour before midnight, and is taken as a whole one.
    ImportRounded = "import-rounded",
    /// The name was longer than 80 characters, and is cut.
    ImportNameCut = "import-name-cut",
    /// The recurrence became single dates, up to a year.
    ImportDated = "import-dated",
    /// The first date of a recurrence is not one of its days.
    ImportStartNotInRule = "import-start-not-in-rule",
    /// The time zone is not known: times are read as those of the owner.
    ImportZoneUnknown = "import-zone-unknown",
    /// A column that says nothing about a holiday's name or days.
    ImportColumnUnread = "import-column-unread",
    /// The recurrence, or the whole file, asks for more dates than are looked at.
    ImportTooCostly = "import-too-costly",
    /// A user name or password that is not right.
    LoginFailed = "login-failed",
    /// Too many failed tries; wait.
    LoginLocked = "login-locked",
    /// The password is right, and a second factor is asked.
    SecondFactorNeeded = "second-factor-needed",
    /// The second factor is not right, or was used before.
    SecondFactorWrong = "second-factor-wrong",
    /// A second factor must be set up before anything else.
    SecondFactorMissing = "second-factor-missing",
    /// The second factor is there already.
    SecondFactorThere = "second-factor-there",
    /// The account is blocked.
    AccountBlocked = "account-blocked",
    /// One cannot do this to one's own account.
    OwnAccount = "own-account",
    /// The current password is not right.
    PasswordWrong = "password-wrong",
    /// A password of fewer than 12 characters.
    PasswordTooShort = "password-too-short",
    /// A password of more than 200 characters.
    PasswordTooLong = "password-too-long",
    /// A password with the login, the name or the enterprise in it.
    PasswordOwnWord = "password-own-word",
    /// A password that is easily guessed, or known from leaks.
    PasswordCommon = "password-common",
    /// The new password is the current one.
    PasswordSame = "password-same",
    /// The link was used, is too old, or never was one.
    LinkEnded = "link-ended",
    /// Nobody is logged in, or the session has ended.
    SessionEnded = "session-ended",
    /// The request did not come from a page of ours.
    CrossSite = "cross-site",
    /// Not yours to see or change.
    Forbidden = "forbidden",
    /// There is no such thing.
    NotFound = "not-found",
    /// The path exists, but not with this method.
    MethodNotAllowed = "method-not-allowed",
    /// Somebody else saved in the meantime.
    Stale = "stale",
    /// Something still uses it.
    InUse = "in-use",
    /// All licences of the pack are in use.
    NoLicenceLeft = "no-licence-left",
    /// People whom another administrator has to put into the group.
    MembersElsewhere = "members-elsewhere",
    /// The service is not assigned to the user.
    NotAssigned = "not-assigned",
    /// The service does not go with the user's profile or phone.
    NotAvailable = "not-available",
    /// The body is larger than allowed.
    BodyTooLarge = "body-too-large",
    /// The body did not come in time.
    BodyTooSlow = "body-too-slow",
    /// The body is not what this endpoint reads.
    BodyMalformed = "body-malformed",
    /// Too much is asked of the server at once; wait.
    Busy = "busy",
    /// The server gives this no more time.
    TookTooLong = "took-too-long",
    /// The database does not answer; nothing is known to have been saved.
    DatabaseAway = "database-away",
    /// The database has no room left to save anything.
    StorageFull = "storage-full",
    /// Another server has taken over the calls of this one.
    StoodDown = "stood-down",
    /// Our fault; it has been logged.
    Internal = "internal",
}

impl From<NumberError> for Code {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Empty => Self::NumberEmpty,
            NumberError::TooShort => Self::NumberTooShort,
            NumberError::TooLong => Self::NumberTooLong,
            NumberError::BadCharacter { .. } => Self::NumberBadCharacter,
            NumberError::UnknownCountry => Self::NumberUnknownCountry,
            NumberError::TrunkAfterCountry => Self::NumberTrunkAfterCountry,
            NumberError::NotNational => Self::NumberNotNational,
        }
    }
}

impl From<PatternError> for Code {
    fn from(error: PatternError) -> Self {
        match error {
            PatternError::Empty => Self::PatternEmpty,
            PatternError::StarNotLast { .. } => Self::PatternStarNotLast,
            PatternError::OnlyStar => Self::PatternOnlyStar,
            PatternError::PlusNotFirst { .. } => Self::PatternPlusNotFirst,
            PatternError::BadCharacter { .. } => Self::PatternBadCharacter,
            PatternError::TooShort => Self::PatternTooShort,
            PatternError::TooLong => Self::PatternTooLong,
            PatternError::UnknownCountry => Self::PatternUnknownCountry,
            PatternError::TrunkAfterCountry => Self::PatternTrunkAfterCountry,
            PatternError::NotNational => Self::PatternNotNational,
        }
    }
}

impl From<ScheduleError> for Code {
    fn from(error: ScheduleError) -> Self {
        match error {
            ScheduleError::NameEmpty => Self::ScheduleNameEmpty,
            ScheduleError::NameTooLong => Self::ScheduleNameTooLong,
            ScheduleError::NoBlocks => Self::ScheduleNoBlocks,
            ScheduleError::TooManyBlocks => Self::ScheduleTooManyBlocks,
            ScheduleError::BlockOutsideWeek => Self::ScheduleBlockOutsideWeek,
            ScheduleError::BlockZeroLength => Self::ScheduleBlockZeroLength,
            ScheduleError::BlockOverlap => Self::ScheduleBlockOverlap,
            ScheduleError::NoLines => Self::ScheduleNoHolidays,
            ScheduleError::TooManyLines => Self::ScheduleTooManyHolidays,
            ScheduleError::NoSuchDate => Self::ScheduleNoSuchDate,
            ScheduleError::YearOutOfRange => Self::ScheduleYearOutOfRange,
            ScheduleError::EndBeforeStart => Self::ScheduleEndBeforeStart,
            ScheduleError::DaysOutOfRange => Self::ScheduleDaysOutOfRange,
            ScheduleError::OffsetOutOfRange => Self::ScheduleOffsetOutOfRange,
            ScheduleError::NthOutOfRange => Self::ScheduleNthOutOfRange,
            ScheduleError::ShiftOutOfRange => Self::ScheduleShiftOutOfRange,
            ScheduleError::UntilWithoutRecurrence => Self::ScheduleUntilWithoutRecurrence,
        }
    }
}

impl From<PasscodeError> for Code {
    fn from(error: PasscodeError) -> Self {
        match error {
            PasscodeError::NotDigits => Self::PasscodeNotDigits,
            PasscodeError::TooShort => Self::PasscodeTooShort,
            PasscodeError::TooLong => Self::PasscodeTooLong,
            PasscodeError::Run => Self::PasscodeRun,
            PasscodeError::Recent => Self::PasscodeRecent,
        }
    }
}

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// The path of the field: `rules.2.numbers.0`.
    pub field: String,
    /// What is wrong with it.
    pub code: Code,
    /// For the codes of a [`Quota`]: the most that is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// For [`Code::GroupCycle`]: the names of the group calls, in the order in which they call each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

impl FieldError {
    /// `code` at `field`.
    pub fn new(field: impl Into<String>, code: Code) -> Self {
        Self {
            field: field.into(),
            code,
            limit: Quota::of(code).map(Quota::limit),
            names: Vec::new(),
        }
    }
}

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorBody {
    /// What went wrong as a whole.
    pub code: Code,
    /// The fields at fault, if it was fields.
    #[serde(default)]
    pub fields: Vec<FieldError>,
    /// For [`Code::InUse`]: the names of what uses the thing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used_by: Vec<UsedBy>,
    /// For [`Code::InUse`]: how many uses there are that the asker may not know of.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub used_elsewhere: u32,
    /// For [`Code::MembersElsewhere`]: the names of the administrators who can.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ask: Vec<String>,
    /// For [`Code::MembersElsewhere`]: the names of those who can make them available elsewhere, by the settings of their
    /// locations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub available_by: Vec<String>,
    /// For the codes of a [`Quota`]: the most that is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// For [`Code::LoginLocked`], [`Code::Busy`], [`Code::DatabaseAway`], [`Code::StorageFull`], [`Code::QuotaPasscodes`] and
    /// [`Code::QuotaRequests`]: seconds to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields so")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// A use of a thing that was to be deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UsedBy {
    /// The user whose setting it is.
    pub user: String,
    /// The service that uses it, by its id.
    pub service: String,
    /// The rule that uses it.
    pub rule: String,
}

impl From<Code> for ErrorBody {
    fn from(code: Code) -> Self {
        Self {
            code,
            fields: Vec::new(),
            used_by: Vec::new(),
            used_elsewhere: 0,
            ask: Vec::new(),
            available_by: Vec::new(),
            limit: Quota::of(code).map(Quota::limit),
            retry_after: None,
        }
    }
}

impl Quota {
    /// How who asks for more is refused.
    pub const fn code(self) -> Code {
        match self {
            Self::UserSchedules => Code::QuotaUserSchedules,
            Self::LocationSchedules => Code::QuotaLocationSchedules,
            Self::Rules => Code::QuotaRules,
            Self::Uploads => Code::QuotaUploads,
            Self::UserUploadMegabytes => Code::QuotaUserUploadMegabytes,
            Self::UploadMegabytes => Code::QuotaUploadMegabytes,
            Self::Passcodes => Code::QuotaPasscodes,
            Self::Requests => Code::QuotaRequests,
        }
    }

    /// The limit of which a code tells.
    pub fn of(code: Code) -> Option<Self> {
        Self::ALL.into_iter().find(|quota| quota.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_parser_has_the_code_of_its_name() {
        let check = |code: Code, expected: &str| assert_eq!(code.name(), expected);
        check(NumberError::NotNational.into(), "number-not-national");
        check(PatternError::NotNational.into(), "pattern-not-national");
        check(
            PatternError::StarNotLast { at: 1 }.into(),
            "pattern-star-not-last",
        );
        check(ScheduleError::NoLines.into(), "schedule-no-holidays");
        check(PasscodeError::Recent.into(), "passcode-recent");
    }
}
