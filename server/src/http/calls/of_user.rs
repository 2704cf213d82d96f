//! Lists the calls of a user.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use crate::store::CallPlace;
use centrale_core::api::calls::{Page, Wanted};
use centrale_core::error::{Code, FieldError};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;

/// The calls of one page.
const PAGE: usize = 50;

/// The history of a user in scope. Calls that are over are stored first, so that nothing is missed.
pub(crate) async fn of_user(
    state: State,
    principal: Principal,
    user: UserId,
    wanted: Wanted,
) -> Result<Page, Refusal> {
    principal.scope.user(&state.live.view().directory, user)?;
    let malformed = || Refusal::fields(vec![FieldError::new("after", Code::Malformed)]);
    let after = wanted
        .after
        .map(|text| read(&text).ok_or_else(malformed))
        .transpose()?;
    state.calls.persist_soon().await;
    let found = state
        .store
        .calls_of(user, wanted.kind, after, PAGE as u32 + 1)
        .await;
    let mut found = found.map_err(Refusal::internal)?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found
        .last()
        .filter(|_| more)
        .map(|(place, _)| written(*place));
    Ok(Page {
        calls: found.into_iter().map(|(_, entry)| entry).collect(),
        next,
    })
}

fn written(place: CallPlace) -> String {
    format!("{}-{}", place.at.0, place.id)
}

fn read(text: &str) -> Option<CallPlace> {
    let (at, id) = text.split_once('-')?;
    Some(CallPlace {
        at: Timestamp(at.parse().ok()?),
        id: id.parse().ok()?,
    })
}
