//! What phones show besides calls: the states of lamps, and texts.

use super::client::{Ari, AriError};
use reqwest::Method;
use serde_json::json;

/// What a lamp shows, in Asterisk's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    /// The lamp is off.
    NotInUse,
    /// The lamp is on.
    InUse,
    /// The lamp blinks.
    Ringing,
    /// Somebody is on hold there.
    OnHold,
    /// Nobody can be reached there.
    Unavailable,
}

impl DeviceState {
    fn name(self) -> &'static str {
        match self {
            Self::NotInUse => "NOT_INUSE",
            Self::InUse => "INUSE",
            Self::Ringing => "RINGING",
            Self::OnHold => "ONHOLD",
            Self::Unavailable => "UNAVAILABLE",
        }
    }
}

impl Ari {
    /// Sets a lamp, and tells it to the phones that subscribed to it.
    pub async fn set_device_state(&self, lamp: &str, state: DeviceState) -> Result<(), AriError> {
        let request = self.request(Method::PUT, &["deviceStates", &device(lamp)])?;
        self.send(request.query(&[("deviceState", state.name())]))
            .await
            .map(drop)
    }

    /// Forgets a lamp, which goes out: to be forgotten alone changes nothing at the phones.
    pub async fn forget_device_state(&self, lamp: &str) -> Result<(), AriError> {
        self.set_device_state(lamp, DeviceState::NotInUse).await?;
        self.delete(&["deviceStates", &device(lamp)], &[]).await
    }

    /// Sends a text to the phone of an account (RFC 3428), which is worth reading for so many seconds.
    pub async fn send_text(
        &self,
        account: &str,
        from: &str,
        text: &str,
        seconds: Option<u8>,
    ) -> Result<(), AriError> {
        let from = format!("sip:{from}@centrale");
        let request = self.request(Method::PUT, &["endpoints", "PJSIP", account, "sendMessage"])?;
        let variables = seconds.map(|seconds| json!({ "Expires": seconds.to_string() }));
        let body = json!({ "variables": variables.unwrap_or_else(|| json!({})) });
        self.send(
            request
                .query(&[("from", from.as_str()), ("body", text)])
                .json(&body),
        )
        .await
        .map(drop)
    }
}

fn device(lamp: &str) -> String {
    format!("Stasis:{lamp}")
}
