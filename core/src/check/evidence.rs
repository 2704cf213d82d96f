//! What a call shows of a finding: something that can be looked for in its story.

use super::centers::CenterWay;
use crate::feature::Feature;
use crate::id::{LocationId, UserId};
use crate::number::{Destination, Extension};
use crate::organisation::Key;
use crate::rule::RuleResult;
use crate::service::ServiceId;
use crate::trace::{CenterPolicy, LeftOut, MenuName};
use crate::trace::{NotRung, PolicyResult, Untaken};
use crate::what_if::Outcome;
use serde::{Deserialize, Serialize};

/// What is seen of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "shows")]
pub enum Evidence {
    /// It comes back to somebody.
    Returns {
        /// The user whom it reaches a second time.
        to: UserId,
    },
    /// A service takes it, and another has not got its turn.
    Takes {
        /// Whose services.
        user: UserId,
        /// The one that takes it.
        service: ServiceId,
        /// The other.
        before: ServiceId,
    },
    /// What a rule comes to, and another that fires as well.
    Rule {
        /// The user whose service has the rule.
        user: UserId,
        /// Of which service.
        service: ServiceId,
        /// Its place, from 0.
        rule: u16,
        /// What it comes to.
        result: RuleResult,
        /// The other rule, from 0, which fires and decides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<u16>,
    },
    /// What a policy of a call center comes to.
    Policy {
        /// The call center.
        center: UserId,
        /// The policy.
        policy: CenterPolicy,
        /// What it comes to.
        result: PolicyResult,
    },
    /// A menu is heard, and how the call ends.
    Menu {
        /// The auto attendant whose menu it is.
        user: UserId,
        /// The menu that is heard.
        which: MenuName,
        /// How often.
        times: u16,
        /// The end.
        outcome: Outcome,
    },
    /// Menus are heard, and this one is not.
    Unheard {
        /// The auto attendant whose menus they are.
        user: UserId,
        /// The submenu.
        menu: u16,
    },
    /// A key does nothing.
    NotValid {
        /// In whose menu.
        user: UserId,
        /// The key.
        key: Key,
    },
    /// It is sent somewhere, and how it ends.
    SentTo {
        /// The user, virtual or not, who sends it on.
        from: UserId,
        /// To what, as it was set.
        to: Destination,
        /// The end.
        outcome: Outcome,
    },
    /// A call center sends it on.
    Leaves {
        /// The call center.
        center: UserId,
        /// By what.
        way: CenterWay,
        /// To what, as it was set.
        to: Destination,
        /// The end.
        outcome: Outcome,
    },
    /// A group call does not call a member.
    LeftOut {
        /// The group call.
        group: UserId,
        /// The member, as it was set.
        member: Destination,
        /// Why the member is left out.
        because: LeftOut,
    },
    /// A number does not ring for a user.
    NotRung {
        /// The user.
        user: UserId,
        /// The number, as it was set.
        number: Destination,
        /// Why the number does not ring.
        because: NotRung,
    },
    /// A user dials a speed dial, and how the call ends.
    SpeedDials {
        /// The user.
        user: UserId,
        /// What it stands for.
        number: Destination,
        /// The end.
        outcome: Outcome,
    },
    /// A group takes it and tries nobody, and how the call ends.
    Untried {
        /// The group.
        group: UserId,
        /// The end.
        outcome: Outcome,
    },
    /// No member of a group takes it, and how the call ends.
    Untaken {
        /// The group.
        group: UserId,
        /// Why no member takes it.
        because: Untaken,
        /// The end.
        outcome: Outcome,
    },
    /// A service leaves it alone that is not the user's.
    NotTheirs {
        /// The user.
        user: UserId,
        /// The service.
        service: ServiceId,
    },
    /// A menu sends it to a mailbox that is nobody's, or is switched off.
    NoMailbox {
        /// Whose it would be.
        of: UserId,
    },
    /// A group takes it, and how often a member is tried.
    Tries {
        /// The group.
        group: UserId,
        /// The member.
        member: UserId,
        /// How often.
        times: u16,
    },
    /// A member is drawn, by a weight that is not the share that was meant.
    Drawn {
        /// The member.
        member: UserId,
        /// Their weight.
        weight: u8,
        /// All weights.
        sum: u32,
    },
    /// Somebody is reached.
    Reaches {
        /// The user, virtual or not, who is reached.
        user: UserId,
    },
    /// The digits are read in one way, and not in another.
    Reads {
        /// How they are read.
        read: Reading,
        /// How they could be.
        not: Reading,
    },
}

/// What digits may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "as")]
pub enum Reading {
    /// A feature access code.
    Code {
        /// The feature that the code stands for.
        feature: Feature,
    },
    /// A speed dial.
    SpeedDial {
        /// What it stands for.
        number: Destination,
    },
    /// An emergency number.
    Emergency,
    /// An extension of somebody at the own location.
    Extension {
        /// The extension.
        extension: Extension,
        /// The user, virtual or not, who has it.
        user: UserId,
    },
    /// A prefix, and an extension behind it.
    Prefix {
        /// Of which location.
        location: LocationId,
        /// Whose extension; none: nobody's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<UserId>,
    },
}
