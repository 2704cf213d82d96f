//! Bridges: where answered legs hear each other.

use super::client::{Ari, AriError};
use super::model::{Bridge, BridgeId, ChannelId};

impl Ari {
    /// Every bridge.
    pub async fn bridges(&self) -> Result<Vec<Bridge>, AriError> {
        self.get(&["bridges"]).await
    }

    /// Makes a mixing bridge. Make it before the answer is passed on, or the first words are lost.
    pub async fn create_bridge(&self, bridge: &BridgeId) -> Result<(), AriError> {
        self.post(&["bridges", &bridge.0], &[("type", "mixing,dtmf_events")])
            .await
    }

    /// Puts legs into a bridge; a leg that is in another leaves that one.
    pub async fn add_to_bridge(
        &self,
        bridge: &BridgeId,
        channels: &[&ChannelId],
    ) -> Result<(), AriError> {
        let list = channels
            .iter()
            .map(|channel| channel.0.as_str())
            .collect::<Vec<_>>()
            .join(",");
        self.post(&["bridges", &bridge.0, "addChannel"], &[("channel", &list)])
            .await
    }

    /// Takes a leg out; it stays ours.
    pub async fn remove_from_bridge(
        &self,
        bridge: &BridgeId,
        channel: &ChannelId,
    ) -> Result<(), AriError> {
        self.post(
            &["bridges", &bridge.0, "removeChannel"],
            &[("channel", &channel.0)],
        )
        .await
    }

    /// Ends a bridge; its legs stay ours.
    pub async fn destroy_bridge(&self, bridge: &BridgeId) -> Result<(), AriError> {
        self.delete(&["bridges", &bridge.0], &[]).await
    }
}
