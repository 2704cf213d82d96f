//! Reading the whole organisation, when the server starts and for the export. What cannot be read is reported and left
//! out, so that one bad row never keeps the rest from working.

use super::accounts::of_scope;
use super::news::Stored;
use super::{Result, Store, Tx, news, parts, row, schedules};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use centrale_core::id::{AdminId, DepartmentId, DeviceId, LocationId, PackId, ScheduleId, UserId};
use centrale_core::organisation::{
    Admin, Department, Device, Enterprise, FORMAT, Location, Organisation, Part, PartKey,
    ServicePack, SiteSettings, User,
};
use centrale_core::schedule::Schedule;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Everything that calls and reads go by.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The organisation; every list in the order of ids.
    pub organisation: Organisation,
    /// The version of each saved setting, by user and service.
    pub versions: BTreeMap<UserId, BTreeMap<String, u64>>,
    /// The version of each schedule.
    pub schedule_versions: BTreeMap<ScheduleId, u64>,
    /// The version of each part that was ever saved.
    pub part_versions: BTreeMap<PartKey, u64>,
    /// The version of the configuration: the id of the last event.
    pub config: u64,
    /// How often it changed without an event.
    pub whole: u64,
}

#[cfg(test)]
impl Loaded {
    /// An organisation of which no part was saved by itself, at a version of the configuration.
    pub(crate) fn without_versions(organisation: Organisation, config: u64) -> Self {
        Self {
            organisation,
            versions: BTreeMap::new(),
            schedule_versions: BTreeMap::new(),
            part_versions: BTreeMap::new(),
            config,
            whole: 0,
        }
    }
}

impl Store {
    /// Reads everything as it was at one moment.
    pub async fn load(&self) -> Result<Loaded> {
        let mut tx = self.pool.patient().read().await?;
        let name: Option<String> = sqlx::query_scalar("SELECT name FROM enterprise")
            .fetch_optional(&mut *tx)
            .await?;
        let revision = news::revision(&mut tx).await?;
        let mut users = all(&mut tx, USERS, user).await?;
        let mut devices = grouped(all(&mut tx, DEVICES, device).await?);
        let mut settings = grouped(all(&mut tx, SETTINGS, setting).await?);
        let mut versions = BTreeMap::new();
        for user in &mut users {
            user.devices = devices.remove(&user.id).unwrap_or_default();
            for (service, version, settings) in settings.remove(&user.id).unwrap_or_default() {
                versions
                    .entry(user.id)
                    .or_insert_with(BTreeMap::new)
                    .insert(service.clone(), version);
                user.services.insert(service, settings);
            }
        }
        let found = all(&mut tx, SCHEDULES, schedule).await?;
        let mut organisation = Organisation {
            format: FORMAT,
            enterprise: Enterprise {
                name: name.unwrap_or_default(),
                ..Enterprise::default()
            },
            service_packs: all(&mut tx, PACKS, pack).await?,
            locations: all(&mut tx, LOCATIONS, location).await?,
            departments: all(&mut tx, DEPARTMENTS, department).await?,
            admins: all(&mut tx, ADMINS, admin).await?,
            users,
            schedules: found.iter().map(|(schedule, _)| schedule.clone()).collect(),
            ..Organisation::default()
        };
        let mut part_versions = BTreeMap::new();
        for (mut part, version) in all(&mut tx, PARTS, part).await? {
            part_versions.insert(part.key(), version);
            let id = UserId(part.key().id);
            if let Some(identity) = part.identity_mut() {
                for (service, version, settings) in settings.remove(&id).unwrap_or_default() {
                    versions
                        .entry(id)
                        .or_insert_with(BTreeMap::new)
                        .insert(service.clone(), version);
                    identity.services.insert(service, settings);
                }
            }
            organisation.put_part(part);
        }
        tx.commit().await?;
        Ok(Loaded {
            organisation,
            versions,
            part_versions,
            schedule_versions: found
                .into_iter()
                .map(|(schedule, version)| (schedule.id, version))
                .collect(),
            config: revision.events,
            whole: revision.whole,
        })
    }
}

