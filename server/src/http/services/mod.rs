//! The services of a user: which they have, how they are set, and saving them.

mod check;
mod list;
mod put;

pub(crate) use check::with_scope;
pub(crate) use list::list;
pub(crate) use put::put;

use crate::live::{Directory, Member};
use centrale_core::service::{Entry, Unavailable, unavailable};
use centrale_core::snapshot::assigned;

fn why_not(directory: &Directory, member: &Member, entry: &Entry) -> Option<Unavailable> {
    unavailable(entry, &member.user, &|service| assigned(&member.user, directory.packs(), service))
}
