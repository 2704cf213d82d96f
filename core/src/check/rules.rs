//! Rules that are switched on and can never fire.

use super::callers::is_nobodys;
use super::moments::{BEGIN, asked, meet};
use super::probe::Probe;
use super::wider::covers;
use super::{Evidence, Finding, Kind, Never, NoCall, Scope, Witness};
use crate::number::Pattern;
use crate::rule::{During, Effect, Rule, RuleResult, Schedules, Who};
use crate::service::{Content, Entry};
use crate::snapshot::Subscriber;
use crate::time::Zone;
use crate::trace::What;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for s in scope.snapshot.users() {
        for slot in s.slots() {
            let Some(Content::Settings(settings)) = &slot.content else {
                continue;
            };
            let rules = slot.entry.rules(settings);
            let (service, off) = (slot.entry.id, slot.entry.active(settings) == Some(false));
            let shown = |rule, because| {
                if off {
                    return Witness::Settings {
                        because: NoCall::Off,
                    };
                }
                nearest(scope, s, slot.entry, rules, rule, because)
            };
            for (place, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.enabled) {
                let at = format!(
                    "{}.services.{service}.rules[{place}]",
                    scope.path(s.user.id)
                );
                let place = place as u16;
                if let Some(because) = never(scope, s, rules, usize::from(place)) {
                    let kind = Kind::RuleNeverFires {
                        service,
                        rule: place,
                        because,
                    };
                    found.push(Finding::new(at, kind, shown(place, because)));
                    continue;
                }
                for number in nobodys(scope, s, rule) {
                    let kind = Kind::NoCallerShows {
                        service,
                        rule: place,
                        number,
                    };
                    found.push(Finding::new(
                        at.clone(),
                        kind,
                        shown(place, Never::NoCaller),
                    ));
                }
            }
        }
    }
}

/// The numbers that a rule lists and no caller shows.
fn nobodys(scope: &Scope<'_>, s: &Subscriber, rule: &Rule) -> Vec<Pattern> {
    let Who::Listed { numbers, .. } = &rule.who else {
        return Vec::new();
    };
    numbers
        .iter()
        .copied()
        .filter(|number| is_nobodys(scope, &s.place, *number))
        .collect()
}

fn never(scope: &Scope<'_>, s: &Subscriber, rules: &[Rule], place: usize) -> Option<Never> {
    let rule = rules.get(place)?;
    if let Some(never) = closed(scope, s, rule) {
        return Some(never);
    }
    if let Who::Listed {
        private: false,
        unavailable: false,
        numbers,
    } = &rule.who
        && !numbers.is_empty()
        && nobodys(scope, s, rule).len() == numbers.len()
    {
        return Some(Never::NoCaller);
    }
    let mut others = rules
        .iter()
        .enumerate()
        .filter(|(at, other)| *at != place && other.enabled);
    others.find_map(|(at, other)| match (rule.effect, other.effect) {
        _ if !covers(scope, &s.place, other, rule) => None,
        (Effect::Activate, Effect::Deactivate) => Some(Never::HeldBack { by: at as u16 }),
        (Effect::Deactivate, Effect::Activate) => None,
        _ => (at < place).then_some(Never::Covered { by: at as u16 }),
    })
}

/// Why there is no moment at which the schedules of a rule are as it asks.
fn closed(scope: &Scope<'_>, s: &Subscriber, rule: &Rule) -> Option<Never> {
    if scope.meets(rule, &s.place).is_some() {
        return None;
    }
    let links = [rule.time, rule.holiday].into_iter().flatten();
    if let Some(during) = links.clone().find(|during| is_never(scope, *during)) {
        return Some(Never::Time {
            schedule: during.schedule,
        });
    }
    // A schedule that is not there is told by itself.
    let asked = asked(scope, rule, &s.place).filter(|asked| !asked.is_empty())?;
    match (meet(BEGIN, &asked), rule.time, rule.holiday) {
        (Some(_), time, holiday) => Some(Never::Past {
            schedule: holiday.or(time)?.schedule,
        }),
        (None, Some(time), Some(holiday)) => Some(Never::Apart {
            time: time.schedule,
            holiday: holiday.schedule,
        }),
        (None, ..) => None,
    }
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
        return Witness::Settings {
            because: NoCall::NotFound,
        };
    };
    let (user, service) = (s.user.id, entry.id);
    let by = match never {
        Never::Covered { by } | Never::HeldBack { by } => Some(by),
        Never::Time { .. } | Never::Past { .. } | Never::Apart { .. } | Never::NoCaller => None,
    };
    let wanted = |result: &RuleResult| match (result, never) {
        (
            RuleResult::OtherTime { schedule, .. },
            Never::Time { schedule: never } | Never::Past { schedule: never },
        ) => *schedule == never,
        (RuleResult::OtherTime { .. }, Never::Apart { .. })
        | (RuleResult::OtherCaller, Never::NoCaller)
        | (RuleResult::Fired { .. }, Never::Covered { .. } | Never::HeldBack { .. }) => true,
        _ => false,
    };
    scope.witness(&Probe::to(user).meant_by(scope, rule), |story| {
        story.trace.iter().find_map(|step| match &step.what {
            What::Considered {
                user: u,
                service: s,
                rules,
                ..
            } if (*u, *s) == (user, service) => {
                let result = rules.iter().find(|check| check.rule == place)?.result;
                let shown = Evidence::Rule {
                    user,
                    service,
                    rule: place,
                    result,
                    by,
                };
                (wanted(&result) && shown.holds(story)).then_some(shown)
            }
            _ => None,
        })
    })
}

/// Whether there is no moment at which a rule with this link holds.
fn is_never(scope: &Scope<'_>, during: During) -> bool {
    let Some(schedule) = scope.snapshot.schedule(during.schedule) else {
        return false;
    };
    let (start, zone) = (BEGIN, Zone::utc());
    schedule.next_change(start, &zone).is_none()
        && schedule.state(start, &zone).active == during.outside
}
