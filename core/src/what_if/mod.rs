//! What would happen if: runs the call machine against scripted lines, on any snapshot, at any moment.
//! The browser asks it about unsaved settings, the server about saved ones; the answer is the same story.

mod caller;
mod centers;
mod later;
mod map;
mod question;
mod script;
mod slice;

pub use caller::{caller_from, unknown_at};
pub use centers::{CentersScript, Forced};
pub use later::{Event, Later, TalkSide};
pub use map::{Stretch, filled, map, sampled};
pub use question::{Draft, Question, Span};
pub use slice::{Slice, SliceUser};

use crate::announcement::Announcement;
use crate::call::{Action, Call, Input, MediaAction, Request};
use crate::id::UserId;
use crate::number::E164;
use crate::outcome::Performed;
use crate::snapshot::{Edge, Snapshot, Unknown};
use crate::time::Timestamp;
use crate::trace::{Cause, GroupStep, MailboxStep, MenuName, MenuStep, Party, Step, Trigger, What};
use script::Script;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How much that is not known is told at once.
pub const MOST_UNKNOWN: usize = 64;
/// How long a caller in a story waits for anything at all, in seconds, when the question does not say.
const PATIENCE_SECONDS: u32 = 3600;
/// The most steps of a story: an hour in a queue with a message every five seconds has some 2,000.
pub const MOST_STEPS: usize = 10_000;
/// The most moments of a story at which something happens.
pub const MOST_MOMENTS: usize = 10_000;
/// How many moments a call has to end in once its story is cut.
const MOMENTS_TO_END: usize = 100;

/// What a scripted line does when it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LineScript {
    /// Free, and somebody answers.
    #[default]
    Answers,
    /// On a call, and declines a second one.
    Busy,
    /// On a call, and answers a second one if it rings.
    OnACall,
    /// On as many calls as a phone shows.
    OnTwoCalls,
    /// Free, and nobody answers.
    NoAnswer,
    /// No phone of theirs is registered.
    Unreachable,
}

/// The question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// The call.
    pub request: Request,
    /// When it comes in.
    pub at: Timestamp,
    /// What lines do; those not named answer.
    pub lines: BTreeMap<UserId, LineScript>,
    /// What numbers outside do.
    pub outside: LineScript,
    /// What some of them do instead.
    pub numbers: BTreeMap<E164, LineScript>,
    /// Whoever answers and is asked to confirm it presses the key.
    pub confirm: bool,
    /// The mailboxes in which no more messages fit.
    pub full: BTreeSet<UserId>,
    /// The passcodes of mailboxes; in those not named no passcode is right.
    pub passcodes: BTreeMap<UserId, String>,
    /// The keys that the caller presses: one text for each prompt that is played, typed while it plays; an empty text
    /// is a prompt at which the caller presses nothing.
    pub keys: Vec<String>,
    /// What else people do, in the order of time.
    pub later: Vec<Later>,
    /// After how many seconds the caller gives up; none: an hour.
    pub patience: Option<u32>,
    /// How call centers are found.
    pub centers: CentersScript,
    /// What hunt groups remember of earlier calls; those not named remember nothing.
    pub memory: BTreeMap<UserId, GroupMemory>,
    /// Settings that a code changes cannot be saved.
    pub save_fails: bool,
    /// What comes of that which a code asks for; none: it is done.
    pub performed: Option<Performed>,
    /// From which draws are made.
    pub seed: u64,
}

/// What a hunt group remembers of earlier calls to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupMemory {
    /// Who last answered one.
    pub last_answered: Option<UserId>,
    /// When each member last answered one.
    pub answered_at: BTreeMap<UserId, Timestamp>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Story {
    /// The version of the configuration that decided.
    pub version: u64,
    /// How it ends.
    pub outcome: Outcome,
    /// Every step, with its moment.
    pub trace: Vec<Step>,
    /// It would be longer: the caller gives up where this many happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
}

/// What a story has too many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// More than [`MOST_STEPS`] steps.
    Steps,
    /// More than [`MOST_MOMENTS`] moments.
    Moments,
}

