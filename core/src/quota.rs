//! How much one owner may have, and how often one account may ask: what limits those who are logged in. One table, which
//! the server goes by and the portal tells. What a single thing may hold, such as the blocks of a schedule, is said where
//! that thing is.

/// A limit for those who are logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quota {
    /// Schedules of one user.
    UserSchedules,
    /// Schedules of one location.
    LocationSchedules,
    /// Rules of one service of one user.
    Rules,
    /// Uploads of one owner: a user, a department, a location or the enterprise.
    Uploads,
    /// Megabytes (a million bytes) of all uploads of one user.
    UserUploadMegabytes,
    /// Megabytes of all uploads of one department or location, or of the enterprise.
    UploadMegabytes,
    /// Tries within an hour to give one mailbox another passcode. Each costs the server as much as a log-in.
    Passcodes,
    /// Requests of one account within a minute.
    Requests,
}

impl Quota {
    /// Every limit.
    pub const ALL: [Self; 8] = [
        Self::UserSchedules,
        Self::LocationSchedules,
        Self::Rules,
        Self::Uploads,
        Self::UserUploadMegabytes,
        Self::UploadMegabytes,
        Self::Passcodes,
        Self::Requests,
    ];

    /// The most that is allowed.
    pub const fn limit(self) -> u32 {
        match self {
            Self::UserSchedules | Self::Uploads => 50,
            Self::LocationSchedules => 200,
            Self::Rules | Self::UserUploadMegabytes => 100,
            Self::UploadMegabytes => 500,
            Self::Passcodes => 20,
            Self::Requests => 600,
        }
    }

    /// The most bytes that are allowed, for a limit in megabytes.
    pub const fn bytes(self) -> u64 {
        self.limit() as u64 * 1_000_000
    }
}

#[cfg(test)]
mod tests {
    use super::Quota;
    use crate::error::{Code, ErrorBody, FieldError};

    #[test]
    fn each_refusal_tells_its_limit() {
        for quota in Quota::ALL {
            assert_eq!(Quota::of(quota.code()), Some(quota));
            assert_eq!(
                FieldError::new("a", quota.code()).limit,
                Some(quota.limit())
            );
            assert_eq!(ErrorBody::from(quota.code()).limit, Some(quota.limit()));
            assert!(quota.code().name().starts_with("quota-"));
        }
        assert_eq!(Quota::of(Code::TooMany), None);
        assert_eq!(
            serde_json::to_string(&FieldError::new("a", Code::TooMany)).unwrap(),
            r#"{"field":"a","code":"too-many"}"#
        );
    }
}
