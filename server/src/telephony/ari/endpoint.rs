//! Endpoints: which accounts can be rung.

use reqwest::Method;
use serde_json::json;

use super::client::{Ari, AriError};
use super::model::Endpoint;

impl Ari {
    /// Every SIP account that Asterisk has looked at since its start.
    pub async fn endpoints(&self) -> Result<Vec<Endpoint>, AriError> {
        self.get(&["endpoints", "PJSIP"]).await
    }

    /// One account; `Gone` when Asterisk does not know it.
    pub async fn endpoint(&self, account: &str) -> Result<Endpoint, AriError> {
        self.get(&["endpoints", "PJSIP", account]).await
    }

    /// Has Asterisk read the list of accounts again, after accounts were added or removed. Calls go on.
    pub async fn reload_accounts(&self) -> Result<(), AriError> {
        self.send(self.request(Method::PUT, &["asterisk", "modules", "res_pjsip.so"])?)
            .await
            .map(drop)
    }

    /// Asks for the events of every account: registrations and reachability.
    /// A subscription to endpoints also brings the events of their channels, which would then come
    /// twice. So it belongs to an application of its own, filtered down to what concerns accounts.
    pub(super) async fn watch_endpoints(&self) -> Result<(), AriError> {
        let app = self.watcher();
        let filter = json!({ "allowed": [{ "type": "ContactStatusChange" }, { "type": "EndpointStateChange" }] });
        let request = self
            .request(Method::PUT, &["applications", &app, "eventFilter"])?
            .json(&filter);
        self.send(request).await?;
        self.post(
            &["applications", &app, "subscription"],
            &[("eventSource", "endpoint:PJSIP")],
        )
        .await
    }

    /// The application that watches accounts.
    pub(super) fn watcher(&self) -> String {
        format!("{}-accounts", self.config.app)
    }
}
