//! Outgoing mail (requirement I7): whether it goes out, and what could not be sent. What mails say is no part of it.

use super::{Params, endpoint};
use crate::organisation::Language;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The name of a mail: its Message-ID, without brackets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct MailId(pub String);

impl Params for MailId {
    fn segments(&self) -> Vec<String> {
        vec![self.0.clone()]
    }

    #[cfg(feature = "schema")]
    fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema> {
        vec![generator.subschema_for::<Self>()]
    }
}

/// A mail that is not tried any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GivenUp {
    /// Its name.
    pub id: MailId,
    /// The address that it was to go to.
    pub to: String,
    /// Since when it was tried.
    pub since: Timestamp,
    /// When it was given up. It is kept for thirty days from then on.
    pub at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// What the server for mail said last.
    pub reason: String,
}

/// How outgoing mail is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mails {
    /// Mail goes out: there is a server that takes it.
    pub on: bool,
    /// The mails that could not be sent, the last first.
    pub given_up: Vec<GivenUp>,
}

/// A mail that is sent to see whether mails are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// The address that it goes to.
    pub to: String,
    /// The language that it is in.
    #[serde(default)]
    pub language: Language,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tried {
    /// In a word.
    pub outcome: TrialOutcome,
    /// What the server for mail said, or why nothing was heard of it; in its own words.
    pub said: String,
}

/// What came of a mail, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TrialOutcome {
    /// The server took it.
    Taken,
    /// The server does not take it now.
    NotNow,
    /// The server will never take it.
    Refused,
    /// The server cannot be reached, or wants nothing of us.
    Silent,
    /// There is no server for mail.
    Off,
}

endpoint! {
    /// Tells whether mails go out, and which could not be sent.
    List: Get "/api/mails", Enterprise, (), () => Mails
}
endpoint! {
    /// Sends a mail at once, and tells what the server for mail said to it.
    Try: Post "/api/mails/try", Enterprise, (), Trial => Tried
}
endpoint! {
    /// Has a mail that was given up tried again, as if it were new.
    Retry: Post "/api/mails/{mail}/retry", Enterprise, MailId, () => ()
}
endpoint! {
    /// Forgets a mail that was given up.
    Delete: Delete "/api/mails/{mail}", Enterprise, MailId, () => ()
}
