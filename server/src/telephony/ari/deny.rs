//! Addresses from which Asterisk accepts nothing: access control lists in its memory, named by a slot's number, since they
//! cannot be listed.

use super::client::{Ari, AriError};
use reqwest::Method;
use serde_json::json;

/// How many addresses can be denied at once.
pub const MAX_DENIED: usize = 64;
/// The error with which Asterisk answers although it has made such a list, which it cannot show.
const MADE: &str = "Allocation failed";

impl Ari {
    /// Accepts nothing from an address or network any more, by a free slot below [`MAX_DENIED`].
    pub async fn deny(&self, slot: usize, address: &str) -> Result<(), AriError> {
        let fields = json!({ "fields": [{ "attribute": "deny", "value": address }] });
        let request = self.request(Method::PUT, &path(&name(slot)))?.json(&fields);
        match self.send(request).await {
            Err(AriError::Refused { message, .. }) if message.contains(MADE) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Accepts the address of a slot again, if the slot is taken.
    pub async fn allow(&self, slot: usize) -> Result<(), AriError> {
        match self
            .send(self.request(Method::DELETE, &path(&name(slot)))?)
            .await
        {
            Err(error) if error.is_gone() => Ok(()),
            other => other.map(drop),
        }
    }
}

fn name(slot: usize) -> String {
    format!("unheard-{slot}")
}

fn path(name: &str) -> [&str; 6] {
    ["asterisk", "config", "dynamic", "res_pjsip", "acl", name]
}
