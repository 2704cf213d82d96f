//! Patterns of numbers (manual § 6.5): `?` is exactly one digit, anywhere; `*` is one or more digits, at the end.

mod possible;
mod symbols;

use super::packed::{HASH, STAR, symbol};
use super::{Bracket, Code, Country, Destination, E164, Extension, NumberError, PatternError, is_filler};
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

/// A number of the public network spelled for patterns: made once to be held against many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// Four bits a digit, the last one lowest.
    digits: u64,
    len: u32,
    /// How many of the digits follow the country code, when it is the country's.
    national: Option<u32>,
    /// Dialled without a trunk prefix.
    short: bool,
    country: Country,
}

/// How numbers end: a bit for each last digit, and whether the one before it is odd.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends(u32);

impl Ends {
    /// In every way.
    pub const ALL: Self = Self(u32::MAX);

    /// How digits of four bits each end.
    fn of(digits: u64) -> Self {
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
        Self { digits, len, national: national.map(|(_, length)| length), short, country }
    }
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
        let mut seen = text.chars().enumerate().filter(|(_, c)| !is_filler(*c)).peekable();
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
            let abroad = form == Form::International && symbols.len > 0 || zeros == 2 && symbols.len > 2;
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
                ('#', _) if form != Form::Code => return Err(PatternError::BadCharacter { at, found }),
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
            (Form::International, 1.., _) if symbols.get(0) == Some(0) => Err(PatternError::UnknownCountry),
            (Form::International, ..4, false) | (Form::Domestic | Form::Code, 1, false) => {
                Err(PatternError::TooShort)
            }
            (Form::International | Form::Domestic, Symbols::MAX, true) => Err(PatternError::TooLong),
            _ => Ok(Self { bits: symbols.bits, wild: symbols.wild(), len: symbols.len as u8, form, star }),
        }
    }

    fn symbols(&self) -> Symbols {
        let len = u32::from(self.len);
        let (mut mask, mut wild) = ((1 << (4 * len)) - 1, self.wild);
        while wild != 0 {
            mask &= !(0xF << (4 * wild.trailing_zeros()));
            wild &= wild - 1;
        }
        Symbols { bits: self.bits, mask, len }
    }

    /// Whether a number of the public network matches, seen from a country.
    pub fn matches_number(&self, number: E164, country: Country) -> bool {
        self.matches(&Spelling::new(number, country))
    }

    /// Whether a number of the public network matches as it is spelled.
    pub fn matches(&self, number: &Spelling) -> bool {
        match self.form {
            Form::International => self.symbols().match_packed(number.digits, number.len, self.star),
            Form::Domestic => self.matches_national(number),
            Form::Code => false,
        }
    }

    fn matches_national(&self, number: &Spelling) -> bool {
        let Some(length) = number.national else { return false };
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
            && self.symbols().match_packed(u64::from(extension.bits()), extension.len() as u32, self.star)
    }

    /// Whether a code matches; a `?` stands for a digit only.
    pub fn matches_code(&self, code: Code) -> bool {
        self.form == Form::Code
            && code.len() as u32 == u32::from(self.len)
            && code.symbols().zip(0..).all(|(symbol, index)| match self.symbols().get(index) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms_and_refusals() {
        use PatternError as E;
        let check = |text: &str, expected: Result<&str, E>| {
            let parsed = Pattern::parse(text).map(|pattern| pattern.to_string());
            assert_eq!(parsed, expected.map(str::to_owned), "{text:?}");
        };
        check("+31 5555 6666?6", Ok("+3155556666?6"));
        check("+31 55?5 6*", Ok("+3155?56*"));
        check("00 31 5*", Ok("+315*"));
        check("+*", Ok("+*"));
        check("+31 (0)20 555 0100", Ok("+31205550100"));
        check("0031 (0)20 555 01??", Ok("+312055501??"));
        check("+31 (0)*", Ok("+31*"));
        check("+2901234*", Ok("+2901234*"));
        check("+1 1*", Err(E::TrunkAfterCountry));
        check("+31 020 555 0100", Err(E::TrunkAfterCountry));
        check("+310*", Err(E::TrunkAfterCountry));
        check("0031 0*", Err(E::TrunkAfterCountry));
        check("+3?0*", Ok("+3?0*"));
        check("+31 20 555 010", Err(E::TooShort));
        check("+31 20 555 01000", Err(E::TooLong));
        check("+31 800 1234", Ok("+318001234"));
        check("(030) 555-*", Ok("030555*"));
        check("2??", Ok("2??"));
        check("0012", Ok("0012"));
        check("*72", Ok("*72"));
        check("*61*", Ok("*61*"));
        check("#5?", Ok("#5?"));
        check("", Err(E::Empty));
        check(" .", Err(E::Empty));
        check("+", Err(E::Empty));
        check("*", Err(E::OnlyStar));
        check("7", Err(E::TooShort));
        check("+3130", Err(E::TooShort));
        check("03*5", Err(E::StarNotLast { at: 2 }));
        check("+31 5**", Err(E::StarNotLast { at: 5 }));
        check("031+", Err(E::PlusNotFirst { at: 3 }));
        check("++31", Err(E::PlusNotFirst { at: 1 }));
        check("030 x", Err(E::BadCharacter { at: 4, found: 'x' }));
        check("030#", Err(E::BadCharacter { at: 3, found: '#' }));
        check("+0*", Err(E::UnknownCountry));
        check("1234567890123456", Err(E::TooLong));
        check("+31305550142????*", Err(E::TooLong));
    }

    #[test]
    fn numbers() {
        let check = |pattern: &str, number: &str, expected: bool| {
            let (parsed, number) = (Pattern::parse(pattern).unwrap(), number.parse().unwrap());
            assert_eq!(parsed.matches_number(number, Country::Nl), expected, "{pattern} {number}");
            let ends = parsed.ends().meet(Spelling::new(number, Country::Nl).ends());
            assert!(ends || !expected, "{pattern} {number}");
        };
        check("+31305550142", "+31305550142", true);
        check("+31305550142", "+31305550143", false);
        check("+3130555014?", "+31305550143", true);
        check("+3130555014?", "+313055501431", false);
        check("+3130555*", "+31305550143", true);
        check("+3130555014*", "+31305550143", true);
        check("+?1305550143", "+31305550143", true);
        check("+*", "+31305550143", true);
        check("030 555 0143", "+31305550143", true);
        check("030 555 0143", "+32305550143", false);
        check("030*", "+31305550143", true);
        check("0*", "+31305550143", true);
        check("0*", "+49305550143", false);
        check("?305550143", "+31305550143", true);
        check("305550143", "+31305550143", false);
        check("3055*", "+31305550143", false);
        check("2??", "+31305550143", false);
    }

    #[test]
    fn few_digits_are_a_number_too() {
        let check = |pattern: &str, number: &str, country: Country, expected: bool| {
            let parsed = Pattern::parse(pattern).unwrap();
            assert_eq!(
                parsed.matches_number(number.parse().unwrap(), country),
                expected,
                "{pattern} {number}"
            );
        };
        check("478 272", "+352478272", Country::Lu, true);
        check("478 27?", "+352478272", Country::Lu, true);
        check("478 272", "+32478272", Country::Lu, false);
        check("01 5123", "+4315123", Country::At, true);
        check("116 117", "+31116117", Country::Nl, true);
        check("0116 117", "+31116117", Country::Nl, false);
        check("116*", "+31116117", Country::Nl, true);
        check("2042", "+31305552042", Country::Nl, false);
        assert!(Pattern::parse("478 272").unwrap().matches_extension("478272".parse().unwrap()));
    }

    #[test]
    fn national_patterns_of_a_country() {
        use Country::{De, Lu, Nl, Us};
        use PatternError as E;
        let check = |text: &str, country: Country, expected: Result<(), E>| {
            assert_eq!(Pattern::parse(text).unwrap().check(country), expected, "{text} {country:?}");
        };
        check("020 555 0100", Nl, Ok(()));
        check("020 555 010?", Nl, Ok(()));
        check("?20 555 0100", Nl, Ok(()));
        check("020*", Nl, Ok(()));
        check("2042", Nl, Ok(()));
        check("20*", Nl, Ok(()));
        check("020 555 010", Nl, Err(E::TooShort));
        check("20 555 0100*", Nl, Err(E::NotNational));
        check("20 555 0100", Nl, Err(E::NotNational));
        check("030 1234567*", De, Ok(()));
        check("26 12 34 01", Lu, Ok(()));
        check("212 555 0123", Us, Ok(()));
        check("1 212 555 0123", Us, Ok(()));
        check("212 555 01234 5", Us, Err(E::TooLong));
    }

    #[test]
    fn what_was_stored_stays_readable() {
        let stored: Pattern = serde_json::from_str("\"+310205550100\"").unwrap();
        assert_eq!(stored.to_string(), "+310205550100");
        assert_eq!(Pattern::parse("+310205550100"), Err(PatternError::TrunkAfterCountry));
    }

    #[test]
    fn ends() {
        let check = |pattern: &str, number: &str, expected: bool| {
            let (parsed, spelled) =
                (Pattern::parse(pattern).unwrap(), Spelling::new(number.parse().unwrap(), Country::Nl));
            assert_eq!(parsed.ends().meet(spelled.ends()), expected, "{pattern} {number}");
        };
        check("+31305550142", "+32305550142", true);
        check("+31305550142", "+31305550144", false);
        check("+31305550142", "+31305550152", false);
        check("+31305550142", "+31305550162", true);
        check("030 555 0142", "+31305550142", true);
        check("030 555 0142", "+31305550143", false);
        check("+3130555014?", "+31305550158", true);
        check("+313055501?2", "+31305550158", true);
        check("+31305550?42", "+31305550158", false);
        check("+3130*", "+31305550158", true);
        let extension = |pattern: &str, extension: &str| {
            Pattern::parse(pattern).unwrap().ends().meet(Ends::of_extension(extension.parse().unwrap()))
        };
        assert!(extension("2042", "2042") && extension("2?42", "2042") && extension("20*", "2042"));
        assert!(!extension("2042", "2043") && !extension("2042", "2052") && !extension("12", "11"));
        let both = Ends::of(0x12) | Ends::of(0x23);
        assert!(both.meet(Ends::of(0x12)) && both.meet(Ends::of(0x23)) && !both.meet(Ends::of(0x13)));
        assert!(!Ends::default().meet(Ends::ALL));
    }

    proptest::proptest! {
        /// Who matches a pattern ends as it does.
        #[test]
        fn whoever_matches_ends_alike(number in 1_000_000_u64..1_000_000_000_000_000, wild: u16, cut in 0_usize..9, written in 0..3) {
            let number = E164::new(number).unwrap();
            let digits = number.to_string();
            let mut text: String = digits[1..]
                .chars()
                .zip(0..)
                .map(|(digit, at)| if wild & (1 << at) == 0 { digit } else { '?' })
                .collect();
            if cut > 0 && cut < text.len() {
                text = format!("{}*", &text[..text.len() - cut]);
            }
            let text = match written {
                0 => format!("+{text}"),
                1 => format!("00{text}"),
                _ => text.replacen("31", "0", 1),
            };
            let Ok(pattern) = Pattern::parse(&text) else { return Ok(()) };
            let spelled = Spelling::new(number, Country::Nl);
            proptest::prop_assert!(!pattern.matches(&spelled) || pattern.ends().meet(spelled.ends()));
        }
    }

    #[test]
    fn extensions_and_codes() {
        let check = |pattern: &str, extension: &str, expected: bool| {
            let parsed = Pattern::parse(pattern).unwrap();
            assert_eq!(
                parsed.matches_extension(extension.parse().unwrap()),
                expected,
                "{pattern} {extension}"
            );
        };
        check("2042", "2042", true);
        check("2042", "02042", false);
        check("20??", "2042", true);
        check("20*", "2042", true);
        check("2042*", "2042", false);
        check("0??", "012", true);
        check("+*", "2042", false);
        let code =
            |pattern: &str, code: &str| Pattern::parse(pattern).unwrap().matches_code(code.parse().unwrap());
        assert!(code("*72", "*72") && code("#0?", "#05") && code("*?2", "*72"));
        assert!(!code("*72", "*73") && !code("#0?", "#0*") && !code("*72", "*721"));
    }
}
