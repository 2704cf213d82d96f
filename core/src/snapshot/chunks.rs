//! A list by number that is cheap to copy and to change after: copies share all but the chunk that changes.

use std::sync::Arc;

/// Items in a chunk. Copying the list takes one count for each chunk, changing it a copy of each item of a chunk: at a
/// million items these are much the same.
const CHUNK: usize = 256;

/// The items of [`CHUNK`] places, side by side: who knows the place of one knows where it is in memory.
type Chunk<T> = Arc<[Option<T>; CHUNK]>;

/// Items at places from 0 up, with gaps.
#[derive(Clone)]
pub(super) struct Chunks<T>(Vec<Option<Chunk<T>>>);

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Chunks<T> {
    pub(super) fn get(&self, at: usize) -> Option<&T> {
        self.0.get(at / CHUNK)?.as_ref()?[at % CHUNK].as_ref()
    }

    /// Every item, in the order of the places.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0
            .iter()
            .flatten()
            .flat_map(|chunk| chunk.iter().flatten())
    }

    pub(super) fn put(&mut self, at: usize, item: T) {
        if self.0.len() <= at / CHUNK {
            self.0.resize(at / CHUNK + 1, None);
        }
        let chunk = self.0[at / CHUNK].get_or_insert_with(|| Arc::new([const { None }; CHUNK]));
        Arc::make_mut(chunk)[at % CHUNK] = Some(item);
    }

    /// Changes items where they are, of the chunks in which there are such.
    pub(super) fn change(&mut self, which: impl Fn(&T) -> bool, change: impl Fn(&mut T)) {
        for chunk in self
            .0
            .iter_mut()
            .flatten()
            .filter(|chunk| chunk.iter().flatten().any(&which))
        {
            Arc::make_mut(chunk)
                .iter_mut()
                .flatten()
                .filter(|item| which(item))
                .for_each(&change);
        }
    }

    /// The places at which two lists may hold different items: those of chunks that they do not share.
    pub(super) fn apart<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = usize> + 'a {
        let shared = |at: usize| match (
            self.0.get(at).and_then(Option::as_ref),
            other.0.get(at).and_then(Option::as_ref),
        ) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            (one, two) => one.is_none() && two.is_none(),
        };
        let chunks = (0..self.0.len().max(other.0.len())).filter(move |at| !shared(*at));
        chunks.flat_map(|at| at * CHUNK..(at + 1) * CHUNK)
    }

    /// Takes an item out, if there is one.
    pub(super) fn remove(&mut self, at: usize) -> Option<T> {
        self.get(at)?;
        let chunk = self.0.get_mut(at / CHUNK)?.as_mut()?;
        Arc::make_mut(chunk)[at % CHUNK].take()
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Chunks};
    use std::sync::Arc;

    #[test]
    fn copies_share_what_does_not_change() {
        let mut first = Chunks::default();
        for at in [0, 1, CHUNK - 1, CHUNK, 3 * CHUNK + 7] {
            first.put(at, at);
        }
        let mut second = first.clone();
        second.put(1, 100);
        assert_eq!(second.remove(CHUNK), Some(CHUNK));
        for nothing in [CHUNK, 2 * CHUNK, 99 * CHUNK] {
            assert_eq!(second.remove(nothing), None);
        }
        let items = |chunks: &Chunks<usize>| chunks.iter().copied().collect::<Vec<_>>();
        assert_eq!(items(&first), [0, 1, CHUNK - 1, CHUNK, 3 * CHUNK + 7]);
        assert_eq!(items(&second), [0, 100, CHUNK - 1, 3 * CHUNK + 7]);
        assert!(
            [2, 2 * CHUNK, 4 * CHUNK]
                .iter()
                .all(|at| first.get(*at).is_none())
        );
        let shared = |chunk: usize| {
            Arc::ptr_eq(
                first.0[chunk].as_ref().unwrap(),
                second.0[chunk].as_ref().unwrap(),
            )
        };
        assert!(shared(3) && !shared(0) && !shared(1));
        assert!(
            second.apart(&first).eq(first.apart(&second)) && first.apart(&second).eq(0..2 * CHUNK)
        );
        second.put(9 * CHUNK, 1);
        assert!(
            first
                .apart(&second)
                .skip(2 * CHUNK)
                .eq(9 * CHUNK..10 * CHUNK)
        );
        let third = {
            let mut third = second.clone();
            third.change(|item| *item == 100, |item| *item += 1);
            third
        };
        assert_eq!(items(&third), [0, 101, CHUNK - 1, 3 * CHUNK + 7, 1]);
        assert!(second.apart(&third).eq(0..CHUNK));
    }
}
