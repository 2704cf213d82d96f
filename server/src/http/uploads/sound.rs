//! Gives the sound of an upload, and replaces it.

use super::{editable, file, refusal::refusal, seen, wrong_file};
use crate::http::auth::Principal;
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::state::State;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use centrale_core::api::uploads::{Replace, Stored};
use centrale_core::error::Code;
use centrale_core::id::UploadId;

/// The sound of an upload that the principal sees.
pub(crate) async fn get_sound(
    state: State,
    principal: Principal,
    id: UploadId,
    headers: HeaderMap,
) -> Result<Answer<()>, Refusal> {
    let upload = seen(&state.live.view(), principal.scope, id)?.upload;
    let content = state
        .store
        .sound(upload.content)
        .await
        .map_err(Refusal::internal)?;
    let content = content.ok_or(Code::NotFound)?;
    let wav = [
        (header::CONTENT_TYPE, "audio/wav"),
        (header::ACCEPT_RANGES, "bytes"),
    ];
    let asked = headers
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok());
    let Some((first, last)) = asked.and_then(|range| part(range, content.len())) else {
        return Ok(Answer::written((wav, content)));
    };
    let place = [(
        header::CONTENT_RANGE,
        format!("bytes {first}-{last}/{}", content.len()),
    )];
    Ok(Answer::written((
        StatusCode::PARTIAL_CONTENT,
        wav,
        place,
        content[first..=last].to_vec(),
    )))
}

/// The part of so many bytes for which a player asks that moves about in a sound (RFC 9110 § 14.2): its first and last
/// byte. Anything but one part that is there gets the whole.
fn part(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = length.checked_sub(1)?;
    let (first, last) = match (first, last) {
        ("", count) => (
            length.checked_sub(count.parse::<usize>().ok()?.min(length))?,
            end,
        ),
        (first, "") => (first.parse().ok()?, end),
        (first, last) => (first.parse().ok()?, last.parse::<usize>().ok()?.min(end)),
    };
    (first <= last).then_some((first, last))
}

/// Replaces the sound of an upload in the principal's scope; what plays it plays the new one.
pub(crate) async fn put_sound(
    state: State,
    principal: Principal,
    id: UploadId,
    (seen_at, body): (Replace, Body),
) -> Result<Stored, Refusal> {
    let scope = principal.scope;
    editable(&state.live.view(), scope, id)?;
    let sound = file::read(&state.settings.limits, principal.account.id, body).await?;
    let view = state.live.view();
    let mut upload = editable(&view, scope, id)?.upload;
    (upload.length_ms, upload.bytes, upload.content) =
        (sound.length_ms, sound.bytes(), sound.hash());
    if view.makes_too_long(&upload) {
        return Err(wrong_file(Code::SoundTooLong));
    }
    let (actor, now) = (principal.actor(), state.clock.now());
    let saved = (upload, seen_at.version);
    let saved = state
        .live
        .replace_upload(&actor, now, saved, Some(sound.wav))
        .await;
    saved.map_err(|error| refusal(&state.live.view(), scope, error))?;
    seen(&state.live.view(), scope, id)
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn parts() {
        let check = |range: &str, expected: Option<(usize, usize)>| {
            assert_eq!(part(range, 100), expected, "{range}");
        };
        check("bytes=0-", Some((0, 99)));
        check("bytes=0-1", Some((0, 1)));
        check("bytes=99-99", Some((99, 99)));
        check("bytes=90-200", Some((90, 99)));
        check("bytes=-10", Some((90, 99)));
        check("bytes=-200", Some((0, 99)));
        for whole in [
            "bytes=-0",
            "bytes=100-",
            "bytes=2-1",
            "bytes=-",
            "bytes=a-",
            "bytes=0-1,5-6",
            "lines=0-1",
            "",
        ] {
            check(whole, None);
        }
        assert_eq!(part("bytes=0-", 0), None);
    }
}
