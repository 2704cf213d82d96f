//! Short strings of dial symbols packed four bits each into one integer, with a leading 1 that keeps zeros in front:
//! extensions, national numbers as typed, and codes. Copied, compared and hashed as an integer.

use super::{NumberError, is_filler};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// The symbols of a telephone's keys, by their packed value.
const SYMBOLS: [char; 12] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'];
/// Packed value of `*`.
pub(crate) const STAR: u8 = 10;
/// Packed value of `#`.
pub(crate) const HASH: u8 = 11;

/// The packed value of a key, or `None` for any other character.
pub(crate) const fn symbol(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '*' => Some(STAR),
        '#' => Some(HASH),
        _ => None,
    }
}

macro_rules! packed {
    ($($(#[$doc:meta])* $name:ident($int:ty), $range:expr, $highest:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($int);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl $name {
            pub(crate) const EMPTY: Self = Self(1);

            /// Number of symbols.
            #[allow(clippy::len_without_is_empty, reason = "never empty once built")]
            pub const fn len(self) -> usize {
                ((<$int>::BITS - 1 - self.0.leading_zeros()) / 4) as usize
            }

            /// The symbols from left to right: 0 to 9 for digits, 10 for `*`, 11 for `#`.
            pub fn symbols(self) -> impl Iterator<Item = u8> + Clone {
                (0..self.len()).rev().map(move |i| ((self.0 >> (4 * i)) & 0xF) as u8)
            }

            /// This text with one more symbol; `None` when it is full.
            pub(crate) fn push(self, symbol: u8) -> Option<Self> {
                (self.len() < *$range.end()).then(|| Self(self.0 << 4 | <$int>::from(symbol)))
            }

            pub(crate) fn checked(self) -> Result<Self, NumberError> {
                match self.len() {
                    0 => Err(NumberError::Empty),
                    len if len < *$range.start() => Err(NumberError::TooShort),
                    _ => Ok(self),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.symbols().try_for_each(|symbol| f.write_char(SYMBOLS[usize::from(symbol % 12)]))
            }
        }

        impl FromStr for $name {
            type Err = NumberError;

            /// White space and punctuation are ignored.
            fn from_str(text: &str) -> Result<Self, NumberError> {
                let mut packed = Self::EMPTY;
                for (at, found) in text.chars().enumerate() {
                    if is_filler(found) {
                        continue;
                    }
                    let symbol = symbol(found)
                        .filter(|symbol| *symbol <= $highest)
                        .ok_or(NumberError::BadCharacter { at, found })?;
                    packed = packed.push(symbol).ok_or(NumberError::TooLong)?;
                }
                packed.checked()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text(std::marker::PhantomData))
            }
        }
    )*};
}

packed! {
    /// A short number inside a location: 2 to 7 digits, of which the first may be 0.
    Extension(u32), (2..=7), 9;
    /// A number as dialled inside a country, trunk prefix included: 8 to 15 digits, not yet checked against a country.
    National(u64), (8..=15), 9;
    #[repr(Rust, packed(8))]
    /// A feature access code or a speed-dial code with its prefix: `*72`, `#05`, `*61*`; 2 to 30 symbols.
    Code(u128), (2..=30), 11;
    #[repr(Rust, packed(8))]
    /// What is dialled after a code, and emergency numbers: 1 to 30 symbols.
    Digits(u128), (1..=30), 11;
}

impl From<Extension> for Digits {
    fn from(extension: Extension) -> Self {
        Self(extension.0.into())
    }
}

impl From<National> for Digits {
    fn from(number: National) -> Self {
        Self(number.0.into())
    }
}

impl From<Code> for Digits {
    fn from(code: Code) -> Self {
        Self(code.0)
    }
}

impl Extension {
    /// The packed digits without the leading mark.
    pub(crate) const fn bits(self) -> u32 {
        self.0 ^ (1 << (4 * self.len()))
    }

    /// The packed digits behind the leading mark: no other extension has these.
    pub(crate) const fn marked(self) -> u32 {
        self.0
    }
}

impl Code {
    /// Whether this code begins with all of `prefix`.
    pub fn starts_with(self, prefix: Self) -> bool {
        self.len()
            .checked_sub(prefix.len())
            .is_some_and(|more| self.0 >> (4 * more) == prefix.0)
    }
}

/// Reads a value from a string by its `FromStr`.
pub(crate) struct Text<T>(pub(crate) std::marker::PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> de::Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string of dial symbols")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions() {
        let check = |text: &str, expected: Result<&str, NumberError>| {
            let parsed = text
                .parse::<Extension>()
                .map(|extension| extension.to_string());
            assert_eq!(parsed, expected.map(str::to_owned), "{text:?}");
        };
        check("42", Ok("42"));
        check(" 0 0.7 ", Ok("007"));
        check("1234567", Ok("1234567"));
        check("12345678", Err(NumberError::TooLong));
        check("1", Err(NumberError::TooShort));
        check("", Err(NumberError::Empty));
        check("4*2", Err(NumberError::BadCharacter { at: 1, found: '*' }));
        check("4é", Err(NumberError::BadCharacter { at: 1, found: 'é' }));
    }

    #[test]
    fn zeros_in_front_count() {
        assert_ne!("012".parse::<Extension>(), "12".parse::<Extension>());
    }

    #[test]
    fn codes() {
        let code = |text: &str| text.parse::<Code>().unwrap();
        assert_eq!(code("* 61 *").to_string(), "*61*");
        assert!(code("*61*").starts_with(code("*61")));
        assert!(!code("*61").starts_with(code("*61*")));
        assert!(!code("*161").starts_with(code("*61")));
    }
}
