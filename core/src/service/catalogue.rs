//! The list of all services, and bit sets of its rows, which the snapshot holds for each user.

use super::{
    Entry, Service, Stage, anonymous_rejection, automatic_callback, barge_in, call_center_agent,
    call_notify, call_policies, call_transfer, call_waiting, caller_id_blocking,
    connected_id_blocking, do_not_disturb, forwarding_always, forwarding_busy,
    forwarding_no_answer, forwarding_not_reachable, forwarding_selective, line_monitoring,
    location_forwarding, music_on_hold, privacy, receptionist, remote_office, ring_count,
    selective_acceptance, selective_rejection, sequential_ring, simultaneous_ring, speed_dial,
    voicemail, voicemail_greetings, voicemail_management,
};
use crate::id::ServiceId;
use crate::organisation::RoleKind;
use serde::Deserialize;

/// Every service, in the order in which they get their turn on a call: the numbers are the steps of routing § 1.
pub static CATALOGUE: &[Entry] = ENTRIES;

/// How many services there are.
pub const SERVICES: usize = ENTRIES.len();

const ENTRIES: &[Entry] = &[
    // Arrival: steps 1 to 7.
    Entry::of::<selective_rejection::SelectiveRejection>(), // 1
    Entry::of::<selective_acceptance::SelectiveAcceptance>(), // 2
    Entry::of::<anonymous_rejection::AnonymousRejection>(), // 3
    Entry::of::<location_forwarding::LocationForwarding>(), // 4
    Entry::of::<forwarding_selective::ForwardingSelective>(), // 5
    Entry::of::<forwarding_always::ForwardingAlways>(),     // 6
    // What the phone is about to ring with: steps 8 and 9.
    Entry::of::<call_waiting::CallWaiting>(),           // 8
    Entry::of::<remote_office::RemoteOffice>(),         // 9
    Entry::of::<simultaneous_ring::SimultaneousRing>(), // 9
    Entry::of::<sequential_ring::SequentialRing>(),     // 9
    // When nothing answered: steps 10 to 12, each forwarding before voicemail.
    Entry::of::<forwarding_not_reachable::ForwardingNotReachable>(), // 10
    Entry::of::<forwarding_busy::ForwardingBusy>(),                  // 11
    Entry::of::<forwarding_no_answer::ForwardingNoAnswer>(),         // 12
    Entry::of::<ring_count::RingCount>(),                            // 12
    // The mailbox gets what no number was set for: all calls as part of 6, the others as part of 11 and 12.
    Entry::of::<voicemail_management::VoicemailManagement>(),
    Entry::of::<do_not_disturb::DoNotDisturb>(), // 7
    // Beside the order: these never change where a call to the user goes.
    Entry::of::<call_notify::CallNotify>(),
    Entry::of::<voicemail::Voicemail>(),
    Entry::of::<voicemail_greetings::VoicemailGreetings>(),
    Entry::of::<caller_id_blocking::CallerIdBlocking>(),
    Entry::of::<connected_id_blocking::ConnectedIdBlocking>(),
    Entry::of::<call_policies::CallPolicies>(),
    Entry::of::<call_transfer::CallTransfer>(),
    Entry::of::<music_on_hold::MusicOnHold>(),
    Entry::of::<speed_dial::SpeedDial>(),
    Entry::of::<automatic_callback::AutomaticCallback>(),
    Entry::of::<line_monitoring::LineMonitoring>(),
    Entry::of::<privacy::Privacy>(),
    Entry::of::<barge_in::BargeIn>(),
    Entry::of::<receptionist::Receptionist>(),
    Entry::of::<call_center_agent::CallCenterAgent>(),
];

/// A bit for each row of the catalogue.
pub(crate) type Rows = u64;

const _: () = assert!(SERVICES <= Rows::BITS as usize, "a bit for each service");

/// The rows that have a value in one of their lists, found when this is compiled.
macro_rules! rows_with {
    ($list:ident, $value:expr) => {
        const {
            let (mut found, mut row) = (0, 0);
            while row < SERVICES {
                let list = ENTRIES[row].$list;
                let mut place = 0;
                while place < list.len() {
                    if list[place] as u8 == $value as u8 {
                        found |= 1 << row;
                    }
                    place += 1;
                }
                row += 1;
            }
            found
        }
    };
}

/// The rows that get their turn at a stage.
pub(crate) fn rows_at(stage: Stage) -> Rows {
    match stage {
        Stage::Arrival => rows_with!(stages, Stage::Arrival),
        Stage::Notice => rows_with!(stages, Stage::Notice),
        Stage::Ringing => rows_with!(stages, Stage::Ringing),
        Stage::NotReachable => rows_with!(stages, Stage::NotReachable),
        Stage::Busy => rows_with!(stages, Stage::Busy),
        Stage::NoAnswer => rows_with!(stages, Stage::NoAnswer),
    }
}

/// The rows that somebody may have by what they are.
pub(crate) fn rows_of(kind: RoleKind) -> Rows {
    match kind {
        RoleKind::Person => rows_with!(roles, RoleKind::Person),
        RoleKind::HuntGroup => rows_with!(roles, RoleKind::HuntGroup),
        RoleKind::GroupCall => rows_with!(roles, RoleKind::GroupCall),
        RoleKind::AutoAttendant => rows_with!(roles, RoleKind::AutoAttendant),
        RoleKind::CallCenter => rows_with!(roles, RoleKind::CallCenter),
    }
}

/// The row of a service; one that is not in the catalogue does not compile.
pub(crate) const fn row_of<S: Service>() -> u8 {
    const {
        let row = row_named(S::ID.0.as_bytes());
        assert!(row < SERVICES, "not in the catalogue");
        row as u8
    }
}

/// The row of a name, or [`SERVICES`].
const fn row_named(name: &[u8]) -> usize {
    let mut row = 0;
    while row < SERVICES {
        let other = ENTRIES[row].id.0.as_bytes();
        let mut at = 0;
        while at < name.len() && at < other.len() && name[at] == other[at] {
            at += 1;
        }
        if at == name.len() && at == other.len() {
            break;
        }
        row += 1;
    }
    row
}

/// The catalogue's row for a service, by its name.
pub fn find(id: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.id.0 == id)
}

impl<'de> Deserialize<'de> for ServiceId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(from)?;
        find(&name)
            .map(|entry| entry.id)
            .ok_or_else(|| serde::de::Error::custom("no such service"))
    }
}
