//! Millions of random organisations, each with one call through its web of forwardings: every call ends, none is diverted
//! more than ten times, and no leg is lost. A debug build tries some thousands, a release build four million:
//! `script/properties` runs it so. `CENTRALE_SEED` tries the organisations of one seed, as a failure names it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests fail by panicking, and tell their figures"
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "webs/driver.rs"]
mod driver;
#[path = "webs/web.rs"]
mod web;

use driver::{Seen, drive};
use web::{Random, Web};

/// Organisations of one seed: the first is drawn whole, each other differs from the one before in some parties.
const OF_A_SEED: u64 = 256;
const SEEDS: u64 = if cfg!(debug_assertions) { 24 } else { 16_384 };

/// Tells which organisation a panic was about.
struct Telling {
    seed: u64,
    nth: u64,
}

impl Drop for Telling {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "organisation {} of seed {}: CENTRALE_SEED={} tries it again",
                self.nth, self.seed, self.seed
            );
        }
    }
}

#[test]
fn calls_through_any_web_end() {
    let only = std::env::var("CENTRALE_SEED")
        .ok()
        .map(|seed| seed.parse::<u64>().unwrap());
    let seeds = only.map_or(0..SEEDS, |seed| seed..seed + 1);
    let mut seen = Seen::default();
    let mut web = Web::new();
    #[allow(clippy::disallowed_methods, reason = "how fast it goes is told")]
    let began = std::time::Instant::now();
    for seed in seeds.clone() {
        let mut random = Random::new(seed);
        let mut telling = Telling { seed, nth: 0 };
        web.draw_all(&mut random);
        for nth in 0..OF_A_SEED {
            telling.nth = nth;
            drive(&web.config, &mut random, &mut seen);
            web.draw_some(&mut random);
        }
    }
    let organisations = (seeds.end - seeds.start) * OF_A_SEED;
    eprintln!(
        "{organisations} organisations in {:.1?}: {seen:?}",
        began.elapsed()
    );
    if only.is_none() {
        seen.check(organisations);
    }
}
