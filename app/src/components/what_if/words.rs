//! The stations of a call in the words of the language.

use super::names::Names;
use super::station::{Station, Tells};
use crate::components::path::{Reason, Stop};
use crate::text::{t, with};
use centrale_core::id::UserId;
use centrale_core::rule::{Effect, RuleCheck, RuleResult};
use centrale_core::service::{Announcement, Pass, ServiceId, Verdict};
use centrale_core::time::Timestamp;
use centrale_core::trace::{Blocked, Cause, LegFailure, LineFound, Party, What};
use centrale_core::what_if::Outcome;

/// How the call ends, in one sentence.
pub(crate) fn headline(outcome: Outcome, diverted: bool, names: &Names) -> String {
    match outcome {
        Outcome::Answered { by } if diverted => t!("whatif-diverted", who = party(by, names)),
        Outcome::Answered { by } => t!("whatif-answered", who = party(by, names)),
        Outcome::Mailbox { user } => t!("whatif-mailbox", who = names.user(user)),
        Outcome::Menu { user, .. } => t!("whatif-menu", who = names.user(user)),
        Outcome::Announced { announcement } => announced(announcement),
        Outcome::Ended { cause } => ended(cause),
    }
}

/// A station, with its reasons.
pub(crate) fn stop(station: &Station, start: Timestamp, names: &Names) -> Stop {
    let (title, detail) = match &station.tells {
        Tells::Comes { calls, user } => comes(calls, *user, names),
        Tells::Idle(idle) => match idle.as_slice() {
            [(service, pass)] => (passes(*service, &t(pass_key(*pass))), String::new()),
            _ => (t!("path-idle", count = idle.len()), String::new()),
        },
        Tells::Masked(masked) => (t!("path-masked", count = masked.len()), String::new()),
        Tells::RingsAndAnswers(what) => (rings(what, names).0, answered(what, names)),
        Tells::Step(what) => step(what, station.after / 1000, names),
    };
    let at = start.plus_ms(station.after);
    let (ask, reasons) = match (&station.tells, station.rules()) {
        (Tells::Idle(idle), _) if idle.len() > 1 => {
            (t("path-which"), idle.iter().map(|(id, pass)| idle_reason(*id, *pass)).collect())
        }
        (Tells::Masked(masked), _) => (t("path-which"), masked.iter().map(|id| masked_reason(*id)).collect()),
        (Tells::Step(What::Considered { verdict, .. }), Some((user, service, rules))) => {
            let ask = if matches!(verdict, Verdict::Pass(_)) { t("path-why-not") } else { t("path-why") };
            (ask, rules.iter().map(|check| rule_reason(user, service, check, at, names)).collect())
        }
        _ => (String::new(), Vec::new()),
    };
    Stop { tone: station.tone, title, detail, ask, reasons }
}

/// What a service is called.
pub(crate) fn service_name(service: ServiceId) -> String {
    t(&format!("service-{service}-name"))
}

fn comes(calls: &What, user: Option<UserId>, names: &Names) -> (String, String) {
    let What::Calls { caller, dialled } = calls else { return (String::new(), String::new()) };
    let to = user.map_or_else(|| dialled.clone(), |user| names.reached(user));
    (t!("path-comes", to = to), t!("path-from", caller = names.caller(caller)))
}

fn step(what: &What, seconds: i64, names: &Names) -> (String, String) {
    let only = |title: String| (title, String::new());
    let maybe = |user: &Option<UserId>| user.map_or_else(|| t("path-the-number"), |user| names.user(user));
    match what {
        What::Calls { .. } => comes(what, None, names),
        What::Arrives { user } => only(t!("path-arrives", who = names.reached(*user))),
        What::Considered { user, service, verdict, .. } => considered(*user, *service, verdict, names),
        What::Hidden { user } => only(t!("path-hidden", who = names.user(*user))),
        What::Line { user, state } => only(with(
            match state {
                LineFound::Idle => "path-line-idle",
                LineFound::Busy => "path-line-busy",
                LineFound::Unreachable => "path-line-unreachable",
            },
            &[("who", names.user(*user))],
        )),
        What::Rings { .. } | What::RingsOutside { .. } | What::Emergency => rings(what, names),
        What::NotAnswered { user } => {
            (t!("path-not-answered", who = maybe(user)), t!("path-after", seconds = seconds))
        }
        What::LegsFailed { user, cause } => only(with(
            match cause {
                LegFailure::Unreachable => "path-line-unreachable",
                LegFailure::Busy => "path-line-busy",
            },
            &[("who", maybe(user))],
        )),
        What::Diverted { from, to } => only(t!("path-to", to = names.destination(*from, to))),
        What::DiversionBlocked { from, to, because } => (
            t!("path-blocked", to = names.destination(*from, to)),
            t(match because {
                Blocked::Loop => "path-blocked-loop",
                Blocked::TooOften => "path-blocked-too-often",
                Blocked::Emergency => "path-blocked-emergency",
                Blocked::NotDiallable => "path-blocked-not-diallable",
            }),
        ),
        What::Announced { announcement } => only(announced(*announcement)),
        What::Mailbox { user } => only(t!("whatif-mailbox", who = names.user(*user))),
        What::Answered { by } => only(t!("whatif-answered", who = party(*by, names))),
        What::Ended { cause } => only(ended(*cause)),
    }
}