/// How a call ends, seen by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum Outcome {
    /// Somebody answers.
    Answered {
        /// Whoever answered.
        by: Party,
    },
    /// The caller can leave a message.
    Mailbox {
        /// The user whose mailbox it is.
        user: UserId,
    },
    /// The caller hears a menu, and chooses nothing.
    Menu {
        /// The auto attendant.
        user: UserId,
        /// Which menu, or submenu.
        which: MenuName,
    },
    /// The caller hears an announcement and is sent away.
    Announced {
        /// The announcement that is heard.
        announcement: Announcement,
    },
    /// The call ends without any of these.
    Ended {
        /// How it ended.
        cause: Cause,
    },
    /// What becomes of the call is not known here.
    NotKnown,
}

impl Outcome {
    /// What colour and word stand for it.
    pub fn kind(self) -> OutcomeKind {
        match self {
            Self::Answered { .. } | Self::Mailbox { .. } | Self::Menu { .. } => {
                OutcomeKind::Reached
            }
            Self::Announced { .. } | Self::Ended { .. } => OutcomeKind::Stopped,
            Self::NotKnown => OutcomeKind::NotKnown,
        }
    }
}

/// The ends of a call that a glance must tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// A person, a mailbox or a menu.
    Reached,
    /// Refused, busy, not answered.
    Stopped,
    /// Not known here.
    NotKnown,
}

impl Story {
    /// Whether the call went elsewhere on its way.
    pub fn diverted(&self) -> bool {
        self.trace
            .iter()
            .any(|step| matches!(step.what, What::Diverted { .. }))
    }

    /// What would have to be known for the call to go on; nothing when it is told to its end.
    pub fn unknown(&self) -> &[Unknown] {
        match self.trace.last() {
            Some(Step {
                what: What::NotKnown { what },
                ..
            }) => what,
            _ => &[],
        }
    }
}

/// Tells what a call would do.
pub fn tell(config: &Arc<Snapshot>, question: &WhatIf) -> Story {
    rehearse(config, question, &mut |_, _| {})
}

/// As [`tell`]; every action of the call machine is shown to `watch` with its moment.
pub fn rehearse(
    config: &Arc<Snapshot>,
    question: &WhatIf,
    watch: &mut dyn FnMut(Timestamp, &Action),
) -> Story {
    rehearse_from(
        config,
        question,
        &mut |at, action, _| watch(at, action),
        false,
    )
}

/// The prompts that the caller hears, in the order in which the keys of a question answer them. Each is told with whose
/// menu it opens or whose mailbox greets; all others with nobody.
pub(crate) fn prompts(config: &Arc<Snapshot>, question: &WhatIf) -> Vec<Option<UserId>> {
    use crate::trace::MailboxStep::{Full, Greets, NoDeposit};
    let mut heard = Vec::new();
    let mut watch = |_: Timestamp, action: &Action, call: &Call| {
        if let Action::Media(MediaAction::Play(_)) = action {
            let beside =
                |what: &What| matches!(what, What::Voicemail(NoDeposit { .. } | Full { .. }));
            let last = call
                .trace()
                .iter()
                .rev()
                .map(|step| &step.what)
                .find(|what| !beside(what));
            heard.push(match last {
                Some(
                    What::Menu(MenuStep::Opens { user, .. }) | What::Voicemail(Greets { user, .. }),
                ) => Some(*user),
                _ => None,
            });
        }
    };
    rehearse_from(config, question, &mut watch, false);
    heard
}

