//! The demo: filling an empty database, and telling how to log in and which phones may register.

use super::{passwords, source};
use crate::clock::SystemTokens;
use crate::store::{SipAccount, Store};
use anyhow::Result;
use centrale_core::organisation::{AdminScope, Organisation, Profile, User};

/// The password of every login of the demo organisation.
const DEMO_PASSWORD: &str = "demo-centrale";
/// How many phones are shown.
const PHONES_SHOWN: usize = 6;

/// Fills an empty database with the demo organisation. Returns it when the database holds it.
pub(super) async fn fill(store: &Store) -> Result<Option<Organisation>> {
    let demo = source::demo()?;
    if store.is_empty().await? {
        store.mark_demo().await?;
        // One hash for all: it protects nothing that is not printed.
        let hash = tokio::task::spawn_blocking(|| passwords::hash(DEMO_PASSWORD)).await??;
        store
            .import(&demo, &|_| Some(hash.clone()), &SystemTokens)
            .await?;
    }
    Ok(store.is_demo().await?.then_some(demo))
}

/// The administrators, and one user of each profile.
pub(super) fn log_ins(organisation: &Organisation) -> String {
    let admins = organisation.admins.iter().map(|admin| {
        let of = match admin.scope {
            AdminScope::Enterprise => organisation.enterprise.name.clone(),
            AdminScope::Location(id) => organisation
                .locations
                .iter()
                .find(|l| l.id == id)
                .map(|l| l.name.clone())
                .unwrap_or_default(),
            AdminScope::Department(id) => organisation
                .departments
                .iter()
                .find(|d| d.id == id)
                .map(|d| d.name.clone())
                .unwrap_or_default(),
        };
        (admin.login.as_str(), format!("administers {of}"))
    });
    let users = [
        Profile::Fixed,
        Profile::Mobile,
        Profile::Flex,
        Profile::Combi,
    ]
    .into_iter()
    .filter_map(|profile| {
        let user = organisation.users.iter().find(|u| u.profile == profile)?;
        Some((
            user.login.as_str(),
            format!("{}, a user with the profile {profile:?}", user.name()),
        ))
    });
    let lines = admins
        .chain(users)
        .map(|(login, what)| format!("  {login:<24} {what}"));
    let rest = organisation.users.len();
    format!(
        "Demo log-ins, all with the password {DEMO_PASSWORD}:\n{}\n  and the other of {rest} users by their login",
        lines.collect::<Vec<_>>().join("\n")
    )
}

/// SIP accounts to register a phone with.
pub(super) fn phones(organisation: &Organisation, accounts: &[SipAccount]) -> String {
    let owner = |account: &SipAccount| organisation.users.iter().find(|u| u.id == account.user);
    let extension = |user: &User| user.extension.map(|e| e.to_string()).unwrap_or_default();
    let lines = accounts.iter().take(PHONES_SHOWN).filter_map(|account| {
        let user = owner(account)?;
        let (name, secret) = (&account.account, &account.secret);
        Some(format!(
            "  {name:<24} password {secret}  {} on extension {}",
            user.name(),
            extension(user)
        ))
    });
    format!(
        "SIP accounts of some phones:\n{}",
        lines.collect::<Vec<_>>().join("\n")
    )
}
