//! Why a number or a pattern is refused: closed enums, each of which has a [`Code`](crate::error::Code).

use thiserror::Error;

/// Why a text is not a number that can be dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum NumberError {
    /// Nothing but white space and punctuation.
    #[error("no number")]
    Empty,
    /// Fewer digits than such a number has.
    #[error("too few digits")]
    TooShort,
    /// More digits than such a number has.
    #[error("too many digits")]
    TooLong,
    /// A character that is no part of a number; `at` counts characters from 0.
    #[error("{found:?} at {at} is no part of a number")]
    BadCharacter {
        /// Position in the text.
        at: usize,
        /// The character.
        found: char,
    },
    /// No country code begins with 0.
    #[error("no such country code")]
    UnknownCountry,
    /// The trunk prefix is left out after a country code: +31 30, not +31 030.
    #[error("a trunk prefix after the country code")]
    TrunkAfterCountry,
    /// A long number that begins neither with + nor with the country's trunk prefix.
    #[error("neither an international nor a national number")]
    NotNational,
}

/// Why a text is not a pattern of numbers. Positions count characters from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum PatternError {
    /// Nothing but white space and punctuation.
    #[error("no pattern")]
    Empty,
    /// A `*` that something follows.
    #[error("a * at {at} that is not last")]
    StarNotLast {
        /// Position in the text.
        at: usize,
    },
    /// A lone `*`: that is every call, which a rule says otherwise.
    #[error("nothing but a *")]
    OnlyStar,
    /// A `+` that is not first.
    #[error("a + at {at} that is not first")]
    PlusNotFirst {
        /// Position in the text.
        at: usize,
    },
    /// A character that is no part of a pattern.
    #[error("{found:?} at {at} is no part of a pattern")]
    BadCharacter {
        /// Position in the text.
        at: usize,
        /// The character.
        found: char,
    },
    /// A single digit, or a code without digits.
    #[error("too few digits")]
    TooShort,
    /// More digits than any number has.
    #[error("too many digits")]
    TooLong,
    /// No country code begins with 0.
    #[error("no such country code")]
    UnknownCountry,
    /// The trunk prefix is left out after a country code: +31 30, not +31 030.
    #[error("a trunk prefix after the country code")]
    TrunkAfterCountry,
    /// A long national number that does not begin with the country's trunk prefix.
    #[error("neither an international nor a national number")]
    NotNational,
}
