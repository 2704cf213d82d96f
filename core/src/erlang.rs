//! The formulas of Erlang (1917) for calls that come by chance: what part is lost, what part waits, how long, and how
//! many agents are needed. A load is in erlangs: calls in the time that one call takes.

use crate::simulate::exp;

/// The part of calls that finds all of `servers` busy, when such calls are lost (Erlang B).
pub fn lost(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |lost, servers| {
        load * lost / (f64::from(servers) + load * lost)
    })
}

/// The part of calls that waits, when none is lost and nobody gives up (Erlang C); 1 when the load is too much.
pub fn waits(servers: u32, load: f64) -> f64 {
    let servers_f = f64::from(servers);
    if load >= servers_f {
        return 1.0;
    }
    let lost = lost(servers, load);
    servers_f * lost / (servers_f - load * (1.0 - lost))
}

/// The mean wait over all calls, in the unit of `handling`; infinite when the load is too much.
pub fn mean_wait(servers: u32, load: f64, handling: f64) -> f64 {
    let spare = f64::from(servers) - load;
    if spare <= 0.0 {
        f64::INFINITY
    } else {
        waits(servers, load) * handling / spare
    }
}

/// The part of calls that is answered within a time, in the unit of `handling`.
pub fn service_level(servers: u32, load: f64, handling: f64, within: f64) -> f64 {
    let spare = f64::from(servers) - load;
    if spare <= 0.0 {
        0.0
    } else {
        1.0 - waits(servers, load) * exp(-spare * within / handling)
    }
}

/// The fewest agents with whom a part `level` of calls is answered within a time; `None`: more than 10,000.
pub fn agents_needed(load: f64, handling: f64, within: f64, level: f64) -> Option<u32> {
    let first = load.max(0.0) as u32;
    (first..=10_000).find(|agents| service_level(*agents, load, handling, within) >= level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() < 5e-5 * expected.max(1.0),
            "{found} is not {expected}"
        );
    }

    #[test]
    fn agree_with_printed_tables() {
        check(lost(0, 3.0), 1.0);
        check(lost(1, 1.0), 0.5);
        check(lost(10, 5.0), 0.018_385);
        check(lost(5, 3.0), 0.110_054);
        check(waits(1, 0.5), 0.5);
        check(waits(2, 1.0), 1.0 / 3.0);
        check(waits(10, 8.0), 0.409_18);
        check(waits(3, 3.0), 1.0);
        check(mean_wait(1, 0.5, 60.0), 60.0);
        check(mean_wait(2, 1.0, 3.0), 1.0);
        assert!(mean_wait(2, 2.0, 3.0).is_infinite());
        check(service_level(1, 0.5, 60.0, 0.0), 0.5);
        check(
            service_level(1, 0.5, 60.0, 120.0),
            1.0 - 0.5 * (-1.0_f64).exp(),
        );
        check(service_level(1, 1.0, 60.0, 120.0), 0.0);
    }

    #[test]
    fn agents_that_are_needed() {
        // 100 calls an hour of 3 minutes, 80 % within 20 seconds: 8 agents, as every textbook has it.
        assert_eq!(agents_needed(5.0, 180.0, 20.0, 0.8), Some(8));
        assert_eq!(agents_needed(0.0, 180.0, 20.0, 0.8), Some(1));
        assert_eq!(agents_needed(20_000.0, 180.0, 20.0, 0.8), None);
    }
}
