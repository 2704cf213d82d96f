//! What the table tests beside the services have in common.

use super::{CATALOGUE, Content, HasServices, Moment, Service, Stage, Verdict, find, row_of};
use crate::caller::Caller;
use crate::id::{ScheduleId, UserId};
use crate::number::Country;
use crate::organisation::{SiteSettings, User};
use crate::rule::{Circumstances, Schedules};
use crate::schedule::{CompiledSchedule, ScheduleKind};
use crate::time::{Timestamp, Zone};
use serde_json::{Value, json};

/// Monday 5 January 2026, 12:00 UTC.
const NOON: Timestamp = Timestamp::from_seconds(20_458 * 86_400 + 43_200);

/// Somebody with services, by the rows of the catalogue.
pub(super) struct Person {
    id: UserId,
    services: Vec<Option<Content>>,
}

/// User 1, who has the services that are named, set as is said and else as they are at first.
pub(super) fn person(services: Value) -> Person {
    let services: serde_json::Map<String, Value> = serde_json::from_value(services).unwrap();
    for service in services.keys() {
        assert!(find(service).is_some(), "no service {service}");
    }
    let decode = |entry: &super::Entry| Some(entry.decode(services.get(entry.id.0)?));
    let services: Vec<_> = CATALOGUE.iter().map(decode).collect();
    let id = UserId(1);
    Person { id, services }
}

impl HasServices for Person {
    fn user_id(&self) -> UserId {
        self.id
    }

    fn has<S: Service>(&self) -> bool {
        self.services[usize::from(row_of::<S>())].is_some()
    }

    fn settings<S: Service>(&self) -> Option<&S::Settings> {
        match self.services[usize::from(row_of::<S>())].as_ref()? {
            Content::Settings(settings) => settings.get::<S>(),
            Content::Unreadable => panic!("the settings cannot be read"),
        }
    }
}

/// A call as a service meets it.
pub(super) struct Given {
    pub(super) stage: Stage,
    pub(super) caller: Caller,
    pub(super) on_a_call: bool,
    pub(super) diversion_inhibited: bool,
    pub(super) mailbox: bool,
    pub(super) site: SiteSettings,
    /// The one block of schedule 1.
    pub(super) block: Value,
}

/// A call from outside, at noon within schedule 1, to somebody who is not on a call and has a mailbox.
pub(super) fn given(stage: Stage) -> Given {
    Given {
        stage,
        caller: Caller::external("+31201234567".parse().unwrap()),
        on_a_call: false,
        diversion_inhibited: false,
        mailbox: true,
        site: SiteSettings::default(),
        block: json!({"start": "mon 09:00", "end": "mon 17:00"}),
    }
}

struct OneSchedule(CompiledSchedule);

impl Schedules for OneSchedule {
    fn schedule(&self, id: ScheduleId) -> Option<&CompiledSchedule> {
        (id == ScheduleId(1)).then_some(&self.0)
    }
}

/// What a service that is set so says of a call.
pub(super) fn verdict<S: Service>(settings: &Value, given: &Given) -> Verdict {
    let entry = find(S::ID.0).unwrap();
    assert!(entry.stages.contains(&given.stage), "no stage of {entry:?}");
    let kind: ScheduleKind =
        serde_json::from_value(json!({"type": "time", "blocks": [given.block]})).unwrap();
    let schedules = OneSchedule(CompiledSchedule::of_kind(&kind));
    let user: User = serde_json::from_value(json!({
        "id": 1, "login": "u", "first_name": "U", "last_name": "U", "profile": "fixed",
        "location": 1, "extension": "101",
    }))
    .unwrap();
    let circumstances =
        Circumstances::new(NOON, &Zone::utc(), Country::Nl, &given.caller, &schedules);
    let content = entry.decode(settings);
    assert!(matches!(content, Content::Settings(_)), "{settings}");
    let moment = Moment {
        circumstances,
        user: &user,
        site: &given.site,
        stage: given.stage,
        diversion_inhibited: given.diversion_inhibited,
        on_a_call: given.on_a_call,
        mailbox: given.mailbox,
    };
    entry.evaluate(&content, &moment).verdict
}
