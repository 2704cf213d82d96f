//! Every "routing § 3", "manual § 7.5" and "requirement C6" in the sources leads somewhere: to a section of
//! `docs/routing.md`, to a section that `docs/requirements.md` names, to an id there.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

const SOURCES: [&str; 6] = [
    "core/src",
    "core/tests",
    "server/src",
    "server/tests",
    "app/src",
    "end2end/tests",
];

#[test]
fn references_resolve() {
    let documents = Documents::read();
    let mut lost = Vec::new();
    let mut seen = 0;
    for file in SOURCES
        .iter()
        .flat_map(|folder| files(&root().join(folder)))
    {
        // A reference may go on in the next line of a comment.
        let text = read_to_string(&file)
            .unwrap()
            .replace("\n/// ", " ")
            .replace("\n//! ", " ")
            .replace("\n# ", " ");
        for reference in references(&text) {
            seen += 1;
            if !documents.have(&reference) {
                lost.push(format!("{}: {reference:?}", file.display()));
            }
        }
    }
    assert!(
        seen > 200,
        "only {seen} references were found: how they are written has changed"
    );
    assert!(
        lost.is_empty(),
        "references that lead nowhere:\n{}",
        lost.join("\n")
    );
}

/// The code of the glossary's tables: types, files, and what else stands there as code.
#[test]
fn the_glossary_names_what_there_is() {
    let glossary = read_to_string(root().join("docs/glossary.md")).unwrap();
    let sources: Vec<_> = ["core/src", "server/src", "app/src"]
        .iter()
        .flat_map(|folder| files(&root().join(folder)))
        .map(|file| (file.clone(), read_to_string(file).unwrap()))
        .collect();
    let rows = glossary
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|row| row.split('|').collect::<Vec<_>>());
    let cells =
        rows.filter_map(|cells| cells.into_iter().find(|cell| cell.trim().starts_with('`')));
    let named: BTreeSet<_> = cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    assert!(named.len() > 50, "only {} names were found", named.len());
    let there = |name: &str| {
        let file = Path::new(name).extension().is_some();
        sources.iter().any(|(path, text)| {
            if file {
                path.ends_with(name)
            } else {
                text.contains(name)
            }
        })
    };
    let lost: Vec<_> = named.into_iter().filter(|name| !there(name)).collect();
    assert!(
        lost.is_empty(),
        "the glossary names what is not there: {lost:?}"
    );
}

#[test]
fn references_are_read_as_they_are_meant() {
    let check =
        |text: &str, expected: &[Reference]| assert_eq!(references(text), expected, "{text}");
    check("(manual § 7.6, 26).", &[manual("7.6"), manual("26")]);
    check("routing § 2 and 3: C4", &[routing("2"), routing("3")]);
    check(
        "routing § 1, 8 and 11: on a call",
        &[routing("1"), routing("1")],
    );
    check(
        "requirements D4, E4 and F2: as C3",
        &[id("D4"), id("E4"), id("F2")],
    );
    check("RFC 5321, § 4.5.3", &[]);
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reference {
    /// A section of `docs/routing.md`.
    Routing(String),
    /// A section of the manual.
    Manual(String),
    /// A requirement.
    Id(String),
}

fn routing(section: &str) -> Reference {
    Reference::Routing(section.to_owned())
}

fn manual(section: &str) -> Reference {
    Reference::Manual(section.to_owned())
}

fn id(id: &str) -> Reference {
    Reference::Id(id.to_owned())
}

struct Documents {
    routing: BTreeSet<String>,
    manual: BTreeSet<String>,
    ids: BTreeSet<String>,
}

impl Documents {
    fn read() -> Self {
        let routing = read_to_string(root().join("docs/routing.md")).unwrap();
        let requirements = read_to_string(root().join("docs/requirements.md")).unwrap();
        let heading = |line: &str| Some(line.strip_prefix("## ")?.split_once('.')?.0.to_owned());
        let manual = requirements.split('§').skip(1).flat_map(list).collect();
        let ids = requirements
            .lines()
            .filter_map(|line| line.strip_prefix("- ")?.split(' ').next());
        Self {
            routing: routing.lines().filter_map(heading).collect(),
            manual,
            ids: ids.filter(|id| is_id(id)).map(str::to_owned).collect(),
        }
    }

    /// A section of the manual is also found by a section that holds it or that it holds.
    fn have(&self, reference: &Reference) -> bool {
        let holds =
            |outer: &str, inner: &str| inner == outer || inner.starts_with(&format!("{outer}."));
        match reference {
            Reference::Routing(section) => self.routing.contains(section),
            Reference::Manual(section) => self
                .manual
                .iter()
                .any(|known| holds(known, section) || holds(section, known)),
            Reference::Id(id) => self.ids.contains(id),
        }
    }
}

fn references(text: &str) -> Vec<Reference> {
    let lower = text.to_lowercase();
    let after = |word: &'static str| {
        lower
            .match_indices(word)
            .map(move |(at, _)| at + word.len())
    };
    // The numbers after "routing § 1," are the steps of its table.
    let of_routing = after("routing § ").flat_map(|at| {
        let numbers = list(&lower[at..]);
        let steps = numbers.first().is_some_and(|first| first == "1");
        numbers
            .into_iter()
            .map(move |n| if steps { routing("1") } else { routing(&n) })
            .take(2)
    });
    let of_manual = after("manual § ")
        .flat_map(|at| list(&lower[at..]))
        .map(|section| manual(&section));
    let named = after("requirement ").chain(after("requirements "));
    let ids = named
        .filter(|at| text.is_char_boundary(*at))
        .flat_map(|at| {
            let words = text[at..]
                .split([' ', ','])
                .filter(|word| !word.is_empty() && *word != "and");
            words
                .map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()))
                .take_while(|w| is_id(w))
                .map(id)
        });
    of_routing.chain(of_manual).chain(ids).collect()
}

/// The numbers of sections with which a text begins: `7.5, 7.6 and 24`.
fn list(text: &str) -> Vec<String> {
    let words = text
        .split([' ', ','])
        .filter(|word| !word.is_empty() && *word != "and");
    let numbers = words.map(|word| {
        let end = word
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(word.len());
        (
            word[..end].trim_end_matches('.'),
            end == word.len() && !word.ends_with('.'),
        )
    });
    let mut found = Vec::new();
    for (number, goes_on) in numbers {
        if number.is_empty() {
            break;
        }
        found.push(number.to_owned());
        if !goes_on {
            break;
        }
    }
    found
}

fn is_id(word: &str) -> bool {
    let digits = word.strip_prefix(|c: char| ('A'..='K').contains(&c));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let nested = entries.flat_map(|path| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    });
    nested
        .filter(|path| {
            path.extension()
                .is_some_and(|e| e == "rs" || e == "txt" || e == "ts")
        })
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}
