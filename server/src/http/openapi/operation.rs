//! One operation of the document, from its endpoint type.

use centrale_core::api::session::CSRF_HEADER;
use centrale_core::api::{Access, Endpoint, Method, parts, schedules, services, uploads};
use centrale_core::error::ErrorBody;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};
use std::any::TypeId;

/// An endpoint that is mounted.
#[derive(Clone, Copy)]
pub(crate) struct Operation {
    /// Its method in small letters.
    pub(crate) method: &'static str,
    /// Its path.
    pub(crate) path: &'static str,
    /// Describes it.
    pub(crate) describe: fn(&mut SchemaGenerator) -> Value,
}

impl Operation {
    /// The operation of an endpoint.
    pub(crate) fn of<E: Endpoint + 'static>() -> Self
    where
        E::Request: 'static,
        E::Response: 'static,
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

    /// The operation of an endpoint that answers with server-sent events.
    pub(crate) fn of_stream<E: Endpoint + 'static>() -> Self
    where
        E::Request: 'static,
        E::Response: 'static,
    {
        Self {
            describe: describe_stream::<E>,
            ..Self::of::<E>()
        }
    }

    /// The operation of an endpoint whose body is a file.
    pub(crate) fn of_file<E: Endpoint + 'static>() -> Self
    where
        E::Request: 'static,
        E::Response: 'static,
    {
        Self {
            describe: describe_file::<E>,
            ..Self::of::<E>()
        }
    }

    /// The operation of an endpoint that answers with a sound.
    pub(crate) fn of_sound<E: Endpoint + 'static>() -> Self
    where
        E::Request: 'static,
        E::Response: 'static,
    {
        Self {
            describe: describe_sound::<E>,
            ..Self::of::<E>()
        }
    }
}

fn describe<E: Endpoint + 'static>(generator: &mut SchemaGenerator) -> Value
where
    E::Request: 'static,
    E::Response: 'static,
{
    let mut parameters: Vec<Value> = path_names(E::PATH)
        .map(|name| {
            let number = json!({ "type": "integer", "format": "uint32", "minimum": 0 });
            json!({ "name": name, "in": "path", "required": true, "schema": number })
        })
        .collect();
    if E::METHOD == Method::Get {
        parameters.extend(query::<E::Request>());
    } else {
        parameters.push(json!({
            "name": CSRF_HEADER.0, "in": "header", "required": true,
            "schema": { "type": "string", "const": CSRF_HEADER.1 },
        }));
    }
    let mut operation = json!({
        "operationId": name::<E>(),
        "summary": E::SUMMARY.trim(),
        "description": access(E::ACCESS),
        "parameters": parameters,
        "security": if E::ACCESS == Access::Public { json!([]) } else { json!([{ "session": [] }]) },
        "responses": responses::<E>(generator),
    });
    if E::METHOD != Method::Get && !is_unit::<E::Request>() {
        operation["requestBody"] = json!({ "required": true, "content": content(generator.subschema_for::<E::Request>()) });
    }
    operation
}

/// Each event's data is a response.
fn describe_stream<E: Endpoint + 'static>(generator: &mut SchemaGenerator) -> Value
where
    E::Request: 'static,
    E::Response: 'static,
{
    let mut operation = describe::<E>(generator);
    let data = generator.subschema_for::<E::Response>();
    operation["responses"]["200"]["content"] = json!({ "text/event-stream": { "schema": data } });
    operation
}

/// The request stands in the query, and the body is a file.
fn describe_file<E: Endpoint + 'static>(generator: &mut SchemaGenerator) -> Value
where
    E::Request: 'static,
    E::Response: 'static,
{
    let mut operation = describe::<E>(generator);
    if let Some(parameters) = operation["parameters"].as_array_mut() {
        parameters.extend(query::<E::Request>().into_iter().map(|mut parameter| {
            parameter["required"] = true.into();
            parameter
        }));
    }
    let file = json!({ "schema": { "type": "string", "format": "binary" } });
    operation["requestBody"] = json!({ "required": true, "content": { "*/*": file } });
    operation
}

fn describe_sound<E: Endpoint + 'static>(generator: &mut SchemaGenerator) -> Value
where
    E::Request: 'static,
    E::Response: 'static,
{
    let mut operation = describe::<E>(generator);
    let sound = json!({ "audio/wav": { "schema": { "type": "string", "format": "binary" } } });
    if let Some(responses) = operation["responses"].as_object_mut() {
        responses.remove("204");
        responses.insert(
            "200".into(),
            json!({ "description": "The sound.", "content": sound }),
        );
    }
    operation
}

fn responses<E: Endpoint + 'static>(generator: &mut SchemaGenerator) -> Value
where
    E::Response: 'static,
{
    let error = content(generator.subschema_for::<ErrorBody>());
    let mut responses = json!({
        "default": { "description": "It was refused; the codes tell why.", "content": error },
    });
    if is_unit::<E::Response>() {
        responses["204"] = json!({ "description": "Done." });
    } else {
        let answer = content(generator.subschema_for::<E::Response>());
        responses["200"] = json!({ "description": "Done.", "content": answer });
    }
    if let Some(conflict) = conflict::<E>(generator) {
        let stale =
            "Somebody else saved in the meantime: how it is now. Or something still uses it.";
        responses["409"] = json!({ "description": stale, "content": content(conflict) });
    }
    responses
}

/// The body of a 409, besides the common one.
fn conflict<E: Endpoint + 'static>(generator: &mut SchemaGenerator) -> Option<Schema> {
    let is = |id: TypeId| TypeId::of::<E>() == id;
    let newer = if is(TypeId::of::<services::Put>()) {
        generator.subschema_for::<services::Conflict>()
    } else if is(TypeId::of::<schedules::Put>()) || is(TypeId::of::<schedules::Delete>()) {
        generator.subschema_for::<schedules::Conflict>()
    } else if is(TypeId::of::<parts::Put>()) || is(TypeId::of::<parts::Delete>()) {
        generator.subschema_for::<parts::Conflict>()
    } else if is(TypeId::of::<uploads::Put>())
        || is(TypeId::of::<uploads::PutSound>())
        || is(TypeId::of::<uploads::Delete>())
    {
        generator.subschema_for::<uploads::Conflict>()
    } else {
        return None;
    };
    let common = generator.subschema_for::<ErrorBody>();
    Schema::try_from(json!({ "anyOf": [newer, common] })).ok()
}

/// The fields of a query, each a parameter.
fn query<T: JsonSchema>() -> Vec<Value> {
    let mut schema = super::generator().into_root_schema_for::<T>();
    let Some(Value::Object(fields)) = schema.remove("properties") else {
        return Vec::new();
    };
    fields
        .into_iter()
        .map(|(name, schema)| parameter(&name, schema))
        .collect()
}

fn parameter(name: &str, schema: Value) -> Value {
    // An id or a moment is a number; its own schema lives in a document of its own.
    let refers = schema.to_string().contains("$ref");
    let plain = if refers {
        json!({ "type": "integer" })
    } else {
        schema
    };
    json!({ "name": name, "in": "query", "required": false, "schema": plain })
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
