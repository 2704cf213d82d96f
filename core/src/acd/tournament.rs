//! The idle member who waits longest for a call, as a tournament: each node holds the winner of the two below it.

/// Members by the moment of their last answer; only those who play can win.
#[derive(Clone, Debug, Default)]
pub(super) struct Tournament {
    /// The root at 1, the children of `n` at `2n` and `2n + 1`, the members from `half` on.
    winners: Vec<u32>,
    keys: Vec<i64>,
    half: usize,
}

const NOBODY: u32 = u32::MAX;

impl Tournament {
    /// Nobody plays; each key is given.
    pub(super) fn new(keys: Vec<i64>) -> Self {
        let half = keys.len().next_power_of_two();
        Self {
            winners: vec![NOBODY; 2 * half],
            keys,
            half,
        }
    }

    /// The smallest key of those who play, and of equal ones the first in the list.
    pub(super) fn winner(&self) -> Option<usize> {
        self.winners
            .get(1)
            .copied()
            .filter(|&winner| winner != NOBODY)
            .map(|winner| winner as usize)
    }

    /// Somebody plays, or no longer does.
    pub(super) fn play(&mut self, member: usize, plays: bool) {
        if member < self.keys.len() {
            self.winners[self.half + member] = if plays { member as u32 } else { NOBODY };
            self.climb(self.half + member);
        }
    }

    /// Somebody's key is another now.
    pub(super) fn rekey(&mut self, member: usize, key: i64) {
        if let Some(slot) = self.keys.get_mut(member) {
            *slot = key;
            self.climb(self.half + member);
        }
    }

    fn climb(&mut self, from: usize) {
        let mut node = from / 2;
        while node > 0 {
            let (left, right) = (self.winners[2 * node], self.winners[2 * node + 1]);
            // The left ones come first in the list, so they also win a tie.
            let left_wins = right == NOBODY
                || left != NOBODY && self.keys[left as usize] <= self.keys[right as usize];
            self.winners[node] = if left_wins { left } else { right };
            node /= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Draws;

    #[test]
    fn agrees_with_a_search() {
        let mut draws = Draws::new(5);
        for len in [0_usize, 1, 2, 3, 7, 64, 100] {
            let mut keys: Vec<i64> = (0..len).map(|_| draws.below(9) as i64).collect();
            let mut tree = Tournament::new(keys.clone());
            let mut plays = vec![false; len];
            for _ in 0..500 {
                let member = draws.below(len as u64) as usize;
                if draws.below(2) == 0 {
                    let on = draws.below(2) == 0;
                    tree.play(member, on);
                    plays.iter_mut().skip(member).take(1).for_each(|p| *p = on);
                } else {
                    let key = draws.below(9) as i64;
                    tree.rekey(member, key);
                    keys.iter_mut().skip(member).take(1).for_each(|k| *k = key);
                }
                let expected = (0..len).filter(|&m| plays[m]).min_by_key(|&m| keys[m]);
                assert_eq!(tree.winner(), expected);
            }
        }
    }
}
