//! What changed from one snapshot to the next, and that whoever takes in only that comes to the same as by taking in all.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use centrale_core::acd::{AgentState, Input};
use centrale_core::exchange::{Exchange, ExchangeInput, PersistedExchange};
use centrale_core::id::{DeviceId, LocationId, UserId};
use centrale_core::organisation::{CallCenter, Location, Organisation, ServicePack, User};
use centrale_core::snapshot::{CompiledLocation, Role, Snapshot, Source};
use centrale_core::time::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

const START: Timestamp = Timestamp(1_795_597_200_000);
const AGENTS: [u32; 4] = [1, 2, 3, 300];
const CENTERS: [u32; 2] = [60, 600];

/// A save.
#[derive(Clone, Debug)]
enum Save {
    /// What an agent sets for themselves: do not disturb, and what that and a bounce do.
    Agent {
        at: usize,
        disturb: bool,
        own: bool,
        guard: u8,
    },
    /// A call center with these agents; none: it is removed.
    Center {
        at: usize,
        agents: Option<Vec<u32>>,
        may_join: bool,
    },
    /// What the location sets.
    Place { prefix: u8 },
}

fn saves() -> impl Strategy<Value = Save> {
    let agents = prop::collection::btree_set(prop::sample::select(AGENTS.to_vec()), 0..4);
    let agents = prop::option::weighted(0.8, agents.prop_map(|some| some.into_iter().collect()));
    prop_oneof![
        3 => (0..4_usize, any::<bool>(), any::<bool>(), 0..30_u8)
            .prop_map(|(at, disturb, own, guard)| Save::Agent { at, disturb, own, guard }),
        1 => (0..2_usize, agents, any::<bool>()).prop_map(|(at, agents, may_join)| Save::Center { at, agents, may_join }),
        1 => (0..9_u8).prop_map(|prefix| Save::Place { prefix }),
    ]
}

fn packs() -> Vec<ServicePack> {
    serde_json::from_value(json!([{ "id": 1, "name": "P", "licences": 99,
        "services": ["call-center-agent", "do-not-disturb"] }]))
    .unwrap()
}

fn location(prefix: u8) -> Location {
    serde_json::from_value(
        json!({ "id": 1, "name": "L", "country": "nl", "zone": "UTC", "numbers": [],
        "site": { "speed_dial_prefix": format!("#{prefix}") } }),
    )
    .unwrap()
}

fn user(id: u32, services: &Value) -> User {
    serde_json::from_value(json!({ "id": id, "login": format!("u{id}"), "first_name": "A", "last_name": "B",
        "profile": "fixed", "location": 1, "extension": (1000 + id).to_string(), "packs": [1], "services": services }))
    .unwrap()
}

fn center(id: u32, agents: &[u32], may_join: bool) -> CallCenter {
    let agents: Vec<Value> = agents.iter().map(|user| json!({ "user": user })).collect();
    serde_json::from_value(json!({ "id": id, "agents": agents, "agent": { "may_join": may_join },
        "identity": { "name": format!("C{id}"), "location": 1, "extension": (2000 + id).to_string() } }))
    .unwrap()
}

fn put(config: &mut Snapshot, user: User, role: Role) {
    let (services, versions, packs) = (user.services.clone(), BTreeMap::new(), packs());
    let user = Arc::new(user);
    config.put_user(&Source {
        user,
        services: &services,
        role,
        versions: &versions,
        packs: &packs,
        hidden: false,
    });
}

fn first() -> Snapshot {
    let organisation = Organisation {
        service_packs: packs(),
        locations: vec![location(0)],
        users: AGENTS.iter().map(|id| user(*id, &json!({}))).collect(),
        call_centers: CENTERS
            .iter()
            .map(|id| center(*id, &AGENTS[..2], false))
            .collect(),
        ..Organisation::default()
    };
    Snapshot::of(&organisation, &|_| None)
}

