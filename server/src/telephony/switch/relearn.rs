//! After Asterisk was out of sight: which phones are there, which channels are gone, and, when this server has just
//! started, which calls of an earlier run still last.

use super::hands::hang_up_astray;
use super::names::CallId;
use super::owner::Switch;
use super::{Phones, Report, caller};
use crate::telephony::ari::{AriError, Bridge, Channel, ChannelId, EndpointState};
use crate::telephony::incoming::Incoming;
use centrale_core::call::{Action, Call, Endpoint, LegAction, LegId, Manner, Side};
use centrale_core::exchange::ExchangeInput;
use centrale_core::id::CallRef;
use centrale_core::trace::Party;
use std::collections::{BTreeMap, BTreeSet};

/// What Asterisk told.
#[derive(Debug)]
pub(in crate::telephony) struct Learnt {
    accounts: Vec<(String, bool)>,
    channels: Vec<Channel>,
    bridges: Vec<Bridge>,
}

impl Learnt {
    async fn ask(phones: &Phones) -> Result<Self, AriError> {
        let endpoints = phones.ari.endpoints().await?;
        let online = |state| state == EndpointState::Online;
        Ok(Self {
            accounts: endpoints
                .into_iter()
                .map(|e| (e.resource, online(e.state)))
                .collect(),
            channels: phones.ari.channels().await?,
            bridges: phones.ari.bridges().await?,
        })
    }
}

impl Switch {
    pub(super) fn connected(&mut self) {
        tracing::info!(calls = self.calls.len(), "connected to Asterisk");
        let (Some(phones), reports) = (self.phones(), self.reports.clone()) else {
            return;
        };
        self.monitor.tell_all();
        tokio::spawn(async move {
            match Learnt::ask(&phones).await {
                Ok(learnt) => drop(reports.send(Report::Learnt(learnt))),
                Err(error) => {
                    tracing::error!(%error, "the channels that live could not be asked for");
                }
            }
        });
    }

    pub(super) fn learn(&mut self, learnt: &Learnt) {
        self.accounts(&learnt.accounts);
        let alive: BTreeSet<&ChannelId> =
            learnt.channels.iter().map(|channel| &channel.id).collect();
        let known = self.channels.keys().chain(self.callbacks.keys());
        let lost: Vec<_> = known
            .filter(|channel| !alive.contains(channel))
            .cloned()
            .collect();
        for channel in lost {
            self.gone(&channel, crate::telephony::ari::HangupCause::NORMAL);
        }
        if !std::mem::replace(&mut self.learnt, true)
            && let Some(phones) = self.phones()
        {
            self.take_over(learnt, &phones);
        }
    }

    /// Calls that talk go on as they are. Who waited for something begins anew with what they dialled; legs that rang
    /// for them are given up.
    fn take_over(&mut self, learnt: &Learnt, phones: &Phones) {
        let channels: BTreeMap<&ChannelId, &Channel> = learnt
            .channels
            .iter()
            .map(|channel| (&channel.id, channel))
            .collect();
        let mut taken = BTreeSet::new();
        for bridge in &learnt.bridges {
            let present = bridge
                .channels
                .iter()
                .filter_map(|id| channels.get(id).copied());
            if let Some(call) = CallId::of(&bridge.id.0)
                && self.adopt(call, &present.collect::<Vec<_>>(), phones)
            {
                taken.extend(bridge.channels.iter().cloned());
            }
        }
        for channel in learnt
            .channels
            .iter()
            .filter(|channel| !taken.contains(&channel.id))
        {
            if self.channels.contains_key(&channel.id) {
                continue;
            }
            match channel.dialplan.incoming() {
                Some(incoming) => self.begin(channel.id.clone(), &incoming),
                None if CallId::of(&channel.id.0).is_some() => {
                    hang_up_astray(phones, channel.id.clone());
                }
                None => {}
            }
        }
    }

    /// Two who talk: the one who called, and a leg of that call.
    fn adopt(&mut self, id: CallId, channels: &[&Channel], phones: &Phones) -> bool {
        let [first, second] = channels else {
            return false;
        };
        let (caller, leg) = if first.dialplan.incoming().is_some() {
            (first, second)
        } else {
            (second, first)
        };
        let Some(incoming) = caller.dialplan.incoming() else {
            return false;
        };
        let Some(number) = leg
            .id
            .0
            .rsplit_once("-leg-")
            .and_then(|(_, number)| number.parse().ok())
        else {
            return false;
        };
        let party = leg
            .account()
            .and_then(|account| phones.accounts.owner(account));
        let outside = || leg.caller.number.parse().ok().map(Party::Outside);
        let Some(with) = party.map(|(user, _)| Party::User(user)).or_else(outside) else {
            return false;
        };
        let config = self.ground.live.view().snapshot.clone();
        let request = caller::request(&incoming, &phones.accounts, &config);
        let call = self.next_call();
        self.hold(call, id, request.clone(), phones, true);
        let leg_id = LegId(number);
        if let Some(running) = self.calls.get_mut(&call) {
            running.machine = Call::resume(config, request, leg_id, with, self.ground.clock.now());
            running.answered.insert(leg.id.clone());
        }
        self.seat(call, Side::Caller, caller.id.clone());
        self.seat(call, Side::Leg(leg_id), leg.id.clone());
        self.show(
            call,
            leg_id,
            party.map(|(user, device)| Endpoint::Device(user, device)),
            with,
        );
        true
    }

    /// Lets the exchange know who stands at a leg that it has not seen ring.
    fn show(&mut self, call: CallRef, leg: LegId, endpoint: Option<Endpoint>, with: Party) {
        let endpoint = match (endpoint, with) {
            (Some(endpoint), _) => endpoint,
            (None, Party::Outside(number)) => Endpoint::Outside(number),
            (None, Party::User(_) | Party::Emergency) => return,
        };
        let rung = Action::Leg(LegAction::Ring {
            leg,
            endpoint,
            manner: Box::<Manner>::default(),
        });
        for action in [&rung, &LegAction::Bridge(leg).into()] {
            self.exchange_takes(ExchangeInput::Acts { call, action });
        }
    }
}

impl crate::telephony::ari::Dialed {
    /// What the dial plan handed over with an incoming call; `None` for a leg of ours.
    fn incoming(&self) -> Option<Incoming> {
        let mut args = self.app_data.split(',').map(str::to_owned);
        // The first is the name of the application.
        args.next()?;
        Incoming::from_args(&args.collect::<Vec<_>>())
    }
}
