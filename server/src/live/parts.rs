//! Saves of parts: to the database first, then into the view.

use super::{Live, Member, StoredPart, View, Visibility, put_place, put_user};
use crate::store::{Actor, SaveError};
use centrale_core::id::{LocationId, PackId, UserId};
use centrale_core::organisation::{Part, PartKey, PartKind};
use centrale_core::snapshot::{Role, Snapshot};
use centrale_core::time::Timestamp;
use std::sync::Arc;

impl Live {
    /// Makes a part that was checked.
    pub async fn add_part(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        part: Part,
    ) -> Result<Arc<StoredPart>, SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move {
            live.view().licensed(&part)?;
            let (part, config) = live.store.add_part(&actor, now, part).await?;
            let stored = Arc::new(StoredPart { part, version: 1 });
            live.put_parts(vec![stored.clone()], config);
            Ok(stored)
        })
        .await
    }

    /// Replaces a part by one that was checked.
    pub async fn replace_part(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        part: Part,
        version: u64,
    ) -> Result<Arc<StoredPart>, SaveError> {
        let mut saved = self
            .replace_parts(actor, now, vec![(part, version)])
            .await?;
        saved.pop().ok_or(SaveError::NotFound)
    }

    /// Replaces parts by some that were checked, each with the version that was changed: all or none.
    pub async fn replace_parts(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        parts: Vec<(Part, u64)>,
    ) -> Result<Vec<Arc<StoredPart>>, SaveError> {
        if parts.is_empty() {
            return Ok(Vec::new());
        }
        let actor = actor.clone();
        self.write(move |live| async move {
            for (part, _) in &parts {
                live.view().licensed(part)?;
            }
            let config = live.store.replace_parts(&actor, now, &parts).await?;
            let stored = |(part, before)| {
                Arc::new(StoredPart {
                    part,
                    version: before + 1,
                })
            };
            Ok(live.put_parts(parts.into_iter().map(stored).collect(), config))
        })
        .await
    }

    /// Removes a part, unless something leads to it.
    pub async fn delete_part(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        key: PartKey,
        version: u64,
    ) -> Result<(), SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move {
            let uses = live.view().uses_of_part(key);
            if !uses.is_empty() {
                return Err(SaveError::InUse(uses));
            }
            let config = live.store.delete_part(&actor, now, key, version).await?;
            live.change(config, |snapshot, view| {
                Arc::make_mut(&mut view.directory).remove_part(key);
                if key.kind.is_virtual() {
                    snapshot.remove_user(UserId(key.id));
                }
                snapshot.put_shared(view.directory.shared());
            });
            Ok(())
        })
        .await
    }

    pub(super) fn put_parts(
        &self,
        parts: Vec<Arc<StoredPart>>,
        config: u64,
    ) -> Vec<Arc<StoredPart>> {
        self.change_by(parts.len(), config, |snapshot, view| {
            for stored in &parts {
                Arc::make_mut(&mut view.directory).put_part(stored.clone());
                compile(snapshot, view, &stored.part);
            }
        });
        parts
    }
}

impl View {
    /// Whether a licence is left for each pack that a virtual user is to have and has not: persons and virtual users use
    /// them alike (requirement H12).
    fn licensed(&self, part: &Part) -> Result<(), SaveError> {
        let Some(identity) = part.identity() else {
            return Ok(());
        };
        let before = self.directory.part(part.key());
        let had = before
            .as_ref()
            .and_then(|stored| stored.part.identity())
            .map_or(&[][..], |had| &had.packs);
        let fresh = |id: &PackId| identity.packs.contains(id) && !had.contains(id);
        for pack in self.directory.packs().iter().filter(|pack| fresh(&pack.id)) {
            let all = self.directory.counts(&Visibility::All);
            let used: u32 = all
                .filter_map(|(_, counts)| counts.packs.get(&pack.id))
                .sum();
            if used >= pack.licences {
                return Err(SaveError::NoLicenceLeft);
            }
        }
        Ok(())
    }
}

pub(super) fn compile(snapshot: &mut Snapshot, view: &mut View, part: &Part) {
    match (part.identity(), Role::from_part(part)) {
        (Some(identity), Some(role)) => {
            let id = UserId(part.key().id);
            let before = view.directory.user(id).cloned();
            let mut user = identity.user(id);
            user.services = before
                .as_ref()
                .map(|m| m.user.services.clone())
                .unwrap_or_default();
            let versions = before.map(|m| m.versions.clone()).unwrap_or_default();
            let member = Member {
                user: Arc::new(user),
                role,
                versions,
            };
            let member = Arc::make_mut(&mut view.directory).put_user(member);
            put_user(snapshot, &view.directory, &member);
        }
        _ if part.kind() == PartKind::Site => {
            put_place(snapshot, &view.directory, LocationId(part.key().id));
        }
        _ => snapshot.put_shared(view.directory.shared()),
    }
}
