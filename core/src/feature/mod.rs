//! Feature access codes: what can be dialled to switch, ask and do things from a phone (manual § 14, routing § 5).
//! Which code a caller meant is `dial`'s to say, what it does is `call`'s.

mod codes;

pub use codes::Codes;

use crate::id::ServiceId;
use crate::number::Code;
use serde::{Deserialize, Serialize};

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $text:literal $code:literal $digits:ident $does:expr,)*) => {
        /// What a feature access code stands for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Feature { $($(#[$doc])* #[serde(rename = $text)] $name,)* }

        impl Feature {
            /// Every feature, in the order of the table.
            pub const ALL: &'static [Feature] = &[$(Feature::$name,)*];

            /// The name on the wire and in the locale files.
            pub const fn name(self) -> &'static str {
                match self { $(Feature::$name => $text,)* }
            }

            /// The code it has unless the enterprise chose another.
            pub const fn default_code(self) -> &'static str {
                match self { $(Feature::$name => $code,)* }
            }

            /// Whether digits may follow its code.
            pub const fn takes_digits(self) -> bool {
                matches!(
                    match self { $(Feature::$name => Digits::$digits,)* },
                    Digits::Follow
                )
            }

            /// What it does.
            pub const fn does(self) -> Does {
                match self { $(Feature::$name => $does,)* }
            }
        }
    };
}

/// What may come after a code.
enum Digits {
    /// A number, an extension or a choice.
    Follow,
    /// Nothing: the code is all.
    End,
}

/// What a code does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Switches a service on; with digits after it these become its number. `mailbox`: to the mailbox instead.
    On {
        /// The service.
        service: ServiceId,
        /// Its voicemail switch is meant.
        mailbox: bool,
    },
    /// Switches a service off. `mailbox`: its voicemail switch.
    Off {
        /// The service.
        service: ServiceId,
        /// Its voicemail switch is meant.
        mailbox: bool,
    },
    /// Tells whether a service is on, and where it sends calls.
    Ask(ServiceId),
    /// Does something for this call or the next; see [`Perform`].
    Perform(Perform),
}

/// What can be done by a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Perform {
    /// Answers a ringing phone of the own pickup group.
    GroupPickup,
    /// Answers the ringing phone of the extension that follows.
    DirectedPickup,
    /// Answers the ringing phone of the extension that follows, or joins its call.
    BargeInPickup,
    /// Parks the held call at the extension that follows; none: at the own.
    Park,
    /// Parks the held call at a free extension of the own park group.
    GroupPark,
    /// Retrieves the call that is parked at the extension that follows; none: at the own.
    Retrieve,
    /// Takes a call back that was transferred and is not answered yet.
    CallRetrieve,
    /// No music while the other side is held, in this call.
    MusicOff,
    /// Sets the ring count to the digits that follow.
    RingCount,
    /// Listens to messages.
    VoicemailRetrieve,
    /// Clears the message-waiting indicator.
    VoicemailClear,
    /// Enters the voicemail portal: the own mailbox, or that of the extension that follows.
    VoicemailPortal,
    /// Transfers the held call to the mailbox of the extension that follows; none: the own.
    VoicemailTransfer,
    /// Stores the two digits and the number that follow as a speed dial.
    SpeedDialProgram,
    /// Withholds the number for the call that follows.
    CallerIdBlockNext,
    /// Shows the number for the call that follows.
    CallerIdDeliverNext,
    /// No second call during the call that follows.
    CallWaitingOffNext,
    /// Nobody forwards the call that follows.
    DiversionInhibitor,
    /// Lists the callbacks that wait.
    CallbackMenu,
    /// Cancels all callbacks that wait.
    CallbackCancel,
    /// Forces night service of the call center that follows, on.
    NightForceOn,
    /// Ends forced night service of the call center that follows.
    NightForceOff,
    /// Switches forced forwarding of the call center that follows on.
    ForwardForceOn,
    /// Switches forced forwarding of the call center that follows off.
    ForwardForceOff,
}

const fn on(service: &'static str) -> Does {
    Does::On {
        service: ServiceId(service),
        mailbox: false,
    }
}
const fn off(service: &'static str) -> Does {
    Does::Off {
        service: ServiceId(service),
        mailbox: false,
    }
}
const fn to_mailbox(service: &'static str) -> Does {
    Does::On {
        service: ServiceId(service),
        mailbox: true,
    }
}
const fn not_to_mailbox(service: &'static str) -> Does {
    Does::Off {
        service: ServiceId(service),
        mailbox: true,
    }
}
const fn ask(service: &'static str) -> Does {
    Does::Ask(ServiceId(service))
}

