//! Rules that are switched on and can never fire.

use super::probe::Probe;
use super::{Finding, Kind, Never, NoCall, Scope, Shown, Witness};
use crate::number::{Destination, Extension, Pattern};
use crate::rule::{During, Effect, Rule, RuleResult, Schedules, Who};
use crate::service::{Content, Entry};
use crate::snapshot::Subscriber;
use crate::time::{Timestamp, Zone};
use crate::trace::What;
use std::collections::BTreeSet;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let extensions: BTreeSet<Extension> = scope
        .snapshot
        .users()
        .flat_map(|s| {
            s.user.extension.into_iter().chain(s.user.alternates.iter().filter_map(|a| a.extension))
        })
        .collect();
    for s in scope.snapshot.users() {
        for slot in s.slots() {
            let Some(Content::Settings(settings)) = &slot.content else { continue };
            let rules = slot.entry.rules(settings);
            for (place, _) in rules.iter().enumerate().filter(|(_, rule)| rule.enabled) {
                if let Some(because) = never(scope, rules, place, &extensions) {
                    let (service, rule) = (slot.entry.id, place as u16);
                    let at = format!("{}.services.{service}.rules[{place}]", scope.path(s.user.id));
                    let witness = nearest(scope, s, slot.entry, rules, rule, because);
                    let witness = if slot.entry.active(settings) == Some(false) {
                        Witness::Settings { because: NoCall::Off }
                    } else {
                        witness
                    };
                    found.push(Finding::new(at, Kind::RuleNeverFires { service, rule, because }, witness));
                }
            }
        }
    }
}

fn never(scope: &Scope<'_>, rules: &[Rule], place: usize, extensions: &BTreeSet<Extension>) -> Option<Never> {
    let rule = rules.get(place)?;
    let time = [rule.time, rule.holiday].into_iter().flatten().find(|during| is_never(scope, *during));
    if let Some(during) = time {
        return Some(Never::Time { schedule: during.schedule });
    }
    if let Who::Listed { private: false, unavailable: false, numbers } = &rule.who
        && !numbers.is_empty()
        && !numbers.iter().any(|pattern| may_call(*pattern, extensions))
    {
        return Some(Never::NoCaller);
    }
    let mut others = rules.iter().enumerate().filter(|(at, other)| *at != place && other.enabled);
    let covers = |other: &Rule| {
        (other.time.is_none() || other.time == rule.time)
            && (other.holiday.is_none() || other.holiday == rule.holiday)
            && (other.who == Who::Any || other.who == rule.who)
    };
    others.find_map(|(at, other)| match (rule.effect, other.effect) {
        _ if !covers(other) => None,
        (Effect::Activate, Effect::Deactivate) => Some(Never::HeldBack { by: at as u16 }),
        (Effect::Deactivate, Effect::Activate) => None,
        _ => (at < place).then_some(Never::Covered { by: at as u16 }),
    })
}

/// The call that comes nearest to firing a rule: the one reason holds, and nothing else does.
fn nearest(
    scope: &Scope<'_>,
    s: &Subscriber,
    entry: &Entry,
    rules: &[Rule],
    place: u16,
    never: Never,
) -> Witness {
    let Some(rule) = rules.get(usize::from(place)) else {
        return Witness::Settings { because: NoCall::NotFound };
    };
    let (user, service) = (s.user.id, entry.id);
    let by = match never {
        Never::Covered { by } | Never::HeldBack { by } => Some(by),
        Never::Time { .. } | Never::NoCaller => None,
    };
    let wanted = |result: &RuleResult| match (result, never) {
        (RuleResult::OtherTime { schedule, .. }, Never::Time { schedule: never }) => *schedule == never,
        (RuleResult::OtherCaller, Never::NoCaller)
        | (RuleResult::Fired { .. }, Never::Covered { .. } | Never::HeldBack { .. }) => true,
        _ => false,
    };
    scope.witness(&Probe::to(user).meant_by(scope, rule), |story| {
        story.trace.iter().find_map(|step| match &step.what {
            What::Considered { user: u, service: s, rules, .. } if (*u, *s) == (user, service) => {
                let result = rules.iter().find(|check| check.rule == place)?.result;
                let shown = Shown::Rule { user, service, rule: place, result, by };
                (wanted(&result) && shown.holds(story)).then_some(shown)
            }
            _ => None,
        })
    })
}

/// A caller shows a number or an extension, never a code; and a whole extension needs somebody to have it.
fn may_call(pattern: Pattern, extensions: &BTreeSet<Extension>) -> bool {
    let text = pattern.to_string();
    if text.starts_with(['*', '#']) {
        return false;
    }
    match Destination::parse(&text) {
        Ok(Destination::Extension(extension)) if !pattern.has_wildcard() => extensions.contains(&extension),
        _ => true,
    }
}

/// Whether there is no moment at which a rule with this link holds.
fn is_never(scope: &Scope<'_>, during: During) -> bool {
    let Some(schedule) = scope.snapshot.schedule(during.schedule) else { return false };
    let (start, zone) = (Timestamp::from_seconds(946_684_800), Zone::utc());
    schedule.next_change(start, &zone).is_none() && schedule.state(start, &zone).active == during.outside
}
