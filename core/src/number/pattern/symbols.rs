//! What a pattern is made of: digits, keys and wildcards, packed.

use super::PatternError;

/// Up to 15 symbols of four bits, the last one lowest; a wildcard has no bits in `mask`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Symbols {
    pub(super) bits: u64,
    pub(super) mask: u64,
    pub(super) len: u32,
}

impl Symbols {
    pub(super) const MAX: u32 = 15;

    pub(super) fn push(&mut self, symbol: Option<u8>) -> Result<(), PatternError> {
        if self.len == Self::MAX {
            return Err(PatternError::TooLong);
        }
        self.bits = self.bits << 4 | symbol.map_or(0, u64::from);
        self.mask = self.mask << 4 | if symbol.is_some() { 0xF } else { 0 };
        self.len += 1;
        Ok(())
    }

    /// The symbol at `index` from the left; `None` for a wildcard.
    pub(super) fn get(self, index: u32) -> Option<u8> {
        let shift = 4 * (self.len - 1 - index);
        (self.mask >> shift & 0xF != 0).then_some((self.bits >> shift & 0xF) as u8)
    }

    /// A bit for each wildcard, the last symbol lowest.
    pub(super) fn wild(self) -> u16 {
        (0..self.len)
            .filter(|at| self.get(self.len - 1 - at).is_none())
            .fold(0, |wild, at| wild | 1 << at)
    }

    /// Without the first `count` symbols.
    pub(super) fn skip(self, count: u32) -> Self {
        let len = self.len - count;
        let keep = (1u64 << (4 * len)) - 1;
        Self {
            bits: self.bits & keep,
            mask: self.mask & keep,
            len,
        }
    }

    /// Whether these symbols are the packed `other`, or its beginning when `star`.
    pub(super) fn match_packed(self, other: u64, length: u32, star: bool) -> bool {
        if !star && length != self.len || star && length <= self.len {
            return false;
        }
        ((other >> (4 * (length - self.len))) ^ self.bits) & self.mask == 0
    }
}
