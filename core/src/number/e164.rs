//! International numbers.

use super::assigned::is_assigned;
use super::packed::Text;
use super::{Country, NumberError, is_filler};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// An international number (ITU-T E.164): country code and national number, 7 to 15 digits, written `+31305550142`.
/// A short public number of a country that is served counts too, and may have fewer digits: `+311888`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct E164(u64);

impl E164 {
    /// Fewest digits accepted, country code included.
    pub const MIN_DIGITS: u32 = 7;
    /// Most digits that E.164 allows, country code included.
    pub const MAX_DIGITS: u32 = 15;

    /// A number from its digits as one integer, without `+`. Says nothing about the country's own lengths.
    pub fn new(digits: u64) -> Result<Self, NumberError> {
        if digits < power(Self::MIN_DIGITS - 1) && (digits == 0 || !Self(digits).is_short()) {
            Err(NumberError::TooShort)
        } else if digits >= power(Self::MAX_DIGITS) {
            Err(NumberError::TooLong)
        } else {
            Ok(Self(digits))
        }
    }

    /// The digits as one integer.
    pub const fn value(self) -> u64 {
        self.0
    }

    /// Number of digits, country code included.
    #[allow(clippy::len_without_is_empty, reason = "never empty")]
    pub const fn len(self) -> u32 {
        self.0.ilog10() + 1
    }

    /// The country that the number belongs to, when it is one of those served.
    pub fn country(self) -> Option<Country> {
        Country::of(self)
    }

    /// Refuses a country code that nobody has, and a length that the number's country does not have; the lengths of
    /// countries that are not served pass.
    pub fn checked(self) -> Result<Self, NumberError> {
        let Some(country) = self.country() else {
            let first_three = self.0 / power(self.len() - 3);
            return if is_assigned(first_three) {
                Ok(self)
            } else {
                Err(NumberError::UnknownCountry)
            };
        };
        let Some((national, length)) = country.national_part(self) else {
            return Ok(self);
        };
        if country.is_short(national, length) {
            return Ok(self);
        }
        let first = national / power(length.max(1) - 1);
        if country
            .plan()
            .trunk
            .is_some_and(|trunk| first == 0 || first == u64::from(trunk))
        {
            return Err(NumberError::TrunkAfterCountry);
        }
        let (min, max) = country.length_range(national, length);
        if length < min {
            return Err(NumberError::TooShort);
        }
        if length > max {
            return Err(NumberError::TooLong);
        }
        Ok(self)
    }

    /// The number that `national` (digits without trunk prefix, `length` of them) is in a country.
    pub(crate) fn in_country(
        country: Country,
        national: u64,
        length: u32,
    ) -> Result<Self, NumberError> {
        if length == 0 {
            return Err(NumberError::TooShort);
        }
        if length > Self::MAX_DIGITS - 1 {
            return Err(NumberError::TooLong);
        }
        let number = u64::from(country.calling_code()) * power(length) + national;
        Self::new(number)?.checked()
    }
}

/// 10 to the power of an index.
const POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// 10 to a power below 20: looked up, because calls ask for it again and again.
pub(super) const fn power(exponent: u32) -> u64 {
    POWERS[exponent as usize]
}

impl E164 {
    /// Reads a number as networks write it, `+` and digits alone; `None` for any other text, which may still be one.
    fn plain(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?.as_bytes();
        if digits.len() > Self::MAX_DIGITS as usize || digits.first() == Some(&b'0') {
            return None;
        }
        let value = digits.iter().try_fold(0u64, |value, digit| {
            digit
                .is_ascii_digit()
                .then(|| value * 10 + u64::from(digit - b'0'))
        })?;
        Self::new(value).ok()
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl FromStr for E164 {
    type Err = NumberError;

    /// Reads `+…`, `00…` or bare digits that begin with the country code; white space, punctuation and a trunk
    /// prefix in brackets, as in `+31 (0)30 …`, are ignored.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        if let Some(number) = Self::plain(text) {
            return Ok(number);
        }
        let (mut value, mut digits, mut zeros, mut plus) = (0u64, 0u32, 0u32, false);
        for (at, found) in text.chars().enumerate() {
            if is_filler(found) || digits > 0 && found == '0' && Bracket::holds(text, at) {
                continue;
            }
            match found {
                '+' if digits == 0 && zeros == 0 && !plus => plus = true,
                '0' if digits == 0 => zeros += 1,
                '0'..='9' => {
                    digits += 1;
                    if digits > Self::MAX_DIGITS {
                        return Err(NumberError::TooLong);
                    }
                    value = value * 10 + u64::from(found as u8 - b'0');
                }
                _ => return Err(NumberError::BadCharacter { at, found }),
            }
        }
        match (zeros, digits) {
            (0, 0) => Err(NumberError::Empty),
            (2, _) if !plus => Self::new(value),
            (0, _) => Self::new(value),
            _ => Err(NumberError::UnknownCountry),
        }
    }
}

/// The `(0)` that people write between country code and area code.
pub(super) struct Bracket;

impl Bracket {
    /// Whether the character at a place is its 0.
    pub(super) fn holds(text: &str, at: usize) -> bool {
        at > 0 && text.chars().skip(at - 1).take(3).eq("(0)".chars())
    }
}

impl Serialize for E164 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for E164 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn international_numbers() {
        let check = |text: &str, expected: Result<u64, NumberError>| {
            assert_eq!(text.parse::<E164>().map(E164::value), expected, "{text:?}");
        };
        check("+31305550142", Ok(31_305_550_142));
        check("+31 (0)30 - 555.01/42", Ok(31_305_550_142));
        check("0031 30 555 01 42", Ok(31_305_550_142));
        check("31305550142", Ok(31_305_550_142));
        check(
            "\u{202a}+31\u{a0}30\u{2011}5550142\u{202c}",
            Ok(31_305_550_142),
        );
        check("", Err(NumberError::Empty));
        check("+", Err(NumberError::Empty));
        check("+31", Err(NumberError::TooShort));
        check("+1234567890123456", Err(NumberError::TooLong));
        check("0305550142", Err(NumberError::UnknownCountry));
        check("+0305550142", Err(NumberError::UnknownCountry));
        check(
            "+31+305550142",
            Err(NumberError::BadCharacter { at: 3, found: '+' }),
        );
        check(
            "+31 3O 5550142",
            Err(NumberError::BadCharacter { at: 5, found: 'O' }),
        );
    }

    #[test]
    fn a_country_has_its_lengths() {
        let check = |text: &str, expected: Result<(), NumberError>| {
            assert_eq!(
                text.parse::<E164>().unwrap().checked().map(|_| ()),
                expected,
                "{text}"
            );
        };
        check("+31305550142", Ok(()));
        check("+3130555014", Err(NumberError::TooShort));
        check("+313055501422", Err(NumberError::TooLong));
        check("+310305550142", Err(NumberError::TrunkAfterCountry));
        check("+318001234", Ok(()));
        check("+390612345678", Ok(()));
        check("+112125550123", Err(NumberError::TrunkAfterCountry));
        check("+32470123456", Ok(()));
        check("+3225550142", Ok(()));
        check("+442079460018", Ok(()));
        check("+35226123456", Ok(()));
        check("+2901234", Ok(()));
        check("+9999999", Err(NumberError::UnknownCountry));
        check("+2101234567", Err(NumberError::UnknownCountry));
        check("+99812345678", Ok(()));
    }
}