fn considered(user: UserId, service: ServiceId, verdict: &Verdict, names: &Names) -> (String, String) {
    let name = service_name(service);
    let rule_name =
        |rule: u16| names.rule(user, service, rule).map(|rule| rule.name.clone()).unwrap_or_default();
    let acts = |rule: Option<u16>| match rule {
        Some(rule) => t!("path-rule-fits", service = name, rule = rule_name(rule)),
        None => name.clone(),
    };
    let splashed =
        |detail: String, splash: bool| if splash { t!("path-splash", text = detail) } else { detail };
    match verdict {
        Verdict::Forward { to, rule, splash } => {
            let detail = t!("path-to", to = names.destination(user, to));
            (acts(*rule), splashed(detail, *splash))
        }
        Verdict::Voicemail { splash } => (name, splashed(t("path-to-voicemail"), *splash)),
        Verdict::Refuse { .. } => (name, t("path-refuses")),
        Verdict::Busy { splash } => (name, splashed(t("path-counts-as-busy"), *splash)),
        Verdict::Pass(pass) => {
            let reason = match pass {
                Pass::HeldBack { rule } => t!("pass-held-back", rule = rule_name(*rule)),
                pass => t(pass_key(*pass)),
            };
            (passes(service, &reason), String::new())
        }
    }
}

fn passes(service: ServiceId, reason: &str) -> String {
    t!("path-passes", service = service_name(service), reason = reason)
}

const fn pass_key(pass: Pass) -> &'static str {
    match pass {
        Pass::NotAssigned => "pass-not-assigned",
        Pass::Off => "pass-off",
        Pass::Unreadable => "pass-unreadable",
        Pass::NoRule => "pass-no-rule",
        Pass::HeldBack { .. } => "pass-held-back",
        Pass::NumberShown => "pass-number-shown",
        Pass::NumberUnavailable => "pass-number-unavailable",
        Pass::CallerInternal => "pass-caller-internal",
        Pass::DiversionInhibited => "pass-diversion-inhibited",
        Pass::NoDestination => "pass-no-destination",
    }
}

fn rings(what: &What, names: &Names) -> (String, String) {
    match what {
        What::Rings { user, devices, mobile, rings } => {
            let phones = phones(*devices, *mobile);
            let detail = match rings {
                Some(rings) => t!("path-phones-rings", phones = phones, rings = rings),
                None => phones,
            };
            (t!("path-rings", who = names.reached(*user)), detail)
        }
        What::RingsOutside { number } => (t!("path-rings", who = names.number(*number)), String::new()),
        _ => (t("path-emergency"), String::new()),
    }
}

fn answered(what: &What, names: &Names) -> String {
    match what {
        What::Rings { devices, mobile, user, .. } => {
            let hidden = names.config.user(*user).is_some_and(|s| s.hidden);
            let phones = if hidden { String::new() } else { phones(*devices, *mobile) };
            t!("path-answers", phones = phones, known = if hidden { "no" } else { "yes" })
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

fn rule_reason(user: UserId, service: ServiceId, check: &RuleCheck, at: Timestamp, names: &Names) -> Reason {
    let rule = names.rule(user, service, check.rule);
    let schedules = || {
        let links = rule.into_iter().flat_map(centrale_core::rule::Rule::links);
        links.map(|id| names.schedule(user, id, at)).collect::<Vec<_>>().join("; ")
    };
    let fired = matches!(check.result, RuleResult::Fired { .. });
    let text = match check.result {
        RuleResult::Fired { .. } => {
            let effect = match rule.map(|rule| rule.effect) {
                Some(Effect::Deactivate) => "rule-holds-back",
                _ => "rule-fits",
            };
            let schedules = schedules();
            with(
                effect,
                &[("linked", if schedules.is_empty() { "no" } else { "yes" }.into()), ("because", schedules)],
            )
        }
        RuleResult::SwitchedOff => t("rule-off"),
        RuleResult::OtherCaller => t("rule-other-caller"),
        RuleResult::OtherTime { schedule, .. } => {
            t!("rule-other-time", because = names.schedule(user, schedule, at))
        }
        RuleResult::ScheduleMissing { .. } => t("path-schedule-missing"),
    };
    Reason { fired, name: rule.map(|rule| rule.name.clone()).unwrap_or_default(), text }
}

fn idle_reason(service: ServiceId, pass: Pass) -> Reason {
    Reason { fired: false, name: service_name(service), text: t(pass_key(pass)) }
}

fn masked_reason(service: ServiceId) -> Reason {
    Reason { fired: false, name: service_name(service), text: t("path-masked-reason") }
}

fn party(by: Party, names: &Names) -> String {
    match by {
        Party::User(user) => names.user(user),
        Party::Outside(number) => names.number(number),
        Party::Emergency => t("path-emergency-services"),
    }
}

fn announced(announcement: Announcement) -> String {
    t(match announcement {
        Announcement::AnonymousRejected => "whatif-announced-anonymous",
        Announcement::NumberNotInUse => "whatif-announced-not-in-use",
    })
}

fn ended(cause: Cause) -> String {
    t(match cause {
        Cause::Normal | Cause::CallerGone => "whatif-ended",
        Cause::Busy => "whatif-ended-busy",
        Cause::NoAnswer => "whatif-ended-no-answer",
        Cause::Rejected => "whatif-ended-rejected",
        Cause::Unreachable => "whatif-ended-unreachable",
        Cause::NotInUse => "whatif-announced-not-in-use",
    })
}
