//! Where a request comes from, for counting failed tries.

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Once;

/// Tells the log, once, when a proxy stands before the server and is not trusted: all people behind it have its address.
pub(crate) fn warn_once(parts: &Parts, trust_proxy: bool) {
    static WARNED: Once = Once::new();
    if !trust_proxy && parts.headers.contains_key("x-forwarded-for") {
        WARNED.call_once(|| {
            tracing::warn!(
                "a request came with X-Forwarded-For and without --trust-proxy: failed log-ins behind that proxy all \
                 count for one address"
            );
        });
    }
}

/// The address of the sender. Behind a proxy that may be trusted it is the last one that `X-Forwarded-For` names: the
/// one that the proxy saw itself. An IPv6 sender is counted by their network, which is theirs as a whole.
pub(crate) fn of(parts: &Parts, trust_proxy: bool) -> String {
    let forwarded = || {
        let named = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()?;
        named
            .to_str()
            .ok()?
            .rsplit(',')
            .next()?
            .trim()
            .parse::<IpAddr>()
            .ok()
    };
    let direct = || {
        parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|peer| peer.0.ip())
    };
    let address = if trust_proxy {
        forwarded().or_else(direct)
    } else {
        direct()
    };
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let network = u128::from(address) >> 64 << 64;
            format!("{}/64", Ipv6Addr::from(network))
        }
        None => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    #[test]
    fn addresses() {
        let check = |peer: &str, forwarded: &str, trust: bool, expected: &str| {
            let mut request = Request::builder().uri("/");
            if !forwarded.is_empty() {
                request = request.header("x-forwarded-for", forwarded);
            }
            let (mut parts, ()) = request.body(()).unwrap().into_parts();
            if let Ok(peer) = peer.parse::<SocketAddr>() {
                parts.extensions.insert(ConnectInfo(peer));
            }
            assert_eq!(of(&parts, trust), expected, "{peer} {forwarded}");
        };
        check("192.0.2.7:4000", "", false, "192.0.2.7");
        check("192.0.2.7:4000", "198.51.100.1", false, "192.0.2.7");
        check(
            "127.0.0.1:4000",
            "203.0.113.9, 198.51.100.1",
            true,
            "198.51.100.1",
        );
        check("127.0.0.1:4000", "nonsense", true, "127.0.0.1");
        check("[2001:db8:1:2:3::4]:4000", "", false, "2001:db8:1:2::/64");
        check("[::ffff:192.0.2.7]:4000", "", false, "192.0.2.7");
        check("", "", true, "unknown");
    }
}
