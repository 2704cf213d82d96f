//! The cookie that carries the token of a session. Only the token's hash is kept on the server.

use crate::state::HttpSettings;
use crate::store::BROWSER_DAYS;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use sha2::{Digest, Sha256};

/// Whether the browser talks TLS: it is set so, or the proxy that may be trusted says so.
pub(crate) fn is_secure(headers: &HeaderMap, settings: &HttpSettings) -> bool {
    let scheme = || {
        headers
            .get_all("x-forwarded-proto")
            .iter()
            .next_back()?
            .to_str()
            .ok()?
            .rsplit(',')
            .next()
    };
    let by_proxy = || scheme().is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"));
    settings.secure_cookies || (settings.trust_proxy && by_proxy())
}

/// The name of the cookie; behind TLS a prefix ties it to this host and to secure connections.
const fn name(secure: bool) -> &'static str {
    if secure {
        "__Host-centrale"
    } else {
        "centrale"
    }
}

/// The name of the cookie by which a browser is known.
const fn browser_name(secure: bool) -> &'static str {
    if secure {
        "__Host-centrale-browser"
    } else {
        "centrale-browser"
    }
}

/// The token that a request carries.
pub(crate) fn token(headers: &HeaderMap, secure: bool) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(name(secure))
        .map(|cookie| cookie.value().to_owned())
}

/// The cookie for a new session. It lasts until the browser closes; the server ends the session earlier or later.
pub(crate) fn set(token: &str, secure: bool) -> String {
    cookie(token, secure).to_string()
}

/// The cookie that takes the session's cookie away.
pub(crate) fn clear(secure: bool) -> String {
    let mut cookie = cookie("", secure);
    cookie.make_removal();
    cookie.to_string()
}

/// The hash of the token by which the browser may be known.
pub(crate) fn browser(headers: &HeaderMap, secure: bool) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(browser_name(secure))
        .map(|cookie| digest(cookie.value()))
}

/// The cookie by which a browser is known from now on.
pub(crate) fn set_browser(token: &str, secure: bool) -> String {
    let cookie = Cookie::build((browser_name(secure), token));
    let cookie = cookie
        .http_only(true)
        .same_site(SameSite::Strict)
        .path("/")
        .secure(secure)
        .build();
    format!("{cookie}; Max-Age={}", BROWSER_DAYS * 24 * 60 * 60)
}

fn cookie(token: &str, secure: bool) -> Cookie<'_> {
    let cookie = Cookie::build((name(secure), token));
    cookie
        .http_only(true)
        .same_site(SameSite::Strict)
        .path("/")
        .secure(secure)
        .build()
}

/// What is kept of a token: its SHA-256, as hex digits.
pub(crate) fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_is_what_is_set_or_what_our_proxy_says() {
        let check = |secure_cookies, trust_proxy, scheme: &str, expected| {
            let settings = HttpSettings {
                secure_cookies,
                trust_proxy,
                ..HttpSettings::default()
            };
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-proto", scheme.parse().unwrap());
            assert_eq!(
                is_secure(&headers, &settings),
                expected,
                "{secure_cookies} {trust_proxy} {scheme}"
            );
        };
        check(false, false, "https", false);
        check(false, true, "https", true);
        check(false, true, "http, HTTPS", true);
        check(false, true, "https, http", false);
        check(true, false, "http", true);
    }

    #[test]
    fn cookies() {
        assert_eq!(
            set("abc", false),
            "centrale=abc; HttpOnly; SameSite=Strict; Path=/"
        );
        assert_eq!(
            set("abc", true),
            "__Host-centrale=abc; HttpOnly; SameSite=Strict; Secure; Path=/"
        );
        assert!(clear(false).contains("Max-Age=0"));
        assert_eq!(
            set_browser("abc", true),
            "__Host-centrale-browser=abc; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=15552000"
        );
        let mut headers = HeaderMap::new();
        headers.insert("cookie", "a=1; centrale=abc".parse().unwrap());
        assert_eq!(token(&headers, false).as_deref(), Some("abc"));
        assert_eq!(token(&headers, true), None);
        assert_eq!(
            digest(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
