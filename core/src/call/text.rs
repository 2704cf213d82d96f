//! A trace in plain English, one line a step: for `centrale simulate`, logs and scenario files.
//! The portal has its own words in its locale files.

use crate::caller::Caller;
use crate::id::{ScheduleId, UserId};
use crate::organisation::OutgoingOwner;
use crate::rule::{RuleCheck, RuleResult};
use crate::service::{Pass, Verdict};
use crate::snapshot::Snapshot;
use crate::time::Timestamp;
use crate::trace::{Party, Step, What, kebab};
use std::fmt::{self, Write};

/// How much of a trace is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    Full,
    /// Without the services that are switched off or not assigned.
    Brief,
}

/// Writes a trace, each line led by the seconds since the first step.
pub fn write_trace(
    out: &mut impl Write,
    steps: &[Step],
    names: &Snapshot,
    detail: Detail,
) -> fmt::Result {
    let start = steps.first().map_or(Timestamp(0), |step| step.at);
    let idle = |what: &What| {
        matches!(
            what,
            What::Considered {
                verdict: Verdict::Pass(Pass::Off | Pass::NotAssigned),
                ..
            }
        )
    };
    for step in steps
        .iter()
        .filter(|step| detail == Detail::Full || !idle(&step.what))
    {
        write!(out, "{:>4}s ", step.at.since(start) / 1000)?;
        Line {
            names,
            what: &step.what,
        }
        .write(out)?;
        out.write_char('\n')?;
    }
    Ok(())
}

struct Line<'a> {
    names: &'a Snapshot,
    what: &'a What,
}

impl Line<'_> {
    fn write(&self, out: &mut dyn Write) -> fmt::Result {
        match self.what {
            What::Calls { caller, dialled } => {
                write!(out, "{} calls {dialled}", Who(caller))
            }
            What::Arrives { user } => write!(out, "reaches {}", self.user(*user)),
            What::Considered {
                user,
                service,
                verdict,
                rules,
                ..
            } => {
                write!(out, "  {} {service}: {}", self.user(*user), Said(verdict))?;
                rules
                    .iter()
                    .try_for_each(|check| write!(out, "\n        {}", Rule(check)))
            }
            What::Hidden { user } => {
                write!(out, "  the settings of {} are hidden", self.user(*user))
            }
            What::Line { user, state } => {
                write!(out, "  line of {}: {}", self.user(*user), kebab(state))
            }
            What::Rings {
                user,
                devices,
                mobile,
                rings,
            } => {
                write!(out, "rings {}: {devices} phone(s)", self.user(*user))?;
                if *mobile {
                    out.write_str(" and the mobile")?;
                }
                rings.map_or(Ok(()), |rings| write!(out, ", {rings} times"))
            }
            What::RingsOutside { number } => write!(out, "rings {number}"),
            What::Barred {
                by,
                number,
                class,
                set_by,
            } => {
                match number {
                    Some(number) => write!(out, "{number} may not be called")?,
                    None => out.write_str("nobody inside may be called")?,
                }
                if let Some(by) = by {
                    write!(out, " by {}", self.user(*by))?;
                }
                write!(out, ": {} is ", class.name())?;
                match set_by {
                    None => out.write_str("not allowed by default"),
                    Some(OutgoingOwner::Enterprise) => out.write_str("refused by the enterprise"),
                    Some(OutgoingOwner::Location(id)) => write!(out, "refused by location {id}"),
                    Some(OutgoingOwner::Department(id)) => {
                        write!(out, "refused by department {id}")
                    }
                    Some(OutgoingOwner::User(id)) => write!(out, "refused for {}", self.user(*id)),
                }
            }
            What::OverLimit { limit } => write!(out, "no more calls leave: {}", kebab(limit)),
            What::Emergency => out.write_str("rings the emergency services"),
            What::NotAnswered { user } => write!(out, "{} does not answer", self.maybe(*user)),
            What::LegsFailed { user, cause } => {
                write!(out, "{} is {}", self.maybe(*user), kebab(cause))
            }
            What::Diverted { from, to } => write!(out, "{} forwards to {to}", self.user(*from)),
            What::DiversionBlocked { from, to, because } => {
                write!(
                    out,
                    "{} may not forward to {to}: {}",
                    self.user(*from),
                    kebab(because)
                )
            }
            What::Announced { announcement } => write!(out, "caller hears {}", kebab(announcement)),
            What::Mailbox { user } => write!(out, "mailbox of {}", self.user(*user)),
            What::FindMe(step) => step.write(out, &|user| self.user(user)),
            What::Group(step) => step.write(out, &|user| self.user(user)),
            What::Menu(step) => step.write(out, &|user| self.user(user)),
            What::Queue(step) => step.write(out, &|user| self.user(user)),
            What::Voicemail(step) => step.write(out, &|user| self.user(user)),
            What::Code(step) => step.write(out, &|user| self.user(user)),
            What::Talk(step) => step.write(out, &|user| self.user(user)),
            What::Answered {
                by: Party::User(user),
            } => write!(out, "{} answers", self.user(*user)),
            What::Answered {
                by: Party::Outside(number),
            } => write!(out, "{number} answers"),
            What::Answered {
                by: Party::Emergency,
            } => out.write_str("the emergency services answer"),
            What::Ended { cause } => write!(out, "ends: {}", kebab(cause)),
            What::NotKnown { what } => {
                out.write_str("what comes next is not known here")?;
                what.iter()
                    .try_for_each(|unknown| write!(out, " {unknown}"))
            }
        }
    }

    fn user(&self, user: UserId) -> String {
        match self.names.user(user) {
            None => format!("user {user}"),
            Some(s) => s
                .role
                .identity()
                .map_or(&s.user.login, |identity| &identity.name)
                .clone(),
        }
    }

    fn maybe(&self, user: Option<UserId>) -> String {
        user.map_or_else(|| "the number".into(), |user| self.user(user))
    }
}

