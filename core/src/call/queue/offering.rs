//! A call is offered to agents: their phones ring, one answers, hears the whisper and gets the call. What becomes of an
//! offer is told to the queue; who is next is its affair.

use super::waiting::{Start, Waiting};
use super::{Call, Input, LegId, Queued, Served, State};
use crate::announcement::Announcement;
use crate::call::{Endpoint, LegAction, LineAction, Manner, MediaAction, QueueAction, Sound};
use crate::id::UserId;
use crate::organisation::CallCenter;
use crate::outcome::{LineFact, OfferResult};
use crate::trace::{LegFailure, Party, QueueStep};
use std::sync::Arc;

/// An agent to whom the call is offered.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::call) struct Offer {
    agent: UserId,
    /// The phones that ring; none yet while the line is asked for.
    legs: Vec<LegId>,
}

impl Offer {
    pub(super) fn rings(&self, leg: LegId) -> bool {
        self.legs.contains(&leg)
    }
}

impl Call {
    pub(super) fn offered(
        &mut self,
        center: &CallCenter,
        waiting: &mut Waiting,
        offers: &mut Vec<Offer>,
        mut agents: Vec<UserId>,
    ) {
        agents.retain(|agent| offers.iter().all(|offer| offer.agent != *agent));
        if agents.is_empty() {
            return;
        }
        offers.extend(agents.iter().map(|agent| Offer {
            agent: *agent,
            legs: Vec::new(),
        }));
        self.step(QueueStep::Offered {
            center: center.id,
            agents: agents.clone(),
        });
        self.hear_offer(center, waiting);
        self.act_each(agents.into_iter().map(LineAction::AskLine));
    }

    pub(super) fn withdrawn(
        &mut self,
        center: &CallCenter,
        waiting: &mut Waiting,
        offers: &mut Vec<Offer>,
    ) {
        if std::mem::take(offers).is_empty() {
            return;
        }
        self.cancel_ringing();
        self.step(QueueStep::Withdrawn { center: center.id });
        self.hear_offer_over(waiting);
    }

    /// Rings the phones of an agent. Their own forwarding, voicemail and further numbers do not apply (routing § 1).
    pub(super) fn ring_agent(
        &mut self,
        center: &CallCenter,
        waiting: &mut Waiting,
        offers: &mut Vec<Offer>,
        line: &LineFact,
    ) {
        let agent = line.user;
        let asked = |offer: &&mut Offer| offer.agent == agent && offer.legs.is_empty();
        let Some(offer) = offers.iter_mut().find(asked) else {
            return;
        };
        if line.calls > 0 && !center.agent.call_waiting {
            return self.agent_failed(center, waiting, offers, agent, LegFailure::Busy);
        }
        let phones = self.agent_phones(line);
        if phones.is_empty() {
            return self.agent_failed(center, waiting, offers, agent, LegFailure::Unreachable);
        }
        for endpoint in phones {
            let leg = self.legs.add();
            offer.legs.push(leg);
            let manner = Box::new(self.agent_manner(center, endpoint, line.unavailable));
            self.act(LegAction::Ring {
                leg,
                endpoint,
                manner,
            });
        }
    }

    fn agent_phones(&self, line: &LineFact) -> Vec<Endpoint> {
        let Some(subscriber) = self.config.user(line.user) else {
            return Vec::new();
        };
        let (user, profile) = (line.user, subscriber.user.profile);
        let devices = if profile.rings_devices() {
            line.devices.as_slice()
        } else {
            &[]
        };
        let mobile = subscriber.user.mobile.filter(|_| profile.rings_mobile());
        let phones = devices.iter().map(|device| Endpoint::Device(user, *device));
        phones
            .chain(mobile.map(|number| Endpoint::Mobile(user, number)))
            .collect()
    }

