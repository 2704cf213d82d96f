//! What becomes of a call over time: exactly where everything is known, by the hour where times may not be seen.

use super::{Outcome, Story, WhatIf, rehearse_from};
use crate::rule::Schedules;
use crate::snapshot::{Snapshot, Unknown};
use crate::time::Timestamp;
use crate::trace::What;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How far the moments of [`sampled`] are apart, in seconds.
const SAMPLE_SECONDS: i64 = 3600;

/// One stretch of time in which a call would end the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stretch {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
    /// How the call ends.
    pub outcome: Outcome,
    /// The call went elsewhere on its way.
    pub diverted: bool,
}

/// What a call would do at every moment from `question.at` until `until`: exact edges, not samples.
pub fn map(config: &Arc<Snapshot>, question: &WhatIf, until: Timestamp) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = question.at;
    while at < until {
        let story = rehearse_from(
            config,
            &WhatIf {
                at,
                ..question.clone()
            },
            &mut |_, _, _| {},
            true,
        );
        let next = next_change(config, &story, at)
            .filter(|next| *next < until)
            .unwrap_or(until);
        add(&mut stretches, &story, at, next);
        at = next;
    }
    stretches
}

/// What a call would do each hour from `question.at` until `until`, as it does at the beginning of that hour: enough to
/// see what becomes of calls, and not when exactly a schedule begins whose times may not be seen. With what is not known
/// for it.
pub fn sampled(
    config: &Arc<Snapshot>,
    question: &WhatIf,
    until: Timestamp,
) -> (Vec<Stretch>, BTreeSet<Unknown>) {
    let (mut stretches, mut unknown) = (Vec::new(), BTreeSet::new());
    let mut at = question.at;
    while at < until {
        let story = rehearse_from(
            config,
            &WhatIf {
                at,
                ..question.clone()
            },
            &mut |_, _, _| {},
            false,
        );
        let next = at.plus_seconds(SAMPLE_SECONDS).min(until);
        unknown.extend(story.unknown().iter().cloned());
        add(&mut stretches, &story, at, next);
        at = next;
    }
    (stretches, unknown)
}

/// Stretches of which those that are not known are filled in from others.
pub fn filled(stretches: &[Stretch], others: &[Stretch]) -> Vec<Stretch> {
    let cut = |within: Stretch| {
        others.iter().filter_map(move |other| {
            let (from, until) = (other.from.max(within.from), other.until.min(within.until));
            (from < until).then_some(Stretch {
                from,
                until,
                ..*other
            })
        })
    };
    stretches
        .iter()
        .flat_map(|stretch| match stretch.outcome {
            Outcome::NotKnown if cut(*stretch).next().is_some() => cut(*stretch).collect(),
            _ => vec![*stretch],
        })
        .collect()
}

/// Adds a stretch, or makes the last one longer when nothing is different.
fn add(stretches: &mut Vec<Stretch>, story: &Story, from: Timestamp, until: Timestamp) {
    let (outcome, diverted) = (story.outcome, story.diverted());
    match stretches.last_mut() {
        Some(last) if last.outcome == outcome && last.diverted == diverted => last.until = until,
        _ => stretches.push(Stretch {
            from,
            until,
            outcome,
            diverted,
        }),
    }
}

/// When a schedule that the story went by changes next. Whom the call visits can only change with one of these.
fn next_change(config: &Snapshot, story: &Story, at: Timestamp) -> Option<Timestamp> {
    let visited = story.trace.iter().filter_map(|step| match step.what {
        What::Arrives { user } => config.user(user),
        _ => None,
    });
    visited
        .flat_map(|subscriber| {
            subscriber
                .links()
                .chain(subscriber.role.schedules())
                .map(move |id| (subscriber, id))
        })
        .filter_map(|(subscriber, id)| config.schedule(id)?.next_change(at, &subscriber.place.zone))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UserId;
    use crate::trace::Cause;

    #[test]
    fn what_is_not_known_is_filled_in() {
        let stretch = |from: i64, until: i64, outcome: Outcome| {
            let (from, until) = (
                Timestamp::from_seconds(from),
                Timestamp::from_seconds(until),
            );
            Stretch {
                from,
                until,
                outcome,
                diverted: false,
            }
        };
        let busy = Outcome::Ended { cause: Cause::Busy };
        let mailbox = Outcome::Mailbox { user: UserId(1) };
        let own = [
            stretch(0, 10, busy),
            stretch(10, 30, Outcome::NotKnown),
            stretch(30, 40, busy),
        ];
        let others = [stretch(0, 20, mailbox), stretch(20, 40, Outcome::NotKnown)];
        let expected = [
            stretch(0, 10, busy),
            stretch(10, 20, mailbox),
            stretch(20, 30, Outcome::NotKnown),
            stretch(30, 40, busy),
        ];
        assert_eq!(filled(&own, &others), expected);
        // Nothing is known of another week.
        assert_eq!(filled(&own, &[stretch(50, 60, busy)]), own);
    }
}
