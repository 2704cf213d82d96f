//! The text of a file that was chosen.

use wasm_bindgen_futures::JsFuture;

/// The text, whichever of the usual encodings it has: UTF-8, UTF-16 as spreadsheets mark it, or Windows-1252 as they save
/// CSV in Western Europe; `None` when the file cannot be read.
pub(crate) async fn text(file: web_sys::File) -> Option<String> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let label = match bytes[..] {
        [0xff, 0xfe, ..] => "utf-16le",
        [0xfe, 0xff, ..] => "utf-16be",
        _ => "windows-1252",
    };
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(other) => other.into_bytes(),
    };
    web_sys::TextDecoder::new_with_label(label)
        .ok()?
        .decode_with_u8_array(&bytes)
        .ok()
}