fn rehearse_from(
    config: &Arc<Snapshot>,
    question: &WhatIf,
    watch: &mut dyn FnMut(Timestamp, &Action, &Call),
    timeless: bool,
) -> Story {
    let met = || config.edge().is_some_and(Edge::is_met);
    config
        .edge()
        .into_iter()
        .for_each(|edge| edge.begin(timeless));
    let mut call = Call::new(config.clone(), question.request.clone());
    let mut stage = Script::new(config, question);
    let mut now = question.at;
    let patience = i64::from(question.patience.unwrap_or(PATIENCE_SECONDS)) * 1000;
    let mut inputs = vec![Input::Start];
    let mut length = Length::default();
    while !call.ended() && !length.is_over() && !met() {
        for input in std::mem::take(&mut inputs) {
            inputs.extend(stage.hear(now, &input));
            for action in call.handle(now, input) {
                watch(now, &action, &call);
                stage.react(now, &action, &mut inputs);
            }
        }
        inputs.extend(stage.failures());
        if length.grows(call.trace().len()) {
            inputs = vec![Input::CallerHungUp];
        }
        if inputs.is_empty() {
            match stage.next(call.next_timeout()) {
                Some((at, _)) if at.since(question.at) > patience => {
                    if question.patience.is_some() {
                        now = now.max(question.at.plus_ms(patience));
                    }
                    inputs.push(Input::CallerHungUp);
                }
                Some((at, happened)) => {
                    now = now.max(at);
                    inputs = happened;
                }
                None => inputs.push(Input::CallerHungUp),
            }
        }
    }
    let mut trace = call.trace().to_vec();
    if let Some(edge) = config.edge().filter(|edge| edge.is_met()) {
        trace.push(Step {
            at: now,
            what: What::NotKnown {
                what: edge.unknown(MOST_UNKNOWN),
            },
        });
    }
    let trace = if question.later.is_empty() {
        until_answer(&trace)
    } else {
        trace
    };
    Story {
        version: call.config_version(),
        outcome: outcome(&trace),
        trace,
        cut: length.cut,
    }
}

/// How long a story has become.
#[derive(Default)]
struct Length {
    moments: usize,
    cut: Option<Cut>,
}

impl Length {
    /// Counts a moment. True: the story has become too long with it.
    fn grows(&mut self, steps: usize) -> bool {
        self.moments += 1;
        if self.cut.is_some() {
            return false;
        }
        self.cut = if steps > MOST_STEPS {
            Some(Cut::Steps)
        } else if self.moments >= MOST_MOMENTS {
            Some(Cut::Moments)
        } else {
            return false;
        };
        self.moments = MOST_MOMENTS;
        true
    }

    /// The call had time enough to end after its story was cut.
    fn is_over(&self) -> bool {
        self.moments > MOST_MOMENTS + MOMENTS_TO_END
    }
}

pub(crate) fn outcome(trace: &[Step]) -> Outcome {
    let mut outcome = Outcome::Ended {
        cause: Cause::Normal,
    };
    // The menu that the caller is in and has not left by a key or a transfer.
    let mut heard = None;
    for step in trace {
        match step.what {
            What::Menu(MenuStep::Opens { user, which }) => {
                heard = Some(Outcome::Menu { user, which });
            }
            What::Menu(MenuStep::Chosen {
                by: Trigger::Key(_),
                ..
            })
            | What::Arrives { .. }
            | What::RingsOutside { .. } => heard = None,
            What::Answered { by } | What::Group(GroupStep::Joins { by, .. }) => {
                return Outcome::Answered { by };
            }
            What::Mailbox { user } => {
                outcome = Outcome::Mailbox { user };
                heard = None;
            }
            What::Voicemail(MailboxStep::NoDeposit { .. }) => {
                outcome = Outcome::Announced {
                    announcement: Announcement::MailboxNoDeposit,
                };
            }
            What::Voicemail(MailboxStep::Full { .. }) => {
                outcome = Outcome::Announced {
                    announcement: Announcement::MailboxFull,
                };
            }
            What::Diverted { .. } | What::DiversionBlocked { .. } => {
                outcome = Outcome::Ended {
                    cause: Cause::Normal,
                };
            }
            What::Ended { .. } if matches!(outcome, Outcome::Announced { .. }) => {}
            // From a mailbox the caller may still get somewhere.
            _ if matches!(outcome, Outcome::Mailbox { .. }) => {}
            What::Announced {
                announcement: Announcement::Goodbye,
            } if heard.is_some() => {}
            What::Announced { announcement } => return Outcome::Announced { announcement },
            What::Ended { cause } => outcome = Outcome::Ended { cause },
            What::NotKnown { .. } => return Outcome::NotKnown,
            _ => {}
        }
    }
    heard.unwrap_or(outcome)
}

/// A story ends with the answer; that somebody hangs up afterwards tells nothing.
fn until_answer(trace: &[Step]) -> Vec<Step> {
    let end = trace
        .iter()
        .position(|step| matches!(step.what, What::Answered { .. }));
    trace[..end.map_or(trace.len(), |at| at + 1)].to_vec()
}
