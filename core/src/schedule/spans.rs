//! Sorted stretches of minutes or days, each with the block or line it came from: the form in which schedules are
//! read while calls wait.

/// Slices of the index for each stretch: so many that most hold the start of one stretch at most.
const SLICES: usize = 4;

/// Stretches in order, none overlapping.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Spans {
    list: Box<[Span]>,
    /// For each slice of `1 << shift` units the number of stretches that start before it; the last one counts for
    /// all later units.
    before: Box<[u16]>,
    shift: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    /// First unit.
    pub(super) start: u16,
    /// Block or line it came from.
    pub(super) by: u16,
    /// The unit after the last one.
    pub(super) end: u16,
}

impl Spans {
    /// Where stretches overlap, the one that starts first counts, and of those that start together the first listed.
    pub(super) fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut covered = 0;
        spans.retain_mut(|span| {
            span.start = span.start.max(covered);
            covered = covered.max(span.end);
            span.start < span.end
        });
        let last = spans.last().map_or(0, |span| span.start);
        let mut shift = 0;
        while usize::from(last >> shift) > SLICES * spans.len() {
            shift += 1;
        }
        let before = (0..=last >> shift)
            .map(|slice| spans.partition_point(|span| span.start >> shift < slice) as u16)
            .collect();
        Self {
            list: spans.into(),
            before,
            shift,
        }
    }

    /// How many stretches start at or before a unit.
    fn started(&self, unit: u16) -> usize {
        let slice = usize::from(unit >> self.shift).min(self.before.len().saturating_sub(1));
        let mut started = self
            .before
            .get(slice)
            .map_or(0, |before| usize::from(*before));
        while self
            .list
            .get(started)
            .is_some_and(|span| span.start <= unit)
        {
            started += 1;
        }
        started
    }

    /// What covers a unit.
    pub(super) fn find(&self, unit: u16) -> Option<u16> {
        let span = self.list.get(self.started(unit).checked_sub(1)?)?;
        (unit < span.end).then_some(span.by)
    }

    /// The first unit after `unit` that is covered when `unit` is not, or not when it is; `None` when nothing covers
    /// a later one.
    pub(super) fn next_flip(&self, unit: u16) -> Option<u16> {
        let after = self.started(unit);
        let mut rest = self.list[after..].iter();
        let Some(current) = after
            .checked_sub(1)
            .map(|at| self.list[at])
            .filter(|span| unit < span.end)
        else {
            return rest.next().map(|span| span.start);
        };
        let touching = rest.try_fold(current.end, |end, span| {
            if span.start == end {
                Ok(span.end)
            } else {
                Err(end)
            }
        });
        Some(touching.unwrap_or_else(|end| end))
    }

    /// The first unit covered.
    pub(super) fn first(&self) -> Option<u16> {
        self.list.first().map(|span| span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_and_touching_stretches() {
        let span = |start, end, by| Span { start, by, end };
        let spans = Spans::new(vec![
            span(30, 40, 0),
            span(10, 20, 1),
            span(15, 30, 2),
            span(12, 14, 3),
            span(5, 5, 4),
        ]);
        let check = |unit, by, flip| {
            assert_eq!(
                (spans.find(unit), spans.next_flip(unit)),
                (by, flip),
                "{unit}"
            );
        };
        check(0, None, Some(10));
        check(10, Some(1), Some(40));
        check(13, Some(1), Some(40));
        check(20, Some(2), Some(40));
        check(39, Some(0), Some(40));
        check(40, None, None);
    }
}
