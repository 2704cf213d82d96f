//! Numbers as patterns meet them.

use super::{Country, E164, Extension};

/// A number of the public network spelled for patterns: made once to be held against many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// Four bits a digit, the last one lowest.
    pub(super) digits: u64,
    pub(super) len: u32,
    /// How many of the digits follow the country code, when it is the country's.
    pub(super) national: Option<u32>,
    /// Dialled without a trunk prefix.
    pub(super) short: bool,
    pub(super) country: Country,
}

/// How numbers end: a bit for each last digit, and whether the one before it is odd.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends(u32);

impl Ends {
    /// In every way.
    pub const ALL: Self = Self(u32::MAX);

    /// How digits of four bits each end.
    pub(super) fn of(digits: u64) -> Self {
        Self(1 << (digits & 0b1_1111))
    }

    /// How an extension ends.
    pub fn of_extension(extension: Extension) -> Self {
        Self::of(u64::from(extension.bits()))
    }

    /// Whether one of the ways is the same.
    pub const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Ends {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Spelling {
    /// How the number ends.
    pub fn ends(&self) -> Ends {
        Ends::of(self.digits)
    }

    /// A number as it is seen from a country.
    pub fn new(number: E164, country: Country) -> Self {
        let (mut digits, len, mut rest) = (0, number.len(), number.value());
        for at in 0..len {
            digits |= (rest % 10) << (4 * at);
            rest /= 10;
        }
        let national = country.national_part(number);
        let short = national.is_some_and(|(national, length)| country.is_short(national, length));
        Self {
            digits,
            len,
            national: national.map(|(_, length)| length),
            short,
            country,
        }
    }
}
