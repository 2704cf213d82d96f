//! What the week grid does to a time schedule: drawing, dragging and removing blocks. Each operation leaves the
//! blocks in order of the week, merged where they overlap or touch, and tells where the block in hand went.

use super::{Block, TimeSchedule, WeekMinute};
use crate::time::WEEK_MINUTES;

/// Shortest block that dragging an edge leaves, in minutes; an exact time may be typed shorter.
pub const MIN_BLOCK: u16 = 15;

/// An edge of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

impl TimeSchedule {
    /// With one more block; the index is that of the block that holds it now. A block without length changes nothing.
    #[must_use]
    pub fn add(&self, block: Block) -> (Self, usize) {
        let mut blocks = self.blocks.clone();
        blocks.push(block);
        let merged = merge(&blocks);
        let index = merged
            .iter()
            .position(|merged| merged.contains(block.start.get()))
            .unwrap_or(0);
        (Self { blocks: merged }, index)
    }

    /// Without a block.
    #[must_use]
    pub fn remove(&self, index: usize) -> Self {
        let kept = self.blocks.iter().enumerate().filter(|(i, _)| *i != index);
        Self {
            blocks: kept.map(|(_, block)| *block).collect(),
        }
    }

    /// With a block in the place of another one.
    #[must_use]
    pub fn replace(&self, index: usize, block: Block) -> (Self, usize) {
        if index >= self.blocks.len() {
            return (self.clone(), index);
        }
        self.remove(index).add(block)
    }

    /// With an edge of a block moved to `minute`, the short way round the week. The other edge stays where it is,
    /// and at least [`MIN_BLOCK`] minutes remain.
    #[must_use]
    pub fn move_edge(&self, index: usize, edge: Edge, minute: WeekMinute) -> (Self, usize) {
        let Some(block) = self.blocks.get(index) else {
            return (self.clone(), index);
        };
        let length = i32::from(block.length());
        let (start, end) = (i32::from(block.start.get()), i32::from(block.end.get()));
        let minute = i32::from(minute.get());
        let week = i32::from(WEEK_MINUTES);
        let fit = |length: i32| length.clamp(i32::from(MIN_BLOCK), week) as u16;
        let moved = match edge {
            Edge::End => Block::from_start(block.start, fit(length + short_way(end, minute))),
            Edge::Start => {
                let length = fit(length - short_way(start, minute));
                Block::from_start(WeekMinute::wrapping(end - i32::from(length)), length)
            }
        };
        self.replace(index, moved)
    }

    /// With a block moved so that it starts at `start`, of the same length, round the week.
    #[must_use]
    pub fn move_block(&self, index: usize, start: WeekMinute) -> (Self, usize) {
        let Some(block) = self.blocks.get(index) else {
            return (self.clone(), index);
        };
        self.replace(index, Block::from_start(start, block.length()))
    }
}

/// Minutes from one minute of the week to another by the shorter way, negative for backwards.
fn short_way(from: i32, to: i32) -> i32 {
    let week = i32::from(WEEK_MINUTES);
    (to - from + week / 2).rem_euclid(week) - week / 2
}

