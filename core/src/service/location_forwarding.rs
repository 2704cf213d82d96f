//! Location call forwarding for one user (manual § 7.7, 19.6, 27; requirements C12, H5): what the location set, unless an
//! admin said otherwise for this user. The number and the schedules are the location's.

use super::{
    Evaluation, Field, Group, HasServices, Moment, Pass, Service, ServiceId, Stage, Verdict,
};
use crate::organisation::{SiteForwarding, SiteForwardingMode, SiteSettings};
use serde::{Deserialize, Serialize};

/// The service.
pub struct LocationForwarding;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whether the setting of the location holds for this user, or another.
    #[serde(rename = "override")]
    pub choice: Override,
}

/// What holds for a user instead of what the location set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Override {
    /// The setting of the location holds.
    #[default]
    Location,
    /// Calls go to the location's number, always.
    On,
    /// Calls never go to the location's number.
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
        let on = match mode(settings, site) {
            SiteForwardingMode::On => true,
            SiteForwardingMode::Off => return Verdict::Pass(Pass::Off).into(),
            SiteForwardingMode::Automatic => site.schedules.iter().any(|schedule| holds(*schedule)),
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

    fn always_on(settings: &Settings, site: &SiteSettings) -> bool {
        site.forwarding.number.is_some()
            && mode(settings, &site.forwarding) == SiteForwardingMode::On
    }
}

fn mode(settings: &Settings, site: &SiteForwarding) -> SiteForwardingMode {
    match settings.choice {
        Override::On => SiteForwardingMode::On,
        Override::Off => SiteForwardingMode::Off,
        Override::Location => site.mode,
    }
}

/// When calls to somebody go to the number of their location; `None`: the service is not theirs.
pub fn mode_for(called: &impl HasServices, site: &SiteForwarding) -> Option<SiteForwardingMode> {
    let settings = called.settings::<LocationForwarding>()?;
    Some(mode(settings, site))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, person, verdict};
    use serde_json::{Value, json};

    #[test]
    fn the_location_decides_unless_an_admin_chose_for_the_user() {
        let check = |choice: &str, mode: &str, block: Value, expected: Verdict| {
            let settings = json!({"override": choice});
            let mut given = given(Stage::Arrival);
            let site = json!({"mode": mode, "number": "102", "schedules": [1]});
            given.site.forwarding = serde_json::from_value(site).unwrap();
            given.block = block;
            let said = verdict::<LocationForwarding>(&settings, &given);
            assert_eq!(said, expected, "{choice} {mode} {}", given.block);
            let called = person(json!({"location-forwarding": settings}));
            let mode = mode_for(&called, &given.site.forwarding);
            let off = expected == Verdict::Pass(Pass::Off);
            assert_eq!(mode == Some(SiteForwardingMode::Off), off, "{mode:?}");
        };
        let forward = Verdict::Forward {
            to: "102".parse().unwrap(),
            rule: None,
            splash: false,
        };
        let office = || json!({"start": "mon 09:00", "end": "mon 17:00"});
        let morning = || json!({"start": "mon 09:00", "end": "mon 12:00"});
        check("location", "off", office(), Verdict::Pass(Pass::Off));
        check("location", "on", office(), forward);
        check("location", "automatic", office(), forward);
        let outside = Verdict::Pass(Pass::OutsideSchedules);
        check("location", "automatic", morning(), outside);
        check("on", "off", office(), forward);
        check("off", "on", office(), Verdict::Pass(Pass::Off));
    }
}
