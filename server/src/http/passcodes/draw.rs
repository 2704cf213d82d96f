//! Draws a passcode that may be chosen.

use super::with_mailbox;
use crate::clock::TokenSource;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::passcodes::Chosen;
use centrale_core::id::UserId;
use centrale_core::passcode::Passcode;

/// For showing it before it is saved: it is saved like one that was typed.
pub(crate) async fn draw(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<Chosen, Refusal> {
    with_mailbox(&state.live.view(), principal.scope, user)?;
    Ok(Chosen {
        passcode: drawn(&*state.ids).digits().to_owned(),
    })
}

fn drawn(ids: &dyn TokenSource) -> Passcode {
    let mut bytes = std::iter::repeat_with(|| ids.token()).flatten();
    Passcode::draw(&mut |below| {
        // The last bytes that do not fill a whole round would favour low numbers.
        let fair = u8::MAX - u8::MAX % below.max(1);
        bytes.find(|byte| *byte < fair).unwrap_or_default() % below.max(1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SeededTokens;
    use std::collections::BTreeMap;

    #[test]
    fn every_digit_is_drawn_alike() {
        let tokens = SeededTokens::new(7);
        let mut counts = BTreeMap::new();
        for _ in 0..5_000 {
            let first = drawn(&tokens).digits().chars().next().unwrap();
            *counts.entry(first).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 10);
        assert!(
            counts.values().all(|count| (400..600).contains(count)),
            "{counts:?}"
        );
    }
}
