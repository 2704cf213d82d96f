//! Keeps other sites from acting in the name of who is logged in: every request that changes something must carry a
//! header that only our own pages can set, and must not come from elsewhere by what the browser says.

use crate::http::refusal::Refusal;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use centrale_core::api::session::CSRF_HEADER;
use centrale_core::error::Code;

/// Refuses a request that changes something and does not come from a page of ours.
pub(crate) fn check(parts: &Parts) -> Result<(), Refusal> {
    if matches!(parts.method, Method::GET | Method::HEAD) || ours(&parts.headers) {
        return Ok(());
    }
    Err(Code::CrossSite.into())
}

fn ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    if text(CSRF_HEADER.0) != Some(CSRF_HEADER.1) {
        return false;
    }
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let host = text(header::HOST.as_str());
            origin
                .split_once("://")
                .is_some_and(|(_, authority)| Some(authority) == host)
        }
        // Not a browser.
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    #[test]
    fn sites() {
        let check = |method: &str, headers: &[(&str, &str)], expected: bool| {
            let mut request = Request::builder().method(method).uri("/api/session");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let (parts, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(
                super::check(&parts).is_ok(),
                expected,
                "{method} {headers:?}"
            );
        };
        let own = CSRF_HEADER;
        let host = ("host", "centrale.example:8080");
        check("GET", &[], true);
        check("POST", &[], false);
        check("DELETE", &[("x-centrale", "0")], false);
        check("POST", &[own], true);
        check("POST", &[own, ("sec-fetch-site", "same-origin")], true);
        check("POST", &[own, ("sec-fetch-site", "same-site")], false);
        check("POST", &[own, ("sec-fetch-site", "cross-site")], false);
        check(
            "PUT",
            &[own, host, ("origin", "https://centrale.example:8080")],
            true,
        );
        check(
            "PUT",
            &[own, host, ("origin", "https://centrale.example")],
            false,
        );
        check(
            "PUT",
            &[own, host, ("origin", "https://elsewhere.example")],
            false,
        );
        check("PUT", &[own, host, ("origin", "null")], false);
        check(
            "PUT",
            &[
                own,
                host,
                ("origin", "http://elsewhere.example"),
                ("sec-fetch-site", "same-origin"),
            ],
            true,
        );
    }
}
