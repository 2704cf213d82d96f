//! Services that are switched on and never get their turn, as one before them takes every call at every moment.

use super::probe::Probe;
use super::routes::lines;
use super::{Evidence, Finding, Kind, NoCall, Scope, Shut, Witness};
use crate::call::verdict_for_user;
use crate::caller::Caller;
use crate::organisation::ClosedAction;
use crate::rule::{Circumstances, Effect, Who};
use crate::service::{Content, Moment, ServiceId, Stage, Verdict};
use crate::snapshot::{Role, Slot, Subscriber};
use crate::trace::{CenterPolicy, PolicyResult};

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for s in scope.snapshot.users() {
        let arrival: Vec<_> = s
            .slots_at(Stage::Arrival)
            .filter(|slot| slot.is_always_on(&s.place.site))
            .collect();
        let taken_by = |(place, slot)| Some((place, takes_all(scope, s, slot)?));
        if let Some((first, takes)) = arrival.iter().enumerate().find_map(taken_by) {
            let by = arrival[first];
            let earlier = |slot: &Slot<'_>| {
                arrival[..=first]
                    .iter()
                    .any(|e| e.entry.id == slot.entry.id)
            };
            let others = s
                .slots()
                .filter(|slot| slot.is_active() && is_chosen(slot) && !earlier(slot));
            for slot in others.filter(|slot| is_masked(slot, takes)) {
                let (service, by) = (slot.entry.id, by.entry.id);
                let at = format!("{}.services.{service}", scope.path(s.user.id));
                let witness = taken(scope, s, &slot, by);
                found.push(Finding::new(at, Kind::Masked { service, by }, witness));
            }
        }
        if let Role::CallCenter(center) = &s.role
            && center.forced.active
        {
            let at = format!("{}.forced", scope.path(s.user.id));
            if center.holiday.action != ClosedAction::None && center.holiday.schedule.is_some() {
                closed(scope, s, at.clone(), Shut::Holiday, found);
            }
            if center.night.action != ClosedAction::None
                && (center.night.hours.is_some() || center.night.forced)
            {
                closed(scope, s, at, Shut::Night, found);
            }
        }
    }
}

/// The call that would have been the service's, and that the other takes.
fn taken(scope: &Scope<'_>, s: &Subscriber, slot: &Slot<'_>, by: ServiceId) -> Witness {
    let lines = slot
        .entry
        .stages
        .iter()
        .find_map(|stage| lines(s, *stage))
        .unwrap_or_default();
    let shown = Evidence::Takes {
        user: s.user.id,
        service: by,
        before: slot.entry.id,
    };
    scope.witness(&Probe::to(s.user.id).lines(lines), |story| {
        shown.holds(story).then(|| shown.clone())
    })
}

/// Tells that a call center is closed by a service that comes before forced forwarding, if there is such a moment.
fn closed(scope: &Scope<'_>, s: &Subscriber, at: String, by: Shut, found: &mut Vec<Finding>) {
    let policy = match by {
        Shut::Holiday => CenterPolicy::HolidayService,
        Shut::Night => CenterPolicy::NightService,
    };
    let shown = [PolicyResult::Forced, PolicyResult::Applies].map(|result| Evidence::Policy {
        center: s.user.id,
        policy,
        result,
    });
    let witness = scope.witness(&Probe::to(s.user.id), |story| {
        shown.iter().find(|shown| shown.holds(story)).cloned()
    });
    if witness
        != (Witness::Settings {
            because: NoCall::NotFound,
        })
    {
        found.push(Finding::new(at, Kind::ForcedMasked { by }, witness));
    }
}

/// Somebody switched it on: nobody misses what is on by itself.
fn is_chosen(slot: &Slot<'_>) -> bool {
    match slot.entry.decode(&slot.entry.defaults()) {
        Content::Settings(settings) => slot.entry.active(&settings) != Some(true),
        Content::Unreadable => true,
    }
}

/// How a service takes a call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// It makes the line busy.
    Busy,
    /// It sends the call elsewhere or refuses it.
    Away,
}

/// What acts on a busy line still acts where the line is made busy.
fn is_masked(slot: &Slot<'_>, takes: Takes) -> bool {
    let masked: &[Stage] = &[
        Stage::Arrival,
        Stage::Ringing,
        Stage::NotReachable,
        Stage::NoAnswer,
    ];
    let rest: &[Stage] = if takes == Takes::Busy {
        &[]
    } else {
        &[Stage::Busy]
    };
    let stages = slot.entry.stages;
    stages
        .iter()
        .any(|stage| masked.contains(stage) || rest.contains(stage))
        && stages
            .iter()
            .all(|stage| masked.contains(stage) || rest.contains(stage))
}

/// How a service takes every call on arrival; `None`: it has conditions, or says nothing of an ordinary call.
fn takes_all(scope: &Scope<'_>, s: &Subscriber, slot: &Slot<'_>) -> Option<Takes> {
    let Some(content @ Content::Settings(settings)) = &slot.content else {
        return None;
    };
    let rules = slot.entry.rules(settings);
    let held = |e: Effect| rules.iter().any(|rule| rule.enabled && rule.effect == e);
    let always = rules.iter().any(|rule| {
        rule.enabled
            && rule.effect == Effect::Activate
            && (rule.time, rule.holiday, &rule.who) == (None, None, &Who::Any)
    });
    // Without a rule that is switched on a service says the same of every call.
    let ruled = rules.iter().any(|rule| rule.enabled);
    let conditional = ruled && (!always || held(Effect::Deactivate));
    if conditional || !slot.entry.stages.contains(&Stage::Arrival) {
        return None;
    }
    // Without rules it may still look at who calls: every kind of caller must meet the same.
    let number = "+31201234567"
        .parse()
        .ok()
        .map(Caller::external)
        .unwrap_or_default();
    let mut takes = Takes::Busy;
    let callers = [
        number,
        Caller::withheld(),
        Caller::unavailable(),
        Caller {
            user: Some(s.user.id),
            ..number
        },
    ];
    for caller in &callers {
        let place = &s.place;
        let at = scope.week;
        let circumstances = Circumstances::new(
            at,
            &place.zone,
            place.country,
            caller,
            scope.snapshot.as_ref(),
        );
        let (user, stage) = (s.user.as_ref(), Stage::Arrival);
        let (diversion_inhibited, on_a_call, mailbox) = (false, false, true);
        let moment = Moment {
            circumstances,
            user,
            site: &place.site,
            stage,
            diversion_inhibited,
            on_a_call,
            mailbox,
        };
        let verdict = slot.entry.evaluate(content, &moment).verdict;
        let verdict = verdict_for_user(scope.snapshot, user, verdict);
        match verdict {
            Verdict::Pass(_) | Verdict::Acts { .. } => return None,
            Verdict::Busy { .. } => {}
            Verdict::Forward { .. } | Verdict::Voicemail { .. } | Verdict::Refuse { .. } => {
                takes = Takes::Away;
            }
        }
    }
    Some(takes)
}
