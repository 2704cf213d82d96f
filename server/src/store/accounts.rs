//! Accounts: who may log in, as whom, and with what.

use super::{Error, Result, Store, row, take};
use centrale_core::api::session::Identity;
use centrale_core::id::{AdminId, DepartmentId, LocationId, UserId};
use centrale_core::organisation::{AdminScope, Language};
use sqlx::any::AnyRow;
use sqlx::{Any, FromRow, Row, Transaction};
use std::fmt;

/// Somebody who may log in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub id: i64,
    /// As whom.
    pub who: Identity,
    /// First and last name.
    pub name: String,
    /// The language of their screens.
    pub language: Language,
    /// The argon2id hash of the password; none: cannot log in.
    pub password_hash: Option<String>,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("who", &self.who).finish_non_exhaustive()
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
            "SELECT a.id, a.language, a.password_hash, a.user_id, a.admin_id, ",
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
        let (user, admin): (Option<i64>, Option<i64>) = (r.try_get("user_id")?, r.try_get("admin_id")?);
        let who = match (user, admin) {
            (Some(user), None) => Identity::User { id: UserId(row::id(user)) },
            (None, Some(admin)) => {
                let (level, id): (String, Option<i64>) = (r.try_get("scope_level")?, r.try_get("scope_id")?);
                let scope = of_scope(&level, id).ok_or_else(|| broken("scope_level"))?;
                Identity::Admin { id: AdminId(row::id(admin)), scope }
            }
            _ => return Err(broken("user_id")),
        };
        let (first, last): (String, String) = (r.try_get("first_name")?, r.try_get("last_name")?);
        Ok(Self {
            id: r.try_get("id")?,
            who,
            name: format!("{first} {last}"),
            language: row::of_name(&r.try_get::<String, _>("language")?).unwrap_or_default(),
            password_hash: r.try_get("password_hash")?,
        })
    }
}

fn broken(column: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: "a value that nothing writes".into() }
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
        ("location", Some(id)) => Some(AdminScope::Location(LocationId(row::id(id)))),
        ("department", Some(id)) => Some(AdminScope::Department(DepartmentId(row::id(id)))),
        _ => None,
    }
}

impl Store {
    /// The account with this login, whatever its case.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>> {
        let found = sqlx::query_as(concat!(select_account!("", "accounts a"), "a.login_key = $1"))
            .bind(row::key(login))
            .fetch_optional(&self.pool)
            .await?;
        Ok(found)
    }

    /// Makes an administrator. [`Error::Taken`] when the login is in use.
    pub async fn add_admin(&self, admin: &NewAdmin) -> Result<AdminId> {
        let mut tx = self.write().await?;
        let id = AdminId(row::id(take(&mut tx, "admins", 1).await?));
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

    /// Gives an account another password.
    pub async fn set_password_hash(&self, account: i64, hash: &str) -> Result<()> {
        sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
            .bind(hash)
            .bind(account)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
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

pub(super) async fn insert_admin(
    tx: &mut Transaction<'static, Any>,
    id: AdminId,
    admin: &NewAdmin,
) -> sqlx::Result<()> {
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

pub(super) async fn insert_account(
    tx: &mut Transaction<'static, Any>,
    account: &NewAccount<'_>,
) -> Result<()> {
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
    .bind(row::name(&account.language))
    .bind(account.password_hash.clone())
    .bind(user)
    .bind(admin)
    .execute(&mut **tx)
    .await
    .map_err(|error| Error::taken(error, || format!("the login {:?}", account.login)))?;
    Ok(())
}
