//! The settings of a call center, a group a form of the portal (manual § 23.2, 23.3).

use super::{Disposition, Routing, UnavailableCode};
use crate::id::{ScheduleId, UnavailableCodeId};
use crate::number::Destination;
use crate::organisation::{Audio, RingPattern};
use serde::{Deserialize, Serialize};

macro_rules! settings {
    ($(#[$doc:meta])* $name:ident { $($(#[$field:meta])* $key:ident: $kind:ty = $default:expr,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$field])* pub $key: $kind,)* }

        impl Default for $name {
            fn default() -> Self {
                Self { $($key: $default,)* }
            }
        }
    };
}

settings! {
    /// The queue (manual § 23.2.3).
    QueueSettings {
        /// The most calls that wait, 0 to 525; those being answered do not count.
        length: u16 = 20,
        /// Reported to external reporting.
        external_reporting: bool = true,
        /// Callers may leave the queue by this key, and are told so.
        leave_key: Option<char> = None,
        /// Ringback while the call is offered to an agent, instead of music.
        ringback_on_offer: bool = false,
        /// A call that comes from another queue starts its wait anew.
        reset_statistics: bool = false,
    }
}

settings! {
    /// What agents may and must do (manual § 23.2.4).
    AgentSettings {
        /// Agents may join and leave the queue themselves; else they are joined, and an admin takes them out.
        may_join: bool = true,
        /// Agents on a call are offered another.
        call_waiting: bool = false,
        /// Agents in wrap-up are offered calls.
        offer_in_wrap_up: bool = false,
        /// The longest wrap-up, 1 to 3600 seconds; none: no limit.
        max_wrap_up: Option<u16> = None,
        /// The state after a call.
        after_call: AfterCall = AfterCall::Available,
        /// The agent's phone answers by itself after so many seconds (IP phones only).
        auto_answer: Option<u8> = None,
        /// Rings differently for calls of the call center (IP phones only).
        ring_pattern: Option<RingPattern> = None,
        /// Rings differently for calls that are delivered by force.
        forced_ring_pattern: Option<RingPattern> = None,
        /// Agents' phones are told when so many calls wait.
        alert_waiting: Option<u16> = None,
        /// Agents' phones are told when a call waits so many seconds.
        alert_seconds: Option<u32> = None,
    }
}

/// The state of an agent after a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum AfterCall {
    /// Available at once, but for the guard time.
    #[default]
    Available,
    /// Unavailable, for a reason.
    Unavailable {
        /// The reason; none: the default one.
        #[serde(default)]
        code: Option<UnavailableCodeId>,
    },
    /// Wrap-up, until the agent or the longest wrap-up ends it.
    WrapUp,
}

settings! {
    /// What callers and agents hear (manual § 23.2.8 to 23.2.12).
    Announcements {
        /// A welcome is played.
        welcome: bool = true,
        /// The welcome is played although nobody has to wait.
        welcome_mandatory: bool = false,
        /// The welcome.
        welcome_audio: Audio = Audio::default(),
        /// What waiting callers are told of their wait.
        estimate: Estimate = Estimate::None,
        /// Seconds between two such messages, 10 to 600; none: told once.
        estimate_refresh: Option<u16> = None,
        /// Told up to this position (1 to 100) or these minutes (1 to 100).
        estimate_up_to: u8 = 100,
        /// Beyond that the high-volume message is played.
        high_volume: bool = false,
        /// Minutes that a call takes when there is nothing to reckon by, 1 to 100.
        handling_minutes: u8 = 5,
        /// A comfort message is played.
        comfort: bool = false,
        /// Seconds between two comfort messages, 10 to 600.
        comfort_interval: u16 = 60,
        /// The comfort message.
        comfort_audio: Audio = Audio::default(),
        /// Music while callers wait.
        music: bool = true,
        /// The music.
        music_audio: Audio = Audio::default(),
        /// The agent hears a whisper before the caller is connected.
        whisper: bool = false,
        /// The whisper.
        whisper_audio: Audio = Audio::default(),
    }
}

/// What waiting callers are told of their wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Estimate {
    /// Nothing.
    #[default]
    None,
    /// Their position.
    Position,
    /// The minutes they may have to wait.
    Time,
}

/// What a call center does with a call instead of queueing it, by schedule (manual § 23.3.3, 23.3.4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "do", deny_unknown_fields)]
pub enum ClosedAction {
    /// The service is off.
    #[default]
    None,
    /// The busy treatment.
    Busy,
    /// To a number.
    Forward {
        /// The number.
        to: Destination,
    },
}

/// What becomes of a call that overflows (manual § 23.3.7).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "do", deny_unknown_fields)]
pub enum OverflowAction {
    /// The busy treatment.
    #[default]
    Busy,
    /// To a number.
    Forward {
        /// The number.
        to: Destination,
    },
    /// Ringback until the caller hangs up.
    Ring,
}

/// What becomes of calls when no agent is left (manual § 23.3.8, 23.3.9).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "do", deny_unknown_fields)]
pub enum StrandedAction {
    /// They stay in the queue.
    #[default]
    Stay,
    /// The busy treatment.
    Busy,
    /// To a number.
    Forward {
        /// The number.
        to: Destination,
    },
    /// As night service does.
    Night,
    /// Ringback until the caller hangs up.
    Ring,
    /// An announcement until the caller hangs up.
    Announce {
        /// The announcement.
        #[serde(default)]
        audio: Audio,
    },
}

