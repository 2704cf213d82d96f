//! What no form would have saved, found in an organisation as a whole: an import refuses it.

use crate::error::{Code, FieldError};
use crate::id::{DepartmentId, LocationId, PackId, UserId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that an import refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Where, as a path in the export file.
    pub at: String,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Fault {
    /// The file has a format that this version does not read.
    Format {
        /// That format.
        format: u32,
        /// The one that it reads.
        reads: u32,
    },
    /// More users have the licences of a pack than were bought.
    Licences {
        /// So many have them.
        used: u32,
        /// So many were bought.
        licences: u32,
    },
    /// There is no such service.
    NoService {
        /// Its id.
        service: String,
    },
    /// There is no such location.
    NoLocation {
        /// Its id.
        location: LocationId,
    },
    /// There is no such department.
    NoDepartment {
        /// Its id.
        department: DepartmentId,
    },
    /// There is no such service pack.
    NoPack {
        /// Its id.
        pack: PackId,
    },
    /// There is no such user.
    NoUser {
        /// Its id.
        user: UserId,
    },
    /// There is no such time zone.
    NoZone {
        /// Its name.
        zone: String,
    },
    /// Only digits can be dialled.
    NotDigits,
    /// The last number of a range is before its first.
    Backwards,
    /// A department of another location.
    Elsewhere,
    /// A department within itself.
    WithinItself,
    /// The same stands elsewhere already.
    Twice {
        /// What; empty: what stands there.
        value: String,
        /// Where it stands first.
        first: String,
    },
    /// More entries than allowed.
    TooMany {
        /// So many are.
        most: u32,
    },
    /// An upload whose sound is not in the file.
    NoSound,
    /// A sound that is not a WAV file of 16 kHz, 16 bits and one channel with this hash, in base64.
    BadSound,
    /// The sound of an upload has another length or size.
    OtherSound {
        /// Its length in milliseconds.
        length_ms: u32,
        /// Its size.
        bytes: u32,
    },
    /// What the form of these settings refuses.
    Refused {
        /// Why it is refused.
        code: Code,
        /// Those of whom the code tells, as in [`FieldError`].
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        names: Vec<String>,
    },
}

impl From<FieldError> for Fault {
    fn from(error: FieldError) -> Self {
        Self::Refused {
            code: error.code,
            names: error.names,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.fault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format { format, reads } => {
                write!(
                    f,
                    "{format} is not a format that this version reads; it reads {reads}"
                )
            }
            Self::Licences { used, licences } => write!(f, "{used} used of {licences}"),
            Self::NoService { service } => write!(f, "no service {service}"),
            Self::NoLocation { location } => write!(f, "no location {location}"),
            Self::NoDepartment { department } => write!(f, "no department {department}"),
            Self::NoPack { pack } => write!(f, "no service pack {pack}"),
            Self::NoUser { user } => write!(f, "no user {user}"),
            Self::NoZone { zone } => write!(f, "no time zone {zone}"),
            Self::NotDigits => f.write_str("only digits can be dialled"),
            Self::Backwards => f.write_str("the last number is before the first"),
            Self::Elsewhere => f.write_str("a department of another location"),
            Self::WithinItself => f.write_str("a department within itself"),
            Self::Twice { value, first } if value.is_empty() => {
                write!(f, "is there already, at {first}")
            }
            Self::Twice { value, first } => write!(f, "{value} is there already, at {first}"),
            Self::TooMany { most } => write!(f, "more than {most}"),
            Self::NoSound => f.write_str("its sound is not among sounds"),
            Self::BadSound => f.write_str(
                "not a WAV file of 16 kHz, 16 bits and one channel with this hash, in base64",
            ),
            Self::OtherSound { length_ms, bytes } => {
                write!(f, "its sound has {length_ms} ms and {bytes} bytes")
            }
            Self::Refused { code, names } if names.is_empty() => f.write_str(code.name()),
            Self::Refused { code, names } => write!(f, "{} ({})", code.name(), names.join(", ")),
        }
    }
}
