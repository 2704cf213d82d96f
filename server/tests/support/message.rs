//! SIP messages as a test's phone reads them, and the digest with which it says who it is.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

use md5::{Digest, Md5};
use std::fmt::Write as _;
use std::net::SocketAddr;

/// A request or an answer.
#[derive(Clone, Debug)]
pub struct Message {
    start: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Message {
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let start = lines.next()?.to_owned();
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        };
        Some(Self {
            start,
            headers: lines.filter_map(header).collect(),
            body: body.to_owned(),
        })
    }

    /// The status of an answer.
    pub fn status(&self) -> Option<u16> {
        self.start.strip_prefix("SIP/2.0 ")?.get(..3)?.parse().ok()
    }

    /// The method of a request.
    pub fn method(&self) -> &str {
        self.start.split(' ').next().unwrap_or_default()
    }

    /// The first header of a name; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        headers
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    pub fn cseq(&self) -> u32 {
        self.header("CSeq")
            .split(' ')
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or_default()
    }

    /// The Via headers, to be sent back.
    pub fn vias(&self) -> String {
        let vias = self
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("Via"));
        vias.fold(String::new(), |mut text, (_, via)| {
            write!(text, "Via: {via}\r\n").unwrap();
            text
        })
    }

    /// Where the other side wants the sound.
    pub fn media(&self) -> Option<SocketAddr> {
        let line = |start: &str| self.body.lines().find_map(|line| line.strip_prefix(start));
        let address = line("c=IN IP4 ")?.trim();
        let port = line("m=audio ")?.split(' ').next()?;
        format!("{address}:{port}").parse().ok()
    }
}

/// The address within `<` and `>`.
pub fn of_uri(address: &str) -> String {
    let inner = address.split_once('<').map_or(address, |(_, rest)| rest);
    inner.split('>').next().unwrap_or_default().to_owned()
}

/// The answer to a challenge (RFC 2617), as a header with its end of line.
pub fn authorization(
    challenge: &Message,
    method: &str,
    uri: &str,
    user: &str,
    secret: &str,
) -> String {
    let asked = challenge.header("WWW-Authenticate");
    let part = |name: &str| {
        let (_, rest) = asked.split_once(&format!("{name}=\"")).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let (realm, nonce, opaque) = (part("realm"), part("nonce"), part("opaque"));
    let who = md5(&format!("{user}:{realm}:{secret}"));
    let what = md5(&format!("{method}:{uri}"));
    let response = md5(&format!("{who}:{nonce}:00000001:c:auth:{what}"));
    format!(
        "Authorization: Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", \
         response=\"{response}\", algorithm=MD5, cnonce=\"c\", qop=auth, nc=00000001, opaque=\"{opaque}\"\r\n"
    )
}

fn md5(text: &str) -> String {
    Md5::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        })
}
