//! Accounts: who may log in, as whom, and with what.

use super::{Error, Result, Store, Tx, row, sessions, take};
use centrale_core::api::accounts::AccountId;
use centrale_core::api::session::Identity;
use centrale_core::id::{AdminId, DepartmentId, LocationId, UserId};
use centrale_core::organisation::{AdminScope, Language};
use centrale_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{FromRow, Row};
use std::fmt;

/// Somebody who may log in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The id of the account.
    pub id: i64,
    /// The user or the administrator that it is for.
    pub who: Identity,
    /// The name to log in with.
    pub login: String,
    /// First and last name.
    pub name: String,
    /// Where mail reaches them; may be empty.
    pub email: String,
    /// The language of their screens.
    pub language: Language,
    /// The argon2id hash of the password; none: cannot log in.
    pub password_hash: Option<String>,
    /// Since when nobody may log in with it.
    pub blocked_at: Option<Timestamp>,
    /// A second factor is asked.
    pub second_factor: bool,
    /// A second factor must be set up before anything else.
    pub must_set_up: bool,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("who", &self.who)
            .finish_non_exhaustive()
    }
}

/// An administrator to be made.
#[derive(Clone)]
pub struct NewAdmin {
    /// The name to log in with.
    pub login: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// Where mail reaches them.
    pub email: String,
    /// What they administer.
    pub scope: AdminScope,
    /// The argon2id hash of the password.
    pub password_hash: String,
}

/// What [`Account`] is read from; `WHERE` follows.
macro_rules! select_account {
    ($and:literal, $from:literal) => {
        concat!(
            "SELECT a.id, a.login, a.language, a.password_hash, a.user_id, a.admin_id, a.blocked_at, ",
            "COALESCE(u.email, m.email) AS email, ",
            "(SELECT COUNT(*) FROM second_factors f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) AS factors, ",
            "(SELECT MAX(admins_need_second_factor) FROM log_in_policy) AS needed, ",
            "COALESCE(u.first_name, m.first_name) AS first_name, COALESCE(u.last_name, m.last_name) AS last_name, ",
            "m.scope_level, m.scope_id",
            $and,
            " FROM ",
            $from,
            " LEFT JOIN users u ON u.id = a.user_id LEFT JOIN admins m ON m.id = a.admin_id WHERE "
        )
    };
}
pub(super) use select_account;

impl FromRow<'_, AnyRow> for Account {
    fn from_row(r: &AnyRow) -> sqlx::Result<Self> {
        let (user, admin): (Option<i64>, Option<i64>) =
            (r.try_get("user_id")?, r.try_get("admin_id")?);
        let who = match (user, admin) {
            (Some(user), None) => Identity::User {
                id: UserId(row::id(user)?),
            },
            (None, Some(admin)) => {
                let (level, id): (String, Option<i64>) =
                    (r.try_get("scope_level")?, r.try_get("scope_id")?);
                let scope = of_scope(&level, id).ok_or_else(|| broken("scope_level"))?;
                Identity::Admin {
                    id: AdminId(row::id(admin)?),
                    scope,
                }
            }
            _ => return Err(broken("user_id")),
        };
        let (first, last): (String, String) = (r.try_get("first_name")?, r.try_get("last_name")?);
        let second_factor = r.try_get::<i64, _>("factors")? > 0;
        let needed = r.try_get::<Option<i64>, _>("needed")?.unwrap_or(0) != 0;
        Ok(Self {
            id: r.try_get("id")?,
            must_set_up: needed && !second_factor && admin.is_some(),
            second_factor,
            who,
            login: r.try_get("login")?,
            email: r.try_get("email")?,
            blocked_at: r.try_get::<Option<i64>, _>("blocked_at")?.map(Timestamp),
            name: format!("{first} {last}"),
            language: row::of_name(&r.try_get::<String, _>("language")?)
                .ok_or_else(|| broken("language"))?,
            password_hash: r.try_get("password_hash")?,
        })
    }
}

fn broken(column: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: "a value that nothing writes".into(),
    }
}

/// The two columns of a scope.
fn scope_columns(scope: AdminScope) -> (&'static str, Option<i64>) {
    match scope {
        AdminScope::Enterprise => ("enterprise", None),
        AdminScope::Location(id) => ("location", Some(id.0.into())),
        AdminScope::Department(id) => ("department", Some(id.0.into())),
    }
}

/// The scope in two columns.
pub(super) fn of_scope(level: &str, id: Option<i64>) -> Option<AdminScope> {
    match (level, id) {
        ("enterprise", None) => Some(AdminScope::Enterprise),
        ("location", Some(id)) => Some(AdminScope::Location(LocationId(row::id(id).ok()?))),
        ("department", Some(id)) => Some(AdminScope::Department(DepartmentId(row::id(id).ok()?))),
        _ => None,
    }
}

