//! What phones show of lines, queues and parked calls: lamps and texts. Needs Asterisk and sipp; without them it says
//! loudly that it was skipped.
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

use centrale_core::exchange::LineView;
use centrale_core::organisation::{Organisation, RingPattern};
use reqwest::Method;
use serde_json::{Value, json};
use setup::{DAAN, RECEPTION, SANNE, Setup};
use softphone::SoftPhone;
use tone::TONES;

/// A call center, with an id and an extension that the demo organisation leaves free.
const CENTER: u32 = 902;

/// Sanne monitors the reception, and the reception everybody and the call center.
fn watched(organisation: &mut Organisation) {
    organisation.service_packs[0]
        .services
        .extend(["line-monitoring", "call-center-agent"].map(str::to_owned));
    let monitoring: [(u32, Value); 3] = [
        (
            SANNE.0,
            json!({"users": [RECEPTION.0, DAAN.0, CENTER], "notify_parked": true}),
        ),
        (RECEPTION.0, json!({"users": [SANNE.0, DAAN.0, CENTER]})),
        (DAAN.0, json!({"users": [CENTER]})),
    ];
    for (id, settings) in monitoring {
        let user = organisation
            .users
            .iter_mut()
            .find(|user| user.id.0 == id)
            .unwrap();
        user.services.insert("line-monitoring".into(), settings);
    }
    let center = json!({
        "id": CENTER, "identity": {"name": "Proef balie", "location": 1, "extension": "792"},
        "agents": [{"user": SANNE.0}], "supervisors": [{"user": RECEPTION.0}], "agent": {"alert_seconds": 3},
    });
    organisation
        .call_centers
        .push(serde_json::from_value(center).unwrap());
    for location in &mut organisation.locations {
        location.site.park.recall_seconds = 8;
        location.site.park.ring_pattern = RingPattern::LongLong;
    }
}

/// Sanne, the reception and Daan, each with a phone.
struct Office {
    setup: Setup,
    sanne: SoftPhone,
    reception: SoftPhone,
    daan: SoftPhone,
}

impl Office {
    async fn open() -> Option<Self> {
        let setup = Setup::build_with(watched).await?;
        let phone = async |(user, account): (u32, &str), tone: u16| {
            let secret = setup.portal.secret(account).await;
            let phone = SoftPhone::register(&setup.asterisk.sip, account, &secret, tone).await;
            setup
                .portal
                .until(|| setup.portal.line(user) == Some(LineView::Free))
                .await;
            phone
        };
        let sanne = phone(SANNE, TONES[0]).await;
        let reception = phone(RECEPTION, TONES[1]).await;
        let daan = phone(DAAN, TONES[2]).await;
        Some(Self {
            setup,
            sanne,
            reception,
            daan,
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_are_watched_by_whom_they_let() {
    let Some(office) = Office::open().await else {
        return;
    };
    let Office {
        setup,
        sanne,
        reception,
        daan,
    } = &office;
    for (watcher, digits) in [(sanne, "143"), (reception, "142"), (reception, "143")] {
        watcher.watch(digits).await;
        watcher.until_light(digits, "terminated").await;
    }
    let calling = daan.dial("142").await;
    let ringing = sanne.ringing().await;
    reception.until_light("142", "early").await;
    reception.until_light("143", "confirmed").await;
    ringing.answer().await;
    calling.until_answered().await;
    reception.until_light("142", "confirmed").await;
    sanne.until_light("143", "confirmed").await;

    // Daan hides, but from Sanne: at the reception his lamp goes out and stays so.
    setup
        .portal
        .set(
            DAAN.0,
            "privacy",
            json!({"hide_status": true, "permitted": [SANNE.0]}),
        )
        .await;
    reception.until_light("143", "terminated").await;
    calling.hang_up().await;
    sanne.until_light("143", "terminated").await;
    reception.until_light("142", "terminated").await;
    let again = daan.dial("142").await;
    sanne.until_light("143", "confirmed").await;
    reception.until_light("142", "early").await;
    assert_eq!(reception.light("143"), "terminated");
    again.give_up().await;
    reception.until_light("142", "terminated").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_parked_call_is_shown_told_and_recalled() {
    let Some(office) = Office::open().await else {
        return;
    };
    let Office {
        sanne,
        reception,
        daan,
        ..
    } = &office;
    sanne.watch("140").await;
    sanne.until_light("140", "terminated").await;
    let calling = daan.dial("142").await;
    let talking = sanne.ringing().await;
    talking.answer().await;
    calling.hears(&[sanne]).await;

    talking.hold().await;
    let parking = sanne.dial("*68140").await;
    parking.until_answered().await;
    // The extension at which it is parked is said, shown for as long as is set, and its lamp is lit.
    parking.hears_music().await;
    let shown = sanne.until_text("Geparkeerd op 140").await;
    assert_eq!(shown.header("Expires"), "5");
    assert!(shown.header("From").contains("sip:140@"), "{shown:?}");
    reception
        .until_text("Sanne de Boer heeft een oproep bij u geparkeerd")
        .await;
    sanne.until_light("140", "confirmed").await;
    parking.until_ended().await;

    // Nobody retrieves it: after the time that is set it goes back to who parked it.
    let recalled = sanne.ringing().await;
    assert!(
        recalled.header("Alert-Info").contains("long-long"),
        "{}",
        recalled.header("Alert-Info")
    );
    sanne.until_light("140", "terminated").await;
    recalled.answer().await;
    calling.hears(&[sanne]).await;
    recalled.hears(&[daan]).await;
    assert_eq!(reception.rung(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_is_watched_by_who_belongs_to_it() {
    let Some(office) = Office::open().await else {
        return;
    };
    let Office {
        setup,
        sanne,
        reception,
        daan,
    } = &office;
    let work = json!({"state": "unavailable", "join": [CENTER]});
    setup
        .portal
        .ask(
            Method::PUT,
            &format!("/api/users/{}/agent", SANNE.0),
            Some(work),
        )
        .await;
    for watcher in [sanne, reception, daan] {
        watcher.watch("792").await;
        watcher.until_light("792", "terminated").await;
    }
    let waiting = daan.dial("792").await;
    for watcher in [sanne, reception] {
        watcher.until_light("792", "confirmed").await;
    }
    assert_eq!(setup.portal.alert(CENTER), Some(false));
    // A call waits too long.
    for watcher in [sanne, reception] {
        watcher.until_light("792", "early").await;
    }
    assert_eq!(setup.portal.alert(CENTER), Some(true));
    assert_eq!(
        daan.light("792"),
        "terminated",
        "he is neither an agent nor a supervisor"
    );
    waiting.hang_up().await;
    for watcher in [sanne, reception] {
        watcher.until_light("792", "terminated").await;
    }
    assert_eq!(setup.portal.alert(CENTER), Some(false));
}