features! {
    /// Forwarding always on; the number may follow.
    ForwardingAlwaysOn = "forwarding-always-on" "*72" Follow on("forwarding-always"),
    /// Forwarding always off.
    ForwardingAlwaysOff = "forwarding-always-off" "*73" End off("forwarding-always"),
    /// Is forwarding always on?
    ForwardingAlwaysAsk = "forwarding-always-ask" "*21*" End ask("forwarding-always"),
    /// Forwarding always, to voicemail.
    ForwardingAlwaysMailboxOn = "forwarding-always-mailbox-on" "*21" End to_mailbox("forwarding-always"),
    /// Forwarding always to voicemail off.
    ForwardingAlwaysMailboxOff = "forwarding-always-mailbox-off" "#21" End not_to_mailbox("forwarding-always"),
    /// Forwarding busy on; the number may follow.
    ForwardingBusyOn = "forwarding-busy-on" "*90" Follow on("forwarding-busy"),
    /// Forwarding busy off.
    ForwardingBusyOff = "forwarding-busy-off" "*91" End off("forwarding-busy"),
    /// Is forwarding busy on?
    ForwardingBusyAsk = "forwarding-busy-ask" "*67*" End ask("forwarding-busy"),
    /// Forwarding busy, to voicemail.
    ForwardingBusyMailboxOn = "forwarding-busy-mailbox-on" "*40" End to_mailbox("forwarding-busy"),
    /// Forwarding busy to voicemail off.
    ForwardingBusyMailboxOff = "forwarding-busy-mailbox-off" "#40" End not_to_mailbox("forwarding-busy"),
    /// Forwarding no answer on; the number may follow.
    ForwardingNoAnswerOn = "forwarding-no-answer-on" "*92" Follow on("forwarding-no-answer"),
    /// Forwarding no answer off.
    ForwardingNoAnswerOff = "forwarding-no-answer-off" "*93" End off("forwarding-no-answer"),
    /// Is forwarding no answer on?
    ForwardingNoAnswerAsk = "forwarding-no-answer-ask" "*61*" End ask("forwarding-no-answer"),
    /// Forwarding no answer, to voicemail.
    ForwardingNoAnswerMailboxOn = "forwarding-no-answer-mailbox-on" "*41" End to_mailbox("forwarding-no-answer"),
    /// Forwarding no answer to voicemail off.
    ForwardingNoAnswerMailboxOff = "forwarding-no-answer-mailbox-off" "#41" End not_to_mailbox("forwarding-no-answer"),
    /// Forwarding not reachable on; the number may follow.
    ForwardingNotReachableOn = "forwarding-not-reachable-on" "*94" Follow on("forwarding-not-reachable"),
    /// Forwarding not reachable off.
    ForwardingNotReachableOff = "forwarding-not-reachable-off" "*95" End off("forwarding-not-reachable"),
    /// Is forwarding not reachable on?
    ForwardingNotReachableAsk = "forwarding-not-reachable-ask" "*63*" End ask("forwarding-not-reachable"),
    /// Forwarding selective on.
    ForwardingSelectiveOn = "forwarding-selective-on" "#76" Follow on("forwarding-selective"),
    /// Forwarding selective off.
    ForwardingSelectiveOff = "forwarding-selective-off" "#77" End off("forwarding-selective"),
    /// Do not disturb on.
    DoNotDisturbOn = "do-not-disturb-on" "*78" End on("do-not-disturb"),
    /// Do not disturb off.
    DoNotDisturbOff = "do-not-disturb-off" "*79" End off("do-not-disturb"),
    /// Anonymous rejection on.
    AnonymousRejectionOn = "anonymous-rejection-on" "*77" End on("anonymous-rejection"),
    /// Anonymous rejection off.
    AnonymousRejectionOff = "anonymous-rejection-off" "*87" End off("anonymous-rejection"),
    /// Is anonymous rejection on?
    AnonymousRejectionAsk = "anonymous-rejection-ask" "*52*" End ask("anonymous-rejection"),
    /// Is selective rejection on?
    SelectiveRejectionAsk = "selective-rejection-ask" "*51*" End ask("selective-rejection"),
    /// Caller ID blocking for all calls on.
    CallerIdBlockOn = "caller-id-block-on" "*31" End on("caller-id-blocking"),
    /// Caller ID blocking for all calls off.
    CallerIdBlockOff = "caller-id-block-off" "#31" End off("caller-id-blocking"),
    /// Is caller ID blocking on?
    CallerIdBlockAsk = "caller-id-block-ask" "*54*" End ask("caller-id-blocking"),
    /// Call waiting on.
    CallWaitingOn = "call-waiting-on" "*43" End on("call-waiting"),
    /// Call waiting off.
    CallWaitingOff = "call-waiting-off" "#43" End off("call-waiting"),
    /// Is call waiting on?
    CallWaitingAsk = "call-waiting-ask" "*53*" End ask("call-waiting"),
    /// Group pickup.
    GroupPickup = "group-pickup" "*98" End Does::Perform(Perform::GroupPickup),
    /// Directed pickup.
    DirectedPickup = "directed-pickup" "*97" Follow Does::Perform(Perform::DirectedPickup),
    /// Directed pickup with barge-in.
    BargeInPickup = "barge-in-pickup" "*33" Follow Does::Perform(Perform::BargeInPickup),
    /// Park.
    Park = "park" "*68" Follow Does::Perform(Perform::Park),
    /// Park within the group.
    GroupPark = "group-park" "#58" End Does::Perform(Perform::GroupPark),
    /// Retrieve a parked call.
    Retrieve = "retrieve" "*88" Follow Does::Perform(Perform::Retrieve),
    /// Take a transferred call back.
    CallRetrieve = "call-retrieve" "*11" End Does::Perform(Perform::CallRetrieve),
    /// No music on hold in this call.
    MusicOff = "music-off" "*60" End Does::Perform(Perform::MusicOff),
    /// Ring count.
    RingCount = "ring-count" "*610" Follow Does::Perform(Perform::RingCount),
    /// Listen to messages.
    VoicemailRetrieve = "voicemail-retrieve" "*86" End Does::Perform(Perform::VoicemailRetrieve),
    /// Clear the message-waiting indicator.
    VoicemailClear = "voicemail-clear" "*99" End Does::Perform(Perform::VoicemailClear),
    /// Voicemail portal.
    VoicemailPortal = "voicemail-portal" "*62" Follow Does::Perform(Perform::VoicemailPortal),
    /// Transfer to a mailbox.
    VoicemailTransfer = "voicemail-transfer" "*55" Follow Does::Perform(Perform::VoicemailTransfer),
    /// Program a speed dial.
    SpeedDialProgram = "speed-dial-program" "*75" Follow Does::Perform(Perform::SpeedDialProgram),
    /// Withhold the number for the next call.
    CallerIdBlockNext = "caller-id-block-next" "*67" Follow Does::Perform(Perform::CallerIdBlockNext),
    /// Show the number for the next call.
    CallerIdDeliverNext = "caller-id-deliver-next" "*65" Follow Does::Perform(Perform::CallerIdDeliverNext),
    /// No call waiting for the next call.
    CallWaitingOffNext = "call-waiting-off-next" "*70" Follow Does::Perform(Perform::CallWaitingOffNext),
    /// Nobody forwards the next call.
    DiversionInhibitor = "diversion-inhibitor" "*80" Follow Does::Perform(Perform::DiversionInhibitor),
    /// Automatic callback menu.
    CallbackMenu = "callback-menu" "#9" End Does::Perform(Perform::CallbackMenu),
    /// Automatic callback cancel.
    CallbackCancel = "callback-cancel" "#8" End Does::Perform(Perform::CallbackCancel),
    /// Night service of a call center by hand, on.
    NightForceOn = "night-service-on" "*82" Follow Does::Perform(Perform::NightForceOn),
    /// Night service of a call center by hand, off.
    NightForceOff = "night-service-off" "*83" Follow Does::Perform(Perform::NightForceOff),
    /// Forced forwarding of a call center on.
    ForwardForceOn = "forced-forwarding-on" "*84" Follow Does::Perform(Perform::ForwardForceOn),
    /// Forced forwarding of a call center off.
    ForwardForceOff = "forced-forwarding-off" "*85" Follow Does::Perform(Perform::ForwardForceOff),
}

