//! What the bodies of an endpoint are, besides the JSON that most have: a marker for each kind, which the server reads and
//! answers by, and which the `OpenAPI` document tells.

/// What kind of bodies an endpoint has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// The request is JSON, or the query of a `GET`; the answer is JSON.
    Json,
    /// The request stands in the query and the body is a file; the answer is JSON.
    File,
    /// There is no request; the answer is a WAV file, or the range of its bytes that the header `Range` asks for.
    Sound,
    /// There is no request; the answer is a stream of server-sent events, each of which holds a response.
    Events,
}

/// A kind of bodies as a type.
pub trait Body {
    /// The kind.
    const KIND: BodyKind;
}

macro_rules! bodies {
    ($($name:ident)*) => {$(
        #[doc = concat!("The bodies of [`BodyKind::", stringify!($name), "`].")]
        pub struct $name;
        impl Body for $name {
            const KIND: BodyKind = BodyKind::$name;
        }
    )*};
}
bodies!(Json File Sound Events);
