//! What the distributor is told, and what it wants done.

use super::AgentState;
use crate::id::{CallRef, UserId};
use crate::outcome::{OfferResult, Unqueued};
use crate::time::Timestamp;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A call comes into the queue of a call center.
    Enter {
        /// The call.
        call: CallRef,
        /// The call center.
        center: UserId,
        /// Since when it waits: earlier than now when it comes from another queue.
        since: Timestamp,
    },
    /// A call is gone: the caller hung up, or left the queue.
    Leave {
        /// The call.
        call: CallRef,
    },
    /// What became of an offer.
    Offer {
        /// The call.
        call: CallRef,
        /// The agent.
        agent: UserId,
        /// What became of it.
        result: OfferResult,
    },
    /// An agent is in another state, by their own choice or a supervisor's.
    SetState {
        /// The agent.
        agent: UserId,
        /// The state.
        state: AgentState,
    },
    /// An agent joins a queue.
    Join {
        /// The agent.
        agent: UserId,
        /// The call center.
        center: UserId,
    },
    /// An agent leaves a queue.
    Part {
        /// The agent.
        agent: UserId,
        /// The call center.
        center: UserId,
    },
    /// What the line of an agent is now. Until told otherwise it cannot be reached.
    Line {
        /// The agent.
        agent: UserId,
        /// The calls on it, ringing ones and those of call centers included.
        calls: u16,
        /// A phone is registered.
        reachable: bool,
        /// Do not disturb is on.
        do_not_disturb: bool,
    },
    /// A code forces a service of a call center, or ends that; `None` leaves it as it is.
    Force {
        /// The call center.
        center: UserId,
        /// Night service.
        night: Option<bool>,
        /// Forced forwarding.
        forwarding: Option<bool>,
    },
    /// The agent holds the call since then, or took it back.
    Held {
        /// The call.
        call: CallRef,
        /// Since when; none: no longer.
        since: Option<Timestamp>,
    },
    /// The moment of [`super::Acd::next_timeout`] has come.
    TimerElapsed,
}

/// What is to be done, or is to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Offer a call; answer with [`Input::Offer`].
    Offer {
        /// The call.
        call: CallRef,
        /// Its call center.
        center: UserId,
        /// The agents who are offered it, one or all at once by the policy of the queue.
        agents: AgentsOffered,
    },
    /// Take the offer of a call back, or take the call from the agent who held it too long. It stays in the queue, or is
    /// released next.
    Withdraw {
        /// The call.
        call: CallRef,
    },
    /// The queue lets go of a call; an offer that stands ends with it. Nothing more is heard of the call.
    Release {
        /// The call.
        call: CallRef,
        /// Its call center.
        center: UserId,
        /// Why the queue lets go of it.
        why: Unqueued,
    },
    /// The state, the queues or the calls of an agent changed.
    AgentChanged {
        /// The agent.
        agent: UserId,
    },
    /// The calls or the staff of a call center changed.
    CenterChanged {
        /// The call center.
        center: UserId,
    },
    /// Somebody is to be told.
    Alert {
        /// The call center.
        center: UserId,
        /// What the alert is about.
        alert: Alert,
    },
}

/// To whom a call is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentsOffered {
    /// One agent.
    One(UserId),
    /// All of them at once; the first to answer gets it.
    All(Vec<UserId>),
}

impl AgentsOffered {
    /// The agents.
    pub fn as_slice(&self) -> &[UserId] {
        match self {
            Self::One(agent) => std::slice::from_ref(agent),
            Self::All(agents) => agents,
        }
    }
}

/// What somebody is to be told of a call center (manual § 23.2.14, 23.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    /// To the agents: so many calls wait.
    Waiting(u16),
    /// To the agents: a call waits so many seconds.
    Late(u32),
    /// To this agent: a call is held long.
    Held {
        /// The agent.
        agent: UserId,
        /// The call.
        call: CallRef,
    },
}

/// What a lamp shows of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueView {
    /// No call waits.
    Empty,
    /// Calls wait.
    Waits,
    /// So many wait, or one waits so long, that agents are to be told.
    Alert,
}

/// Receives the effects of the distributor in their order: a list collects them, a simulation carries them out at once.
pub trait EffectSink {
    /// Hears one thing. The distributor is told what follows from it only after it has said all.
    fn emit(&mut self, effect: Effect);
}

impl EffectSink for Vec<Effect> {
    fn emit(&mut self, effect: Effect) {
        self.push(effect);
    }
}
