//! Which country codes there are. Source: ITU-T, List of Recommendation E.164 assigned country codes (annex to ITU
//! Operational Bulletin 1114), with its changes until 2024; +997, reserved for Kazakhstan, counts as one.

/// Whether some country, region or network has the country code with which a number begins. It is decided by the first
/// three digits, as no country code is longer.
pub(super) const fn is_assigned(first_three: u64) -> bool {
    // +1, +20, +7 and other codes of fewer digits take all that begin with them.
    matches!(first_three,
        100..=209 | 211..=213 | 216 | 218 | 220..=258 | 260..=279 | 290 | 291 | 297..=299
        | 300..=383 | 385..=387 | 389..=421 | 423 | 430..=670 | 672..=683 | 685..=692 | 700..=800
        | 808 | 810..=829 | 840..=850 | 852 | 853 | 855 | 856 | 860..=870 | 878 | 880..=883 | 886
        | 900..=968 | 970..=977 | 979..=989 | 992..=998
    )
}

#[cfg(test)]
mod tests {
    use super::is_assigned;

    /// Every code that is spare, reserved or was given up.
    #[test]
    fn what_nobody_has() {
        let nobody: Vec<u64> = (100..1000).filter(|code| !is_assigned(*code)).collect();
        let expected: Vec<u64> = [210, 214, 215, 217, 219, 259]
            .into_iter()
            .chain(280..=289)
            .chain(292..=296)
            .chain([384, 388, 422])
            .chain(424..=429)
            .chain([671, 684])
            .chain(693..=699)
            .chain(801..=807)
            .chain([809])
            .chain(830..=839)
            .chain([851, 854])
            .chain(857..=859)
            .chain(871..=877)
            .chain([879, 884, 885])
            .chain(887..=899)
            .chain([969, 978, 990, 991, 999])
            .collect();
        assert_eq!(nobody, expected);
    }
}
