//! Sounds, without the pool of the server and without `ffmpeg`.

#[path = "../../src/sound/form.rs"]
mod form;
#[path = "../../src/sound/read.rs"]
pub(crate) mod read;
#[path = "../../src/sound/wave.rs"]
mod wave;

pub(crate) use form::Sound;
