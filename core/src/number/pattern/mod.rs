//! Patterns of numbers (manual § 6.5): `?` is exactly one digit, anywhere; `*` is one or more digits, at the end.

mod possible;
mod spelling;
mod symbols;
#[cfg(test)]
mod tests;

pub use spelling::{Ends, Spelling};

use super::packed::{HASH, STAR, symbol};
use super::{
    Bracket, Code, Country, Destination, E164, Extension, NumberError, PatternError, is_filler,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt::{self, Write as _};
use std::str::FromStr;
use symbols::Symbols;

/// A full number, an extension, a speed-dial code or a feature access code, with or without wildcards.
///
/// `+…` and `00…` are matched against international numbers. Other digits are matched as a person would write the
/// number inside the country, with its trunk prefix, and up to 7 of them also as an extension; with a `*` at the end
/// they are the beginning of either. After a first `*` or `#` it is a code, in which `*` and
/// `#` mean themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    /// As in [`Symbols`].
    bits: u64,
    /// A bit for each symbol that is a wildcard, the last one lowest.
    wild: u16,
    len: u8,
    form: Form,
    star: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    International,
    Domestic,
    Code,
}

impl Pattern {
    /// Reads a pattern. White space and the punctuation of numbers are ignored, as is the bracketed 0 of
    /// `+31 (0)30`. What is an international number without wildcards is refused as that number is; a national one is
    /// held against its country by [`Pattern::check`].
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let pattern = Self::read(text)?;
        pattern.check_abroad()?;
        Ok(pattern)
    }

    /// Reads a pattern, also one that no number matches: what is stored stays readable.
    fn read(text: &str) -> Result<Self, PatternError> {
        let mut seen = text
            .chars()
            .enumerate()
            .filter(|(_, c)| !is_filler(*c))
            .peekable();
        let form = match seen.peek() {
            None => return Err(PatternError::Empty),
            Some((_, '+')) => {
                seen.next();
                Form::International
            }
            Some((_, '*' | '#')) => Form::Code,
            Some(_) => Form::Domestic,
        };
        let mut symbols = Symbols::default();
        let mut star_at = None;
        let mut zeros = 0;
        for (at, found) in seen {
            let abroad =
                form == Form::International && symbols.len > 0 || zeros == 2 && symbols.len > 2;
            if abroad && found == '0' && Bracket::holds(text, at) {
                continue;
            }
            if let Some(at) = star_at {
                return Err(PatternError::StarNotLast { at });
            }
            let value = match (found, symbol(found)) {
                ('?', _) => None,
                ('*', _) if form != Form::Code => {
                    star_at = Some(at);
                    continue;
                }
                ('#', _) if form != Form::Code => {
                    return Err(PatternError::BadCharacter { at, found });
                }
                ('+', _) => return Err(PatternError::PlusNotFirst { at }),
                (_, Some(value)) => Some(value),
                (_, None) => return Err(PatternError::BadCharacter { at, found }),
            };
            if form == Form::Domestic && value == Some(0) && zeros < 2 && symbols.len == zeros {
                zeros += 1;
            }
            symbols.push(value)?;
        }
        Self::normalised(form, symbols, star_at.is_some(), zeros)
    }

    fn normalised(
        mut form: Form,
        mut symbols: Symbols,
        star: bool,
        zeros: u32,
    ) -> Result<Self, PatternError> {
        // Up to 7 digits without a star are an extension, also when they begin with 00.
        if form == Form::Domestic && zeros == 2 && (star || symbols.len > 7) {
            form = Form::International;
            symbols = symbols.skip(2);
        }
        match (form, symbols.len, star) {
            (Form::Code, 1, _) if symbols.get(0) == Some(STAR) => Err(PatternError::OnlyStar),
            (_, 0, false) => Err(PatternError::Empty),
            (Form::International, 1.., _) if symbols.get(0) == Some(0) => {
                Err(PatternError::UnknownCountry)
            }
            (Form::International, ..4, false) | (Form::Domestic | Form::Code, 1, false) => {
                Err(PatternError::TooShort)
            }
            (Form::International | Form::Domestic, Symbols::MAX, true) => {
                Err(PatternError::TooLong)
            }
            _ => Ok(Self {
                bits: symbols.bits,
                wild: symbols.wild(),
                len: symbols.len as u8,
                form,
                star,
            }),
        }
    }

    fn symbols(&self) -> Symbols {
        let len = u32::from(self.len);
        let (mut mask, mut wild) = ((1 << (4 * len)) - 1, self.wild);
        while wild != 0 {
            mask &= !(0xF << (4 * wild.trailing_zeros()));
            wild &= wild - 1;
        }
        Symbols {
            bits: self.bits,
            mask,
            len,
        }
    }

    /// Whether a number of the public network matches, seen from a country.
    pub fn matches_number(&self, number: E164, country: Country) -> bool {
        self.matches(&Spelling::new(number, country))
    }

    /// Whether a number of the public network matches as it is spelled.
    pub fn matches(&self, number: &Spelling) -> bool {
        match self.form {
            Form::International => {
                self.symbols()
                    .match_packed(number.digits, number.len, self.star)
            }
            Form::Domestic => self.matches_national(number),
            Form::Code => false,
        }
    }

    fn matches_national(&self, number: &Spelling) -> bool {
        let Some(length) = number.national else {
            return false;
        };
        let national = number.digits & ((1 << (4 * length)) - 1);
        let plan = number.country.plan();
        let symbols = self.symbols();
        let with_trunk = plan.trunk.is_some_and(|trunk| {
            !number.short
                && symbols.get(0).is_none_or(|first| first == trunk)
                && symbols.skip(1).match_packed(national, length, self.star)
        });
        let without_trunk = plan.trunk.is_none() || plan.trunk_optional || number.short;
        with_trunk || without_trunk && symbols.match_packed(national, length, self.star)
    }

    /// How numbers and extensions that match end: those of which [`Ends::of`] is not in here do not match.
    pub fn ends(&self) -> Ends {
        let open = self.star || self.wild & 0b11 != 0;
        if open { Ends::ALL } else { Ends::of(self.bits) }
    }

    /// Whether an extension matches.
    pub fn matches_extension(&self, extension: Extension) -> bool {
        self.form == Form::Domestic
            && self.symbols().match_packed(
                u64::from(extension.bits()),
                extension.len() as u32,
                self.star,
            )
    }

    /// Whether a code matches; a `?` stands for a digit only.
    pub fn matches_code(&self, code: Code) -> bool {
        self.form == Form::Code
            && code.len() as u32 == u32::from(self.len)
            && code
                .symbols()
                .zip(0..)
                .all(|(symbol, index)| match self.symbols().get(index) {
                    Some(expected) => expected == symbol,
                    None => symbol < STAR,
                })
    }

    /// Whether the pattern has a wildcard, and so may stand for more than one number.
    pub fn has_wildcard(&self) -> bool {
        self.star || (0..u32::from(self.len)).any(|index| self.symbols().get(index).is_none())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.form == Form::International {
            f.write_char('+')?;
        }
        for index in 0..u32::from(self.len) {
            f.write_char(match self.symbols().get(index) {
                None => '?',
                Some(STAR) => '*',
                Some(HASH) => '#',
                Some(digit) => char::from(b'0' + digit),
            })?;
        }
        if self.star { f.write_char('*') } else { Ok(()) }
    }
}

impl FromStr for Pattern {
    type Err = PatternError;
    fn from_str(text: &str) -> Result<Self, PatternError> {
        Self::parse(text)
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Stored)
    }
}

/// Reads a stored pattern.
struct Stored;

impl de::Visitor<'_> for Stored {
    type Value = Pattern;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pattern of numbers")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Pattern, E> {
        Pattern::read(text).map_err(E::custom)
    }
}
