//! Accounts, as administrators look after them (requirement K3): who is slowed down
//! after failed log-ins, blocked accounts, links to choose a password, and second factors that were lost.

use super::endpoint;
use crate::id::{AdminId, UserId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An account, by whose it is: `user-7` or `admin-2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum AccountId {
    /// A user's.
    User(UserId),
    /// An administrator's.
    Admin(AdminId),
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "user-{id}"),
            Self::Admin(id) => write!(f, "admin-{id}"),
        }
    }
}

/// A text that names no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an account is user-7 or admin-2")]
pub struct NoAccount;

impl FromStr for AccountId {
    type Err = NoAccount;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, id) = text.split_once('-').ok_or(NoAccount)?;
        // A sign is read by `parse`, and stands in no path of ours.
        let id = id
            .parse()
            .ok()
            .filter(|_| id.starts_with(|c: char| c.is_ascii_digit()))
            .ok_or(NoAccount)?;
        match kind {
            "user" => Ok(Self::User(UserId(id))),
            "admin" => Ok(Self::Admin(AdminId(id))),
            _ => Err(NoAccount),
        }
    }
}

impl TryFrom<String> for AccountId {
    type Error = NoAccount;
    fn try_from(text: String) -> Result<Self, NoAccount> {
        text.parse()
    }
}

impl From<AccountId> for String {
    fn from(id: AccountId) -> Self {
        id.to_string()
    }
}

/// Where tries came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "from")]
pub enum Source {
    /// An address, from browsers in which the account was never logged in.
    Address {
        /// An IPv4 address, or an IPv6 network as `2001:db8::/64`.
        address: String,
    },
    /// A browser in which the account was logged in before.
    KnownBrowser,
    /// Somebody who had the password, and not the second factor.
    SecondFactor,
}

/// A login that cannot be tried from a source for a while, since too many tries failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lock {
    /// Whose login it is; none: nobody's.
    pub account: Option<AccountId>,
    /// The login.
    pub login: String,
    /// First and last name; empty: nobody's.
    pub name: String,
    /// Where the tries came from.
    pub source: Source,
    /// How many failed in a row.
    pub failures: u32,
    /// The last of them.
    pub last_at: Timestamp,
    /// Seconds until the next try, at most 300.
    pub seconds: u32,
}

/// How an account is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// Whose it is.
    pub account: AccountId,
    /// The login.
    pub login: String,
    /// First and last name.
    pub name: String,
    /// A password was set.
    pub has_password: bool,
    /// Since when nobody can log in with it; none: it is not blocked.
    pub blocked_at: Option<Timestamp>,
    /// A second factor is asked.
    pub second_factor: bool,
    /// How many sessions there are.
    pub sessions: u32,
}

/// Whether an account is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Nobody can log in with it, and all its sessions end.
    pub blocked: bool,
}

/// A link by which a password is chosen.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResetLink {
    /// The link. It is told once, works once, and takes the place of earlier ones.
    pub link: String,
    /// Until when it works: 24 hours.
    pub until: Timestamp,
    /// It was mailed to the person as well.
    pub mailed: bool,
}

endpoint! {
    /// Tells how an account is.
    Get: Get "/api/accounts/{account}", Admin, AccountId, () => Account
}
endpoint! {
    /// Blocks an account, or opens it again.
    PutBlocked: Put "/api/accounts/{account}/blocked", Admin, AccountId, Block => Account
}
endpoint! {
    /// Makes a link by which the person chooses another password.
    Reset: Post "/api/accounts/{account}/reset", Admin, AccountId, () => ResetLink
}
endpoint! {
    /// Removes the second factor of somebody who lost it; all their sessions end.
    RemoveSecondFactor: Delete "/api/accounts/{account}/second-factor", Admin, AccountId, () => ()
}
endpoint! {
    /// Ends all sessions of an account.
    EndSessions: Delete "/api/accounts/{account}/sessions", Admin, AccountId, () => ()
}
endpoint! {
    /// Lists the log-ins that cannot be tried for a while, those that were tried last first; at most 1000.
    Locks: Get "/api/locks", Admin, (), () => Vec<Lock>
}
endpoint! {
    /// Lets a log-in be tried again at once, from everywhere.
    Lift: Delete "/api/accounts/{account}/locks", Admin, AccountId, () => ()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_accounts() {
        for id in [AccountId::User(UserId(7)), AccountId::Admin(AdminId(2))] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        for text in [
            "",
            "user",
            "user-",
            "user-+7",
            "user--7",
            "admin-x",
            "group-1",
            "user-4294967296",
        ] {
            assert_eq!(text.parse::<AccountId>(), Err(NoAccount), "{text}");
        }
    }
}
