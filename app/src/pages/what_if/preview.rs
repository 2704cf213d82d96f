//! What the panel shows, from what is configured and what is asked. A question that makes no sense for the moment
//! leaves the last answer standing.

use super::hours::Hours;
use crate::components::path::PathStep;
use crate::components::week_strip::{Segment, segments};
use crate::components::what_if::{Names, WhatIfFields, headline, path_step, question, story_steps};
use crate::text::t;
use centrale_core::api::routing::{Draft, Slice, Span};
use centrale_core::caller::Caller;
use centrale_core::dial::{Target, reach};
use centrale_core::id::UserId;
use centrale_core::number::Destination;
use centrale_core::service::{Content, find};
use centrale_core::snapshot::Unknown;
use centrale_core::time::{Timestamp, Zone, date_of_day};
use centrale_core::what_if::{
    Cut, MOST_MOMENTS, MOST_STEPS, Outcome, OutcomeKind, Story, WhatIf, filled, map, tell,
    unknown_at,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Everything that follows from the fields, each part as late and as seldom as can be.
#[derive(Clone, Copy)]
pub(crate) struct Preview {
    /// The fields.
    pub(crate) fields: WhatIfFields,
    /// The configuration with the drafts, and what things in it are called.
    pub(crate) names: Memo<Option<Names>>,
    /// The zone of the location.
    pub(crate) zone: Memo<Zone>,
    /// The week that is looked at, when it hangs on schedules whose times may not be seen.
    pub(crate) span: Memo<Option<Span>>,
    /// What the server told of a week.
    pub(crate) hours: RwSignal<Option<Hours>>,
    story: Memo<Option<Story>>,
    week: Memo<Vec<Segment>>,
}

impl Preview {
    /// Previews calls to `user` on a slice with drafts laid over it.
    pub(crate) fn new(
        fields: WhatIfFields,
        user: UserId,
        slice: RwSignal<Option<Arc<Slice>>>,
        drafts: Memo<Vec<Draft>>,
    ) -> Self {
        let names = names_of(user, slice, drafts);
        let zone =
            Memo::new(move |_| names.with(|n| n.as_ref().map_or_else(Zone::utc, Names::zone)));
        // The last caller whose number could be read, while another is typed.
        let caller = Memo::new(move |last: Option<&Option<Caller>>| {
            let caller = names.with(|names| fields.caller(names.as_ref()?));
            caller.or_else(|| last.copied().flatten())
        });
        let ask = move |names: &Names, at| question(names, caller.get()?, fields.line.get(), at);
        let story = Memo::new(move |_| {
            names.with(|names| {
                let names = names.as_ref()?;
                Some(tell(&names.config, &ask(names, fields.at())?))
            })
        });
        let days = Memo::new(move |_| {
            let local = zone.with(|zone| zone.local(fields.at()));
            local.day - i32::from(local.minute_of_week() / 1440)
        });
        let midnight = move |day| zone.with(|zone| zone.instant(date_of_day(day), 0));
        let bounds = Memo::new(move |_| (midnight(days.get()), midnight(days.get() + 7)));
        let known = Memo::new(move |_| {
            let (from, until) = bounds.get();
            names.with(|names| {
                let what_if: Option<WhatIf> = names.as_ref().and_then(|names| ask(names, from));
                let (Some(names), Some(what_if)) = (names, what_if) else {
                    return Vec::new();
                };
                map(&names.config, &what_if, until)
            })
        });
        let span = Memo::new(move |_| {
            let (since, until) = bounds.get();
            let open = known.with(|known| known.iter().any(|s| s.outcome == Outcome::NotKnown));
            names.with(|names| {
                let names = names
                    .as_ref()
                    .filter(|names| open && names.slice.hidden_schedules().next().is_some())?;
                let WhatIf { request, lines, .. } = ask(names, since)?;
                let (caller, dialled, from) = (request.caller, request.dialled, request.from);
                Some(Span {
                    caller,
                    dialled,
                    from,
                    since,
                    until,
                    lines,
                    draft: drafts.get(),
                })
            })
        });
        let hours = RwSignal::new(None::<Hours>);
        let week = Memo::new(move |_| {
            let of_this = |hours: &Hours| span.with(|span| span.as_ref() == Some(&hours.of));
            let told = hours.with(|hours| {
                hours
                    .as_ref()
                    .filter(|h| of_this(h))
                    .map(|h| h.told.clone())
            });
            let week = known.with(|known| filled(known, &told.unwrap_or_default()));
            zone.with(|zone| segments(&week, bounds.get().0, zone))
        });
        Self {
            fields,
            names,
            zone,
            span,
            hours,
            story,
            week,
        }
    }

    /// The outcomes of the week.
    pub(crate) fn week(self) -> Memo<Vec<Segment>> {
        self.week
    }

    /// How the call ends, in a sentence; empty before anything is loaded.
    pub(crate) fn headline(self) -> String {
        self.read(|story, names| headline(story.outcome, story.diverted(), names))
            .unwrap_or_default()
    }

    /// The class of how the call ends.
    pub(crate) fn look(self) -> &'static str {
        self.read(|story, _| match (story.outcome.kind(), story.diverted()) {
            (OutcomeKind::Stopped, _) => "strip-stopped",
            (OutcomeKind::NotKnown, _) => "strip-unknown",
            (_, true) => "strip-diverted",
            _ => "strip-reached",
        })
        .unwrap_or_default()
    }

    /// The path of the call in words.
    pub(crate) fn path_steps(self) -> Vec<PathStep> {
        self.read(|story, names| {
            let start = story.trace.first().map_or(Timestamp(0), |step| step.at);
            story_steps(story, &names.config)
                .iter()
                .map(|story_step| path_step(story_step, start, names))
                .collect()
        })
        .unwrap_or_default()
    }

    /// That the path is longer than it is shown; empty: it is not.
    pub(crate) fn cut(self) -> String {
        let told = |cut| match cut {
            Cut::Steps => t!("whatif-cut-steps", most = MOST_STEPS),
            Cut::Moments => t!("whatif-cut-moments", most = MOST_MOMENTS),
        };
        self.read(|story, _| story.cut.map(told))
            .flatten()
            .unwrap_or_default()
    }

    /// Whether the user can be called at all; true before it is known.
    pub(crate) fn callable(self) -> bool {
        self.names.with(|names| {
            names
                .as_ref()
                .and_then(|n| n.subscriber().cloned())
                .is_none_or(|callee| {
                    callee.user.number.is_some() || callee.user.extension.is_some()
                })
        })
    }

    /// What the caller's number lacks: the key of the text.
    pub(crate) fn caller_wrong(self) -> Option<&'static str> {
        self.names.with(|names| {
            let names = names.as_ref()?;
            if self.fields.caller(names).is_some() {
                return None;
            }
            let unknown = self
                .fields
                .number
                .with(|number| unreached(names, number))
                .is_some();
            Some(if unknown {
                "whatif-caller-unreached"
            } else {
                "whatif-caller-wrong"
            })
        })
    }

    /// What the slice does not know yet: numbers of the caller and those that drafts forward to, and what the story meets.
    pub(crate) fn unknown(self, drafts: &[Draft]) -> Vec<Unknown> {
        let met = self
            .story
            .with(|story| story.as_ref().map(|story| story.unknown().to_vec()));
        self.names.with(|names| {
            let Some(names) = names else {
                return Vec::new();
            };
            let mut numbers: Vec<String> = drafts.iter().flat_map(destinations).collect();
            numbers.push(self.fields.number.get());
            let Some(place) = names.subscriber().map(|callee| callee.place.clone()) else {
                return Vec::new();
            };
            let unknown = numbers
                .iter()
                .flat_map(|number| unknown_at(&names.config, &place, number));
            met.into_iter().flatten().chain(unknown).collect()
        })
    }

    fn read<T>(self, read: impl Fn(&Story, &Names) -> T) -> Option<T> {
        self.names.with(|names| {
            self.story
                .with(|story| Some(read(story.as_ref()?, names.as_ref()?)))
        })
    }
}

/// The slice with the drafts laid over it. Every change of either counts: comparing snapshots costs more than it saves.
fn names_of(
    user: UserId,
    slice: RwSignal<Option<Arc<Slice>>>,
    drafts: Memo<Vec<Draft>>,
) -> Memo<Option<Names>> {
    Memo::new_with_compare(
        move |_| {
            let slice = slice.get()?;
            let config = Arc::new(drafts.with(|drafts| slice.snapshot(drafts, &[])));
            Some(Names {
                config,
                slice,
                of: user,
            })
        },
        |_, _| true,
    )
}

/// A number that is ours and that nobody in the slice has.
fn unreached(names: &Names, number: &str) -> Option<String> {
    let destination = Destination::parse(number).ok()?;
    let place = &names.subscriber()?.place;
    (reach(&names.config, place, &destination) == Target::NotInUse).then(|| destination.to_string())
}

fn destinations(draft: &Draft) -> Vec<String> {
    let Some(entry) = find(draft.service.0) else {
        return Vec::new();
    };
    match entry.decode(&draft.settings) {
        Content::Settings(settings) => entry
            .destinations(&settings)
            .iter()
            .map(ToString::to_string)
            .collect(),
        Content::Unreadable => Vec::new(),
    }
}
