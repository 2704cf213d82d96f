//! An office for call tests: three colleagues with a phone each, which may do all with each other's calls.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "each test file uses a part of it"
)]

use super::setup::{DAAN, RECEPTION, SANNE, Setup};
use super::softphone::{Line, SoftPhone};
use super::tone::TONES;
use centrale_core::exchange::LineView;
use centrale_core::organisation::Organisation;
use serde_json::json;

/// Sanne, the reception and Daan, each with a phone.
pub struct Office {
    pub setup: Setup,
    pub sanne: SoftPhone,
    pub reception: SoftPhone,
    pub daan: SoftPhone,
}

impl Office {
    pub async fn open() -> Option<Self> {
        let all_may = |organisation: &mut Organisation| {
            let more = ["barge-in", "call-policies"].map(str::to_owned);
            organisation.service_packs[0].services.extend(more);
        };
        let setup = Setup::build_with(all_may).await?;
        let phone = async |account: &str, tone: u16| {
            let secret = setup.portal.secret(account).await;
            SoftPhone::register(&setup.asterisk.sip, account, &secret, tone).await
        };
        let sanne = phone(SANNE.1, TONES[0]).await;
        let reception = phone(RECEPTION.1, TONES[1]).await;
        let daan = phone(DAAN.1, TONES[2]).await;
        for user in [SANNE, RECEPTION, DAAN] {
            setup
                .portal
                .set(user.0, "music-on-hold", json!({"active": true}))
                .await;
            setup
                .portal
                .until(|| setup.portal.line(user.0) == Some(LineView::Free))
                .await;
        }
        Some(Self {
            setup,
            sanne,
            reception,
            daan,
        })
    }

    /// The reception finds Sanne's line busy, hears the offer and takes it.
    pub async fn reception_asks_for_a_callback(&self) {
        let busy = self.reception.dial("142").await;
        busy.until_answered().await;
        busy.hears_music().await;
        busy.press("1").await;
        busy.until_ended().await;
    }

    /// Daan calls Sanne and they talk: their lines, his first.
    pub async fn daan_talks_to_sanne(&self) -> (Line, Line) {
        let daan = self.daan.dial("142").await;
        let sanne = self.sanne.ringing().await;
        sanne.answer().await;
        daan.until_answered().await;
        daan.hears(&[&self.sanne]).await;
        sanne.hears(&[&self.daan]).await;
        (daan, sanne)
    }

    pub async fn is(&self, user: (u32, &str), state: LineView) {
        self.setup
            .portal
            .until(|| self.setup.portal.line(user.0) == Some(state))
            .await;
    }
}
