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
use http_range_header::{EndPosition, RangeUnsatisfiableError, StartPosition, parse_range_header};
use std::ops::RangeInclusive;

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
    let place = |part: String| {
        [(
            header::CONTENT_RANGE,
            format!("bytes {part}/{}", content.len()),
        )]
    };
    Ok(
        match asked.map_or(Part::Whole, |range| part(range, content.len())) {
            Part::Whole => Answer::written((wav, content)),
            Part::Bytes(bytes) => {
                let place = place(format!("{}-{}", bytes.start(), bytes.end()));
                let bytes = content[bytes].to_vec();
                Answer::written((StatusCode::PARTIAL_CONTENT, wav, place, bytes))
            }
            Part::Nothing => {
                let place = place("*".into());
                Answer::written((StatusCode::RANGE_NOT_SATISFIABLE, place))
            }
        },
    )
}

/// What of a sound is sent.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Bytes(RangeInclusive<usize>),
    /// The part that is asked for lies behind the end, or has no bytes.
    Nothing,
}

/// The part of so many bytes for which a player asks that moves about in a sound (RFC 9110 § 14.2). What cannot be read,
/// and what asks for several parts, gets the whole.
fn part(range: &str, length: usize) -> Part {
    let ranges = match parse_range_header(range) {
        Ok(parsed) => parsed.ranges,
        Err(RangeUnsatisfiableError::ZeroSuffix) => return Part::Nothing,
        Err(_) => return Part::Whole,
    };
    let [range] = ranges.as_slice() else {
        return Part::Whole;
    };
    let (size, end) = (length as u64, (length as u64).saturating_sub(1));
    let (first, last) = match (range.start, range.end) {
        (StartPosition::FromLast(count), _) => (size.saturating_sub(count), end),
        (StartPosition::Index(first), EndPosition::Index(last)) if last < first => {
            return Part::Whole;
        }
        (StartPosition::Index(first), EndPosition::Index(last)) => (first, last.min(end)),
        (StartPosition::Index(first), EndPosition::LastByte) => (first, end),
    };
    if first >= size {
        return Part::Nothing;
    }
    Part::Bytes(first as usize..=last as usize)
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
    use super::{Part, part};

    #[test]
    fn parts() {
        let check = |range: &str, expected: Part| assert_eq!(part(range, 100), expected, "{range}");
        check("bytes=0-", Part::Bytes(0..=99));
        check("bytes=0-1", Part::Bytes(0..=1));
        check("bytes=99-99", Part::Bytes(99..=99));
        check("bytes=90-200", Part::Bytes(90..=99));
        check("bytes=-10", Part::Bytes(90..=99));
        check("bytes=-200", Part::Bytes(0..=99));
        for whole in [
            "bytes=2-1",
            "bytes=-",
            "bytes=a-",
            "bytes=0-1,5-6",
            "lines=0-1",
            "",
        ] {
            check(whole, Part::Whole);
        }
        check("bytes=100-", Part::Nothing);
        check("bytes=100-200", Part::Nothing);
        check("bytes=-0", Part::Nothing);
        assert_eq!(part("bytes=0-", 0), Part::Nothing);
        assert_eq!(part("bytes=-5", 0), Part::Nothing);
    }
}
