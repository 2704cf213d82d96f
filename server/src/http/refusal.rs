//! The answers that are not a success: core's error body with its status, and the bodies of a 409.

use crate::pool::PoolError;
use crate::rates::Rates;
use crate::secret::SecretError;
use crate::store::{self, Outage, SaveError};
use crate::telephony::SwitchHandle;
use crate::throttle::Slow;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use centrale_core::api::Endpoint;
use centrale_core::error::{Code, ErrorBody, FieldError, UsedBy};
use std::fmt::Display;
use std::io::ErrorKind;

/// Seconds after which a request may be tried again when the server was busy.
const BUSY_FOR: u32 = 2;
/// Seconds after which a request may be tried again when the database could do nothing.
const RETRY_SECONDS: u32 = 2;

/// What can go wrong besides the request.
pub(crate) trait Failure: Display {
    /// Why the database can do nothing, if that is it.
    fn outage(&self) -> Option<Outage> {
        None
    }
}

impl Failure for store::Error {
    fn outage(&self) -> Option<Outage> {
        self.outage()
    }
}

impl Failure for SaveError {
    fn outage(&self) -> Option<Outage> {
        self.outage()
    }
}

/// Of a file that holds an upload while it comes.
impl Failure for std::io::Error {
    fn outage(&self) -> Option<Outage> {
        let full = matches!(
            self.kind(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded
        );
        full.then_some(Outage::Full)
    }
}

/// Of what is sealed under the key file.
impl Failure for SecretError {}

impl Failure for &str {}

/// The code that tells of an outage.
fn code(outage: Outage) -> Code {
    match outage {
        Outage::Away => Code::DatabaseAway,
        Outage::Full => Code::StorageFull,
    }
}

/// Why a request is not done.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The common error body.
    Error(ErrorBody),
    /// Somebody else saved in the meantime: the endpoint's own body of a 409, as JSON.
    Conflict(String),
}

impl Refusal {
    /// Somebody else saved in the meantime: how it is now, as endpoint `E` tells it.
    pub(crate) fn conflict<E: Endpoint>(conflict: &E::Conflict) -> Self {
        match serde_json::to_string(conflict) {
            Ok(body) => Self::Conflict(body),
            Err(error) => {
                tracing::error!(%error, "a conflict cannot be told");
                Code::Internal.into()
            }
        }
    }

    /// The request as a whole can be read, but these fields are wrong.
    pub(crate) fn fields(fields: Vec<FieldError>) -> Self {
        Self::Error(ErrorBody {
            fields,
            ..Code::Malformed.into()
        })
    }

    /// The body cannot be read, because of this field; without one the field list stays empty.
    pub(crate) fn unreadable(field: String, code: Code) -> Self {
        let fields = if field.is_empty() {
            Vec::new()
        } else {
            vec![FieldError::new(field, code)]
        };
        Self::Error(ErrorBody {
            fields,
            ..Code::BodyMalformed.into()
        })
    }

    /// Something still uses the thing that was to go; the rest is used where the principal may not look.
    pub(crate) fn in_use((used_by, used_elsewhere): (Vec<UsedBy>, u32)) -> Self {
        Self::Error(ErrorBody {
            used_by,
            used_elsewhere,
            ..Code::InUse.into()
        })
    }

    /// Too many failed tries: wait this many seconds.
    pub(crate) fn locked(seconds: u32) -> Self {
        Self::Error(ErrorBody {
            retry_after: Some(seconds),
            ..Code::LoginLocked.into()
        })
    }

    /// So often within so much time and no more: wait this many seconds. Asked at a field, it is told there.
    pub(crate) fn too_often(code: Code, field: Option<&str>, rates: &Rates, seconds: u32) -> Self {
        let limit = Some(rates.most);
        let fields = field.map(|field| FieldError {
            limit,
            ..FieldError::new(field, code)
        });
        let (fields, retry_after) = (fields.into_iter().collect(), Some(seconds));
        Self::Error(ErrorBody {
            fields,
            limit,
            retry_after,
            ..code.into()
        })
    }

    /// One field is wrong.
    pub(crate) fn field(field: &str, code: Code) -> Self {
        Self::fields(vec![FieldError::new(field, code)])
    }

    /// Our fault, or the database's: logged here, told as nothing more than that.
    #[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
    pub(crate) fn internal(error: impl Failure) -> Self {
        let Some(outage) = error.outage() else {
            tracing::error!(%error, "a request failed");
            return Code::Internal.into();
        };
        tracing::warn!(%error, "a request failed because the database could not serve it");
        Self::outage(outage)
    }

    /// There is no switch to ask: another server has the calls, or it ended.
    pub(crate) fn gone(calls: &SwitchHandle) -> Self {
        if calls.stood_down() {
            Code::StoodDown.into()
        } else {
            Self::internal("the switch has ended")
        }
    }

    /// The database can do nothing now.
    pub(crate) fn outage(outage: Outage) -> Self {
        Self::Error(ErrorBody {
            retry_after: Some(RETRY_SECONDS),
            ..code(outage).into()
        })
    }
}

impl From<Slow> for Refusal {
    fn from(slow: Slow) -> Self {
        match slow {
            Slow::Wait(seconds) => Self::locked(seconds),
            Slow::Store(error) => Self::internal(error),
        }
    }
}

impl From<PoolError> for Refusal {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Busy => Self::Error(ErrorBody {
                retry_after: Some(BUSY_FOR),
                ..Code::Busy.into()
            }),
            PoolError::TookTooLong => Code::TookTooLong.into(),
            PoolError::Failed => Code::Internal.into(),
        }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::Error(code.into())
    }
}

