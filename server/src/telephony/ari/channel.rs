//! Channels: making, answering and ending legs.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::cause::HangupCause;
use super::client::{Ari, AriError};
use super::model::{Channel, ChannelId};

/// A leg to be rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Originate {
    /// The id it shall have.
    pub id: ChannelId,
    /// What to dial, without technology: an account (`1001`), one phone of it
    /// (`1001/sip:1001@192.0.2.7:5060`) or a number over a trunk (`+31201234567@trunk`).
    pub endpoint: String,
    /// Passed back with `StasisStart` when the leg answers.
    pub args: String,
    /// The name and number to show, `"Jan" <1001>`. Without a name the originator's is shown.
    pub caller_id: Option<String>,
    /// Seconds to ring at most; `None` leaves the end to us.
    pub timeout: Option<u32>,
    /// The caller's leg, whose codecs and linked id the new leg takes over.
    pub originator: Option<ChannelId>,
    /// Channel variables and functions set before the INVITE leaves, such as
    /// `PJSIP_HEADER(add,Alert-Info)`.
    pub variables: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Variables<'a> {
    variables: &'a BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Variable {
    value: String,
}

impl Ari {
    /// All channels, ours or not: what is live after a reconnect.
    pub async fn channels(&self) -> Result<Vec<Channel>, AriError> {
        self.get(&["channels"]).await
    }

    /// Rings an endpoint. The leg enters the application when it answers (`StasisStart`); before
    /// that `Dial` and `ChannelStateChange` tell its progress, `ChannelDestroyed` its failure.
    pub async fn originate(&self, leg: &Originate) -> Result<Channel, AriError> {
        let timeout = leg.timeout.map_or(-1, i64::from).to_string();
        let endpoint = format!("PJSIP/{}", leg.endpoint);
        let mut query = vec![
            ("endpoint", endpoint.as_str()),
            ("app", &self.config.app),
            ("appArgs", &leg.args),
            ("channelId", &leg.id.0),
            ("timeout", &timeout),
        ];
        query.extend(
            leg.caller_id
                .as_deref()
                .map(|caller_id| ("callerId", caller_id)),
        );
        query.extend(
            leg.originator
                .as_ref()
                .map(|channel| ("originator", channel.0.as_str())),
        );
        let body = Variables {
            variables: &leg.variables,
        };
        self.read(
            self.request(Method::POST, &["channels"])?
                .query(&query)
                .json(&body),
        )
        .await
    }

    /// Tells the phones of a mailbox how many messages there are, new and heard ones: by a call to the dial plan, as ARI
    /// itself cannot on every Asterisk.
    pub async fn show_messages(&self, mailbox: &str, new: u16, old: u16) -> Result<(), AriError> {
        let endpoint = format!("Local/{mailbox}*{new}*{old}@centrale-lamp/n");
        let query = [
            ("endpoint", endpoint.as_str()),
            ("context", "centrale-lamp"),
            ("extension", "over"),
            ("timeout", "5"),
        ];
        self.post(&["channels"], &query).await
    }

    /// Answers an incoming leg.
    pub async fn answer(&self, channel: &ChannelId) -> Result<(), AriError> {
        self.post(&["channels", &channel.0, "answer"], &[]).await
    }

    /// Tells an incoming leg that it rings (180); the caller's phone makes the tone.
    pub async fn ring(&self, channel: &ChannelId) -> Result<(), AriError> {
        self.post(&["channels", &channel.0, "ring"], &[]).await
    }

    /// Tells an incoming leg that was not answered yet that its call is forwarded (181): what changes who redirects is
    /// signalled.
    pub async fn forwarding(&self, channel: &ChannelId) -> Result<(), AriError> {
        self.set_variable(channel, "REDIRECTING(count)", "1").await
    }

    /// Stops the ring tone on an answered leg.
    pub async fn stop_ring(&self, channel: &ChannelId) -> Result<(), AriError> {
        self.delete(&["channels", &channel.0, "ring"], &[]).await
    }

    /// Opens the audio of an incoming leg before the answer (183).
    pub async fn progress(&self, channel: &ChannelId) -> Result<(), AriError> {
        self.post(&["channels", &channel.0, "progress"], &[]).await
    }

    /// Ends a leg: BYE, CANCEL or a final answer, after what state it is in.
    pub async fn hangup(&self, channel: &ChannelId, cause: HangupCause) -> Result<(), AriError> {
        let (parameter, reason) = cause.parameter();
        self.delete(&["channels", &channel.0], &[(parameter, &reason)])
            .await
    }

    /// Music on hold to this leg; `stop_music` ends it.
    pub async fn start_music(&self, channel: &ChannelId, class: &str) -> Result<(), AriError> {
        self.post(&["channels", &channel.0, "moh"], &[("mohClass", class)])
            .await
    }

    /// Ends music on hold.
    pub async fn stop_music(&self, channel: &ChannelId) -> Result<(), AriError> {
        self.delete(&["channels", &channel.0, "moh"], &[]).await
    }

    /// Tells the phone that asked for a transfer what came of it: it is done (SIP: 200), or refused (603).
    pub async fn transferred(&self, channel: &ChannelId, done: bool) -> Result<(), AriError> {
        let state = if done {
            "channel_answered"
        } else {
            "channel_declined"
        };
        self.post(
            &["channels", &channel.0, "transfer_progress"],
            &[("states", state)],
        )
        .await
    }

    /// Sets a variable or writes a function (`CONNECTEDLINE(num)`) of a leg.
    pub async fn set_variable(
        &self,
        channel: &ChannelId,
        name: &str,
        value: &str,
    ) -> Result<(), AriError> {
        self.post(
            &["channels", &channel.0, "variable"],
            &[("variable", name), ("value", value)],
        )
        .await
    }

    /// Reads a variable or a function (`PJSIP_HEADER(read,X-Name)`) of a leg.
    pub async fn variable(&self, channel: &ChannelId, name: &str) -> Result<String, AriError> {
        let request = self
            .request(Method::GET, &["channels", &channel.0, "variable"])?
            .query(&[("variable", name)]);
        self.read::<Variable>(request)
            .await
            .map(|variable| variable.value)
    }

    /// What to dial to ring every registered phone of an account, one endpoint a phone.
    /// Empty when none is registered or the account does not exist. Any live leg can be asked.
    pub async fn phones(&self, asked: &ChannelId, account: &str) -> Result<Vec<String>, AriError> {
        match self
            .variable(asked, &format!("PJSIP_DIAL_CONTACTS({account})"))
            .await
        {
            Ok(contacts) => Ok(split_contacts(&contacts)),
            // The function fails for an account that it cannot find.
            Err(AriError::Refused { status: 500, .. }) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

fn split_contacts(contacts: &str) -> Vec<String> {
    contacts
        .split('&')
        .filter_map(|contact| contact.strip_prefix("PJSIP/"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::split_contacts;

    #[test]
    fn contacts_are_split() {
        let check =
            |contacts: &str, expected: &[&str]| assert_eq!(split_contacts(contacts), expected);
        check("", &[]);
        check(
            "PJSIP/1001/sip:1001@127.0.0.1:6001",
            &["1001/sip:1001@127.0.0.1:6001"],
        );
        check(
            "PJSIP/1001/sip:a@127.0.0.1:1&PJSIP/1001/sip:a@127.0.0.1:2",
            &["1001/sip:a@127.0.0.1:1", "1001/sip:a@127.0.0.1:2"],
        );
    }
}
