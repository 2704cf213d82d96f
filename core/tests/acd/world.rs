//! A distributor that is driven by words, and tells what it wants in words.

use centrale_core::acd::{Acd, AgentState, Alert, Effect, Input};
use centrale_core::id::{CallRef, UnavailableCodeId, UserId};
use centrale_core::organisation::Organisation;
use centrale_core::outcome::OfferResult;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::{Timestamp, Zone};
use serde_json::{Value, json};

/// A moment of the tests, in seconds.
pub const START: i64 = 1_800_000_000 / 900 * 900;

/// A configuration of call centers 1, 2, … and what holds for all of them.
pub fn snapshot(centers: &[Value], defaults: &Value) -> Snapshot {
    let centers: Vec<_> = centers
        .iter()
        .zip(1..)
        .map(|(center, id)| {
            let identity = json!({"name": format!("Queue {id}"), "location": 1});
            let mut all = json!({"id": id, "identity": identity, "agent": {"may_join": false}});
            merge(&mut all, center);
            all
        })
        .collect();
    let organisation: Organisation = serde_json::from_value(json!({
        "format": 1, "service_packs": [], "departments": [], "admins": [],
        "enterprise": {"name": "Voorbeeld", "call_centers": defaults},
        "locations": [{"id": 1, "name": "Utrecht", "country": "nl", "zone": "UTC", "numbers": []}],
        "users": [],
        "schedules": [],
        "call_centers": centers,
    }))
    .unwrap();
    Snapshot::of(&organisation, &|_| Some(Zone::utc()))
}

fn merge(into: &mut Value, more: &Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more.clone(),
    }
}

/// Agents of a call center, none of whom has a weight.
pub fn agents(users: &[u32]) -> Value {
    users.iter().map(|user| json!({"user": user})).collect()
}

/// A distributor and its clock.
pub struct World {
    pub acd: Acd,
    pub now: Timestamp,
    out: Vec<Effect>,
}

impl World {
    pub fn new(centers: &[Value], defaults: &Value) -> Self {
        let mut world = Self {
            acd: Acd::new(1),
            now: Timestamp::from_seconds(START),
            out: Vec::new(),
        };
        world
            .acd
            .configure(world.now, &snapshot(centers, defaults), &mut world.out);
        world.out.clear();
        world
    }

    pub fn give(&mut self, input: Input) -> String {
        self.acd.handle(self.now, input, &mut self.out);
        self.told()
    }

    pub fn configure(&mut self, centers: &[Value], defaults: &Value) -> String {
        self.save(&snapshot(centers, defaults))
    }

    pub fn save(&mut self, config: &Snapshot) -> String {
        self.acd.configure(self.now, config, &mut self.out);
        self.told()
    }

