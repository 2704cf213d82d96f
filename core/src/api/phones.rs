//! Phones that fail to say who they are (requirement K2), as administrators see them.

use super::endpoint;
use crate::id::UserId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Tries to register or call with one account from one address that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failure {
    /// The SIP account; empty: none that there is.
    pub account: String,
    /// Whose phone has it; none: nobody's.
    pub user: Option<UserId>,
    /// First and last name; empty: nobody's.
    pub name: String,
    /// An IPv4 address, or an IPv6 network as `2001:db8::/64`.
    pub address: String,
    /// How many failed since somebody at the address last had the right password.
    pub failures: u32,
    /// The last of them.
    pub last_at: Timestamp,
    /// Seconds until phones at the address are heard again, at most 300; 0: they are.
    pub seconds: u32,
}

endpoint! {
    /// Lists the phones that failed to register or call within an hour, the last first; at most 1000. After five failures in a
    /// row an address is not heard for a while, longer each time, unless somebody at it had the right password within a week.
    Failures: Get "/api/phones/failures", Admin, (), () => Vec<Failure>
}
