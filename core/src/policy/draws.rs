//! Numbers that look drawn by chance and follow from a seed: the same on every machine and in every browser.

use crate::id::UserId;

/// The seed of a group's draws for one call: another for each group, each call and each start.
pub fn seed(start: u64, group: UserId, nth: u64) -> u64 {
    [u64::from(group.0), nth]
        .iter()
        .fold(Draws::new(start).number(), |seed, part| {
            Draws::new(seed ^ part).number()
        })
}

/// Numbers that look drawn by chance and follow from a seed (`SplitMix64`: Steele, Lea and Flood, 2014).
#[derive(Clone, Copy, Debug)]
pub struct Draws(u64);

impl Draws {
    /// The draws of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`, each as likely but for one part in 2⁶⁴ ÷ `limit`; 0 when `limit` is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.number()) * u128::from(limit)) >> 64) as u64
    }
}
