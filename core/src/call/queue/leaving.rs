//! A call leaves a queue without an agent: overflow, bounced, stranded, or by key.

use super::waiting::{Start, Waiting};
use super::{Call, Next, Served, State};
use crate::announcement::Announcement;
use crate::call::talk::Talk;
use crate::call::{LegAction, MediaAction, QueueAction};
use crate::organisation::{CallCenter, OverflowAction, StrandedAction};
use crate::outcome::{OfferResult, Unqueued};
use crate::service::Stage;
use crate::trace::QueueStep;
use std::sync::Arc;

impl Call {
    /// The queue let go of the call: the policy of that case takes it.
    pub(super) fn unqueued(
        &mut self,
        center: &Arc<CallCenter>,
        waiting: &Waiting,
        because: Unqueued,
    ) {
        self.cancel_ringing();
        self.stop_hearing(waiting);
        self.step(QueueStep::Unqueued {
            center: center.id,
            because,
        });
        match because {
            Unqueued::Full | Unqueued::Overflow => self.overflow(center),
            Unqueued::Bounced => match center.bounced.number {
                Some(to) if !self.request.diversion_inhibited => {
                    self.send_on(center, to, Announcement::Transferring, None);
                }
                _ => self.requeue(center.clone(), Start::Again),
            },
            Unqueued::Stranded => self.strand(center, &center.stranded.action),
            Unqueued::StrandedUnavailable => {
                self.strand(center, &center.stranded_unavailable.action);
            }
        }
    }

    fn overflow(&mut self, center: &CallCenter) {
        let audio = center.overflow.announce.then_some(&center.overflow.audio);
        let said = Announcement::QueueOverflow;
        match center.overflow.action {
            OverflowAction::Busy => self.after_saying(center, said, audio, Next::Busy(center.id)),
            OverflowAction::Forward { to } => self.send_on(center, to, said, audio),
            OverflowAction::Ring => self.after_saying(center, said, audio, Next::Ring(center.id)),
        }
    }

    /// No agent is left for the call.
    pub(super) fn strand(&mut self, center: &CallCenter, action: &StrandedAction) {
        match action {
            // Only a queue that was asked to keep its calls could let go of one for this.
            StrandedAction::Stay | StrandedAction::Busy => self.busy(center.id),
            StrandedAction::Forward { to } => {
                self.send_on(center, *to, Announcement::QueueStranded, None);
            }
            StrandedAction::Night => self.night(center, false),
            StrandedAction::Ring => self.keep_ringing(center.id),
            StrandedAction::Announce { audio } => self.keep_announcing(center.id, audio),
        }
    }

    /// The caller does not want to wait: the call center's own no-answer services, else its busy treatment (D).
    pub(super) fn leave_by_key(&mut self, center: &CallCenter, waiting: &Waiting) {
        self.act(QueueAction::Dequeue);
        self.cancel_ringing();
        self.stop_hearing(waiting);
        self.step(QueueStep::LeavesByKey { center: center.id });
        if !self.consult(center.id, Stage::NoAnswer) {
            self.busy(center.id);
        }
    }

    /// Goes back into the queue with the wait it already had.
    pub(super) fn requeue(&mut self, center: Arc<CallCenter>, start: Start) {
        let since = self.queued_since.unwrap_or(self.now);
        let waiting = Box::new(Waiting::new(&center, start, since));
        self.enqueue(center, waiting);
    }

    /// The agent who had the call is done with it.
    pub(in crate::call) fn leave_agent(&mut self) {
        if let Some(Served { agent, .. }) = self.served.take() {
            self.act(QueueAction::Offer {
                agent,
                result: OfferResult::Over,
            });
        }
    }

    /// The queue takes the call from the agent who held it too long; it waits there again (manual § 23.3.5).
    pub(in crate::call) fn taken_back(&mut self, talk: Talk) {
        let Some(Served { agent, center }) = self.served.take() else {
            return self.state = State::Talking(talk);
        };
        self.act_each(talk.legs().map(LegAction::CancelLeg));
        self.act(MediaAction::Silence);
        self.step(QueueStep::TakenBack {
            center: center.id,
            agent,
        });
        let since = self.queued_since.unwrap_or(self.now);
        let waiting = Box::new(Waiting::new(&center, Start::Again, since));
        self.begin_waiting(center, waiting);
    }

    /// Joins the queue.
    pub(super) fn enqueue(&mut self, center: Arc<CallCenter>, waiting: Box<Waiting>) {
        let (id, since) = (center.id, waiting.since);
        let waited = u32::try_from(self.now.since(since) / 1000).unwrap_or(0);
        self.step(QueueStep::Joins { center: id, waited });
        self.act(QueueAction::Enqueue { center: id, since });
        self.begin_waiting(center, waiting);
    }
}
