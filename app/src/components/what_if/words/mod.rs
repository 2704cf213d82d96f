//! The steps of a call in the words of the language. The steps of each kind of party have a file of their own.

mod announced;
mod code;
mod considered;
mod find_me;
mod group;
mod menu;
mod outgoing;
mod queue;
mod talk;
mod voicemail;

use super::names::Names;
use super::story_step::{StepContent, StoryStep};
use crate::components::path::PathStep;
use crate::text::{t, with};
use announced::announced;
use centrale_core::id::UserId;
use centrale_core::service::{ServiceId, Verdict};
use centrale_core::snapshot::{Subscriber, Unknown};
use centrale_core::time::Timestamp;
use centrale_core::trace::{Blocked, Cause, LegFailure, LineFound, Party, What};
use centrale_core::what_if::Outcome;
use considered::{considered, idle_reason, masked_reason, pass_key, passes, rule_reason};

/// A step's title and more of it, which may be empty.
type Told = (String, String);

/// How the call ends, in one sentence.
pub(crate) fn headline(outcome: Outcome, diverted: bool, names: &Names) -> String {
    match outcome {
        Outcome::Answered { by } if diverted => t!("whatif-diverted", who = party(by, names)),
        Outcome::Answered { by } => t!("whatif-answered", who = party(by, names)),
        Outcome::Mailbox { user } => t!("whatif-mailbox", who = names.user(user)),
        Outcome::Menu { user, .. } => t!("whatif-menu", who = names.user(user)),
        Outcome::Announced { announcement } => announced(announcement),
        Outcome::Ended { cause } => ended(cause),
        Outcome::NotKnown => t("whatif-not-known"),
    }
}

/// A step in words, with its reasons.
pub(crate) fn path_step(story_step: &StoryStep, start: Timestamp, names: &Names) -> PathStep {
    let (title, detail) = match &story_step.content {
        StepContent::Comes { calls, user } => comes(calls, *user, names),
        StepContent::Idle(idle) => match idle.as_slice() {
            [(service, pass)] => (passes(*service, &t(pass_key(*pass))), String::new()),
            _ => (t!("path-idle", count = idle.len()), String::new()),
        },
        StepContent::Masked(masked) => (t!("path-masked", count = masked.len()), String::new()),
        StepContent::RingsAndAnswers(what) => (rings(what, names).0, answered(what, names)),
        StepContent::Step(what) => step(what, story_step, start, names),
    };
    let at = start.plus_ms(story_step.after);
    let (ask, reasons) = match (&story_step.content, story_step.rules()) {
        (StepContent::Idle(idle), _) if idle.len() > 1 => (
            t("path-which"),
            idle.iter()
                .map(|(id, pass)| idle_reason(*id, *pass))
                .collect(),
        ),
        (StepContent::Masked(masked), _) => (
            t("path-which"),
            masked.iter().map(|id| masked_reason(*id)).collect(),
        ),
        (StepContent::Step(What::Considered { verdict, .. }), Some((user, service, rules))) => {
            let ask = if matches!(verdict, Verdict::Pass(_)) {
                t("path-why-not")
            } else {
                t("path-why")
            };
            (
                ask,
                rules
                    .iter()
                    .map(|check| rule_reason(user, service, check, at, names))
                    .collect(),
            )
        }
        _ => (String::new(), Vec::new()),
    };
    PathStep {
        tone: story_step.tone,
        title,
        detail,
        ask,
        reasons,
    }
}

/// What a service is called.
pub(crate) fn service_name(service: ServiceId) -> String {
    t(&format!("service-{service}-name"))
}

fn comes(calls: &What, user: Option<UserId>, names: &Names) -> Told {
    let What::Calls { caller, dialled } = calls else {
        return (String::new(), String::new());
    };
    let to = user.map_or_else(|| dialled.clone(), |user| names.reached(user));
    (
        t!("path-comes", to = to),
        t!("path-from", caller = names.caller(caller)),
    )
}