impl Store {
    /// The account with this login, whatever its case.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>> {
        let found = sqlx::query_as(concat!(
            select_account!("", "accounts a"),
            "a.login_key = $1"
        ))
        .bind(row::key(login))
        .fetch_optional(&self.pool)
        .await?;
        Ok(found)
    }

    /// Makes an administrator. [`Error::Taken`] when the login is in use.
    pub async fn add_admin(&self, admin: &NewAdmin) -> Result<AdminId> {
        let mut tx = self.write().await?;
        let id = AdminId(row::id(take(&mut tx, "admins", 1).await?)?);
        take(&mut tx, "whole", 1).await?;
        insert_admin(&mut tx, id, admin).await?;
        let account = NewAccount {
            login: &admin.login,
            language: Language::default(),
            password_hash: Some(admin.password_hash.clone()),
            who: Person::Admin(id),
        };
        insert_account(&mut tx, &account).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Gives an account another password. All its sessions end but one, by the hash of its token; links to choose a
    /// password end, and browsers are no longer known but one.
    pub async fn set_password(
        &self,
        account: i64,
        hash: &str,
        session: Option<&str>,
        browser: Option<&str>,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        set_password(&mut tx, account, hash, session, browser).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The account of somebody.
    pub async fn account_of(&self, account: AccountId) -> Result<Option<Account>> {
        let query = match account {
            AccountId::User(_) => concat!(select_account!("", "accounts a"), "a.user_id = $1"),
            AccountId::Admin(_) => concat!(select_account!("", "accounts a"), "a.admin_id = $1"),
        };
        let (AccountId::User(UserId(id)) | AccountId::Admin(AdminId(id))) = account;
        Ok(sqlx::query_as(query)
            .bind(i64::from(id))
            .fetch_optional(&self.pool)
            .await?)
    }

    /// Blocks an account since a moment, and ends its sessions; or opens it again.
    pub async fn set_blocked(&self, account: i64, since: Option<Timestamp>) -> Result<()> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE accounts SET blocked_at = $1 WHERE id = $2")
            .bind(since.map(|at| at.0))
            .bind(account)
            .execute(&mut *tx)
            .await?;
        if since.is_some() {
            sessions::end(&mut tx, account, None).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Keeps a link by which a password is chosen, in the place of an earlier one. `token_hash` is the hash of its token.
    pub async fn add_reset(&self, account: i64, token_hash: &str, until: Timestamp) -> Result<()> {
        sqlx::query(
            "INSERT INTO password_resets (account_id, token_hash, expires_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO UPDATE SET token_hash = $2, expires_at = $3",
        )
        .bind(account)
        .bind(token_hash)
        .bind(until.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Whose password is chosen by a link.
    pub async fn reset(&self, token_hash: &str, now: Timestamp) -> Result<Option<Account>> {
        let found = sqlx::query_as(concat!(
            select_account!(
                "",
                "password_resets r JOIN accounts a ON a.id = r.account_id"
            ),
            "r.token_hash = $1 AND r.expires_at > $2"
        ))
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(&self.pool)
        .await?;
        Ok(found)
    }

    /// Uses a link: the account has the password from now on. `false`: somebody else used it in the meantime.
    pub async fn use_reset(
        &self,
        token_hash: &str,
        account: i64,
        hash: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let used = sqlx::query(
            "DELETE FROM password_resets WHERE token_hash = $1 AND account_id = $2 AND expires_at > $3",
        )
        .bind(token_hash)
        .bind(account)
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        set_password(&mut tx, account, hash, None, None).await?;
        tx.commit().await?;
        Ok(true)
    }
}

async fn set_password(
    tx: &mut Tx,
    account: i64,
    hash: &str,
    session: Option<&str>,
    browser: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(account)
        .execute(&mut **tx)
        .await?;
    sessions::end(tx, account, session).await?;
    sqlx::query("DELETE FROM password_resets WHERE account_id = $1")
        .bind(account)
        .execute(&mut **tx)
        .await?;
    sqlx::query("DELETE FROM browsers WHERE account_id = $1 AND token_hash <> $2")
        .bind(account)
        .bind(browser.unwrap_or_default())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// An account to be made.
pub(super) struct NewAccount<'a> {
    pub(super) login: &'a str,
    pub(super) language: Language,
    pub(super) password_hash: Option<String>,
    pub(super) who: Person,
}

/// Whose account it is.
#[derive(Clone, Copy)]
pub(super) enum Person {
    User(UserId),
    Admin(AdminId),
}

pub(super) async fn insert_admin(tx: &mut Tx, id: AdminId, admin: &NewAdmin) -> sqlx::Result<()> {
    let (level, scope) = scope_columns(admin.scope);
    sqlx::query(
        "INSERT INTO admins (id, first_name, last_name, email, scope_level, scope_id) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(i64::from(id.0))
    .bind(&admin.first_name)
    .bind(&admin.last_name)
    .bind(&admin.email)
    .bind(level)
    .bind(scope)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn insert_account(tx: &mut Tx, account: &NewAccount<'_>) -> Result<()> {
    let id = take(tx, "accounts", 1).await?;
    let (user, admin) = match account.who {
        Person::User(id) => (Some(i64::from(id.0)), None),
        Person::Admin(id) => (None, Some(i64::from(id.0))),
    };
    sqlx::query(
        "INSERT INTO accounts (id, login, login_key, language, password_hash, user_id, admin_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(account.login.trim())
    .bind(row::key(account.login))
    .bind(row::name(&account.language)?)
    .bind(account.password_hash.clone())
    .bind(user)
    .bind(admin)
    .execute(&mut **tx)
    .await
    .map_err(|error| Error::taken(error, || format!("the login {:?}", account.login)))?;
    Ok(())
}
