//! Numbers that nobody has, where phones ring along, stand in or are dialled for a user, and where a location forwards.

use super::callers::internal;
use super::names::{barred, unreached};
use super::probe::Probe;
use super::routes::{LEAVE_KEY, lines};
use super::{Evidence, Finding, Kind, NoCall, Scope, Witness};
use crate::dial::{self, Target};
use crate::number::Destination;
use crate::organisation::SiteForwardingMode;
use crate::service::{MailboxExit, Ringing, ServiceId, Stage, location_forwarding, speed_dial};
use crate::snapshot::{Slot, Subscriber};
use crate::trace::NotRung;
use crate::what_if::LineScript;
use std::collections::BTreeSet;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for s in scope.snapshot.users() {
        ringing(scope, s, found);
        mailbox(scope, s, found);
        speed_dials(scope, s, found);
    }
    locations(scope, found);
}

/// Numbers that would ring along, one after the other, or in the place of the user's phones.
fn ringing(scope: &Scope<'_>, s: &Subscriber, found: &mut Vec<Finding>) {
    let mut each =
        |service: ServiceId, field: &str, number: &Destination, rules: &[crate::rule::Rule]| {
            // A colleague's phone rings along, whatever calls inside are allowed.
            let inside = scope.target(s.user.id, number).user().is_some();
            let Some(kind) = unreached(scope, s.user.id, number, false).filter(|_| !inside) else {
                return;
            };
            let barred = matches!(kind, Kind::Barred { .. });
            let because = if barred {
                NotRung::Barred
            } else {
                NotRung::NotInUse
            };
            let shown = Evidence::NotRung {
                user: s.user.id,
                number: *number,
                because,
            };
            let plain = Probe::to(s.user.id).lines([(s.user.id, LineScript::NoAnswer)]);
            let busy = Probe::to(s.user.id).lines([(s.user.id, LineScript::OnTwoCalls)]);
            let meant = rules
                .iter()
                .filter(|rule| rule.enabled)
                .map(|rule| plain.clone().meant_by(scope, rule));
            let probes: Vec<_> = meant.chain([plain.clone(), busy]).collect();
            let witness =
                scope.witness_of(&probes, |story| shown.holds(story).then(|| shown.clone()));
            let at = format!("{}.services.{service}.{field}", scope.path(s.user.id));
            found.push(Finding::new(at, kind, witness));
        };
    for slot in s.slots_at(Stage::Ringing).filter(Slot::is_active) {
        let mut ringing = Ringing::default();
        slot.ring(&mut ringing);
        for (field, number) in ringing.numbers() {
            each(slot.entry.id, &field, &number, slot.rules());
        }
    }
}

/// Where callers go on to from a mailbox.
fn mailbox(scope: &Scope<'_>, s: &Subscriber, found: &mut Vec<Finding>) {
    let user = s.user.id;
    if !s.mailbox {
        return;
    }
    let exits = s
        .slots()
        .filter_map(|slot| Some((slot.entry.id, slot.mailbox_exit()?)));
    for (service, MailboxExit { field, to, by_key }) in exits {
        let keys: Vec<_> = by_key.then(|| LEAVE_KEY.to_owned()).into_iter().collect();
        let Some(kind) = unreached(scope, user, &to, false) else {
            continue;
        };
        let stages = [Stage::Arrival, Stage::Busy, Stage::NoAnswer].into_iter();
        let probes: Vec<_> = stages
            .filter_map(|stage| lines(s, stage))
            .map(|lines| Probe {
                presses: vec![(user, keys.clone())],
                ..Probe::to(user).lines(lines)
            })
            .collect();
        let witness = scope.witness_of(&probes, |story| {
            let shown = Evidence::SentTo {
                from: user,
                to,
                outcome: story.outcome,
            };
            shown.holds(story).then_some(shown)
        });
        let at = format!("{}.services.{service}.{field}", scope.path(user));
        found.push(Finding::new(at, kind, witness));
    }
}

