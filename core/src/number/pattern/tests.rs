//! Patterns as people type them, and what they match.

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
        assert_eq!(
            parsed.matches_number(number, Country::Nl),
            expected,
            "{pattern} {number}"
        );
        let ends = parsed
            .ends()
            .meet(Spelling::new(number, Country::Nl).ends());
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
    assert!(
        Pattern::parse("478 272")
            .unwrap()
            .matches_extension("478272".parse().unwrap())
    );
}

#[test]
fn national_patterns_of_a_country() {
    use Country::{De, Lu, Nl, Us};
    use PatternError as E;
    let check = |text: &str, country: Country, expected: Result<(), E>| {
        assert_eq!(
            Pattern::parse(text).unwrap().check(country),
            expected,
            "{text} {country:?}"
        );
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
    assert_eq!(
        Pattern::parse("+310205550100"),
        Err(PatternError::TrunkAfterCountry)
    );
}

#[test]
fn ends() {
    let check = |pattern: &str, number: &str, expected: bool| {
        let (parsed, spelled) = (
            Pattern::parse(pattern).unwrap(),
            Spelling::new(number.parse().unwrap(), Country::Nl),
        );
        assert_eq!(
            parsed.ends().meet(spelled.ends()),
            expected,
            "{pattern} {number}"
        );
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
        Pattern::parse(pattern)
            .unwrap()
            .ends()
            .meet(Ends::of_extension(extension.parse().unwrap()))
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
    let code = |pattern: &str, code: &str| {
        Pattern::parse(pattern)
            .unwrap()
            .matches_code(code.parse().unwrap())
    };
    assert!(code("*72", "*72") && code("#0?", "#05") && code("*?2", "*72"));
    assert!(!code("*72", "*73") && !code("#0?", "#0*") && !code("*72", "*721"));
}
