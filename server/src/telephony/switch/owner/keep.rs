//! What outlives a restart, and what was counted, on its way to the keeper.

use super::{Keep, Switch};

impl Switch {
    /// Keeps what was counted since it was kept last.
    pub(in crate::telephony::switch) fn keep_statistics(&mut self) {
        let now = self.now();
        let counted = self.exchange.acd_mut().take_statistics(now, now.plus_ms(1));
        self.keeper.send(Keep::Statistics(counted)).ok();
    }

    /// Keeps what outlives a restart, when it changed, and what calls that ended were to users.
    pub(in crate::telephony::switch) fn keep(&mut self) {
        if !self.history.is_empty() {
            self.keeper
                .send(Keep::Calls(std::mem::take(&mut self.history)))
                .ok();
        }
        let kept = self.exchange.persisted();
        if kept == self.kept {
            return;
        }
        self.kept = kept.clone();
        self.keeper.send(Keep::Exchange(kept)).ok();
    }
}
