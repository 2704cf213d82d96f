//! Where a block stands in the grid: one piece a day.

use centrale_core::schedule::Block;

/// The part of a block that is on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Monday is 0.
    pub(crate) day: u8,
    /// Minutes since midnight.
    pub(crate) start: u16,
    /// Minutes since midnight, up to 1440.
    pub(crate) end: u16,
    /// The block starts here.
    pub(crate) first: bool,
    /// The block ends here.
    pub(crate) last: bool,
}

/// The pieces of a block, in order; none for a block without length.
pub(crate) fn pieces(block: Block) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut at, mut left) = (block.start.get() % 10_080, block.length());
    while left > 0 {
        let (day, start) = ((at / 1440) as u8, at % 1440);
        let length = left.min(1440 - start);
        left -= length;
        pieces.push(Piece {
            day,
            start,
            end: start + length,
            first: pieces.is_empty(),
            last: left == 0,
        });
        at = (at + length) % 10_080;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use centrale_core::schedule::WeekMinute;

    #[test]
    fn pieces_of_blocks() {
        let check = |start: &str, end: &str, expected: &[(u8, u16, u16)]| {
            let block = Block {
                start: start.parse().unwrap(),
                end: end.parse().unwrap(),
            };
            let found = pieces(block);
            assert_eq!(
                found
                    .iter()
                    .map(|p| (p.day, p.start, p.end))
                    .collect::<Vec<_>>(),
                expected
            );
            assert!(found.iter().enumerate().all(|(at, p)| p.first == (at == 0)));
            assert!(
                found
                    .iter()
                    .enumerate()
                    .all(|(at, p)| p.last == (at + 1 == found.len()))
            );
        };
        check("mon 08:30", "mon 17:00", &[(0, 510, 1020)]);
        check("mon 08:30", "mon 24:00", &[(0, 510, 1440)]);
        check("sun 22:00", "mon 06:00", &[(6, 1320, 1440), (0, 0, 360)]);
        check(
            "fri 18:00",
            "mon 08:00",
            &[(4, 1080, 1440), (5, 0, 1440), (6, 0, 1440), (0, 0, 480)],
        );
        check("mon 08:30", "mon 08:30", &[]);
        assert_eq!(
            pieces(Block {
                start: WeekMinute::START,
                end: WeekMinute::END
            })
            .len(),
            7
        );
    }
}
