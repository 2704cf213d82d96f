//! What a pointer or the arrow keys make of a schedule. Every step starts from the schedule as it was when the block
//! was taken, so that a block can pass over another one without swallowing it on the way.

use centrale_core::schedule::{Block, Edge, SNAP, TimeSchedule, WeekMinute};

/// Length of the block that a plain click makes, in minutes.
const CLICKED: u16 = 60;

/// A block that is being moved or stretched.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hold {
    base: TimeSchedule,
    index: usize,
    block: Block,
}

/// An arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrow {
    /// Towards the start of the day.
    Up,
    /// Towards the end of the day.
    Down,
    /// The day before.
    Left,
    /// The day after.
    Right,
}

/// What a pointer took hold of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grip {
    /// An empty place: the corner of what is drawn.
    Empty {
        /// Monday is 0.
        day: u8,
        /// Minutes since midnight.
        minute: u16,
    },
    /// A block, so many minutes after its start.
    Body {
        /// Its place in the list.
        index: usize,
        /// Minutes from the start of the block.
        after: i32,
    },
    /// An edge of a block.
    Edge {
        /// Its place in the list.
        index: usize,
        /// The edge that was taken.
        edge: Edge,
    },
}

impl Hold {
    /// Takes a block; `None` when there is no such block.
    pub(crate) fn take(base: &TimeSchedule, index: usize) -> Option<Self> {
        let block = *base.blocks.get(index)?;
        Some(Self {
            base: base.clone(),
            index,
            block,
        })
    }

    /// The schedule with the block where it is now, and the block's place in the list.
    pub(crate) fn result(&self) -> (TimeSchedule, usize) {
        self.base.replace(self.index, self.block)
    }

    /// An arrow moves the block; with `stretch`, up and down move its end, left and right its start.
    pub(crate) fn step(&mut self, arrow: Arrow, stretch: bool) {
        let alone = TimeSchedule {
            blocks: vec![self.block],
        };
        let (start, end) = (self.block.start.get(), self.block.end.get());
        let moved = match (arrow, stretch) {
            (Arrow::Up, false) => alone.move_block(0, shifted(start, -1)),
            (Arrow::Down, false) => alone.move_block(0, shifted(start, 1)),
            (Arrow::Left, false) => {
                alone.move_block(0, WeekMinute::wrapping(i32::from(start) - 1440))
            }
            (Arrow::Right, false) => {
                alone.move_block(0, WeekMinute::wrapping(i32::from(start) + 1440))
            }
            (Arrow::Up, true) => alone.move_edge(0, Edge::End, shifted(end, -1)),
            (Arrow::Down, true) => alone.move_edge(0, Edge::End, shifted(end, 1)),
            (Arrow::Left, true) => alone.move_edge(0, Edge::Start, shifted(start, -1)),
            (Arrow::Right, true) => alone.move_edge(0, Edge::Start, shifted(start, 1)),
        };
        if let Some(block) = moved.0.blocks.first() {
            self.block = *block;
        }
    }
}

/// The next multiple of [`SNAP`] in a direction.
fn shifted(minute: u16, direction: i32) -> WeekMinute {
    let (minute, snap) = (i32::from(minute), i32::from(SNAP));
    let down = minute.div_euclid(snap) * snap;
    let next = if direction > 0 {
        down + snap
    } else if down == minute {
        down - snap
    } else {
        down
    };
    WeekMinute::wrapping(next)
}

/// What is under the pointer; `reach` is how near an edge counts as the edge, in minutes.
pub(crate) fn grip(schedule: &TimeSchedule, day: u8, minute: u16, reach: u16) -> Grip {
    let at = u16::from(day) * 1440 + minute.min(1439);
    let Some((index, block)) = schedule
        .blocks
        .iter()
        .enumerate()
        .find(|(_, block)| block.contains(at))
    else {
        return Grip::Empty { day, minute };
    };
    let after = (i32::from(at) - i32::from(block.start.get())).rem_euclid(10_080);
    let left = i32::from(block.length()) - after;
    // At most a quarter at each end, so that a short block can still be taken by its middle.
    let reach = i32::from(reach.min(block.length() / 4));
    if after < reach {
        Grip::Edge {
            index,
            edge: Edge::Start,
        }
    } else if left <= reach {
        Grip::Edge {
            index,
            edge: Edge::End,
        }
    } else {
        Grip::Body { index, after }
    }
}

