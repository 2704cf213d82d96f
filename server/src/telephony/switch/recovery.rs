//! After the connection to Asterisk was lost: which phones are there and which channels are gone. After a start of this
//! server, too: which calls of an earlier run still last.

use super::call_task::hang_up_stray;
use super::channel_names::CallId;
use super::{Phones, Report, Switch, call_request};
use crate::telephony::ari::{AriError, Bridge, Channel, ChannelId, EndpointState, HangupCause};
use crate::telephony::incoming::Incoming;
use centrale_core::call::{Action, Call, Endpoint, LegAction, LegId, Manner, Side};
use centrale_core::exchange::ExchangeInput;
use centrale_core::id::CallRef;
use centrale_core::trace::Party;
use std::collections::{BTreeMap, BTreeSet};

/// The phones, channels and bridges that Asterisk has.
#[derive(Debug)]
pub(in crate::telephony) struct Recovered {
    accounts: Vec<(String, bool)>,
    channels: Vec<Channel>,
    bridges: Vec<Bridge>,
}

impl Recovered {
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
        self.blf.tell_all();
        tokio::spawn(async move {
            match Recovered::ask(&phones).await {
                Ok(recovered) => drop(reports.send(Report::Recovered(recovered))),
                Err(error) => {
                    tracing::error!(%error, "the channels that live could not be asked for");
                }
            }
        });
    }

    pub(super) fn recover(&mut self, recovered: &Recovered) {
        self.accounts(&recovered.accounts);
        let alive: BTreeSet<&ChannelId> = recovered
            .channels
            .iter()
            .map(|channel| &channel.id)
            .collect();
        let known = self.channels.keys().chain(self.callbacks.keys());
        let lost: Vec<_> = known
            .filter(|channel| !alive.contains(channel))
            .cloned()
            .collect();
        for channel in lost {
            self.channel_gone(&channel, HangupCause::NORMAL);
        }
        if !std::mem::replace(&mut self.recovered, true)
            && let Some(phones) = self.phones()
        {
            self.take_over(recovered, &phones);
        }
    }

    /// Calls that talk go on as they are. A caller who waited for something starts again with what was dialled; legs that
    /// rang for it are given up.
    fn take_over(&mut self, recovered: &Recovered, phones: &Phones) {
        let channels: BTreeMap<&ChannelId, &Channel> = recovered
            .channels
            .iter()
            .map(|channel| (&channel.id, channel))
            .collect();
        let mut taken = BTreeSet::new();
        for bridge in &recovered.bridges {
            let present = bridge
                .channels
                .iter()
                .filter_map(|id| channels.get(id).copied());
            if let Some(call) = CallId::from_name(&bridge.id.0)
                && self.adopt(call, &present.collect::<Vec<_>>(), phones)
            {
                taken.extend(bridge.channels.iter().cloned());
            }
        }
        for channel in recovered
            .channels
            .iter()
            .filter(|channel| !taken.contains(&channel.id))
        {
            if self.channels.contains_key(&channel.id) {
                continue;
            }
            match channel.dialplan.incoming() {
                Some(incoming) => self.incoming_call(channel.id.clone(), &incoming),
                None if CallId::from_name(&channel.id.0).is_some() => {
                    hang_up_stray(phones, channel.id.clone());
                }
                None => {}
            }
        }
    }

    /// Takes over a call of two channels that talk: the caller's, and a leg's.
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
        let config = self.deps.live.view().snapshot.clone();
        let request = call_request::from_incoming(&incoming, &phones.accounts, &config);
        let call = self.next_call_ref();
        self.open_call(call, id, request.clone(), phones, true);
        let leg_id = LegId(number);
        if let Some(running) = self.calls.get_mut(&call) {
            running.machine = Call::resume(config, request, leg_id, with, self.deps.clock.now());
            running.answered.insert(leg.id.clone());
        }
        self.place_channel(call, Side::Caller, caller.id.clone());
        self.place_channel(call, Side::Leg(leg_id), leg.id.clone());
        self.add_leg(
            call,
            leg_id,
            party.map(|(user, device)| Endpoint::Device(user, device)),
            with,
        );
        true
    }

    /// Tells the exchange of a leg that it has not seen ring.
    fn add_leg(&mut self, call: CallRef, leg: LegId, endpoint: Option<Endpoint>, with: Party) {
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