impl Store {
    /// The whole organisation with the content of its uploads: what an import takes.
    pub async fn export(&self) -> Result<Organisation> {
        let mut organisation = self.load().await?.organisation;
        let sounds = self.sounds().await?;
        organisation.sounds = sounds
            .iter()
            .map(|(hash, wav)| (*hash, BASE64.encode(wav)))
            .collect();
        Ok(organisation)
    }
}

/// All settings of a user: by service, with their versions.
pub(super) async fn settings_of(tx: &mut Tx, user: UserId) -> sqlx::Result<Vec<Stored>> {
    let rows = sqlx::query(
        "SELECT owner_id, service, version, settings FROM settings WHERE owner = 'user' AND owner_id = $1
         ORDER BY service",
    )
    .bind(i64::from(user.0))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|r| setting(r).map(|(_, setting)| setting))
        .collect()
}

/// Reads every row that can be read.
async fn all<T>(
    tx: &mut Tx,
    sql: &'static str,
    read: fn(&AnyRow) -> sqlx::Result<T>,
) -> sqlx::Result<Vec<T>> {
    let rows = sqlx::query(sql).fetch_all(&mut **tx).await?;
    Ok(row::readable(sql, rows.iter().map(read)))
}

fn grouped<T>(items: Vec<(UserId, T)>) -> BTreeMap<UserId, Vec<T>> {
    let mut groups: BTreeMap<UserId, Vec<T>> = BTreeMap::new();
    for (user, item) in items {
        groups.entry(user).or_default().push(item);
    }
    groups
}

const PACKS: &str = "SELECT id, name, licences, services FROM service_packs ORDER BY id";

fn pack(r: &AnyRow) -> sqlx::Result<ServicePack> {
    Ok(ServicePack {
        id: PackId(id(r, "id")?),
        name: r.try_get("name")?,
        licences: id(r, "licences")?,
        services: json(r, "services")?,
    })
}

const LOCATIONS: &str =
    "SELECT id, name, country, zone, prefix, numbers FROM locations ORDER BY id";

fn location(r: &AnyRow) -> sqlx::Result<Location> {
    Ok(Location {
        id: LocationId(id(r, "id")?),
        name: r.try_get("name")?,
        country: named(r, "country")?,
        zone: r.try_get("zone")?,
        prefix: r.try_get("prefix")?,
        numbers: json(r, "numbers")?,
        site: SiteSettings::default(),
    })
}

const DEPARTMENTS: &str = "SELECT id, name, location_id, parent_id FROM departments ORDER BY id";

fn department(r: &AnyRow) -> sqlx::Result<Department> {
    Ok(Department {
        id: DepartmentId(id(r, "id")?),
        name: r.try_get("name")?,
        location: LocationId(id(r, "location_id")?),
        parent: r
            .try_get::<Option<i64>, _>("parent_id")?
            .map(|parent| row::id(parent).map(DepartmentId))
            .transpose()?,
        music: None,
    })
}

const ADMINS: &str =
    "SELECT m.id, a.login, m.first_name, m.last_name, m.email, m.scope_level, m.scope_id
    FROM admins m JOIN accounts a ON a.admin_id = m.id ORDER BY m.id";

fn admin(r: &AnyRow) -> sqlx::Result<Admin> {
    let level: String = r.try_get("scope_level")?;
    Ok(Admin {
        id: AdminId(id(r, "id")?),
        login: r.try_get("login")?,
        first_name: r.try_get("first_name")?,
        last_name: r.try_get("last_name")?,
        email: r.try_get("email")?,
        scope: of_scope(&level, r.try_get("scope_id")?)
            .ok_or_else(|| bad("scope_level", "no such scope"))?,
    })
}

const USERS: &str =
    "SELECT u.id, a.login, u.first_name, u.last_name, u.email, a.language, u.profile, u.location_id,
    u.department_id, u.number, u.extension, u.mobile, u.packs, u.alternates
    FROM users u JOIN accounts a ON a.user_id = u.id ORDER BY u.id";