/// The same minutes in as few blocks as possible, in order.
fn merge(blocks: &[Block]) -> Vec<Block> {
    let mut pieces: Vec<(u16, u16)> = blocks
        .iter()
        .flat_map(|block| block.pieces())
        .flatten()
        .collect();
    pieces.sort_unstable();
    let mut merged: Vec<(u16, u16)> = Vec::with_capacity(pieces.len());
    for (start, end) in pieces {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    if let (Some(&(0, first_end)), Some(&(last_start, WEEK_MINUTES))) =
        (merged.first(), merged.last())
        && merged.len() > 1
    {
        merged.remove(0);
        merged.pop();
        merged.push((last_start, first_end));
    }
    let block = |(start, end)| {
        Some(Block {
            start: WeekMinute::new(start)?,
            end: WeekMinute::new(end)?,
        })
    };
    merged.into_iter().filter_map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        let (start, end) = text.split_once(" - ").unwrap();
        Block {
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
        }
    }

    fn schedule(text: &str) -> TimeSchedule {
        TimeSchedule {
            blocks: text
                .split(", ")
                .filter(|text| !text.is_empty())
                .map(block)
                .collect(),
        }
    }

    fn minute(text: &str) -> WeekMinute {
        text.parse().unwrap()
    }

    fn check((found, index): (TimeSchedule, usize), expected: &str, expected_index: usize) {
        let text = |schedule: &TimeSchedule| {
            schedule
                .blocks
                .iter()
                .map(|b| format!("{} - {}", b.start, b.end))
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!((text(&found).as_str(), index), (expected, expected_index));
    }

    #[test]
    fn drawing() {
        let day = schedule("mon 08:30 - mon 12:00");
        check(
            schedule("").add(block("mon 08:30 - mon 12:00")),
            "mon 08:30 - mon 12:00",
            0,
        );
        check(
            day.add(block("mon 11:00 - mon 13:00")),
            "mon 08:30 - mon 13:00",
            0,
        );
        check(
            day.add(block("mon 12:00 - mon 13:00")),
            "mon 08:30 - mon 13:00",
            0,
        );
        check(
            day.add(block("tue 09:00 - tue 10:00")),
            "mon 08:30 - mon 12:00, tue 09:00 - tue 10:00",
            1,
        );
        check(
            day.add(block("mon 09:00 - mon 10:00")),
            "mon 08:30 - mon 12:00",
            0,
        );
        check(
            day.add(block("mon 09:00 - mon 09:00")),
            "mon 08:30 - mon 12:00",
            0,
        );
        check(
            day.add(block("sun 22:00 - mon 09:00")),
            "sun 22:00 - mon 12:00",
            0,
        );
        let night = schedule("mon 00:00 - mon 06:00");
        check(
            night.add(block("sun 22:00 - sun 24:00")),
            "sun 22:00 - mon 06:00",
            0,
        );
        check(
            night.add(block("mon 06:00 - sun 24:00")),
            "mon 00:00 - sun 24:00",
            0,
        );
    }

    #[test]
    fn dragging_an_edge() {
        let days = schedule("mon 08:30 - mon 12:00, mon 13:00 - mon 17:00");
        let second = ", mon 13:00 - mon 17:00";
        let first = |text: &str| format!("{text}{second}");
        check(
            days.move_edge(0, Edge::End, minute("mon 12:15")),
            &first("mon 08:30 - mon 12:15"),
            0,
        );
        check(
            days.move_edge(0, Edge::Start, minute("mon 08:00")),
            &first("mon 08:00 - mon 12:00"),
            0,
        );
        check(
            days.move_edge(0, Edge::End, minute("mon 13:00")),
            "mon 08:30 - mon 17:00",
            0,
        );
        check(
            days.move_edge(0, Edge::End, minute("mon 07:00")),
            &first("mon 08:30 - mon 08:45"),
            0,
        );
        check(
            days.move_edge(0, Edge::Start, minute("mon 12:30")),
            &first("mon 11:45 - mon 12:00"),
            0,
        );
        check(
            days.move_edge(9, Edge::Start, minute("mon 12:30")),
            &first("mon 08:30 - mon 12:00"),
            9,
        );
        let night = schedule("sun 22:00 - mon 06:00");
        check(
            night.move_edge(0, Edge::End, minute("mon 00:00")),
            "sun 22:00 - sun 24:00",
            0,
        );
        check(
            night.move_edge(0, Edge::End, minute("sun 23:00")),
            "sun 22:00 - sun 23:00",
            0,
        );
        check(
            night.move_edge(0, Edge::Start, minute("mon 01:00")),
            "mon 01:00 - mon 06:00",
            0,
        );
        let sunday = schedule("sun 20:00 - sun 24:00");
        check(
            sunday.move_edge(0, Edge::End, minute("mon 02:00")),
            "sun 20:00 - mon 02:00",
            0,
        );
    }

    #[test]
    fn dragging_a_block() {
        let days = schedule("mon 08:30 - mon 12:00, tue 08:30 - tue 12:00");
        check(
            days.move_block(0, minute("wed 08:30")),
            "tue 08:30 - tue 12:00, wed 08:30 - wed 12:00",
            1,
        );
        check(
            days.move_block(0, minute("tue 10:00")),
            "tue 08:30 - tue 13:30",
            0,
        );
        check(
            days.move_block(1, minute("sun 23:00")),
            "mon 08:30 - mon 12:00, sun 23:00 - mon 02:30",
            1,
        );
    }

    #[test]
    fn removing() {
        let days = schedule("mon 08:30 - mon 12:00, tue 08:30 - tue 12:00");
        check((days.remove(0), 0), "tue 08:30 - tue 12:00", 0);
        check(
            (days.remove(7), 0),
            "mon 08:30 - mon 12:00, tue 08:30 - tue 12:00",
            0,
        );
    }
}
