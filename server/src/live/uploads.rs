//! Saves of uploads, and what of the configuration uses them.

use super::{Live, StoredPart, Use, View, uses::used_by};
use crate::store::{Actor, SaveError};
use centrale_core::error::Code;
use centrale_core::organisation::{Part, PartKey, PartKind, Upload, UploadOwner};
use centrale_core::quota::Quota;
use centrale_core::service::Content;
use centrale_core::time::Timestamp;
use std::sync::Arc;

impl Live {
    /// Makes an upload that was checked.
    pub async fn add_upload(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        upload: Upload,
        content: Vec<u8>,
    ) -> Result<Arc<StoredPart>, SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move {
            live.view().has_room(&upload, None)?;
            let (upload, config) = live.store.add_upload(&actor, now, upload, &content).await?;
            let stored = Arc::new(StoredPart {
                part: Part::Upload(upload),
                version: 1,
            });
            live.put_parts(vec![stored.clone()], config);
            Ok(stored)
        })
        .await
    }

    /// Replaces an upload by one that was checked: its name, which nothing may use, or its content.
    pub async fn replace_upload(
        self: &Arc<Self>,
        actor: &Actor,
        now: Timestamp,
        (upload, version): (Upload, u64),
        content: Option<Vec<u8>>,
    ) -> Result<Arc<StoredPart>, SaveError> {
        let actor = actor.clone();
        self.write(move |live| async move {
            let (view, key) = (
                live.view(),
                PartKey {
                    kind: PartKind::Upload,
                    id: upload.id.0,
                },
            );
            let before = view.upload(key).ok_or(SaveError::NotFound)?;
            let uses = if before.name == upload.name {
                Vec::new()
            } else {
                view.uses_of_upload(&before)
            };
            if !uses.is_empty() {
                return Err(SaveError::InUse(uses));
            }
            live.view().has_room(&upload, Some(&before))?;
            let config = live
                .store
                .replace_upload(&actor, now, &upload, version, content.as_deref())
                .await?;
            let stored = Arc::new(StoredPart {
                part: Part::Upload(upload),
                version: version + 1,
            });
            live.put_parts(vec![stored.clone()], config);
            Ok(stored)
        })
        .await
    }
}

impl View {
    /// Whether an owner may have an upload, in the place of another of theirs or besides all.
    fn has_room(&self, upload: &Upload, before: Option<&Upload>) -> Result<(), SaveError> {
        let there = &self.snapshot.shared().uploads;
        if before.is_none() && there.count_of(upload.owner) >= Quota::Uploads.limit() as usize {
            return Err(SaveError::Quota(Quota::Uploads));
        }
        let quota = upload.owner.quota_of_megabytes();
        let before = before.map_or(0, |before| before.bytes);
        // What does not make it more is always taken.
        let grows = upload.bytes > before;
        let bytes = there
            .bytes_of(upload.owner)
            .saturating_sub(u64::from(before))
            + u64::from(upload.bytes);
        if grows && bytes > quota.bytes() {
            return Err(SaveError::Quota(quota));
        }
        Ok(())
    }

    /// The upload with this key; `None` when the key is of another part or nothing has it.
    pub fn upload(&self, key: PartKey) -> Option<Upload> {
        match &self.directory.part(key)?.part {
            Part::Upload(upload) => Some(upload.clone()),
            _ => None,
        }
    }

    /// What plays an upload: parts that name it, and services of whose it is.
    pub fn uses_of_upload(&self, upload: &Upload) -> Vec<Use> {
        let shared = self.snapshot.shared();
        let is_it = |found: Option<&Arc<Upload>>| found.is_some_and(|found| found.id == upload.id);
        let mut uses = Vec::new();
        if let UploadOwner::User(user) = upload.owner
            && let Some(subscriber) = self.snapshot.user(user)
        {
            for slot in subscriber.slots() {
                let Some(Content::Settings(settings)) = &slot.content else {
                    continue;
                };
                if slot
                    .entry
                    .uploads(settings)
                    .iter()
                    .any(|(_, name)| is_it(shared.own_upload(user, name)))
                {
                    uses.push(self.used_by_service(user, slot.entry.id));
                }
            }
        }
        let plays = |part: &Part| {
            let at = part.audio_scope(shared);
            let slots = part.audio_slots();
            slots.iter().any(|slot| {
                slot.audio
                    .0
                    .iter()
                    .any(|name| is_it(shared.upload(at, name)))
            })
        };
        let parts = self.directory.parts().filter(|stored| plays(&stored.part));
        uses.extend(parts.map(|stored| used_by(&stored.part)));
        uses
    }

    /// Whether something would play an upload, as it is to be saved, that may not be as long: what names it, and what names
    /// one that it comes before.
    pub fn makes_too_long(&self, upload: &Upload) -> bool {
        let mut shared = self.snapshot.shared().clone();
        let before: Vec<Upload> = shared.uploads.into();
        shared.uploads = before
            .into_iter()
            .filter(|u| u.id != upload.id)
            .chain([upload.clone()])
            .collect();
        let is_it = |found: Option<&Arc<Upload>>| found.is_some_and(|found| found.id == upload.id);
        self.directory.parts().any(|stored| {
            let at = stored.part.audio_scope(&shared);
            stored.part.audio_slots().iter().any(|slot| {
                slot.audio
                    .0
                    .iter()
                    .any(|name| is_it(shared.upload(at, name)))
                    && shared
                        .unplayable(at, slot.audio, &slot.field, slot.most_ms)
                        .iter()
                        .any(|error| error.code == Code::SoundTooLong)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Loaded;
    use centrale_core::id::{LocationId, UploadId, UserId};
    use centrale_core::organisation::{ContentHash, Organisation};

    fn upload(id: u32, owner: UploadOwner, bytes: u64) -> Upload {
        let content = ContentHash([id as u8; 32]);
        Upload {
            id: UploadId(id),
            owner,
            name: format!("Geluid {id}"),
            length_ms: 1000,
            bytes: bytes as u32,
            content,
        }
    }

    #[test]
    fn all_of_an_owner_together_are_so_large_and_no_larger() {
        let check = |owner: UploadOwner, quota: Quota| {
            let limit = u64::from(quota.limit()) * 1_000_000;
            let there = [
                upload(1, owner, limit / 2),
                upload(2, UploadOwner::Enterprise, 1_000),
            ];
            let organisation = Organisation {
                uploads: there.to_vec(),
                ..Organisation::default()
            };
            let loaded = Loaded::without_versions(organisation, 1);
            let view = View::new(loaded);
            let refused = |found: Result<(), SaveError>| match found {
                Err(SaveError::Quota(found)) => Some(found),
                other => other.map(|()| None).unwrap(),
            };
            let rest = limit - limit / 2;
            assert_eq!(refused(view.has_room(&upload(3, owner, rest), None)), None);
            assert_eq!(
                refused(view.has_room(&upload(3, owner, rest + 1), None)),
                Some(quota)
            );
            assert_eq!(
                refused(view.has_room(&upload(1, owner, limit), Some(&there[0]))),
                None
            );
            assert_eq!(
                refused(view.has_room(&upload(1, owner, limit + 1), Some(&there[0]))),
                Some(quota)
            );
        };
        check(UploadOwner::User(UserId(1)), Quota::UserUploadMegabytes);
        check(UploadOwner::Location(LocationId(1)), Quota::UploadMegabytes);
    }
}