/// Speed dials that stand for each other, and such as reach nobody.
fn speed_dials(scope: &Scope<'_>, s: &Subscriber, found: &mut Vec<Finding>) {
    let prefix = &s.place.site.speed_dial_prefix;
    for (place, entry) in speed_dial::entries(s).iter().enumerate() {
        let dialled = format!("{prefix}{}", entry.code);
        let target = dial::dial(scope.snapshot, &s.place, Some(s), &dialled);
        let kept_in = match target {
            Target::NotInUse | Target::NotDiallable => None,
            Target::Outside(number) => {
                let permission = scope.snapshot.permission(Some(s.user.id), None, number);
                let Some(kind) = barred(permission, entry.number, false) else {
                    continue;
                };
                Some(kind)
            }
            Target::Code(feature, Some(_)) if !feature.takes_digits() => {
                Some(Kind::CodeTakesNone {
                    to: entry.number,
                    feature,
                })
            }
            _ => continue,
        };
        let mut known = BTreeSet::from([dialled.clone()]);
        let mut next = entry.number.to_string();
        let circle = loop {
            if !known.insert(next.clone()) {
                break true;
            }
            match dial::speed_dial(&s.place, s, &next) {
                Some(to) => next = to.to_string(),
                None => break false,
            }
        };
        let kind = match kept_in {
            Some(kind) => kind,
            None if circle => Kind::SpeedDialCircle {
                code: entry.code.clone(),
            },
            None => Kind::NobodyThere {
                to: entry.number,
                shared: false,
            },
        };
        let field = speed_dial::field(place);
        let at = format!("{}.services.{field}", scope.path(s.user.id));
        let probe = Probe {
            callers: vec![internal(s)],
            ..Probe::digits(scope, dialled, s.place.id)
        };
        let witness = scope.witness(&probe, |story| {
            let shown = Evidence::SpeedDials {
                user: s.user.id,
                number: entry.number,
                outcome: story.outcome,
            };
            shown.holds(story).then_some(shown)
        });
        found.push(Finding::new(at, kind, witness));
    }
}

/// Where locations send the calls of all their users.
fn locations(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for (at, location) in scope.organisation.locations.iter().enumerate() {
        let site = &location.site.forwarding;
        let Some((to, place)) = site.number.zip(scope.snapshot.place(location.id)) else {
            continue;
        };
        let target = dial::reach(scope.snapshot, place, &to);
        let mut there = scope.snapshot.users().filter(|s| {
            let mode = location_forwarding::mode_for(*s, site);
            s.place.id == location.id && mode.is_some_and(|mode| mode != SiteForwardingMode::Off)
        });
        let permission = |s: &Subscriber| match target {
            Target::Outside(number) => barred(
                scope.snapshot.permission(Some(s.user.id), None, number),
                to,
                true,
            ),
            _ => None,
        };
        let (kind, first) = match target {
            Target::NotInUse | Target::NotDiallable | Target::Code(..) => {
                let first = there.next();
                (
                    Kind::NobodyThere {
                        to,
                        shared: first.is_some(),
                    },
                    first,
                )
            }
            // Somebody's calls may not leave, though others' may.
            _ => match there.find_map(|s| Some((permission(s)?, s))) {
                Some((kind, s)) => (kind, Some(s)),
                None => continue,
            },
        };
        let mode = site.mode;
        let witness = match first {
            None => Witness::Settings {
                because: if mode == SiteForwardingMode::Off {
                    NoCall::Off
                } else {
                    NoCall::NoNumber
                },
            },
            Some(s) => {
                let (from, user) = (s.user.id, s.user.id);
                scope.witness(&Probe::to(user), |story| {
                    let shown = Evidence::SentTo {
                        from,
                        to,
                        outcome: story.outcome,
                    };
                    shown.holds(story).then_some(shown)
                })
            }
        };
        let path = format!("locations[{at}].site.forwarding.number");
        found.push(Finding::new(path, kind, witness));
    }
}
