//! What a leg shows of the caller (requirements C23, C24, H6): the extension within the enterprise, the number outside.

use super::{Call, Endpoint, Manner, Origin};
use crate::organisation::RingPattern;

impl Call {
    /// What an endpoint is shown of this call.
    pub(super) fn manner(&self, endpoint: Endpoint) -> Manner {
        let caller = &self.request.caller;
        let outside = !matches!(endpoint, Endpoint::Device(..));
        let known = caller.user.and_then(|user| self.config.user(user));
        Manner {
            number: caller.number,
            extension: caller.extension.filter(|_| !outside),
            name: known.map(|s| s.user.name()).unwrap_or_default(),
            withheld: caller.withheld,
            diverted_by: self.diverted_by.last().copied(),
            pattern: self.pattern(),
            ..Manner::default()
        }
    }

    /// A parked call that goes back rings as the location of who parked it says.
    fn pattern(&self) -> RingPattern {
        match self.origin {
            Origin::ParkRecalled { parker, .. } => {
                self.place_of(parker).map(|place| place.site.park.ring_pattern).unwrap_or_default()
            }
            _ => RingPattern::Normal,
        }
    }
}
