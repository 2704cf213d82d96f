//! Call centers.

use super::{Told, announced, failed, only};
use crate::components::what_if::names::Names;
use crate::text::t;
use centrale_core::id::UserId;
use centrale_core::outcome::Unqueued;
use centrale_core::time::Timestamp;
use centrale_core::trace::{CenterPolicy, PolicyResult, QueueStep, RingbackReason};

/// The step, at a moment.
pub(super) fn words(step: &QueueStep, at: Timestamp, names: &Names) -> Told {
    let of = step.user();
    let center = names.user(of);
    match step {
        QueueStep::Dnis { number, .. } => {
            only(t!("path-queue-dnis", number = number, center = center))
        }
        QueueStep::Found {
            joined,
            unavailable,
            waiting,
            ..
        } => (
            t!(
                "path-queue-found",
                center = center,
                joined = joined,
                away = unavailable
            ),
            t!("path-queue-waiting", count = waiting),
        ),
        QueueStep::Considered { policy, result, .. } => only(t!(
            "path-queue-considered",
            policy = policy_name(*policy),
            result = came_to(of, *result, at, names)
        )),
        QueueStep::Joins { waited, .. } => {
            let waited = (*waited > 0).then(|| t!("path-queue-waited", seconds = waited));
            (
                t!("path-queue-joins", center = center),
                waited.unwrap_or_default(),
            )
        }
        QueueStep::Hears {
            announcement,
            own,
            number,
            ..
        } => {
            let number = number.map(|number| number.to_string());
            let own = own.then(|| t("path-queue-own"));
            let more = number.into_iter().chain(own).collect::<Vec<_>>().join(", ");
            (announced(*announcement), more)
        }
        QueueStep::Music { .. } => only(t("path-queue-music")),
        QueueStep::Ringback { because, .. } => (t("path-queue-ringback"), ringback(*because)),
        QueueStep::Offered { agents, .. } => {
            only(t!("path-queue-offered", who = names.users(agents)))
        }
        QueueStep::Failed { agent, cause, .. } => only(failed(*cause, names.user(*agent))),
        QueueStep::Withdrawn { .. } => only(t("path-queue-withdrawn")),
        QueueStep::Whisper { agent, .. } => {
            only(t!("path-queue-whisper", who = names.user(*agent)))
        }
        QueueStep::AgentGone { agent, .. } => {
            only(t!("path-queue-agent-gone", who = names.user(*agent)))
        }
        QueueStep::TakenBack { agent, .. } => {
            only(t!("path-queue-taken-back", who = names.user(*agent)))
        }
        QueueStep::LeavesByKey { .. } => only(t!("path-queue-leaves-by-key", center = center)),
        QueueStep::Inhibited { center: of, to } => only(t!(
            "path-group-inhibited",
            group = center,
            to = names.destination(*of, to)
        )),
        QueueStep::Unqueued { because, .. } => (
            t!("path-queue-unqueued", center = center),
            unqueued(*because),
        ),
        QueueStep::Repeats { .. } => only(t("path-queue-repeats")),
    }
}

fn policy_name(policy: CenterPolicy) -> String {
    t(match policy {
        CenterPolicy::HolidayService => "path-queue-holiday-service",
        CenterPolicy::NightService => "path-queue-night-service",
        CenterPolicy::ForcedForwarding => "path-queue-forced-forwarding",
        CenterPolicy::StrandedUnavailable => "path-queue-stranded-unavailable",
        CenterPolicy::Stranded => "path-queue-stranded",
    })
}

fn came_to(center: UserId, result: PolicyResult, at: Timestamp, names: &Names) -> String {
    t(match result {
        PolicyResult::NotNow { schedule } => return names.schedule(center, schedule, at),
        PolicyResult::Off => "path-queue-off",
        PolicyResult::NoSchedule => "path-queue-no-schedule",
        PolicyResult::ScheduleMissing { .. } => "path-schedule-missing",
        PolicyResult::NoNumber => "path-queue-no-number",
        PolicyResult::Inhibited => "pass-diversion-inhibited",
        PolicyResult::AgentsLeft => "path-queue-agents-left",
        PolicyResult::Stays => "path-queue-stays",
        PolicyResult::Applies => "path-queue-applies",
        PolicyResult::Forced => "path-queue-forced",
    })
}

fn ringback(because: RingbackReason) -> String {
    t(match because {
        RingbackReason::NoWait => "path-queue-no-wait",
        RingbackReason::ShortWait => "path-queue-short-wait",
        RingbackReason::Offer => "path-queue-offer",
        RingbackReason::Policy => "path-queue-policy",
    })
}

fn unqueued(because: Unqueued) -> String {
    t(match because {
        Unqueued::Full => "path-queue-full",
        Unqueued::Overflow => "path-queue-overflow",
        Unqueued::Bounced => "path-queue-bounced",
        Unqueued::Stranded => "path-queue-stranded",
        Unqueued::StrandedUnavailable => "path-queue-stranded-unavailable",
    })
}
