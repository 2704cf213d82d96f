//! Timing of two things in turn, so that what else the machine does falls on both alike; and what the machine is.

use std::fs::read_to_string;
use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

const ROUNDS: usize = 15;
/// Long enough that what a side finds pushed out of the caches by the other does not count.
const SLICE: Duration = Duration::from_millis(150);
/// Questions are timed in so many portions, each shorter than a turn that the system gives to a process.
const PORTIONS: usize = 16;
/// The part of the times of a portion that counts, the quickest: what else the machine does only adds time.
const QUIET: f64 = 0.2;

/// Answers some of the questions and returns how many with yes.
type Answer = Box<dyn Fn(Range<usize>) -> usize>;

/// Two ways of answering the same questions.
pub(crate) struct Pair {
    pub(crate) name: &'static str,
    pub(crate) peer_name: &'static str,
    /// How many times faster the core is to be.
    pub(crate) target: f64,
    pub(crate) questions: usize,
    pub(crate) core: Answer,
    pub(crate) peer: Answer,
}

impl Pair {
    /// Nanoseconds of the core and of the peer for one question.
    pub(crate) fn measure(&self) -> (f64, f64) {
        let (mut core, mut peer) = (
            [const { Vec::new() }; PORTIONS],
            [const { Vec::new() }; PORTIONS],
        );
        for _ in 0..ROUNDS {
            self.slice(&self.core, &mut core);
            self.slice(&self.peer, &mut peer);
        }
        let total = |times: [Vec<f64>; PORTIONS]| {
            times
                .map(|times| quantile(times, QUIET))
                .iter()
                .sum::<f64>()
        };
        (
            total(core) / self.questions as f64,
            total(peer) / self.questions as f64,
        )
    }

    /// Answers everything again and again for a slice of time.
    fn slice(&self, answer: &Answer, times: &mut [Vec<f64>; PORTIONS]) {
        let size = self.questions / PORTIONS;
        let start = Instant::now();
        while start.elapsed() < SLICE {
            for (portion, times) in times.iter_mut().enumerate() {
                let start = Instant::now();
                black_box(answer(portion * size..(portion + 1) * size));
                times.push(start.elapsed().as_nanos() as f64);
            }
        }
    }
}

/// The value below which a part of the values lies; 0 when there are none.
pub(crate) fn quantile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len().saturating_sub(1) as f64 * part).round();
    values.get(at as usize).copied().unwrap_or_default()
}

/// Processor, cores and system, without the machine's name.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model =
        after("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    format!("{cores} cores of {model}, {}", std::env::consts::OS)
}

/// Bytes of memory that this process holds, where the system tells.
pub(crate) fn resident_bytes() -> Option<u64> {
    let kilobytes: u64 = after("/proc/self/status", "VmRSS")?
        .split_whitespace()
        .next()?
        .parse()
        .ok()?;
    Some(kilobytes * 1024)
}

fn after(file: &str, key: &str) -> Option<String> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
