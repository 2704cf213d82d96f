//! Shares as the style sheet writes them.

/// A part of a whole as a percentage with three decimals: `12.500%`. A whole of 0 counts as 1.
pub(crate) fn percent(part: u16, whole: u16) -> String {
    let thousandths = u32::from(part) * 100_000 / u32::from(whole.max(1));
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        let check = |part, whole, expected: &str| assert_eq!(percent(part, whole), expected);
        check(0, 7, "0.000%");
        check(1, 8, "12.500%");
        check(6, 7, "85.714%");
        check(10_080, 10_080, "100.000%");
        check(1, 10_080, "0.009%");
    }
}
