//! Who sends a request, and what they may see: sessions, and the scope of each role.

mod address;
mod admission;
pub(crate) mod cookie;
pub(crate) mod csrf;
mod scope;

pub(crate) use admission::{Admission, Anonymous, Principal, session_end};
pub(crate) use scope::Scope;
