//! The locations, and which numbers are theirs.

use crate::id::LocationId;
use crate::number::{Country, Digits, E164};
use crate::organisation::{Location, NumberRange, SiteSettings};
use crate::time::Zone;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A location, as calls need it.
#[derive(Clone, Debug)]
pub struct CompiledLocation {
    /// The location.
    pub id: LocationId,
    /// Its country.
    pub country: Country,
    /// Its time zone.
    pub zone: Zone,
    /// The digits before an extension that reach it from elsewhere.
    pub prefix: String,
    /// The numbers that belong to it.
    pub numbers: Vec<NumberRange>,
    /// What it sets for all its users.
    pub site: SiteSettings,
    emergency: Box<[Digits]>,
}

impl CompiledLocation {
    /// Compiles a location. A zone that nobody knows becomes UTC.
    pub fn new(location: &Location, zones: &dyn Fn(&str) -> Option<Zone>) -> Self {
        Self {
            id: location.id,
            country: location.country,
            zone: zones(&location.zone).unwrap_or_else(Zone::utc),
            prefix: location.prefix.clone(),
            numbers: location.numbers.clone(),
            site: location.site.clone(),
            emergency: emergency(location)
                .filter_map(|number| number.parse().ok())
                .collect(),
        }
    }

    /// Whether digits are an emergency number here, and nothing else.
    pub fn is_emergency(&self, digits: Digits) -> bool {
        self.emergency.contains(&digits)
    }

    /// The emergency numbers: those of the country, then those of the location.
    pub fn emergency(&self) -> impl Iterator<Item = Digits> {
        self.emergency.iter().copied()
    }
}

fn emergency(location: &Location) -> impl Iterator<Item = &str> {
    let country = location.country.emergency().iter().copied();
    country.chain(location.site.emergency.iter().map(String::as_str))
}

/// The locations by id.
#[derive(Clone, Default)]
pub(super) struct CompiledLocations {
    list: BTreeMap<LocationId, Arc<CompiledLocation>>,
    /// The first and the last number of each range of theirs in order, those that touch as one; found when it is
    /// asked for.
    owned: OnceLock<Box<[(E164, E164)]>>,
}

impl CompiledLocations {
    pub(super) fn get(&self, id: LocationId) -> Option<&Arc<CompiledLocation>> {
        self.list.get(&id)
    }

    /// Every location, in the order of their ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<CompiledLocation>> {
        self.list.values()
    }

    pub(super) fn put(&mut self, place: Arc<CompiledLocation>) {
        self.owned = OnceLock::new();
        self.list.insert(place.id, place);
    }

    /// Whether a number belongs to one of the locations.
    pub(super) fn owns(&self, number: E164) -> bool {
        let owned = self.owned();
        let after = owned.partition_point(|(first, _)| *first <= number);
        after.checked_sub(1).is_some_and(|at| number <= owned[at].1)
    }

    /// The first and the last number of each range, in order.
    pub(super) fn owned(&self) -> &[(E164, E164)] {
        self.owned.get_or_init(|| self.ranges())
    }

    fn ranges(&self) -> Box<[(E164, E164)]> {
        let ranges = self.list.values().flat_map(|place| &place.numbers);
        let mut ranges: Vec<_> = ranges.map(|range| (range.first, range.last)).collect();
        ranges.sort_unstable();
        ranges.dedup_by(|next, before| {
            let together = next.0 <= before.1;
            if together {
                before.1 = before.1.max(next.1);
            }
            together
        });
        ranges.into()
    }
}
