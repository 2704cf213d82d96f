//! Why a leg ended: ITU-T Q.850 causes, the language in which Asterisk gives and takes reasons.

use serde::{Deserialize, Serialize};

/// A Q.850 cause. Given to [`super::Ari::hangup`] on an incoming leg that was not answered it
/// becomes the SIP answer named at each constant; on other legs only the end counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HangupCause(pub u16);

impl HangupCause {
    /// The number does not exist: 404.
    pub const UNALLOCATED: Self = Self(1);
    /// An ordinary end; before the answer 603.
    pub const NORMAL: Self = Self(16);
    /// Busy: 486.
    pub const BUSY: Self = Self(17);
    /// It rang and nobody answered: 480.
    pub const NO_ANSWER: Self = Self(19);
    /// No phone is registered: 480.
    pub const ABSENT: Self = Self(20);
    /// Refused by the called party: 403.
    pub const REJECTED: Self = Self(21);
    /// Another phone answered: the phone shows no missed call (RFC 3326).
    pub const ANSWERED_ELSEWHERE: Self = Self(26);

    /// The called phone is busy or its user pressed "reject" (486, 600, 603 arrive as these).
    pub fn is_busy(self) -> bool {
        self == Self::BUSY
    }

    /// Nothing at the other end reacted: it is not registered, gone, or the network refuses.
    pub fn is_unreachable(self) -> bool {
        matches!(
            self.0,
            1 | 2 | 3 | 18 | 20 | 22 | 27 | 34 | 38 | 41 | 42 | 58 | 102 | 127
        )
    }

    /// How a request to hang up says it. Asterisk 16 knows names only, newer ones also numbers.
    pub(super) fn parameter(self) -> (&'static str, String) {
        let name = match self.0 {
            1 => "unallocated",
            16 => "normal",
            17 => "busy",
            18..=20 => "no_answer",
            21 => "rejected",
            26 => "answered_elsewhere",
            28 => "number_incomplete",
            34 => "congestion",
            number => return ("reason_code", number.to_string()),
        };
        ("reason", name.to_owned())
    }
}
