//! A-law, as phones speak it.

/// ITU-T G.711, table 1a.
pub(crate) fn encode(sample: i16) -> u8 {
    let sign = if sample >= 0 { 0x80 } else { 0 };
    let size = (i32::from(sample).abs() >> 3).min(0xfff) as u16;
    let code = if size < 32 {
        size >> 1
    } else {
        let segment = 11 - size.leading_zeros() as u16;
        (segment << 4) | ((size >> segment) & 0xf)
    };
    (sign | code as u8) ^ 0x55
}
