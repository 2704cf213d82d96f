//! What a waiting caller hears, in order: welcome, the key to leave by, the estimated wait, then music with the comfort
//! message and the estimated wait at their intervals; or ringback first, when the wait is short (routing § 3).

use super::offering::Offer;
use super::{Call, Queued, State};
use crate::announcement::Announcement;
use crate::call::{Input, MediaAction, QueueAction, Sound};
use crate::id::UserId;
use crate::organisation::{Announcements, CallCenter, Estimate};
use crate::outcome::QueueFact;
use crate::time::Timestamp;
use crate::trace::{QueueStep, RingbackReason};
use std::collections::VecDeque;
use std::sync::Arc;

/// A caller who waits.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::call) struct Waiting {
    /// Since when the call waits.
    pub(super) since: Timestamp,
    start: Start,
    hearing: Hearing,
    /// The queue was asked where the call stands; an offer, or that it lets go, may come before the answer.
    settling: bool,
    pending: VecDeque<Piece>,
    comfort_at: Option<Timestamp>,
    estimate_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hearing {
    Nothing,
    /// Ringback, until the announcements begin.
    Ringback {
        because: RingbackReason,
        until: Option<Timestamp>,
    },
    /// A piece plays.
    Piece,
    /// The place in the queue is asked for, to be told.
    Place,
    Music,
}

/// A piece that is played as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Bypass,
    Welcome,
    LeaveKey,
    Estimate,
    Comfort,
}

/// How a wait begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// With ringback: the wait will be short (comfort bypass).
    ShortWait,
    /// With the announcements.
    Announcements,
    /// With music: the announcements were heard.
    Again,
}

impl Waiting {
    pub(super) fn new(center: &CallCenter, start: Start, since: Timestamp) -> Self {
        let Announcements {
            welcome,
            welcome_mandatory,
            estimate,
            ..
        } = center.announcements;
        let begins = start != Start::Again;
        let pieces = [
            (start == Start::ShortWait, Piece::Bypass),
            (begins && welcome && !welcome_mandatory, Piece::Welcome),
            (begins && center.queue.leave_key.is_some(), Piece::LeaveKey),
            (begins && estimate != Estimate::None, Piece::Estimate),
        ];
        Self {
            since,
            start,
            hearing: Hearing::Nothing,
            settling: false,
            pending: pieces
                .iter()
                .filter(|(wanted, _)| *wanted)
                .map(|(_, piece)| *piece)
                .collect(),
            comfort_at: None,
            estimate_at: None,
        }
    }

    /// The messages whose time has come are to be heard next.
    fn fall_due(&mut self, now: Timestamp) {
        let due = |at: &mut Option<Timestamp>| at.take_if(|at| *at <= now).is_some();
        let comfort = due(&mut self.comfort_at).then_some(Piece::Comfort);
        let estimate = due(&mut self.estimate_at).then_some(Piece::Estimate);
        self.pending.extend(comfort.into_iter().chain(estimate));
    }

    /// When something else is to be heard.
    fn next_at(&self) -> Option<Timestamp> {
        match self.hearing {
            Hearing::Ringback { until, .. } => until,
            Hearing::Music => self.comfort_at.into_iter().chain(self.estimate_at).min(),
            Hearing::Nothing | Hearing::Piece | Hearing::Place => None,
        }
    }
}

impl Call {
    /// The call is in the queue. Before the caller hears anything the queue may offer it, or let go of it.
    pub(super) fn begin_waiting(&mut self, center: Arc<CallCenter>, mut waiting: Box<Waiting>) {
        self.settle(&mut waiting);
        self.wait(center, waiting, Vec::new());
    }

    fn settle(&mut self, waiting: &mut Waiting) {
        waiting.settling = true;
        self.act(QueueAction::AskQueue);
    }

    /// The call waits now: ringback when the wait will be short, else the announcements.
    fn settled(&mut self, center: &CallCenter, waiting: &mut Waiting) {
        waiting.settling = false;
        if (waiting.hearing, waiting.start) == (Hearing::Nothing, Start::ShortWait) {
            let after = center.bypass.announce_after;
            let until = after.map(|seconds| self.now.plus_seconds(i64::from(seconds)));
            waiting.hearing = Hearing::Ringback {
                because: RingbackReason::ShortWait,
                until,
            };
            return self.ringback(center.id, RingbackReason::ShortWait);
        }
        self.stop_hearing(waiting);
        self.hear_next(center, waiting);
    }

    pub(super) fn wait_input(
        &mut self,
        center: Arc<CallCenter>,
        mut waiting: Box<Waiting>,
        mut offers: Vec<Offer>,
        input: Input,
    ) {
        match input {
            Input::LegAnswered(leg) if offers.iter().any(|offer| offer.rings(leg)) => {
                return self.agent_answered(center, &waiting, offers, leg);
            }
            Input::Finished if waiting.hearing == Hearing::Piece => {
                self.hear_next(&center, &mut waiting);
            }
            Input::Queue(_) if waiting.settling => self.settled(&center, &mut waiting),
            Input::Queue(fact) if waiting.hearing == Hearing::Place => {
                self.tell_place(&center, &mut waiting, fact);
            }
            Input::TimerElapsed => self.waited(&center, &mut waiting),
            Input::Offered(agents) => self.offered(&center, &mut waiting, &mut offers, agents),
            Input::Withdrawn => self.withdrawn(&center, &mut waiting, &mut offers),
            Input::Line(line) => self.ring_agent(&center, &mut waiting, &mut offers, &line),
            Input::LegFailed(leg, cause) => {
                self.agent_leg_failed(&center, &mut waiting, &mut offers, leg, cause);
            }
            _ => {}
        }
        self.wait(center, waiting, offers);
    }

