//! Services that are switched on and never get their turn, as one before them takes every call at every moment.

use super::{Finding, Kind, Scope, Shut};
use crate::caller::Caller;
use crate::organisation::ClosedAction;
use crate::rule::{Circumstances, Effect, Who};
use crate::service::do_not_disturb::DoNotDisturb;
use crate::service::{Content, Moment, Service, Stage, Verdict, location_forwarding};
use crate::snapshot::{Role, Slot, Subscriber};

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for s in scope.snapshot.users() {
        let arrival: Vec<_> = s.slots_at(Stage::Arrival).filter(is_on).collect();
        if let Some(first) = arrival.iter().position(|slot| takes_all(scope, s, slot)) {
            let by = arrival[first];
            let busy = by.entry.id == DoNotDisturb::ID;
            let earlier = |slot: &Slot<'_>| arrival[..=first].iter().any(|e| e.entry.id == slot.entry.id);
            let others = s.slots().filter(|slot| is_on(slot) && is_chosen(slot) && !earlier(slot));
            for slot in others.filter(|slot| is_masked(slot, busy)) {
                let (service, by) = (slot.entry.id, by.entry.id);
                let at = format!("{}.services.{service}", scope.path(s.user.id));
                found.push(Finding::new(at, Kind::Masked { service, by }));
            }
        }
        if let Role::CallCenter(center) = &s.role
            && center.forced.active
        {
            let at = format!("{}.forced", scope.path(s.user.id));
            if center.holiday.action != ClosedAction::None && center.holiday.schedule.is_some() {
                found.push(Finding::new(at.clone(), Kind::ForcedMasked { by: Shut::Holiday }));
            }
            if center.night.action != ClosedAction::None
                && (center.night.hours.is_some() || center.night.forced)
            {
                found.push(Finding::new(at, Kind::ForcedMasked { by: Shut::Night }));
            }
        }
    }
}

fn is_on(slot: &Slot<'_>) -> bool {
    match &slot.content {
        Some(Content::Settings(settings)) => slot.entry.active(settings) == Some(true),
        _ => false,
    }
}

/// Somebody switched it on: nobody misses what is on by itself.
fn is_chosen(slot: &Slot<'_>) -> bool {
    match slot.entry.decode(&slot.entry.defaults()) {
        Content::Settings(settings) => slot.entry.active(&settings) != Some(true),
        Content::Unreadable => true,
    }
}

/// Do not disturb makes the line busy: what acts on a busy line still acts.
fn is_masked(slot: &Slot<'_>, busy: bool) -> bool {
    let masked: &[Stage] = &[Stage::Arrival, Stage::Ringing, Stage::NotReachable, Stage::NoAnswer];
    let rest: &[Stage] = if busy { &[] } else { &[Stage::Busy] };
    let stages = slot.entry.stages;
    stages.iter().any(|stage| masked.contains(stage) || rest.contains(stage))
        && stages.iter().all(|stage| masked.contains(stage) || rest.contains(stage))
}

/// Whether a service decides every call on arrival: it has no conditions, and says something of an ordinary call.
fn takes_all(scope: &Scope<'_>, s: &Subscriber, slot: &Slot<'_>) -> bool {
    let Some(content @ Content::Settings(settings)) = &slot.content else { return false };
    let rules = slot.entry.rules(settings);
    let held = |e: Effect| rules.iter().any(|rule| rule.enabled && rule.effect == e);
    let always = rules.iter().any(|rule| {
        rule.enabled
            && rule.effect == Effect::Activate
            && (rule.time, rule.holiday, &rule.who) == (None, None, &Who::Any)
    });
    let conditional = !rules.is_empty() && (!always || held(Effect::Deactivate));
    if conditional
        || !slot.entry.stages.contains(&Stage::Arrival)
        || slot.entry.id == location_forwarding::LocationForwarding::ID
    {
        return false;
    }
    // Without rules it may still look at who calls: every kind of caller must meet the same.
    let number = "+31201234567".parse().ok().map(Caller::external).unwrap_or_default();
    [number, Caller::withheld(), Caller::unavailable(), Caller { user: Some(s.user.id), ..number }]
        .iter()
        .all(|caller| {
            let place = &s.place;
            let at = super::witness::WEEK;
            let circumstances =
                Circumstances::new(at, &place.zone, place.country, caller, scope.snapshot.as_ref());
            let (user, stage) = (s.user.as_ref(), Stage::Arrival);
            let (diversion_inhibited, on_a_call, mailbox) = (false, false, true);
            let moment =
                Moment { circumstances, user, place, stage, diversion_inhibited, on_a_call, mailbox };
            !matches!(slot.entry.evaluate(content, &moment).verdict, Verdict::Pass(_) | Verdict::Acts { .. })
        })
}
