//! Files, bodies and digits that are changed at random: whatever becomes of them, they are answered, and what is taken of
//! them is as it has to be. The fuzzer (`script/fuzz`) feeds the same functions for longer.

#[path = "../fuzz/src/targets.rs"]
#[allow(unreachable_pub, reason = "the fuzzer calls them from outside")]
mod targets;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::ops::Range;
use std::panic::catch_unwind;
use std::path::Path;

/// What is put into them.
const PIECES: [&[u8]; 24] = [
    b"BEGIN:VEVENT\r\n",
    b"END:VEVENT\r\n",
    b"\r\n ",
    b"\"",
    b";",
    b",",
    b"9999",
    b"0",
    b"-",
    "é".as_bytes(),
    b"T",
    b"Z",
    "\u{10ffff}".as_bytes(),
    b"FREQ=DAILY",
    b"2000",
    b"\n",
    b"\xff\xff\xff\xff",
    b"\0\0",
    b"data",
    b"LIST",
    b"{}",
    b"[",
    b"null",
    b"*#+",
];

/// The files from which the fuzzer begins too.
fn seeds(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

fn some(length: usize, random: &mut StdRng) -> Range<usize> {
    let at = random.random_range(0..=length);
    at..(at + random.random_range(0..12)).min(length)
}

fn changed(file: &[u8], random: &mut StdRng) -> Vec<u8> {
    let mut file = file.to_vec();
    for _ in 0..random.random_range(1..5) {
        let part = some(file.len(), random);
        match random.random_range(0..5) {
            0 => drop(file.drain(part)),
            1 => {
                let piece = PIECES[random.random_range(0..PIECES.len())];
                file.splice(part.start..part.start, piece.iter().copied());
            }
            2 => {
                let again = file[part.clone()].to_vec();
                file.splice(part.start..part.start, again);
            }
            3 => {
                let digits = file[part].iter_mut().filter(|byte| byte.is_ascii_digit());
                digits.for_each(|digit| *digit = random.random_range(b'0'..=b'9'));
            }
            _ if file.get(part.start).is_some_and(u8::is_ascii) => {
                file[part.start] = random.random_range(0..=0x7f);
            }
            _ => {}
        }
    }
    file
}

/// Feeds so many changed files; so many of them are taken at least, or they would prove nothing.
#[track_caller]
pub(crate) fn feed(folder: &str, target: fn(&[u8]) -> bool, rounds: usize, least: usize) {
    let mut random = StdRng::seed_from_u64(10);
    let seeds = seeds(folder);
    for seed in &seeds {
        target(seed);
    }
    let mut taken = 0;
    for round in 0..rounds {
        let file = changed(&seeds[round % seeds.len()], &mut random);
        let Ok(was_taken) = catch_unwind(|| target(&file)) else {
            panic!(
                "a file of {folder} in round {round}: {}",
                file.escape_ascii()
            );
        };
        taken += usize::from(was_taken);
    }
    assert!(
        taken >= least,
        "{folder}: {taken} of {rounds} are still what they were"
    );
}

#[test]
fn changed_calendars_are_answered() {
    feed("fuzz/seeds/calendar", targets::calendar, 750, 300);
}

#[test]
fn changed_tables_are_answered() {
    feed("fuzz/seeds/table", targets::table, 500, 200);
}

#[test]
fn changed_sounds_are_answered() {
    feed("fuzz/seeds/wav", targets::wav, 500, 200);
    feed("tests/sounds", targets::mp3, 100, 30);
}

#[test]
fn changed_organisations_are_answered() {
    feed("demo", targets::organisation, 300, 20);
}

#[test]
fn changed_bodies_are_answered() {
    feed("fuzz/seeds/bodies", targets::bodies, 1_000, 60);
}

#[test]
fn changed_numbers_are_answered() {
    feed("fuzz/seeds/numbers", targets::numbers, 2_000, 400);
    feed("fuzz/seeds/dialling", targets::dialling, 1_000, 100);
}

#[test]
fn changed_addresses_are_answered() {
    feed("fuzz/seeds/emails", targets::emails, 2_000, 200);
}

#[test]
fn changed_arguments_of_texts_are_answered() {
    feed("fuzz/seeds/texts", targets::texts, 1_000, 500);
}

#[test]
fn changed_events_are_answered() {
    feed("fuzz/seeds/events", targets::events, 1_000, 140);
}
