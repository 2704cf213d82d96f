//! Own sounds: serves uploads and external links to Asterisk, all in the one form that it plays, and answers what a class
//! of music on hold plays (`res_config_curl`). A class is named by what it plays, so that equal music is one class.

use super::Secrets;
use super::links::Links;
use crate::store::Store;
use arc_swap::ArcSwap;
use axum::Router;
use axum::extract::{Form, Path};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use centrale_core::organisation::{Clip, ContentHash};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The system's music (`server/asterisk/musiconhold.conf`).
const SYSTEM: &str = "default";
/// Asterisk would take a WAV file for one of 8 kHz: it shall go by the ending.
const PLAIN: &str = "application/octet-stream";
/// The ending by which Asterisk knows WAV files of 16 kHz.
const ENDING: &str = ".wav16";
/// What has a hash never changes.
const FOR_EVER: &str = "max-age=31536000";
/// How long a link is not asked again, in seconds.
const A_WHILE: &str = "max-age=600";

/// The uploads, links and classes of music that Asterisk may ask for: those that were played since the start.
pub(in crate::telephony) struct OwnSounds {
    /// Where Asterisk finds them.
    base: String,
    /// The classes of music, each with the addresses of what it plays.
    classes: ArcSwap<BTreeMap<String, Vec<String>>>,
    /// Links, by the names under which Asterisk finds them here: they may be long, and in a form that it does not read.
    links: ArcSwap<BTreeMap<String, String>>,
}

impl OwnSounds {
    /// Those that are found at an address.
    pub(in crate::telephony) fn at(base: String) -> Self {
        Self {
            base,
            classes: ArcSwap::default(),
            links: ArcSwap::default(),
        }
    }

    /// Where Asterisk finds a sound.
    pub(in crate::telephony) fn address(&self, clip: &Clip) -> String {
        let name = match clip {
            Clip::Upload(upload) => upload.content.to_string(),
            Clip::Link(link) => {
                let name = named("link", link);
                put(&self.links, &name, || link.clone());
                name
            }
        };
        format!("{}/{name}{ENDING}", self.base)
    }

    /// The class that plays these sounds again and again; none: the system's.
    pub(in crate::telephony) fn class(&self, clips: &[Clip]) -> String {
        if clips.is_empty() {
            return SYSTEM.into();
        }
        let addresses: Vec<String> = clips.iter().map(|clip| self.address(clip)).collect();
        let name = named("own", &addresses.join(" "));
        put(&self.classes, &name, || addresses.clone());
        name
    }

    /// The answer to a look-up; `None`: there is no such class.
    fn look_up(&self, table: &str, name: &str) -> Option<String> {
        let known = self.classes.load();
        let addresses = known.get(name)?;
        if table == "musiconhold" {
            return Some(format!("name={name}&mode=playlist\n"));
        }
        let entry = |(place, address): (usize, &String)| {
            let address: String = form_urlencoded::byte_serialize(address.as_bytes()).collect();
            format!("position={place}&name={name}&entry={address}\n")
        };
        Some(addresses.iter().enumerate().map(entry).collect())
    }

    /// A file for Asterisk, with how long it may keep it.
    async fn file(
        &self,
        name: &str,
        store: &Store,
        links: &Links,
    ) -> Result<(&'static str, Vec<u8>), StatusCode> {
        let name = name.strip_suffix(ENDING).ok_or(StatusCode::NOT_FOUND)?;
        if let Ok(hash) = name.parse::<ContentHash>() {
            let found = store.sound(hash).await.map_err(|error| {
                tracing::error!(%error, "a sound cannot be read");
                StatusCode::INTERNAL_SERVER_ERROR
            })?;
            return Ok((FOR_EVER, found.ok_or(StatusCode::NOT_FOUND)?));
        }
        let link = self
            .links
            .load()
            .get(name)
            .cloned()
            .ok_or(StatusCode::NOT_FOUND)?;
        match links.fetch(&link).await {
            Ok(wav) => Ok((A_WHILE, wav)),
            Err(error) => {
                tracing::warn!(link, error, "a link cannot be played");
                Err(StatusCode::BAD_GATEWAY)
            }
        }
    }
}

fn named(kind: &str, what: &str) -> String {
    format!("{kind}-{}", &hex::encode(Sha256::digest(what))[..32])
}

fn put<T: Clone>(all: &ArcSwap<BTreeMap<String, T>>, name: &str, value: impl Fn() -> T) {
    if !all.load().contains_key(name) {
        all.rcu(|known| {
            let mut known = BTreeMap::clone(known);
            known.insert(name.to_owned(), value());
            known
        });
    }
}

/// The look-ups of classes, and the sounds, each below a secret segment of its own.
pub(super) fn router(
    secrets: &Secrets,
    sounds: &Arc<OwnSounds>,
    store: Store,
    links: Links,
) -> Router {
    let answer = |table: &'static str| {
        let sounds = Arc::clone(sounds);
        post(
            async move |Path(query): Path<String>, Form(fields): Form<Vec<(String, String)>>| {
                let name = fields
                    .iter()
                    .find(|(field, _)| field == "name")
                    .map(|(_, value)| value.as_str());
                match query.as_str() {
                    "single" | "multi" => Ok(name
                        .and_then(|name| sounds.look_up(table, name))
                        .unwrap_or_default()),
                    "require" => Ok("0\n".to_owned()),
                    _ => Err(StatusCode::NOT_FOUND),
                }
            },
        )
    };
    let (all, links) = (Arc::clone(sounds), Arc::new(links));
    let sound = async move |Path(name): Path<String>| -> Result<Response, StatusCode> {
        let (keep, wav) = all.file(&name, &store, &links).await?;
        Ok((
            [(header::CACHE_CONTROL, keep), (header::CONTENT_TYPE, PLAIN)],
            wav,
        )
            .into_response())
    };
    let (secret, media) = (&secrets.look_ups, &secrets.media);
    Router::new()
        .route(
            &format!("/{secret}/musiconhold/{{query}}"),
            answer("musiconhold"),
        )
        .route(
            &format!("/{secret}/musiconhold_entry/{{query}}"),
            answer("musiconhold_entry"),
        )
        .route(&format!("/{media}/sounds/{{file}}"), get(sound))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(address: &str) -> Clip {
        Clip::Link(address.into())
    }

    #[test]
    fn a_class_is_named_by_what_it_plays() {
        let sounds = OwnSounds::at("http://s".into());
        assert_eq!(sounds.class(&[]), "default");
        let (a, b) = (link("http://x/a.wav?b=1"), link("http://x/b,c.wav"));
        let (one, two) = (
            sounds.class(std::slice::from_ref(&a)),
            sounds.class(&[a.clone(), b.clone()]),
        );
        assert!(one.starts_with("own-") && one.len() == 36 && one != two);
        assert_eq!(sounds.class(std::slice::from_ref(&a)), one);
        assert_eq!(
            sounds.look_up("musiconhold", &two),
            Some(format!("name={two}&mode=playlist\n"))
        );
        let [a, b] = [a, b].map(|clip| {
            let address = sounds.address(&clip);
            assert!(
                address.starts_with("http://s/link-") && address.ends_with(ENDING),
                "{address}"
            );
            address.replace(':', "%3A").replace('/', "%2F")
        });
        let entries = format!("position=0&name={two}&entry={a}\nposition=1&name={two}&entry={b}\n");
        assert_eq!(sounds.look_up("musiconhold_entry", &two), Some(entries));
        assert_eq!(sounds.look_up("musiconhold", "other"), None);
    }
}
