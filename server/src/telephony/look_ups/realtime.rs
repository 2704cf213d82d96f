//! SIP accounts for Asterisk: the answers to its HTTP look-ups (`res_config_curl`).
//! Accounts are data of the store; who serves what is decided by its caller.

use std::borrow::Cow;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::routing::post;

/// What an account is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountKind {
    /// A person's or place's phones, which register.
    Phone {
        /// How many phones may be registered at once, 1 or more; one more replaces the oldest.
        max_contacts: u32,
        /// Whether their media are encrypted.
        media_encryption: MediaEncryption,
    },
    /// A line to the public network or another exchange. It does not register; its calls are known
    /// by the user name of their digest, and their caller's number is believed.
    Trunk {
        /// Where calls go out to, `sip:192.0.2.1:5060`.
        contact: String,
    },
}

/// Whether what a phone says and hears is encrypted (SRTP with keys in the description of the session, RFC 4568). The
/// keys are as secret as the way they come: phones register over TLS then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediaEncryption {
    /// It is not.
    #[default]
    Off,
    /// It is where the phone can.
    Offered,
    /// A phone that cannot is not rung, and its calls are refused.
    Required,
}

/// A SIP account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SipAccount {
    /// Its name, also the user name of the digest.
    pub account: String,
    /// The digest password.
    pub secret: String,
    /// The name and number shown on its calls, `"Jan" <1001>`; empty on a trunk.
    pub caller_id: String,
    /// Language of announcements, `nl` or `en`.
    pub language: String,
    /// Seconds between checks that its phones still answer; 0 never checks.
    pub qualify_seconds: u32,
    /// The id of whose messages and monitored lines its lamps show; empty: nobody's.
    pub lamps: String,
    /// What it is for.
    pub kind: AccountKind,
}

/// Codecs in order of preference; all that `modules.conf` loads.
const CODECS: &str = "g722,alaw,ulaw";

/// The row of `ps_endpoints`.
pub fn endpoint(account: &SipAccount) -> String {
    let (mailbox, watch) = (mailbox(account), watch(account));
    let mut row = vec![
        ("id", account.account.as_str()),
        ("transport", ""),
        ("context", "centrale"),
        ("disallow", "all"),
        ("allow", CODECS),
        ("aors", &account.account),
        ("auth", &account.account),
        ("language", &account.language),
        // Media stays with Asterisk: announcements, digits and recordings need it at any moment.
        ("direct_media", "no"),
        ("rtp_symmetric", "yes"),
        ("force_rport", "yes"),
        ("rewrite_contact", "yes"),
        ("dtmf_mode", "rfc4733"),
        ("rtp_timeout", "120"),
        ("rtp_timeout_hold", "3600"),
        ("send_pai", "yes"),
        // The number shown is set when a leg is rung; a change after the answer would be a re-INVITE.
        ("send_connected_line", "no"),
        ("trust_connected_line", "no"),
        ("inband_progress", "no"),
        // Who forwarded a call is for the switch to say, and never for the phone that makes it.
        ("send_diversion", "no"),
        // Texts go to phones only.
        ("message_context", "nowhere"),
    ];
    match &account.kind {
        AccountKind::Phone {
            media_encryption, ..
        } => row.extend([
            (
                "media_encryption",
                if *media_encryption == MediaEncryption::Off {
                    ""
                } else {
                    "sdes"
                },
            ),
            (
                "media_encryption_optimistic",
                if *media_encryption == MediaEncryption::Offered {
                    "yes"
                } else {
                    ""
                },
            ),
            ("identify_by", "username,auth_username"),
            ("callerid", account.caller_id.as_str()),
            ("trust_id_outbound", "no"),
            ("device_state_busy_at", "0"),
            // Messages that wait are told unasked, and to phones that ask for it.
            ("allow_subscribe", "yes"),
            ("subscribe_context", &watch),
            ("mailboxes", &mailbox),
            ("mwi_subscribe_replaces_unsolicited", "yes"),
        ]),
        AccountKind::Trunk { .. } => row.extend([
            ("allow_subscribe", "no"),
            ("identify_by", "auth_username"),
            ("outbound_auth", account.account.as_str()),
            ("trust_id_inbound", "yes"),
            ("trust_id_outbound", "yes"),
        ]),
    }
    render(&row)
}

/// As the dial plan names it (`centrale-lamp`).
fn mailbox(account: &SipAccount) -> String {
    if account.lamps.is_empty() {
        String::new()
    } else {
        format!("{}@centrale", account.lamps)
    }
}

