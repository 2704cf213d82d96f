//! The `OpenAPI` 3.1 document, made of the endpoint types that are mounted and the schemas of core's data types.

mod operation;

pub(super) use operation::Operation;

use super::refusal::Refusal;
use crate::pool::DECIDING;
use axum::http::header;
use axum::response::IntoResponse;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// The document.
pub(crate) fn document() -> Value {
    let mut generator = generator();
    let mut paths = Map::new();
    for operation in super::endpoints().operations {
        let methods = paths.entry(operation.path).or_insert_with(|| json!({}));
        methods[operation.method] = (operation.describe)(&mut generator);
    }
    paths.insert("/api/health".into(), json!({ "get": health() }));
    let schemas = generator.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Centrale",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Self-care of telephones: call services, schedules, and what a call would do.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": "centrale" },
            },
        },
    })
}

/// Answers with the document.
pub(super) async fn serve() -> Result<impl IntoResponse, Refusal> {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());
    let text = DECIDING.run(|| TEXT.as_str()).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text))
}

fn generator() -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    settings.into_generator()
}

fn health() -> Value {
    json!({
        "operationId": "health",
        "summary": "Tells whether the server and its database answer.",
        "security": [],
        "responses": { "200": { "description": "They do." }, "500": { "description": "They do not." } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refs<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, inner)| match inner {
                Value::String(text) if key == "$ref" => found.push(text),
                inner => refs(inner, found),
            }),
            Value::Array(list) => list.iter().for_each(|inner| refs(inner, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut found = Vec::new();
        refs(&document, &mut found);
        assert!(found.len() > 50);
        for reference in found {
            let path = reference.strip_prefix('#').expect(reference);
            assert!(document.pointer(path).is_some(), "{reference}");
        }
    }

    /// The schema to which the parameter of a path leads.
    fn of_path<'a>(document: &'a Value, path: &str, method: &str, at: usize) -> &'a Value {
        let schema = &document["paths"][path][method]["parameters"][at]["schema"];
        match schema["$ref"]
            .as_str()
            .and_then(|path| path.strip_prefix('#'))
        {
            Some(path) => document.pointer(path).unwrap(),
            None => schema,
        }
    }

    #[test]
    fn parameters_of_paths_have_their_own_types() {
        let document = document();
        let part = |at| of_path(&document, "/api/parts/{kind}/{id}", "get", at);
        assert!(part(0).to_string().contains("hunt-group"), "{}", part(0));
        assert_eq!(part(1)["type"], "integer");
        let account = of_path(&document, "/api/accounts/{account}", "get", 0);
        assert_eq!(account["type"], "string");
        let user = of_path(&document, "/api/users/{user}", "get", 0);
        assert_eq!(user["type"], "integer");
        for (path, methods) in document["paths"].as_object().unwrap() {
            for operation in methods.as_object().unwrap().values() {
                let told = operation["parameters"].as_array().into_iter().flatten();
                let told = told.filter(|parameter| parameter["in"] == "path").count();
                assert_eq!(told, path.matches('{').count(), "{path}");
            }
        }
    }

    #[test]
    fn bodies_are_told_by_their_kind() {
        let document = document();
        let of = |path: &str, method: &str| document["paths"][path][method].clone();
        let sound = of("/api/uploads/{upload}/sound", "get");
        assert!(sound["responses"]["200"]["content"]["audio/wav"].is_object());
        assert!(sound["responses"]["204"].is_null());
        let file = of("/api/uploads/{upload}/sound", "put");
        assert!(file["requestBody"]["content"]["*/*"].is_object());
        assert!(file["responses"]["409"].is_object());
        assert!(
            of("/api/live", "get")["responses"]["200"]["content"]["text/event-stream"].is_object()
        );
    }

    #[test]
    fn operations_are_complete() {
        let document = document();
        let put = &document["paths"]["/api/users/{user}/services"]["put"];
        assert_eq!(put["operationId"], "put_users_services");
        assert_eq!(
            put["requestBody"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/Save"
        );
        assert_eq!(put["parameters"][0]["name"], "user");
        assert_eq!(put["parameters"][1]["name"], "x-centrale");
        assert!(put["responses"]["409"]["content"].is_object());
        let list = &document["paths"]["/api/users"]["get"];
        let names: Vec<_> = list["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| &p["name"])
            .collect();
        assert_eq!(names, ["after", "location", "search"]);
        assert_eq!(
            list["parameters"][1]["schema"]["$ref"],
            "#/components/schemas/LocationId"
        );
        assert!(document["paths"]["/api/session"]["delete"]["responses"]["204"].is_object());
        let count: usize = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .map(|p| p.as_object().unwrap().len())
            .sum();
        assert_eq!(count, super::super::endpoints().operations.len() + 1);
    }
}
