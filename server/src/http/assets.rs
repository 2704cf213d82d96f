//! The portal's files: compressed beforehand, kept for ever by browsers when their name carries a hash, and the page
//! itself for every path that is no file, since the portal finds its way by its own routes.

use super::refusal::Refusal;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use centrale_core::error::Code;
use percent_encoding::percent_decode_str;
use std::path::Path;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Serves the files in a folder.
pub(crate) async fn serve(folder: &Path, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Refusal::from(Code::MethodNotAllowed).into_response();
    }
    let hashed = is_hashed(request.uri().path());
    let is_file = request
        .uri()
        .path()
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip();
    let served = if is_hidden(request.uri().path()) {
        Ok(StatusCode::NOT_FOUND.into_response())
    } else if is_file {
        files
            .oneshot(request)
            .await
            .map(IntoResponse::into_response)
    } else {
        let page = ServeFile::new(folder.join("index.html"))
            .precompressed_br()
            .precompressed_gzip();
        files
            .fallback(page)
            .oneshot(request)
            .await
            .map(IntoResponse::into_response)
    };
    let mut response = served.into_response();
    let keep = if hashed && response.status().is_success() {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    // What is kept between here and a browser is not given to one that reads another compression.
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// Whether a path leads to a file that a build keeps for itself, as `.stamp`, or into a folder of such.
fn is_hidden(path: &str) -> bool {
    percent_decode_str(path)
        .decode_utf8_lossy()
        .split(['/', '\\'])
        .any(|part| part.starts_with('.'))
}

/// Whether the name of a file carries a hash of its content, as `centrale-app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .unwrap_or_default()
        .split(['-', '.', '_'])
        .any(|part| {
            part.len() == 16 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files() {
        let check = |path, expected| assert_eq!(is_hidden(path), expected, "{path}");
        check("/.stamp", true);
        check("/%2estamp", true);
        check("/a/..%2F.git/config", true);
        check("/a%5C.stamp", true);
        check("/a.b/c.js", false);
        check("/users/12", false);
    }

    #[test]
    fn hashed_names() {
        let check = |path, expected| assert_eq!(is_hashed(path), expected, "{path}");
        check("/centrale-app-0123456789abcdef_bg.wasm", true);
        check("/centrale-app-0123456789abcdef.js", true);
        check("/main-fedcba9876543210.css", true);
        check("/index.html", false);
        check("/boot.js", false);
        check("/users/1234567890", false);
    }
}
