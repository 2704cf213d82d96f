//! Saves: to the database first, then into the view. A save runs to its end even when whoever asked for it goes away,
//! so that the view never lags behind the database.

use super::{Live, Member, StoredSchedule, View, put_user};
use crate::store::{Actor, SaveError};
use centrale_core::api::schedules::{New, Replace};
use centrale_core::api::services::{Change, Setting};
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::rule::Rule;
use centrale_core::schedule::{Schedule, ScheduleOwner};
use centrale_core::service::{Content, Unavailable, find, unavailable};
use centrale_core::snapshot::{Snapshot, assigned};
use centrale_core::time::Timestamp;
use std::sync::Arc;

impl Live {
    /// Saves services of a user, all or none. The settings were checked; they are stored in their normal form.
    pub async fn save_services(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        user: UserId,
        changes: Vec<Change>,
    ) -> Result<Vec<Setting>, SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move { live.services(&actor, now, user, changes).await })
            .await
    }

    /// Makes a schedule that was checked.
    pub async fn add_schedule(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        owner: ScheduleOwner,
        new: New,
    ) -> Result<Arc<StoredSchedule>, SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move {
            let quota = owner.quota();
            if live.view().directory.schedules_of(owner).count() >= quota.limit() as usize {
                return Err(SaveError::Quota(quota));
            }
            let (schedule, config) = live.store.add_schedule(&actor, now, owner, &new).await?;
            Ok(live.put_schedule(schedule, 1, config))
        })
        .await
    }

    /// Replaces a schedule by one that was checked.
    pub async fn replace_schedule(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        id: ScheduleId,
        replace: Replace,
    ) -> Result<Arc<StoredSchedule>, SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move {
            let owner = live
                .view()
                .directory
                .schedule(id)
                .ok_or(SaveError::NotFound)?
                .schedule
                .owner;
            let (version, config) = live
                .store
                .replace_schedule(&actor, now, id, &replace)
                .await?;
            let schedule = Schedule {
                id,
                owner,
                name: replace.name.trim().to_owned(),
                kind: replace.kind,
            };
            Ok(live.put_schedule(schedule, version, config))
        })
        .await
    }

    /// Removes a schedule, unless a rule links it.
    pub async fn delete_schedule(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        id: ScheduleId,
        version: u64,
    ) -> Result<(), SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move {
            let uses = live.view().directory.uses(id);
            if !uses.is_empty() {
                return Err(SaveError::InUse(uses));
            }
            let config = live.store.delete_schedule(&actor, now, id, version).await?;
            live.change(config, |snapshot, view| {
                Arc::make_mut(&mut view.directory).remove_schedule(id);
                snapshot.remove_schedule(id);
            });
            Ok(())
        })
        .await
    }

    /// Sets the hash of a passcode, or takes it away. No call goes by it, but it counts as a change.
    pub async fn set_passcode(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        user: UserId,
        hash: Option<String>,
    ) -> Result<(), SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move {
            let config = live
                .store
                .set_passcode(&actor, now, user, hash.as_deref())
                .await?;
            live.change(config, |_, _| {});
            Ok(())
        })
        .await
    }

    async fn services(
        &self,
        actor: &Actor,
        now: Timestamp,
        user: UserId,
        mut changes: Vec<Change>,
    ) -> Result<Vec<Setting>, SaveError> {
        let view = self.view();
        let member = view.directory.user(user).ok_or(SaveError::NotFound)?;
        for change in &mut changes {
            let Some(entry) = find(change.service.0) else {
                continue;
            };
            change.settings = entry
                .normal(&change.settings)
                .ok_or(SaveError::Unreadable(entry.id.0))?;
            // A schedule may have been removed since the settings were checked.
            if let Content::Settings(settings) = entry.decode(&change.settings)
                && entry
                    .rules(&settings)
                    .iter()
                    .flat_map(Rule::links)
                    .any(|id| view.directory.linkable(&member.user, id).is_none())
            {
                return Err(SaveError::ScheduleGone);
            }
            if let Content::Settings(settings) = entry.decode(&change.settings)
                && entry
                    .uploads(&settings)
                    .iter()
                    .any(|(_, name)| view.snapshot.shared().own_upload(user, name).is_none())
            {
                return Err(SaveError::SoundGone);
            }
        }
        let saved = self
            .store
            .save_services(actor, now, user, &changes)
            .await
            .map_err(|error| match error {
                SaveError::Stale(mut newer) => {
                    for newer in &mut newer {
                        newer.setting.unavailable =
                            view.unavailable(member, newer.setting.service.0);
                    }
                    SaveError::Stale(newer)
                }
                other => other,
            })?;
        let mut member = Member::clone(member);
        let changed = Arc::make_mut(&mut member.user);
        for (change, version) in changes.iter().zip(&saved.versions) {
            changed
                .services
                .insert(change.service.0.to_owned(), change.settings.clone());
            member
                .versions
                .insert(change.service.0.to_owned(), *version);
        }
        let view = self.change_by(changes.len(), saved.config, |snapshot, view| {
            let member = Arc::make_mut(&mut view.directory).put_user(member);
            put_user(snapshot, &view.directory, &member);
        });
        let settings = changes
            .into_iter()
            .zip(saved.versions)
            .map(|(change, version)| Setting {
                service: change.service,
                version,
                settings: change.settings,
                unavailable: view
                    .directory
                    .user(user)
                    .and_then(|m| view.unavailable(m, change.service.0)),
                admin: find(change.service.0).is_some_and(|entry| entry.admin),
            });
        Ok(settings.collect())
    }

    fn put_schedule(&self, schedule: Schedule, version: u64, config: u64) -> Arc<StoredSchedule> {
        let stored = Arc::new(StoredSchedule { schedule, version });
        self.change(config, |snapshot, view| {
            Arc::make_mut(&mut view.directory).put_schedule(stored.clone());
            snapshot.put_schedule(&stored.schedule);
        });
        stored
    }

    /// Puts a view in place of the one there is that holds a save with one event, of which `config` is the id. Only the
    /// holder of the turn to write calls it.
    pub(super) fn change(
        &self,
        config: u64,
        change: impl FnOnce(&mut Snapshot, &mut View),
    ) -> Arc<View> {
        self.change_by(1, config, change)
    }

    /// The same for a save with several events, of which `config` is the last.
    pub(super) fn change_by(
        &self,
        events: usize,
        config: u64,
        change: impl FnOnce(&mut Snapshot, &mut View),
    ) -> Arc<View> {
        let mut view = View::clone(&self.view());
        let mut snapshot = Snapshot::clone(&view.snapshot);
        snapshot.version = config;
        change(&mut snapshot, &mut view);
        view.snapshot = Arc::new(snapshot);
        if view.revision.events + events as u64 == config {
            view.revision.events = config;
        } else {
            // Somebody else saved before: what is still to be read.
            view.behind = true;
        }
        self.saved.notify_one();
        self.put(view)
    }

    pub(super) fn put(&self, view: View) -> Arc<View> {
        let view = Arc::new(view);
        self.view.store(view.clone());
        self.changed.send_modify(|count| *count += 1);
        view
    }
}

impl View {
    /// Why a user cannot use a service, if so.
    pub fn unavailable(&self, member: &Member, service: &str) -> Option<Unavailable> {
        let assigned = |service: &str| assigned(&member.user, self.directory.packs(), service);
        unavailable(find(service)?, &member.user, member.role.kind(), &assigned)
    }
}
