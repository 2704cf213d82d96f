//! Whether any number can match a pattern. Without wildcards it is refused as the number is; with them only for what
//! no number has: a trunk prefix after the country code, or none where the country needs it.

use super::{Country, Destination, Form, NumberError, Pattern, PatternError};

impl Pattern {
    /// What is wrong with a pattern that is written as a national number, in a country. Up to 7 digits may stand for an
    /// extension.
    pub fn check(&self, country: Country) -> Result<(), PatternError> {
        if self.form != Form::Domestic || self.len + u8::from(self.star) <= 7 {
            return Ok(());
        }
        if !self.has_wildcard() {
            let number =
                Destination::parse(&self.to_string()).and_then(|number| number.resolve(country));
            return number.map(|_| ()).map_err(PatternError::from);
        }
        let plan = country.plan();
        let needed = plan.trunk.filter(|_| !plan.trunk_optional);
        match (needed, self.symbols().get(0)) {
            (Some(trunk), Some(first)) if first != trunk => Err(PatternError::NotNational),
            _ => Ok(()),
        }
    }

    /// What is wrong with an international pattern whose country is one of those served.
    pub(super) fn check_abroad(&self) -> Result<(), PatternError> {
        if self.form != Form::International {
            return Ok(());
        }
        let text = self.to_string();
        if !self.has_wildcard() {
            return Destination::parse(&text)
                .map(|_| ())
                .map_err(PatternError::from);
        }
        let trunk_follows = |country: Country| {
            let rest = text.strip_prefix(&format!("+{}", country.calling_code()));
            let first = rest.and_then(|rest| rest.bytes().next());
            country
                .plan()
                .trunk
                .is_some_and(|trunk| first == Some(b'0') || first == Some(b'0' + trunk))
        };
        if Country::ALL.into_iter().any(trunk_follows) {
            return Err(PatternError::TrunkAfterCountry);
        }
        Ok(())
    }
}

impl From<NumberError> for PatternError {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Empty => Self::Empty,
            NumberError::TooShort => Self::TooShort,
            NumberError::TooLong => Self::TooLong,
            NumberError::BadCharacter { at, found } => Self::BadCharacter { at, found },
            NumberError::UnknownCountry => Self::UnknownCountry,
            NumberError::TrunkAfterCountry => Self::TrunkAfterCountry,
            NumberError::NotNational => Self::NotNational,
        }
    }
}
