//! A save until the next call is decided by it, at 10 000 users, on SQLite with every commit on the disk.
//! Prints the median in microseconds.
#![allow(clippy::print_stdout, reason = "what a bench is for")]

use anyhow::{Context, Result, ensure};
use centrale_core::api::services::Change;
use centrale_core::call::{Action, Call, Endpoint, Input, LegAction, Request};
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use centrale_core::number::E164;
use centrale_core::organisation::{Organisation, User};
use centrale_core::service::ServiceId;
use centrale_core::time::Timestamp;
use centrale_server::clock::SeededTokens;
use centrale_server::live::Live;
use centrale_server::store::{Actor, Store};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;

const USERS: u32 = 10_000;
const FIRST: u32 = 1000;
const SAVES: u32 = 300;
const NOW: Timestamp = Timestamp(1_790_000_000_000);

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&format!(
        "sqlite://{}",
        folder.path().join("centrale.db").display()
    ))
    .await?;
    let organisation = organisation()?;
    store
        .import(&organisation, &|_| None, &SeededTokens::new(1))
        .await?;
    let live = Arc::new(Live::load(&store).await?);
    let account = store
        .account_by_login(&organisation.users[0].login)
        .await?
        .context("no account")?
        .id;
    let actor = Actor {
        account,
        name: "Bench".into(),
    };

    let mut micros = Vec::new();
    for save in 0..SAVES {
        let user = UserId(FIRST + save * 7919 % USERS);
        let number = E164::new(31_205_550_000 + u64::from(save))?;
        let settings = json!({"active": true, "number": number.to_string()});
        let change = Change {
            service: ServiceId("forwarding-always"),
            version: 0,
            settings,
        };
        let start = Instant::now();
        live.save_services(&actor, NOW, user, vec![change]).await?;
        let mut call = Call::new(live.view().snapshot.clone(), request(&organisation, user));
        let actions = call.handle(NOW, Input::Start);
        micros.push(start.elapsed().as_micros());
        let goes = |action: &Action| matches!(action, Action::Leg(LegAction::Ring { endpoint: Endpoint::Outside(to), .. }) if *to == number);
        ensure!(actions.iter().any(goes), "the call does not go by the save");
    }
    micros.sort_unstable();
    println!("{}", micros[micros.len() / 2]);
    store.close().await;
    Ok(())
}

/// The demo organisation with many more users.
fn organisation() -> Result<Organisation> {
    let mut organisation: Organisation =
        serde_json::from_str(include_str!("../demo/organisation.json"))?;
    let model = organisation.users.first().context("no user")?.clone();
    organisation
        .users
        .extend((FIRST..FIRST + USERS).map(|id| User {
            id: UserId(id),
            login: format!("user{id}"),
            number: None,
            mobile: None,
            extension: (1_000_000 + id).to_string().parse().ok(),
            devices: Vec::new(),
            services: std::collections::BTreeMap::new(),
            ..model.clone()
        }));
    Ok(organisation)
}

/// A call from a colleague.
fn request(organisation: &Organisation, user: UserId) -> Request {
    Request {
        caller: Caller {
            user: Some(organisation.users[0].id),
            ..Caller::default()
        },
        dialled: (1_000_000 + user.0).to_string(),
        from: Some(organisation.users[0].location),
        ..Request::default()
    }
}