/// The schedule when what was taken is dragged to a time of a day.
pub(crate) fn drag(base: &TimeSchedule, grip: Grip, day: u8, minute: u16) -> (TimeSchedule, usize) {
    let at = i32::from(day) * 1440 + i32::from(minute);
    let snapped = |minute: i32| WeekMinute::wrapping(minute).snapped(SNAP);
    match grip {
        Grip::Empty {
            day: from_day,
            minute: from,
        } => {
            let (top, bottom) = (
                nearest(from.min(minute)).min(1440 - SNAP),
                nearest(from.max(minute)),
            );
            draw(
                base,
                from_day.min(day)..=from_day.max(day),
                top,
                bottom.max(top + SNAP),
            )
        }
        Grip::Body { index, after } => {
            let start = snapped(at - after);
            base.move_block(index, WeekMinute::wrapping(i32::from(start.get())))
        }
        Grip::Edge { index, edge } => base.move_edge(index, edge, snapped(at)),
    }
}

/// The nearest multiple of [`SNAP`].
const fn nearest(minute: u16) -> u16 {
    (minute + SNAP / 2) / SNAP * SNAP
}

/// The schedule when an empty place was clicked: an hour more, from the half hour on.
pub(crate) fn click(base: &TimeSchedule, day: u8, minute: u16) -> (TimeSchedule, usize) {
    let start = (minute / 30 * 30).min(1440 - CLICKED);
    draw(base, day..=day, start, start + CLICKED)
}

/// The same hours on consecutive days.
pub(crate) fn draw(
    base: &TimeSchedule,
    days: std::ops::RangeInclusive<u8>,
    start: u16,
    end: u16,
) -> (TimeSchedule, usize) {
    let mut drawn = (base.clone(), 0);
    for day in days.rev() {
        if let Some(block) = block_on(day, start, end) {
            drawn = drawn.0.add(block);
        }
    }
    drawn
}

