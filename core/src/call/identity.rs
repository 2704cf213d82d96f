//! What a leg shows of the caller (requirements C23, C24, H6): the extension within the enterprise, the number outside.

use super::{Call, Endpoint, Manner};

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
            ..Manner::default()
        }
    }
}
