//! Which idle agent of a queue is next, by its policy (routing § 2): the same choice as [`crate::policy::order`] makes,
//! without a walk over all agents.

use super::bits::Bits;
use super::shares::Shares;
use super::tournament::Tournament;
use crate::id::UserId;
use crate::organisation::{Member, Policy};
use crate::policy::Draws;
use crate::time::Timestamp;

/// The idle agents of one queue.
#[derive(Clone, Debug)]
pub(super) struct Chooser {
    policy: Policy,
    idle: Bits,
    users: Vec<UserId>,
    weights: Vec<u8>,
    shares: Shares,
    longest: Tournament,
    /// When each last answered a call of the queue; the earliest moment there is: never.
    answered: Vec<Timestamp>,
    last: Option<usize>,
    draws: Draws,
}

/// Before every answer.
pub(super) const NEVER: Timestamp = Timestamp(i64::MIN);

impl Chooser {
    /// Nobody is idle. `answered` tells for each member when they last answered, `last` who did so last.
    pub(super) fn new(
        policy: Policy,
        members: &[Member],
        answered: Vec<Timestamp>,
        last: Option<usize>,
        draws: Draws,
    ) -> Self {
        let len = members.len();
        Self {
            policy,
            idle: Bits::new(len),
            users: members.iter().map(|member| member.user).collect(),
            weights: members.iter().map(|member| member.weight).collect(),
            shares: Shares::new(if policy == Policy::Weighted { len } else { 0 }),
            longest: Tournament::new(match policy {
                Policy::Uniform => answered.iter().map(|at| at.0).collect(),
                _ => Vec::new(),
            }),
            answered,
            last,
            draws,
        }
    }

    pub(super) fn is_simultaneous(&self) -> bool {
        self.policy == Policy::Simultaneous
    }

    /// How many agents are idle.
    pub(super) fn idle(&self) -> usize {
        self.idle.count()
    }

    /// The idle agents, in order.
    pub(super) fn all_idle(&self) -> impl Iterator<Item = usize> + '_ {
        self.idle.iter()
    }

    /// When each last answered, and who did so last.
    pub(super) fn memory(&self) -> (&[Timestamp], Option<usize>) {
        (&self.answered, self.last)
    }

    pub(super) fn draws(&self) -> Draws {
        self.draws
    }

    pub(super) fn set_idle(&mut self, place: usize, idle: bool) {
        self.idle.set(place, idle);
        match self.policy {
            Policy::Uniform => self.longest.play(place, idle),
            Policy::Weighted => {
                let weight = if idle {
                    self.weights.get(place).copied().unwrap_or(0)
                } else {
                    0
                };
                self.shares.set(place, weight.into());
            }
            _ => {}
        }
    }

    /// An agent answered a call of the queue.
    pub(super) fn answered(&mut self, place: usize, now: Timestamp) {
        self.last = Some(place);
        if let Some(at) = self.answered.get_mut(place) {
            *at = now;
        }
        if self.policy == Policy::Uniform {
            self.longest.rekey(place, now.0);
        }
    }

    /// Takes who is next: the next draw is another.
    pub(super) fn next(&mut self) -> Option<usize> {
        let next = self.peek();
        if self.policy == Policy::Weighted {
            self.draws.number();
        }
        next
    }

    /// Who is next. Under [`Policy::Simultaneous`] this is the first of all who are.
    pub(super) fn peek(&self) -> Option<usize> {
        match self.policy {
            Policy::Regular | Policy::Simultaneous => self.idle.first_from(0),
            Policy::Circular => {
                let after = self.last.map_or(0, |last| last + 1);
                self.idle
                    .first_from(after)
                    .or_else(|| self.idle.first_from(0))
            }
            Policy::Uniform => self.longest.winner(),
            Policy::Weighted => self.draw(self.draws),
        }
    }

    /// The member at a place.
    pub(super) fn user(&self, place: usize) -> Option<UserId> {
        self.users.get(place).copied()
    }

    fn draw(&self, mut draws: Draws) -> Option<usize> {
        if self.shares.total() > 0 {
            return self.shares.holder(draws.below(self.shares.total()));
        }
        // Nobody who is idle has a weight: each is as likely.
        let ticket = draws.below(self.idle.count() as u64) as usize;
        self.idle.iter().nth(ticket)
    }
}
