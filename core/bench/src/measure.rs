//! Timing of two things in turn, so that what else the machine does falls on both alike; and what the machine is.

use std::fs::read_to_string;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 21;
/// Long enough that what a side finds pushed out of the caches by the other does not count.
const SLICE: Duration = Duration::from_millis(150);
/// The part of the rounds that counts, the quickest: what else the machine does only adds time.
const QUIET: f64 = 0.2;

/// Two ways of answering the same questions; each closure answers all and returns how many with yes.
pub(crate) struct Pair {
    pub(crate) name: &'static str,
    pub(crate) peer_name: &'static str,
    /// How many times faster the core is to be.
    pub(crate) target: f64,
    pub(crate) questions: usize,
    pub(crate) core: Box<dyn Fn() -> usize>,
    pub(crate) peer: Box<dyn Fn() -> usize>,
}

impl Pair {
    /// Nanoseconds of the core and of the peer for one question.
    pub(crate) fn measure(&self) -> (f64, f64) {
        let (core, peer) = (passes(&self.core), passes(&self.peer));
        let rounds = (0..ROUNDS).map(|_| (time(&self.core, core), time(&self.peer, peer)));
        let (core, peer): (Vec<_>, Vec<_>) = rounds.unzip();
        (quantile(core, QUIET) / self.questions as f64, quantile(peer, QUIET) / self.questions as f64)
    }
}

/// The value below which a part of the values lies; 0 when there are none.
pub(crate) fn quantile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len().saturating_sub(1) as f64 * part).round();
    values.get(at as usize).copied().unwrap_or_default()
}

/// How many passes fill a slice of time.
fn passes(work: &dyn Fn() -> usize) -> u32 {
    let start = Instant::now();
    let mut passes = 0;
    while start.elapsed() < SLICE {
        black_box(work());
        passes += 1;
    }
    passes
}

/// Nanoseconds of one pass.
fn time(work: &dyn Fn() -> usize, passes: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..passes {
        black_box(work());
    }
    start.elapsed().as_nanos() as f64 / f64::from(passes)
}

/// Processor, cores and system, without the machine's name.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = after("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    format!("{cores} cores of {model}, {}", std::env::consts::OS)
}

/// Bytes of memory that this process holds, where the system tells.
pub(crate) fn resident_bytes() -> Option<u64> {
    let kilobytes: u64 = after("/proc/self/status", "VmRSS")?.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn after(file: &str, key: &str) -> Option<String> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
