//! The walls of ARCHITECTURE.md: which room of core may use which, and what only one room of core, server and app may
//! name. Paths are read from the sources; tests beside the code may look over a wall.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The rooms of core: each uses only rooms before it. The exchange takes the actions of calls and answers with their
/// inputs, so it stands after the call machine, which knows of no other call.
const ORDER: [&str; 30] = [
    "id",
    "quota",
    "number",
    "time",
    "caller",
    "passcode",
    "schedule",
    "error",
    "announcement",
    "text",
    "email",
    "rule",
    "feature",
    "organisation",
    "service",
    "snapshot",
    "policy",
    "dial",
    "directory",
    "outcome",
    "trace",
    "acd",
    "call",
    "exchange",
    "what_if",
    "simulate",
    "erlang",
    "check",
    "history",
    "api",
];

/// A name that only files below one folder may use, with the files and folders that may all the same and why.
struct Wall {
    name: &'static str,
    inside: &'static str,
    excepted: &'static [(&'static str, &'static str)],
}

const WALLS: [Wall; 3] = [
    Wall {
        name: "axum::",
        inside: "server/src/http/",
        excepted: &[(
            "server/src/telephony/look_ups/",
            "Asterisk fetches accounts and sounds from an address of its own",
        )],
    },
    Wall {
        name: "sqlx::",
        inside: "server/src/store/",
        excepted: &[],
    },
    Wall {
        name: "telephony::",
        inside: "server/src/telephony/",
        excepted: &[
            ("server/src/state.rs", "holds the handle of the switch"),
            ("server/src/cli/serve.rs", "starts it"),
            ("server/src/config.rs", "reads its settings"),
            ("server/src/http/refusal.rs", "takes the handle for orders"),
            (
                "server/src/http/agents/put.rs",
                "orders the state of an agent",
            ),
            ("server/src/http/centers/force.rs", "orders night service"),
            (
                "server/src/http/phones/failures.rs",
                "lists phones that were refused",
            ),
            (
                "server/src/reports/mod.rs",
                "asks the switch for what was counted",
            ),
        ],
    },
];

/// The sources below a folder, from the root of the repository, without comments and tests.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (mut found, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|of| of == "rs") && !name.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
                let lines = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                found.push((name, lines.collect::<Vec<_>>().join("\n")));
            }
        }
    }
    assert!(found.len() > 10, "{folder}");
    found
}

/// Every path that begins with `first`, lists in braces taken apart: `a::{b, c::d}` is `b` and `c::d`.
fn paths(code: &str, first: &str) -> BTreeSet<String> {
    let begins =
        |at: &usize| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
    let places = code.match_indices(first).map(|(at, _)| at).filter(begins);
    let mut found = BTreeSet::new();
    for at in places {
        path(&code[at + first.len()..], "", &mut found);
    }
    found
}

/// Takes one path, or a list of them, from the front of the code; gives what is left.
fn path<'a>(code: &'a str, before: &str, found: &mut BTreeSet<String>) -> &'a str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        while !rest.trim_start().starts_with('}') {
            rest = path(rest, before, found)
                .trim_start()
                .trim_start_matches(',');
        }
        return &rest.trim_start()[1..];
    }
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '*');
    let (name, rest) = code.split_at(end.unwrap_or(code.len()).max(1).min(code.len()));
    if let Some(rest) = rest.strip_prefix("::") {
        return path(rest, &format!("{before}{name}::"), found);
    }
    found.insert(format!("{before}{name}"));
    rest.strip_prefix(" as ").map_or(rest, |alias| {
        alias.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn no_arrow_of_core_runs_up_against_the_order() {
    let mut wrong = Vec::new();
    for (file, code) in sources("core/src") {
        let within = file.trim_start_matches("core/src/").trim_end_matches(".rs");
        let room = within.split('/').next().unwrap();
        if room == "lib" {
            continue;
        }
        let place = |room: &str| ORDER.iter().position(|other| *other == room);
        for used in paths(&code, "crate::") {
            let used = used.split("::").next().unwrap();
            let fits = used == room || (place(used).is_some() && place(used) < place(room));
            if !fits {
                wrong.push(format!("{file} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_one_room_knows_no_other_names() {
    for wall in WALLS {
        let excepted = |file: &String| {
            wall.excepted
                .iter()
                .any(|(other, _)| file.starts_with(other))
        };
        let all = ["core/src", "server/src", "app/src"].map(sources).concat();
        let over = all.iter().filter(|(file, code)| {
            !file.starts_with(wall.inside) && !paths(code, wall.name).is_empty()
                || !file.starts_with(wall.inside)
                    && paths(code, "crate::")
                        .iter()
                        .any(|path| path.starts_with(wall.name))
        });
        let over: Vec<_> = over
            .map(|(file, _)| file)
            .filter(|file| !excepted(file))
            .collect();
        assert!(over.is_empty(), "{} is named in {over:#?}", wall.name);
    }
}

/// A service is named by its type where its struct, its settings or another of its types is: what it decides is a
/// function of its file, which anybody may call.
#[test]
fn services_are_named_by_type_in_their_own_room_only() {
    let services = sources("core/src/service");
    let services: BTreeSet<_> = services
        .iter()
        .filter(|(_, code)| code.contains("impl Service for"))
        .map(|(file, _)| {
            file.trim_start_matches("core/src/service/")
                .trim_end_matches(".rs")
        })
        .collect();
    let is_type = |name: &str| {
        name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase) || name == "*"
    };
    let all = ["core/src", "server/src", "app/src"].map(sources).concat();
    let mut over = BTreeSet::new();
    for (file, code) in all
        .iter()
        .filter(|(file, _)| !file.starts_with("core/src/service/"))
    {
        let named = ["crate::service::", "centrale_core::service::"]
            .into_iter()
            .flat_map(|first| paths(code, first));
        for used in named {
            let mut names = used.split("::");
            let service = names.next().unwrap();
            let first = format!("{service}::");
            let by_module = || {
                paths(code, &first)
                    .iter()
                    .any(|path| is_type(path.split("::").next().unwrap()))
            };
            let by_type = names.next().map_or_else(by_module, is_type);
            if services.contains(service) && by_type {
                over.insert((file.as_str(), service.to_owned()));
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
