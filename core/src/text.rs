//! What no text may hold, whatever it is for: control characters, of which a database may refuse some, and nothing but
//! characters that nobody sees. Told apart from what single fields want, at the edge, for every text alike.

use crate::error::{Code, FieldError};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The one field that holds a file of several lines: that of an import of holidays.
const LINES: &str = "text";

/// What is wrong with a text; `None`: it may be read. An empty text, or one of white space, is for its field to judge.
pub fn fault(text: &str) -> Option<Code> {
    if text.contains(char::is_control) {
        return Some(Code::TextControl);
    }
    let unseen = |c: char| c.is_whitespace() || is_invisible(c);
    (text.contains(is_invisible) && text.chars().all(unseen)).then_some(Code::TextInvisible)
}

/// Zero-width characters, marks of direction, fillers and variation selectors (Unicode's default ignorable ones).
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// What is wrong with the texts of a JSON document, names of fields included, each at its path. What is no JSON is left
/// to whoever reads it.
pub fn faults(json: &[u8]) -> Vec<FieldError> {
    // Most documents are plain: without escapes, and in letters that a keyboard has.
    if !json.iter().any(|byte| *byte == b'\\' || *byte >= 0x7f) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut document = serde_json::Deserializer::from_slice(json);
    let read = Walk {
        path: String::new(),
        found: &mut found,
    }
    .deserialize(&mut document);
    if read.is_ok() { found } else { Vec::new() }
}

/// Walks through a document without keeping it.
struct Walk<'a> {
    path: String,
    found: &'a mut Vec<FieldError>,
}

impl Walk<'_> {
    fn below(&mut self, name: &str) -> Walk<'_> {
        let path = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        };
        Walk {
            path,
            found: self.found,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        let lines = |text: &str| text.replace(['\n', '\r', '\t'], " ");
        let code = if self.path == LINES {
            fault(&lines(text))
        } else {
            fault(text)
        };
        self.found
            .extend(code.map(|code| FieldError::new(self.path, code)));
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let mut place = 0;
        while list
            .next_element_seed(self.below(&place.to_string()))?
            .is_some()
        {
            place += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match fault(&name) {
                Some(code) => {
                    self.found.push(FieldError::new(self.path.clone(), code));
                    map.next_value::<de::IgnoredAny>()?;
                }
                None => map.next_value_seed(self.below(&name))?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let check =
            |text: &str, expected: Option<Code>| assert_eq!(fault(text), expected, "{text:?}");
        check("", None);
        check("  ", None);
        check("Zoë 日本 עברית 👩‍👩‍👧", None);
        check("\u{202b}עברית\u{202c}", None);
        check("a\0", Some(Code::TextControl));
        check("a\nb", Some(Code::TextControl));
        check("\u{7f}", Some(Code::TextControl));
        check("\u{85}", Some(Code::TextControl));
        check("\u{200b}", Some(Code::TextInvisible));
        check(" \u{202e} \u{feff}", Some(Code::TextInvisible));
        check("\u{2800}\u{3164}", Some(Code::TextInvisible));
    }

    #[test]
    fn documents() {
        let check = |json: &str, expected: &[(&str, Code)]| {
            let found = faults(json.as_bytes());
            let found: Vec<_> = found
                .iter()
                .map(|error| (error.field.as_str(), error.code))
                .collect();
            assert_eq!(found, expected, "{json}");
        };
        check(
            r#"{"a": "\u00e9", "b": [1, -2, 0.5, null, true, "x"]}"#,
            &[],
        );
        check(r#"{"a": "x\u0000"}"#, &[("a", Code::TextControl)]);
        check(
            r#"{"a": {"b": ["x", {"c": "\u200b"}]}}"#,
            &[("a.b.1.c", Code::TextInvisible)],
        );
        check(
            r#"{"a\u0000": {"b": "\u0000"}, "b": "\n"}"#,
            &[("", Code::TextControl), ("b", Code::TextControl)],
        );
        check(r#""\u0007""#, &[("", Code::TextControl)]);
        check(r#"{"text": "BEGIN:VCALENDAR\r\n\tX"}"#, &[]);
        check(r#"{"text": "BEGIN\u0000"}"#, &[("text", Code::TextControl)]);
        check(
            r#"{"a": {"text": "x\ny"}}"#,
            &[("a.text", Code::TextControl)],
        );
        check(r#"{"a": "\u0000""#, &[]);
    }
}
