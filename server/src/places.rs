//! Places of which there are so many in all, and so many for each who asks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Places for those who are told apart by `K`.
#[derive(Debug)]
pub(crate) struct Places<K: Ord + Clone> {
    all: usize,
    of_one: usize,
    taken: Arc<Mutex<Taken<K>>>,
}

#[derive(Debug)]
struct Taken<K> {
    all: usize,
    by: BTreeMap<K, usize>,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place<K: Ord + Clone> {
    by: Option<K>,
    of: Arc<Mutex<Taken<K>>>,
}

impl<K: Ord + Clone> Places<K> {
    /// So many in all, and for each.
    pub(crate) fn new(all: usize, of_one: usize) -> Self {
        Self {
            all,
            of_one,
            taken: Arc::new(Mutex::new(Taken {
                all: 0,
                by: BTreeMap::new(),
            })),
        }
    }

    /// A place, unless all are taken, or all that somebody may have; without somebody only those in all count.
    pub(crate) fn take(&self, by: Option<K>) -> Option<Place<K>> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = by
            .as_ref()
            .and_then(|by| taken.by.get(by))
            .copied()
            .unwrap_or_default();
        if taken.all >= self.all || (by.is_some() && own >= self.of_one) {
            return None;
        }
        taken.all += 1;
        if let Some(by) = &by {
            taken.by.insert(by.clone(), own + 1);
        }
        Some(Place {
            by,
            of: self.taken.clone(),
        })
    }

    /// How many are taken.
    #[cfg(test)]
    pub(crate) fn taken(&self) -> usize {
        self.taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .all
    }
}

impl<K: Ord + Clone> Drop for Place<K> {
    fn drop(&mut self) {
        let mut taken = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        let Some(by) = &self.by else { return };
        if let Some(count) = taken.by.get_mut(by) {
            *count -= 1;
            if *count == 0 {
                taken.by.remove(by);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_and_each_have_so_many() {
        let places = Places::new(3, 2);
        let [one, two] = [1, 1].map(|by| places.take(Some(by)).unwrap());
        assert!(places.take(Some(1)).is_none(), "one has two at most");
        let three = places.take(Some(2)).unwrap();
        assert!(
            places.take(Some(3)).is_none() && places.take(None).is_none(),
            "there are three"
        );
        drop(one);
        assert_eq!(places.taken(), 2);
        let nobody = places.take(None).unwrap();
        drop((two, three, nobody));
        assert_eq!(places.taken(), 0);
        assert!(
            places.taken.lock().unwrap().by.is_empty(),
            "who has none is forgotten"
        );
    }
}
