//! The texts of the portal in the language of the moment. `t("key")` and `t!("key", name = value)` follow the
//! language when they are called inside a view. The texts themselves are in `locales/`, packed by `build.rs`.

mod error;
mod fill;
mod macros;
mod moment;
#[cfg(test)]
mod tests;

pub(crate) use error::{error_text, error_text_with_limit};
pub(crate) use macros::t;
pub(crate) use moment::{day_and_time, when};

use crate::storage;
use centrale_core::organisation::Language;
use centrale_core::service::ServiceId;
use leptos::prelude::*;
use std::sync::{LazyLock, OnceLock};

static KEYS: &str = include_str!(concat!(env!("OUT_DIR"), "/keys"));
static NL: &str = include_str!(concat!(env!("OUT_DIR"), "/nl"));
static EN: &str = include_str!(concat!(env!("OUT_DIR"), "/en"));

static LANGUAGE: LazyLock<ArcRwSignal<Language>> = LazyLock::new(|| ArcRwSignal::new(remembered()));
const STORED: &str = "centrale-language";

/// The text of a key.
pub(crate) fn t(key: &str) -> String {
    with(key, &[])
}

/// The text of a key with its variables filled in.
pub(crate) fn with(key: &str, values: &[(&str, String)]) -> String {
    fill::fill(find(language(), key).unwrap_or(key), values)
}

/// The text of a key, if there is one: for keys that are put together.
pub(crate) fn maybe(key: &str) -> Option<String> {
    find(language(), key).map(|text| fill::fill(text, &[]))
}

/// The text of a key as it is for one service, when it has its own: `service-voicemail-field-number` before
/// `field-number`.
pub(crate) fn for_service(service: ServiceId, key: &str) -> String {
    for_service_with(service, key, &[])
}

/// The same, with its variables filled in.
pub(crate) fn for_service_with(service: ServiceId, key: &str, values: &[(&str, String)]) -> String {
    let own = format!("service-{service}-{key}");
    let key = if find(language(), &own).is_some() {
        &own
    } else {
        key
    };
    with(key, values)
}

/// The language of the moment; a view that asks follows it.
pub(crate) fn language() -> Language {
    LANGUAGE.get()
}

/// The language tag, as in `<html lang>`.
pub(crate) const fn tag(language: Language) -> &'static str {
    match language {
        Language::Nl => "nl",
        Language::En => "en",
    }
}

/// Switches to a language and remembers it.
pub(crate) fn choose(language: Language) {
    storage::set(STORED, tag(language));
    LANGUAGE.set(language);
}

/// Switches to the language of who logged in, unless another was chosen on this device.
pub(crate) fn suggest(language: Language) {
    if storage::get(STORED).is_none() {
        LANGUAGE.set(language);
    }
}

/// Keeps the title of the document to `title`.
pub(crate) fn document_title(title: impl Fn() -> String + Send + Sync + 'static) {
    Effect::new(move || document().set_title(&format!("{} · Centrale", title())));
}

fn remembered() -> Language {
    let wanted = storage::get(STORED).or_else(|| window().navigator().language());
    if wanted.is_some_and(|tag| tag.starts_with("en")) {
        Language::En
    } else {
        Language::Nl
    }
}

fn find(language: Language, key: &str) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<(&str, [&str; 2])>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let texts = NL.split(fill::END_OF_TEXT).zip(EN.split(fill::END_OF_TEXT));
        KEYS.lines()
            .zip(texts)
            .map(|(key, (nl, en))| (key, [nl, en]))
            .collect()
    });
    let row = table.binary_search_by_key(&key, |row| row.0).ok()?;
    Some(table[row].1[usize::from(language == Language::En)]).filter(|text| !text.is_empty())
}
