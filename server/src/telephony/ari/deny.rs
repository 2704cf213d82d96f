//! Addresses whose phones Asterisk does not hear: objects in its memory, in places with numbers, since they cannot be listed.

use super::client::{Ari, AriError};
use reqwest::Method;
use serde_json::json;

/// So many addresses at once.
pub const DENIED: usize = 64;
/// What Asterisk says when it has made such an object, which it cannot show.
const MADE: &str = "Allocation failed";

impl Ari {
    /// Hears no address (or network) any more, by a free place below [`DENIED`].
    pub async fn deny(&self, place: usize, address: &str) -> Result<(), AriError> {
        let fields = json!({ "fields": [{ "attribute": "deny", "value": address }] });
        let request = self
            .request(Method::PUT, &path(&name(place)))?
            .json(&fields);
        match self.send(request).await {
            Err(AriError::Refused { message, .. }) if message.contains(MADE) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Hears the address of a place again, if there is one.
    pub async fn hear(&self, place: usize) -> Result<(), AriError> {
        match self
            .send(self.request(Method::DELETE, &path(&name(place)))?)
            .await
        {
            Err(error) if error.is_gone() => Ok(()),
            other => other.map(drop),
        }
    }
}

fn name(place: usize) -> String {
    format!("unheard-{place}")
}

fn path(name: &str) -> [&str; 6] {
    ["asterisk", "config", "dynamic", "res_pjsip", "acl", name]
}
