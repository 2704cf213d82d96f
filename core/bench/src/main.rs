//! What the core costs beside peers that do the same work on the same inputs, and on its own.
//! Usage: `centrale-bench FILE [first-load=BYTES] [save=MICROSECONDS] [scale-NAME=FIGURE] [memory=MB]
//! [simpy=PYTHON]`
//! measures, with the two of each pair in turn, prints the tables and writes them to the file, with those figures that
//! others measured, and beside the simpy of that Python; `centrale-bench peers` measures and prints what is beside Rust
//! peers, `centrale-bench queues [simpy=PYTHON]` what is about call centers; `centrale-bench follow [FILTER]` follows each
//! side over time by criterion.

mod decision;
mod measure;
mod organisation;
mod queues;
mod schedule;

use centrale_core::exchange::{Exchange, PersistedExchange};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use criterion::{Criterion, Throughput};
use measure::{Pair, quantile};
use organisation::Random;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

const MANY: u32 = 1_000_000;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("follow") => {
            follow(args.get(1).map_or("", String::as_str));
            Ok(())
        }
        Some("peers") => {
            print!("{}", peers());
            Ok(())
        }
        Some("queues") => {
            print!("{}{}", simpy(&args[1..]), queues());
            Ok(())
        }
        Some(file) => {
            // First, while the process holds nothing that the figure for memory could be mistaken for.
            let many = many();
            let own = own(&args[1..]);
            let text = format!(
                "# Benchmarks\n\n{}\n\n## Beside peers\n\n{}{}\n## On its own\n\n{own}{many}{}\n{FOOT}",
                head(),
                peers(),
                simpy(&args[1..]),
                queues(),
            );
            println!("{text}");
            std::fs::write(file, text)
        }
        None => Err(std::io::Error::other(
            "give the file for the tables, or `follow`",
        )),
    }
}

fn pairs() -> [Pair; 3] {
    let many = "decision with trace, 6 rules of 3 criteria, 1 000 000 users";
    [
        schedule::pair(),
        decision::pair(decision::NAME, 10_000),
        decision::pair(many, MANY),
    ]
}

fn follow(filter: &str) {
    let mut criterion = Criterion::default()
        .measurement_time(Duration::from_secs(3))
        .with_filter(filter);
    for pair in pairs() {
        let mut group = criterion.benchmark_group(pair.name);
        group
            .throughput(Throughput::Elements(pair.questions as u64))
            .sample_size(20);
        group.bench_function("centrale", |bench| {
            bench.iter(|| (pair.core)(0..pair.questions))
        });
        group.bench_function(pair.peer_name, |bench| {
            bench.iter(|| (pair.peer)(0..pair.questions))
        });
        group.finish();
    }
    criterion.final_summary();
}

fn head() -> String {
    format!(
        "Written by `script/bench` on {} ({}). Both sides of a pair get the same inputs, are checked to give the \
         same answers, and are timed in turn in one process. The figures are for one question, of the quickest \
         fifth of many rounds. The programs are in `core/bench` and `server/benches`.",
        chrono::Utc::now().date_naive(),
        measure::machine(),
    )
}

const FOOT: &str = "Rows marked missed do not reach their target. A simulated call goes through the real distributor with \
     its agents, timers and counters, where simpy's model only takes and gives back a resource; simpy uses one core. \
     The decision at a million users waits for memory as much as for the processor: runs of the same program on one \
     virtual machine gave from 0.45 µs to 1.3 µs, the latter beside compilers that used up its caches.\n";

fn peers() -> String {
    let mut rows =
        String::from("| | Centrale | peer | faster | target |\n|---|---:|---:|---:|---:|\n");
    for pair in pairs() {
        let (core, peer) = pair.measure();
        beside(
            &mut rows,
            pair.name,
            pair.peer_name,
            core,
            peer,
            Some(pair.target),
        );
    }
    rows
}

