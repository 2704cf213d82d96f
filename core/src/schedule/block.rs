//! Time schedules: blocks in a week, and what can be wrong with them.

use super::error::{Problem, ScheduleError, SchedulePart};
use super::{MAX_BLOCKS, WeekMinute};
use crate::time::WEEK_MINUTES;
use serde::{Deserialize, Serialize};

/// A stretch of the week, start included and end not. An end at or before the start wraps over Sunday midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// First minute.
    pub start: WeekMinute,
    /// The minute after the last one.
    pub end: WeekMinute,
}

impl Block {
    /// The whole week.
    pub const WEEK: Self = Self {
        start: WeekMinute::START,
        end: WeekMinute::END,
    };

    /// The block of `length` minutes (1 to 10 080) from `start` on, round the week.
    pub(super) fn from_start(start: WeekMinute, length: u16) -> Self {
        if length >= WEEK_MINUTES {
            return Self::WEEK;
        }
        let start = WeekMinute::wrapping(i32::from(start.get()));
        let end = WeekMinute::wrapping(i32::from(start.get()) + i32::from(length));
        Self {
            start,
            end: if end == WeekMinute::START {
                WeekMinute::END
            } else {
                end
            },
        }
    }

    /// Minutes; 0 when start and end are the same moment of the week.
    pub fn length(self) -> u16 {
        let (start, end) = (self.start.get(), self.end.get());
        if end >= start {
            end - start
        } else {
            WEEK_MINUTES - start + end
        }
    }

    /// Whether a minute of the week (`0..10_080`) is inside.
    pub fn contains(self, minute: u16) -> bool {
        self.pieces()
            .into_iter()
            .flatten()
            .any(|(start, end)| (start..end).contains(&minute))
    }

    /// The block without its wrap: one or two stretches inside one week.
    pub(super) fn pieces(self) -> [Option<(u16, u16)>; 2] {
        let (start, end) = (self.start.get(), self.end.get());
        let piece = |start, end| (start < end).then_some((start, end));
        if end >= start {
            [piece(start, end), None]
        } else {
            [piece(start, WEEK_MINUTES), piece(0, end)]
        }
    }
}

/// Blocks that are active every week.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TimeSchedule {
    /// The blocks, in any order, none overlapping.
    pub blocks: Vec<Block>,
}

impl TimeSchedule {
    /// Everything that is wrong with the blocks.
    pub fn validate(&self) -> Vec<Problem> {
        let whole = |error| Problem {
            part: SchedulePart::Blocks,
            index: None,
            error,
        };
        if self.blocks.is_empty() {
            return vec![whole(ScheduleError::NoBlocks)];
        }
        if self.blocks.len() > MAX_BLOCKS {
            return vec![whole(ScheduleError::TooManyBlocks)];
        }
        let mut problems = Vec::new();
        for (index, block) in self.blocks.iter().enumerate() {
            let mut found = |part, error| {
                problems.push(Problem {
                    part,
                    index: Some(index),
                    error,
                });
            };
            if block.start == WeekMinute::END {
                found(SchedulePart::Start, ScheduleError::BlockOutsideWeek);
            } else if block.length() == 0 {
                found(SchedulePart::End, ScheduleError::BlockZeroLength);
            } else if self.blocks[..index]
                .iter()
                .any(|earlier| overlap(*earlier, *block))
            {
                found(SchedulePart::Start, ScheduleError::BlockOverlap);
            }
        }
        problems
    }
}

fn overlap(a: Block, b: Block) -> bool {
    a.pieces().into_iter().flatten().any(|(start, end)| {
        b.pieces()
            .into_iter()
            .flatten()
            .any(|(other_start, other_end)| start < other_end && other_start < end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> TimeSchedule {
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

    #[test]
    fn validation() {
        use ScheduleError as E;
        let check = |text: &str, expected: &[(Option<usize>, E)]| {
            let found: Vec<_> = blocks(text)
                .validate()
                .iter()
                .map(|p| (p.index, p.error))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check("mon 08:30 - mon 17:00, tue 08:30 - tue 17:00", &[]);
        check("mon 08:30 - mon 12:00, mon 12:00 - mon 17:00", &[]);
        check("sun 22:00 - mon 06:00", &[]);
        check("mon 00:00 - sun 24:00", &[]);
        check("", &[(None, E::NoBlocks)]);
        check("mon 08:30 - mon 08:30", &[(Some(0), E::BlockZeroLength)]);
        check("sun 24:00 - mon 08:30", &[(Some(0), E::BlockOutsideWeek)]);
        check(
            "mon 08:30 - mon 12:00, mon 11:59 - mon 17:00",
            &[(Some(1), E::BlockOverlap)],
        );
        check(
            "sun 22:00 - mon 06:00, mon 05:00 - mon 07:00",
            &[(Some(1), E::BlockOverlap)],
        );
    }

    #[test]
    fn lengths() {
        let check =
            |text, expected| assert_eq!(blocks(text).blocks[0].length(), expected, "{text}");
        check("mon 08:30 - mon 17:00", 510);
        check("sun 22:00 - mon 06:00", 480);
        check("mon 00:00 - sun 24:00", 10_080);
        check("mon 08:00 - mon 08:00", 0);
    }
}
