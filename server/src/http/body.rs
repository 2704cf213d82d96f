//! Reads bodies and queries into the types of the contract, and tells at which field they cannot be read.

use super::refusal::Refusal;
use crate::pool::READING;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, header};
use centrale_core::error::Code;
use centrale_core::schedule::{HolidaySchedule, TimeSchedule};
use centrale_core::text;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};
use std::time::Duration;

/// The largest body of somebody who is logged in, in bytes.
pub(crate) const LIMIT: usize = 1024 * 1024;
/// The largest body of anybody else: a log-in has a name and a password.
pub(crate) const LIMIT_OF_ANONYMOUS: usize = 16 * 1024;
/// From so many bytes on a body is read on threads of its own: one of 1 MB takes 10 ms.
const LARGE: usize = 64 * 1024;

/// Reads a query string.
pub(crate) fn query<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        if let Some(code) = text::fault(&name) {
            return Err(Refusal::unreadable(String::new(), code));
        }
        if let Some(code) = text::fault(&value) {
            return Err(Refusal::unreadable(name.into_owned(), code));
        }
    }
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(pairs)
        .map_err(|error| at(error.path(), &error.inner().to_string(), None))
}

/// Whether a path has nothing in it that no text may have.
pub(crate) fn is_plain(path: &str) -> bool {
    text::fault(&percent_decode_str(path).decode_utf8_lossy()).is_none()
}

/// Reads a JSON body of so many bytes at most; none at all is read as `null`.
pub(crate) async fn json<T: Serialize + DeserializeOwned + Send + 'static>(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    time: Duration,
) -> Result<T, Refusal> {
    let bytes = match tokio::time::timeout(time, to_bytes(body, limit)).await {
        Ok(whole) => whole.map_err(|_| Code::BodyTooLarge)?,
        Err(_) => return Err(Code::BodyTooSlow.into()),
    };
    if bytes.is_empty() {
        return read(b"null");
    }
    let faults = text::faults(&bytes);
    if !faults.is_empty() {
        return Err(Refusal::fields(faults));
    }
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| {
            kind.split(';')
                .next()
                .is_some_and(|k| k.trim() == "application/json")
        });
    match (is_json, bytes.len() < LARGE) {
        (false, _) => Err(Code::BodyMalformed.into()),
        (true, true) => read(&bytes),
        (true, false) => READING.run(move || read(&bytes)).await?,
    }
}

fn read<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let mut text = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut text).map_err(|error| {
        let whole = serde_json::from_slice(bytes).ok();
        at(error.path(), &error.inner().to_string(), whole.as_ref())
    })?;
    text.end().map_err(|_| Code::BodyMalformed)?;
    if bytes.contains(&b'[')
        && let Some(field) = list_as_object(bytes, &value)
    {
        return Err(Refusal::unreadable(field, Code::Malformed));
    }
    Ok(value)
}

/// The field at which a list was taken for an object: serde reads a struct also from the values of its fields in their
/// order, which changes when a field is added. What was read is written again, and compared.
fn list_as_object<T: Serialize>(bytes: &[u8], value: &T) -> Option<String> {
    let sent: Value = serde_json::from_slice(bytes).ok()?;
    let understood = serde_json::to_value(value).ok()?;
    unlike(&sent, &understood)
}

fn unlike(sent: &Value, understood: &Value) -> Option<String> {
    let below =
        |key: &str, sent, understood| unlike(sent, understood).map(|field| join(key, &field));
    match (sent, understood) {
        (Value::Array(_), Value::Object(_)) => Some(String::new()),
        (Value::Array(sent), Value::Array(understood)) => {
            let mut pairs = sent.iter().zip(understood).enumerate();
            pairs.find_map(|(at, (sent, understood))| below(&at.to_string(), sent, understood))
        }
        (Value::Object(sent), Value::Object(understood)) => sent
            .iter()
            .find_map(|(key, sent)| below(key, sent, understood.get(key)?)),
        _ => None,
    }
}

fn at(path: &Path, message: &str, body: Option<&Value>) -> Refusal {
    let start = named(path);
    let inner = body
        .and_then(|body| pointed(body, &start))
        .and_then(inside_schedule);
    let (below, code) = inner.unwrap_or_else(|| fault(&start, message));
    Refusal::unreadable(join(&start, &below), code)
}

/// The path as fields are named.
fn named(path: &Path) -> String {
    path.iter()
        .fold(String::new(), |field, segment| match segment {
            Segment::Seq { index } => join(&field, &index.to_string()),
            Segment::Map { key } => join(&field, key),
            Segment::Enum { .. } | Segment::Unknown => field,
        })
}

/// What is wrong at a path, and at which field below it: one that is missing, or should not be there.
fn fault(start: &str, message: &str) -> (String, Code) {
    let quoted = |lead: &str| Some(message.split_once(lead)?.1.split_once('`')?.0.to_owned());
    if let Some(name) = quoted("unknown field `") {
        let named = start == name || start.ends_with(&format!(".{name}"));
        return (if named { String::new() } else { name }, Code::UnknownField);
    }
    quoted("missing field `").map_or((String::new(), Code::Malformed), |name| (name, Code::Empty))
}

/// The content of a schedule is told apart by its `type`, so serde reads it in one piece and loses the place: this
/// finds the block or holiday at fault.
fn inside_schedule(value: &Value) -> Option<(String, Code)> {
    let mut content = value.as_object()?.clone();
    let Value::String(kind) = content.remove("type")? else {
        return None;
    };
    let content = Value::Object(content);
    match kind.as_str() {
        "time" => found::<TimeSchedule>(&content),
        "holidays" => found::<HolidaySchedule>(&content),
        _ => None,
    }
}

