//! Voicemail passcodes (manual § 8.2.1): which may be chosen, and how one is drawn. Whoever keeps one keeps a hash.

use crate::caller::Caller;
use crate::number::{Country, Destination, Resolved};
use std::fmt;

/// The fewest digits.
pub const MIN_LENGTH: usize = 6;
/// The most digits.
pub const MAX_LENGTH: usize = 30;
/// How many of a user's passcodes are remembered, the one in use among them: none of them may be chosen again.
pub const REMEMBERED: usize = 5;
/// The longest run of digits each one above, or each one below, the digit before it.
pub const MAX_RUN: usize = 3;

/// A passcode that may be used. Its digits are never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Passcode(String);

/// Why a passcode may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasscodeError {
    /// Something else than digits.
    #[error("a passcode has digits only")]
    NotDigits,
    /// Fewer than [`MIN_LENGTH`] digits.
    #[error("a passcode has at least {MIN_LENGTH} digits")]
    TooShort,
    /// More than [`MAX_LENGTH`] digits.
    #[error("a passcode has at most {MAX_LENGTH} digits")]
    TooLong,
    /// A run of more than [`MAX_RUN`] digits up or down.
    #[error("a passcode has no run of more than {MAX_RUN} digits up or down")]
    Run,
    /// One that was used not long ago.
    #[error("this passcode was used recently")]
    Recent,
}

impl Passcode {
    /// Checks a passcode as it was typed. `recent` tells whether it is one of the last that the user had: only hashes
    /// of them are kept.
    pub fn parse(text: &str, recent: &dyn Fn(&str) -> bool) -> Result<Self, PasscodeError> {
        if !text.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(PasscodeError::NotDigits);
        }
        match text.len() {
            ..MIN_LENGTH => Err(PasscodeError::TooShort),
            length if length > MAX_LENGTH => Err(PasscodeError::TooLong),
            _ if longest_run(text.as_bytes()) > MAX_RUN => Err(PasscodeError::Run),
            _ if recent(text) => Err(PasscodeError::Recent),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// Draws a passcode of [`MIN_LENGTH`] digits; `draw` gives numbers by chance, each at least 0 and below its argument.
    pub fn draw(draw: &mut dyn FnMut(u8) -> u8) -> Self {
        let mut digits: Vec<u8> = Vec::with_capacity(MIN_LENGTH);
        while digits.len() < MIN_LENGTH {
            digits.push(b'0' + draw(10) % 10);
            if longest_run(&digits) > MAX_RUN {
                // The same digit twice is no run, so that a source of one and the same number ends too.
                let before = digits[digits.len() - 2];
                digits.pop();
                digits.push(before);
            }
        }
        Self(digits.into_iter().map(char::from).collect())
    }

    /// The digits, for hashing and for showing to whoever asked to see them.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passcode(******)")
    }
}

/// What a caller keyed in as a passcode. Its digits are never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed(String);

impl Typed {
    /// The digits, for whoever holds the hash.
    pub fn digits(&self) -> &str {
        &self.0
    }

    pub(crate) fn push(&mut self, digit: char) {
        self.0.push(digit);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl From<&str> for Typed {
    fn from(digits: &str) -> Self {
        Self(digits.to_owned())
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("******")
    }
}

fn longest_run(digits: &[u8]) -> usize {
    let run = |step: i16| {
        let (mut longest, mut length) = (1, 1);
        for pair in digits.windows(2) {
            length = if i16::from(pair[1]) - i16::from(pair[0]) == step {
                length + 1
            } else {
                1
            };
            longest = longest.max(length);
        }
        longest
    };
    run(1).max(run(-1))
}

/// Whether a caller has to key in the passcode of a mailbox: not its owner at an own phone, and not who calls from one
/// of the aliases (manual § 8.2.2). An alias counts for phones of the enterprise only, which are known by their account:
/// whoever calls from outside can show any number.
pub fn is_needed(
    owner: crate::id::UserId,
    aliases: &[Destination],
    caller: &Caller,
    country: Country,
) -> bool {
    let alias = |alias: &Destination| match alias.resolve(country) {
        Ok(Resolved::Number(number)) => caller.number == Some(number),
        Ok(Resolved::Extension(extension)) => {
            let public = extension.public(country);
            caller.extension == Some(extension) || public.is_some() && caller.number == public
        }
        _ => false,
    };
    caller.user != Some(owner) && !(caller.is_internal() && aliases.iter().any(alias))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UserId;

    #[test]
    fn passcodes() {
        use PasscodeError as E;
        let check = |text: &str, expected: Result<&str, E>| {
            let parsed = Passcode::parse(text, &|text| text == "205917");
            assert_eq!(
                parsed.as_ref().map(Passcode::digits).map_err(|e| *e),
                expected,
                "{text}"
            );
        };
        check("123456", Err(E::Run));
        check("123567", Ok("123567"));
        check("654387", Err(E::Run));
        check("654876", Ok("654876"));
        check("928345678", Err(E::Run));
        check("111111", Ok("111111"));
        check("901290", Ok("901290"));
        check("12912", Err(E::TooShort));
        check("", Err(E::TooShort));
        check("12912a", Err(E::NotDigits));
        check("12912 ", Err(E::NotDigits));
        check(&"17".repeat(15), Ok(&"17".repeat(15)));
        check(&"173".repeat(11), Err(E::TooLong));
        check("205917", Err(E::Recent));
    }

    #[test]
    fn a_drawn_passcode_may_be_used() {
        let check = |draws: &[u8]| {
            let mut draws = draws.iter().copied().cycle();
            let drawn = Passcode::draw(&mut |_| draws.next().unwrap());
            assert_eq!(Passcode::parse(drawn.digits(), &|_| false).unwrap(), drawn);
        };
        check(&[0]);
        check(&[1, 2, 3, 4, 5, 6, 7]);
        check(&[9, 8, 7, 6, 5, 4]);
        check(&[255, 3, 17]);
    }

    #[test]
    fn digits_are_never_shown() {
        assert_eq!(
            format!("{:?}", Passcode::parse("205917", &|_| false).unwrap()),
            "Passcode(******)"
        );
    }

    #[test]
    fn aliases_need_no_passcode() {
        let aliases = [
            "06 5550 0188".parse().unwrap(),
            "205".parse().unwrap(),
            "*72".parse().unwrap(),
        ];
        let check = |caller: Caller, expected: bool| {
            assert_eq!(
                is_needed(UserId(1), &aliases, &caller, Country::Nl),
                expected,
                "{caller:?}"
            );
        };
        let mobile = Caller::external("+31655500188".parse().unwrap());
        check(mobile, true);
        check(
            Caller {
                user: Some(UserId(2)),
                ..mobile
            },
            false,
        );
        check(Caller::external("+31655500189".parse().unwrap()), true);
        check(Caller::unavailable(), true);
        check(
            Caller {
                user: Some(UserId(1)),
                ..Caller::default()
            },
            false,
        );
        check(
            Caller {
                user: Some(UserId(2)),
                extension: "205".parse().ok(),
                ..Caller::default()
            },
            false,
        );
        check(
            Caller {
                user: Some(UserId(2)),
                extension: "206".parse().ok(),
                ..Caller::default()
            },
            true,
        );
    }
}
