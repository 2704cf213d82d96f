//! One operation of the document, from its endpoint type.

use centrale_core::api::body::{Body, BodyKind};
use centrale_core::api::session::CSRF_HEADER;
use centrale_core::api::{Access, Endpoint, Method, Params};
use centrale_core::error::ErrorBody;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};
use std::any::TypeId;

/// An endpoint that is mounted.
#[derive(Clone, Copy)]
pub(crate) struct Operation {
    /// Its method in small letters.
    pub(crate) method: &'static str,
    /// Its path, with the names of its parameters in braces.
    pub(crate) path: &'static str,
    /// Writes its part of the document; schemas are added to the generator.
    pub(crate) describe: fn(&mut SchemaGenerator) -> Value,
}

impl Operation {
    /// The operation of an endpoint.
    pub(crate) fn of<E: Endpoint + 'static>() -> Self
    where
        E::Request: 'static,
        E::Response: 'static,
        E::Conflict: 'static,
    {
        let method = match E::METHOD {
            Method::Get => "get",
            Method::Post => "post",
            Method::Put => "put",
            Method::Delete => "delete",
        };
        Self {
            method,
            path: E::PATH,
            describe: describe::<E>,
        }
    }
}

fn describe<E: Endpoint + 'static>(generator: &mut SchemaGenerator) -> Value
where
    E::Request: 'static,
    E::Response: 'static,
    E::Conflict: 'static,
{
    let kind = E::Body::KIND;
    let mut parameters: Vec<Value> = path_names(E::PATH)
        .zip(E::Params::schemas(generator))
        .map(|(name, schema)| {
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect();
    if E::METHOD != Method::Get {
        parameters.push(json!({
            "name": CSRF_HEADER.0, "in": "header", "required": true,
            "schema": { "type": "string", "const": CSRF_HEADER.1 },
        }));
    }
    if E::METHOD == Method::Get || kind == BodyKind::File {
        parameters.extend(query::<E::Request>(generator));
    }
    let mut operation = json!({
        "operationId": name::<E>(),
        "summary": E::SUMMARY.trim(),
        "description": access(E::ACCESS),
        "parameters": parameters,
        "security": if E::ACCESS == Access::Public { json!([]) } else { json!([{ "session": [] }]) },
        "responses": responses::<E>(generator),
    });
    let body = match kind {
        BodyKind::File => Some(json!({ "*/*": { "schema": bytes() } })),
        _ if E::METHOD == Method::Get || is_unit::<E::Request>() => None,
        _ => Some(content(generator.subschema_for::<E::Request>())),
    };
    if let Some(body) = body {
        operation["requestBody"] = json!({ "required": true, "content": body });
    }
    operation
}

fn responses<E: Endpoint + 'static>(generator: &mut SchemaGenerator) -> Value
where
    E::Response: 'static,
    E::Conflict: 'static,
{
    let error = content(generator.subschema_for::<ErrorBody>());
    let mut responses = json!({
        "default": { "description": "It was refused; the codes tell why.", "content": error },
    });
    let answer = match E::Body::KIND {
        BodyKind::Sound => Some(json!({ "audio/wav": { "schema": bytes() } })),
        // The data of each event is a response.
        BodyKind::Events => {
            let data = generator.subschema_for::<E::Response>();
            Some(json!({ "text/event-stream": { "schema": data } }))
        }
        BodyKind::Json | BodyKind::File if is_unit::<E::Response>() => None,
        BodyKind::Json | BodyKind::File => Some(content(generator.subschema_for::<E::Response>())),
    };
    match answer {
        Some(answer) => {
            responses["200"] = json!({ "description": "Done.", "content": answer });
        }
        None => responses["204"] = json!({ "description": "Done." }),
    }
    if !is_unit::<E::Conflict>() {
        let newer = generator.subschema_for::<E::Conflict>();
        let common = generator.subschema_for::<ErrorBody>();
        let stale =
            "Somebody else saved in the meantime: how it is now. Or something still uses it.";
        let either = json!({ "anyOf": [newer, common] });
        responses["409"] = json!({ "description": stale, "content": content(either) });
    }
    responses
}

/// The fields of a query, each a parameter with its own type.
fn query<T: JsonSchema>(generator: &mut SchemaGenerator) -> Vec<Value> {
    let mut schema = T::json_schema(generator);
    let required: Vec<String> = schema
        .remove("required")
        .and_then(|names| serde_json::from_value(names).ok())
        .unwrap_or_default();
    let Some(Value::Object(fields)) = schema.remove("properties") else {
        return Vec::new();
    };
    fields
        .into_iter()
        .map(|(name, schema)| {
            let required = required.contains(&name);
            json!({ "name": name, "in": "query", "required": required, "schema": present(schema) })
        })
        .collect()
}

/// The schema of a field when it is there: a query that leaves a field away has no `null` for it.
fn present(mut schema: Value) -> Value {
    let Some(Value::Array(mut choices)) = schema.get("anyOf").cloned() else {
        return schema;
    };
    choices.retain(|choice| choice["type"] != "null");
    if let [only] = choices.as_mut_slice()
        && let (Value::Object(only), Some(around)) = (only, schema.as_object())
    {
        for (key, value) in around.iter().filter(|(key, _)| *key != "anyOf") {
            only.entry(key).or_insert_with(|| value.clone());
        }
        return Value::Object(std::mem::take(only));
    }
    schema["anyOf"] = Value::Array(choices);
    schema
}

fn bytes() -> Value {
    json!({ "type": "string", "format": "binary" })
}

fn content(schema: impl Into<Value>) -> Value {
    json!({ "application/json": { "schema": schema.into() } })
}

fn path_names(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

/// `put_users_services` for `PUT /api/users/{user}/services`.
fn name<E: Endpoint + 'static>() -> String
where
    E::Request: 'static,
    E::Response: 'static,
    E::Conflict: 'static,
{
    let named = E::PATH
        .split('/')
        .skip(2)
        .filter(|segment| !segment.starts_with('{'));
    let one = E::PATH.ends_with('}').then_some("one");
    let words: Vec<&str> = std::iter::once(Operation::of::<E>().method)
        .chain(named)
        .chain(one)
        .collect();
    words.join("_")
}

fn access(access: Access) -> &'static str {
    match access {
        Access::Public => "For anybody.",
        Access::Own => {
            "For whoever is logged in, even before they set up a second factor that they need."
        }
        Access::LoggedIn => "For whoever is logged in.",
        Access::OfUser => "For the user and for administrators whose scope holds the user.",
        Access::OfAgent => {
            "For the user themselves, administrators of theirs, and supervisors of theirs."
        }
        Access::OfCenter => {
            "For administrators whose scope holds the call center, and for its supervisors; what is so now also for its agents."
        }
        Access::Admin => "For administrators.",
        Access::OfLocation => "For administrators of the location or of the enterprise.",
        Access::Enterprise => "For administrators of the enterprise.",
    }
}

fn is_unit<T: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<()>()
}
