//! Texts that phones show for a while, sent as SIP MESSAGE (RFC 3428): where a call was parked (manual § 24.2.6), and that a colleague
//! parked one here (§ 10.1.2).

use super::SwitchDeps;
use crate::mail::Text;
use centrale_core::id::UserId;
use centrale_core::snapshot::Snapshot;

/// Shows who parked a call for so many seconds at whose extension.
pub(super) fn parked_at(
    deps: &SwitchDeps,
    config: &Snapshot,
    parker: UserId,
    at: UserId,
    seconds: u8,
) {
    let Some(extension) = extension(config, at) else {
        return;
    };
    let say = |text: Text| text.fill("phone-parked-at", &[("extension", &extension)]);
    show(deps, config, parker, &extension, say, Some(seconds));
}

/// Shows a user that a colleague parked a call at their phone.
pub(super) fn parked_here(deps: &SwitchDeps, config: &Snapshot, at: UserId, parker: UserId) {
    let Some(name) = config.user(parker).map(|s| s.user.name()) else {
        return;
    };
    let from = extension(config, parker).unwrap_or_default();
    show(
        deps,
        config,
        at,
        &from,
        |text| text.fill("phone-parked-here", &[("who", &name)]),
        None,
    );
}

fn extension(config: &Snapshot, user: UserId) -> Option<String> {
    config
        .user(user)?
        .user
        .extension
        .map(|extension| extension.to_string())
}

/// Sends a text to the phones of a user that can be reached.
fn show(
    deps: &SwitchDeps,
    config: &Snapshot,
    user: UserId,
    from: &str,
    say: impl FnOnce(Text) -> String,
    seconds: Option<u8>,
) {
    let (Some(phones), Some(subscriber)) = (deps.phones.clone(), config.user(user)) else {
        return;
    };
    let devices = subscriber
        .user
        .devices
        .iter()
        .map(|device| device.account.clone());
    let accounts: Vec<_> = devices
        .filter(|account| phones.accounts.reachable(account))
        .collect();
    let (from, text) = (from.to_owned(), say(Text::of(subscriber.language())));
    tokio::spawn(async move {
        for account in accounts {
            if let Err(error) = phones.ari.send_text(&account, &from, &text, seconds).await {
                tracing::warn!(%error, account, "a text could not be sent to a phone");
            }
        }
    });
}
