//! The API contract: data types and one zero-sized type per endpoint. The server mounts and the portal calls by that
//! type, so that a drift does not compile.

pub mod accounts;
pub mod agents;
pub mod body;
pub mod calls;
pub mod centers;
mod described;
pub mod events;
pub mod live;
pub mod mails;
pub mod organisation;
pub mod outgoing;
pub mod own;
pub mod parts;
pub mod passcodes;
pub mod phones;
pub mod routing;
pub mod schedules;
pub mod security;
pub mod services;
pub mod session;
mod stale;
pub mod uploads;
pub mod users;

pub use described::Described;
pub use stale::{Remove, Stale};

use crate::id::{LocationId, ScheduleId, UploadId, UserId};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An HTTP method that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes, or asks something that takes a body.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

/// Who may call an endpoint at all; whose data they get is checked by the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nobody needs to be logged in.
    Public,
    /// Anyone who is logged in, even where a second factor must be set up first: what is needed for that.
    Own,
    /// Anyone who is logged in.
    LoggedIn,
    /// The user themselves, or an administrator of theirs.
    OfUser,
    /// The user themselves, an administrator of theirs, or who supervises them at a call center.
    OfAgent,
    /// An administrator whose scope holds the call center, or who works for it or supervises it; reading is for all of
    /// them, anything else for administrators and supervisors.
    OfCenter,
    /// An administrator of any level.
    Admin,
    /// An administrator of the location, or of the enterprise.
    OfLocation,
    /// An administrator of the enterprise.
    Enterprise,
}

/// One endpoint.
pub trait Endpoint {
    /// Its method.
    const METHOD: Method;
    /// Its path; each `{name}` is filled by one of the parameters, in order.
    const PATH: &'static str;
    /// Who may call it.
    const ACCESS: Access;
    /// What it does, in one English sentence, for the `OpenAPI` document.
    const SUMMARY: &'static str;
    /// What fills the path.
    type Params: Params + DeserializeOwned + Send;
    /// The body of the request, or the query of a `GET`; `()` for none.
    type Request: Serialize + DeserializeOwned + Described + Send;
    /// The body of the answer; `()` for none.
    type Response: Serialize + DeserializeOwned + Described + Send;
    /// What kind of bodies these are.
    type Body: body::Body;
    /// The body of a 409 that tells what somebody else saved in the meantime; `()`: there is none. Other refusals, and a
    /// 409 for another reason, have the common error body.
    type Conflict: Serialize + DeserializeOwned + Described + Send;
}

/// The parameters of a path.
pub trait Params {
    /// Each in turn, as it stands in the path.
    fn segments(&self) -> Vec<String>;

    /// The schema of each in turn.
    #[cfg(feature = "schema")]
    fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema>;
}

impl Params for () {
    fn segments(&self) -> Vec<String> {
        Vec::new()
    }

    #[cfg(feature = "schema")]
    fn schemas(_: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema> {
        Vec::new()
    }
}

macro_rules! params {
    ($($id:ty),*) => {$(impl Params for $id {
        fn segments(&self) -> Vec<String> {
            vec![self.to_string()]
        }

        #[cfg(feature = "schema")]
        fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema> {
            vec![generator.subschema_for::<Self>()]
        }
    })*};
}
params!(
    UserId,
    LocationId,
    ScheduleId,
    UploadId,
    accounts::AccountId
);

/// The path of an endpoint with its parameters filled in.
pub fn path<E: Endpoint>(params: &E::Params) -> String {
    params
        .segments()
        .iter()
        .fold(E::PATH.to_owned(), |path, segment| {
            match (path.find('{'), path.find('}')) {
                (Some(open), Some(close)) if open < close => {
                    format!("{}{segment}{}", &path[..open], &path[close + 1..])
                }
                _ => path,
            }
        })
}

/// Declares an endpoint: its name, method, path, access, parameters, request and response; then the kind of its bodies when
/// they are not JSON, and what a 409 tells when somebody else saved in the meantime.
macro_rules! endpoint {
    (@body) => { $crate::api::body::Json };
    (@body $kind:ident) => { $crate::api::body::$kind };
    (@conflict) => { () };
    (@conflict $conflict:ty) => { $conflict };
    ($(#[doc = $doc:literal])+ $name:ident: $method:ident $path:literal, $access:ident, $params:ty, $request:ty => $response:ty
        $(, body $body:ident)? $(, conflict $conflict:ty)?) => {
        $(#[doc = $doc])+
        pub struct $name;
        impl $crate::api::Endpoint for $name {
            const METHOD: $crate::api::Method = $crate::api::Method::$method;
            const PATH: &'static str = $path;
            const ACCESS: $crate::api::Access = $crate::api::Access::$access;
            const SUMMARY: &'static str = concat!($($doc),+);
            type Params = $params;
            type Request = $request;
            type Response = $response;
            type Body = $crate::api::endpoint!(@body $($body)?);
            type Conflict = $crate::api::endpoint!(@conflict $($conflict)?);
        }
    };
}
pub(crate) use endpoint;
