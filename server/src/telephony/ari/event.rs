//! The events that call control reads; all others arrive as `Event::Other`.

use serde::Deserialize;

use super::cause::HangupCause;
use super::model::{Channel, Contact, Endpoint, LiveRecording, Playback, ReferTo, ReferredBy};

/// One event of the stream.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum Event {
    /// A channel is ours to drive: an incoming call, or a leg of ours that was answered
    /// (originated) or made (created).
    StasisStart {
        /// The channel.
        channel: Channel,
        /// What the dial plan or our own request passed along.
        #[serde(default)]
        args: Vec<String>,
    },
    /// A channel is no longer ours. The last event of an incoming leg: an end of the call by the
    /// other party shows first as `ChannelHangupRequest`.
    StasisEnd {
        /// The channel.
        channel: Channel,
    },
    /// A channel rings, is answered or falls back.
    ChannelStateChange {
        /// The channel in its new state.
        channel: Channel,
    },
    /// A leg that we originated is gone; when it never answered, the cause says why. Incoming legs
    /// end with `StasisEnd`.
    ChannelDestroyed {
        /// The channel.
        channel: Channel,
        /// The cause.
        cause: HangupCause,
    },
    /// The party at this end hung up; `ChannelDestroyed` follows.
    ChannelHangupRequest {
        /// The channel.
        channel: Channel,
        /// The cause, when Asterisk tells it.
        #[serde(default)]
        cause: Option<HangupCause>,
    },
    /// A digit was pressed and let go.
    ChannelDtmfReceived {
        /// The channel.
        channel: Channel,
        /// `0`–`9`, `*`, `#`, `A`–`D`.
        digit: char,
        /// How long it was pressed, in milliseconds.
        #[serde(default)]
        duration_ms: u32,
    },
    /// The party at this end put the call on hold.
    ChannelHold {
        /// The channel.
        channel: Channel,
    },
    /// The party at this end took the call back from hold.
    ChannelUnhold {
        /// The channel.
        channel: Channel,
    },
    /// The party at one end transfers the call (SIP: REFER).
    ChannelTransfer {
        /// The target of the transfer.
        refer_to: Box<ReferTo>,
        /// Who transfers, and at which channel.
        referred_by: Box<ReferredBy>,
        /// What the phone was told of it; `None`: it asks.
        #[serde(default)]
        state: Option<String>,
    },
    /// Progress of an outgoing leg.
    Dial {
        /// The outgoing leg.
        peer: Channel,
        /// Empty at the start, then `RINGING`, `PROGRESS`, and last `ANSWER`, `BUSY`, `NOANSWER`,
        /// `CANCEL`, `CONGESTION` or `CHANUNAVAIL`.
        #[serde(default)]
        dialstatus: String,
    },
    /// An announcement has ended, was stopped or could not be played.
    PlaybackFinished {
        /// The playback.
        playback: Playback,
    },
    /// A recording has ended and can be fetched.
    RecordingFinished {
        /// The recording.
        recording: LiveRecording,
    },
    /// A recording came to nothing.
    RecordingFailed {
        /// The recording.
        recording: LiveRecording,
    },
    /// An account can be rung from now on, or no longer.
    EndpointStateChange {
        /// The account.
        endpoint: Endpoint,
    },
    /// A phone registered, logged off or stopped answering.
    ContactStatusChange {
        /// The account.
        endpoint: Endpoint,
        /// The registration.
        #[serde(rename = "contact_info")]
        contact: Contact,
    },
    /// Another server has taken over this application; this stream is dead.
    ApplicationReplaced,
    /// An event that call control does not read.
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use super::super::model::{CallerId, ChannelState, Dialed};
    use super::*;

    fn check(json: &str, expected: &Event) {
        assert_eq!(&serde_json::from_str::<Event>(json).unwrap(), expected);
    }

    fn channel(state: ChannelState) -> Channel {
        Channel {
            id: "17.1".into(),
            name: "PJSIP/1001-00000004".into(),
            state,
            caller: CallerId {
                name: "Jan".into(),
                number: "1001".into(),
            },
            connected: CallerId::default(),
            dialplan: Dialed {
                exten: "1002".into(),
                app_data: "x".into(),
            },
        }
    }

    const CHANNEL: &str = r#"{"id":"17.1","name":"PJSIP/1001-00000004","state":"STATE","protocol_id":"x",
        "caller":{"name":"Jan","number":"1001"},"connected":{"name":"","number":""},"accountcode":"",
        "dialplan":{"context":"centrale","exten":"1002","priority":1,"app_name":"Stasis","app_data":"x"},
        "creationtime":"2026-11-22T10:00:00.000+0000","language":"en"}"#;

    fn with_channel(state: &str, rest: &str) -> String {
        format!(
            r#"{{{rest},"channel":{},"asterisk_id":"a","application":"centrale"}}"#,
            CHANNEL.replace("STATE", state)
        )
    }

    #[test]
    fn events_are_read() {
        check(
            &with_channel("Ring", r#""type":"StasisStart","args":["incoming","1001"]"#),
            &Event::StasisStart {
                channel: channel(ChannelState::Ring),
                args: vec!["incoming".into(), "1001".into()],
            },
        );
        check(
            &with_channel("Ringing", r#""type":"ChannelStateChange""#),
            &Event::ChannelStateChange {
                channel: channel(ChannelState::Ringing),
            },
        );
        check(
            &with_channel(
                "Down",
                r#""type":"ChannelDestroyed","cause":17,"cause_txt":"User busy","tech_cause":486"#,
            ),
            &Event::ChannelDestroyed {
                channel: channel(ChannelState::Down),
                cause: HangupCause::BUSY,
            },
        );
        check(
            &with_channel(
                "Up",
                r##""type":"ChannelDtmfReceived","digit":"#","duration_ms":120"##,
            ),
            &Event::ChannelDtmfReceived {
                channel: channel(ChannelState::Up),
                digit: '#',
                duration_ms: 120,
            },
        );
        for state in [None, Some("channel_declined".to_owned())] {
            let told = state
                .as_ref()
                .map_or_else(String::new, |state| format!(r#","state":"{state}""#));
            let by = CHANNEL.replace("STATE", "Up");
            let destination = Some("140".to_owned());
            check(
                &format!(
                    r#"{{"type":"ChannelTransfer","refer_to":{{"requested_destination":{{"destination":"140"}}}},
                        "referred_by":{{"source_channel":{by},"bridge":{{"id":"b"}}}}{told}}}"#
                ),
                &Event::ChannelTransfer {
                    refer_to: Box::new(ReferTo {
                        requested_destination: super::super::model::Destination { destination },
                        destination_channel: None,
                    }),
                    referred_by: Box::new(ReferredBy {
                        source_channel: channel(ChannelState::Up),
                    }),
                    state,
                },
            );
        }
        check(
            r#"{"type":"ApplicationReplaced","application":"centrale"}"#,
            &Event::ApplicationReplaced,
        );
        check(
            r#"{"type":"BridgeCreated","bridge":{"id":"b"}}"#,
            &Event::Other,
        );
        check(
            r#"{"type":"ContactStatusChange","endpoint":{"technology":"PJSIP","resource":"1001",
                "state":"online","channel_ids":[]},"contact_info":{"uri":"sip:1001@127.0.0.1:6001",
                "contact_status":"NonQualified","aor":"1001","roundtrip_usec":"0"}}"#,
            &Event::ContactStatusChange {
                endpoint: Endpoint {
                    resource: "1001".into(),
                    state: super::super::model::EndpointState::Online,
                    channel_ids: Vec::new(),
                },
                contact: Contact {
                    uri: "sip:1001@127.0.0.1:6001".into(),
                    status: super::super::model::ContactStatus::NonQualified,
                    aor: "1001".into(),
                },
            },
        );
    }

    #[test]
    fn account_is_taken_from_the_channel_name() {
        let check = |name: &str, expected: Option<&str>| {
            let channel = Channel {
                name: name.into(),
                ..channel(ChannelState::Up)
            };
            assert_eq!(channel.account(), expected, "{name}");
        };
        check("PJSIP/1001-00000004", Some("1001"));
        check("PJSIP/jan-de-vries-0000000a", Some("jan-de-vries"));
        check("Local/s@default-00000000;1", None);
    }
}
