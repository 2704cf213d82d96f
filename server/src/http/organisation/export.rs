//! Exports the organisation.

use crate::http::auth::Principal;
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::live::View;
use crate::pool::{PoolError, WRITING};
use crate::state::State;
use crate::store::{self, Store};
use axum::body::Body;
use axum::http::header;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use centrale_core::api::security::Kind;
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::organisation::{ContentHash, Organisation, Part, PartKind};
use futures_util::stream;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use thiserror::Error;

/// Users, or schedules, of a piece: a piece of users is some 100 KB.
const PIECE: usize = 256;
/// Where most of the organisation stands in the rest of it, as both lists are written when they are empty.
const LISTS: &str = r#""users":[],"schedules":[]"#;

/// Why an export breaks off.
#[derive(Debug, Error)]
enum Broken {
    #[error("there was no thread for it: {0}")]
    Pool(#[from] PoolError),
    #[error("it cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error("it is not written as expected")]
    Form,
    #[error("a sound cannot be read: {0}")]
    Store(#[from] store::Error),
    #[error("a sound was removed meanwhile")]
    SoundGone,
}

/// What has been written, and up to which.
#[derive(Clone, Copy)]
enum Written {
    Users(Option<UserId>),
    Schedules(Option<ScheduleId>),
    Sounds(Option<ContentHash>),
}

/// The organisation at one moment, as it is written.
struct Export {
    view: Arc<View>,
    store: Store,
    account: i64,
    /// What comes before and after the lists of users and schedules.
    around: (String, String),
    sounds: BTreeSet<ContentHash>,
    written: Written,
}

/// The whole organisation as it is stored; passwords and the secrets of phones are no part of it. It is written piece by
/// piece as it is fetched: an export that breaks off is no JSON.
pub(crate) async fn export(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<Answer<Organisation>, Refusal> {
    let (view, account) = (state.live.view(), principal.account.id);
    let around = {
        let view = view.clone();
        WRITING.run_for(account, move || around(&view)).await?
    };
    let around = around.map_err(|error| {
        tracing::error!(%error, "the organisation cannot be exported");
        Refusal::internal("an export failed")
    })?;
    note(
        &state,
        Note::of(Kind::Exported, &principal.account, &principal.address),
    )
    .await;
    let uploads = view.directory.parts_after(Some(PartKind::Upload), None);
    let sounds = uploads.filter_map(|stored| match &stored.part {
        Part::Upload(upload) => Some(upload.content),
        _ => None,
    });
    let sounds = sounds.collect();
    let mut export = Export {
        view,
        store: state.store,
        account,
        around,
        sounds,
        written: Written::Users(None),
    };
    let head = std::mem::take(&mut export.around.0);
    let pieces = stream::try_unfold(Some(export), |export| async move {
        let Some(export) = export else {
            return Ok::<_, Broken>(None);
        };
        let piece = export.piece().await;
        piece
            .map(Some)
            .inspect_err(|error| tracing::warn!(%error, "an export breaks off"))
    });
    let whole = futures_util::StreamExt::chain(stream::iter([Ok(head.into_bytes())]), pieces);
    Ok(Answer::written((
        [(header::CONTENT_TYPE, "application/json")],
        Body::from_stream(whole),
    )))
}

/// Everything but the lists of users and schedules, cut where they belong; the object is left open for the sounds.
fn around(view: &View) -> Result<(String, String), Broken> {
    let text = serde_json::to_string(&view.directory.without_users())?;
    let (before, after) = text.split_once(LISTS).ok_or(Broken::Form)?;
    let after = after.strip_suffix('}').ok_or(Broken::Form)?;
    Ok((format!("{before}\"users\":["), format!("]{after}")))
}

impl Export {
    /// The next piece, and what is to be written after it.
    async fn piece(mut self) -> Result<(Vec<u8>, Option<Self>), Broken> {
        if let Written::Sounds(after) = self.written {
            return self.sound(after).await;
        }
        let (view, written) = (self.view.clone(), self.written);
        let (mut text, last) = WRITING
            .run_for(self.account, move || list(&view, written))
            .await??;
        match (self.written, last) {
            (_, Some(last)) => self.written = last,
            (Written::Users(_), None) => {
                text.extend(b"],\"schedules\":[");
                self.written = Written::Schedules(None);
            }
            (_, None) => {
                text.extend(std::mem::take(&mut self.around.1).into_bytes());
                self.written = Written::Sounds(None);
            }
        }
        Ok((text, Some(self)))
    }

    /// The next sound, as the file has it.
    async fn sound(
        mut self,
        after: Option<ContentHash>,
    ) -> Result<(Vec<u8>, Option<Self>), Broken> {
        let next = self.sounds.pop_first();
        let Some(hash) = next else {
            let end = if after.is_some() { "}}" } else { "}" };
            return Ok((end.into(), None));
        };
        let content = self.store.sound(hash).await?.ok_or(Broken::SoundGone)?;
        let lead = if after.is_some() {
            ","
        } else {
            ",\"sounds\":{"
        };
        let (name, content) = (serde_json::to_string(&hash)?, BASE64.encode(content));
        self.written = Written::Sounds(Some(hash));
        Ok((
            format!("{lead}{name}:\"{content}\"").into_bytes(),
            Some(self),
        ))
    }
}

/// Some users or schedules after those that are written, and up to which; none: there are no more.
fn list(view: &View, written: Written) -> Result<(Vec<u8>, Option<Written>), Broken> {
    match written {
        Written::Users(after) => {
            let users: Vec<_> = view.directory.persons_after(after).take(PIECE).collect();
            let text = items(users.iter().map(|member| &*member.user), after.is_none())?;
            Ok((
                text,
                users
                    .last()
                    .map(|member| Written::Users(Some(member.user.id))),
            ))
        }
        Written::Schedules(after) => {
            let schedules: Vec<_> = view.directory.schedules_after(after).take(PIECE).collect();
            let text = items(
                schedules.iter().map(|stored| &stored.schedule),
                after.is_none(),
            )?;
            Ok((
                text,
                schedules
                    .last()
                    .map(|stored| Written::Schedules(Some(stored.schedule.id))),
            ))
        }
        Written::Sounds(_) => Ok((Vec::new(), None)),
    }
}

/// Items of a list, of which these may be the first.
fn items<'a, T: Serialize + 'a>(
    items: impl Iterator<Item = &'a T>,
    first: bool,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = Vec::new();
    for (at, item) in items.enumerate() {
        if at > 0 || !first {
            text.push(b',');
        }
        serde_json::to_writer(&mut text, item)?;
    }
    Ok(text)
}
