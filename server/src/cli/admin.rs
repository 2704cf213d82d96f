//! `centrale admin` and `centrale password`: the way in to a database in which nobody has a password yet.

use super::source::Database;
use super::{passwords, say};
use crate::clock::{Clock, SystemClock};
use crate::store::{NewAdmin, NewSecurityEvent, Store};
use anyhow::{Context, Result};
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::Kind;
use centrale_core::api::session::Identity;
use centrale_core::email::is_email_or_empty;
use centrale_core::error::Code;
use centrale_core::organisation::AdminScope;
use centrale_core::text;
use clap::Args;

/// Makes an administrator of the enterprise. The password comes from `CENTRALE_ADMIN_PASSWORD`, or is asked for.
#[derive(Args)]
pub(super) struct Admin {
    /// The name to log in with
    #[arg(long, value_parser = not_empty)]
    login: String,
    /// The first name
    #[arg(long, value_name = "NAME", value_parser = not_empty)]
    first_name: String,
    /// The last name
    #[arg(long, value_name = "NAME", value_parser = not_empty)]
    last_name: String,
    /// The mail address
    #[arg(long, value_name = "ADDRESS", default_value = "", value_parser = address)]
    email: String,
    /// The name of the enterprise, when the database has none
    #[arg(long, value_name = "NAME", default_value = "Centrale", value_parser = not_empty)]
    enterprise: String,
    #[command(flatten)]
    database: Database,
}

/// Gives somebody another password, from `CENTRALE_ADMIN_PASSWORD` or asked for. All their sessions end.
#[derive(Args)]
pub(super) struct Password {
    /// The name to log in with
    #[arg(long)]
    login: String,
    #[command(flatten)]
    database: Database,
}

/// Where it comes from what is done here.
const COMMAND_LINE: &str = "command-line";

fn not_empty(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    match text::fault(text) {
        _ if text.is_empty() => Err("it is empty"),
        Some(Code::TextInvisible) => Err("nothing in it can be seen"),
        Some(_) => Err("it has a control character"),
        None => Ok(text.to_owned()),
    }
}

fn address(text: &str) -> Result<String, &'static str> {
    if is_email_or_empty(text) {
        Ok(text.to_owned())
    } else {
        Err("it is not an e-mail address")
    }
}

impl Admin {
    pub(super) async fn run(self) -> Result<()> {
        let store = self.database.open().await?;
        let own = vec![
            self.login.clone(),
            self.first_name.clone(),
            self.last_name.clone(),
            self.enterprise.clone(),
        ];
        let password_hash = passwords::new_hash(own).await?;
        store
            .add_admin(&NewAdmin {
                login: self.login.clone(),
                first_name: self.first_name,
                last_name: self.last_name,
                email: self.email,
                scope: AdminScope::Enterprise,
                password_hash,
            })
            .await?;
        store.name_enterprise(&self.enterprise).await?;
        note(&store, Kind::AdminMade, &self.login).await?;
        store.close().await;
        say(format_args!(
            "{} can log in as administrator of the enterprise",
            self.login
        ));
        Ok(())
    }
}

impl Password {
    pub(super) async fn run(self) -> Result<()> {
        let store = self.database.open_existing().await?;
        let account = store
            .account_by_login(&self.login)
            .await?
            .context("nobody has this login")?;
        let hash = passwords::new_hash(vec![account.login.clone(), account.name.clone()]).await?;
        store.set_password(account.id, &hash, None, None).await?;
        store.clear_log_in_failures(&account.login, None).await?;
        note(&store, Kind::PasswordChanged, &account.login).await?;
        store.close().await;
        say(format_args!("{} has another password", self.login));
        Ok(())
    }
}

/// Keeps what was done to an account on the command line.
pub(super) async fn note(store: &Store, kind: Kind, login: &str) -> Result<()> {
    let account = store.account_by_login(login).await?;
    let event = NewSecurityEvent {
        kind,
        account: account.map(|account| match account.who {
            Identity::User { id } => AccountId::User(id),
            Identity::Admin { id, .. } => AccountId::Admin(id),
        }),
        login: login.to_owned(),
        by: String::new(),
        address: COMMAND_LINE.to_owned(),
        about: String::new(),
    };
    Ok(store.add_security_event(&event, SystemClock.now()).await?)
}
