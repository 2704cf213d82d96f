//! The prompts of what is said, as files: each announcement has a prompt of its name in every language, numbers and letters have theirs.

use crate::telephony::ari::Media;
use crate::telephony::look_ups::own_sounds::OwnSounds;
use centrale_core::announcement::Announcement;
use centrale_core::call::Sound;
use centrale_core::snapshot::Snapshot;

/// The highest number that has a prompt of its own; others are said digit by digit.
const SPOKEN: u32 = 100;

/// The files of a piece, joined in order. Uploads and links are fetched from us; a person without a recorded name is said by
/// extension.
pub(super) fn media(sound: &Sound, config: &Snapshot, own: &OwnSounds) -> Vec<Media> {
    match sound {
        Sound::Said(announcement) => vec![prompt(&name(*announcement))],
        Sound::Own(clip) => vec![Media::Sound(own.address(clip))],
        Sound::Number(number) if *number <= SPOKEN => vec![prompt(&format!("numbers/{number}"))],
        Sound::Number(number) => digits(&number.to_string()),
        Sound::Digits(text) => digits(text),
        Sound::Name(user) => {
            let extension = config.user(*user).and_then(|s| s.user.extension);
            digits(&extension.map(|e| e.to_string()).unwrap_or_default())
        }
        Sound::Pause(_) => vec![prompt("pause")],
    }
}

fn digits(text: &str) -> Vec<Media> {
    let known = text.chars().filter_map(|sign| match sign {
        '0'..='9' => Some(sign.to_string()),
        '*' => Some("star".into()),
        '#' => Some("hash".into()),
        _ => None,
    });
    known
        .map(|sign| prompt(&format!("numbers/{sign}")))
        .collect()
}

fn prompt(name: &str) -> Media {
    Media::Sound(format!("centrale/{name}"))
}

/// The name of an announcement on the wire is the name of its prompt.
fn name(announcement: Announcement) -> String {
    match serde_json::to_value(announcement) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use centrale_core::organisation::Clip;
    use serde_json::{Value, json};
    use std::path::Path;
    use std::sync::Arc;

    fn announcements() -> Vec<String> {
        let schema = serde_json::to_value(schemars::schema_for!(Announcement)).unwrap();
        let listed = schema["oneOf"].as_array().unwrap().iter();
        let all: Vec<_> = listed
            .filter_map(|one| one["const"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(
            all.len(),
            listed_variants(&schema),
            "every announcement is listed"
        );
        all
    }

    fn listed_variants(schema: &Value) -> usize {
        schema["oneOf"].as_array().map_or(0, Vec::len)
    }

    #[test]
    fn every_announcement_and_number_has_a_prompt_in_every_language() {
        let prompts = Path::new(env!("CARGO_MANIFEST_DIR")).join("prompts");
        let numbers = (0..=SPOKEN).map(|n| format!("numbers/{n}"));
        let signs = ["numbers/star", "numbers/hash", "pause"].map(str::to_owned);
        for name in announcements().into_iter().chain(numbers).chain(signs) {
            for language in ["nl", "en"] {
                let file = prompts.join(language).join(format!("{name}.alaw"));
                assert!(file.is_file(), "{language} {name}");
            }
        }
    }

    #[test]
    fn pieces_are_files() {
        let check = |sound: Sound, expected: &[&str]| {
            let own = OwnSounds::at("http://s/sounds".into());
            let files: Vec<_> = media(&sound, &Snapshot::default(), &own)
                .into_iter()
                .map(|media| match media {
                    Media::Sound(name) => name,
                    other => panic!("{other:?}"),
                })
                .collect();
            assert_eq!(files, expected, "{sound:?}");
        };
        check(
            Sound::Said(Announcement::QueueWelcome),
            &["centrale/queue-welcome"],
        );
        check(Sound::Number(12), &["centrale/numbers/12"]);
        check(
            Sound::Number(101),
            &[
                "centrale/numbers/1",
                "centrale/numbers/0",
                "centrale/numbers/1",
            ],
        );
        check(
            Sound::Digits("*7".into()),
            &["centrale/numbers/star", "centrale/numbers/7"],
        );
        let upload = json!({"id": 1, "owner": {"level": "enterprise"}, "name": "a", "length_ms": 1, "bytes": 1,
            "content": "0f".repeat(32)});
        let upload = Clip::Upload(Arc::new(serde_json::from_value(upload).unwrap()));
        check(
            Sound::Own(upload),
            &[&format!("http://s/sounds/{}.wav16", "0f".repeat(32))],
        );
        let link = Clip::Link("https://example.com/a,b.wav".into());
        check(
            Sound::Own(link),
            &["http://s/sounds/link-d93564965273e37b47f4aa4acc704425.wav16"],
        );
    }
}
