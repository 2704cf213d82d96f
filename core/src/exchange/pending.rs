//! The order in which calls are told facts: what follows from one is told before the rest.

use crate::call::Input;
use crate::id::CallRef;
use std::collections::VecDeque;

/// The facts that calls are still to be told. What is pushed after a fact was taken follows from it, and is told before
/// whatever waited already; only facts of the same calls that waited are told before that, so that each call is told its
/// own in their order. A line that a call finds free, or is offered, is then still so when the call rings it, however many
/// calls ask in the same moment.
#[derive(Debug, Default)]
pub struct Pending {
    waiting: VecDeque<(CallRef, Input)>,
    /// What follows from the fact that was taken last.
    follows: Vec<(CallRef, Input)>,
}

impl Pending {
    /// A call is to be told a fact.
    pub fn push(&mut self, call: CallRef, input: Input) {
        self.follows.push((call, input));
    }

    /// The next fact, taken out.
    pub fn take(&mut self) -> Option<(CallRef, Input)> {
        if !self.follows.is_empty() {
            self.line_up();
        }
        self.waiting.pop_front()
    }

    fn line_up(&mut self) {
        let follows = std::mem::take(&mut self.follows);
        let told = |call: CallRef| follows.iter().any(|(other, _)| *other == call);
        let (mut first, rest): (VecDeque<_>, VecDeque<_>) =
            self.waiting.drain(..).partition(|(call, _)| told(*call));
        first.extend(follows);
        first.extend(rest);
        self.waiting = first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UserId;

    #[test]
    fn what_follows_comes_before_the_rest() {
        let mut pending = Pending::default();
        let push = |pending: &mut Pending, facts: &[(u64, u32)]| {
            for (call, user) in facts {
                pending.push(CallRef(*call), Input::Freed(UserId(*user)));
            }
        };
        let take = |pending: &mut Pending| match pending.take() {
            Some((CallRef(call), Input::Freed(UserId(user)))) => (call, user),
            _ => (0, 0),
        };
        push(&mut pending, &[(1, 1), (2, 2), (3, 3), (1, 4)]);
        assert_eq!(take(&mut pending), (1, 1));
        push(&mut pending, &[(1, 5), (4, 6)]);
        let rest: Vec<_> =
            std::iter::from_fn(|| Some(take(&mut pending)).filter(|fact| *fact != (0, 0)))
                .collect();
        assert_eq!(rest, [(1, 4), (1, 5), (4, 6), (2, 2), (3, 3)]);
    }
}
