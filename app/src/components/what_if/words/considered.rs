//! What a service said of the call, and what its rules came to.

use super::{Told, service_name};
use crate::components::path::Reason;
use crate::components::what_if::names::Names;
use crate::text::{for_service, t, with};
use centrale_core::id::UserId;
use centrale_core::rule::{Effect, RuleCheck, RuleResult};
use centrale_core::service::{Pass, ServiceId, Verdict};
use centrale_core::time::Timestamp;

pub(super) fn considered(
    user: UserId,
    service: ServiceId,
    verdict: &Verdict,
    names: &Names,
) -> Told {
    let name = service_name(service);
    let rule_name = |rule: u16| {
        names
            .rule(user, service, rule)
            .map(|rule| rule.name.clone())
            .unwrap_or_default()
    };
    let acts = |rule: Option<u16>| match rule {
        Some(rule) => t!("path-rule-fits", service = name, rule = rule_name(rule)),
        None => name.clone(),
    };
    let splashed = |detail: String, splash: bool| {
        if splash {
            t!("path-splash", text = detail)
        } else {
            detail
        }
    };
    match verdict {
        Verdict::Forward { to, rule, splash } => {
            let detail = t!("path-to", to = names.destination(user, to));
            (acts(*rule), splashed(detail, *splash))
        }
        Verdict::Voicemail { splash } => (name, splashed(t("path-to-voicemail"), *splash)),
        Verdict::Acts { rule } => (acts(*rule), for_service(service, "path-acts")),
        Verdict::Refuse { .. } => (name, t("path-refuses")),
        Verdict::Busy { splash } => (name, splashed(t("path-counts-as-busy"), *splash)),
        Verdict::Pass(pass) => {
            let reason = match pass {
                Pass::HeldBack { rule } => t!("pass-held-back", rule = rule_name(*rule)),
                Pass::Accepted { rule } => t!("pass-accepted", rule = rule_name(*rule)),
                pass => t(pass_key(*pass)),
            };
            (passes(service, &reason), String::new())
        }
    }
}

pub(super) fn passes(service: ServiceId, reason: &str) -> String {
    t!(
        "path-passes",
        service = service_name(service),
        reason = reason
    )
}

pub(super) const fn pass_key(pass: Pass) -> &'static str {
    match pass {
        Pass::NotAssigned => "pass-not-assigned",
        Pass::Off => "pass-off",
        Pass::Unreadable => "pass-unreadable",
        Pass::NoRule => "pass-no-rule",
        Pass::HeldBack { .. } => "pass-held-back",
        Pass::Accepted { .. } => "pass-accepted",
        Pass::OutsideSchedules => "pass-outside-schedules",
        Pass::OwnNumber => "pass-own-number",
        Pass::NumberShown => "pass-number-shown",
        Pass::NumberUnavailable => "pass-number-unavailable",
        Pass::CallerInternal => "pass-caller-internal",
        Pass::DiversionInhibited => "pass-diversion-inhibited",
        Pass::OfferedByGroup => "pass-offered-by-group",
        Pass::LineFree => "pass-line-free",
        Pass::OnACall => "pass-on-a-call",
        Pass::NoMailbox => "pass-no-mailbox",
        Pass::NoDestination => "pass-no-destination",
    }
}

pub(super) fn rule_reason(
    user: UserId,
    service: ServiceId,
    check: &RuleCheck,
    at: Timestamp,
    names: &Names,
) -> Reason {
    let rule = names.rule(user, service, check.rule);
    let schedules = || {
        let links = rule.into_iter().flat_map(centrale_core::rule::Rule::links);
        links
            .map(|id| names.schedule(user, id, at))
            .collect::<Vec<_>>()
            .join("; ")
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
                &[
                    (
                        "linked",
                        if schedules.is_empty() { "no" } else { "yes" }.into(),
                    ),
                    ("because", schedules),
                ],
            )
        }
        RuleResult::SwitchedOff => t("rule-off"),
        RuleResult::OtherCaller => t("rule-other-caller"),
        RuleResult::OtherTime { schedule, .. } => {
            t!(
                "rule-other-time",
                because = names.schedule(user, schedule, at)
            )
        }
        RuleResult::ScheduleMissing { .. } => t("path-schedule-missing"),
    };
    Reason {
        fired,
        name: rule.map(|rule| rule.name.clone()).unwrap_or_default(),
        text,
    }
}

pub(super) fn idle_reason(service: ServiceId, pass: Pass) -> Reason {
    Reason {
        fired: false,
        name: service_name(service),
        text: t(pass_key(pass)),
    }
}

pub(super) fn masked_reason(service: ServiceId) -> Reason {
    Reason {
        fired: false,
        name: service_name(service),
        text: t("path-masked-reason"),
    }
}
