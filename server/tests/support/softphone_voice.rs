//! What a phone says and hears: RTP with its own tone, keys as events.

use super::super::tone::{FRAME, Heard, frame, hear};
use super::SoftPhone;
use super::line::{Line, LineInner, State};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

/// So many frames of 20 ms in a row sound the same: then it is what is heard.
const STEADY: usize = 8;
/// Keys that were pressed, whichever phone it was.
static PRESSED: AtomicU16 = AtomicU16::new(0);
/// The length of a frame.
const TICK: Duration = Duration::from_millis(20);

impl Line {
    /// Presses keys (RFC 4733).
    pub async fn press(&self, keys: &str) {
        let far = self.state().far.expect("it is answered");
        for key in keys.chars() {
            // One that was seen before would be taken for the same key.
            let at = PRESSED.fetch_add(1, Ordering::SeqCst);
            let event = u8::try_from("0123456789*#".find(key).expect("a key")).unwrap();
            for step in 0..10_u16 {
                let (end, marker) = (step >= 7, step == 0);
                let mut packet = vec![0x80, if marker { 0xe0 } else { 0x60 }];
                packet.extend((30_000_u16.wrapping_add(at * 20 + step)).to_be_bytes());
                packet.extend((900_000 + u32::from(at) * 8_000).to_be_bytes());
                packet.extend(7_u32.to_be_bytes());
                packet.extend([event, if end { 0x8a } else { 0x0a }]);
                packet.extend((160 * (step.min(7) + 1)).to_be_bytes());
                self.inner.media.send_to(&packet, far).await.unwrap();
                tokio::time::sleep(TICK).await;
            }
            tokio::time::sleep(TICK * 4).await;
        }
    }

    /// Waits until it hears these phones and no others.
    pub async fn hears(&self, phones: &[&SoftPhone]) {
        let tones: BTreeSet<u16> = phones.iter().map(|phone| phone.inner.tone).collect();
        self.until(&format!("{tones:?}"), |state| {
            state.steadily(|heard| heard.pure && heard.tones == tones)
        })
        .await;
    }

    /// Waits until it has heard a tone, and nothing else with it, for so long in all.
    pub async fn hears_tone(&self, tone: u16, how_long: Duration) {
        let frames = usize::try_from(how_long.as_millis() / TICK.as_millis()).unwrap();
        let only = BTreeSet::from([tone]);
        let heard = |state: &State| {
            state
                .heard
                .iter()
                .filter(|heard| heard.pure && heard.tones == only)
                .count()
                >= frames
        };
        self.until(&format!("{tone} Hz"), heard).await;
    }

    /// Waits until it hears a sound that is of no phone: music, a prompt or a tone.
    pub async fn hears_music(&self) {
        self.until("music", |state| {
            state.steadily(|heard| heard.sound && !heard.pure)
        })
        .await;
    }

    /// Waits until so long nothing was heard: somebody listens.
    pub async fn hears_nothing(&self, how_long: Duration) {
        let frames = usize::try_from(how_long.as_millis() / TICK.as_millis()).unwrap();
        let silent = |state: &State| {
            state
                .heard
                .iter()
                .rev()
                .take_while(|heard| !heard.sound)
                .count()
                >= frames
        };
        self.until("silence", silent).await;
    }

    /// Sends the phone's tone and listens, until the line ends.
    pub(super) fn stream(&self) {
        let (line, tone) = (self.inner.clone(), self.phone.tone);
        let talk = tokio::spawn(async move {
            let sound = frame(tone);
            let mut tick = tokio::time::interval(TICK);
            for at in 0_u32.. {
                tick.tick().await;
                let Some(far) = line.state.lock().unwrap().far else {
                    continue;
                };
                let mut packet = vec![0x80, 8];
                packet.extend(at.to_be_bytes()[2..].iter());
                packet.extend((at * u32::try_from(FRAME).unwrap()).to_be_bytes());
                packet.extend(7_u32.to_be_bytes());
                packet.extend(sound);
                line.media.send_to(&packet, far).await.ok();
            }
        });
        let (line, changed) = (self.inner.clone(), self.phone.clone());
        let listen = tokio::spawn(async move {
            let mut buffer = [0; 2048];
            while let Ok((length, _)) = line.media.recv_from(&mut buffer).await {
                if length > 12 && buffer[1] & 0x7f == 8 {
                    line.state
                        .lock()
                        .unwrap()
                        .heard
                        .push(hear(&buffer[12..length]));
                    changed.changed.send_replace(());
                }
            }
        });
        let mut streams = self.inner.streams.lock().unwrap();
        if streams.is_empty() {
            streams.extend([talk.abort_handle(), listen.abort_handle()]);
        } else {
            talk.abort();
            listen.abort();
        }
    }
}

impl LineInner {
    pub(super) fn hush(&self) {
        for stream in self.streams.lock().unwrap().iter() {
            stream.abort();
        }
    }
}

impl State {
    pub(super) fn steadily(&self, sounds: impl Fn(&Heard) -> bool) -> bool {
        self.heard.len() >= STEADY && self.heard.iter().rev().take(STEADY).all(sounds)
    }
}
