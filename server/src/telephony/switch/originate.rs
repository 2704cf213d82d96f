//! Rings phones and numbers: where a leg goes, what it shows, and how it rings.

use super::Phones;
use super::channel_command::ChannelCommand;
use super::running_call::RunningCall;
use crate::telephony::accounts::{TRUNK, shown};
use crate::telephony::ari::Originate;
use centrale_core::call::{Endpoint, LegId, Manner, Side};
use centrale_core::id::UserId;
use centrale_core::organisation::{DeviceKind, RingPattern};
use std::collections::BTreeMap;

/// How long the short ring of a reminder lasts, in seconds.
const SPLASH_SECONDS: u32 = 1;

impl RunningCall {
    /// Rings a leg; the leg, when there is no way to it.
    pub(super) fn ring(
        &mut self,
        leg: LegId,
        endpoint: Endpoint,
        manner: &Manner,
        phones: &Phones,
    ) -> Result<(), LegId> {
        let outside = |number: String| {
            phones
                .accounts
                .has_trunk()
                .then(|| format!("{number}@{TRUNK}"))
        };
        let endpoint = match endpoint {
            Endpoint::Device(user, device) => self.config.user(user).and_then(|s| {
                s.user
                    .devices
                    .iter()
                    .find(|d| d.id == device)
                    .map(|d| d.account.clone())
            }),
            Endpoint::Mobile(_, number) | Endpoint::Outside(number) => {
                outside(number.short().unwrap_or_else(|| number.to_string()))
            }
            Endpoint::Emergency(digits) => outside(digits.to_string()),
        };
        let Some(endpoint) = endpoint else {
            return Err(leg);
        };
        let id = self.names.leg(leg);
        self.sides.insert(Side::Leg(leg), id.clone());
        let originate = Originate {
            id,
            endpoint,
            args: "leg".into(),
            caller_id: Some(caller_id(manner)),
            timeout: None,
            originator: self.channel(Side::Caller),
            variables: self.variables(manner),
        };
        self.send(ChannelCommand::Ring(leg, Box::new(originate)));
        Ok(())
    }

    fn variables(&self, manner: &Manner) -> BTreeMap<String, String> {
        // Transfers are ours to carry out, not Asterisk's.
        let mut variables =
            BTreeMap::from([("PJSIP_TRANSFER_HANDLING()".into(), "ari-only".into())]);
        if manner.withheld {
            variables.insert("CALLERID(pres)".into(), "prohib".into());
        } else if manner.number.is_none() && manner.extension.is_none() {
            variables.insert("CALLERID(pres)".into(), "unavailable".into());
        }
        if let Some(by) = manner.diverted_by.and_then(|user| self.config.user(user)) {
            let number = by
                .user
                .number
                .map(|n| n.to_string())
                .or(by.user.extension.map(|e| e.to_string()));
            if let Some(number) = number {
                let header = format!("<sip:{number}@127.0.0.1>;reason=unknown");
                variables.insert("PJSIP_HEADER(add,Diversion)".into(), header);
            }
        }
        if let Some(info) = alert_info(manner) {
            variables.insert("PJSIP_HEADER(add,Alert-Info)".into(), info);
        }
        variables
    }

    pub(super) fn splash(&mut self, user: UserId, phones: &Phones) {
        let Some(subscriber) = self.config.user(user).cloned() else {
            return;
        };
        for device in subscriber
            .user
            .devices
            .iter()
            .filter(|d| d.kind == DeviceKind::Desk)
        {
            if !phones.accounts.reachable(&device.account) {
                continue;
            }
            let ring = Originate {
                id: self.names.splash(self.count() as usize),
                endpoint: device.account.clone(),
                args: "splash".into(),
                caller_id: Some(self.own_id()),
                timeout: Some(SPLASH_SECONDS),
                originator: None,
                variables: BTreeMap::from([(
                    "PJSIP_HEADER(add,Alert-Info)".into(),
                    "<http://127.0.0.1/splash>;info=ring-splash".into(),
                )]),
            };
            self.send(ChannelCommand::RingSplash(Box::new(ring)));
        }
    }

    /// The caller as colleagues see them.
    fn own_id(&self) -> String {
        let caller = &self.request.caller;
        let name = caller
            .user
            .and_then(|user| self.config.user(user))
            .map(|s| s.user.name())
            .unwrap_or_default();
        let extension = caller.extension.map(|e| e.to_string());
        shown(
            &name,
            &extension
                .or_else(|| caller.number.map(|n| n.to_string()))
                .unwrap_or_default(),
        )
    }
}

/// What a phone is shown.
fn caller_id(manner: &Manner) -> String {
    let extension = manner.extension.map(|e| e.to_string());
    shown(
        &manner.name,
        &extension
            .or_else(|| manner.number.map(|n| n.to_string()))
            .unwrap_or_default(),
    )
}

/// How a phone is told to ring, and to answer by itself (RFC 3261 § 20.4, as desk phones read it).
fn alert_info(manner: &Manner) -> Option<String> {
    let pattern = match manner.pattern {
        RingPattern::Normal => None,
        RingPattern::LongLong => Some("long-long"),
        RingPattern::ShortShortLong => Some("short-short-long"),
        RingPattern::ShortLongShort => Some("short-long-short"),
    };
    match (pattern, manner.auto_answer) {
        (_, Some(seconds)) => Some(format!(
            "<http://127.0.0.1/answer>;info=alert-autoanswer;delay={seconds}"
        )),
        (Some(pattern), None) => Some(format!("<http://127.0.0.1/{pattern}>;info={pattern}")),
        (None, None) => None,
    }
}
