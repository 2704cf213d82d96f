//! One's own account (requirement K3): password, second factor and sessions.

use super::{Params, endpoint};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Another password.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The one that holds now.
    pub current: String,
    /// The one that is to hold: 12 to 200 characters, not easily guessed, without one's own names in it.
    pub new: String,
}

/// The password, asked again.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Again {
    /// The password.
    pub password: String,
}

/// A password by a link.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ByLink {
    /// What stands in the link behind `#`.
    pub token: String,
    /// The password that is to hold.
    pub password: String,
}

/// Where one is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnSession {
    /// Its name.
    pub id: SessionId,
    /// It is the one that asks.
    pub current: bool,
    /// Since when.
    pub since: Timestamp,
    /// When something was last asked in it, within a tenth of the idle time.
    pub seen_at: Timestamp,
    /// From which address.
    pub address: String,
    /// What the browser calls itself, as far as 200 characters.
    pub browser: String,
}

/// The name of a session; not what its cookie holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SessionId(pub String);

impl Params for SessionId {
    fn segments(&self) -> Vec<String> {
        vec![self.0.clone()]
    }

    #[cfg(feature = "schema")]
    fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema> {
        vec![generator.subschema_for::<Self>()]
    }
}

/// How the second factor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecondFactor {
    /// Since when it is asked; none: it is not.
    pub since: Option<Timestamp>,
    /// How many recovery codes are left.
    pub recovery_codes: u32,
    /// It cannot be removed: the enterprise asks it of its administrators.
    pub required: bool,
}

/// What an authenticator app is given. It is told once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seed {
    /// The secret in base 32, to be typed.
    pub secret: String,
    /// The same as a link (`otpauth://totp/…`): SHA-1, 6 digits, 30 seconds.
    pub link: String,
    /// The link as a QR code: its rows from the top, each with a 1 for each dark module and a 0 for each light one.
    pub rows: Vec<String>,
}

/// A code from the authenticator app.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// Six digits.
    pub code: String,
}

/// Codes that each work once in the place of the app's. They are told once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecoveryCodes {
    /// Ten of them.
    pub codes: Vec<String>,
}

endpoint! {
    /// Changes one's own password; all other sessions end.
    PutPassword: Put "/api/own/password", Own, (), ChangePassword => ()
}
endpoint! {
    /// Chooses a password by a link from an administrator, which works once; all sessions end.
    Choose: Post "/api/password", Public, (), ByLink => ()
}
endpoint! {
    /// Lists where one is logged in, the session that asks first.
    Sessions: Get "/api/own/sessions", Own, (), () => Vec<OwnSession>
}
endpoint! {
    /// Ends one of one's own sessions.
    EndSession: Delete "/api/own/sessions/{session}", Own, SessionId, () => ()
}
endpoint! {
    /// Ends all of one's own sessions but the one that asks.
    EndOthers: Delete "/api/own/sessions", Own, (), () => ()
}
endpoint! {
    /// Tells whether a second factor is asked.
    GetSecondFactor: Get "/api/own/second-factor", Own, (), () => SecondFactor
}
endpoint! {
    /// Begins to set up a second factor, in the place of one that was not confirmed.
    BeginSecondFactor: Post "/api/own/second-factor", Own, (), Again => Seed
}
endpoint! {
    /// Confirms the second factor by a code; from then on it is asked.
    ConfirmSecondFactor: Put "/api/own/second-factor", Own, (), Confirm => RecoveryCodes
}
endpoint! {
    /// Removes the second factor.
    RemoveSecondFactor: Delete "/api/own/second-factor", Own, (), Again => ()
}
