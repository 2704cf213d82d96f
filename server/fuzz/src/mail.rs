//! What mails say, without what sends them.

#[path = "../../src/mail/text.rs"]
pub(crate) mod text;