/// The status that goes with a code. Every code is named, so that a new one does not compile until it has a status.
pub(crate) fn status(code: Code) -> StatusCode {
    match code {
        Code::BodyMalformed => StatusCode::BAD_REQUEST,
        Code::LoginFailed
        | Code::SecondFactorNeeded
        | Code::SecondFactorWrong
        | Code::SessionEnded => StatusCode::UNAUTHORIZED,
        Code::Forbidden | Code::CrossSite | Code::AccountBlocked | Code::SecondFactorMissing => {
            StatusCode::FORBIDDEN
        }
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::Stale | Code::InUse | Code::SecondFactorThere => StatusCode::CONFLICT,
        Code::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
        Code::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::LoginLocked | Code::QuotaPasscodes | Code::QuotaRequests => {
            StatusCode::TOO_MANY_REQUESTS
        }
        Code::Busy
        | Code::TookTooLong
        | Code::DatabaseAway
        | Code::StorageFull
        | Code::StoodDown => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::Empty
        | Code::TextControl
        | Code::TextInvisible
        | Code::EnterpriseOnly
        | Code::EmailMalformed
        | Code::TooLong
        | Code::TooMany
        | Code::QuotaUserSchedules
        | Code::QuotaLocationSchedules
        | Code::QuotaRules
        | Code::QuotaUploads
        | Code::QuotaUserUploadMegabytes
        | Code::QuotaUploadMegabytes
        | Code::Twice
        | Code::InAnotherGroup
        | Code::GroupCycle
        | Code::WeightsNotHundred
        | Code::NumberNeeded
        | Code::OutOfRange
        | Code::UnknownField
        | Code::Malformed
        | Code::ScheduleUnknown
        | Code::NobodyListed
        | Code::RuleNeeded
        | Code::OwnNumber
        | Code::CodeUnmarked
        | Code::CodeTaken
        | Code::EmergencyNumber
        | Code::PasscodeNotDigits
        | Code::PasscodeTooShort
        | Code::PasscodeTooLong
        | Code::PasscodeRun
        | Code::PasscodeRecent
        | Code::VoicemailNeedsFixed
        | Code::NumberEmpty
        | Code::NumberTooShort
        | Code::NumberTooLong
        | Code::NumberBadCharacter
        | Code::NumberUnknownCountry
        | Code::NumberTrunkAfterCountry
        | Code::NumberNotNational
        | Code::PatternEmpty
        | Code::PatternStarNotLast
        | Code::PatternOnlyStar
        | Code::PatternPlusNotFirst
        | Code::PatternBadCharacter
        | Code::PatternTooShort
        | Code::PatternTooLong
        | Code::PatternUnknownCountry
        | Code::PatternTrunkAfterCountry
        | Code::PatternNotNational
        | Code::ScheduleNameEmpty
        | Code::ScheduleNameTooLong
        | Code::ScheduleNoBlocks
        | Code::ScheduleTooManyBlocks
        | Code::ScheduleBlockOutsideWeek
        | Code::ScheduleBlockZeroLength
        | Code::ScheduleBlockOverlap
        | Code::ScheduleNoHolidays
        | Code::ScheduleTooManyHolidays
        | Code::ScheduleNoSuchDate
        | Code::ScheduleYearOutOfRange
        | Code::ScheduleEndBeforeStart
        | Code::ScheduleDaysOutOfRange
        | Code::ScheduleOffsetOutOfRange
        | Code::ScheduleNthOutOfRange
        | Code::ScheduleShiftOutOfRange
        | Code::ScheduleUntilWithoutRecurrence
        | Code::ScheduleNameTaken
        | Code::NameTaken
        | Code::NumberTaken
        | Code::NumberNotOwned
        | Code::SoundUnknown
        | Code::SoundTooLong
        | Code::SoundEmpty
        | Code::SoundUnreadable
        | Code::SoundNotConverted
        | Code::ImportUnreadable
        | Code::ImportEncoding
        | Code::ImportDateOrder
        | Code::ImportDateUnreadable
        | Code::ImportEventUnreadable
        | Code::ImportRuleUnreadable
        | Code::ImportNever
        | Code::ImportCancelled
        | Code::ImportPartOfDay
        | Code::ImportRounded
        | Code::ImportNameCut
        | Code::ImportDated
        | Code::ImportStartNotInRule
        | Code::ImportZoneUnknown
        | Code::ImportColumnUnread
        | Code::ImportTooCostly
        | Code::OwnAccount
        | Code::PasswordWrong
        | Code::PasswordTooShort
        | Code::PasswordTooLong
        | Code::PasswordOwnWord
        | Code::PasswordCommon
        | Code::PasswordSame
        | Code::LinkEnded
        | Code::NoLicenceLeft
        | Code::MembersElsewhere
        | Code::NotAssigned
        | Code::NotAvailable => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Error(body) => {
                let wait = body.retry_after.map(HeaderValue::from);
                // The rest of the body is not read, so nothing else can come over this connection.
                let close = matches!(body.code, Code::BodyTooLarge | Code::BodyTooSlow);
                let mut response = (status(body.code), Json(body)).into_response();
                if let Some(seconds) = wait {
                    response.headers_mut().insert(header::RETRY_AFTER, seconds);
                }
                if close {
                    response
                        .headers_mut()
                        .insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                response
            }
            Self::Conflict(body) => {
                let json = [(header::CONTENT_TYPE, "application/json")];
                (StatusCode::CONFLICT, json, body).into_response()
            }
        }
    }
}
