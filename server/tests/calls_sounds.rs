//! Sounds that were uploaded are heard: as greetings of menus and mailboxes, as music on hold. Each is a tone of its own.
//! Needs Asterisk; without it it says loudly that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/message.rs"]
mod message;
#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;
#[path = "support/softphone.rs"]
mod softphone;
#[path = "support/tone.rs"]
mod tone;
#[path = "support/wav.rs"]
mod wav;

use centrale_core::exchange::LineView;
use reqwest::Method;
use serde_json::{Value, json};
use setup::{DAAN, SANNE, Setup};
use softphone::SoftPhone;
use std::time::Duration;
use tone::TONES;
use wav::wav;

/// Longer than any of the sounds: who hears so much of one hears it again and again.
const LONG: Duration = Duration::from_millis(1500);
const SHORT: Duration = Duration::from_millis(300);

struct Office {
    setup: Setup,
    sanne: SoftPhone,
    daan: SoftPhone,
}

impl Office {
    async fn open() -> Option<Self> {
        let setup = Setup::build().await?;
        let phone = async |account: &str, tone: u16| {
            let secret = setup.portal.secret(account).await;
            SoftPhone::register(&setup.asterisk.sip, account, &secret, tone).await
        };
        let (sanne, daan) = (
            phone(SANNE.1, TONES[0]).await,
            phone(DAAN.1, TONES[1]).await,
        );
        for user in [SANNE, DAAN] {
            setup
                .portal
                .until(|| setup.portal.line(user.0) == Some(LineView::Free))
                .await;
        }
        Some(Self { setup, sanne, daan })
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> Value {
        self.setup.portal.ask(method, path, Some(body)).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_menu_greets_with_uploads_joined() {
    let Some(office) = Office::open().await else {
        return;
    };
    let portal = &office.setup.portal;
    portal
        .upload("location:1", "Welkom", wav(TONES[3], 600))
        .await;
    portal
        .upload("enterprise", "Keuzes", wav(TONES[4], 600))
        .await;
    let menu = json!({ "kind": "auto-attendant", "content": { "id": 0,
        "identity": { "name": "Ontvangst", "location": 1, "extension": "880" },
        "business": { "greeting": ["Welkom", "Keuzes"],
            "keys": { "1": { "action": { "do": "transfer", "to": "142" } } } } } });
    office
        .ask(Method::POST, "/api/parts", json!({ "part": menu }))
        .await;

    let daan = office.daan.dial("880").await;
    daan.until_answered().await;
    daan.hears_tone(TONES[3], SHORT).await;
    daan.hears_tone(TONES[4], SHORT).await;
    // A key interrupts it as it does every greeting.
    daan.press("1").await;
    office.sanne.ringing().await.answer().await;
    daan.hears(&[&office.sanne]).await;
    daan.hang_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_greets_as_its_user_recorded() {
    let Some(office) = Office::open().await else {
        return;
    };
    let portal = &office.setup.portal;
    portal.upload("user:1", "Afwezig", wav(TONES[3], 800)).await;
    let own = json!({ "when_unanswered": "own", "unanswered": "Afwezig", "deposit": false });
    portal.set(SANNE.0, "voicemail-greetings", own).await;
    portal
        .set(
            SANNE.0,
            "forwarding-always",
            json!({ "active": true, "voicemail": true }),
        )
        .await;
    let daan = office.daan.dial("142").await;
    daan.until_answered().await;
    daan.hears_tone(TONES[3], Duration::from_millis(600)).await;
    daan.until_ended().await;

    // The recorded name stands before the system's greeting.
    portal.upload("user:1", "Sanne", wav(TONES[4], 800)).await;
    portal
        .set(
            SANNE.0,
            "voicemail-greetings",
            json!({ "spoken_name": "Sanne" }),
        )
        .await;
    let daan = office.daan.dial("142").await;
    daan.until_answered().await;
    daan.hears_tone(TONES[4], Duration::from_millis(600)).await;
    daan.hears_music().await;
    daan.hang_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_held_hears_the_own_music_again_and_again() {
    let Some(office) = Office::open().await else {
        return;
    };
    let portal = &office.setup.portal;
    portal
        .upload("location:1", "Buiten", wav(TONES[2], 400))
        .await;
    portal
        .upload("location:1", "Binnen", wav(TONES[3], 400))
        .await;
    portal
        .upload("location:1", "Nog een", wav(TONES[4], 400))
        .await;
    let music = json!({ "audio": ["Buiten"], "internal": ["Binnen", "Nog een"] });
    let site =
        json!({ "kind": "site", "content": { "location": 1, "settings": { "music": music } } });
    office
        .ask(
            Method::PUT,
            "/api/parts/site/1",
            json!({ "version": 0, "part": site }),
        )
        .await;
    portal
        .set(SANNE.0, "music-on-hold", json!({ "active": true }))
        .await;

    let daan = office.daan.dial("142").await;
    let sanne = office.sanne.ringing().await;
    sanne.answer().await;
    daan.until_answered().await;
    daan.hears(&[&office.sanne]).await;
    sanne.hold().await;
    daan.hears_tone(TONES[3], LONG).await;
    daan.hears_tone(TONES[4], LONG).await;
    sanne.resume().await;
    daan.hears(&[&office.sanne]).await;
    daan.hang_up().await;

    // Another sound under the same name is heard at once: nothing is kept by the name.
    let uploads = portal
        .ask(Method::GET, "/api/uploads?owner=location:1", None)
        .await;
    let one = uploads
        .as_array()
        .unwrap()
        .iter()
        .find(|u| u["upload"]["name"] == "Binnen")
        .unwrap();
    let path = format!("/api/uploads/{}/sound?version=1", one["upload"]["id"]);
    portal.file(Method::PUT, &path, wav(TONES[2], 400)).await;
    let daan = office.daan.dial("142").await;
    let sanne = office.sanne.ringing().await;
    sanne.answer().await;
    daan.until_answered().await;
    daan.hears(&[&office.sanne]).await;
    sanne.hold().await;
    daan.hears_tone(TONES[2], LONG).await;
    daan.hang_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_welcomes_and_plays_by_links_and_uploads() {
    let Some(office) = Office::open().await else {
        return;
    };
    let portal = &office.setup.portal;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let link = format!(
        "http://{}/welkom,nu.wav?a=1&b=2",
        listener.local_addr().unwrap()
    )
    .replace(',', "%2C");
    let site = axum::Router::new().fallback(async || wav(TONES[3], 600));
    tokio::spawn(async move { axum::serve(listener, site).await });
    portal
        .upload("location:1", "Muziek", wav(TONES[4], 400))
        .await;
    let center = json!({ "kind": "call-center", "content": { "id": 0,
        "identity": { "name": "Balie", "location": 1, "extension": "881" },
        "announcements": { "welcome_mandatory": true, "welcome_audio": [link, "Muziek"], "music_audio": ["Muziek"] },
        "agents": [{ "user": SANNE.0 }], "stranded": { "action": { "do": "stay" } } } });
    office
        .ask(Method::POST, "/api/parts", json!({ "part": center }))
        .await;

    let daan = office.daan.dial("881").await;
    daan.until_answered().await;
    daan.hears_tone(TONES[3], Duration::from_millis(400)).await;
    daan.hears_tone(TONES[4], LONG).await;
    daan.hang_up().await;
}
