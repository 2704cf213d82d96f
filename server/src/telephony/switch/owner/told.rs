//! What others are told of live state: who watches it, phones that show it, and administrators by mail.

use super::Switch;
use crate::mail::Alarm;
use centrale_core::acd::{Effect, QueueView};
use centrale_core::api::live::Happening;
use centrale_core::id::UserId;
use centrale_core::organisation::AdminScope;
use centrale_core::trace::Limit;

impl Switch {
    /// Tells the administrators by mail who went over a limit of the calls that leave.
    pub(super) fn alarm(&mut self, user: Option<UserId>, limit: Limit, stopped: bool) {
        tracing::warn!(
            user = user.map(|user| user.0),
            ?limit,
            stopped,
            "a limit of outside calls was gone over"
        );
        let Some(mailer) = &self.ground.mail else {
            return;
        };
        let (view, at) = (self.ground.live.view(), self.ground.clock.now());
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

    pub(super) fn notice(&mut self, notice: &Effect) {
        match notice {
            Effect::AgentChanged { agent } => self.tell_agent(*agent),
            Effect::CenterChanged { center } | Effect::Alert { center, .. } => {
                self.tell_queue(*center);
            }
            _ => {}
        }
    }

    pub(super) fn tell_queue(&mut self, center: UserId) {
        self.monitor.changed(center, &self.config, &self.exchange);
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

    pub(super) fn tell_agent(&mut self, user: UserId) {
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
