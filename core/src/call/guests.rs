//! Whom a group call calls: its members and those of the group calls among them, each once.

use crate::dial::{Target, reach};
use crate::feature::Feature;
use crate::id::UserId;
use crate::number::{Code, Destination};
use crate::organisation::GroupCall;
use crate::snapshot::{Role, Snapshot};
use crate::trace::{GroupStep, LeftOut};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Somebody who is to be called.
pub(super) struct Guest {
    /// As the member is set.
    pub(super) member: Destination,
    pub(super) target: Target,
    /// Nobody forwards the member's call (`*80`).
    pub(super) inhibited: bool,
}

/// The guests of a group call, and why other members are none. Members of nested groups come after the group's own.
pub(super) fn guests(
    config: &Snapshot,
    group: &Arc<GroupCall>,
    caller: Option<UserId>,
) -> (Vec<Guest>, Vec<GroupStep>) {
    let mut guests: Vec<Guest> = Vec::new();
    let mut steps = Vec::new();
    let mut called = BTreeSet::new();
    let mut known = BTreeSet::from([group.id]);
    let mut groups = vec![(group.clone(), false)];
    let mut next = 0;
    while let Some((group, inhibited)) = groups.get(next).cloned() {
        next += 1;
        for member in &group.members {
            let (plain, own) = without_inhibitor(config, member);
            let inhibited = inhibited || own;
            let target = target(config, &group, &plain);
            let nested = target.user().and_then(|user| group_call(config, user));
            let because = match (target, nested) {
                (_, Some(nested)) if known.insert(nested.id) => {
                    groups.push((nested.clone(), inhibited));
                    continue;
                }
                (_, Some(_)) => LeftOut::Nested,
                (Target::Emergency(_), _) => LeftOut::Emergency,
                (Target::User(user) | Target::Alternate(user, _), _) if Some(user) == caller => {
                    LeftOut::Caller
                }
                (Target::User(user) | Target::Alternate(user, _), _)
                    if !called.insert((Some(user), None)) =>
                {
                    LeftOut::Twice
                }
                (Target::Outside(number), _) if !called.insert((None, Some(number))) => {
                    LeftOut::Twice
                }
                (Target::User(_) | Target::Alternate(..) | Target::Outside(_), _) => {
                    guests.push(Guest {
                        member: *member,
                        target,
                        inhibited,
                    });
                    continue;
                }
                _ => LeftOut::NotInUse,
            };
            steps.push(GroupStep::LeavesOut {
                user: group.id,
                member: *member,
                because,
            });
        }
    }
    (guests, steps)
}

/// How a group call would call itself, by the fewest others: the place of the member with which that begins, and the
/// group calls in their order, itself first. `None`: it does not.
pub(crate) fn cycle(config: &Snapshot, group: &Arc<GroupCall>) -> Option<(usize, Vec<UserId>)> {
    // Each with the one before it, and with the member of the first by which it is called.
    let mut found = vec![(group, None, 0)];
    let mut known = BTreeSet::from([group.id]);
    let mut next = 0;
    while let Some(&(within, _, first)) = found.get(next) {
        for (place, member) in within.members.iter().enumerate() {
            let (plain, _) = without_inhibitor(config, member);
            let nested = target(config, within, &plain)
                .user()
                .and_then(|user| group_call(config, user));
            let Some(nested) = nested else { continue };
            let first = if next == 0 { place } else { first };
            if nested.id == group.id {
                let back = std::iter::successors(Some(next), |at| found[*at].1);
                let mut through: Vec<_> = back.map(|at| found[at].0.id).collect();
                through.reverse();
                return Some((first, through));
            }
            if known.insert(nested.id) {
                found.push((nested, Some(next), first));
            }
        }
        next += 1;
    }
    None
}

fn target(config: &Snapshot, group: &GroupCall, member: &Destination) -> Target {
    let place = config.place(group.identity.location);
    place.map_or(Target::NotInUse, |place| reach(config, place, member))
}

fn group_call(config: &Snapshot, user: UserId) -> Option<&Arc<GroupCall>> {
    match &config.user(user)?.role {
        Role::GroupCall(group) => Some(group),
        _ => None,
    }
}

/// A member without the code that stops diversion, and whether it had one.
pub(crate) fn without_inhibitor(config: &Snapshot, member: &Destination) -> (Destination, bool) {
    plain_member(&config.shared().codes, member)
}

/// As [`without_inhibitor`], by the codes of the enterprise that differ from the defaults.
pub(crate) fn plain_member(
    codes: &BTreeMap<Feature, Code>,
    member: &Destination,
) -> (Destination, bool) {
    let feature = Feature::DiversionInhibitor;
    let code = codes.get(&feature).copied().or(feature.standard());
    let plain = code.and_then(|code| {
        let text = member.to_string();
        Destination::parse(text.strip_prefix(&code.to_string())?).ok()
    });
    plain.map_or((*member, false), |plain| (plain, true))
}
