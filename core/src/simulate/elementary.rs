//! Logarithm and exponential from plain arithmetic: the standard ones differ by platform, and a simulation must not.

use std::f64::consts::LN_2;

/// The natural logarithm of a positive, normal number, to about 15 digits.
pub(crate) const fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7FF) as i64 - 1023;
    let mut mantissa = f64::from_bits(bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000);
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    // ln m = 2 artanh((m - 1) / (m + 1))
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let mut sum = 0.0;
    let mut odd = 19_u32;
    while odd > 0 {
        sum = sum * square + 1.0 / odd as f64;
        odd = odd.saturating_sub(2);
    }
    exponent as f64 * LN_2 + 2.0 * s * sum
}

/// e to the power of `x`, to about 15 digits; 0 and infinity beyond what fits.
pub(crate) const fn exp(x: f64) -> f64 {
    if x < -700.0 {
        return 0.0;
    }
    if x > 700.0 {
        return f64::INFINITY;
    }
    let twos = (x / LN_2 + if x < 0.0 { -0.5 } else { 0.5 }) as i64;
    let rest = x - twos as f64 * LN_2;
    let mut sum = 1.0;
    let mut term = 14_u32;
    while term > 0 {
        sum = 1.0 + sum * rest / term as f64;
        term -= 1;
    }
    sum * f64::from_bits(((twos + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agree_with_the_standard_ones() {
        for x in [
            1e-300, 1e-9, 0.1, 0.5, 0.999_999, 1.0, 1.414, 1.415, 2.0, 10.0, 12_345.678, 1e300,
        ] {
            assert!(
                (ln(x) - f64::ln(x)).abs() <= 1e-14 * f64::ln(x).abs().max(1.0),
                "ln {x}"
            );
        }
        for x in [-690.0, -20.5, -1.0, -0.3, 0.0, 0.3, 0.35, 1.0, 20.0, 690.0] {
            assert!((exp(x) / f64::exp(x) - 1.0).abs() < 1e-12, "exp {x}");
        }
        assert_eq!((exp(-1e9), exp(1e9)), (0.0, f64::INFINITY));
    }
}
