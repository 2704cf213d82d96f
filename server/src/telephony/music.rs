//! Own music: Asterisk asks what a class of music on hold plays (`res_config_curl`), and fetches uploads by their hash.
//! A class is named by what it plays, so that equal music is one class.

use crate::clock::hex;
use crate::store::Store;
use arc_swap::ArcSwap;
use axum::Router;
use axum::extract::{Form, Path};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
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

/// The classes that were asked for, each with the addresses of what it plays.
#[derive(Default)]
pub(super) struct Music(ArcSwap<BTreeMap<String, Vec<String>>>);

impl Music {
    /// The class that plays these sounds again and again; none: the system's.
    pub(super) fn class(&self, clips: &[Clip], sounds: &str) -> String {
        if clips.is_empty() {
            return SYSTEM.into();
        }
        let addresses: Vec<String> = clips.iter().map(|clip| address(clip, sounds)).collect();
        let name = format!("own-{}", &hex(&Sha256::digest(addresses.join(" ")))[..32]);
        if !self.0.load().contains_key(&name) {
            self.0.rcu(|known| {
                let mut known = BTreeMap::clone(known);
                known.insert(name.clone(), addresses.clone());
                known
            });
        }
        name
    }

    /// The answer to a look-up; `None`: there is no such class.
    fn look_up(&self, table: &str, name: &str) -> Option<String> {
        let known = self.0.load();
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
}

/// Where Asterisk finds a sound. It reads lists of them separated by commas.
pub(super) fn address(clip: &Clip, sounds: &str) -> String {
    match clip {
        Clip::Upload(upload) => format!("{sounds}/{}{ENDING}", upload.content),
        Clip::Link(link) => link.replace(',', "%2C"),
    }
}

/// The look-ups of classes, and the sounds. `secret` is the first segment of the path.
pub(super) fn router(secret: &str, music: &Arc<Music>, store: Store) -> Router {
    let answer = |table: &'static str| {
        let music = Arc::clone(music);
        post(async move |Path(query): Path<String>, Form(fields): Form<Vec<(String, String)>>| {
            let name = fields.iter().find(|(field, _)| field == "name").map(|(_, value)| value.as_str());
            match query.as_str() {
                "single" | "multi" => {
                    Ok(name.and_then(|name| music.look_up(table, name)).unwrap_or_default())
                }
                "require" => Ok("0\n".to_owned()),
                _ => Err(StatusCode::NOT_FOUND),
            }
        })
    };
    let sound = async move |Path(file): Path<String>| {
        let hash: Option<ContentHash> = file.strip_suffix(ENDING).and_then(|hash| hash.parse().ok());
        let found = store.sound(hash.ok_or(StatusCode::NOT_FOUND)?).await.map_err(|error| {
            tracing::error!(%error, "a sound cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR
        })?;
        // What has this hash never changes.
        let headers = [(header::CACHE_CONTROL, "max-age=31536000"), (header::CONTENT_TYPE, PLAIN)];
        found.map(|wav| (headers, wav).into_response()).ok_or(StatusCode::NOT_FOUND)
    };
    Router::new()
        .route(&format!("/{secret}/musiconhold/{{query}}"), answer("musiconhold"))
        .route(&format!("/{secret}/musiconhold_entry/{{query}}"), answer("musiconhold_entry"))
        .route(&format!("/{secret}/sounds/{{file}}"), get(sound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_named_by_what_it_plays() {
        let music = Music::default();
        let link = |address: &str| Clip::Link(address.into());
        assert_eq!(music.class(&[], "http://s"), "default");
        let one = music.class(&[link("http://x/a.wav?b=1")], "http://s");
        let two = music.class(&[link("http://x/a.wav?b=1"), link("http://x/b,c.wav")], "http://s");
        assert!(one.starts_with("own-") && one.len() == 36 && one != two);
        assert_eq!(music.class(&[link("http://x/a.wav?b=1")], "http://s"), one);
        assert_eq!(music.look_up("musiconhold", &two), Some(format!("name={two}&mode=playlist\n")));
        let entries = format!(
            "position=0&name={two}&entry=http%3A%2F%2Fx%2Fa.wav%3Fb%3D1\n\
             position=1&name={two}&entry=http%3A%2F%2Fx%2Fb%252Cc.wav\n"
        );
        assert_eq!(music.look_up("musiconhold_entry", &two), Some(entries));
        assert_eq!(music.look_up("musiconhold", "other"), None);
    }
}