    fn told(&mut self) -> String {
        self.out
            .drain(..)
            .filter_map(tell)
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// Does what the words say, and returns what follows. Numbers of seconds count from the start.
    pub fn say(&mut self, words: &str) -> String {
        let parts: Vec<&str> = words.split(' ').collect();
        let number = |at: usize| parts[at].parse::<u32>().unwrap();
        let (agent, call) = (|at| UserId(number(at)), |at| CallRef(number(at).into()));
        let offer = |result| Input::Offer {
            call: call(1),
            agent: agent(2),
            result,
        };
        let state = |agent, state| Input::SetState { agent, state };
        let line = |agent, calls, reachable, do_not_disturb| Input::Line {
            agent,
            calls,
            reachable,
            do_not_disturb,
        };
        let since = |at: usize| Timestamp::from_seconds(START + parts[at].parse::<i64>().unwrap());
        match parts[0] {
            "ready" => {
                let told: Vec<_> = (1..parts.len())
                    .flat_map(|at| {
                        let up = self.give(line(agent(at), 0, true, false));
                        [up, self.give(state(agent(at), AgentState::Available))]
                    })
                    .filter(|told| !told.is_empty())
                    .collect();
                return told.join("; ");
            }
            "to" => {
                let until = since(1);
                let mut told = Vec::new();
                while let Some(due) = self.acd.next_timeout().filter(|due| *due <= until) {
                    assert!(due >= self.now, "no timer is left behind");
                    self.now = due;
                    told.push(self.give(Input::TimerElapsed));
                }
                self.now = until;
                told.retain(|told| !told.is_empty());
                return told.join("; ");
            }
            "waiting" => {
                let calls = self
                    .acd
                    .waiting(agent(1))
                    .map(|(call, _)| call.0.to_string());
                return calls.collect::<Vec<_>>().join(" ");
            }
            "lamp" => return format!("{:?}", self.acd.view(agent(1))).to_lowercase(),
            "place" => {
                let place = self.acd.place(call(1), self.now);
                return place.map_or("none".into(), |p| {
                    format!("{} of {}, {} s", p.position, p.others + 1, p.estimated_wait)
                });
            }
            "agent" => {
                let agent = self.acd.agent(agent(1)).unwrap();
                let since = agent.since.since(Timestamp::from_seconds(START)) / 1000;
                return format!("{} since {since}", tell_state(agent.state));
            }
            _ => {}
        }
        self.give(match parts[0] {
            "enter" => Input::Enter {
                call: call(1),
                center: agent(2),
                since: self.now,
            },
            "enter-since" => Input::Enter {
                call: call(1),
                center: agent(2),
                since: since(3),
            },
            "leave" => Input::Leave { call: call(1) },
            "answer" => offer(OfferResult::Answered),
            "fail" => offer(OfferResult::Failed),
            "over" => offer(OfferResult::Over),
            "available" => state(agent(1), AgentState::Available),
            "out" => state(agent(1), AgentState::SignedOut),
            "wrap-up" => state(agent(1), AgentState::WrapUp),
            "away" => {
                let code = parts.get(2).map(|_| UnavailableCodeId(number(2)));
                state(agent(1), AgentState::Unavailable { code })
            }
            "up" => line(agent(1), 0, true, false),
            "down" => line(agent(1), 0, false, false),
            "busy" => line(agent(1), 1, true, false),
            "disturb-not" => line(agent(1), 0, true, true),
            "busy-disturb-not" => line(agent(1), 1, true, true),
            "join" => Input::Join {
                agent: agent(1),
                center: agent(2),
            },
            "part" => Input::Part {
                agent: agent(1),
                center: agent(2),
            },
            "hold" => Input::Held {
                call: call(1),
                since: Some(self.now),
            },
            "unhold" => Input::Held {
                call: call(1),
                since: None,
            },
            "night" => Input::Force {
                center: agent(1),
                night: Some(parts[2] == "on"),
                forwarding: None,
            },
            "forward" => Input::Force {
                center: agent(1),
                night: None,
                forwarding: Some(parts[2] == "on"),
            },
            other => panic!("no such word: {other}"),
        })
    }
}

fn tell_state(state: AgentState) -> String {
    match state {
        AgentState::Unavailable { code: Some(code) } => format!("away {code}"),
        AgentState::Unavailable { code: None } => "away".into(),
        AgentState::SignedOut => "out".into(),
        AgentState::Available => "available".into(),
        AgentState::WrapUp => "wrap-up".into(),
    }
}

fn tell(effect: Effect) -> Option<String> {
    Some(match effect {
        Effect::Offer {
            call,
            center,
            agents,
        } => {
            let agents: Vec<_> = agents.as_slice().iter().map(ToString::to_string).collect();
            format!("offer {} of {center} to {}", call.0, agents.join(" "))
        }
        Effect::Withdraw { call } => format!("withdraw {}", call.0),
        Effect::Release { call, center, why } => format!("release {} of {center}: {why:?}", call.0),
        Effect::Alert {
            center,
            alert: Alert::Waiting(calls),
        } => format!("{center}: {calls} wait"),
        Effect::Alert {
            center,
            alert: Alert::Late(seconds),
        } => format!("{center}: one waits {seconds} s"),
        Effect::Alert {
            alert: Alert::Held { agent, call },
            ..
        } => format!("{agent} holds {} long", call.0),
        Effect::AgentChanged { .. } | Effect::CenterChanged { .. } => return None,
    })
}

/// Says each line and compares what follows.
pub fn check(name: &str, world: &mut World, script: &[(&str, &str)]) {
    for (line, (words, expected)) in script.iter().enumerate() {
        assert_eq!(
            &world.say(words),
            expected,
            "{name}, line {} `{words}`",
            line + 1
        );
    }
}
