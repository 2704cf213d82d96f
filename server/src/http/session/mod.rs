//! Logging in and out, and who is logged in.

mod current;
mod end;
mod start;

pub(crate) use current::current;
pub(crate) use end::end;
pub(crate) use start::start;

use crate::state::State;
use crate::store::Account;
use centrale_core::api::session::Session;

fn described(state: &State, account: Account) -> Session {
    Session {
        who: account.who,
        name: account.name,
        enterprise: state.live.view().directory.enterprise().name.clone(),
        language: account.language,
        must_set_up: account.must_set_up,
        now: state.clock.now().0,
    }
}
