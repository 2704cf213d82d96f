//! Hunt groups (manual § 21), group calls (§ 22), park groups (§ 24.2) and pickup groups (§ 25) as they are configured.

use super::VirtualUser;
use crate::id::{LocationId, ParkGroupId, PickupGroupId, UserId};
use crate::number::Destination;
use serde::{Deserialize, Serialize};

/// In which order the members of a group are offered a call (routing § 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// From the first in the list, each call.
    #[default]
    Regular,
    /// From the one after the member who last answered, once around.
    Circular,
    /// All idle members at once.
    Simultaneous,
    /// Who for the longest time has not answered a call to this group.
    Uniform,
    /// By a draw in proportion to the members' weights.
    Weighted,
}

/// A member of a hunt group, or an agent of a call center.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The user.
    pub user: UserId,
    /// The share of calls under the weighted policy, in whole percent; all members' add up to 100.
    #[serde(default)]
    pub weight: u8,
}

/// A hunt group (*groepsschakeling*, manual § 21).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HuntGroup {
    /// Its id, from the space of user ids.
    pub id: UserId,
    /// Its name, place, number and services.
    pub identity: VirtualUser,
    /// The order in which members are offered a call.
    #[serde(default)]
    pub policy: Policy,
    /// Rings before the next member, 1 to 20.
    #[serde(default = "four")]
    pub rings: u8,
    /// Seconds after which the search ends whatever is left to try, 1 to 7200; 0: no limit.
    #[serde(default)]
    pub total_seconds: u16,
    /// Where a call goes that nobody answered; none: the group's own no-answer services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_answer: Option<Destination>,
    /// Where a call goes when no member can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_reachable: Option<Destination>,
    /// The group is busy when no member can be reached and no number is set for that.
    #[serde(default)]
    pub busy_when_unreachable: bool,
    /// Members on a call are offered another; instead of each member's own setting.
    #[serde(default)]
    pub call_waiting: bool,
    /// Shown before the caller's name: `Support` makes `Support - Sam Jones`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// The members, in order.
    #[serde(default)]
    pub members: Vec<Member>,
}

fn four() -> u8 {
    4
}

/// A group call (*groepsoproep*, manual § 22): one number rings all members, and those who answer join one conference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupCall {
    /// Its id, from the space of user ids.
    pub id: UserId,
    /// Its name, place, number and services.
    pub identity: VirtualUser,
    /// The longest time that members ring, in seconds, 1 to 600.
    #[serde(default = "minute")]
    pub ring_seconds: u16,
    /// At most 20: users, numbers outside, or other group calls; a member may carry a code before the number,
    /// as `*80` that stops diversion.
    #[serde(default)]
    pub members: Vec<Destination>,
}

fn minute() -> u16 {
    60
}

/// Users who park calls at each other's extensions (manual § 24.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ParkGroup {
    /// The group.
    pub id: ParkGroupId,
    /// The location.
    pub location: LocationId,
    /// Its name; unique at the location.
    pub name: String,
    /// A hunt group that gets unclaimed calls instead of the location's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternate: Option<UserId>,
    /// The members, in the order in which a free extension is searched; a user is in at most one park group.
    #[serde(default)]
    pub members: Vec<UserId>,
}

/// Users who answer each other's ringing phones (manual § 25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PickupGroup {
    /// The group.
    pub id: PickupGroupId,
    /// The location.
    pub location: LocationId,
    /// Its name; unique at the location.
    pub name: String,
    /// The members; a user is in at most one pickup group.
    #[serde(default)]
    pub members: Vec<UserId>,
}

/// How far directed pickup and barge-in pickup reach (routing § 7): always the own pickup group and the own location.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PickupSettings {
    /// The phones of all other locations too.
    pub other_locations: bool,
}
