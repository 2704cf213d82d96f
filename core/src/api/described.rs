//! What the data types of the API are to those who do not speak Rust: JSON schemas, for the server's `OpenAPI` document.
//! Only built with the feature `schema`, so that the portal does not carry them.

/// A type with a JSON schema, when schemas are built.
#[cfg(feature = "schema")]
pub trait Described: schemars::JsonSchema {}
#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> Described for T {}

/// A type with a JSON schema, when schemas are built.
#[cfg(not(feature = "schema"))]
pub trait Described {}
#[cfg(not(feature = "schema"))]
impl<T> Described for T {}

/// Types that are written as text: what the text looks like.
#[cfg(feature = "schema")]
mod texts {
    use crate::api::accounts::AccountId;
    use crate::number::{Code, Destination, Digits, E164, Extension, National, Pattern};
    use crate::organisation::ContentHash;
    use crate::schedule::WeekMinute;
    use crate::service::{CATALOGUE, ServiceId};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    macro_rules! text {
        ($($type:ident, $describes:literal, $example:literal;)*) => {$(
            impl JsonSchema for $type {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($type).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "description": $describes, "examples": [$example] })
                }
            }
        )*};
    }

    text! {
        AccountId, "An account, by whose it is.", "user-7";
        E164, "A number of the public network, with its country code.", "+31305550142";
        Extension, "A short number within a location: 2 to 7 digits.", "142";
        National, "A number as dialled inside a country: 8 to 15 digits.", "0305550142";
        Code, "A feature access code or a speed-dial code.", "*72";
        Digits, "What is dialled after a code: 1 to 30 symbols.", "102";
        Destination, "A number as typed: international, national, an extension or a code.", "030 555 01 42";
        Pattern, "A number; ? stands for one digit, * at the end for one or more.", "+31 30 555*";
        ContentHash, "A SHA-256 in hexadecimal digits.", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        WeekMinute, "A minute of the week.", "mon 08:30";
    }

    impl JsonSchema for ServiceId {
        fn schema_name() -> Cow<'static, str> {
            "ServiceId".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            let ids: Vec<&str> = CATALOGUE.iter().map(|entry| entry.id.0).collect();
            json_schema!({ "type": "string", "description": "The name of a service.", "enum": ids })
        }
    }
}
