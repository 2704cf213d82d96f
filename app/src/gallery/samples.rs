//! The data that the gallery shows.

use centrale_core::api::organisation::{LocationCount, PackUse};
use centrale_core::api::users::{Card, Listed, Located, SpeedDialling};
use centrale_core::id::{LocationId, PackId, UserId};
use centrale_core::number::{Country, E164};
use centrale_core::organisation::{Language, Profile};
use centrale_core::schedule::{Block, TimeSchedule};
use centrale_core::service::{Entry, find};
use centrale_core::time::{Timestamp, Zone};
use leptos::prelude::*;

/// Wednesday 25 November 2026, 17:40 UTC, in milliseconds since 1970.
pub(super) const NOW: Timestamp = Timestamp(1_795_628_400_000);

/// The day of [`NOW`], in days since 1970-01-01.
pub(super) const TODAY: i32 = 20_782;

/// A callback that does nothing.
pub(super) fn nothing<T: 'static>() -> Callback<T> {
    Callback::new(|_: T| ())
}

/// A service of the catalogue by its id.
pub(super) fn service(id: &str) -> Option<&'static Entry> {
    find(id)
}

/// Two users, one with everything and one with little.
pub(super) fn users() -> Vec<Listed> {
    vec![
        Listed {
            id: UserId(1),
            name: "Sanne de Boer".to_owned(),
            profile: Profile::Combi,
            number: number(),
            extension: "142".parse().ok(),
            location: "Utrecht".to_owned(),
            department: Some("Support".to_owned()),
            active: vec!["forwarding-always".to_owned(), "do-not-disturb".to_owned()],
        },
        Listed {
            id: UserId(2),
            name: "Maximiliaan van der Westhuizen-Oudenhoven".to_owned(),
            profile: Profile::Mobile,
            number: None,
            extension: "2042".parse().ok(),
            location: "Antwerpen".to_owned(),
            department: None,
            active: Vec::new(),
        },
    ]
}

/// The card of the first of them.
pub(super) fn card() -> Card {
    Card {
        id: UserId(1),
        login: "sanne".to_owned(),
        first_name: "Sanne".to_owned(),
        last_name: "de Boer".to_owned(),
        email: "sanne@example.nl".to_owned(),
        language: Language::Nl,
        profile: Profile::Combi,
        number: number(),
        extension: "142".parse().ok(),
        mobile: None,
        devices: Vec::new(),
        location: Located {
            id: LocationId(1),
            name: "Utrecht".to_owned(),
            country: Country::Nl,
            zone: Zone::utc(),
            speed_dial: SpeedDialling {
                prefix: "#".to_owned(),
                hiding: Vec::new(),
            },
        },
        department: None,
    }
}

/// Two locations.
pub(super) fn locations() -> Vec<LocationCount> {
    [(1, "Utrecht", 56), (2, "Antwerpen", 1)]
        .map(|(id, name, users)| LocationCount {
            id: LocationId(id),
            name: name.to_owned(),
            users,
        })
        .into()
}

/// A pack with licences left, and one without.
pub(super) fn packs() -> Vec<PackUse> {
    [(1, "Basis", 100, 57), (2, "Contact", 10, 10)]
        .map(|(id, name, licences, used)| PackUse {
            id: PackId(id),
            name: name.to_owned(),
            licences,
            used,
        })
        .into()
}

/// Office hours, a short block and a night.
pub(super) fn week() -> TimeSchedule {
    let block = |start: &str, end: &str| {
        Some(Block {
            start: start.parse().ok()?,
            end: end.parse().ok()?,
        })
    };
    let blocks = [
        block("mon 08:30", "mon 17:00"),
        block("tue 12:00", "tue 12:30"),
        block("fri 22:00", "sat 06:00"),
    ];
    TimeSchedule {
        blocks: blocks.into_iter().flatten().collect(),
    }
}

fn number() -> Option<E164> {
    "+31305550142".parse().ok()
}
