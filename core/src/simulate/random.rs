//! Numbers that look drawn by chance: the same from the same seed on every platform.

use super::Span;
use super::elementary::{exp, ln};
use crate::policy::Draws;

/// The area under `exp(-x)` in layers of the same area, for draws that mostly take one number (the ziggurat method of
/// Marsaglia and Tsang, 2000). The lowest layer has the tail in it, which begins at `TAIL`.
struct Layers {
    /// Where each layer ends, from the lowest up.
    ends: [f64; LAYERS + 1],
    /// The same in units of the smallest step that is drawn.
    steps: [f64; LAYERS],
    /// The height at each end.
    heights: [f64; LAYERS + 1],
}

const LAYERS: usize = 256;
const TAIL: f64 = 7.697_117_470_131_05;
/// The area of each layer.
const AREA: f64 = 0.003_949_659_822_581_557;
/// The smallest step of 53 bits below 1.
const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
static EXPONENTIAL: Layers = Layers::exponential();

impl Layers {
    const fn exponential() -> Self {
        let (mut ends, mut heights) = ([0.0; LAYERS + 1], [1.0; LAYERS + 1]);
        ends[0] = AREA * exp(TAIL);
        ends[1] = TAIL;
        heights[0] = exp(-ends[0]);
        heights[1] = exp(-TAIL);
        let mut layer = 2;
        while layer < LAYERS {
            heights[layer] = heights[layer - 1] + AREA / ends[layer - 1];
            ends[layer] = -ln(heights[layer]);
            layer += 1;
        }
        let mut steps = [0.0; LAYERS];
        layer = 0;
        while layer < LAYERS {
            steps[layer] = ends[layer] * STEP;
            layer += 1;
        }
        Self {
            ends,
            steps,
            heights,
        }
    }
}

/// A generator.
#[derive(Clone, Debug)]
pub(super) struct Random(Draws);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        // Drawn from the seed: whoever else draws from the same one draws other numbers.
        Self(Draws::new(Draws::new(seed).number()))
    }

    fn number(&mut self) -> u64 {
        self.0.number()
    }

    /// Above 0 and at most 1.
    pub(super) fn unit(&mut self) -> f64 {
        ((self.number() >> 11) + 1).cast_signed() as f64 * STEP
    }

    /// With mean 1.
    pub(super) fn exponential(&mut self) -> f64 {
        let number = self.number();
        let layer = (number % LAYERS as u64) as usize;
        // A signed number becomes a float in one instruction.
        let x = EXPONENTIAL.steps[layer] * (number >> 11).cast_signed() as f64;
        // Surely under the curve: it is so above the whole part of the layer that the next one covers too.
        if x < EXPONENTIAL.ends[layer + 1] {
            x
        } else {
            self.at_the_curve(layer, x)
        }
    }

    /// One draw in a hundred is so near to the curve that it has to be looked at.
    #[cold]
    fn at_the_curve(&mut self, layer: usize, x: f64) -> f64 {
        if layer == 0 {
            return TAIL - ln(self.unit());
        }
        let heights = &EXPONENTIAL.heights;
        let height = heights[layer] + self.unit() * (heights[layer + 1] - heights[layer]);
        if height < exp(-x) {
            x
        } else {
            self.exponential()
        }
    }

    /// With mean 0 and variance 1 (the polar method of Marsaglia).
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * ln(square) / square).sqrt();
            }
        }
    }

    /// A time, in milliseconds.
    pub(super) fn span(&mut self, span: Span) -> i64 {
        let seconds = match span {
            Span::Fixed { seconds } => seconds,
            Span::Exponential { mean } => mean * self.exponential(),
            Span::Lognormal { mean, variation } => {
                let square = ln(1.0 + variation * variation);
                mean * exp(square.sqrt() * self.normal() - square / 2.0)
            }
        };
        (seconds * 1000.0 + 0.5) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_on_every_platform() {
        let mut random = Random::new(1);
        let drawn: Vec<u64> = (0..4).map(|_| random.number()).collect();
        assert_eq!(drawn, EXPECTED);
        let span = Span::Lognormal {
            mean: 180.0,
            variation: 0.8,
        };
        let drawn: Vec<i64> = (0..4).map(|_| random.span(span)).collect();
        assert_eq!(drawn, SPANS);
    }

    const EXPECTED: [u64; 4] = [
        6_791_897_765_849_424_158,
        17_405_687_883_870_564_846,
        834_844_254_806_117_752,
        14_341_179_868_655_528_873,
    ];
    const SPANS: [i64; 4] = [85_711, 225_827, 86_610, 159_566];

    #[test]
    fn means_and_variations() {
        let check = |span: Span, mean: f64, variation: f64| {
            let mut random = Random::new(7);
            let n = 400_000;
            let drawn: Vec<f64> = (0..n).map(|_| random.span(span) as f64 / 1000.0).collect();
            let found = drawn.iter().sum::<f64>() / f64::from(n);
            let spread =
                drawn.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / f64::from(n);
            let error = variation / f64::from(n).sqrt();
            // Within four standard errors of the mean.
            assert!(
                (found / mean - 1.0).abs() <= 4.0 * error + 1e-9,
                "{span:?}: {found}"
            );
            assert!(
                (spread.sqrt() / mean - variation).abs() <= 0.02,
                "{span:?}: {}",
                spread.sqrt()
            );
        };
        check(Span::Fixed { seconds: 20.0 }, 20.0, 0.0);
        check(Span::Exponential { mean: 180.0 }, 180.0, 1.0);
        check(
            Span::Lognormal {
                mean: 180.0,
                variation: 0.8,
            },
            180.0,
            0.8,
        );
    }
}
