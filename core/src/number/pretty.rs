//! Numbers grouped as people write them in the number's own country.

use super::{Country, E164};

/// Digit groups of the national number for numbers that begin so; what is left over joins the last group.
type Shape = (&'static str, &'static [usize]);

fn shapes(country: Country) -> &'static [Shape] {
    match country {
        Country::Nl => &[
            ("6", &[1, 4, 4]),
            ("800", &[3, 7]),
            ("90", &[3, 7]),
            ("97", &[3, 8]),
            ("10", &[2, 3, 2, 2]),
            ("13", &[2, 3, 2, 2]),
            ("15", &[2, 3, 2, 2]),
            ("2[0346]", &[2, 3, 2, 2]),
            ("3[03568]", &[2, 3, 2, 2]),
            ("4[0356]", &[2, 3, 2, 2]),
            ("5[0358]", &[2, 3, 2, 2]),
            ("7", &[2, 3, 2, 2]),
            ("8", &[2, 3, 2, 2]),
            ("91", &[2, 3, 2, 2]),
            ("", &[3, 2, 2, 2]),
        ],
        Country::Be => &[
            ("4[5-9]", &[3, 2, 2, 2]),
            ("800", &[3, 2, 3]),
            ("90", &[3, 2, 3]),
            ("[2349]", &[1, 3, 2, 2]),
            ("", &[2, 2, 2, 2]),
        ],
        Country::De => &[
            ("1[567]", &[3, 8]),
            ("800", &[3, 8]),
            ("30", &[2, 8]),
            ("40", &[2, 8]),
            ("69", &[2, 8]),
            ("89", &[2, 8]),
            ("[2-9]?1", &[3, 8]),
            ("", &[4, 8]),
        ],
        Country::Lu => &[("6", &[3, 3, 3]), ("", &[2, 2, 2, 2, 2])],
        Country::Fr => &[("", &[1, 2, 2, 2, 2])],
        Country::Gb => &[
            ("7", &[4, 6]),
            ("2", &[2, 4, 4]),
            ("1?1", &[3, 3, 4]),
            ("11", &[3, 3, 4]),
            ("[3589]", &[3, 3, 4]),
            ("", &[4, 6]),
        ],
        Country::At => &[
            ("1", &[1, 12]),
            ("6[5-9]", &[3, 10]),
            ("[2-7]?2", &[3, 10]),
            ("", &[4, 9]),
        ],
        Country::Ch => &[("800", &[3, 3, 3]), ("", &[2, 3, 2, 2])],
        Country::Es => &[("", &[3, 2, 2, 2])],
        Country::It => &[("3", &[3, 3, 4]), ("0[26]", &[2, 4, 4]), ("", &[3, 3, 4])],
        Country::Dk => &[("", &[2, 2, 2, 2])],
        Country::Us => &[("", &[3, 3, 4])],
    }
}

/// The number as people of its country write it, international form: `+31 30 555 01 42`.
/// Numbers of other countries are grouped by threes.
pub fn pretty(number: E164) -> String {
    let digits = number.value().to_string();
    let country = number.country();
    let code_length = country.map_or_else(
        || calling_code_length(&digits),
        |country| country.calling_code().ilog10() as usize + 1,
    );
    let (code, mut rest) = digits.split_at(code_length.min(digits.len()));
    let groups: &[usize] = country
        .and_then(|country| {
            shapes(country)
                .iter()
                .find(|(prefix, _)| begins(rest, prefix))
        })
        .map_or(&[3, 3, 3, 3, 3], |(_, groups)| groups);
    let mut text = format!("+{code}");
    for (index, size) in groups.iter().enumerate() {
        let last = index + 1 == groups.len();
        // A single digit left over joins the group before it.
        let take = if last || rest.len() <= size + 1 {
            rest.len()
        } else {
            *size
        };
        let (group, left) = rest.split_at(take);
        if !group.is_empty() {
            text.push(' ');
            text.push_str(group);
        }
        rest = left;
    }
    text
}

/// Whether `digits` begin as `prefix` says, in which `?` is any digit and `[…]` a choice of digits or ranges.
fn begins(digits: &str, prefix: &str) -> bool {
    let (mut digits, mut prefix) = (digits.bytes(), prefix.bytes());
    while let Some(expected) = prefix.next() {
        let Some(digit) = digits.next() else {
            return false;
        };
        let fits = match expected {
            b'?' => true,
            b'[' => {
                let choice: Vec<u8> = prefix.by_ref().take_while(|b| *b != b']').collect();
                choice.contains(&digit)
                    || choice
                        .windows(3)
                        .any(|w| w[1] == b'-' && (w[0]..=w[2]).contains(&digit))
            }
            _ => digit == expected,
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Length of the country calling code that the digits begin with (ITU-T E.164 annex: assigned codes).
fn calling_code_length(digits: &str) -> usize {
    const TWO: &[&str] = &[
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        _ if TWO.iter().any(|code| digits.starts_with(code)) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        let check = |number: &str, expected: &str| {
            assert_eq!(pretty(number.parse().unwrap()), expected);
        };
        check("+31305550142", "+31 30 555 01 42");
        check("+31655501199", "+31 6 5550 1199");
        check("+31343550142", "+31 343 55 01 42");
        check("+31885550142", "+31 88 555 01 42");
        check("+318001234", "+31 800 1234");
        check("+3225550142", "+32 2 555 01 42");
        check("+3216550142", "+32 16 55 01 42");
        check("+32470123456", "+32 470 12 34 56");
        check("+49301234567", "+49 30 1234567");
        check("+492215550142", "+49 221 5550142");
        check("+4915112345678", "+49 151 12345678");
        check("+352621123456", "+352 621 123 456");
        check("+33123456789", "+33 1 23 45 67 89");
        check("+442079460018", "+44 20 7946 0018");
        check("+441614960000", "+44 161 496 0000");
        check("+447700900123", "+44 7700 900123");
        check("+4315550142", "+43 1 5550142");
        check("+436641234567", "+43 664 1234567");
        check("+41446681800", "+41 44 668 18 00");
        check("+34612345678", "+34 612 34 56 78");
        check("+390612345678", "+39 06 1234 5678");
        check("+4512345678", "+45 12 34 56 78");
        check("+12125550123", "+1 212 555 0123");
        check("+35312345678", "+353 123 456 78");
        check("+48123456789", "+48 123 456 789");
    }
}
