//! What can be wrong with a schedule, and where.

use super::NAME_LENGTH;
use thiserror::Error;

/// One thing that is wrong with a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The part of the schedule, or of its block or line, at which the error is shown.
    pub part: SchedulePart,
    /// Index of the block or line; `None` for the schedule as a whole.
    pub index: Option<usize>,
    /// What is wrong.
    pub error: ScheduleError,
}

/// A field of a schedule's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchedulePart {
    /// The schedule's name.
    Name,
    /// The list of blocks.
    Blocks,
    /// The start of a block.
    Start,
    /// The end of a block.
    End,
    /// The list of holidays.
    Lines,
    /// The name of a holiday.
    LineName,
    /// The date or rule of a holiday.
    When,
    /// The last year of a holiday.
    Until,
}

impl SchedulePart {
    /// The field's name in the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name | Self::LineName => "name",
            Self::Blocks => "blocks",
            Self::Start => "start",
            Self::End => "end",
            Self::Lines => "lines",
            Self::When => "when",
            Self::Until => "until",
        }
    }
}

/// Why a schedule, a block or a holiday is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum ScheduleError {
    /// No name.
    #[error("no name")]
    NameEmpty,
    /// A name longer than [`NAME_LENGTH`].
    #[error("the name is too long")]
    NameTooLong,
    /// A time schedule without blocks.
    #[error("no block")]
    NoBlocks,
    /// More blocks than [`super::MAX_BLOCKS`].
    #[error("too many blocks")]
    TooManyBlocks,
    /// A start or end outside the week.
    #[error("outside the week")]
    BlockOutsideWeek,
    /// A block that ends when it starts.
    #[error("the block has no length")]
    BlockZeroLength,
    /// A block that shares time with an earlier one.
    #[error("the block overlaps another")]
    BlockOverlap,
    /// A holiday schedule without holidays.
    #[error("no holiday")]
    NoLines,
    /// More holidays than [`super::MAX_LINES`].
    #[error("too many holidays")]
    TooManyLines,
    /// A date that no year has, as 30 February.
    #[error("there is no such date")]
    NoSuchDate,
    /// A year outside the product's calendar.
    #[error("the year is outside the calendar")]
    YearOutOfRange,
    /// An end before the start.
    #[error("the end is before the start")]
    EndBeforeStart,
    /// Fewer than 1 day or more than a year.
    #[error("the length is not 1 to 366 days")]
    DaysOutOfRange,
    /// So far from Easter that it would be in another year.
    #[error("too far from Easter")]
    OffsetOutOfRange,
    /// Neither 1st to 5th nor last to fifth last.
    #[error("no such weekday of a month")]
    NthOutOfRange,
    /// A shift of nothing or of more than a week.
    #[error("the shift is not 1 to 7 days")]
    ShiftOutOfRange,
    /// A last year for something that does not recur.
    #[error("a last year without recurrence")]
    UntilWithoutRecurrence,
}

/// What is wrong with a name.
pub(super) fn name(name: &str) -> Option<ScheduleError> {
    if name.trim().is_empty() {
        Some(ScheduleError::NameEmpty)
    } else if name.chars().count() > NAME_LENGTH {
        Some(ScheduleError::NameTooLong)
    } else {
        None
    }
}