fn user(r: &AnyRow) -> sqlx::Result<User> {
    Ok(User {
        id: UserId(id(r, "id")?),
        login: r.try_get("login")?,
        first_name: r.try_get("first_name")?,
        last_name: r.try_get("last_name")?,
        email: r.try_get("email")?,
        language: named(r, "language")?,
        profile: named(r, "profile")?,
        location: LocationId(id(r, "location_id")?),
        department: r
            .try_get::<Option<i64>, _>("department_id")?
            .map(|id| row::id(id).map(DepartmentId))
            .transpose()?,
        number: maybe(r, "number")?,
        extension: maybe(r, "extension")?,
        alternates: json(r, "alternates")?,
        mobile: maybe(r, "mobile")?,
        packs: json(r, "packs")?,
        devices: Vec::new(),
        services: BTreeMap::new(),
    })
}

const DEVICES: &str =
    "SELECT id, user_id, name, kind, account FROM devices ORDER BY user_id, place";

fn device(r: &AnyRow) -> sqlx::Result<(UserId, Device)> {
    let device = Device {
        id: DeviceId(id(r, "id")?),
        name: r.try_get("name")?,
        kind: named(r, "kind")?,
        account: r.try_get("account")?,
    };
    Ok((UserId(id(r, "user_id")?), device))
}

const SETTINGS: &str = "SELECT owner_id, service, version, settings FROM settings WHERE owner = 'user' ORDER BY owner_id, service";

/// Settings that are not even JSON stay as a text, which no service reads: it is skipped on calls and reported.
fn setting(r: &AnyRow) -> sqlx::Result<(UserId, (String, u64, Value))> {
    let text: String = r.try_get("settings")?;
    let settings = serde_json::from_str(&text).unwrap_or(Value::String(text));
    let version = row::version(r.try_get("version")?)?;
    Ok((
        UserId(id(r, "owner_id")?),
        (r.try_get("service")?, version, settings),
    ))
}

const SCHEDULES: &str =
    "SELECT id, owner, owner_id, name, content, version FROM schedules ORDER BY id";

fn schedule(r: &AnyRow) -> sqlx::Result<(Schedule, u64)> {
    let (owner, content): (String, String) = (r.try_get("owner")?, r.try_get("content")?);
    let owner = (owner.as_str(), r.try_get("owner_id")?);
    let schedule = schedules::of_columns(
        ScheduleId(id(r, "id")?),
        owner,
        r.try_get("name")?,
        &content,
    )
    .ok_or_else(|| bad("content", "not a schedule"))?;
    Ok((schedule, row::version(r.try_get("version")?)?))
}

const PARTS: &str = "SELECT kind, content, version FROM parts ORDER BY kind, id";

fn part(r: &AnyRow) -> sqlx::Result<(Part, u64)> {
    let (kind, content): (String, String) = (r.try_get("kind")?, r.try_get("content")?);
    let part = parts::of_columns(&kind, &content)
        .ok_or_else(|| bad("content", format!("not a {kind}")))?;
    Ok((part, row::version(r.try_get("version")?)?))
}

fn id(r: &AnyRow, column: &str) -> sqlx::Result<u32> {
    u32::try_from(r.try_get::<i64, _>(column)?).map_err(|error| bad(column, error))
}

fn json<T: DeserializeOwned>(r: &AnyRow, column: &str) -> sqlx::Result<T> {
    serde_json::from_str(&r.try_get::<String, _>(column)?).map_err(|error| bad(column, error))
}

fn named<T: DeserializeOwned>(r: &AnyRow, column: &str) -> sqlx::Result<T> {
    let name: String = r.try_get(column)?;
    row::of_name(&name).ok_or_else(|| bad(column, format!("{name:?} is not known")))
}

fn maybe<T: DeserializeOwned>(r: &AnyRow, column: &str) -> sqlx::Result<Option<T>> {
    match r.try_get::<Option<String>, _>(column)? {
        None => Ok(None),
        Some(_) => named(r, column).map(Some),
    }
}

fn bad(column: &str, why: impl Display) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: why.to_string().into(),
    }
}
