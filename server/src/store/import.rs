//! Filling an empty database with an organisation.

use super::accounts::{NewAccount, Person, insert_account, insert_admin};
use super::{Error, NewAdmin, Result, Store, Tx, parts, row, schedules, take, uploads};
use crate::clock::TokenSource;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use centrale_core::id::UserId;
use centrale_core::organisation::{ContentHash, Language, Organisation, User};
use centrale_core::snapshot;
use serde_json::Value;

use std::collections::{BTreeMap, BTreeSet};

/// Gives the argon2id hash of the password for a login; `None`: no password, so no logging in.
pub type Passwords<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

impl Store {
    /// Whether there is neither an enterprise nor anybody in it.
    pub async fn is_empty(&self) -> Result<bool> {
        Ok(rows(&self.pool).await? == 0)
    }

    /// Whether everybody knows the passwords, as those of the demo organisation.
    pub async fn is_demo(&self) -> Result<bool> {
        let marked: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM marks WHERE name = 'demo'")
            .fetch_one(&self.pool)
            .await?;
        Ok(marked > 0)
    }

    /// Notes that everybody knows the passwords, so that it is never served but as a demo.
    pub async fn mark_demo(&self) -> Result<()> {
        sqlx::query("INSERT INTO marks (name) VALUES ('demo') ON CONFLICT DO NOTHING")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Names the enterprise, unless it has a name.
    pub async fn name_enterprise(&self, name: &str) -> Result<()> {
        sqlx::query("INSERT INTO enterprise (id, name) VALUES (1, $1) ON CONFLICT DO NOTHING")
            .bind(name)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Stores a whole organisation in an empty database; each phone gets a secret of its own.
    pub async fn import(
        &self,
        organisation: &Organisation,
        passwords: Passwords<'_>,
        secrets: &dyn TokenSource,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        // A server that runs on the empty database reads it all.
        take(&mut tx, "whole", 1).await?;
        if rows(&mut *tx).await? > 0 {
            return Err(Error::NotEmpty);
        }
        frame(&mut tx, organisation).await?;
        for admin in &organisation.admins {
            let hash = passwords(&admin.login);
            let new = NewAdmin {
                login: admin.login.clone(),
                first_name: admin.first_name.clone(),
                last_name: admin.last_name.clone(),
                email: admin.email.clone(),
                scope: admin.scope,
                password_hash: String::new(),
            };
            insert_admin(&mut tx, admin.id, &new).await?;
            let (login, who) = (admin.login.as_str(), Person::Admin(admin.id));
            let language = Language::default();
            insert_account(
                &mut tx,
                &NewAccount {
                    login,
                    language,
                    password_hash: hash,
                    who,
                },
            )
            .await?;
        }
        for user in &organisation.users {
            insert_user(&mut tx, user).await?;
            devices(&mut tx, user, secrets).await?;
            settings(&mut tx, user.id, &user.services).await?;
            let own = (user.number, user.extension);
            parts::insert_lines(&mut tx, user.id, user.location, own, &user.alternates)
                .await
                .map_err(|error| {
                    Error::unsaved(error, || format!("a number of {:?}", user.login))
                })?;
            let account = NewAccount {
                login: &user.login,
                language: user.language,
                password_hash: passwords(&user.login),
                who: Person::User(user.id),
            };
            insert_account(&mut tx, &account).await?;
        }
        for schedule in &organisation.schedules {
            schedules::insert(&mut tx, schedule)
                .await
                .map_err(|error| {
                    Error::taken(error, || format!("the schedule {:?}", schedule.name))
                })?;
        }
        for part in organisation.parts() {
            let what = || format!("the {} {:?}, or a number of it", part.kind(), part.name());
            parts::insert(&mut tx, &part)
                .await
                .map_err(|error| Error::unsaved(error, what))?;
            if let Some(identity) = part.identity() {
                settings(&mut tx, UserId(part.key().id), &identity.services).await?;
            }
        }
        let last_user = snapshot::people(organisation)
            .map(|(user, _)| user.id.0)
            .max()
            .unwrap_or(0);
        for (hash, content) in sounds(organisation)? {
            uploads::keep(&mut tx, hash, &content).await?;
        }
        let last_upload = organisation.uploads.iter().map(|u| u.id.0);
        let last_group = organisation.park_groups.iter().map(|g| g.id.0);
        let last_group = last_group
            .chain(organisation.pickup_groups.iter().map(|g| g.id.0))
            .chain(last_upload)
            .max()
            .unwrap_or(0);
        let last_admin = organisation
            .admins
            .iter()
            .map(|a| a.id.0)
            .max()
            .unwrap_or(0);
        let last_schedule = organisation
            .schedules
            .iter()
            .map(|s| s.id.0)
            .max()
            .unwrap_or(0);
        for (counter, value) in [
            ("admins", last_admin),
            ("schedules", last_schedule),
            ("users", last_user),
            ("groups", last_group),
        ] {
            sqlx::query("UPDATE counters SET value = $1 WHERE name = $2")
                .bind(i64::from(value))
                .bind(counter)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// The content of every upload, as it stands in the file.
fn sounds(organisation: &Organisation) -> Result<Vec<(ContentHash, Vec<u8>)>> {
    let wanted: BTreeSet<ContentHash> = organisation
        .uploads
        .iter()
        .map(|upload| upload.content)
        .collect();
    let found = wanted.into_iter().map(|hash| {
        let content = organisation
            .sounds
            .get(&hash)
            .and_then(|text| BASE64.decode(text).ok());
        Ok((
            hash,
            content.ok_or_else(|| Error::NoSound(hash.to_string()))?,
        ))
    });
    found.collect()
}

/// How much there is of what every organisation has.
pub(super) async fn rows<'e>(
    on: impl sqlx::Executor<'e, Database = sqlx::Any>,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT (SELECT COUNT(*) FROM enterprise) + (SELECT COUNT(*) FROM accounts) + (SELECT COUNT(*) FROM locations)",
    )
    .fetch_one(on)
    .await
}

/// The enterprise, its packs, locations and departments.
async fn frame(tx: &mut Tx, organisation: &Organisation) -> Result<()> {
    sqlx::query("INSERT INTO enterprise (id, name) VALUES (1, $1)")
        .bind(&organisation.enterprise.name)
        .execute(&mut **tx)
        .await?;
    for pack in &organisation.service_packs {
        sqlx::query(
            "INSERT INTO service_packs (id, name, licences, services) VALUES ($1, $2, $3, $4)",
        )
        .bind(i64::from(pack.id.0))
        .bind(&pack.name)
        .bind(i64::from(pack.licences))
        .bind(row::json(&pack.services)?)
        .execute(&mut **tx)
        .await
        .map_err(|error| Error::taken(error, || format!("the service pack {}", pack.id)))?;
    }
    for location in &organisation.locations {
        sqlx::query(
            "INSERT INTO locations (id, name, country, zone, prefix, numbers) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(i64::from(location.id.0))
        .bind(&location.name)
        .bind(row::name(&location.country)?)
        .bind(&location.zone)
        .bind(&location.prefix)
        .bind(row::json(&location.numbers)?)
        .execute(&mut **tx)
        .await
        .map_err(|error| Error::taken(error, || format!("the location {}", location.id)))?;
    }
    for department in &organisation.departments {
        sqlx::query("INSERT INTO departments (id, name, location_id) VALUES ($1, $2, $3)")
            .bind(i64::from(department.id.0))
            .bind(&department.name)
            .bind(i64::from(department.location.0))
            .execute(&mut **tx)
            .await
            .map_err(|error| Error::taken(error, || format!("the department {}", department.id)))?;
    }
    // A parent may stand after its child in the file.
    for department in &organisation.departments {
        sqlx::query("UPDATE departments SET parent_id = $1 WHERE id = $2")
            .bind(department.parent.map(|parent| i64::from(parent.0)))
            .bind(i64::from(department.id.0))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn insert_user(tx: &mut Tx, user: &User) -> Result<()> {
    sqlx::query(
        "INSERT INTO users (id, first_name, last_name, email, profile, location_id, department_id, number, extension,
         mobile, packs, alternates) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(i64::from(user.id.0))
    .bind(&user.first_name)
    .bind(&user.last_name)
    .bind(&user.email)
    .bind(row::name(&user.profile)?)
    .bind(i64::from(user.location.0))
    .bind(user.department.map(|department| i64::from(department.0)))
    .bind(user.number.as_ref().map(row::name).transpose()?)
    .bind(user.extension.as_ref().map(row::name).transpose()?)
    .bind(user.mobile.as_ref().map(row::name).transpose()?)
    .bind(row::json(&user.packs)?)
    .bind(row::json(&user.alternates)?)
    .execute(&mut **tx)
    .await
    .map_err(|error| Error::taken(error, || format!("the id, number or extension of {:?}", user.login)))?;
    Ok(())
}

async fn devices(tx: &mut Tx, user: &User, secrets: &dyn TokenSource) -> Result<()> {
    for (device, place) in user.devices.iter().zip(0i64..) {
        sqlx::query(
            "INSERT INTO devices (id, user_id, place, name, kind, account, secret) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(i64::from(device.id.0))
        .bind(i64::from(user.id.0))
        .bind(place)
        .bind(&device.name)
        .bind(row::name(&device.kind)?)
        .bind(&device.account)
        .bind(hex::encode(&secrets.token()[..16]))
        .execute(&mut **tx)
        .await
        .map_err(|error| Error::taken(error, || format!("the id or SIP account {:?}", device.account)))?;
    }
    Ok(())
}

async fn settings(
    tx: &mut Tx,
    user: UserId,
    services: &BTreeMap<String, Value>,
) -> sqlx::Result<()> {
    for (service, settings) in services {
        sqlx::query(
            "INSERT INTO settings (owner, owner_id, service, version, settings) VALUES ($1, $2, $3, 1, $4)",
        )
        .bind(row::USER)
        .bind(i64::from(user.0))
        .bind(service)
        .bind(row::json(settings)?)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
