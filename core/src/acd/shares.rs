//! Weights of the idle members, so that a draw among them finds its winner in a step for each doubling of the list
//! (Fenwick, 1994).

/// A weight for each place.
#[derive(Clone, Debug, Default)]
pub(super) struct Shares {
    /// Partial sums, from 1.
    sums: Vec<u64>,
    now: Vec<u32>,
    total: u64,
}

impl Shares {
    /// All weights are 0.
    pub(super) fn new(len: usize) -> Self {
        Self {
            sums: vec![0; len + 1],
            now: vec![0; len],
            total: 0,
        }
    }

    /// The sum of all weights.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// Gives a place another weight.
    pub(super) fn set(&mut self, place: usize, weight: u32) {
        let Some(now) = self.now.get_mut(place) else {
            return;
        };
        let (less, more) = (u64::from(*now), u64::from(weight));
        *now = weight;
        self.total = self.total - less + more;
        let mut node = place + 1;
        while node < self.sums.len() {
            self.sums[node] = self.sums[node] + more - less;
            node += node & node.wrapping_neg();
        }
    }

    /// The place where the sum of weights passes `ticket`; `None` when the total does not.
    pub(super) fn holder(&self, ticket: u64) -> Option<usize> {
        if ticket >= self.total {
            return None;
        }
        let (mut at, mut left) = (0, ticket);
        let mut step = self.sums.len().next_power_of_two() / 2;
        while step > 0 {
            if let Some(sum) = self.sums.get(at + step).filter(|sum| **sum <= left) {
                left -= sum;
                at += step;
            }
            step /= 2;
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Draws;

    #[test]
    fn agrees_with_a_scan() {
        let mut draws = Draws::new(6);
        for len in [0_usize, 1, 2, 3, 8, 9, 100] {
            let (mut shares, mut plain) = (Shares::new(len), vec![0_u64; len]);
            for _ in 0..300 {
                let place = draws.below(len as u64) as usize;
                let weight = draws.below(4) as u32;
                shares.set(place, weight);
                plain
                    .iter_mut()
                    .skip(place)
                    .take(1)
                    .for_each(|w| *w = u64::from(weight));
                assert_eq!(shares.total(), plain.iter().sum::<u64>());
                for ticket in 0..=shares.total() {
                    let mut sum = 0;
                    let expected = plain.iter().position(|weight| {
                        sum += weight;
                        ticket < sum
                    });
                    assert_eq!(shares.holder(ticket), expected);
                }
            }
        }
    }
}
