//! Whose numbers and extensions they are: a hash table with open addressing and linear probing. With a million entries a
//! lookup is a wait for memory, and this one reads a single cache line in most cases, where `HashMap` reads two.

use super::Line;

/// The bits of a number or of an extension with its location, and whose it is.
type Slot = Option<(u64, Line)>;

/// Keys and whose they are, at places given by their bits. The number of slots is a power of two, or 0.
#[derive(Clone, Default)]
pub(super) struct Lines {
    slots: Box<[Slot]>,
    taken: usize,
}

impl Lines {
    pub(super) fn get(&self, key: u64) -> Option<Line> {
        self.slots[self.find(key)?].map(|(_, line)| line)
    }

    pub(super) fn put(&mut self, key: u64, line: Line) {
        // At most three quarters are taken: with more the ways from slot to slot become long.
        if self.taken * 4 >= self.slots.len() * 3 {
            let slots = vec![None; (self.slots.len() * 2).max(4)].into();
            let before = std::mem::replace(self, Self { slots, taken: 0 });
            before
                .slots
                .into_iter()
                .flatten()
                .for_each(|(key, line)| self.put(key, line));
        }
        let free = |at: &usize| self.slots[*at].is_none_or(|(taken, _)| taken == key);
        if let Some(at) = self.way(key).find(free) {
            self.taken += usize::from(self.slots[at].is_none());
            self.slots[at] = Some((key, line));
        }
    }

    pub(super) fn remove(&mut self, key: u64) {
        let Some(gap) = self.find(key) else { return };
        self.slots[gap] = None;
        self.taken -= 1;
        // Those up to the next free slot may lie there only because this one was taken.
        for at in self.way(key).skip_while(|at| *at != gap).skip(1) {
            let Some((key, line)) = self.slots[at].take() else {
                return;
            };
            self.taken -= 1;
            self.put(key, line);
        }
    }

    /// Where a key is.
    fn find(&self, key: u64) -> Option<usize> {
        let taken = self.way(key).map_while(|at| Some((at, self.slots[at]?.0)));
        taken
            .into_iter()
            .find(|(_, taken)| *taken == key)
            .map(|(at, _)| at)
    }

    /// The slots in which a key may be, in their order.
    fn way(&self, key: u64) -> impl Iterator<Item = usize> + use<> {
        let slots = self.slots.len();
        // Multiplied by 2⁶⁴ over the golden ratio, neighbouring numbers lie far apart by their highest bits.
        let spread = u128::from(key.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let first = ((spread * slots as u128) >> 64) as usize;
        (0..slots).map(move |step| (first + step) & (slots - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UserId;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        /// Few keys, so that they often meet: what is put and removed is what an ordinary map holds then.
        #[test]
        fn holds_what_an_ordinary_map_holds(steps in prop::collection::vec((0_u64..40, any::<Option<u32>>()), 0..200)) {
            let (mut lines, mut map) = (Lines::default(), BTreeMap::new());
            for (key, user) in steps {
                // The keys of a few neighbouring numbers, and some that lie where those do.
                let key = 31_305_550_000 + key % 10 + ((key / 10) << 40);
                if let Some(user) = user {
                    let line = Line { user: UserId(user), alternate: None };
                    lines.put(key, line);
                    map.insert(key, line);
                } else {
                    lines.remove(key);
                    map.remove(&key);
                }
                prop_assert_eq!(lines.taken, map.len());
                prop_assert!(lines.taken < lines.slots.len() || map.is_empty());
                for key in (0..40).map(|key| 31_305_550_000 + key % 10 + ((key / 10) << 40)) {
                    prop_assert_eq!(lines.get(key), map.get(&key).copied());
                }
            }
        }
    }

    #[test]
    fn neighbouring_numbers_lie_apart() {
        let mut lines = Lines::default();
        for key in 31_300_000_000..31_300_100_000 {
            lines.put(
                key,
                Line {
                    user: UserId(1),
                    alternate: None,
                },
            );
        }
        let steps = |key| {
            lines
                .way(key)
                .position(|at| Some(at) == lines.find(key))
                .unwrap()
        };
        let far = (31_300_000_000..31_300_100_000)
            .filter(|key| steps(*key) > 3)
            .count();
        assert!(
            far < 1000,
            "{far} of 100000 take more than a line of the cache"
        );
    }
}
