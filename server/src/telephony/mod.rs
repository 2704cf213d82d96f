//! Telephony: everything that knows SIP and Asterisk.
//! `ari` drives calls, `incoming` reads what the dial plan hands over with a call, and
//! `realtime` answers Asterisk's questions about SIP accounts. Routing is core's.

pub mod ari;
pub mod incoming;
pub mod realtime;