fn found<T: DeserializeOwned>(content: &Value) -> Option<(String, Code)> {
    let error = serde_path_to_error::deserialize::<_, T>(content).err()?;
    let start = named(error.path());
    let (below, code) = fault(&start, &error.inner().to_string());
    Some((join(&start, &below), code))
}

fn pointed<'a>(body: &'a Value, field: &str) -> Option<&'a Value> {
    if field.is_empty() {
        Some(body)
    } else {
        body.pointer(&format!("/{}", field.replace('.', "/")))
    }
}

fn join(path: &str, below: &str) -> String {
    match (path, below) {
        ("", below) => below.to_owned(),
        (path, "") => path.to_owned(),
        (path, below) => format!("{path}.{below}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changed::feed;
    use centrale_core::api::{parts, routing, schedules, services, session, users};

    #[track_caller]
    fn check<T: Serialize + DeserializeOwned>(body: &str, expected: &[(&str, Code)]) {
        let Err(Refusal::Error(error)) = read::<T>(body.as_bytes()) else {
            panic!("{body} was read")
        };
        assert_eq!(error.code, Code::BodyMalformed);
        let found: Vec<_> = error
            .fields
            .iter()
            .map(|f| (f.field.as_str(), f.code))
            .collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn faults_stand_at_their_field() {
        check::<services::Save>("{", &[]);
        check::<services::Save>("{}", &[("changes", Code::Empty)]);
        check::<services::Save>(
            r#"{"changes":[],"more":1}"#,
            &[("more", Code::UnknownField)],
        );
        check::<services::Save>(
            r#"{"changes":[{"service":"telepathy","version":0,"settings":{}}]}"#,
            &[("changes.0.service", Code::Malformed)],
        );
        check::<services::Save>(
            r#"{"changes":[{"service":"do-not-disturb","version":-1,"settings":{}}]}"#,
            &[("changes.0.version", Code::Malformed)],
        );
        check::<services::Save>(
            r#"{"changes":[{"service":"do-not-disturb","version":1,"settings":{},"x":1}]}"#,
            &[("changes.0.x", Code::UnknownField)],
        );
        let new = |kind: &str| format!(r#"{{"name":"Kantoor","kind":{kind}}}"#);
        check::<schedules::New>(
            &new(r#"{"type":"time","blocks":[{"start":"mon 08:00","end":"mon 25:00"}]}"#),
            &[("kind.blocks.0.end", Code::Malformed)],
        );
        check::<schedules::New>(
            &new(r#"{"type":"time","blocks":[],"lines":[]}"#),
            &[("kind.lines", Code::UnknownField)],
        );
        check::<schedules::New>(
            &new(
                r#"{"type":"holidays","lines":[{"name":"Uitje","when":{"type":"once","from":"2026-02-30","to":"2026-03-01"}}]}"#,
            ),
            &[("kind.lines.0.when", Code::Malformed)],
        );
        check::<schedules::New>(
            &new(r#"{"type":"moon"}"#),
            &[("kind.type", Code::Malformed)],
        );
        check::<routing::Question>(r#"{"dialled":7}"#, &[("dialled", Code::Malformed)]);
        check::<()>(r#"{"a":1}"#, &[]);
    }

    #[test]
    fn a_list_is_no_object() {
        check::<services::Save>("[[]]", &[]);
        check::<services::Save>(
            r#"{"changes":[["do-not-disturb",0,{}]]}"#,
            &[("changes.0", Code::Malformed)],
        );
        check::<schedules::New>(
            r#"{"name":"Kantoor","kind":{"type":"holidays","lines":[["Uitje",{"type":"once","from":"2026-06-01","to":"2026-06-01"}]]}}"#,
            &[("kind.lines.0", Code::Malformed)],
        );
        assert!(read::<services::Save>(br#"{"changes":[]}"#).is_ok());
    }

    #[test]
    fn queries() {
        assert_eq!(
            query::<users::Filter>("").ok(),
            Some(users::Filter::default())
        );
        let filter = query::<users::Filter>("search=de+vries&location=2&after=100").ok();
        assert_eq!(
            filter.map(|f| (f.search, f.location.map(|l| l.0), f.after)),
            { Some(("de vries".to_owned(), Some(2), Some(100))) }
        );
        for (text, field, code) in [
            ("location=x", "location", Code::Malformed),
            ("colour=red", "colour", Code::UnknownField),
        ] {
            let Err(Refusal::Error(error)) = query::<users::Filter>(text) else {
                panic!("{text} was read")
            };
            assert_eq!(
                (error.fields[0].field.as_str(), error.fields[0].code),
                (field, code)
            );
        }
        assert!(query::<()>("").is_ok());
    }

    fn is_read<T: Serialize + DeserializeOwned>(body: &[u8]) -> bool {
        let refused = read::<T>(body).err();
        let is_of_body = |refusal: &Refusal| matches!(refusal, Refusal::Error(e) if e.code == Code::BodyMalformed);
        assert!(refused.as_ref().is_none_or(is_of_body));
        refused.is_none()
    }

    #[test]
    fn changed_bodies_are_answered() {
        let target = |body: &[u8]| {
            let text = String::from_utf8_lossy(body);
            let is_query =
                query::<users::Filter>(&text).is_ok() || query::<routing::Question>(&text).is_ok();
            is_query
                | is_read::<services::Save>(body)
                | is_read::<schedules::New>(body)
                | is_read::<routing::Question>(body)
                | is_read::<parts::New>(body)
                | is_read::<session::LogIn>(body)
        };
        feed("fuzz/seeds/bodies", target, 1_000, 50);
    }
}