/// A block that starts on a day and ends at a time of that day, or of the next one when `end` is not later.
pub(crate) fn block_on(day: u8, start: u16, end: u16) -> Option<Block> {
    let start = WeekMinute::on(day, start)?;
    let end = if i32::from(end) > i32::from(start.get()) - i32::from(day) * 1440 {
        WeekMinute::on(day, end)?
    } else {
        WeekMinute::on((day + 1) % 7, end)?
    };
    let end = if end == WeekMinute::START {
        WeekMinute::END
    } else {
        end
    };
    Some(Block { start, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(text: &str) -> TimeSchedule {
        let block = |text: &str| {
            let (start, end) = text.split_once(" - ").unwrap();
            Block {
                start: start.parse().unwrap(),
                end: end.parse().unwrap(),
            }
        };
        TimeSchedule {
            blocks: text
                .split(", ")
                .filter(|text| !text.is_empty())
                .map(block)
                .collect(),
        }
    }

    fn text((schedule, index): &(TimeSchedule, usize)) -> String {
        let blocks: Vec<_> = schedule
            .blocks
            .iter()
            .map(|b| format!("{} - {}", b.start, b.end))
            .collect();
        format!("{index}: {}", blocks.join(", "))
    }

    #[test]
    fn arrows() {
        use Arrow::{Down, Left, Right, Up};
        let days = schedule("mon 08:30 - mon 12:00, tue 08:37 - tue 12:00");
        let check = |index, keys: &[(Arrow, bool)], expected: &str| {
            let mut hold = Hold::take(&days, index).unwrap();
            for (arrow, stretch) in keys {
                hold.step(*arrow, *stretch);
            }
            assert_eq!(text(&hold.result()), expected, "{keys:?}");
        };
        let second = ", tue 08:37 - tue 12:00";
        check(
            0,
            &[(Down, false)],
            &format!("0: mon 08:45 - mon 12:15{second}"),
        );
        check(
            0,
            &[(Up, false)],
            &format!("0: mon 08:15 - mon 11:45{second}"),
        );
        check(
            1,
            &[(Down, false)],
            "1: mon 08:30 - mon 12:00, tue 08:45 - tue 12:08",
        );
        check(
            1,
            &[(Up, false)],
            "1: mon 08:30 - mon 12:00, tue 08:30 - tue 11:53",
        );
        check(
            0,
            &[(Down, true)],
            &format!("0: mon 08:30 - mon 12:15{second}"),
        );
        check(
            0,
            &[(Up, true), (Up, true)],
            &format!("0: mon 08:30 - mon 11:30{second}"),
        );
        check(
            0,
            &[(Left, true)],
            &format!("0: mon 08:15 - mon 12:00{second}"),
        );
        check(
            0,
            &[(Right, true)],
            &format!("0: mon 08:45 - mon 12:00{second}"),
        );
        check(0, &[(Right, false)], "0: tue 08:30 - tue 12:00");
        check(
            0,
            &[(Right, false), (Right, false)],
            "1: tue 08:37 - tue 12:00, wed 08:30 - wed 12:00",
        );
        check(
            0,
            &[(Left, false)],
            "1: tue 08:37 - tue 12:00, sun 08:30 - sun 12:00",
        );
        assert_eq!(Hold::take(&days, 2), None);
    }

    #[test]
    fn under_the_pointer() {
        let days = schedule("mon 08:00 - mon 12:00, sun 22:00 - mon 06:00, tue 10:00 - tue 10:15");
        let check = |day, minute, expected| {
            assert_eq!(grip(&days, day, minute, 20), expected, "{day} {minute}");
        };
        check(
            0,
            420,
            Grip::Empty {
                day: 0,
                minute: 420,
            },
        );
        check(
            0,
            485,
            Grip::Edge {
                index: 0,
                edge: Edge::Start,
            },
        );
        check(
            0,
            600,
            Grip::Body {
                index: 0,
                after: 120,
            },
        );
        check(
            0,
            715,
            Grip::Edge {
                index: 0,
                edge: Edge::End,
            },
        );
        check(
            0,
            60,
            Grip::Body {
                index: 1,
                after: 180,
            },
        );
        check(
            0,
            350,
            Grip::Edge {
                index: 1,
                edge: Edge::End,
            },
        );
        check(1, 607, Grip::Body { index: 2, after: 7 });
    }

    #[test]
    fn dragging() {
        let days = schedule("mon 08:00 - mon 12:00");
        let check = |taken, day, minute, expected: &str| {
            assert_eq!(
                text(&drag(&days, taken, day, minute)),
                expected,
                "{taken:?} {day} {minute}"
            );
        };
        let empty = |day, minute| Grip::Empty { day, minute };
        check(
            empty(1, 511),
            1,
            1018,
            "1: mon 08:00 - mon 12:00, tue 08:30 - tue 17:00",
        );
        check(
            empty(2, 600),
            1,
            540,
            "1: mon 08:00 - mon 12:00, tue 09:00 - tue 10:00, wed 09:00 - wed 10:00",
        );
        check(
            empty(6, 1435),
            6,
            1440,
            "1: mon 08:00 - mon 12:00, sun 23:45 - sun 24:00",
        );
        check(
            empty(1, 600),
            1,
            600,
            "1: mon 08:00 - mon 12:00, tue 10:00 - tue 10:15",
        );
        check(
            Grip::Body {
                index: 0,
                after: 65,
            },
            2,
            690,
            "0: wed 10:30 - wed 14:30",
        );
        check(
            Grip::Edge {
                index: 0,
                edge: Edge::End,
            },
            0,
            797,
            "0: mon 08:00 - mon 13:15",
        );
        check(
            Grip::Edge {
                index: 0,
                edge: Edge::Start,
            },
            0,
            602,
            "0: mon 10:00 - mon 12:00",
        );
    }

    #[test]
    fn clicking() {
        let check = |day, minute, expected: &str| {
            assert_eq!(text(&click(&schedule(""), day, minute)), expected);
        };
        check(0, 525, "0: mon 08:30 - mon 09:30");
        check(6, 1439, "0: sun 23:00 - sun 24:00");
    }

    #[test]
    fn typed_times() {
        let check = |day, start, end, expected: &str| {
            let block = block_on(day, start, end).map(|b| format!("{} - {}", b.start, b.end));
            assert_eq!(block.as_deref(), Some(expected));
        };
        check(0, 510, 1020, "mon 08:30 - mon 17:00");
        check(0, 1320, 360, "mon 22:00 - tue 06:00");
        check(6, 1320, 360, "sun 22:00 - mon 06:00");
        check(6, 0, 0, "sun 00:00 - sun 24:00");
        check(0, 0, 1440, "mon 00:00 - tue 00:00");
        check(0, 480, 480, "mon 08:00 - tue 08:00");
    }
}