struct Who<'a>(&'a Caller);

impl fmt::Display for Who<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let caller = self.0;
        match (caller.withheld, caller.extension, caller.number) {
            (true, _, _) if !caller.is_internal() => f.write_str("a withheld number"),
            (_, Some(extension), _) => write!(f, "{extension}"),
            (_, None, Some(number)) => write!(f, "{number}"),
            (_, None, None) => f.write_str("an unknown number"),
        }
    }
}

struct Said<'a>(&'a Verdict);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let splashes = |splash: &bool| if *splash { ", ring splash" } else { "" };
        match self.0 {
            Verdict::Pass(Pass::HeldBack { rule }) => write!(f, "held back by rule {}", rule + 1),
            Verdict::Pass(Pass::Accepted { rule }) => write!(f, "accepted by rule {}", rule + 1),
            Verdict::Pass(pass) => f.write_str(&tag(pass, "why")),
            Verdict::Acts { rule: Some(rule) } => write!(f, "acts by rule {}", rule + 1),
            Verdict::Acts { rule: None } => f.write_str("acts"),
            Verdict::Forward {
                to,
                rule: Some(rule),
                splash,
            } => {
                write!(
                    f,
                    "forward to {to} by rule {}{}",
                    rule + 1,
                    splashes(splash)
                )
            }
            Verdict::Forward {
                to,
                rule: None,
                splash,
            } => write!(f, "forward to {to}{}", splashes(splash)),
            Verdict::Voicemail { splash } => write!(f, "to voicemail{}", splashes(splash)),
            Verdict::Refuse { announcement } => write!(f, "refuse with {}", kebab(announcement)),
            Verdict::Busy { splash } => write!(f, "counts as busy{}", splashes(splash)),
        }
    }
}

struct Rule<'a>(&'a RuleCheck);

impl fmt::Display for Rule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {}: ", self.0.rule + 1)?;
        let schedule = |id: &ScheduleId| format!("schedule {id}");
        match &self.0.result {
            RuleResult::Fired { block: Some(block) } => write!(f, "fired, block {}", block + 1),
            RuleResult::Fired { block: None } => f.write_str("fired"),
            RuleResult::SwitchedOff => f.write_str("switched off"),
            RuleResult::OtherCaller => f.write_str("other caller"),
            RuleResult::OtherTime {
                schedule: id,
                outside: false,
            } => write!(f, "outside {}", schedule(id)),
            RuleResult::OtherTime {
                schedule: id,
                outside: true,
            } => write!(f, "inside {}", schedule(id)),
            RuleResult::ScheduleMissing { schedule: id } => {
                write!(f, "{} is missing", schedule(id))
            }
        }
    }
}

fn tag(value: &impl serde::Serialize, key: &str) -> String {
    match serde_json::to_value(value)
        .ok()
        .and_then(|v| v.get(key).cloned())
    {
        Some(serde_json::Value::String(name)) => name,
        _ => "?".into(),
    }
}
