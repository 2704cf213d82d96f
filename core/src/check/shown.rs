//! What a call shows of a finding: something that can be looked for in its story.

use super::centers::CenterWay;
use crate::feature::Feature;
use crate::id::{LocationId, UserId};
use crate::number::{Destination, Extension};
use crate::organisation::{Key, MenuAction};
use crate::rule::RuleResult;
use crate::service::{Pass, ServiceId, Verdict};
use crate::trace::{
    Blocked, CenterPolicy, CodeStep, FindMeStep, GroupStep, LeftOut, MenuName, MenuStep,
};
use crate::trace::{NotRung, PolicyResult, QueueStep, Step, Untaken, What};
use crate::what_if::{Outcome, Story};
use serde::{Deserialize, Serialize};

/// What is seen of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "shows")]
pub enum Shown {
    /// It comes back to somebody.
    Returns {
        /// To whom.
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
        /// Whose.
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
        /// Whose.
        user: UserId,
        /// Which.
        which: MenuName,
        /// How often.
        times: u16,
        /// The end.
        outcome: Outcome,
    },
    /// Menus are heard, and this one is not.
    Unheard {
        /// Whose.
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
        /// By whom.
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
        /// Why.
        because: LeftOut,
    },
    /// A number does not ring for a user.
    NotRung {
        /// The user.
        user: UserId,
        /// The number, as it was set.
        number: Destination,
        /// Why.
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
        /// Why.
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
        /// Who.
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
        /// Of what.
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
        /// Whose.
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

impl Shown {
    /// Whether the story of a call shows it.
    pub fn holds(&self, story: &Story) -> bool {
        let any = |holds: &dyn Fn(&What) -> bool| story.trace.iter().any(|step| holds(&step.what));
        match self {
            Self::Returns { to } => {
                let again = story
                    .trace
                    .iter()
                    .filter(|s| matches!(s.what, What::Arrives { user } if user == *to));
                again.count() > 1
                    || any(&|what| {
                        matches!(
                            what,
                            What::DiversionBlocked {
                                because: Blocked::Loop,
                                ..
                            }
                        )
                    })
            }
            Self::Takes {
                user,
                service,
                before,
            } => {
                let takes = |what: &What| matches!(what, What::Considered { user: u, service: s, verdict, .. } if (u, s) == (user, service) && verdict.takes_call());
                let turn = |what: &What| matches!(what, What::Considered { user: u, service: s, .. } if (u, s) == (user, before));
                any(&takes) && !any(&turn)
            }
            Self::Rule {
                user,
                service,
                rule,
                result,
                by,
            } => any(&|what| match what {
                What::Considered {
                    user: u,
                    service: s,
                    rules,
                    verdict,
                    ..
                } if (u, s) == (user, service) => {
                    let is = |place: u16, result: &dyn Fn(&RuleResult) -> bool| {
                        rules
                            .iter()
                            .any(|check| check.rule == place && result(&check.result))
                    };
                    let fired = |result: &RuleResult| matches!(result, RuleResult::Fired { .. });
                    is(*rule, &|r| r == result)
                        && by.map_or(!fired(result), |by| {
                            is(by, &fired) && acts_by(verdict) != Some(*rule)
                        })
                }
                _ => false,
            }),
            Self::Policy {
                center,
                policy,
                result,
            } => any(
                &|what| matches!(what, What::Queue(QueueStep::Considered { center: c, policy: p, result: r }) if (c, p, r) == (center, policy, result)),
            ),
            Self::Menu {
                user,
                which,
                times,
                outcome,
            } => heard(story, *user, *which) == *times && *times > 0 && story.outcome == *outcome,
            Self::Unheard { user, menu } => {
                any(
                    &|what| matches!(what, What::Menu(MenuStep::Opens { user: u, .. }) if u == user),
                ) && heard(story, *user, MenuName::Submenu(*menu)) == 0
            }
            Self::NotValid { user, key } => any(
                &|what| matches!(what, What::Menu(MenuStep::NotValid { user: u, key: k }) if (u, k) == (user, key)),
            ),
            Self::SentTo { from, to, outcome } => {
                story.outcome == *outcome && story.trace.iter().any(|step| sends(step, *from, to))
            }
            Self::Leaves {
                center,
                way,
                to,
                outcome,
            } => story.outcome == *outcome && leaves(story, *center, *way, to),
            Self::LeftOut {
                group,
                member,
                because,
            } => any(
                &|what| matches!(what, What::Group(GroupStep::LeavesOut { user, member: m, because: b }) if (user, m, b) == (group, member, because)),
            ),
            Self::NotRung {
                user,
                number,
                because,
            } => any(
                &|what| matches!(what, What::FindMe(FindMeStep::NotRung { user: u, number: n, because: b }) if (u, n, b) == (user, number, because)),
            ),
            Self::SpeedDials {
                user,
                number,
                outcome,
            } => {
                let dials = |what: &What| matches!(what, What::Code(CodeStep::SpeedDial { user: u, number: n }) if (u, n) == (user, number));
                story.outcome == *outcome && any(&dials)
            }
            Self::Untried { group, outcome } => {
                let tries = |what: &What| match what {
                    What::Group(GroupStep::Tries { user, .. } | GroupStep::Calls { user, .. }) => {
                        user == group
                    }
                    What::Queue(QueueStep::Offered { center, .. }) => center == group,
                    _ => false,
                };
                let arrives = |what: &What| matches!(what, What::Arrives { user } if user == group);
                story.outcome == *outcome && any(&arrives) && !any(&tries)
            }
            Self::Untaken {
                group,
                because,
                outcome,
            } => {
                let untaken = |what: &What| matches!(what, What::Group(GroupStep::NobodyTakes { user, because: b }) if (user, b) == (group, because));
                story.outcome == *outcome && any(&untaken)
            }
            Self::NotTheirs { user, service } => any(
                &|what| matches!(what, What::Considered { user: u, service: s, verdict: Verdict::Pass(Pass::NotAssigned), .. } if (u, s) == (user, service)),
            ),
            Self::NoMailbox { of } => {
                let asks = |what: &What| matches!(what, What::Menu(MenuStep::Chosen { action: MenuAction::Mailbox { user: Some(user) }, .. }) if user == of);
                any(&asks)
            }
            Self::Tries {
                group,
                member,
                times,
            } => {
                any(&|what| matches!(what, What::Arrives { user } if user == group))
                    && tried(story, *group, *member) == *times
            }
            Self::Drawn { member, .. } => first_tried(story) == Some(*member),
            Self::Reaches { user } => first_reached(story) == Some(*user),
            Self::Reads { read, .. } => match read {
                Reading::Code { feature } => any(
                    &|what| matches!(what, What::Code(CodeStep::Dialled { feature: f, .. }) if f == feature),
                ),
                Reading::SpeedDial { number } => any(
                    &|what| matches!(what, What::Code(CodeStep::SpeedDial { number: n, .. }) if n == number),
                ),
                Reading::Emergency => any(&|what| matches!(what, What::Emergency)),
                Reading::Extension { user, .. } => first_reached(story) == Some(*user),
                Reading::Prefix { user, .. } => first_reached(story) == *user,
            },
        }
    }
}

fn acts_by(verdict: &Verdict) -> Option<u16> {
    match verdict {
        Verdict::Acts { rule } | Verdict::Forward { rule, .. } => *rule,
        _ => None,
    }
}

fn sends(step: &Step, from: UserId, to: &Destination) -> bool {
    match &step.what {
        What::Diverted { from: f, to: t } | What::DiversionBlocked { from: f, to: t, .. } => {
            (*f, t) == (from, to)
        }
        What::Menu(MenuStep::Chosen {
            user,
            action: MenuAction::Transfer { to: t, .. } | MenuAction::Operator { to: t },
            ..
        }) => (*user, t) == (from, to),
        What::Group(
            GroupStep::LeavesOut { user, member, .. } | GroupStep::Misses { user, member, .. },
        ) => (*user, member) == (from, to),
        _ => false,
    }
}

/// Whether a call center sends a call on, this way: a policy took it, or the queue let go of it, and then it was sent.
pub(super) fn leaves(story: &Story, center: UserId, way: CenterWay, to: &Destination) -> bool {
    let mut open = false;
    story.trace.iter().any(|step| {
        match &step.what {
            What::Queue(QueueStep::Considered {
                center: c,
                policy,
                result,
            }) if *c == center => {
                open = way.policy() == Some(*policy)
                    && matches!(result, PolicyResult::Applies | PolicyResult::Forced);
            }
            What::Queue(QueueStep::Unqueued { center: c, because }) if *c == center => {
                open = way.lets_go(*because);
            }
            _ => {}
        }
        open && sends(step, center, to)
    })
}

/// How often a menu is heard from its beginning.
pub(super) fn heard(story: &Story, user: UserId, which: MenuName) -> u16 {
    let opens = |step: &&Step| matches!(step.what, What::Menu(MenuStep::Opens { user: u, which: w }) if (u, w) == (user, which));
    story.trace.iter().filter(opens).count() as u16
}

/// How often a group tries a member.
pub(super) fn tried(story: &Story, group: UserId, member: UserId) -> u16 {
    let times = |step: &Step| match &step.what {
        What::Group(GroupStep::Tries { user, order, .. }) if *user == group => {
            order.iter().filter(|tried| **tried == member).count()
        }
        What::Queue(QueueStep::Offered { center, agents }) if *center == group => {
            agents.iter().filter(|tried| **tried == member).count()
        }
        _ => 0,
    };
    story.trace.iter().map(times).sum::<usize>() as u16
}

/// Whom a group tries first.
pub(super) fn first_tried(story: &Story) -> Option<UserId> {
    story.trace.iter().find_map(|step| match &step.what {
        What::Group(GroupStep::Tries { order, .. }) => order.first().copied(),
        What::Queue(QueueStep::Offered { agents, .. }) => agents.first().copied(),
        _ => None,
    })
}

/// Whom the call reaches first.
pub(super) fn first_reached(story: &Story) -> Option<UserId> {
    story.trace.iter().find_map(|step| match step.what {
        What::Arrives { user } => Some(user),
        _ => None,
    })
}