fn beside(
    rows: &mut String,
    name: &str,
    peer_name: &str,
    core: f64,
    peer: f64,
    target: Option<f64>,
) {
    let ratio = peer / core;
    let missed = if target.is_some_and(|target| ratio < target) {
        " **missed**"
    } else {
        ""
    };
    let target = target.map_or_else(String::new, |target| format!("{target:.0}×"));
    let (core, peer) = (duration(core), duration(peer));
    let _ = writeln!(
        rows,
        "| {name} | {core} | {peer_name}: {peer} | {ratio:.0}×{missed} | {target} |"
    );
}

/// Simulated calls beside simpy, when there is a Python that has it.
fn simpy(given: &[String]) -> String {
    let mut rows = String::new();
    if let Some(python) = given.iter().find_map(|arg| arg.strip_prefix("simpy=")) {
        let (core, at_once, peer) = queues::beside_simpy(python);
        let name = "simulated call of a queue with 20 agents, 90 % busy, a single run";
        beside(&mut rows, name, "simpy 4.1", core, peer, None);
        let name = "the same, several runs at once on all cores";
        beside(&mut rows, name, "simpy 4.1", at_once, peer, Some(100.0));
    }
    rows
}

fn queues() -> String {
    let mut rows = String::new();
    for (policy, name) in queues::POLICIES {
        let (found, taken) = queues::next_agent(policy);
        let missed = if found > 1e3 { " **missed**" } else { "" };
        row(
            &mut rows,
            &format!(
                "next of 10 000 agents in 1 000 queues, {name}, 99th percentile, at most 1 µs"
            ),
            &format!("{}{missed}", duration(found)),
        );
        row(
            &mut rows,
            "the same, with the call taken in and offered",
            &duration(taken),
        );
    }
    for (load, waits, wait) in queues::erlang_c() {
        let missed = if waits.abs().max(wait.abs()) > 1.0 {
            " **missed**"
        } else {
            ""
        };
        row(
            &mut rows,
            &format!(
                "10 million simulated calls, {:.0} % busy, beside Erlang C, at most 1 % off",
                load * 100.0
            ),
            &format!("{waits:+.2} % who wait, {wait:+.2} % mean wait{missed}"),
        );
    }
    rows
}

fn own(given: &[String]) -> String {
    let given = |name: &str| {
        given
            .iter()
            .find_map(|arg| arg.strip_prefix(name)?.parse::<f64>().ok())
    };
    let mut rows = String::from("| | |\n|---|---:|\n");
    if let Some(bytes) = given("first-load=") {
        let missed = if bytes > 200e3 { " **missed**" } else { "" };
        row(
            &mut rows,
            "first load of the portal, at most 200 KB",
            &format!("{:.1} KB{missed}", bytes / 1e3),
        );
    }
    if let Some(micros) = given("save=") {
        row(
            &mut rows,
            "save on disk (SQLite) until a call is decided by it, 10 000 users",
            &duration(micros * 1e3),
        );
    }
    if let Some(megabytes) = given("memory=") {
        let missed = if megabytes > 150.0 { " **missed**" } else { "" };
        let what =
            "memory after 1,000 log-ins and 10,000 page loads, over the start, at most 150 MB";
        row(&mut rows, what, &format!("{megabytes:.0} MB{missed}"));
    }
    row(
        &mut rows,
        "of a save: the new snapshot in memory, 10 000 users",
        &duration(save(10_000)),
    );
    row(
        &mut rows,
        "the same, 100 000 users",
        &duration(save(100_000)),
    );
    row(
        &mut rows,
        "of a save: until the exchange goes by it, 100 000 users",
        &duration(taken_in(100_000)),
    );
    rows.push_str(&scale(&given));
    rows
}

