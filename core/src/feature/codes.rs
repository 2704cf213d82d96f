//! The feature access codes of an enterprise: the defaults, and what it chose instead (requirement C28).

use super::Feature;
use crate::error::{Code as Wrong, FieldError};
use crate::number::Code;
use std::collections::BTreeMap;

/// The most symbols of a code.
const LONGEST: usize = 6;

/// The codes of an enterprise.
#[derive(Clone, Copy, Debug)]
pub struct Codes<'a>(&'a BTreeMap<Feature, Code>);

impl<'a> Codes<'a> {
    /// The codes, from those that differ from the defaults.
    pub fn new(own: &'a BTreeMap<Feature, Code>) -> Self {
        Self(own)
    }

    /// The code of a feature.
    pub fn code(self, feature: Feature) -> Option<Code> {
        self.0.get(&feature).copied().or_else(|| feature.standard())
    }

    /// Every code, in the order of the table.
    pub fn all(self) -> impl Iterator<Item = (Feature, Code)> + 'a {
        Feature::ALL
            .iter()
            .filter_map(move |feature| Some((*feature, self.code(*feature)?)))
    }

    /// The longest code with which dialled digits begin; of equal codes the first of the table.
    pub fn longest(self, digits: &str) -> Option<(Feature, Code)> {
        if !digits.starts_with(['*', '#']) {
            return None;
        }
        self.all()
            .filter(|(_, code)| digits.starts_with(&code.to_string()))
            .reduce(|best, next| {
                if next.1.len() > best.1.len() {
                    next
                } else {
                    best
                }
            })
    }

    /// What is wrong with the codes that an enterprise chose, at the name of each feature: a code has 2 to 6 symbols,
    /// begins with `*` or `#`, and is no other feature's.
    pub fn check(self) -> Vec<FieldError> {
        let wrong = |(feature, code): (&Feature, &Code)| {
            let taken = self
                .all()
                .any(|(other, theirs)| other != *feature && theirs == *code);
            let error = match code.len() {
                len if len > LONGEST => Wrong::TooLong,
                _ if !code.to_string().starts_with(['*', '#']) => Wrong::CodeUnmarked,
                _ if taken => Wrong::CodeTaken,
                _ => return None,
            };
            Some(FieldError::new(feature.name(), error))
        };
        self.0.iter().filter_map(wrong).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Feature as F;

    fn chosen(codes: &[(Feature, &str)]) -> BTreeMap<Feature, Code> {
        codes
            .iter()
            .map(|(feature, code)| (*feature, code.parse().unwrap()))
            .collect()
    }

    #[test]
    fn the_longest_code_counts() {
        let check = |own: &[(Feature, &str)], digits: &str, expected: Option<Feature>| {
            let own = chosen(own);
            assert_eq!(
                Codes::new(&own).longest(digits).map(|(feature, _)| feature),
                expected,
                "{digits}"
            );
        };
        check(&[], "*61*", Some(F::ForwardingNoAnswerAsk));
        check(&[], "*610", Some(F::RingCount));
        check(&[], "*6104", Some(F::RingCount));
        check(&[], "*61", None);
        check(&[], "*67", Some(F::CallerIdBlockNext));
        check(&[], "*67*", Some(F::ForwardingBusyAsk));
        check(&[], "*67102", Some(F::CallerIdBlockNext));
        check(&[], "#9", Some(F::CallbackMenu));
        check(&[], "72", None);
        check(&[], "", None);
        check(&[(F::Park, "*72")], "*72", Some(F::ForwardingAlwaysOn));
        check(&[(F::Park, "*721")], "*7210", Some(F::Park));
        check(&[(F::ForwardingAlwaysOn, "*1")], "*72", None);
        check(
            &[(F::ForwardingAlwaysOn, "*1")],
            "*11",
            Some(F::CallRetrieve),
        );
        check(
            &[(F::ForwardingAlwaysOn, "*1")],
            "*12",
            Some(F::ForwardingAlwaysOn),
        );
    }

    #[test]
    fn codes_that_may_be_chosen() {
        let check = |own: &[(Feature, &str)], expected: &[(&str, Wrong)]| {
            let own = chosen(own);
            let expected: Vec<_> = expected
                .iter()
                .map(|(at, code)| FieldError::new(*at, *code))
                .collect();
            assert_eq!(Codes::new(&own).check(), expected, "{own:?}");
        };
        check(&[], &[]);
        check(&[(F::Park, "*6")], &[]);
        check(&[(F::Park, "#12345")], &[]);
        check(&[(F::Park, "*123456")], &[("park", Wrong::TooLong)]);
        check(&[(F::Park, "68")], &[("park", Wrong::CodeUnmarked)]);
        check(&[(F::Park, "*72")], &[("park", Wrong::CodeTaken)]);
        check(&[(F::Park, "*72"), (F::ForwardingAlwaysOn, "*68")], &[]);
        check(
            &[(F::Park, "*1"), (F::Retrieve, "*1")],
            &[("park", Wrong::CodeTaken), ("retrieve", Wrong::CodeTaken)],
        );
    }
}
