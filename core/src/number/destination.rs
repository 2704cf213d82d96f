//! What a person typed as a number, before and after a country gives it its meaning.

use super::packed::{HASH, STAR, Text, symbol};
use super::{Code, Country, E164, Extension, National, NumberError, is_filler};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A number as typed, without a country: `+31…` and `00…` are international, `*` or `#` begins a code,
/// up to 7 digits are an extension, unless nobody has it and the country's plan makes them a number, and more digits
/// are a national number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Destination {
    /// An international number.
    Number(E164),
    /// A national number, trunk prefix included; [`Destination::resolve`] checks it.
    National(National),
    /// An extension, or a short national number: [`Destination::public`].
    Extension(Extension),
    /// A feature access code or a speed-dial code.
    Code(Code),
}

/// A number with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolved {
    /// A number of the public network.
    Number(E164),
    /// An extension, or a short number of the country.
    Extension(Extension),
    /// A feature access code or a speed-dial code.
    Code(Code),
}

impl Destination {
    /// Reads a number as typed. White space and the punctuation of numbers are ignored, as is the bracketed 0 of
    /// `+31 (0)30`. The length of an international number is checked when its country is one of those served.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let first = text
            .chars()
            .find(|c| !is_filler(*c))
            .ok_or(NumberError::Empty)?;
        match first {
            '*' | '#' => return text.parse().map(Self::Code),
            '+' => return text.parse::<E164>()?.checked().map(Self::Number),
            _ => {}
        }
        let (mut digits, mut zeros) = (0, 0);
        for (at, found) in text.chars().enumerate().filter(|(_, c)| !is_filler(*c)) {
            match symbol(found) {
                Some(0) if zeros == digits => zeros += 1,
                None | Some(STAR | HASH) => return Err(NumberError::BadCharacter { at, found }),
                Some(_) => {}
            }
            digits += 1;
        }
        match (digits, zeros) {
            (..=7, _) => text.parse().map(Self::Extension),
            (_, 2..) => text.parse::<E164>()?.checked().map(Self::Number),
            _ => text.parse().map(Self::National),
        }
    }

    /// It is an emergency number of a country: never the target of a setting (routing § 7).
    pub fn is_emergency(&self, country: Country) -> bool {
        matches!(self, Self::Extension(digits) if country.is_emergency(&digits.to_string()))
    }

    /// The number's meaning in a country: a national number becomes an international one.
    pub fn resolve(&self, country: Country) -> Result<Resolved, NumberError> {
        match *self {
            Self::Number(number) => Ok(Resolved::Number(number)),
            Self::Extension(extension) => Ok(Resolved::Extension(extension)),
            Self::Code(code) => Ok(Resolved::Code(code)),
            Self::National(national) => national.resolve(country).map(Resolved::Number),
        }
    }

    /// The number of the public network that this is in a country, also where an extension with the same digits would
    /// come first: a national number of up to 7 digits, or a short public one. `None` for codes, and where the country
    /// has no such number.
    pub fn public(&self, country: Country) -> Option<E164> {
        match *self {
            Self::Number(number) => Some(number),
            Self::National(national) => national.resolve(country).ok(),
            Self::Extension(extension) => extension.public(country),
            Self::Code(_) => None,
        }
    }
}

impl Extension {
    /// The number of the public network that is dialled in a country with these digits.
    pub fn public(self, country: Country) -> Option<E164> {
        let value = self
            .symbols()
            .fold(0, |value, digit| value * 10 + u64::from(digit));
        let length = self.len() as u32;
        if country.is_short(value, length) {
            return E164::in_country(country, value, length).ok();
        }
        dialled(country, &self.symbols(), length).ok()
    }
}

impl National {
    /// The international number that this is in a country.
    pub fn resolve(self, country: Country) -> Result<E164, NumberError> {
        dialled(country, &self.symbols(), self.len() as u32)
    }
}

