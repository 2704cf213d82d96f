//! Between calls and the distributor: what calls ask of queues, and what the distributor wants of calls.

use super::{Exchange, ExchangeEffect, Step};
use crate::acd::{self, Acd, Effect};
use crate::call::{Input, QueueAction, Side};
use crate::feature::Perform;
use crate::id::{CallRef, UserId};
use crate::outcome::Performed;
use crate::service::do_not_disturb;
use crate::snapshot::Snapshot;
use crate::time::Timestamp;

impl Exchange {
    /// Takes in a configuration, the first or another one, while calls go on.
    pub fn configure(
        &mut self,
        now: Timestamp,
        config: &Snapshot,
        effects: &mut Vec<ExchangeEffect>,
    ) {
        let mut step = Step {
            now,
            config,
            effects,
        };
        let mut wanted = Vec::new();
        self.acd.configure(now, config, &mut wanted);
        for effect in wanted {
            self.distributed(effect, &mut step);
        }
        let agents: Vec<_> = self.acd.agents().map(|agent| agent.user).collect();
        for agent in agents {
            self.agent_line(agent, &mut step);
        }
    }

    /// Takes in another configuration, of which it is known which users are not what they were in the one before. True: call
    /// centers changed, so that the work of every agent may have.
    pub fn reconfigure(
        &mut self,
        now: Timestamp,
        config: &Snapshot,
        changed: &[UserId],
        effects: &mut Vec<ExchangeEffect>,
    ) -> bool {
        let mut step = Step {
            now,
            config,
            effects,
        };
        let mut wanted = Vec::new();
        let all = self.acd.reconfigure(now, config, changed, &mut wanted);
        for effect in wanted {
            self.distributed(effect, &mut step);
        }
        let agents: Vec<_> = if all {
            self.acd.agents().map(|agent| agent.user).collect()
        } else {
            // Who works for no call center is nobody's agent.
            changed
                .iter()
                .copied()
                .filter(|user| self.acd.queues_of(*user).next().is_some())
                .collect()
        };
        for agent in agents {
            self.agent_line(agent, &mut step);
        }
        all
    }

    /// Agents, queues and their statistics.
    pub fn acd(&self) -> &Acd {
        &self.acd
    }

    /// For reports: takes statistics out, or counts them up to now.
    pub fn acd_mut(&mut self) -> &mut Acd {
        &mut self.acd
    }

    pub(super) fn distribute(&mut self, input: acd::Input, step: &mut Step<'_>) {
        let mut wanted = Vec::new();
        self.acd.handle(step.now, input, &mut wanted);
        for effect in wanted {
            self.distributed(effect, step);
        }
    }

    /// What a call wants of its queue.
    pub(super) fn queue_action(&mut self, call: CallRef, action: QueueAction, step: &mut Step<'_>) {
        let input = match action {
            QueueAction::AskCenter(center) => {
                return step.tell(call, Input::Center(self.acd.fact(center, step.now)));
            }
            QueueAction::AskQueue => {
                let place = self.acd.place(call, step.now).unwrap_or_default();
                return step.tell(call, Input::Queue(place));
            }
            QueueAction::Enqueue { center, since } => acd::Input::Enter {
                call,
                center,
                since,
            },
            QueueAction::Dequeue => acd::Input::Leave { call },
            QueueAction::Offer { agent, result } => acd::Input::Offer {
                call,
                agent,
                result,
            },
        };
        self.distribute(input, step);
    }

    pub(super) fn line_changed(&mut self, user: UserId, step: &mut Step<'_>) {
        step.effects.push(ExchangeEffect::LineChanged(user));
        if self.acd.agent(user).is_some() {
            self.agent_line(user, step);
        }
    }

    fn agent_line(&mut self, agent: UserId, step: &mut Step<'_>) {
        let subscriber = step.config.user(agent);
        let input = acd::Input::Line {
            agent,
            calls: self.line(agent).calls,
            reachable: self.is_reachable(agent, step.config),
            do_not_disturb: subscriber.is_some_and(do_not_disturb::is_on),
        };
        self.distribute(input, step);
    }

    pub(super) fn agent_holds(
        &mut self,
        call: CallRef,
        side: Side,
        holds: bool,
        step: &mut Step<'_>,
    ) {
        if let Side::Leg(_) = side {
            let since = holds.then_some(step.now);
            self.distribute(acd::Input::Held { call, since }, step);
        }
    }

    /// A code that forces a service of a call center, or ends that.
    pub(super) fn force(
        &mut self,
        what: Perform,
        center: Option<UserId>,
        step: &mut Step<'_>,
    ) -> Performed {
        let Some(center) = center else {
            return Performed::Nothing;
        };
        let (night, forwarding) = match what {
            Perform::NightForceOn => (Some(true), None),
            Perform::NightForceOff => (Some(false), None),
            Perform::ForwardForceOn => (None, Some(true)),
            _ => (None, Some(false)),
        };
        self.distribute(
            acd::Input::Force {
                center,
                night,
                forwarding,
            },
            step,
        );
        Performed::Done
    }

    fn distributed(&mut self, effect: Effect, step: &mut Step<'_>) {
        match effect {
            Effect::Offer { call, agents, .. } => {
                let agents = agents.as_slice().to_vec();
                for agent in &agents {
                    self.promise(call, *agent);
                }
                step.tell(call, Input::Offered(agents));
            }
            Effect::Withdraw { call } => step.tell(call, Input::Withdrawn),
            Effect::Release { call, why, .. } => step.tell(call, Input::Unqueued(why)),
            notice => step.effects.push(ExchangeEffect::Notice(notice)),
        }
    }
}
