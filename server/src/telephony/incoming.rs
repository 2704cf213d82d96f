//! What the dial plan (`server/asterisk/extensions.conf`) gives with an incoming call.

/// Whether the caller wants the number shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presentation {
    /// May be shown.
    Allowed,
    /// Withheld on purpose.
    Restricted,
    /// Not known to the network.
    Unavailable,
}

/// An incoming call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The SIP account it came in on: a phone's, or a trunk's.
    pub account: String,
    /// Whether the caller's number may be shown.
    pub presentation: Presentation,
    /// The caller's number as the account sent it, cut down to digits, `+`, `*`, `#`. Trust it on
    /// a trunk only; a phone is known by its account. May be empty.
    pub number: String,
    /// What was dialled: digits, `+`, `*`, `#`.
    pub dialed: String,
}

impl Incoming {
    /// Reads the arguments of `StasisStart`; `None` when the channel is a leg of ours.
    pub fn from_args(args: &[String]) -> Option<Self> {
        let [kind, account, presentation, number, dialed] = args else {
            return None;
        };
        (kind == "incoming").then(|| Self {
            account: account.clone(),
            presentation: presentation_of(presentation, number),
            number: number
                .chars()
                .filter(|c| !c.is_ascii_alphabetic())
                .collect(),
            dialed: dialed.clone(),
        })
    }
}

/// Asterisk's names: `allowed_*`, `prohib_*` and `unavailable`. A withheld number also comes as the user name
/// `anonymous` (RFC 3323 § 4.1.1.3).
fn presentation_of(presentation: &str, number: &str) -> Presentation {
    if presentation.starts_with("prohib") || number == "anonymous" {
        Presentation::Restricted
    } else if presentation.starts_with("allowed") && !number.is_empty() {
        Presentation::Allowed
    } else {
        Presentation::Unavailable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read() {
        let check = |args: &str, expected: Option<(&str, Presentation, &str, &str)>| {
            let args: Vec<String> = args.split(',').map(str::to_owned).collect();
            let expected = expected.map(|(account, presentation, number, dialed)| Incoming {
                account: account.to_owned(),
                presentation,
                number: number.to_owned(),
                dialed: dialed.to_owned(),
            });
            assert_eq!(Incoming::from_args(&args), expected, "{args:?}");
        };
        check(
            "incoming,1001,allowed_not_screened,1001,0201234567",
            Some(("1001", Presentation::Allowed, "1001", "0201234567")),
        );
        check(
            "incoming,trunk,prohib_not_screened,+31612345678,+31201234567",
            Some((
                "trunk",
                Presentation::Restricted,
                "+31612345678",
                "+31201234567",
            )),
        );
        check(
            "incoming,trunk,allowed_not_screened,anonymous,112",
            Some(("trunk", Presentation::Restricted, "", "112")),
        );
        check(
            "incoming,trunk,unavailable,,112",
            Some(("trunk", Presentation::Unavailable, "", "112")),
        );
        check(
            "incoming,trunk,allowed,,112",
            Some(("trunk", Presentation::Unavailable, "", "112")),
        );
        check("dialed", None);
        check("other,a,b,c,d", None);
    }
}