/// Saves, and tells whom it is about.
fn save(config: &mut Snapshot, save: &Save) -> Option<UserId> {
    match save {
        Save::Agent {
            at,
            disturb,
            own,
            guard,
        } => {
            let agent = json!({ "guard": "own", "guard_on": true, "guard_seconds": guard, "unavailable": if *own { "own" } else { "default" },
                "unavailable_on_do_not_disturb": true });
            let services =
                json!({ "do-not-disturb": { "active": disturb }, "call-center-agent": agent });
            put(config, user(AGENTS[*at], &services), Role::Person);
            Some(UserId(AGENTS[*at]))
        }
        Save::Center {
            at,
            agents: Some(agents),
            may_join,
        } => {
            let center = center(CENTERS[*at], agents, *may_join);
            put(
                config,
                center.identity.user(center.id),
                Role::CallCenter(Arc::new(center)),
            );
            Some(UserId(CENTERS[*at]))
        }
        Save::Center {
            at, agents: None, ..
        } => {
            let there = config.user(UserId(CENTERS[*at])).is_some();
            config.remove_user(UserId(CENTERS[*at]));
            there.then_some(UserId(CENTERS[*at]))
        }
        Save::Place { prefix } => {
            config.put_place(CompiledLocation::new(&location(*prefix), &|_| None));
            None
        }
    }
}

/// Agents who have a phone and are at work.
fn at_work(config: &Snapshot) -> Exchange {
    let mut exchange = Exchange::new(1, PersistedExchange::default());
    let mut effects = Vec::new();
    exchange.configure(START, config, &mut effects);
    for agent in AGENTS.map(UserId) {
        let devices = vec![DeviceId(agent.0)];
        exchange.handle(
            START,
            config,
            ExchangeInput::Registered {
                user: agent,
                devices,
            },
            &mut effects,
        );
        let state = Input::SetState {
            agent,
            state: AgentState::Available,
        };
        exchange.handle(START, config, ExchangeInput::Agent(state), &mut effects);
    }
    exchange
}

/// All that is seen of agents and queues.
fn seen(exchange: &Exchange, now: Timestamp) -> String {
    let acd = exchange.acd();
    let agents: Vec<_> = acd
        .agents()
        .map(|agent| (agent, acd.queues_of(agent.user).collect::<Vec<_>>()))
        .collect();
    let centers = CENTERS
        .map(UserId)
        .map(|center| (acd.fact(center, now), acd.next_agent(center)));
    format!("{agents:?} {centers:?} {:?}", exchange.persisted())
}

proptest! {
    #[test]
    fn taking_in_who_changed_comes_to_the_same_as_taking_in_all(saves in prop::collection::vec(saves(), 1..8)) {
        let mut config = first();
        let (mut all, mut some) = (at_work(&config), at_work(&config));
        for (step, one) in saves.iter().enumerate() {
            let before = config.clone();
            let about = save(&mut config, one);
            let changed = config.changed_users(&before);
            prop_assert_eq!(&changed, &Vec::from_iter(about));
            prop_assert_eq!(before.changed_users(&config), changed.clone());
            let centers = config.users().filter_map(|s| match &s.role {
                Role::CallCenter(center) => Some(center.id),
                _ => None,
            });
            prop_assert!(config.call_centers().map(|center| center.id).eq(centers));
            if let Save::Place { prefix } = one {
                let expected = format!("#{prefix}");
                let all = config.users().map(|user| &user.place).chain(config.place(LocationId(1)));
                prop_assert!(all.map(|place| &place.site.speed_dial_prefix).all(|prefix| *prefix == expected));
            }
            let (now, mut effects) = (START.plus_seconds(step as i64 + 1), Vec::new());
            all.configure(now, &config, &mut effects);
            some.reconfigure(now, &config, &changed, &mut effects);
            prop_assert_eq!(seen(&all, now), seen(&some, now));
        }
    }
}
