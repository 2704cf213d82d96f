//! Whether the story of a call shows what is said to be seen of it.

use super::centers::CenterWay;
use super::{Evidence, Reading};
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::MenuAction;
use crate::rule::RuleResult;
use crate::service::{Pass, Verdict};
use crate::trace::{
    Blocked, CodeStep, FindMeStep, GroupStep, MenuName, MenuStep, PolicyResult, QueueStep, Step,
    What,
};
use crate::what_if::Story;

impl Evidence {
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
