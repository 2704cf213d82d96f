//! E-mail addresses, judged in one way everywhere: what is taken here can be written on a mail.

use email_address::{EmailAddress, Options};

/// The longest address that mail servers take, in characters (RFC 5321 § 4.5.3.1.3).
pub const MAX_EMAIL: usize = 254;

/// Whether a text is an e-mail address: a name and a domain by the rules of RFC 5322, no name before it, no address of
/// a machine in brackets.
pub fn is_email(text: &str) -> bool {
    let options = Options::default()
        .without_display_text()
        .without_domain_literal();
    let labels = |domain: &str| {
        domain
            .split('.')
            .all(|label| !label.starts_with('-') && !label.ends_with('-'))
    };
    text.chars().count() <= MAX_EMAIL
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && EmailAddress::parse_with_options(text, options)
            .is_ok_and(|address| labels(address.domain()))
}

/// An address that may be left out.
pub fn is_email_or_empty(text: &str) -> bool {
    text.is_empty() || is_email(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |text: &str, expected: bool| assert_eq!(is_email(text), expected, "{text:?}");
        check("sanne@example.com", true);
        check("sanne.de-boer+sales@mail.example.nl", true);
        check("o'brien@example.ie", true);
        check("beheer@localhost", true);
        check("zoë@voorbeeld.nl", true);
        for wrong in [
            "",
            "a",
            "@",
            "a@",
            "@b.nl",
            "a@b,nl",
            "a@b..nl",
            "a@-b.nl",
            "a@b-.nl",
            "a@.b.nl",
            "a@b.nl.",
            "a@@b.nl",
            "a@b@c.nl",
            ".a@b.nl",
            "a..b@c.nl",
            "a b@c.nl",
            "a@b nl",
            "Anna <a@b.nl>",
            "<a@b.nl>",
            "a@[127.0.0.1]",
            "a@b.nl\n",
            "a@b.nl, c@d.nl",
            "a;b@c.nl",
            " a@b.nl",
        ] {
            check(wrong, false);
        }
        check(&format!("a@{}.nl", "b".repeat(64)), false);
        check(&format!("{}@example.com", "a".repeat(65)), false);
        assert!(is_email_or_empty("") && !is_email_or_empty(" "));
    }
}
