//! Where each service acts, as ARCHITECTURE.md tells it: at the stages of the catalogue, and in the rooms whose code asks
//! the service's file. `UPDATE_EXPECT=1` rewrites the table.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

use centrale_core::service::{CATALOGUE, Stage};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- services by place: made by core/tests/places.rs -->\n";
const END: &str = "<!-- end of services by place -->\n";

/// The stages, in the order in which a call comes to them.
const STAGES: [(Stage, &str); 6] = [
    (Stage::Arrival, "arrival"),
    (Stage::Notice, "notice and mail"),
    (Stage::Ringing, "what rings"),
    (Stage::NotReachable, "not reachable"),
    (Stage::Busy, "busy"),
    (Stage::NoAnswer, "no answer"),
];

/// The rooms that ask services, and what they do there.
const ROOMS: &[(&str, &[&str])] = &[
    ("digits and codes", &["core/src/dial", "core/src/call/code"]),
    (
        "what rings",
        &["core/src/call/find_me", "core/src/snapshot"],
    ),
    ("what is shown", &["core/src/call/identity.rs"]),
    ("hold, transfer, callback", &["core/src/call/talk"]),
    (
        "mailbox",
        &[
            "core/src/call/mailbox.rs",
            "core/src/call/listen.rs",
            "server/src/http/passcodes",
            "server/src/telephony",
        ],
    ),
    (
        "groups and agents",
        &[
            "core/src/call/hunt.rs",
            "core/src/acd",
            "core/src/exchange/distribute.rs",
            "core/src/what_if",
            "server/src/http/agents",
        ],
    ),
    (
        "park, pickup, lamps",
        &[
            "core/src/exchange/park.rs",
            "core/src/exchange/pickup.rs",
            "core/src/exchange/view.rs",
            "server/src/http/live",
        ],
    ),
    ("notice and mail", &["server/src/mail"]),
];

/// The services themselves, and the findings, which tell what services would do on calls.
const NOT_ON_CALLS: [&str; 2] = ["core/src/service", "core/src/check"];

/// The name of a service's file.
fn module(id: &str) -> String {
    id.replace('-', "_")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every source file below a folder, by its path from the root.
fn sources(folder: &str, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = std::fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap())
        .collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if NOT_ON_CALLS.contains(&path.as_str()) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            sources(&path, found);
        } else if Path::new(&path).extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
            found.push((path, code.to_owned()));
        }
    }
}

/// The files of services that this code asks. Who takes no more than a constant of one asks nothing.
fn asked(code: &str) -> BTreeSet<&'static str> {
    let uses: String = code
        .split("use ")
        .filter(|part| {
            part.starts_with("crate::service::") || part.starts_with("centrale_core::service::")
        })
        .filter_map(|part| part.split(';').next())
        .fold(String::new(), |all, part| all + part + ";");
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let imported: BTreeSet<&str> = uses.split(|c| !is_name(c)).collect();
    let calls = |module: &str| {
        code.match_indices(&format!("{module}::"))
            .any(|(at, found)| {
                let before = code[..at].chars().next_back();
                let after = code[at + found.len()..].chars().next();
                !before.is_some_and(|c| is_name(c) || c == ':')
                    && after.is_some_and(|c| c.is_ascii_lowercase())
            })
            || code.contains(&format!("({module}::"))
    };
    let function = |module: &str| {
        let path = format!("service::{module}::");
        code.match_indices(&path).any(|(at, found)| {
            let after = code[at + found.len()..].chars().next();
            after.is_some_and(|c| c.is_ascii_lowercase())
        })
    };
    let asks = |id: &&&str| {
        let module = module(id);
        function(&module) || imported.contains(module.as_str()) && calls(&module)
    };
    let ids: Vec<&'static str> = CATALOGUE.iter().map(|entry| entry.id.0).collect();
    ids.iter().filter(asks).copied().collect()
}

/// A row of the table.
#[derive(Default)]
struct Row {
    rooms: Vec<&'static str>,
    services: BTreeSet<&'static str>,
}

