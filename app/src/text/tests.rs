use super::*;
use centrale_core::error::Code;
use centrale_core::service::{CATALOGUE, FieldKind};
use std::path::Path;
use std::{env, fs};

fn assert_text(key: &str) {
    for language in [Language::Nl, Language::En] {
        assert!(
            find(language, key).is_some(),
            "no {} text for {key}",
            tag(language)
        );
    }
}

#[test]
fn both_languages_have_every_text() {
    KEYS.lines().for_each(assert_text);
}

#[test]
fn both_languages_fill_in_the_same_variables() {
    let names = |language, key| {
        let text = find(language, key).unwrap_or_default();
        let mut names: Vec<_> = text
            .split(['\u{1}', '\u{3}'])
            .skip(1)
            .filter_map(|part| part.split_once('\u{2}').map(|(name, _)| name))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    for key in KEYS.lines() {
        assert_eq!(names(Language::Nl, key), names(Language::En, key), "{key}");
    }
}

#[test]
fn every_service_has_its_texts() {
    for entry in CATALOGUE {
        for part in ["name", "description", "does"] {
            assert_text(&format!("service-{}-{part}", entry.id));
        }
        for field in entry.form {
            assert_text(&format!("field-{}", field.key));
            assert_text(&format!("field-{}-hint", field.key));
            if let FieldKind::Choice(choices) = field.kind {
                for choice in choices {
                    assert_text(&format!("choice-{}-{choice}", field.key));
                }
            }
        }
    }
}

#[test]
fn every_error_code_has_its_text() {
    for code in Code::ALL {
        assert_text(&format!("error-{}", code.name()));
    }
}

/// Every key that is a service's own says something else than the one that all services share.
#[test]
fn what_is_a_services_own_stands_beside_what_all_share() {
    for key in KEYS.lines().filter(|key| key.starts_with("service-")) {
        let services = CATALOGUE
            .iter()
            .filter_map(|entry| key.strip_prefix(&format!("service-{}-", entry.id)));
        let parts: Vec<&str> = services.collect();
        let own = ["name", "short", "description", "does"];
        let known = parts
            .iter()
            .any(|part| own.contains(part) || find(Language::En, part).is_some());
        assert!(known, "{key} belongs to no service");
    }
}

/// Every key that stands in the sources as `t("…` or `t!("…`, or by itself in a path, is there.
#[test]
fn every_text_that_is_asked_for_is_there() {
    fn visit(folder: &Path, check: &dyn Fn(&str)) {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                visit(&path, check);
            } else if !path.ends_with("text/tests.rs") && !path.ends_with("text/mod.rs") {
                check(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    visit(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &|source| {
            let in_words = source
                .match_indices("\"path-")
                .chain(source.match_indices("\"pass-"));
            for (at, _) in in_words.chain(source.match_indices("\"announced-")) {
                let key = source[at + 1..].split('"').next().unwrap_or_default();
                if !source.contains("use leptos::prelude") {
                    assert_text(key);
                }
            }
            for call in ["t(\"", "t!(\""] {
                for (at, _) in source.match_indices(call) {
                    if source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                        continue;
                    }
                    let key = source[at + call.len()..]
                        .split('"')
                        .next()
                        .unwrap_or_default();
                    assert_text(key);
                }
            }
        },
    );
}