fn step(what: &What, story_step: &StoryStep, start: Timestamp, names: &Names) -> Told {
    let maybe =
        |user: &Option<UserId>| user.map_or_else(|| t("path-the-number"), |user| names.user(user));
    match what {
        What::Calls { .. } => comes(what, None, names),
        What::Arrives { user } => only(t!("path-arrives", who = names.reached(*user))),
        What::Considered {
            user,
            service,
            verdict,
            ..
        } => considered(*user, *service, verdict, names),
        What::Hidden { user } => only(t!("path-hidden", who = names.user(*user))),
        What::Line { user, state } => only(with(
            match state {
                LineFound::Idle => "path-line-idle",
                LineFound::CallWaiting => "path-line-call-waiting",
                LineFound::Busy => "path-line-busy",
                LineFound::Unreachable => "path-line-unreachable",
            },
            &[("who", names.user(*user))],
        )),
        What::Rings { .. } | What::RingsOutside { .. } | What::Emergency => rings(what, names),
        What::NotAnswered { user } => (
            t!("path-not-answered", who = maybe(user)),
            t!("path-after", seconds = story_step.after / 1000),
        ),
        What::LegsFailed { user, cause } => only(failed(*cause, maybe(user))),
        What::Diverted { from, to } => only(t!("path-to", to = names.destination(*from, to))),
        What::DiversionBlocked { from, to, because } => (
            t!("path-blocked", to = names.destination(*from, to)),
            blocked(*because),
        ),
        What::Announced { announcement } => only(announced(*announcement)),
        What::Mailbox { user } => only(t!("whatif-mailbox", who = names.user(*user))),
        What::FindMe(step) => find_me::words(step, names),
        What::Group(step) => group::words(step, names),
        What::Menu(step) => menu::words(step, names),
        What::Queue(step) => queue::words(step, start.plus_ms(story_step.after), names),
        What::Voicemail(step) => voicemail::words(step, names),
        What::Code(step) => code::words(step, names),
        What::Talk(step) => talk::words(step, names),
        What::Answered { by } => only(t!("whatif-answered", who = party(*by, names))),
        What::Ended { cause } => only(ended(*cause)),
        What::Barred {
            by,
            number,
            class,
            set_by,
        } => outgoing::barred(*by, *number, *class, *set_by, names),
        What::OverLimit { limit } => only(outgoing::limit(*limit)),
        What::NotKnown { what } => (t("whatif-not-known"), not_known(what, names)),
    }
}

/// Why it is not known: by a schedule of which only the name may be seen, or by what is not here at all.
fn not_known(what: &[Unknown], names: &Names) -> String {
    let schedule = what.iter().find_map(|unknown| match unknown {
        Unknown::Moment(schedule, ..) => names.schedule_name(*schedule),
        _ => None,
    });
    schedule.map_or_else(
        || t("path-not-known"),
        |name| t!("path-not-known-schedule", schedule = name),
    )
}

fn blocked(because: Blocked) -> String {
    t(match because {
        Blocked::Loop => "path-blocked-loop",
        Blocked::TooOften => "path-blocked-too-often",
        Blocked::Emergency => "path-blocked-emergency",
        Blocked::NotDiallable => "path-blocked-not-diallable",
    })
}

fn failed(cause: LegFailure, who: String) -> String {
    let key = match cause {
        LegFailure::Unreachable => "path-line-unreachable",
        LegFailure::Busy => "path-line-busy",
    };
    with(key, &[("who", who)])
}

fn rings(what: &What, names: &Names) -> Told {
    match what {
        What::Rings {
            user,
            devices,
            mobile,
            rings,
        } => {
            let phones = phones(*devices, *mobile);
            let detail = match rings {
                Some(rings) => t!("path-phones-rings", phones = phones, rings = rings),
                None => phones,
            };
            (t!("path-rings", who = names.reached(*user)), detail)
        }
        What::RingsOutside { number } => {
            (t!("path-rings", who = names.number(*number)), String::new())
        }
        _ => (t("path-emergency"), String::new()),
    }
}

fn answered(what: &What, names: &Names) -> String {
    match what {
        What::Rings {
            devices,
            mobile,
            user,
            ..
        } => {
            let hidden = names.config.user(*user).is_some_and(Subscriber::is_hidden);
            let phones = if hidden {
                String::new()
            } else {
                phones(*devices, *mobile)
            };
            t!(
                "path-answers",
                phones = phones,
                known = if hidden { "no" } else { "yes" }
            )
        }
        _ => t!("path-answers", phones = "", known = "no"),
    }
}

fn phones(devices: u16, mobile: bool) -> String {
    match (devices, mobile) {
        (0, true) => t("path-phones-mobile"),
        (count, true) => t!("path-phones-and-mobile", count = count),
        (count, false) => t!("path-phones", count = count),
    }
}

fn party(by: Party, names: &Names) -> String {
    match by {
        Party::User(user) => names.user(user),
        Party::Outside(number) => names.number(number),
        Party::Emergency => t("path-emergency-services"),
    }
}

/// A title without more.
fn only(title: String) -> Told {
    (title, String::new())
}

fn ended(cause: Cause) -> String {
    t(match cause {
        Cause::Normal | Cause::CallerGone => "whatif-ended",
        Cause::Busy => "whatif-ended-busy",
        Cause::NoAnswer => "whatif-ended-no-answer",
        Cause::Rejected => "whatif-ended-rejected",
        Cause::Unreachable => "whatif-ended-unreachable",
        Cause::NotInUse => "whatif-not-in-use",
    })
}