    /// The call center's name, with the further number that was dialled, before the caller's; its ring pattern, that of
    /// calls delivered by force before it, and automatic answer on phones of ours.
    fn agent_manner(&self, center: &CallCenter, endpoint: Endpoint, forced: bool) -> Manner {
        let ours = matches!(endpoint, Endpoint::Device(..));
        let manner = self.manner(endpoint);
        let center_name = match self.dnis(center) {
            Some(number) => format!("{} ({number})", center.identity.name),
            None => center.identity.name.clone(),
        };
        let name = match manner.name.as_str() {
            "" => center_name,
            caller => format!("{center_name} - {caller}"),
        };
        let by_force = center.agent.forced_ring_pattern.filter(|_| forced);
        let pattern = by_force
            .or(center.agent.ring_pattern)
            .filter(|_| ours)
            .unwrap_or(manner.pattern);
        Manner {
            name,
            pattern,
            auto_answer: center.agent.auto_answer.filter(|_| ours),
            ..manner
        }
    }

    pub(super) fn agent_leg_failed(
        &mut self,
        center: &CallCenter,
        waiting: &mut Waiting,
        offers: &mut Vec<Offer>,
        leg: LegId,
        cause: LegFailure,
    ) {
        let Some(offer) = offers.iter_mut().find(|offer| offer.rings(leg)) else {
            return;
        };
        offer.legs.retain(|other| *other != leg);
        let (agent, left) = (offer.agent, offer.legs.len());
        self.legs.forget(leg);
        if left == 0 {
            self.agent_failed(center, waiting, offers, agent, cause);
        }
    }

    fn agent_failed(
        &mut self,
        center: &CallCenter,
        waiting: &mut Waiting,
        offers: &mut Vec<Offer>,
        agent: UserId,
        cause: LegFailure,
    ) {
        offers.retain(|offer| offer.agent != agent);
        self.step(QueueStep::Failed {
            center: center.id,
            agent,
            cause,
        });
        self.act(QueueAction::Offer {
            agent,
            result: OfferResult::Failed,
        });
        if offers.is_empty() {
            self.hear_offer_over(waiting);
        }
    }

    /// The first agent who answers gets the call; for the others the offer is over.
    pub(super) fn agent_answered(
        &mut self,
        center: Arc<CallCenter>,
        waiting: &Waiting,
        offers: Vec<Offer>,
        leg: LegId,
    ) {
        self.legs.forget(leg);
        self.cancel_ringing();
        self.stop_hearing(waiting);
        let (winner, others): (Vec<Offer>, _) =
            offers.into_iter().partition(|offer| offer.rings(leg));
        let Some(Offer { agent, .. }) = winner.into_iter().next() else {
            return;
        };
        self.act(QueueAction::Offer {
            agent,
            result: OfferResult::Answered,
        });
        for Offer { agent, .. } in others {
            self.act(QueueAction::Offer {
                agent,
                result: OfferResult::Over,
            });
        }
        self.served = Some(Served {
            agent,
            center: center.clone(),
        });
        if !center.announcements.whisper {
            return self.connect(leg, Party::User(agent));
        }
        self.step(QueueStep::Whisper {
            center: center.id,
            agent,
        });
        let own = &center.announcements.whisper_audio;
        let mut played = self.queue_sounds(center.id, Announcement::QueueWhisper, own);
        played.extend(
            self.dnis(&center)
                .map(|number| Sound::Digits(number.trim_start_matches('+').into())),
        );
        self.state = State::Queued(Queued::Whispering { center, leg, agent });
        self.act(MediaAction::PlayTo(leg, played));
    }

    pub(super) fn whisper_input(
        &mut self,
        center: Arc<CallCenter>,
        leg: LegId,
        agent: UserId,
        input: &Input,
    ) {
        match input {
            Input::LegFinished(done) if *done == leg => self.connect(leg, Party::User(agent)),
            Input::LegHungUp(gone) | Input::LegFailed(gone, _) if *gone == leg => {
                self.step(QueueStep::AgentGone {
                    center: center.id,
                    agent,
                });
                self.leave_agent();
                self.requeue(center, Start::Again);
            }
            _ => self.state = State::Queued(Queued::Whispering { center, leg, agent }),
        }
    }
}
