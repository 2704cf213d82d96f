//! Nothing that calls can show goes without a scenario: requirement ids, the order of services, hunt policies, codes.
//! A scenario names what it covers in the comment at its head: `# C2, C6, routing § 1, 8 and 11: …`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::dial::{Target, dial};
use centrale_core::feature::Feature;
use centrale_core::snapshot::Snapshot;
use include_dir::{Dir, include_dir};
use std::collections::BTreeSet;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/scenarios");

/// The last id of each area of the requirements that calls are about.
const AREAS: [(char, u8); 6] = [('C', 32), ('D', 4), ('E', 4), ('F', 2), ('G', 8), ('H', 10)];

/// What no call can show: why not, and what shows it if anything does yet.
const NOT_IN_CALLS: [(&str, &str); 6] = [
    (
        "C22",
        "a password of the portal, not of a phone: server/tests/api/login.rs",
    ),
    (
        "C27",
        "a page and its files; who is found by name from a phone is a scenario of menus",
    ),
    (
        "H7",
        "licences and numbers are counted on a page: server/tests/api/{users,services}.rs",
    ),
    ("H8", "a file of what there is, and no call"),
    ("H9", "a page: server/tests/api/pages.rs"),
    ("H10", "written when something is saved, and read on a page"),
];

const POLICIES: [&str; 5] = ["regular", "circular", "simultaneous", "uniform", "weighted"];

/// The rows of routing § 1.
const ROWS: u8 = 12;

#[test]
fn every_requirement_that_calls_can_show_has_a_scenario() {
    let named: BTreeSet<String> = heads().flat_map(|head| ids(&head)).collect();
    let excused = |id: &String| NOT_IN_CALLS.iter().any(|(other, _)| other == id);
    let all = AREAS
        .into_iter()
        .flat_map(|(area, last)| (1..=last).map(move |n| format!("{area}{n}")));
    let missing: Vec<_> = all
        .filter(|id| !named.contains(id) && !excused(id))
        .collect();
    assert!(missing.is_empty(), "no scenario names {missing:?}");
    let needless: Vec<_> = NOT_IN_CALLS
        .iter()
        .filter(|(id, _)| named.contains(*id))
        .collect();
    assert!(needless.is_empty(), "a scenario does show {needless:?}");
}

#[test]
fn every_row_of_the_order_of_services_has_a_scenario() {
    let shown: BTreeSet<u8> = heads().flat_map(|head| rows(&head)).collect();
    let missing: Vec<_> = (1..=ROWS).filter(|row| !shown.contains(row)).collect();
    assert!(
        missing.is_empty(),
        "no scenario names these rows of routing § 1: {missing:?}"
    );
}

#[test]
fn every_hunt_policy_has_a_scenario() {
    let heads: Vec<_> = heads().map(|head| head.to_lowercase()).collect();
    let shown = |policy: &&str| {
        heads.iter().any(|head| {
            let after = head.split("routing § 2").skip(1);
            after
                .map(|rest| rest.trim_start_matches([',', ' ']))
                .any(|rest| rest.starts_with(*policy))
        })
    };
    let missing: Vec<_> = POLICIES.iter().filter(|policy| !shown(policy)).collect();
    assert!(
        missing.is_empty(),
        "no scenario names these policies of routing § 2: {missing:?}"
    );
}

#[test]
fn every_code_is_dialled_in_a_scenario() {
    let snapshot = Snapshot::of(&support::organisation(), &support::zone);
    let place = snapshot.places().next().unwrap();
    let dialled: BTreeSet<Feature> = texts()
        .flat_map(str::lines)
        .filter_map(|line| {
            line.strip_prefix("when ")?
                .split(" calls ")
                .nth(1)?
                .split(" at ")
                .next()
        })
        .filter_map(|digits| match dial(&snapshot, place, None, digits) {
            Target::Code(feature, _) => Some(feature),
            _ => None,
        })
        .collect();
    let missing: Vec<_> = Feature::ALL
        .iter()
        .filter(|f| !dialled.contains(f))
        .map(|f| f.default_code())
        .collect();
    assert!(missing.is_empty(), "no scenario dials {missing:?}");
}

#[test]
fn heads_are_read_as_they_are_meant() {
    let check = |head: &str, expected_ids: &[&str], expected_rows: &[u8]| {
        assert_eq!(ids(head), expected_ids, "{head}");
        assert_eq!(rows(head), expected_rows, "{head}");
    };
    check(
        "C2, C6, routing § 1, 8 and 11: on a call",
        &["C2", "C6"],
        &[8, 11],
    );
    check("Routing § 1: at most 10 diversions", &[], &[]);
    check(
        "Routing § 1, 9: profiles (A6). Routing § 1, 12",
        &[],
        &[9, 12],
    );
    check(
        "routing § 1 and 3, C1–C3, E2-E3: codes *21 and B1",
        &["C1", "C2", "C3", "E2", "E3"],
        &[],
    );
    check(
        "G7 (DNIS), routing § 1, 6, 11 and 12: H5.",
        &["G7", "H5"],
        &[6, 11, 12],
    );
    check("ABC12, C, 12, c3, D4x", &[], &[]);
}

fn texts() -> impl Iterator<Item = &'static str> {
    let files = FILES.dirs().flat_map(Dir::files);
    files
        .filter(|file| file.path().extension().is_some_and(|e| e == "txt"))
        .map(|f| f.contents_utf8().unwrap())
}

/// The comments at the head of each scenario file.
fn heads() -> impl Iterator<Item = String> {
    texts().map(|text| {
        let lines = text.lines().map_while(|line| line.strip_prefix('#'));
        lines.map(str::trim).collect::<Vec<_>>().join(" ")
    })
}

/// The requirement ids in a text; `C1–C3` are three.
fn ids(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '–' && c != '-');
    let found = words.flat_map(|word| {
        let mut ends = word.split(['–', '-']).map(id);
        match (ends.next().flatten(), ends.next()) {
            (Some((area, first)), None) => area_ids(area, first, first),
            (Some((area, first)), Some(Some((other, last)))) if area == other => {
                area_ids(area, first, last)
            }
            _ => Vec::new(),
        }
    });
    found.collect()
}

fn area_ids(area: char, first: u8, last: u8) -> Vec<String> {
    (first..=last).map(|n| format!("{area}{n}")).collect()
}

fn id(word: &str) -> Option<(char, u8)> {
    let area = word.chars().next()?;
    AREAS
        .iter()
        .any(|(known, _)| *known == area)
        .then_some(())?;
    Some((area, word[1..].parse().ok()?))
}

/// The rows after `routing § 1,`: numbers with commas and `and` between them.
fn rows(text: &str) -> Vec<u8> {
    let spaced = text
        .to_lowercase()
        .replace("routing § 1,", "\u{1}")
        .replace(',', " ");
    let lists = spaced.split('\u{1}').skip(1);
    let found = lists.flat_map(|list| {
        let words = list
            .split_inclusive([' ', ':', '.'])
            .map(|word| word.trim_end_matches(' '));
        let words = words.filter(|word| !word.is_empty() && *word != "and");
        // A number is the last when a colon or a stop stands after it.
        let mut over = false;
        words.map_while(move |word| {
            let row = word.trim_end_matches([':', '.']);
            let row = (!over).then(|| row.parse().ok())?;
            over = word.ends_with([':', '.']);
            row
        })
    });
    found.collect()
}
