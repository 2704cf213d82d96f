//! The portal's files, the headers of every answer, and paths that lead nowhere.

use crate::server::Server;
use axum::body::Body;
use axum::http::{Request, header};
use std::fs;

async fn server() -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("app-0123456789abcdef.js", "let a"),
        ("app-0123456789abcdef.js.br", "small"),
        ("boot.js", "boot"),
        (".stamp", "built"),
    ] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    (Server::with_assets(folder.path().to_owned()).await, folder)
}

#[tokio::test]
async fn files_and_pages() {
    let (server, _folder) = server().await;
    let visitor = server.anonymous();
    let check = async |path: &str, status: u16, text: &str, caching: &str| {
        let answer = visitor.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.text.as_str()),
            (status, text),
            "{path}"
        );
        assert_eq!(answer.headers[header::CACHE_CONTROL], caching, "{path}");
    };
    let for_ever = "public, max-age=31536000, immutable";
    check("/", 200, "<!doctype html>", "no-cache").await;
    check("/users/1/services", 200, "<!doctype html>", "no-cache").await;
    check("/boot.js", 200, "boot", "no-cache").await;
    check("/app-0123456789abcdef.js", 200, "let a", for_ever).await;
    check("/app-fedcba9876543210.js", 404, "", "no-cache").await;
    check("/../secret.txt", 404, "", "no-cache").await;
    for hidden in [
        "/.stamp",
        "/%2Estamp",
        "/./.stamp",
        "/x%2F..%2F.stamp",
        "/.git/config",
        "/.git",
    ] {
        check(hidden, 404, "", "no-cache").await;
    }
    // What is kept on the way is kept for those who read the same compressions.
    assert_eq!(
        visitor.get("/boot.js").await.headers[header::VARY],
        "accept-encoding"
    );
    let br = Request::get("/app-0123456789abcdef.js").header(header::ACCEPT_ENCODING, "gzip, br");
    let answer = visitor.ask(br.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (
            answer.text.as_str(),
            answer.headers[header::CONTENT_ENCODING].to_str().unwrap()
        ),
        ("small", "br")
    );
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/javascript");
}

#[tokio::test]
async fn the_api_has_its_own_refusals() {
    let (server, _folder) = server().await;
    let visitor = server.anonymous();
    for path in ["/api", "/api/", "/api/nothing", "/api/users/1/nothing"] {
        assert_eq!(
            visitor.get(path).await.refusal(),
            (404, "not-found"),
            "{path}"
        );
    }
    for path in ["/api/users", "/index.html"] {
        assert_eq!(
            visitor.send("POST", path, None).await.refusal(),
            (405, "method-not-allowed"),
            "{path}"
        );
    }
    let bare = Server::start().await;
    assert_eq!(
        bare.anonymous().get("/").await.refusal(),
        (404, "not-found")
    );
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let (server, _folder) = server().await;
    let visitor = server.anonymous();
    for path in [
        "/",
        "/boot.js",
        "/missing.js",
        "/api/health",
        "/api/session",
        "/api/nothing",
    ] {
        let headers = visitor.get(path).await.headers;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"),
            "{path}"
        );
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"));
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        for name in [
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
        ] {
            assert!(headers.contains_key(name), "{path} {name}");
        }
        if path.starts_with("/api") {
            assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        }
    }
}
