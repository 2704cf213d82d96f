//! Which places of a list are set: the first from any place on, in a step for each factor of 64 of its length.

/// A set of places below a fixed length.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits {
    /// From the finest level up: a bit of a level says that a word of the level below has one.
    levels: Vec<Vec<u64>>,
    len: usize,
    count: usize,
}

impl Bits {
    /// No place of `len` is set.
    pub(super) fn new(len: usize) -> Self {
        let mut levels = Vec::new();
        let mut words = len;
        loop {
            words = words.div_ceil(64).max(1);
            levels.push(vec![0; words]);
            if words == 1 {
                return Self { levels, len, count: 0 };
            }
        }
    }

    /// How many are set.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Sets or clears a place.
    pub(super) fn set(&mut self, place: usize, on: bool) {
        if place >= self.len || self.has(place) == on {
            return;
        }
        if on {
            self.count += 1;
        } else {
            self.count -= 1;
        }
        let mut at = place;
        for level in &mut self.levels {
            let word = &mut level[at / 64];
            let before = *word;
            if on {
                *word |= 1 << (at % 64);
            } else {
                *word &= !(1 << (at % 64));
            }
            // The level above only tells an empty word from one that is not.
            if (before == 0) == (*word == 0) {
                return;
            }
            at /= 64;
        }
    }

    fn has(&self, place: usize) -> bool {
        self.levels.first().is_some_and(|level| level[place / 64] >> (place % 64) & 1 == 1)
    }

    /// The first set place that is `from` or comes after it.
    pub(super) fn first_from(&self, from: usize) -> Option<usize> {
        let mut at = from;
        for (height, level) in self.levels.iter().enumerate() {
            let word = level.get(at / 64)? & (u64::MAX << (at % 64));
            if word != 0 {
                let found = at / 64 * 64 + word.trailing_zeros() as usize;
                return Some(
                    self.levels[..height]
                        .iter()
                        .rev()
                        .fold(found, |found, below| found * 64 + below[found].trailing_zeros() as usize),
                );
            }
            at = at / 64 + 1;
        }
        None
    }

    /// Every set place, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.first_from(0), |last| self.first_from(last + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Draws;
    use std::collections::BTreeSet;

    #[test]
    fn agrees_with_a_plain_set() {
        let mut draws = Draws::new(4);
        for len in [0_usize, 1, 63, 64, 65, 4_096, 4_097, 10_000] {
            let (mut bits, mut plain) = (Bits::new(len), BTreeSet::new());
            for _ in 0..600 {
                let place = draws.below(len as u64) as usize;
                let on = draws.below(3) > 0;
                bits.set(place, on);
                if on && len > 0 {
                    plain.insert(place);
                } else {
                    plain.remove(&place);
                }
                let from = draws.below(len as u64 + 2) as usize;
                assert_eq!(bits.first_from(from), plain.range(from..).next().copied(), "{len} from {from}");
                assert_eq!(bits.count(), plain.len());
            }
            assert!(bits.iter().eq(plain.iter().copied()));
        }
    }
}
