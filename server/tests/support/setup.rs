//! The setup of every call test: a server with the demo organisation, an Asterisk, phones and a line outside.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "each test file uses a part of it"
)]

use super::portal::{Portal, TRUNK_SECRET};
use super::sip::{Asterisk, Behaviour, Dial, Outcome, Phone, What, free_port};
use centrale_core::organisation::Organisation;

/// Sanne, whose settings are changed; the reception, her colleague; and two more.
pub const SANNE: (u32, &str) = (1, "utr142");
pub const RECEPTION: (u32, &str) = (2, "utr140");
pub const DAAN: (u32, &str) = (3, "utr143");

/// A server, an Asterisk and a line to the outside world that answers.
pub struct Setup {
    /// The server.
    pub portal: Portal,
    /// The Asterisk.
    pub asterisk: Asterisk,
    /// The line to the outside world.
    pub world: Phone,
}

impl Setup {
    pub async fn build() -> Option<Self> {
        Self::build_with(|_| {}).await
    }

    pub async fn build_with(change: impl FnOnce(&mut Organisation)) -> Option<Self> {
        Self::build_mailing(change, None).await
    }

    /// The same, with mail by way of a server.
    pub async fn build_mailing(
        change: impl FnOnce(&mut Organisation),
        smtp: Option<&str>,
    ) -> Option<Self> {
        Self::on(Portal::start_mailing(change, smtp).await, &[]).await
    }

    /// On this portal, with an Asterisk that has more settings of `script/asterisk`.
    pub async fn on(portal: Portal, settings: &[(&str, &str)]) -> Option<Self> {
        let (realtime, outside) = (free_port(), free_port());
        let realtime = format!("http://127.0.0.1:{realtime}/s3cret");
        let asterisk = Asterisk::start_with(&realtime, settings).await?;
        portal
            .attach(
                &asterisk.ari,
                &realtime,
                &format!("sip:127.0.0.1:{outside}"),
            )
            .await;
        let world = Phone::listen(&asterisk, TRUNK_SECRET, outside, 300);
        // Everything that is set in the demo organisation would be in the way.
        for user in [SANNE.0, RECEPTION.0, DAAN.0] {
            portal.clear(user).await;
        }
        Some(Self {
            portal,
            asterisk,
            world,
        })
    }

    pub async fn phone(&self, account: &str, behaviour: Behaviour) -> Phone {
        Phone::register(
            &self.asterisk,
            account,
            &self.portal.secret(account).await,
            behaviour,
        )
    }

    pub async fn call(&self, from: &str, to: &str) -> Outcome {
        Dial::new(from, &self.portal.secret(from).await, to)
            .place(&self.asterisk)
            .await
    }

    pub async fn call_from_outside(&self, number: Option<&str>, to: &str) -> Outcome {
        let mut dial = Dial::new("trunk", TRUNK_SECRET, to);
        if let Some(number) = number {
            dial.from = format!("<sip:{number}@127.0.0.1>");
        } else {
            dial.from = "\"Anonymous\" <sip:anonymous@anonymous.invalid>".into();
            dial.headers = vec![
                "P-Asserted-Identity: <sip:+31205550100@127.0.0.1>".into(),
                "Privacy: id".into(),
            ];
        }
        dial.place(&self.asterisk).await
    }
}

/// What the phones saw of one call.
pub fn check(name: &str, outcome: &Outcome, status: u16, rang: &[(&Phone, usize)]) {
    assert_eq!(outcome.status, Some(status), "{name}: {outcome:?}");
    assert!(outcome.ended_well, "{name}: {outcome:?}");
    for (place, (phone, times)) in rang.iter().enumerate() {
        assert_eq!(
            phone.rung(),
            *times,
            "{name}: phone {place}: {:?}",
            phone.seen()
        );
    }
}

pub fn rings_at(phone: &Phone) -> u64 {
    let seen = phone.seen();
    seen.iter()
        .rev()
        .find(|s| matches!(s.what, What::Ring { .. }))
        .map(|s| s.at)
        .expect("it rang")
}
