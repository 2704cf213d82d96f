//! Hunt groups and group calls.

use super::{Told, only, party};
use crate::components::what_if::names::Names;
use crate::text::t;
use centrale_core::organisation::Policy;
use centrale_core::trace::{GroupStep, LeftOut, Missed, Skipped, Untaken};

/// A step of this kind in words.
pub(super) fn words(step: &GroupStep, names: &Names) -> Told {
    let of = step.user();
    let group = names.user(of);
    match step {
        GroupStep::Skips {
            member, because, ..
        } => (
            t!("path-group-skips", who = names.user(*member)),
            skipped(*because),
        ),
        GroupStep::Tries { policy, order, .. } => (
            t!("path-group-tries", group = group, who = names.users(order)),
            by(*policy),
        ),
        GroupStep::TimeOver { seconds, .. } => (
            t!("path-group-time-over", group = group),
            t!("path-after", seconds = seconds),
        ),
        GroupStep::NobodyTakes { because, .. } => (
            t!("path-group-nobody-takes", group = group),
            untaken(*because),
        ),
        GroupStep::Inhibited { to, .. } => only(t!(
            "path-group-inhibited",
            group = group,
            to = names.destination(of, to)
        )),
        GroupStep::Calls { member, .. } => only(t!(
            "path-group-calls",
            group = group,
            who = names.destination(of, member)
        )),
        GroupStep::LeavesOut {
            member, because, ..
        } => (
            t!("path-group-leaves-out", who = names.destination(of, member)),
            left_out(*because),
        ),
        GroupStep::Misses {
            member, because, ..
        } => (
            t!("path-group-misses", who = names.destination(of, member)),
            missed(*because),
        ),
        GroupStep::Joins { by, .. } => only(t!(
            "path-group-joins",
            who = party(*by, names),
            group = group
        )),
        GroupStep::Leaves { by, .. } => only(t!(
            "path-group-leaves",
            who = party(*by, names),
            group = group
        )),
    }
}

fn by(policy: Policy) -> String {
    t(match policy {
        Policy::Regular => "path-group-regular",
        Policy::Circular => "path-group-circular",
        Policy::Simultaneous => "path-group-simultaneous",
        Policy::Uniform => "path-group-uniform",
        Policy::Weighted => "path-group-weighted",
    })
}

fn skipped(because: Skipped) -> String {
    t(match because {
        Skipped::OnCall => "path-group-on-call",
        Skipped::DoNotDisturb => "path-group-do-not-disturb",
        Skipped::Unreachable => "path-group-unreachable",
        Skipped::NotAPerson => "path-group-not-a-person",
        Skipped::Unknown => "path-group-unknown",
    })
}

fn untaken(because: Untaken) -> String {
    t(match because {
        Untaken::NoAnswer => "path-group-no-answer",
        Untaken::Busy => "path-group-busy",
        Untaken::Unreachable => "path-group-nobody-reachable",
    })
}

fn left_out(because: LeftOut) -> String {
    t(match because {
        LeftOut::Nested => "path-group-nested",
        LeftOut::Twice => "path-group-twice",
        LeftOut::Caller => "path-group-caller",
        LeftOut::Emergency => "path-group-emergency",
        LeftOut::NotInUse => "path-group-not-in-use",
    })
}

fn missed(because: Missed) -> String {
    t(match because {
        Missed::NoAnswer => "path-group-no-answer",
        Missed::Ended => "path-group-ended",
        Missed::NotAPerson => "path-group-no-person",
    })
}
