//! Searching people by name or number.

use centrale_core::organisation::User;

/// What is looked for: part of a name, or part of a number as it is written anywhere.
#[derive(Clone, Debug)]
pub struct Search {
    /// Part of the name, in small letters.
    pub(super) text: String,
    /// Part of a number, when it looks like one.
    pub(super) digits: Option<String>,
    /// Mobile numbers are looked at: a search that finds by what it does not show tells it digit by digit.
    pub(super) mobile: bool,
}

impl Search {
    /// What an administrator typed.
    pub fn new(text: &str) -> Self {
        Self {
            mobile: true,
            ..Self::by_shown(text)
        }
    }

    /// What a colleague typed, who sees no mobile numbers.
    pub fn by_shown(text: &str) -> Self {
        let is_number = text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-./()".contains(c));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = (is_number && !digits.is_empty()).then_some(digits);
        Self {
            text: text.trim().to_lowercase(),
            digits,
            mobile: false,
        }
    }

    /// Nothing is looked for: everybody is found.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The digits that an international number holds of what was typed: neither the trunk prefix nor that of an
    /// international call is part of the number itself.
    pub(super) fn significant(digits: &str) -> &str {
        digits.trim_start_matches('0')
    }

    /// Whether somebody is looked for who is called so: what the index answers for all at once.
    pub fn finds(&self, name: &str, user: &User) -> bool {
        let Some(digits) = &self.digits else {
            return name.to_lowercase().contains(&self.text);
        };
        let significant = Self::significant(digits);
        let numbers = user
            .number
            .into_iter()
            .chain(user.mobile.filter(|_| self.mobile));
        let number = numbers
            .into_iter()
            .any(|n| n.to_string().contains(significant));
        number
            || user
                .extension
                .is_some_and(|extension| extension.to_string().contains(digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches() {
        let user: User = serde_json::from_value(serde_json::json!({
            "id": 1, "login": "sanne", "first_name": "Sanne", "last_name": "de Vries", "profile": "fixed",
            "location": 1, "number": "+31305550142", "extension": "142", "mobile": "+31655501199"
        }))
        .unwrap();
        let check = |text: &str, expected| {
            assert_eq!(
                Search::new(text).finds(&user.name(), &user),
                expected,
                "{text}"
            );
        };
        check("", true);
        check("sanne de", true);
        check(" VRIES ", true);
        check("jansen", false);
        check("142", true);
        check("030 555 01 42", true);
        check("0031 30", true);
        check("+31 (0)6", false);
        check("06 555", true);
        check("999", false);
        for (text, expected) in [
            ("142", true),
            ("030 555", true),
            ("06 555", false),
            ("99", false),
        ] {
            assert_eq!(
                Search::by_shown(text).finds(&user.name(), &user),
                expected,
                "{text}"
            );
        }
    }
}
