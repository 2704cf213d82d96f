//! The changes of one user's services that are not saved yet, and what is wrong with them. The store fetches
//! nothing: the page hands in what the server said.

mod ground;
mod store;

pub(crate) use ground::Ground;
pub(crate) use store::DraftStore;
