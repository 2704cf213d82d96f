//! Short public numbers: dialled as they stand, without a trunk prefix, and meant inside one country only.
//! Sources: the national regulators' numbering plans; 116xxx is harmonised in the European Union (2007/116/EC).

use super::{Country, E164};

/// Leading digits, and the least and the most digits of the numbers that begin so.
type Short = (&'static str, u32, u32);

/// Harmonised services of social value: 116 000 for missing children, 116 117 for a doctor.
const HARMONISED: Short = ("116", 6, 6);

fn ranges(country: Country) -> &'static [Short] {
    match country {
        Country::Nl => &[
            HARMONISED,
            ("113", 3, 3),
            ("144", 3, 3),
            ("140", 5, 6),
            ("18", 4, 4),
        ],
        Country::Be => &[
            HARMONISED,
            ("103", 3, 3),
            ("105", 3, 3),
            ("106", 3, 3),
            ("107", 3, 3),
            ("12", 4, 4),
            ("13", 4, 4),
            ("17", 4, 4),
            ("18", 4, 4),
            ("19", 4, 4),
        ],
        Country::De => &[HARMONISED, ("115", 3, 3), ("118", 5, 6)],
        Country::Lu => &[HARMONISED],
        Country::Fr => &[HARMONISED, ("118", 6, 6), ("10", 4, 4), ("3", 4, 4)],
        Country::Gb => &[
            HARMONISED,
            ("118", 6, 6),
            ("100", 3, 3),
            ("101", 3, 3),
            ("105", 3, 3),
            ("111", 3, 3),
            ("119", 3, 3),
            ("123", 3, 3),
            ("159", 3, 3),
        ],
        Country::At => &[
            HARMONISED,
            ("118", 5, 6),
            ("142", 3, 3),
            ("147", 3, 3),
            ("1450", 4, 4),
        ],
        Country::Ch => &[
            HARMONISED,
            ("140", 3, 3),
            ("16", 3, 3),
            ("187", 3, 3),
            ("18", 4, 4),
        ],
        Country::Es => &[HARMONISED, ("118", 5, 5), ("01", 3, 3), ("024", 3, 3)],
        Country::It => &[HARMONISED, ("1", 3, 5)],
        Country::Dk => &[HARMONISED, ("114", 3, 3), ("118", 3, 3), ("18", 4, 4)],
        Country::Us => &[
            ("211", 3, 3),
            ("311", 3, 3),
            ("411", 3, 3),
            ("511", 3, 3),
            ("611", 3, 3),
            ("711", 3, 3),
            ("811", 3, 3),
        ],
    }
}

impl Country {
    /// Whether `national` (of `length` digits) is a short public number.
    pub(super) fn is_short(self, national: u64, length: u32) -> bool {
        ranges(self).iter().any(|(begins, min, max)| {
            let digits = begins.len() as u32;
            let first = |value: u64| {
                begins.bytes().rev().try_fold(value, |rest, digit| {
                    (rest % 10 == u64::from(digit - b'0')).then_some(rest / 10)
                })
            };
            (*min..=*max).contains(&length)
                && first(national / super::e164::power(length - digits)).is_some()
        })
    }

    /// Whether a short public number is longer than `digits` and begins with them.
    pub(crate) fn begins_short(self, digits: &str) -> bool {
        ranges(self).iter().any(|(begins, _, most)| {
            digits.len() < *most as usize
                && (begins.starts_with(digits) || digits.starts_with(begins))
        })
    }
}

impl E164 {
    /// Whether it is a short public number of its country, which is dialled there without country code: `+31116117`.
    pub fn is_short(self) -> bool {
        self.country().is_some_and(|country| {
            country
                .national_part(self)
                .is_some_and(|(national, length)| country.is_short(national, length))
        })
    }

    /// What is dialled inside the number's country; `None` unless it is a short public number: no other country
    /// reaches it, and no network knows it by its country code.
    pub fn short(self) -> Option<String> {
        let (_, length) = self
            .country()?
            .national_part(self)
            .filter(|_| self.is_short())?;
        let digits = self.value().to_string();
        digits
            .get(digits.len() - length as usize..)
            .map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::{Destination, pretty};

    #[test]
    fn short_numbers_go_out() {
        use Country::{Be, De, Dk, Es, Fr, It, Nl, Us};
        let check = |typed: &str, country: Country, expected: Option<&str>| {
            let number = Destination::parse(typed).unwrap().public(country);
            assert_eq!(
                number.and_then(E164::short).as_deref(),
                expected,
                "{typed} {country:?}"
            );
            if let Some(number) = number {
                assert_eq!(number.to_string().parse(), Ok(number), "{typed}");
                assert_eq!(pretty(number).parse(), Ok(number), "{typed}");
                assert_eq!(number.checked(), Ok(number), "{typed}");
            }
        };
        check("116 117", Nl, Some("116117"));
        check("116 000", De, Some("116000"));
        check("14 010", Nl, Some("14010"));
        check("14 0343", Nl, Some("140343"));
        check("144", Nl, Some("144"));
        check("1888", Nl, Some("1888"));
        check("18", Nl, None);
        check("19", Nl, None);
        check("1207", Be, Some("1207"));
        check("115", De, Some("115"));
        check("3631", Fr, Some("3631"));
        check("016", Es, Some("016"));
        check("1813", Dk, Some("1813"));
        check("187", It, Some("187"));
        check("411", Us, Some("411"));
        check("0800 1234", Nl, None);
        check("+31 1888", Nl, Some("1888"));
        check("0031 14 010", De, Some("14010"));
        assert_eq!(
            Destination::parse("+49 1888"),
            Err(crate::number::NumberError::TooShort)
        );
    }
}
