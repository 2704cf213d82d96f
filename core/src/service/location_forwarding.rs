//! Location call forwarding for one user (manual § 7.7, 19.6, 27; requirements C12, H5): what the location set, unless an
//! admin said otherwise for this user. The number and the schedules are the location's.

use super::{Evaluation, Field, Group, Moment, Pass, Service, ServiceId, Stage, Verdict};
use crate::organisation::SiteForwardingMode;
use serde::{Deserialize, Serialize};

/// The service.
pub struct LocationForwarding;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What holds for this user.
    #[serde(rename = "override")]
    pub choice: Override,
}

/// What holds for a user instead of what the location set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Override {
    /// What the location set.
    #[default]
    Location,
    /// Calls go to the location's number, always.
    On,
    /// They never do.
    Off,
}

impl Service for LocationForwarding {
    const ID: ServiceId = ServiceId("location-forwarding");
    const GROUP: Group = Group::Forwarding;
    const STAGES: &'static [Stage] = &[Stage::Arrival];
    const LICENSED: bool = false;
    const ADMIN: bool = true;
    const FORM: &'static [Field] = &[Field::choice("override", &["location", "on", "off"])];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        let site = &moment.site.forwarding;
        let c = &moment.circumstances;
        let holds = |id| {
            c.schedules
                .schedule(id)
                .is_some_and(|schedule| schedule.state_at(c.local).active)
        };
        let on = match (settings.choice, site.mode) {
            (Override::On, _) | (Override::Location, SiteForwardingMode::On) => true,
            (Override::Off, _) | (Override::Location, SiteForwardingMode::Off) => {
                return Verdict::Pass(Pass::Off).into();
            }
            (Override::Location, SiteForwardingMode::Automatic) => {
                site.schedules.iter().any(|schedule| holds(*schedule))
            }
        };
        match site.number {
            _ if !on => Verdict::Pass(Pass::OutsideSchedules),
            _ if moment.diversion_inhibited => Verdict::Pass(Pass::DiversionInhibited),
            None => Verdict::Pass(Pass::NoDestination),
            Some(to) => Verdict::Forward {
                to,
                rule: None,
                splash: false,
            },
        }
        .into()
    }
}
