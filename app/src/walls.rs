//! The walls of the portal, read from its source: a module names only those below itself, only `client.rs` talks to
//! the server, and the gallery shows every component.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the bottom up. One names only those before it, and itself. `components` therefore know no draft,
/// no form and no page, and nothing that fetches.
const FLOORS: &[&str] = &[
    "storage",
    "ids",
    "focus",
    "text",
    "components",
    "draft",
    "sentence",
    "guard",
    "client",
    "session",
    "form",
    "pages",
    "gallery",
    "chunks",
    "app",
    "main",
];

/// What talks to a server, in the crates that the portal has.
const FETCHES: &[&str] = &[
    "gloo_net",
    "fetch_with_",
    "XmlHttpRequest",
    "EventSource",
    "WebSocket",
    "send_beacon",
];

/// Every source file but this one, with its path below `src` and its text.
fn sources() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let below = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_owned();
    paths
        .iter()
        .map(|path| (below(path), fs::read_to_string(path).unwrap()))
        .filter(|(path, _)| path != Path::new("walls.rs"))
        .collect()
}

/// The module at the root of the crate that a file belongs to.
fn module(path: &Path) -> String {
    let first = path.iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules at the root of the crate that a text names: after `crate::`, alone or in braces.
fn named(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let ident = |text: &str| -> String {
        text.trim()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(ident(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut start = 0;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        ',' | '}' if depth == 0 => {
                            found.push(ident(&group[start..at]));
                            start = at + 1;
                        }
                        _ => {}
                    }
                    if c == '}' && depth == 0 && start == at + 1 {
                        break;
                    }
                }
            }
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

#[test]
fn names_are_read() {
    assert_eq!(
        named("use crate::text::t;\nuse crate::{ids, text::{self, t}, draft};\n"),
        ["text", "ids", "text", "draft"]
    );
    assert_eq!(
        named("let x = crate::client::call();\n// crate::pages\n"),
        ["client"]
    );
    assert_eq!(
        named("$crate::text::with(x); centrale_core::crate_name;"),
        Vec::<String>::new()
    );
}

#[test]
fn no_arrow_runs_up() {
    let floor = |name: &str| FLOORS.iter().position(|known| *known == name);
    let mut wrong = Vec::new();
    let sources = sources();
    for (path, text) in &sources {
        let own = module(path);
        let Some(height) = floor(&own) else {
            wrong.push(format!("{own} has no floor"));
            continue;
        };
        for name in named(text) {
            if floor(&name).is_none_or(|other| other > height) {
                wrong.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(sources.len() > 100, "the sources were found");
}

#[test]
fn only_the_client_fetches() {
    let fetches = |text: &str| FETCHES.iter().any(|word| text.contains(word));
    let found: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| fetches(text))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert_eq!(found, ["client.rs"]);
}

/// The components that a text defines for other modules.
fn components(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("#[component]")
            && let Some(rest) = lines.next().and_then(|line| line.split_once("fn "))
        {
            let end = rest.1.find(['(', '<']).unwrap_or(rest.1.len());
            found.push(rest.1[..end].to_owned());
        }
    }
    found
}

#[test]
fn the_gallery_shows_every_component() {
    let sources = sources();
    let gallery: String = sources
        .iter()
        .filter(|(path, _)| path.starts_with("gallery"))
        .map(|(_, text)| text.as_str())
        .collect();
    let inside: Vec<(&PathBuf, &String)> = sources
        .iter()
        .filter(|(path, _)| path.starts_with("components"))
        .map(|(path, text)| (path, text))
        .collect();
    let mut missing = Vec::new();
    let mut count = 0;
    for (path, text) in &inside {
        for name in components(text) {
            count += 1;
            let tag = |text: &str| {
                text.match_indices(&format!("<{name}")).any(|(at, tag)| {
                    !text[at + tag.len()..].starts_with(|c: char| c.is_alphanumeric())
                })
            };
            // What only other components are made of is shown in them.
            if !tag(&gallery) && !inside.iter().any(|(_, text)| tag(text)) {
                missing.push(format!("{name} of {}", path.display()));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(count > 40, "the components were found");
}