impl StrandedAction {
    /// Whether it takes calls out of the queue. Night service that is switched off leaves them there (D).
    pub fn takes_calls(&self, night: &NightService) -> bool {
        match self {
            Self::Stay => false,
            Self::Night => night.action != ClosedAction::None,
            Self::Busy | Self::Forward { .. } | Self::Ring | Self::Announce { .. } => true,
        }
    }
}

settings! {
    /// Holidays (manual § 23.3.3).
    HolidayService {
        /// What happens to calls.
        action: ClosedAction = ClosedAction::None,
        /// The holidays.
        schedule: Option<ScheduleId> = None,
        /// An announcement comes before.
        announce: bool = false,
        /// The announcement.
        audio: Audio = Audio::default(),
    }
}

settings! {
    /// Outside hours (manual § 23.3.4).
    NightService {
        /// What happens to calls.
        action: ClosedAction = ClosedAction::None,
        /// The hours in which the call center is open; none: always.
        hours: Option<ScheduleId> = None,
        /// Forced now, whatever the hours say (manual mode).
        forced: bool = false,
        /// Codes may force it and end that.
        by_code: bool = false,
        /// An announcement comes before.
        announce: bool = false,
        /// The announcement outside hours.
        audio: Audio = Audio::default(),
        /// The announcement in manual mode.
        manual_audio: Audio = Audio::default(),
    }
}

settings! {
    /// Everything goes elsewhere (manual § 23.3.2).
    ForcedForwarding {
        /// Switched on.
        active: bool = false,
        /// Where calls go.
        number: Option<Destination> = None,
        /// Codes may switch it.
        by_code: bool = false,
        /// An announcement comes before.
        announce: bool = false,
        /// The announcement.
        audio: Audio = Audio::default(),
    }
}

settings! {
    /// Offered, and not answered (manual § 23.3.5).
    Bounced {
        /// Bounced after so many rings, 1 to 20; none: never for that.
        after_rings: Option<u8> = None,
        /// Where bounced calls go; none: to the front of the queue.
        number: Option<Destination> = None,
        /// Bounced when the agent becomes unavailable while it rings.
        when_unavailable: bool = false,
        /// The agent is warned when they hold the call longer than so many seconds.
        warn_held: Option<u16> = None,
        /// Bounced when the agent holds the call longer than so many seconds.
        after_held: Option<u16> = None,
    }
}

settings! {
    /// Ringback instead of the waiting announcements when the wait is short (manual § 23.3.6).
    ComfortBypass {
        /// Switched on.
        active: bool = false,
        /// When the estimated wait is below so many seconds, 1 to 120.
        below_seconds: u16 = 30,
        /// An announcement comes when so many seconds of ringing were not answered, 1 to 120; none: no announcement.
        announce_after: Option<u16> = None,
        /// The announcement.
        audio: Audio = Audio::default(),
    }
}

settings! {
    /// A full queue, or too long a wait (manual § 23.3.7).
    Overflow {
        /// What happens.
        action: OverflowAction = OverflowAction::Busy,
        /// Also after so many seconds of waiting, 1 to 7200; none: only when the queue is full.
        after_seconds: Option<u16> = None,
        /// An announcement comes before.
        announce: bool = false,
        /// The announcement.
        audio: Audio = Audio::default(),
    }
}

settings! {
    /// No agent is left (manual § 23.3.8).
    Stranded {
        /// What happens.
        action: StrandedAction = StrandedAction::Stay,
    }
}

settings! {
    /// So many agents carry an unavailable code (manual § 23.3.9).
    StrandedUnavailable {
        /// The code; none: the service is off.
        code: Option<UnavailableCodeId> = None,
        /// How many agents must carry it, at least 1.
        agents: u16 = 1,
        /// What happens.
        action: StrandedAction = StrandedAction::Stay,
    }
}

settings! {
    /// Statistics by mail (manual § 23.2.2).
    StatisticsMail {
        /// At most two addresses.
        addresses: Vec<String> = Vec::new(),
        /// The period in minutes: 15, 30 or 60.
        period_minutes: u8 = 30,
        /// Also once a day.
        daily: bool = false,
    }
}

settings! {
    /// What holds for all call centers of the enterprise (manual § 23.1).
    CenterDefaults {
        /// Agents may say why they are unavailable.
        codes_enabled: bool = false,
        /// Agents must say why; who does not gets the default code.
        codes_forced: bool = false,
        /// The reasons.
        codes: Vec<UnavailableCode> = Vec::new(),
        /// The default reason.
        default_code: Option<UnavailableCodeId> = None,
        /// What agents can say of a call.
        dispositions: Vec<Disposition> = Vec::new(),
        /// Seconds after a call before the next is offered, 1 to 25; none: at once.
        guard_seconds: Option<u8> = None,
        /// Agents become unavailable when an offered call bounces off them.
        unavailable_on_bounce: bool = false,
        /// Agents become unavailable when they switch do not disturb on.
        unavailable_on_do_not_disturb: bool = false,
        /// Which call an agent of several queues gets.
        routing: Routing = Routing::LongestWait,
    }
}
