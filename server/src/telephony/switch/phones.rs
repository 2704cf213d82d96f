//! What phones do outside of calls: they register, and ring for who waited for a callback.

use super::{Report, Switch, mwi};
use crate::telephony::accounts::shown;
use crate::telephony::ari::{ChannelId, Originate};

use centrale_core::exchange::ExchangeInput;
use centrale_core::id::UserId;
use std::collections::{BTreeMap, BTreeSet};

impl Switch {
    /// Rings the phone of who waited; when it answers, it calls the other.
    pub(super) fn call_back(&mut self, caller: UserId, callee: UserId) {
        let phones = self.phones();
        let config = self.config.clone();
        let device = config
            .user(caller)
            .zip(phones.as_ref())
            .and_then(|(subscriber, phones)| {
                subscriber
                    .user
                    .devices
                    .iter()
                    .find(|d| phones.accounts.reachable(&d.account))
            });
        let (Some(phones), Some(device)) = (phones, device) else {
            return self.exchange_takes(ExchangeInput::CallbackOver { caller });
        };
        self.count += 1;
        let id = ChannelId(format!("callback-{}-{}", self.epoch, self.count));
        let name = self
            .config
            .user(callee)
            .map(|s| s.user.name())
            .unwrap_or_default();
        let originate = Originate {
            id: id.clone(),
            endpoint: device.account.clone(),
            args: "callback".into(),
            caller_id: Some(shown(&name, "")),
            timeout: Some(30),
            originator: None,
            variables: BTreeMap::new(),
        };
        self.callbacks.insert(id.clone(), (caller, callee));
        let reports = self.reports.clone();
        tokio::spawn(async move {
            if let Err(error) = phones.ari.originate(&originate).await {
                tracing::warn!(%error, "a phone could not be called back");
                reports.send(Report::NotCalledBack(id)).ok();
            }
        });
    }

    /// The phone that rang for a callback rings no more.
    pub(super) fn callback_gone(&mut self, channel: &ChannelId) {
        if let Some((caller, _)) = self.callbacks.remove(channel) {
            self.exchange_takes(ExchangeInput::CallbackOver { caller });
            self.settle();
        }
    }

    /// Asterisk tells which phones can be reached.
    pub(super) fn accounts(&mut self, accounts: &[(String, bool)]) {
        let Some(phones) = self.phones() else { return };
        let mut changed = BTreeSet::new();
        let mut online_users = Vec::new();
        for (account, online) in accounts {
            phones.accounts.set_reachable(account, *online);
            let Some((user, device)) = phones.accounts.owner(account) else {
                continue;
            };
            let devices = self.devices.entry(user).or_default();
            devices.retain(|d| *d != device);
            if *online {
                devices.push(device);
                devices.sort_unstable();
                online_users.push(user);
            }
            changed.insert(user);
        }
        mwi::registered(&self.deps, online_users);
        for user in changed {
            let devices = self.devices.get(&user).cloned().unwrap_or_default();
            self.exchange_takes(ExchangeInput::Registered { user, devices });
        }
        self.settle();
    }
}
