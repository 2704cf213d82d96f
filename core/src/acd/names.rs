//! Where the call of each name is: a table with linear probing (Knuth, 1973, § 6.4), made for names that hosts count.

/// Indices by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// A power of two of slots, at most half of them taken; none before the first name.
    slots: Vec<Option<(u64, u32)>>,
    taken: usize,
}

impl Names {
    pub(super) fn get(&self, name: u64) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let (_, index) = self.slots[self.slot(name)]?;
        Some(index as usize)
    }

    pub(super) fn insert(&mut self, name: u64, index: usize) {
        if self.taken * 2 >= self.slots.len() {
            let wider = vec![None; (self.slots.len() * 2).max(16)];
            for (name, index) in std::mem::replace(&mut self.slots, wider).into_iter().flatten() {
                let slot = self.slot(name);
                self.slots[slot] = Some((name, index));
            }
        }
        let slot = self.slot(name);
        self.taken += usize::from(self.slots[slot].is_none());
        self.slots[slot] = Some((name, index as u32));
    }

    pub(super) fn remove(&mut self, name: u64) {
        if self.get(name).is_none() {
            return;
        }
        let mask = self.slots.len() - 1;
        let mut gap = self.slot(name);
        self.slots[gap] = None;
        self.taken -= 1;
        // Those that the gap cuts off from their home move into it.
        let mut at = (gap + 1) & mask;
        while let Some((other, _)) = self.slots[at] {
            let from_home = at.wrapping_sub(self.home(other)) & mask;
            if from_home >= at.wrapping_sub(gap) & mask {
                self.slots.swap(gap, at);
                gap = at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Where a name is, or would be. There is a slot.
    fn slot(&self, name: u64) -> usize {
        let mut at = self.home(name);
        while self.slots[at].is_some_and(|(other, _)| other != name) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// Names that follow each other lie apart; nobody outside chooses names, so one multiplication spreads them.
    fn home(&self, name: u64) -> usize {
        (name.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (self.slots.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Draws;
    use std::collections::BTreeMap;

    #[test]
    fn agrees_with_a_plain_map() {
        let mut draws = Draws::new(3);
        // Few names that come and go, and many that lie far apart.
        for (below, times) in [(12, 1), (300, 1), (2_000, 1 << 40)] {
            let (mut names, mut plain) = (Names::default(), BTreeMap::new());
            for index in 0..5_000 {
                let name = draws.below(below) * times;
                if draws.below(2) == 0 {
                    names.insert(name, index);
                    plain.insert(name, index);
                } else {
                    names.remove(name);
                    plain.remove(&name);
                }
                assert_eq!(names.taken, plain.len());
                let other = draws.below(below) * times;
                assert_eq!(names.get(other), plain.get(&other).copied());
            }
            for (name, index) in plain {
                assert_eq!(names.get(name), Some(index));
            }
        }
    }
}