/// The number that `length` digits are when they are dialled in a country.
fn dialled(
    country: Country,
    symbols: &(impl Iterator<Item = u8> + Clone),
    length: u32,
) -> Result<E164, NumberError> {
    let plan = country.plan();
    let value = symbols
        .clone()
        .fold(0u64, |value, digit| value * 10 + u64::from(digit));
    let abroad = plan.international.len();
    let dials_abroad = plan
        .international
        .bytes()
        .map(|b| b - b'0')
        .eq(symbols.clone().take(abroad));
    if dials_abroad {
        return E164::new(value % 10u64.pow(length - abroad as u32))?.checked();
    }
    match (plan.trunk, symbols.clone().next()) {
        (Some(trunk), Some(first)) if trunk == first => {
            E164::in_country(country, value % 10u64.pow(length - 1), length - 1)
        }
        (Some(_), _) if !plan.trunk_optional => Err(NumberError::NotNational),
        _ => E164::in_country(country, value, length),
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::National(national) => national.fmt(f),
            Self::Extension(extension) => extension.fmt(f),
            Self::Code(code) => code.fmt(f),
        }
    }
}

impl FromStr for Destination {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::parse(text)
    }
}

impl Serialize for Destination {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Destination {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(std::marker::PhantomData))
    }
}

impl fmt::Display for Resolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Extension(extension) => extension.fmt(f),
            Self::Code(code) => code.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Country::{De, Dk, Es, Gb, It, Nl, Us};

    #[test]
    fn few_digits_are_a_number_where_the_country_says_so() {
        use Country::{At, Lu};
        let check = |text: &str, country: Country, expected: Option<&str>| {
            let number = Destination::parse(text).unwrap().public(country);
            assert_eq!(
                number.map(|number| number.to_string()).as_deref(),
                expected,
                "{text:?} in {country:?}"
            );
        };
        check("478 272", Lu, Some("+352478272"));
        check("4782", Lu, Some("+3524782"));
        check("478", Lu, None);
        check("01 5123", At, Some("+4315123"));
        check("5123", At, None);
        check("06 6982", It, Some("+39066982"));
        check("030 123", De, Some("+4930123"));
        check("030 1", De, None);
        check("020 555", Nl, None);
        check("2042", Nl, None);
        check("555 0123", Us, None);
        check("00 113", Nl, None);
        check("*72", Lu, None);
    }

    #[test]
    fn typed_numbers() {
        use NumberError as E;
        let check = |text: &str, country: Country, expected: Result<&str, E>| {
            let resolved = Destination::parse(text).and_then(|typed| typed.resolve(country));
            assert_eq!(
                resolved.map(|resolved| resolved.to_string()),
                expected.map(str::to_owned),
                "{text:?} in {country:?}"
            );
        };
        check("+31 (0)30 555 01 42", Nl, Ok("+31305550142"));
        check("030 - 555 01 42", Nl, Ok("+31305550142"));
        check("06 5550 1199", Nl, Ok("+31655501199"));
        check("0031305550142", Nl, Ok("+31305550142"));
        check("0800 1234", Nl, Ok("+318001234"));
        check("2042", Nl, Ok("2042"));
        check("0042", Nl, Ok("0042"));
        check("* 72", Nl, Ok("*72"));
        check("#05", Nl, Ok("#05"));
        check("030 1234567", De, Ok("+49301234567"));
        check("612 34 56 78", Es, Ok("+34612345678"));
        check("06 1234 5678", It, Ok("+390612345678"));
        check("12345678", Dk, Ok("+4512345678"));
        check("020 7946 0018", Gb, Ok("+442079460018"));
        check("(212) 555-0123", Us, Ok("+12125550123"));
        check("1 212 555 0123", Us, Ok("+12125550123"));
        check("011 31 30 5550142", Us, Ok("+31305550142"));
        check("030 555 014", Nl, Err(E::TooShort));
        check("030 555 01 422", Nl, Err(E::TooLong));
        check("305550142", Nl, Err(E::NotNational));
        check("+31 030 555 01 42", Nl, Err(E::TrunkAfterCountry));
        check("", Nl, Err(E::Empty));
        check(" - ", Nl, Err(E::Empty));
        check("7", Nl, Err(E::TooShort));
        check("*", Nl, Err(E::TooShort));
        check(
            "030 555 O1 42",
            Nl,
            Err(E::BadCharacter { at: 8, found: 'O' }),
        );
        check("030*", Nl, Err(E::BadCharacter { at: 3, found: '*' }));
        check("0001234567", Nl, Err(E::UnknownCountry));
        check("1234567890123456", Nl, Err(E::TooLong));
    }
}
