//! Checks passcodes that callers key in. Wrong ones count, whoever keys them in: a mailbox that was tried too often is
//! locked for a while. Log-ins are delayed (`throttle`) instead: a caller cannot be told how long to wait, and has no
//! address by which others could be told apart.

use super::SwitchDeps;
use crate::password;
use crate::pool::KEYED_IN;
use crate::store::{Result, Store};
use centrale_core::id::UserId;
use centrale_core::outcome::PasscodeResult;
use centrale_core::passcode::Typed;
use centrale_core::time::Timestamp;

/// How many wrong ones lock the mailbox.
const MAX_WRONG: usize = 9;
/// How long wrong ones count, in seconds.
const MEMORY_SECONDS: i64 = 15 * 60;

/// Checks a passcode. One that cannot be checked is refused, and the error is logged.
pub(super) async fn verdict(deps: &SwitchDeps, user: UserId, typed: Typed) -> PasscodeResult {
    let now = deps.clock.now();
    checked(&deps.store, now, user, typed)
        .await
        .unwrap_or_else(|error| {
            tracing::error!(%error, user = user.0, "a passcode could not be checked");
            PasscodeResult::Refused
        })
}

async fn checked(
    store: &Store,
    now: Timestamp,
    user: UserId,
    typed: Typed,
) -> Result<PasscodeResult> {
    let key = format!("mailbox:{user}");
    let wrong = store
        .failures(&key, now.plus_seconds(-MEMORY_SECONDS))
        .await?
        .len();
    let Some(hash) = store
        .passcodes(user)
        .await?
        .hash
        .filter(|_| wrong < MAX_WRONG)
    else {
        return Ok(PasscodeResult::Refused);
    };
    let Ok(right) = password::verify(&KEYED_IN, typed.digits().to_owned(), Some(hash)).await else {
        return Ok(PasscodeResult::Refused);
    };
    if right {
        store.clear_failures(&key).await?;
        return Ok(PasscodeResult::Right);
    }
    store.add_failure(&key, now).await?;
    Ok(PasscodeResult::Wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SeededTokens;
    use crate::store::Actor;

    #[tokio::test]
    async fn wrong_ones_shut_the_mailbox_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
        let store = Store::open(&url).await.unwrap();
        let demo = include_str!("../../../demo/organisation.json");
        store
            .import(
                &serde_json::from_str(demo).unwrap(),
                &|_| None,
                &SeededTokens::new(1),
            )
            .await
            .unwrap();
        let at = |seconds| Timestamp(1_790_000_000_000).plus_seconds(seconds);
        let (own, other) = (UserId(1), UserId(2));
        let check = async |user, digits: &str, seconds, expected| {
            let found = checked(&store, at(seconds), user, Typed::from(digits))
                .await
                .unwrap();
            assert_eq!(found, expected, "{digits} after {seconds} s");
        };
        check(own, "205917", 0, PasscodeResult::Refused).await;
        let (actor, hash) = (
            Actor {
                account: 1,
                name: "Ada".into(),
            },
            password::hash("205917").unwrap(),
        );
        store
            .set_passcode(&actor, at(0), own, Some(&hash))
            .await
            .unwrap();
        check(own, "205917", 0, PasscodeResult::Right).await;
        for second in 1..9 {
            check(own, "205918", second, PasscodeResult::Wrong).await;
        }
        // A right one makes the wrong ones forgotten.
        check(own, "205917", 9, PasscodeResult::Right).await;
        for second in 10..19 {
            check(own, "205918", second, PasscodeResult::Wrong).await;
        }
        check(own, "205917", 19, PasscodeResult::Refused).await;
        check(other, "205917", 19, PasscodeResult::Refused).await;
        check(own, "205917", 10 + MEMORY_SECONDS, PasscodeResult::Refused).await;
        check(own, "205917", 11 + MEMORY_SECONDS, PasscodeResult::Right).await;
    }
}
