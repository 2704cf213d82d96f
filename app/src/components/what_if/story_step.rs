//! The steps of a story, gathered as a person would tell them. No words yet.

use crate::components::path::Tone;
use centrale_core::id::UserId;
use centrale_core::rule::RuleCheck;
use centrale_core::service::{Pass, ServiceId, Stage, Verdict};
use centrale_core::snapshot::Snapshot;
use centrale_core::trace::{LineFound, Step, What};
use centrale_core::what_if::Story;

/// A step of a story, or several that a person would tell as one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoryStep {
    /// How it looks.
    pub(crate) tone: Tone,
    /// What it tells.
    pub(crate) content: StepContent,
    /// Milliseconds since the call came in.
    pub(crate) after: i64,
}

/// What a step tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StepContent {
    /// A step of the trace.
    Step(What),
    /// The call came in for a user.
    Comes {
        /// The first step.
        calls: What,
        /// Whom it reaches, if anyone.
        user: Option<UserId>,
    },
    /// Services in a row that are off or not assigned.
    Idle(Vec<(ServiceId, Pass)>),
    /// Phones of a user ring and somebody answers.
    RingsAndAnswers(What),
    /// Services that are on and no longer get their turn, because another one took the call.
    Masked(Vec<ServiceId>),
}

/// The steps of a story that are told.
pub(crate) fn story_steps(story: &Story, config: &Snapshot) -> Vec<StoryStep> {
    let mut story_steps: Vec<StoryStep> = Vec::new();
    let start = story.trace.first().map_or(0, |step| step.at.0);
    let mut steps = story.trace.iter().peekable();
    while let Some(step) = steps.next() {
        let next = steps.peek().map(|next| &next.what);
        let (tone, content) = match &step.what {
            What::Calls { .. } => {
                let user = match next {
                    Some(What::Arrives { user }) => Some(*user),
                    _ => None,
                };
                if user.is_some() {
                    steps.next();
                }
                (
                    Tone::Quiet,
                    StepContent::Comes {
                        calls: step.what.clone(),
                        user,
                    },
                )
            }
            What::Considered {
                service,
                verdict: Verdict::Pass(pass @ (Pass::Off | Pass::NotAssigned)),
                ..
            } => {
                if let Some(StoryStep {
                    content: StepContent::Idle(idle),
                    ..
                }) = story_steps.last_mut()
                {
                    idle.push((*service, *pass));
                    continue;
                }
                (Tone::Quiet, StepContent::Idle(vec![(*service, *pass)]))
            }
            // Told by the step of the service that forwards, and by the ringing.
            What::Diverted { .. }
            | What::Line {
                state: LineFound::Idle,
                ..
            } => continue,
            What::Rings { .. } | What::RingsOutside { .. } | What::Emergency
                if matches!(next, Some(What::Answered { .. })) =>
            {
                steps.next();
                (Tone::End, StepContent::RingsAndAnswers(step.what.clone()))
            }
            What::Ended { .. } if told(story_steps.last()) => continue,
            what => (tone(what), StepContent::Step(what.clone())),
        };
        let after = step.at.0 - start;
        story_steps.push(StoryStep {
            tone,
            content,
            after,
        });
        if let Some(masked) = masked(&step.what, story, config) {
            story_steps.push(StoryStep {
                tone: Tone::Quiet,
                content: StepContent::Masked(masked),
                after,
            });
        }
    }
    story_steps
}

fn tone(what: &What) -> Tone {
    match what {
        What::Considered { verdict, .. } => match verdict {
            Verdict::Pass(_) | Verdict::Acts { .. } => Tone::Quiet,
            Verdict::Forward { .. } | Verdict::Voicemail { .. } | Verdict::Busy { .. } => Tone::Hot,
            Verdict::Refuse { .. } => Tone::Stop,
        },
        What::Mailbox { .. } | What::Answered { .. } => Tone::End,
        What::DiversionBlocked { .. }
        | What::Announced { .. }
        | What::Ended { .. }
        | What::Barred { .. }
        | What::OverLimit { .. }
        | What::NotKnown { .. } => Tone::Stop,
        _ => Tone::Quiet,
    }
}

/// Whether a step already says how the call ends.
fn told(last: Option<&StoryStep>) -> bool {
    matches!(
        last.map(|story_step| &story_step.content),
        Some(
            StepContent::RingsAndAnswers(_)
                | StepContent::Step(
                    What::Announced { .. } | What::Mailbox { .. } | What::Voicemail(_)
                )
        )
    )
}

