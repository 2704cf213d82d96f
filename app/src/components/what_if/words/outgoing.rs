//! What may not leave, and by whose say.

use super::Told;
use crate::components::what_if::names::Names;
use crate::text::t;
use centrale_core::id::UserId;
use centrale_core::number::{E164, OutgoingClass, pretty};
use centrale_core::organisation::OutgoingOwner;
use centrale_core::trace::Limit;

/// A number, or anybody inside, that may not be called.
pub(super) fn barred(
    by: Option<UserId>,
    number: Option<E164>,
    class: OutgoingClass,
    set_by: Option<OutgoingOwner>,
    names: &Names,
) -> Told {
    let title = match (number.map(pretty), by.map(|by| names.user(by))) {
        (Some(number), Some(who)) => t!("path-barred-for", number = number, who = who),
        (Some(number), None) => t!("path-barred", number = number),
        (None, Some(who)) => t!("path-barred-inside-for", who = who),
        (None, None) => t("path-barred-inside"),
    };
    let class = t(&format!("outgoing-class-{}", class.name()));
    let detail = match set_by {
        None => t!("path-barred-by-default", class = class),
        Some(OutgoingOwner::Enterprise) => t!("path-barred-by-enterprise", class = class),
        Some(OutgoingOwner::Location(_)) => t!("path-barred-by-location", class = class),
        Some(OutgoingOwner::Department(_)) => t!("path-barred-by-department", class = class),
        Some(OutgoingOwner::User(user)) => {
            t!("path-barred-by-user", class = class, who = names.user(user))
        }
    };
    (title, detail)
}

/// Which limit of the calls that leave is reached.
pub(super) fn limit(limit: Limit) -> String {
    t(match limit {
        Limit::UserCalls | Limit::EnterpriseCalls => "path-limit-calls",
        Limit::UserCallsAMinute | Limit::EnterpriseCallsAMinute => "path-limit-calls-a-minute",
        Limit::UserStopped | Limit::EnterpriseStopped => "path-limit-stopped",
    })
}
