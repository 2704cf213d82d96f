//! Properties of numbers and patterns: patterns agree with a plain matcher on text, what is written can be read
//! back, and no text breaks a parser.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot make its input has failed"
)]

use centrale_core::number::{
    Code, Country, Destination, E164, Extension, National, Pattern, pretty,
};
use proptest::prelude::*;

/// A matcher on text: `?` is one digit, a last `*` one or more.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'*'], text) => !text.is_empty(),
        ([b'?', pattern @ ..], [_, text @ ..]) => glob(pattern, text),
        ([a, pattern @ ..], [b, text @ ..]) => a == b && glob(pattern, text),
        _ => false,
    }
}

/// How a number is written inside its country.
fn national_forms(number: E164, country: Country) -> Vec<String> {
    let plan = country.plan();
    let digits = number.value().to_string();
    let Some(national) = digits.strip_prefix(&plan.calling_code.to_string()) else {
        return Vec::new();
    };
    let trunk = plan
        .trunk
        .filter(|_| !number.is_short())
        .map(|trunk| format!("{trunk}{national}"));
    let bare = (plan.trunk.is_none() || plan.trunk_optional || number.is_short())
        .then(|| national.to_owned());
    trunk.into_iter().chain(bare).collect()
}

fn country() -> impl Strategy<Value = Country> {
    prop::sample::select(Country::ALL.to_vec())
}

/// Numbers that mostly belong to the countries served.
fn number() -> impl Strategy<Value = E164> {
    let served = (
        country(),
        prop_oneof![9 => 100_000..9_999_999_999u64, 1 => 1_000..100_000u64],
    )
        .prop_filter_map("too short", |(country, national)| {
            format!("+{}{national}", country.calling_code())
                .parse()
                .ok()
        });
    prop_oneof![4 => served, 1 => (1_000_000..999_999_999_999_999u64).prop_map(|n| E164::new(n).unwrap())]
}

/// A text with some digits replaced by `?`, and the end perhaps by `*`.
fn blurred(text: &str, blur: u16, star: Option<usize>) -> String {
    let blur_one = |(i, c): (usize, char)| {
        if c.is_ascii_digit() && blur >> (i % 16) & 1 == 1 {
            '?'
        } else {
            c
        }
    };
    let mut out: String = text.chars().enumerate().map(blur_one).collect();
    if let Some(keep) = star {
        out.truncate(1 + keep % (out.len() + 1));
        out.push('*');
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pattern_agrees_with_a_matcher_on_text(
        written in number(),
        other in number(),
        country in country(),
        national in any::<bool>(),
        blur in any::<u16>(),
        star in prop::option::of(0..16usize),
    ) {
        let forms = national_forms(written, country);
        let text = if national { forms.first().cloned().unwrap_or_default() } else { written.to_string() };
        let Ok(pattern) = Pattern::parse(&blurred(&text, blur, star)) else { return Ok(()) };
        let canonical = pattern.to_string();
        let bytes = canonical.as_bytes();
        for number in [written, other] {
            let expected = if canonical.starts_with('+') {
                glob(bytes, number.to_string().as_bytes())
            } else {
                national_forms(number, country).iter().any(|form| glob(bytes, form.as_bytes()))
            };
            prop_assert_eq!(pattern.matches_number(number, country), expected, "{} {}", pattern, number);
        }
    }

    #[test]
    fn a_pattern_of_extensions_agrees_with_a_matcher_on_text(
        pattern in "[0-9?]{1,8}\\*?",
        extension in "[0-9]{2,7}",
        blur in any::<u16>(),
        star in prop::option::of(0..8usize),
    ) {
        let extension: Extension = extension.parse().unwrap();
        for text in [pattern, blurred(&extension.to_string(), blur, star)] {
            let Ok(pattern) = Pattern::parse(&text) else { continue };
            let expected = glob(pattern.to_string().as_bytes(), extension.to_string().as_bytes());
            prop_assert_eq!(pattern.matches_extension(extension), expected, "{} {}", pattern, extension);
        }
    }

    #[test]
    fn a_pattern_without_wildcards_matches_its_number_only(
        a in number().prop_filter("refused", |number| number.checked().is_ok()),
        b in number(),
        country in country(),
    ) {
        let pattern: Pattern = a.to_string().parse().unwrap();
        prop_assert!(pattern.matches_number(a, country) && !pattern.has_wildcard());
        prop_assert_eq!(pattern.matches_number(b, country), a == b);
    }

    /// A full number is read alike as a destination and in a rule, or refused alike.
    #[test]
    fn a_pattern_without_wildcards_is_read_as_a_destination(
        code in prop::sample::select(vec!["+31", "0031", "+32 ", "+49", "+352", "+39", "+1 ", "+290", "00 44"]),
        bracket in prop::sample::select(vec!["", "(0)", " (0) ", "0", "(0"]),
        rest in "[-0-9 ()]{0,13}",
    ) {
        let text = format!("{code}{bracket}{rest}");
        let (pattern, number) = (Pattern::parse(&text), Destination::parse(&text));
        if text.starts_with('+') || matches!(number, Ok(Destination::Number(_))) {
            prop_assert_eq!(pattern.map(|p| p.to_string()).ok(), number.map(|n| n.to_string()).ok(), "{}", text);
        }
    }

    /// What is refused can match no number that may be typed.
    #[test]
    fn a_pattern_that_a_number_matches_is_taken(
        number in number().prop_filter("refused", |number| number.checked().is_ok()),
        blur in any::<u16>(),
        star in prop::option::of(0..16usize),
        national in any::<bool>(),
    ) {
        let Some(country) = number.country() else { return Ok(()) };
        let form = national_forms(number, country).into_iter().next().unwrap_or_default();
        let text = blurred(&if national { form } else { number.to_string() }, blur, star);
        if let Ok(pattern) = serde_json::from_value::<Pattern>(text.clone().into())
            && pattern.matches_number(number, country)
        {
            prop_assert_eq!(Pattern::parse(&text), Ok(pattern));
            prop_assert_eq!(pattern.check(country), Ok(()), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}|[-+*#?0-9 ()./]{0,24}", country in country()) {
        if let Ok(typed) = Destination::parse(&text) {
            prop_assert_eq!(Destination::parse(&typed.to_string()), Ok(typed));
            let json = serde_json::to_string(&typed).unwrap();
            prop_assert_eq!(serde_json::from_str::<Destination>(&json).unwrap(), typed);
            let _ = typed.resolve(country);
        }
        if let Ok(pattern) = Pattern::parse(&text) {
            prop_assert_eq!(Pattern::parse(&pattern.to_string()), Ok(pattern));
            let json = serde_json::to_string(&pattern).unwrap();
            prop_assert_eq!(serde_json::from_str::<Pattern>(&json).unwrap(), pattern);
        }
        let _ = (text.parse::<E164>(), text.parse::<Extension>(), text.parse::<Code>(), text.parse::<National>());
    }

    #[test]
    fn a_number_survives_being_written(number in number()) {
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        prop_assert_eq!(pretty(number).parse(), Ok(number));
        prop_assert_eq!(Destination::parse(&pretty(number)).ok(), number.checked().ok().map(Destination::Number));
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<E164>(&json).unwrap(), number);
    }

    #[test]
    fn a_national_number_is_the_same_number_abroad(number in number()) {
        let (Some(country), Ok(_)) = (number.country(), number.checked()) else { return Ok(()) };
        for form in national_forms(number, country) {
            if let Ok(typed) = Destination::parse(&form) {
                prop_assert_eq!(typed.public(country), Some(number), "{}", form);
            }
        }
    }
}
