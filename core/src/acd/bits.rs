//! Which places of a list are set: the first from any place on, 64 places at a time. Even ten thousand agents are 157
//! words, which lie together.

/// A set of places below a fixed length.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: usize,
    count: usize,
}

impl Bits {
    /// No place of `len` is set.
    pub(super) fn new(len: usize) -> Self {
        Self {
            words: vec![0; len.div_ceil(64)],
            len,
            count: 0,
        }
    }

    /// How many are set.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Sets or clears a place.
    pub(super) fn set(&mut self, place: usize, on: bool) {
        if place >= self.len {
            return;
        }
        let word = &mut self.words[place / 64];
        let before = *word;
        let bit = 1 << (place % 64);
        *word = if on { before | bit } else { before & !bit };
        if *word > before {
            self.count += 1;
        } else if *word < before {
            self.count -= 1;
        }
    }

    /// The first set place that is `from` or comes after it.
    pub(super) fn first_from(&self, from: usize) -> Option<usize> {
        let (mut at, mut from) = (from / 64, u64::MAX << (from % 64));
        loop {
            let word = self.words.get(at)? & from;
            if word != 0 {
                return Some(at * 64 + word.trailing_zeros() as usize);
            }
            at += 1;
            from = u64::MAX;
        }
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
                assert_eq!(
                    bits.first_from(from),
                    plain.range(from..).next().copied(),
                    "{len} from {from}"
                );
                assert_eq!(bits.count(), plain.len());
            }
            assert!(bits.iter().eq(plain.iter().copied()));
        }
    }
}