/// The rows by their names, which stages and rooms share where they belong together.
fn rows() -> Vec<(&'static str, Row)> {
    let names = STAGES.iter().map(|(_, name)| *name);
    let names = names.chain(ROOMS.iter().map(|(name, _)| *name));
    let mut rows: Vec<(&str, Row)> = Vec::new();
    for name in names {
        if rows.iter().all(|(known, _)| *known != name) {
            rows.push((name, Row::default()));
        }
    }
    rows
}

fn table() -> String {
    let mut rows = rows();
    let mut add = |name: &str, room: Option<&'static str>, services: &BTreeSet<&'static str>| {
        let (_, row) = rows.iter_mut().find(|(known, _)| *known == name).unwrap();
        row.rooms.extend(room);
        row.services.extend(services);
    };
    for (stage, name) in STAGES {
        let acting = CATALOGUE
            .iter()
            .filter(|entry| entry.stages.contains(&stage));
        add(name, None, &acting.map(|entry| entry.id.0).collect());
    }
    let mut files = Vec::new();
    sources("core/src", &mut files);
    sources("server/src", &mut files);
    for (name, rooms) in ROOMS {
        for room in *rooms {
            let there = files.iter().filter(|(path, _)| path.starts_with(room));
            let services: BTreeSet<_> = there.flat_map(|(_, code)| asked(code)).collect();
            assert!(!services.is_empty(), "{room} asks no service");
            add(name, Some(room), &services);
        }
    }
    let placed = |path: &str| {
        let mut rooms = ROOMS.iter().flat_map(|(_, rooms)| *rooms);
        rooms.any(|room| path.starts_with(room))
    };
    for (path, code) in files.iter().filter(|(path, _)| !placed(path)) {
        let asked = asked(code);
        assert!(asked.is_empty(), "{path} asks {asked:?}: in which row?");
    }
    let acts = |id: &str| rows.iter().any(|(_, row)| row.services.contains(id));
    let ids = CATALOGUE.iter().map(|entry| entry.id.0);
    let kept: Vec<_> = ids.filter(|id| !acts(id)).collect();
    let mut text = String::from("| where | which services act |\n|---|---|\n");
    for (name, row) in &rows {
        let rooms = row.rooms.iter();
        let rooms: Vec<_> = rooms
            .map(|room| format!(" `{}`", room.replace("/src", "")))
            .collect();
        let colon = if rooms.is_empty() { "" } else { ":" };
        let ids = CATALOGUE.iter().map(|entry| entry.id.0);
        let services: Vec<_> = ids.filter(|id| row.services.contains(id)).collect();
        let services = services.join(", ");
        writeln!(text, "| {name}{colon}{} | {services} |", rooms.join(",")).unwrap();
    }
    if !kept.is_empty() {
        writeln!(
            text,
            "| nowhere yet: kept for the portal | {} |",
            kept.join(", ")
        )
        .unwrap();
    }
    text
}

#[test]
fn the_table_of_places_is_that_of_the_code() {
    let path = root().join("ARCHITECTURE.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the table has its beginning");
    let (told, after) = rest.split_once(END).expect("the table has its end");
    let table = table();
    if told != table && std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    }
    assert_eq!(told, table);
}

#[test]
fn whoever_calls_a_function_of_a_service_asks_it() {
    let check = |code: &str, expected: &[&str]| {
        let expected: BTreeSet<_> = expected.iter().copied().collect();
        assert_eq!(asked(code), expected, "{code}");
    };
    let import = "use crate::service::privacy;\n";
    check(&format!("{import}privacy::shows(a);"), &["privacy"]);
    check(import, &[]);
    check("privacy::shows(a);", &[]);
    check(
        "use crate::service::{barge_in, privacy};\nf(barge_in::allowed);",
        &["barge-in"],
    );
    check(
        "use crate::service::ring_count::RING_SECONDS;\nRING_SECONDS",
        &[],
    );
    check("crate::service::speed_dial::entries(a)", &["speed-dial"]);
    check(
        "use centrale_core::service::voicemail_management::shows_waiting;",
        &["voicemail-management"],
    );
}
