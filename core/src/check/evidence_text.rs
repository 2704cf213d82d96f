//! What calls show of findings, in plain English.

use super::evidence::{Evidence, Reading};
use crate::id::UserId;
use crate::rule::RuleResult;
use crate::trace::{LeftOut, MenuName, Party, kebab};
use crate::what_if::Outcome;
use std::fmt::{self, Write};

impl Evidence {
    pub(super) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(&UserId) -> String,
    ) -> fmt::Result {
        match self {
            Self::Returns { to } => write!(out, "it comes back to {}", name(to)),
            Self::Takes { service, .. } => write!(out, "{service} takes it"),
            Self::Rule {
                rule, by: Some(by), ..
            } => {
                write!(out, "rule {} holds, and rule {} decides", rule + 1, by + 1)
            }
            Self::Rule { rule, result, .. } => {
                let why = match result {
                    RuleResult::OtherTime {
                        schedule,
                        outside: true,
                    } => format!("schedule {schedule} holds"),
                    RuleResult::OtherTime { schedule, .. } => {
                        format!("schedule {schedule} does not hold")
                    }
                    RuleResult::ScheduleMissing { schedule } => {
                        format!("schedule {schedule} is missing")
                    }
                    RuleResult::OtherCaller => "it is about other callers".into(),
                    RuleResult::SwitchedOff => "it is switched off".into(),
                    RuleResult::Fired { .. } => "it fires".into(),
                };
                write!(out, "rule {}: {why}", rule + 1)
            }
            Self::Policy { policy, result, .. } => write!(out, "{}: {result}", kebab(policy)),
            Self::Menu {
                which,
                times,
                outcome,
                ..
            } => {
                menu(out, *which)?;
                if *times > 1 {
                    write!(out, " {times} times")?;
                }
                write!(out, ", then {}", Ends(outcome, name))
            }
            Self::Unheard { menu, .. } => write!(out, "menus, and never submenu {menu}"),
            Self::NotValid { key, .. } => write!(out, "key {} is not valid", key.sign()),
            Self::SentTo { from, to, outcome } => {
                write!(
                    out,
                    "{} sends it to {to}, {}",
                    name(from),
                    Ends(outcome, name)
                )
            }
            Self::Leaves {
                center,
                way,
                to,
                outcome,
            } => {
                write!(
                    out,
                    "{} sends it to {to} by {}, {}",
                    name(center),
                    kebab(way),
                    Ends(outcome, name)
                )
            }
            Self::LeftOut {
                group,
                member,
                because: LeftOut::Nested,
            } => {
                write!(out, "{} leaves out {member}, which called it", name(group))
            }
            Self::LeftOut {
                group,
                member,
                because,
            } => {
                write!(
                    out,
                    "{} leaves out {member}: {}",
                    name(group),
                    kebab(because)
                )
            }
            Self::NotRung {
                number, because, ..
            } => {
                write!(out, "{number} does not ring: {}", kebab(because))
            }
            Self::SpeedDials {
                number, outcome, ..
            } => {
                write!(out, "it stands for {number}, {}", Ends(outcome, name))
            }
            Self::Untried { group, outcome } => {
                write!(out, "{} tries nobody, {}", name(group), Ends(outcome, name))
            }
            Self::Untaken {
                group,
                because,
                outcome,
            } => {
                write!(
                    out,
                    "nobody takes it for {}: {}, {}",
                    name(group),
                    kebab(because),
                    Ends(outcome, name)
                )
            }
            Self::NotTheirs { service, .. } => write!(out, "{service} is not assigned, and passes"),
            Self::NoMailbox { of, .. } => write!(out, "it is sent to the mailbox of {}", name(of)),
            Self::Tries {
                member, times: 0, ..
            } => write!(out, "{} is not tried", name(member)),
            Self::Tries {
                member, times: 1, ..
            } => write!(out, "{} is tried once", name(member)),
            Self::Tries { member, times, .. } => {
                write!(out, "{} is tried {times} times", name(member))
            }
            Self::Drawn {
                member,
                weight,
                sum,
            } => {
                let mille = u32::from(*weight) * 1000 / sum.max(&1);
                let share = format!("{}.{} %", mille / 10, mille % 10);
                write!(
                    out,
                    "{} is drawn, whose {weight} counts as {share}",
                    name(member)
                )
            }
            Self::Reaches { user } => write!(out, "it reaches {}", name(user)),
            Self::Reads { read, not } => {
                write!(
                    out,
                    "that is {}, not {}",
                    Meant(read, name),
                    Meant(not, name)
                )
            }
        }
    }
}

struct Ends<'a>(&'a Outcome, &'a dyn Fn(&UserId) -> String);

impl fmt::Display for Ends<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Outcome::Answered {
                by: Party::User(user),
            } => write!(f, "{} answers", (self.1)(user)),
            Outcome::Answered {
                by: Party::Outside(number),
            } => write!(f, "{number} answers"),
            Outcome::Answered {
                by: Party::Emergency,
            } => f.write_str("the emergency services answer"),
            Outcome::Mailbox { user } => write!(f, "the mailbox of {}", (self.1)(user)),
            Outcome::Menu { .. } => f.write_str("it ends there"),
            Outcome::Announced { announcement } => {
                write!(f, "caller hears {}", kebab(announcement))
            }
            Outcome::Ended { cause } => write!(f, "it ends: {}", kebab(cause)),
            Outcome::NotKnown => f.write_str("what comes next is not known here"),
        }
    }
}

struct Meant<'a>(&'a Reading, &'a dyn Fn(&UserId) -> String);

impl fmt::Display for Meant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Reading::Code { feature } => write!(f, "the code of {}", feature.name()),
            Reading::SpeedDial { number } => write!(f, "the speed dial of {number}"),
            Reading::Emergency => f.write_str("an emergency number"),
            Reading::Extension { extension, user } => {
                write!(f, "extension {extension} of {}", (self.1)(user))
            }
            Reading::Prefix {
                location,
                user: Some(user),
            } => {
                write!(
                    f,
                    "{} behind the prefix of location {location}",
                    (self.1)(user)
                )
            }
            Reading::Prefix {
                location,
                user: None,
            } => write!(f, "the prefix of location {location}"),
        }
    }
}

fn menu(out: &mut dyn Write, which: MenuName) -> fmt::Result {
    match which {
        MenuName::BusinessHours => out.write_str("the business-hours menu"),
        MenuName::AfterHours => out.write_str("the after-hours menu"),
        MenuName::Holiday => out.write_str("the holiday menu"),
        MenuName::Submenu(id) => write!(out, "submenu {id}"),
    }
}