/// Where the dial plan has the lamps of its lines.
fn watch(account: &SipAccount) -> String {
    if account.lamps.is_empty() {
        String::new()
    } else {
        format!("watch-{}", account.lamps)
    }
}

/// The row of `ps_auths`.
pub fn auth(account: &SipAccount) -> String {
    render(&[
        ("id", &account.account),
        ("auth_type", "userpass"),
        ("username", &account.account),
        ("password", &account.secret),
    ])
}

/// The row of `ps_aors`.
pub fn aor(account: &SipAccount) -> String {
    let (qualify, mailbox) = (account.qualify_seconds.to_string(), mailbox(account));
    let mut row = vec![
        ("id", account.account.as_str()),
        ("qualify_frequency", &qualify),
    ];
    let phones;
    match &account.kind {
        AccountKind::Phone { max_contacts, .. } => {
            phones = max_contacts.max(&1).to_string();
            row.extend([
                ("max_contacts", phones.as_str()),
                ("remove_existing", "yes"),
                ("minimum_expiration", "60"),
                ("default_expiration", "600"),
                ("maximum_expiration", "3600"),
                ("mailboxes", &mailbox),
            ]);
        }
        AccountKind::Trunk { contact } => row.push(("contact", contact)),
    }
    render(&row)
}

/// Where accounts come from: memory, never the database.
pub trait Accounts: Send + Sync + 'static {
    /// One account by its name.
    fn find(&self, account: &str) -> Option<SipAccount>;
    /// All of them.
    fn all(&self) -> Vec<SipAccount>;
}

/// The look-ups, to be mounted on a listener of their own on loopback: an answer carries a
/// password. `secret` is the first path segment, so that the base URL for Asterisk is
/// `http://127.0.0.1:<port>/<secret>`. It must listen before the event stream is opened.
pub fn router(secret: &str, accounts: Arc<impl Accounts>) -> Router {
    let answer = move |Path((table, query)): Path<(String, String)>,
                       Form(fields): Form<Vec<(String, String)>>| {
        let accounts = Arc::clone(&accounts);
        async move {
            let list = query == "multi";
            let look = move || look_up(&table, &query, &fields, accounts.as_ref());
            if !list {
                return look();
            }
            // A list of 100,000 accounts takes a tenth of a second, and other look-ups do not wait for it.
            tokio::task::spawn_blocking(look)
                .await
                .unwrap_or(Err(StatusCode::INTERNAL_SERVER_ERROR))
        }
    };
    Router::new().route(&format!("/{secret}/{{table}}/{{query}}"), post(answer))
}

/// `single` asks one account by name. `multi` lists: only accounts listed at the start or at
/// [`crate::telephony::ari::Ari::reload_accounts`] have a state and tell of their registrations.
fn look_up(
    table: &str,
    query: &str,
    fields: &[(String, String)],
    accounts: &impl Accounts,
) -> Result<String, StatusCode> {
    let render = match table {
        "ps_endpoints" => endpoint,
        "ps_auths" => auth,
        "ps_aors" => aor,
        _ => return Err(StatusCode::NOT_FOUND),
    };
    let field = |wanted: &str| {
        fields
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    match query {
        "single" => {
            let account = field("id").and_then(|id| accounts.find(id));
            Ok(account.map(|account| render(&account)).unwrap_or_default())
        }
        "multi" if field("id LIKE") == Some("%") => Ok(accounts.all().iter().map(render).collect()),
        "multi" => Ok(String::new()),
        "require" => Ok("0\n".to_owned()),
        _ => Err(StatusCode::NOT_FOUND),
    }
}

fn render(row: &[(&str, &str)]) -> String {
    let mut line = String::new();
    for (name, value) in row.iter().filter(|(_, value)| !value.is_empty()) {
        if !line.is_empty() {
            line.push('&');
        }
        line.push_str(name);
        line.push('=');
        line.push_str(&encode(value));
    }
    line.push('\n');
    line
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn encode(value: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if value.bytes().all(plain) {
        return Cow::Borrowed(value);
    }
    let mut encoded = String::with_capacity(value.len() * 3);
    for byte in value.bytes() {
        if plain(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.extend(char::from_digit(u32::from(digit), 16));
            }
        }
    }
    Cow::Owned(encoded)
}

#[cfg(test)]
mod tests;
