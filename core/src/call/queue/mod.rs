//! Call centers (manual § 23, routing § 3) as one caller meets them. Who is offered which call is `acd`'s affair: here a
//! call arrives, hears what waiting callers hear, rings the agents it is offered to, and leaves.

mod arrival;
mod leaving;
mod offering;
mod waiting;

use super::action::Next;
use super::{
    Call, Input, LegAction, LegId, MediaAction, QueueAction, Side, SignalAction, Sound, State,
};
use crate::announcement::Announcement;
use crate::id::UserId;
use crate::organisation::{Audio, CallCenter, Clip};
use crate::time::Timestamp;
use crate::trace::{QueueStep, RingbackReason, What};
use offering::Offer;
use std::sync::Arc;
use waiting::Waiting;

/// How far a call is in a call center.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Queued {
    /// How the call center is, is asked for.
    Asking { center: Arc<CallCenter> },
    /// The welcome that everybody hears, before the call joins the queue.
    Welcomed {
        center: Arc<CallCenter>,
        waiting: Box<Waiting>,
    },
    /// In the queue.
    Waiting {
        center: Arc<CallCenter>,
        waiting: Box<Waiting>,
        offers: Vec<Offer>,
    },
    /// An agent answered, and hears the whisper.
    Whispering {
        center: Arc<CallCenter>,
        leg: LegId,
        agent: UserId,
    },
    /// Neither queued nor sent away: ringback, or an announcement again and again, until the caller hangs up.
    Kept { said: Option<Vec<Sound>> },
}

/// The agent who has a call from a queue.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Served {
    agent: UserId,
    center: Arc<CallCenter>,
}

impl Call {
    pub(super) fn begin_queueing(&mut self, center: Arc<CallCenter>) {
        self.trace_dnis(&center);
        let id = center.id;
        self.state = State::Queued(Queued::Asking { center });
        self.act(QueueAction::AskCenter(id));
    }

    pub(super) fn queue_input(&mut self, state: Queued, input: Input) {
        match (state, input) {
            (Queued::Asking { center }, Input::Center(fact)) if fact.center == center.id => {
                self.treat_arrival(center, &fact);
            }
            (Queued::Welcomed { center, waiting }, Input::Finished) => {
                self.enqueue(center, waiting);
            }
            (
                Queued::Waiting {
                    center, waiting, ..
                },
                Input::Unqueued(because),
            ) => {
                self.unqueued(&center, &waiting, because);
            }
            (
                Queued::Waiting {
                    center, waiting, ..
                },
                Input::Key(Side::Caller, key),
            ) if Some(key.sign()) == center.queue.leave_key => {
                self.leave_by_key(&center, &waiting);
            }
            (
                Queued::Waiting {
                    center,
                    waiting,
                    offers,
                },
                input,
            ) => {
                self.wait_input(center, waiting, offers, input);
            }
            (Queued::Whispering { center, leg, agent }, input) => {
                self.whisper_input(center, leg, agent, &input);
            }
            (Queued::Kept { said: Some(said) }, Input::Finished) => self.repeat(said),
            (state, _) => self.state = State::Queued(state),
        }
    }

    /// The caller hung up.
    pub(super) fn leave_queue(&mut self, state: &Queued) {
        match state {
            Queued::Waiting { .. } => self.act(QueueAction::Dequeue),
            Queued::Whispering { leg, .. } => self.act(LegAction::CancelLeg(*leg)),
            Queued::Asking { .. } | Queued::Welcomed { .. } | Queued::Kept { .. } => {}
        }
    }

    fn step(&mut self, step: QueueStep) {
        self.note(What::Queue(step));
    }

    /// Plays an announcement of a call center: its own recording, else the system's.
    fn say(&mut self, center: UserId, announcement: Announcement, audio: &Audio) {
        let sounds = self.queue_sounds(center, announcement, audio);
        let own = sounds.iter().any(|sound| matches!(sound, Sound::Own(_)));
        self.step(QueueStep::Hears {
            center,
            announcement,
            own,
            number: None,
        });
        self.act(MediaAction::Play(sounds));
    }

    /// Plays an announcement of a call center, and goes on after it.
    fn say_then(&mut self, center: UserId, announcement: Announcement, audio: &Audio, then: Next) {
        self.state = State::Announcing { then };
        self.say(center, announcement, audio);
    }

    /// The caller hears that it rings.
    fn ringback(&mut self, center: UserId, because: RingbackReason) {
        self.step(QueueStep::Ringback { center, because });
        if self.answered {
            self.act(MediaAction::Ringback);
        } else if !std::mem::replace(&mut self.alerted, true) {
            self.act(SignalAction::Alert);
        }
    }

    /// It rings until the caller hangs up.
    pub(super) fn keep_ringing(&mut self, center: UserId) {
        self.state = State::Queued(Queued::Kept { said: None });
        self.ringback(center, RingbackReason::Policy);
    }

    fn keep_announcing(&mut self, center: UserId, audio: &Audio) {
        self.answer();
        self.step(QueueStep::Repeats { center });
        self.repeat(self.queue_sounds(center, Announcement::QueueStranded, audio));
    }

    fn repeat(&mut self, said: Vec<Sound>) {
        self.act(MediaAction::Play(said.clone()));
        self.state = State::Queued(Queued::Kept { said: Some(said) });
    }

    /// Since when a call that joins a queue now counts as waiting.
    fn waits_since(&mut self, center: &CallCenter) -> Timestamp {
        let before = self.queued_since.filter(|_| !center.queue.reset_statistics);
        *self.queued_since.insert(before.unwrap_or(self.now))
    }

    /// What is heard for an announcement: the sounds of the call center itself, else the system's.
    fn queue_sounds(
        &self,
        center: UserId,
        announcement: Announcement,
        audio: &Audio,
    ) -> Vec<Sound> {
        let own = self.queue_clips(center, audio);
        if own.is_empty() {
            return vec![Sound::Said(announcement)];
        }
        own.into_iter().map(Sound::Own).collect()
    }

    fn queue_clips(&self, center: UserId, audio: &Audio) -> Vec<Clip> {
        let identity = self.config.user(center).and_then(|s| s.role.identity());
        identity
            .map(|i| self.config.shared().clips(i.audio_scope(center), audio))
            .unwrap_or_default()
    }
}
