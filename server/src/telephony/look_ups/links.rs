//! Links to sounds, fetched for Asterisk. An administrator types them, so that the server must not be a way into the
//! operator's network: only public addresses are asked, after the name was resolved, redirects are not followed, and
//! with `--sound-hosts` only the hosts that the operator names, which may then be private ones.

use crate::sound::{MAX_FILE, convert};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the caller waits for a link.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a link that failed is not asked again: each caller would wait for it.
const REMEMBERED: Duration = Duration::from_mins(1);
/// How many failed links are remembered at most, 100 bytes or so each.
const MOST_REMEMBERED: usize = 1000;

/// Fetches sounds by link.
pub(in crate::telephony) struct Links {
    client: Client,
    /// The hosts that may be asked, in lower case; empty: every public one.
    hosts: Arc<[String]>,
    /// The links that failed, with when they may be asked again.
    failed: Mutex<HashMap<String, Instant>>,
}

impl Links {
    /// Links to these hosts, or to every public host when there are none.
    pub(in crate::telephony) fn new(hosts: &[String]) -> Result<Self, reqwest::Error> {
        let hosts: Arc<[String]> = hosts.iter().map(|host| host.to_lowercase()).collect();
        let resolver = PublicHosts {
            named: Arc::clone(&hosts),
        };
        // A proxy would resolve names by itself, and reach what the resolver leaves out.
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(resolver))
            .build()?;
        Ok(Self {
            client,
            hosts,
            failed: Mutex::default(),
        })
    }

    /// The sound at a link, in the form in which sounds are played; else why not, without the link.
    pub(in crate::telephony) async fn fetch(&self, link: &str) -> Result<Vec<u8>, String> {
        let url = self.allowed(link)?;
        let now = Instant::now();
        if self.failed().get(link).is_some_and(|until| now < *until) {
            return Err("it failed less than a minute ago".into());
        }
        let fetched = self.read(url).await;
        if fetched.is_err() {
            self.remember(link, Instant::now() + REMEMBERED);
        }
        fetched
    }

    /// The address of a link that may be asked. A host that is an address needs no resolver, so that it is looked at here.
    fn allowed(&self, link: &str) -> Result<Url, String> {
        let url: Url = link.parse().map_err(|_| "it is no address")?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("it is not http or https".into());
        }
        let host = url
            .host_str()
            .ok_or("it names no host")?
            .trim_matches(['[', ']'])
            .to_lowercase();
        if !self.hosts.is_empty() {
            return if self.hosts.contains(&host) {
                Ok(url)
            } else {
                Err(NOT_NAMED.into())
            };
        }
        match host.parse::<IpAddr>() {
            Ok(address) if !is_public(address) => Err(NOT_PUBLIC.into()),
            _ => Ok(url),
        }
    }

    async fn read(&self, url: Url) -> Result<Vec<u8>, String> {
        let mut response = self.client.get(url).send().await.map_err(told)?;
        if !response.status().is_success() {
            return Err(format!("the answer is {}", response.status().as_u16()));
        }
        let mut file = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(told)? {
            if file.len() + chunk.len() > MAX_FILE {
                return Err("it is too large".into());
            }
            file.extend(&chunk);
        }
        convert(None, move || Ok(file))
            .await
            .map(|sound| sound.wav)
            .map_err(|error| error.to_string())
    }

    fn remember(&self, link: &str, until: Instant) {
        let mut failed = self.failed();
        if failed.len() >= MOST_REMEMBERED {
            let now = Instant::now();
            failed.retain(|_, until| now < *until);
        }
        if failed.len() < MOST_REMEMBERED {
            failed.insert(link.to_owned(), until);
        }
    }

    fn failed(&self) -> std::sync::MutexGuard<'_, HashMap<String, Instant>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const NOT_NAMED: &str = "its host is not among --sound-hosts";
const NOT_PUBLIC: &str = "its host is not a public one";

/// The reason with its cause: that of a refused host lies below.
fn told(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(below) = cause.source() {
        cause = below;
    }
    cause.to_string()
}

/// Resolves names to public addresses only, but for the hosts that the operator named.
struct PublicHosts {
    named: Arc<[String]>,
}

impl Resolve for PublicHosts {
    fn resolve(&self, name: Name) -> Resolving {
        let named = self.named.iter().any(|host| host == name.as_str());
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|at| named || is_public(at.ip())).collect();
            if allowed.is_empty() {
                return Err(NOT_PUBLIC.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public network, by the registries of special-purpose addresses (RFC 6890).
/// Addresses that carry another one (mapped, translated, 6to4) are looked at as that one.
fn is_public(address: IpAddr) -> bool {
    let carried = match address {
        IpAddr::V4(_) => None,
        IpAddr::V6(v6) => {
            let s = v6.segments();
            let low = (u32::from(s[6]) << 16) | u32::from(s[7]);
            match s {
                [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(low),
                [0x2002, high, next, ..] => Some((u32::from(high) << 16) | u32::from(next)),
                _ => None,
            }
        }
    };
    let address = carried.map_or(address, |v4| IpAddr::V4(v4.into()));
    ip_rfc::global(&address) && !address.is_multicast()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        let check = |address: &str, expected: bool| {
            assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
        };
        for public in [
            "8.8.8.8",
            "145.14.1.2",
            "2001:4860:4860::8888",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            check(public, true);
        }
        for private in [
            "127.0.0.1",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            check(private, false);
        }
    }

    #[tokio::test]
    async fn private_hosts_are_asked_only_when_named() {
        let anybody = Links::new(&[]).unwrap();
        for link in [
            "http://127.0.0.1:1/a.wav",
            "http://[::1]:1/a.wav",
            "http://2130706433/a.wav",
            "http://0x7f.1/a.wav",
            "http://localhost:1/a.wav",
        ] {
            assert_eq!(anybody.fetch(link).await, Err(NOT_PUBLIC.into()), "{link}");
        }
        assert_eq!(
            anybody.fetch("file:///etc/passwd").await,
            Err("it is not http or https".into())
        );
        let named = Links::new(&["Sounds.example.com".into(), "127.0.0.1".into()]).unwrap();
        assert_eq!(
            named.fetch("http://192.0.2.1/a.wav").await,
            Err(NOT_NAMED.into())
        );
        assert!(named.allowed("https://sounds.example.com/a.wav").is_ok());
        assert!(named.allowed("http://127.0.0.1:8000/a.wav").is_ok());
    }

    #[tokio::test]
    async fn redirects_are_not_followed_and_failures_are_remembered() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let link = format!("http://{}/a.wav", listener.local_addr().unwrap());
        let asked = Arc::new(std::sync::atomic::AtomicU32::new(0));
        let count = Arc::clone(&asked);
        let site = axum::Router::new().fallback(async move || {
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            axum::response::Redirect::temporary("/elsewhere.wav")
        });
        tokio::spawn(async move { axum::serve(listener, site).await });
        let links = Links::new(&["127.0.0.1".into()]).unwrap();
        assert_eq!(links.fetch(&link).await, Err("the answer is 307".into()));
        assert_eq!(
            links.fetch(&link).await,
            Err("it failed less than a minute ago".into())
        );
        assert_eq!(asked.load(std::sync::atomic::Ordering::Relaxed), 1);
    }
}