    /// Waits on. Nothing that the caller hears ends a wait.
    fn wait(&mut self, center: Arc<CallCenter>, waiting: Box<Waiting>, offers: Vec<Offer>) {
        self.timeout = waiting.next_at();
        self.state = State::Queued(Queued::Waiting {
            center,
            waiting,
            offers,
        });
    }

    fn waited(&mut self, center: &CallCenter, waiting: &mut Waiting) {
        match waiting.hearing {
            Hearing::Ringback {
                until: Some(until), ..
            } if until <= self.now => {}
            Hearing::Music if waiting.next_at().is_some_and(|at| at <= self.now) => {}
            _ => return,
        }
        self.hear_next(center, waiting);
    }

    /// The next piece, or music when there is none.
    fn hear_next(&mut self, center: &CallCenter, waiting: &mut Waiting) {
        let (id, heard) = (center.id, &center.announcements);
        self.answer();
        waiting.fall_due(self.now);
        let Some(piece) = waiting.pending.pop_front() else {
            return self.hear_music(center, waiting);
        };
        waiting.hearing = Hearing::Piece;
        match piece {
            Piece::Bypass => self.say(id, Announcement::QueueBypass, &center.bypass.audio),
            Piece::Welcome => self.say(id, Announcement::QueueWelcome, &heard.welcome_audio),
            Piece::Comfort => self.say(id, Announcement::QueueComfort, &heard.comfort_audio),
            Piece::LeaveKey => {
                let keys: String = center.queue.leave_key.iter().collect();
                self.tell(id, Announcement::QueueLeaveKey, None, Sound::Digits(keys));
            }
            Piece::Estimate => {
                waiting.hearing = Hearing::Place;
                self.act(QueueAction::AskQueue);
            }
        }
    }

    fn hear_music(&mut self, center: &CallCenter, waiting: &mut Waiting) {
        let heard = &center.announcements;
        let after = |seconds: u16| self.now.plus_seconds(i64::from(seconds));
        if heard.comfort {
            waiting
                .comfort_at
                .get_or_insert(after(heard.comfort_interval));
        }
        if let Some(refresh) = heard
            .estimate_refresh
            .filter(|_| heard.estimate != Estimate::None)
        {
            waiting.estimate_at.get_or_insert(after(refresh));
        }
        waiting.hearing = Hearing::Music;
        if heard.music {
            self.step(QueueStep::Music { center: center.id });
            self.act(MediaAction::Music(
                self.queue_clips(center.id, &heard.music_audio),
            ));
        }
    }

    /// Tells the position or the minutes; beyond what is told, that many callers wait.
    fn tell_place(&mut self, center: &CallCenter, waiting: &mut Waiting, fact: QueueFact) {
        let heard = &center.announcements;
        let (announcement, number) = match heard.estimate {
            Estimate::Position => (Announcement::QueuePosition, u32::from(fact.position.max(1))),
            Estimate::None | Estimate::Time => (
                Announcement::QueueMinutes,
                fact.estimated_wait.div_ceil(60).max(1),
            ),
        };
        // What was told does not grow, whoever overtook the caller or left (routing § 7).
        let told = self
            .told
            .filter(|(at, _)| *at == center.id)
            .map_or(number, |(_, told)| told);
        let nobody = announcement == Announcement::QueueMinutes && fact.estimated_wait == u32::MAX;
        let number = if nobody { u32::MAX } else { number.min(told) };
        waiting.hearing = Hearing::Piece;
        if number <= u32::from(heard.estimate_up_to) {
            self.told = Some((center.id, number));
            self.tell(center.id, announcement, Some(number), Sound::Number(number));
        } else if heard.high_volume {
            self.say(
                center.id,
                Announcement::QueueHighVolume,
                &crate::organisation::Audio::default(),
            );
        } else {
            self.hear_next(center, waiting);
        }
    }

    fn tell(
        &mut self,
        center: UserId,
        announcement: Announcement,
        number: Option<u32>,
        what: Sound,
    ) {
        self.step(QueueStep::Hears {
            center,
            announcement,
            own: false,
            number,
        });
        self.act(MediaAction::Play(vec![Sound::Said(announcement), what]));
    }

    /// Agents ring. A call that needed no wait rings, others where that is set.
    pub(super) fn hear_offer(&mut self, center: &CallCenter, waiting: &mut Waiting) {
        waiting.settling = false;
        let because = match waiting.hearing {
            Hearing::Ringback { .. } => return,
            Hearing::Nothing => RingbackReason::NoWait,
            _ if center.queue.ringback_on_offer => RingbackReason::Offer,
            _ => return,
        };
        self.stop_hearing(waiting);
        waiting.hearing = Hearing::Ringback {
            because,
            until: None,
        };
        self.ringback(center.id, because);
    }

    /// No agent rings any more: the call waits, unless the queue offers it at once or lets go of it.
    pub(super) fn hear_offer_over(&mut self, waiting: &mut Waiting) {
        if matches!(
            waiting.hearing,
            Hearing::Ringback {
                because: RingbackReason::NoWait | RingbackReason::Offer,
                ..
            }
        ) {
            self.settle(waiting);
        }
    }

    /// Stops what the caller hears.
    pub(super) fn stop_hearing(&mut self, waiting: &Waiting) {
        match waiting.hearing {
            Hearing::Piece => self.act(MediaAction::StopPlaying),
            Hearing::Music => self.act(MediaAction::Silence),
            Hearing::Ringback { .. } if self.answered => self.act(MediaAction::Silence),
            Hearing::Ringback { .. } | Hearing::Nothing | Hearing::Place => {}
        }
    }
}
