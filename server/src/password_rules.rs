//! Which passwords may be chosen: long, not easily guessed, not known from leaks, without one's own words. All offline.

use centrale_core::error::Code;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use zxcvbn::{Score, zxcvbn};

/// The shortest, in characters.
pub(crate) const SHORTEST: usize = 12;
/// The longest, in characters: hashing takes its time.
const LONGEST: usize = 200;
/// The shortest of one's own words that is looked for.
const SHORTEST_WORD: usize = 4;

/// The commonest of leaks that are long enough, in lower case: from the lists of Django (BSD) and zxcvbn-ts (MIT). Shorter
/// ones, and what is made of them, zxcvbn knows.
static LEAKED: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("password_leaked.txt").lines().collect());

/// Whether a password may be chosen by somebody with these words: login, names, enterprise. Takes some milliseconds.
pub(crate) fn check(password: &str, own: &[&str]) -> Result<(), Code> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Code::PasswordTooShort);
    }
    if length > LONGEST {
        return Err(Code::PasswordTooLong);
    }
    let lower = password.to_lowercase();
    let own: Vec<String> = own.iter().flat_map(|text| words(text)).collect();
    if own.iter().any(|word| lower.contains(word.as_str())) {
        return Err(Code::PasswordOwnWord);
    }
    // The best of its scores, 10^10 guesses: `Welkom2026!!` reaches the one below.
    let guessable = zxcvbn(password, &["centrale", "wachtwoord", "welkom"]).score() < Score::Four;
    if guessable || LEAKED.contains(lower.as_str()) {
        return Err(Code::PasswordCommon);
    }
    Ok(())
}

/// The words of a text that are long enough, in lower case.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().count() >= SHORTEST_WORD)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_may_be_chosen() {
        let own = ["sanne", "Sanne de Boer", "Van Dijk Logistiek"];
        let test = |password: &str, expected: Result<(), Code>| {
            assert_eq!(check(password, &own), expected, "{password}");
        };
        test("", Err(Code::PasswordTooShort));
        test("zw4luw-huig", Err(Code::PasswordTooShort));
        test("één-zwaluw-in-mei", Ok(()));
        test("kraan molen zwaluw", Ok(()));
        test(&"zwaluw ".repeat(29), Err(Code::PasswordTooLong));
        for own in [
            "mijn-Sanne-kraan-92",
            "zwaluw kraan DIJK",
            "logistiek-kraan-7-molen",
            "boer molen kraan",
        ] {
            test(own, Err(Code::PasswordOwnWord));
        }
        for common in [
            "passwordpassword",
            "123456789012",
            "qwertyuiopas",
            "aaaaaaaaaaaaaa",
            "welkom123456",
            "Welkom2026!!",
            "1q2w3e4r5t6y",
            "centrale1234",
            "QWERTY123456",
            "abcdefghijkl",
            "wachtwoord12",
        ] {
            test(common, Err(Code::PasswordCommon));
        }
    }

    #[test]
    fn every_one_that_was_leaked_is_refused() {
        assert!(LEAKED.len() > 400);
        for password in LEAKED.iter() {
            assert_eq!(
                check(password, &[]),
                Err(Code::PasswordCommon),
                "{password}"
            );
            assert_eq!(
                check(&password.to_uppercase(), &[]),
                Err(Code::PasswordCommon),
                "{password}"
            );
        }
    }
}
