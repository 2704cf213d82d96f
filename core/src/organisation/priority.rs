//! Priorities of call centers as they are typed (manual § 23.1.5): 1.5 puts one between those with 1 and 2.

use crate::id::UserId;
use std::collections::BTreeSet;

/// How many digits after the point count.
const DECIMALS: usize = 6;

/// Whole priorities, from 1 up, in the order of those that were typed; what was typed alike stays alike. A comma stands
/// for the point.
///
/// # Errors
/// The places, from 0, of what is no decimal number from 0 up to 65,535.
pub fn renumber(typed: &[(UserId, &str)]) -> Result<Vec<(UserId, u16)>, Vec<usize>> {
    let parsed: Vec<Option<u64>> = typed.iter().map(|(_, text)| parse(text)).collect();
    let wrong: Vec<usize> = parsed
        .iter()
        .enumerate()
        .filter(|(_, value)| value.is_none())
        .map(|(place, _)| place)
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let ranks: BTreeSet<u64> = parsed.iter().flatten().copied().collect();
    let rank = |value: u64| u16::try_from(ranks.range(..=value).count()).unwrap_or(u16::MAX);
    Ok(typed
        .iter()
        .zip(parsed.into_iter().flatten())
        .map(|((id, _), value)| (*id, rank(value)))
        .collect())
}

/// A decimal number in units of its last digit that counts.
fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > DECIMALS {
        return None;
    }
    let whole: u16 = whole.parse().ok()?;
    format!("{whole}{decimals:0<DECIMALS$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &[&str], expected: Result<&[u16], &[usize]>) {
        let typed: Vec<(UserId, &str)> = (0..).map(UserId).zip(typed.iter().copied()).collect();
        let ranks = renumber(&typed)
            .map(|ranks| ranks.into_iter().map(|(_, rank)| rank).collect::<Vec<_>>());
        assert_eq!(
            ranks.as_deref().map_err(Vec::as_slice),
            expected,
            "{typed:?}"
        );
    }

    #[test]
    fn priorities_are_renumbered_in_their_order() {
        check(&[], Ok(&[]));
        check(&["1", "2", "3"], Ok(&[1, 2, 3]));
        check(&["1", "2", "1.5"], Ok(&[1, 3, 2]));
        check(&["1", "2", "1,5"], Ok(&[1, 3, 2]));
        check(&["10", "20", "5"], Ok(&[2, 3, 1]));
        check(&["2", "2", "7"], Ok(&[1, 1, 2]));
        check(&["1.5", "1.50", "1.05"], Ok(&[2, 2, 1]));
        check(&["0", " 0.000001 ", "65535"], Ok(&[1, 2, 3]));
        check(
            &[
                "1",
                "x",
                "",
                "1.",
                ".5",
                "-1",
                "65536",
                "1.2.3",
                "0.0000001",
            ],
            Err(&[1, 2, 3, 4, 5, 6, 7, 8]),
        );
    }
}