/// What others measured at an enterprise of 100 000 users: figures in microseconds or megabytes, each with its limit.
fn scale(given: &dyn Fn(&str) -> Option<f64>) -> String {
    let mut rows = String::new();
    for (name, what, most) in [
        ("list", "first page of the list of users", 5e3),
        (
            "list-of-location",
            "first page of the users of a location",
            5e3,
        ),
        ("search-name", "search by a name", 5e3),
        ("search-letter", "search by a single letter", 5e3),
        ("search-number", "search by a number", 5e3),
        ("colleagues", "search of colleagues", 5e3),
        ("overview", "overview", 5e3),
        ("parts", "first page of groups, menus and queues", 5e3),
        ("save", "save of a service", f64::INFINITY),
        (
            "save-location",
            "save of what a location sets for its users",
            f64::INFINITY,
        ),
        ("findings", "findings, the first time", f64::INFINITY),
        (
            "findings-after-save",
            "findings after a save: those before it",
            f64::INFINITY,
        ),
        (
            "findings-newer",
            "findings after a save: newer ones",
            f64::INFINITY,
        ),
        ("export", "export", f64::INFINITY),
    ] {
        if let Some(micros) = given(&format!("scale-{name}=")) {
            let limit = if most.is_finite() {
                format!(", at most {}", duration(most * 1e3))
            } else {
                String::new()
            };
            let missed = if micros > most { " **missed**" } else { "" };
            let what = format!("100 000 users: {what}{limit}");
            row(
                &mut rows,
                &what,
                &format!("{}{missed}", duration(micros * 1e3)),
            );
        }
    }
    for (name, what) in [
        (
            "findings-memory",
            "memory of findings while they are looked for",
        ),
        ("export-size", "size of the export"),
        ("export-memory", "memory of the export while it is sent"),
    ] {
        if let Some(megabytes) = given(&format!("scale-{name}=")) {
            row(
                &mut rows,
                &format!("100 000 users: {what}"),
                &format!("{megabytes:.0} MB"),
            );
        }
    }
    rows
}

fn many() -> String {
    let mut rows = String::new();
    let before = measure::resident_bytes();
    let start = Instant::now();
    let snapshot = organisation::snapshot(MANY);
    std::hint::black_box(&snapshot);
    let built = start.elapsed().as_nanos() as f64;
    if let (Some(before), Some(after)) = (before, measure::resident_bytes()) {
        let bytes = after.saturating_sub(before) / u64::from(MANY);
        row(
            &mut rows,
            "memory of a user with 6 rules in the snapshot, at 1 000 000 users",
            &format!("{bytes} bytes"),
        );
    }
    row(
        &mut rows,
        "compiling a user with 6 rules from their settings",
        &duration(built / f64::from(MANY)),
    );
    rows
}

fn row(rows: &mut String, what: &str, figure: &str) {
    let _ = writeln!(rows, "| {what} | {figure} |");
}

/// From a save to the snapshot that the next call goes by, once the database has it.
fn save(users: u32) -> f64 {
    let mut random = Random(3);
    let mut now = Arc::new(organisation::snapshot(users));
    let times = (0..500).map(|_| {
        let user = Arc::new(organisation::user(
            1 + random.below(u64::from(users)) as u32,
        ));
        let start = Instant::now();
        let mut next = Snapshot::clone(&now);
        next.version += 1;
        organisation::put(&mut next, user);
        now = Arc::new(next);
        start.elapsed().as_nanos() as f64
    });
    quantile(times.collect(), 0.5)
}

/// From a new snapshot until the exchange has taken in who changed in it.
fn taken_in(users: u32) -> f64 {
    let mut random = Random(4);
    let mut now = organisation::snapshot(users);
    let (mut exchange, mut effects) = (Exchange::new(1, PersistedExchange::default()), Vec::new());
    exchange.configure(Timestamp(0), &now, &mut effects);
    let times = (0..500).map(|_| {
        let mut next = now.clone();
        organisation::put(
            &mut next,
            Arc::new(organisation::user(
                1 + random.below(u64::from(users)) as u32,
            )),
        );
        let start = Instant::now();
        let changed = next.changed_users(&now);
        exchange.reconfigure(Timestamp(0), &next, &changed, &mut effects);
        let nanos = start.elapsed().as_nanos() as f64;
        now = next;
        nanos
    });
    quantile(times.collect(), 0.5)
}

fn duration(nanos: f64) -> String {
    match nanos {
        ..1e3 => format!("{nanos:.1} ns"),
        ..1e6 => format!("{:.2} µs", nanos / 1e3),
        _ => format!("{:.2} ms", nanos / 1e6),
    }
}
