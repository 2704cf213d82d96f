//! The newtypes by which things are named: one per kind, so that a user can never be taken for a location.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A user: a person, a desk that stands for one, or a virtual user (a group, a menu, a queue).
    UserId;
    /// A location of the enterprise: one address, one time zone, one range of numbers.
    LocationId;
    /// A department: part of a location, or of another department.
    DepartmentId;
    /// A time or holiday schedule.
    ScheduleId;
    /// A service pack: a licence for a set of services.
    PackId;
    /// A phone that can register.
    DeviceId;
    /// A park group.
    ParkGroupId;
    /// A pickup group.
    PickupGroupId;
    /// A reason for which agents are unavailable.
    UnavailableCodeId;
    /// A sound that was uploaded.
    UploadId;
    /// An administrator without a phone of their own.
    AdminId;
}

/// A call, by the name that its host gave it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallRef(pub u64);

/// The name of a service on the wire, in the store and in the locale files. Only those that the
/// catalogue of services has are read back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ServiceId(pub &'static str);

impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
