//! What rings for a user: each service that acts at [`Stage::Ringing`](super::Stage::Ringing) adds its part.

use crate::number::Destination;
use serde::{Deserialize, Serialize};

/// What rings besides the user's own phones, or instead of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ringing {
    /// A second call rings while the user is on one.
    pub second_call: bool,
    /// Rings instead of the user's desk phones.
    pub stand_in: Option<Destination>,
    /// Ring together with the user's phones.
    pub along: Vec<AlongPhone>,
    /// Ring one after the other.
    pub search: Option<Search>,
}

/// Numbers that ring one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The numbers, in the order in which they are tried.
    pub phones: Vec<SearchPhone>,
    /// The user's own phones ring first, and what rings along with them.
    pub base_first: bool,
    /// The caller may end the search by a key.
    pub skippable: bool,
}

/// A number that rings together with the user's phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlongPhone {
    /// The number.
    pub number: Destination,
    /// Whoever answers has to press a key before they get the call (manual § 9.1.2).
    #[serde(default)]
    pub confirm: bool,
}

/// A number of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchPhone {
    /// The number.
    pub number: Destination,
    /// Whoever answers has to press a key before they get the call (manual § 9.1.2).
    #[serde(default)]
    pub confirm: bool,
    /// How often it rings, 2 to 20.
    #[serde(default = "four")]
    pub rings: u8,
}

fn four() -> u8 {
    4
}

impl Ringing {
    /// Every number that rings, with the field of the settings in which it stands.
    pub fn numbers(&self) -> Vec<(String, Destination)> {
        let stand_in = self.stand_in.map(|number| ("number".to_owned(), number));
        let along = self.along.iter().map(|phone| phone.number);
        let search = self.search.iter().flat_map(|search| &search.phones);
        let phones = along
            .enumerate()
            .chain(search.map(|p| p.number).enumerate());
        let phones = phones.map(|(place, number)| (format!("phones[{place}]"), number));
        stand_in.into_iter().chain(phones).collect()
    }
}
