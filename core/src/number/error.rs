//! Why a number or a pattern is refused: closed enums whose codes are the keys of the texts.

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

impl NumberError {
    /// The key of the text that explains it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "number-empty",
            Self::TooShort => "number-too-short",
            Self::TooLong => "number-too-long",
            Self::BadCharacter { .. } => "number-bad-character",
            Self::UnknownCountry => "number-unknown-country",
            Self::TrunkAfterCountry => "number-trunk-after-country",
            Self::NotNational => "number-not-national",
        }
    }

    /// Every code, for the test that each has its text.
    pub const CODES: &[&str] = &[
        "number-empty",
        "number-too-short",
        "number-too-long",
        "number-bad-character",
        "number-unknown-country",
        "number-trunk-after-country",
        "number-not-national",
    ];
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

impl PatternError {
    /// The key of the text that explains it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "pattern-empty",
            Self::StarNotLast { .. } => "pattern-star-not-last",
            Self::OnlyStar => "pattern-only-star",
            Self::PlusNotFirst { .. } => "pattern-plus-not-first",
            Self::BadCharacter { .. } => "pattern-bad-character",
            Self::TooShort => "pattern-too-short",
            Self::TooLong => "pattern-too-long",
            Self::UnknownCountry => "pattern-unknown-country",
            Self::TrunkAfterCountry => "pattern-trunk-after-country",
            Self::NotNational => "pattern-not-national",
        }
    }

    /// Every code, for the test that each has its text.
    pub const CODES: &[&str] = &[
        "pattern-empty",
        "pattern-star-not-last",
        "pattern-only-star",
        "pattern-plus-not-first",
        "pattern-bad-character",
        "pattern-too-short",
        "pattern-too-long",
        "pattern-unknown-country",
        "pattern-trunk-after-country",
        "pattern-not-national",
    ];
}