impl Feature {
    /// The code it has unless the enterprise chose another, ready to be compared.
    pub fn standard(self) -> Option<Code> {
        self.default_code().parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Feature;
    use std::collections::BTreeSet;

    #[test]
    fn what_digits_may_follow() {
        let check = |text: &str, expected: bool| {
            let features = Feature::ALL.iter().filter(|f| f.takes_digits() == expected);
            assert_eq!(
                features
                    .map(|f| f.default_code())
                    .collect::<Vec<_>>()
                    .join(" "),
                text
            );
        };
        check(
            "*72 *90 *92 *94 #76 *97 *33 *68 *88 *610 *62 *55 *75 *67 *65 *70 *80 *82 *83 *84 *85",
            true,
        );
        check(
            "*73 *21* *21 #21 *91 *67* *40 #40 *93 *61* *41 #41 *95 *63* #77 *78 *79 *77 *87 *52* *51* *31 #31 *54* \
             *43 #43 *53* *98 #58 *11 *60 *86 *99 #9 #8",
            false,
        );
    }

    #[test]
    fn every_default_is_a_code_of_its_own() {
        let codes: BTreeSet<_> = Feature::ALL.iter().map(|f| f.standard().unwrap()).collect();
        assert_eq!(codes.len(), Feature::ALL.len());
    }
}
