//! What the exchange wants done: facts for calls, phones that move between calls, texts on displays, and what those are
//! told who watch: the portal, lamps, and administrators by mail.

use super::{Switch, sip_message};
use crate::mail::Alarm;
use centrale_core::acd::{Effect, QueueView};
use centrale_core::api::live::Happening;
use centrale_core::call::Side;
use centrale_core::exchange::{ExchangeEffect, ExchangeInput};
use centrale_core::id::UserId;
use centrale_core::organisation::AdminScope;
use centrale_core::trace::Limit;

impl Switch {
    /// Gives the exchange a fact, and carries out what follows.
    pub(super) fn exchange_takes(&mut self, input: ExchangeInput<'_>) {
        let mut effects = Vec::new();
        self.exchange
            .handle(self.now(), &self.config, input, &mut effects);
        self.follow(effects);
    }

    pub(super) fn follow(&mut self, effects: Vec<ExchangeEffect>) {
        for effect in effects {
            match effect {
                ExchangeEffect::Tell(call, input) => self.facts.push(call, input),
                ExchangeEffect::Move {
                    from,
                    side,
                    to,
                    leg,
                } => {
                    let channel = self
                        .calls
                        .get_mut(&from)
                        .and_then(|running| running.sides.remove(&side));
                    if let Some(channel) = channel {
                        self.calls.get_mut(&to).into_iter().for_each(|running| {
                            running.answered.insert(channel.clone());
                        });
                        self.place_channel(to, Side::Leg(leg), channel);
                    }
                }
                ExchangeEffect::CallBack { caller, callee } => self.call_back(caller, callee),
                ExchangeEffect::ShowParked {
                    parker,
                    at,
                    seconds,
                } => {
                    sip_message::parked_at(&self.deps, &self.config, parker, at, seconds);
                }
                ExchangeEffect::NotifyParked { at, parker } => {
                    sip_message::parked_here(&self.deps, &self.config, at, parker);
                }
                ExchangeEffect::OverLimit {
                    user,
                    limit,
                    stopped,
                } => self.alarm(user, limit, stopped),
                ExchangeEffect::Notice(notice) => self.notice(&notice),
                ExchangeEffect::LineChanged(user) => {
                    let state = self.exchange.state(user);
                    self.watchers.tell(Happening::Line { user, state });
                    self.blf.changed(user, &self.config, &self.exchange);
                }
            }
        }
    }

    /// Tells of every queue and every agent.
    pub(super) fn tell_all(&mut self) {
        for center in self.config.clone().call_centers() {
            self.tell_queue(center.id);
        }
        let agents: Vec<_> = self
            .exchange
            .acd()
            .agents()
            .map(|agent| agent.user)
            .collect();
        for agent in agents {
            self.tell_agent(agent);
        }
    }

    /// Tells the administrators by mail who went over a limit of the calls that leave.
    fn alarm(&mut self, user: Option<UserId>, limit: Limit, stopped: bool) {
        tracing::warn!(
            user = user.map(|user| user.0),
            ?limit,
            stopped,
            "a limit of outside calls was gone over"
        );
        let Some(mailer) = &self.deps.mail else {
            return;
        };
        let (view, at) = (self.deps.live.view(), self.deps.clock.now());
        let alarm = Alarm {
            config: &view.snapshot,
            user,
            limit,
            stopped,
            at,
        };
        for admin in view
            .directory
            .admins()
            .filter(|admin| admin.scope == AdminScope::Enterprise)
        {
            if let Some(email) = alarm.email(&admin.email) {
                mailer.enqueue(email);
            }
        }
    }

    fn notice(&mut self, notice: &Effect) {
        match notice {
            Effect::AgentChanged { agent } => self.tell_agent(*agent),
            Effect::CenterChanged { center } | Effect::Alert { center, .. } => {
                self.tell_queue(*center);
            }
            // The exchange has told the calls of these.
            Effect::Offer { .. } | Effect::Withdraw { .. } | Effect::Release { .. } => {}
        }
    }

    fn tell_queue(&mut self, center: UserId) {
        self.blf.changed(center, &self.config, &self.exchange);
        let acd = self.exchange.acd();
        let fact = acd.fact(center, self.now());
        self.watchers.tell(Happening::Queue {
            center,
            waiting: fact.waiting,
            since: acd.waiting(center).map(|(_, since)| since).min(),
            alert: acd.view(center) == QueueView::Alert,
            staffed: fact.staffed,
            night: fact.night_forced,
            forwarding: fact.forwarding_forced,
        });
    }

    fn tell_agent(&mut self, user: UserId) {
        let acd = self.exchange.acd();
        if let Some(agent) = acd.agent(user) {
            let joined = acd
                .queues_of(user)
                .filter(|(_, joined)| *joined)
                .map(|(center, _)| center);
            let (state, since) = (agent.state, agent.since);
            self.watchers.tell(Happening::Agent {
                user,
                state,
                since,
                joined: joined.collect(),
            });
        }
    }
}
