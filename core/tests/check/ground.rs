//! What faults are planted in: an organisation to which parties of their own are added, at locations of their own.

use super::web::Random;
use serde_json::{Map, Value, json};

/// The location of what is planted, with neither forwarding nor further emergency numbers.
pub(super) const HERE: u32 = 4;
/// A location that forwards all calls of its users.
pub(super) const AWAY: u32 = 5;
/// A location that forwards to a number of nobody.
pub(super) const LOST: u32 = 6;
/// Numbers of nobody: behind no prefix, and within the range of a location.
const NOBODYS: [&str; 2] = ["955", "+31305554998"];

/// What must be found.
pub(super) struct Planted {
    pub(super) at: String,
    pub(super) is: &'static str,
    /// No call comes in by which it shows.
    pub(super) silent: bool,
}

/// An organisation to which parties are added.
pub(super) struct Ground<'a> {
    pub(super) whole: Value,
    pub(super) random: &'a mut Random,
    pub(super) next: u32,
    pub(super) planted: Vec<Planted>,
}

impl Ground<'_> {
    pub(super) fn push(&mut self, list: &str, value: Value) -> usize {
        let list = self.whole[list].as_array_mut().unwrap();
        list.push(value);
        list.len() - 1
    }

    pub(super) fn id(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    pub(super) fn nobodys(&mut self) -> &'static str {
        self.random.pick::<&str>(&NOBODYS)
    }

    /// A user with services: the id, and the place in the list.
    pub(super) fn user(&mut self, services: &[(&str, Value)]) -> (u32, usize) {
        self.user_at(HERE, &json!([1]), services)
    }

    pub(super) fn user_at(
        &mut self,
        location: u32,
        packs: &Value,
        services: &[(&str, Value)],
    ) -> (u32, usize) {
        let id = self.id();
        let services: Map<String, Value> = services
            .iter()
            .map(|(name, settings)| ((*name).to_owned(), settings.clone()))
            .collect();
        let user = json!({"id": id, "login": format!("q{id}"), "first_name": "Q", "last_name": "Q", "profile": "fixed",
            "location": location, "number": number(id), "extension": id.to_string(), "packs": packs, "services": services,
            "devices": [{"id": id, "name": "Desk", "kind": "desk", "account": format!("q{id}")}]});
        (id, self.push("users", user))
    }

    /// A virtual user of a list, with what its kind has besides an identity.
    pub(super) fn group(&mut self, list: &str, more: &Value) -> (u32, usize) {
        let id = self.id();
        let mut group = json!({"id": id, "identity": identity(id)});
        group
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        (id, self.push(list, group))
    }

    pub(super) fn schedule(&mut self, kind: &Value) -> u32 {
        let id = self.id();
        self.push(
            "schedules",
            json!({"id": id, "owner": {"location": HERE}, "name": format!("s{id}"), "kind": kind}),
        );
        id
    }

    pub(super) fn plant(&mut self, at: impl Into<String>, is: &'static str) {
        self.planted.push(Planted {
            at: at.into(),
            is,
            silent: false,
        });
    }

    pub(super) fn plant_silent(&mut self, at: impl Into<String>, is: &'static str) {
        self.planted.push(Planted {
            at: at.into(),
            is,
            silent: true,
        });
    }
}

pub(super) fn number(id: u32) -> String {
    format!("+31305554{id}")
}

pub(super) fn on(to: &impl ToString) -> Value {
    json!({"active": true, "number": to.to_string()})
}

fn identity(id: u32) -> Value {
    json!({"name": format!("v{id}"), "location": HERE, "number": number(id), "extension": id.to_string(), "packs": [1]})
}