/// The services of the same user that are on and have no turn any more, after one took the call on arrival.
fn masked(what: &What, story: &Story, config: &Snapshot) -> Option<Vec<ServiceId>> {
    let What::Considered {
        user,
        service,
        verdict,
        ..
    } = what
    else {
        return None;
    };
    let taken = matches!(
        verdict,
        Verdict::Forward { .. } | Verdict::Voicemail { .. } | Verdict::Refuse { .. }
    );
    let subscriber = config.user(*user)?;
    let arrival = |id: ServiceId| {
        subscriber
            .slots()
            .any(|s| s.entry.id == id && s.entry.stages.contains(&Stage::Arrival))
    };
    if !taken || !arrival(*service) {
        return None;
    }
    let had_turn = |id: ServiceId| {
        story.trace.iter().any(
            |Step { what, .. }| matches!(what, What::Considered { user: u, service, .. } if u == user && *service == id),
        )
    };
    let on = subscriber
        .slots()
        .filter(|slot| slot.entry.stages.iter().any(|stage| slot.acts_at(*stage)));
    let masked: Vec<_> = on
        .map(|slot| slot.entry.id)
        .filter(|id| !had_turn(*id))
        .collect();
    (!masked.is_empty()).then_some(masked)
}

impl StoryStep {
    /// The rules that were held against the call here, and whose they are.
    pub(crate) fn rules(&self) -> Option<(UserId, ServiceId, &[RuleCheck])> {
        match &self.content {
            StepContent::Step(What::Considered {
                user,
                service,
                rules,
                ..
            }) if !rules.is_empty() => Some((*user, *service, rules)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use centrale_core::call::Request;
    use centrale_core::caller::Caller;
    use centrale_core::organisation::Organisation;
    use centrale_core::time::{Timestamp, Zone};
    use centrale_core::what_if::{LineScript, WhatIf, tell};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    fn organisation(services: serde_json::Value) -> Arc<Snapshot> {
        let ids: Vec<_> = centrale_core::service::CATALOGUE
            .iter()
            .map(|entry| entry.id.0)
            .collect();
        let organisation: Organisation = serde_json::from_value(serde_json::json!({
            "format": 1,
            "enterprise": { "name": "Test" },
            "service_packs": [{ "id": 1, "name": "All", "licences": 9, "services": ids }],
            "locations": [{ "id": 1, "name": "Utrecht", "country": "nl", "zone": "UTC",
                "numbers": [{ "first": "+31305550100", "last": "+31305550199" }] }],
            "departments": [], "admins": [],
            "users": [{ "id": 1, "login": "sanne", "first_name": "Sanne", "last_name": "de Boer",
                "profile": "fixed", "location": 1, "number": "+31305550142", "extension": "142", "packs": [1],
                "devices": [{ "id": 1, "name": "Desk", "kind": "desk", "account": "a" }],
                "services": services }],
            "schedules": [],
        }))
        .unwrap();
        Arc::new(Snapshot::of(&organisation, &|_| Some(Zone::utc())))
    }

    fn check(services: serde_json::Value, line: LineScript, expected: &str) {
        let config = organisation(services);
        let story = tell(
            &config,
            &WhatIf {
                request: Request {
                    caller: Caller::external("+31205550100".parse().unwrap()),
                    dialled: "+31305550142".to_owned(),
                    ..Request::default()
                },
                at: Timestamp(0),
                lines: BTreeMap::from([(UserId(1), line)]),
                ..WhatIf::default()
            },
        );
        let words: Vec<_> = story_steps(&story, &config)
            .iter()
            .map(|story_step| {
                let what = match &story_step.content {
                    StepContent::Comes { .. } => "comes".to_owned(),
                    StepContent::Idle(idle) => format!("{} idle", idle.len()),
                    StepContent::Masked(masked) => format!("{} masked", masked.len()),
                    StepContent::RingsAndAnswers(_) => "answers".to_owned(),
                    StepContent::Step(What::Considered { service, .. }) => service.to_string(),
                    StepContent::Step(what) => serde_json::to_value(what).unwrap()["step"]
                        .as_str()
                        .unwrap()
                        .to_owned(),
                };
                format!("{what} {:?}", story_step.tone)
            })
            .collect();
        assert_eq!(words.join(", "), expected);
    }

    #[test]
    fn gathering() {
        use serde_json::json;
        check(
            json!({}),
            LineScript::Answers,
            "comes Quiet, 13 idle Quiet, answers End",
        );
        check(
            json!({
                "forwarding-always": { "active": true, "number": "+31655501199" },
                "do-not-disturb": { "active": true },
                "forwarding-busy": { "active": true, "number": "+31655501199" },
            }),
            LineScript::Answers,
            "comes Quiet, 5 idle Quiet, forwarding-always Hot, 2 masked Quiet, 1 idle Quiet, answers End",
        );
        check(
            json!({ "do-not-disturb": { "active": true } }),
            LineScript::Answers,
            "comes Quiet, 7 idle Quiet, do-not-disturb Hot, 7 idle Quiet, ended Stop",
        );
        check(
            json!({ "forwarding-busy": { "active": true, "number": "142" } }),
            LineScript::Busy,
            "comes Quiet, 13 idle Quiet, line Quiet, forwarding-busy Quiet, 1 idle Quiet, ended Stop",
        );
        check(
            json!({ "forwarding-no-answer": { "active": true, "voicemail": true } }),
            LineScript::NoAnswer,
            "comes Quiet, 13 idle Quiet, rings Quiet, not-answered Quiet, forwarding-no-answer Hot, mailbox End, voicemail Quiet, voicemail Quiet",
        );
    }
}
