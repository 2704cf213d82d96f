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

impl ScheduleError {
    /// The key of the text that explains it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NameEmpty => "schedule-name-empty",
            Self::NameTooLong => "schedule-name-too-long",
            Self::NoBlocks => "schedule-no-blocks",
            Self::TooManyBlocks => "schedule-too-many-blocks",
            Self::BlockOutsideWeek => "schedule-block-outside-week",
            Self::BlockZeroLength => "schedule-block-zero-length",
            Self::BlockOverlap => "schedule-block-overlap",
            Self::NoLines => "schedule-no-holidays",
            Self::TooManyLines => "schedule-too-many-holidays",
            Self::NoSuchDate => "schedule-no-such-date",
            Self::YearOutOfRange => "schedule-year-out-of-range",
            Self::EndBeforeStart => "schedule-end-before-start",
            Self::DaysOutOfRange => "schedule-days-out-of-range",
            Self::OffsetOutOfRange => "schedule-offset-out-of-range",
            Self::NthOutOfRange => "schedule-nth-out-of-range",
            Self::ShiftOutOfRange => "schedule-shift-out-of-range",
            Self::UntilWithoutRecurrence => "schedule-until-without-recurrence",
        }
    }

    /// Every code, for the test that each has its text.
    pub const CODES: &[&str] = &[
        "schedule-name-empty",
        "schedule-name-too-long",
        "schedule-no-blocks",
        "schedule-too-many-blocks",
        "schedule-block-outside-week",
        "schedule-block-zero-length",
        "schedule-block-overlap",
        "schedule-no-holidays",
        "schedule-too-many-holidays",
        "schedule-no-such-date",
        "schedule-year-out-of-range",
        "schedule-end-before-start",
        "schedule-days-out-of-range",
        "schedule-offset-out-of-range",
        "schedule-nth-out-of-range",
        "schedule-shift-out-of-range",
        "schedule-until-without-recurrence",
    ];
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
