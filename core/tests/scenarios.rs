//! Runs `scenarios/<area>/*.txt`: given settings, when a call comes in, then these actions and this trace.
//! The same files run natively and as WebAssembly. `UPDATE_EXPECT=1` rewrites what follows each `then`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod support;

use centrale_core::acd::AgentState;
use centrale_core::call::{Detail, Request, write_trace};
use centrale_core::caller::Caller;
use centrale_core::history::entries;
use centrale_core::id::{DepartmentId, LocationId, UploadId, UserId};
use centrale_core::number::E164;
use centrale_core::organisation::{ContentHash, Organisation, Upload, UploadOwner, User};
use centrale_core::outcome::Performed;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::what_if::{CentersScript, Event, Later, LineScript, TalkSide, WhatIf, rehearse};
use include_dir::{Dir, include_dir};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/scenarios");

#[test]
fn every_scenario_does_what_it_says() {
    let mut failed = Vec::new();
    let mut count = 0;
    for area in FILES.dirs() {
        for file in area
            .files()
            .filter(|f| f.path().extension().is_some_and(|e| e == "txt"))
        {
            let name = file.path().display().to_string();
            let text = file.contents_utf8().unwrap();
            let actual = Scenario::new(&name).run(text);
            count += 1;
            if actual != text {
                update(file.path(), &actual);
                failed.push(format!("{name}\n{}", difference(text, &actual)));
            }
        }
    }
    assert!(count > 0, "no scenario was found");
    assert!(
        failed.is_empty(),
        "{} of {count} scenarios differ:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

fn update(path: &std::path::Path, actual: &str) {
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
        std::fs::write(root.join(path), actual).unwrap();
    }
    let _ = (path, actual);
}

fn difference(expected: &str, actual: &str) -> String {
    let (e, a): (Vec<_>, Vec<_>) = (expected.lines().collect(), actual.lines().collect());
    let at = e
        .iter()
        .zip(&a)
        .position(|(x, y)| x != y)
        .unwrap_or(e.len().min(a.len()));
    format!(
        "  line {}:\n  expected {:?}\n  actual   {:?}",
        at + 1,
        e.get(at),
        a.get(at)
    )
}

/// One file: settings add up from top to bottom, each `when` is a call of its own.
#[allow(clippy::struct_excessive_bools, reason = "each is a word of its own")]
struct Scenario<'a> {
    name: &'a str,
    organisation: Organisation,
    lines: BTreeMap<UserId, LineScript>,
    outside: LineScript,
    numbers: BTreeMap<E164, LineScript>,
    confirm: bool,
    block_next: Option<bool>,
    full: BTreeSet<UserId>,
    passcodes: BTreeMap<UserId, String>,
    inhibited: bool,
    keys: Vec<String>,
    later: Vec<Later>,
    centers: CentersScript,
    patience: Option<u32>,
    memory: Vec<(UserId, UserId, i64)>,
    save_fails: bool,
    performed: Option<Performed>,
    detail: Detail,
    history: bool,
}

impl<'a> Scenario<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            name,
            organisation: support::organisation(),
            lines: BTreeMap::new(),
            outside: LineScript::Answers,
            numbers: BTreeMap::new(),
            confirm: true,
            block_next: None,
            full: BTreeSet::new(),
            passcodes: BTreeMap::new(),
            inhibited: false,
            keys: Vec::new(),
            later: Vec::new(),
            centers: CentersScript::default(),
            patience: None,
            memory: Vec::new(),
            save_fails: false,
            performed: None,
            detail: Detail::Brief,
            history: false,
        }
    }

    /// The file as it should read: everything but the lines after `then` is kept.
    fn run(mut self, text: &str) -> String {
        let mut out = String::new();
        let mut expected = false;
        for line in text.lines() {
            if expected && line.starts_with("  ") {
                continue;
            }
            expected = false;
            writeln!(out, "{line}").unwrap();
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "given" => self.given(rest),
                "line" => self.line(rest),
                "keys" => {
                    self.keys = rest
                        .split(' ')
                        .map(|text| text.trim_matches('-').to_owned())
                        .collect();
                }
                "memory" => self.remember(rest),
                "full" => {
                    self.detail = if rest == "off" {
                        Detail::Brief
                    } else {
                        Detail::Full
                    }
                }
                "history" => self.history = rest != "off",
                "set" => self.set(rest),
                "upload" => self.upload(rest),
                "mailbox" => self.mailbox(rest),
                "passcode" => self.passcode(rest),
                "block-next" => self.block_next = serde_json::from_str(rest).unwrap(),
                "confirm" => self.confirm = rest != "off",
                "agent" => self.agent(rest),
                "patience" => self.patience = Some(rest.parse().unwrap()),
                "ahead" => self.centers.ahead = rest.parse().unwrap(),
                "force" => self.force(rest),
                "save" => self.save_fails = rest == "fails",
                "performed" => self.performed = Some(performed(rest)),
                "inhibited" => self.inhibited = rest != "off",
                "after" => self.after(rest),
                "when" => {
                    writeln!(out, "then").unwrap();
                    self.call(rest)
                        .lines()
                        .for_each(|l| writeln!(out, "  {l}").unwrap());
                }
                "then" => {
                    let written = out.len() - line.len() - 1;
                    out.truncate(written);
                    expected = true;
                }
                "" | "#" => {}
                other => panic!("{}: {other} is not a word of scenarios", self.name),
            }
        }
        out
    }

    fn user(&mut self, login: &str) -> &mut User {
        let name = self.name;
        let found = self
            .organisation
            .users
            .iter_mut()
            .find(|u| u.login == login);
        found.unwrap_or_else(|| panic!("{name}: no user {login}"))
    }

    /// The settings of a user by login, or of a virtual user by name.
    fn services(&mut self, who: &str) -> &mut BTreeMap<String, Value> {
        let o = &mut self.organisation;
        let hunts = o.hunt_groups.iter_mut().map(|g| &mut g.identity);
        let calls = o.group_calls.iter_mut().map(|g| &mut g.identity);
        let menus = o.auto_attendants.iter_mut().map(|a| &mut a.identity);
        let centers = o.call_centers.iter_mut().map(|c| &mut c.identity);
        let users = o
            .users
            .iter_mut()
            .map(|user| (&user.login, &mut user.services));
        let all = hunts.chain(calls).chain(menus).chain(centers);
        let found = all
            .map(|v| (&v.name, &mut v.services))
            .chain(users)
            .find(|(name, _)| *name == who);
        found
            .unwrap_or_else(|| panic!("{}: no user {who}", self.name))
            .1
    }

    /// `given LOGIN SERVICE JSON`; a virtual user goes by its name.
    fn given(&mut self, rest: &str) {
        let mut parts = rest.splitn(3, ' ');
        let (login, service, json) = (
            parts.next().unwrap(),
            parts.next().unwrap(),
            parts.next().unwrap(),
        );
        let settings =
            serde_json::from_str(json).unwrap_or_else(|e| panic!("{}: {e}: {json}", self.name));
        self.services(login).insert(service.to_owned(), settings);
    }

    /// `memory GROUP LOGIN SECONDS`: the member answered a call to the group so many seconds before the call.
    fn remember(&mut self, rest: &str) {
        let [group, login, seconds] = rest.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let id = self
            .organisation
            .hunt_groups
            .iter()
            .find(|g| g.identity.name == group)
            .unwrap()
            .id;
        let member = self.user(login).id;
        self.memory.push((id, member, seconds.parse().unwrap()));
    }

    /// `set POINTER JSON`: replaces or adds a value anywhere in the organisation; `-` at the end of the pointer adds to a
    /// list.
    fn set(&mut self, rest: &str) {
        let (pointer, json) = rest.split_once(' ').unwrap();
        support::set(&mut self.organisation, pointer, json);
    }

    /// `upload OWNER NAME`: somebody has an upload of this name. The owner is `enterprise`, `location-1`, `department-1`,
    /// `user-1` or a login.
    fn upload(&mut self, rest: &str) {
        let (who, name) = rest.split_once(' ').unwrap();
        let owner = match who
            .split_once('-')
            .and_then(|(level, id)| Some((level, id.parse().ok()?)))
        {
            Some(("location", id)) => UploadOwner::Location(LocationId(id)),
            Some(("department", id)) => UploadOwner::Department(DepartmentId(id)),
            Some(("user", id)) => UploadOwner::User(UserId(id)),
            _ if who == "enterprise" => UploadOwner::Enterprise,
            _ => UploadOwner::User(self.user(who).id),
        };
        let id = UploadId(u32::try_from(self.organisation.uploads.len()).unwrap() + 1);
        let (name, content) = (name.to_owned(), ContentHash([0; 32]));
        self.organisation.uploads.push(Upload {
            id,
            owner,
            name,
            length_ms: 1000,
            bytes: 32_044,
            content,
        });
    }

    /// `mailbox LOGIN full|empty`
    fn mailbox(&mut self, rest: &str) {
        let (who, state) = rest.split_once(' ').unwrap();
        let id = self.user(who).id;
        match state {
            "full" => drop(self.full.insert(id)),
            "empty" => drop(self.full.remove(&id)),
            other => panic!("{}: a mailbox is full or empty, not {other}", self.name),
        }
    }

    /// `passcode LOGIN|ID DIGITS`
    fn passcode(&mut self, rest: &str) {
        let (who, digits) = rest.split_once(' ').unwrap();
        let id = who.parse().map_or_else(|_| self.user(who).id, UserId);
        self.passcodes.insert(id, digits.to_owned());
    }

    /// `line LOGIN|outside|NUMBER STATE`
    fn line(&mut self, rest: &str) {
        let (who, state) = rest.split_once(' ').unwrap();
        let state = serde_json::from_value(state.into()).unwrap();
        if who == "outside" {
            self.outside = state;
        } else if who.starts_with('+') {
            self.numbers.insert(who.parse().unwrap(), state);
        } else {
            let id = self.user(who).id;
            self.lines.insert(id, state);
        }
    }

    /// `after SECONDS EVENT`, for the next call: `hold SIDE`, `resume SIDE`, `transfer SIDE DIGITS`, `consult SIDE DIGITS`,
    /// `park SIDE LOGIN`, `hangup SIDE`, `taken LOGIN`, `joined LOGIN`, `free LOGIN`, `recall LOGIN|ID [last]`,
    /// `music-off`, `agent LOGIN STATE`. SIDE is `caller` or `leg`.
    fn after(&mut self, rest: &str) {
        let words: Vec<_> = rest.split(' ').collect();
        let side = |at: usize| {
            if words[at] == "caller" {
                TalkSide::Caller
            } else {
                TalkSide::Leg
            }
        };
        let mut user = |at: usize| match words[at].parse() {
            Ok(id) => UserId(id),
            Err(_) => self.user(words[at]).id,
        };
        let event = match words[1] {
            "hold" => Event::Hold { by: side(2) },
            "resume" => Event::Resume { by: side(2) },
            "transfer" => Event::Transfer {
                by: side(2),
                to: words[3..].join(" "),
            },
            "consult" => Event::Consult {
                by: side(2),
                to: words[3..].join(" "),
            },
            "park" => Event::Park {
                by: side(2),
                at: user(3),
            },
            "hangup" => Event::HangUp { by: side(2) },
            "taken" => Event::Take { by: user(2) },
            "joined" => Event::Join { by: user(2) },
            "free" => Event::Free { user: user(2) },
            "recall" => Event::Recall {
                to: user(2),
                last: words.get(3) == Some(&"last"),
            },
            "agent" => Event::Agent {
                user: user(2),
                state: agent_state(&words[3..]),
            },
            "music-off" => Event::MusicOff,
            other => panic!("{}: nobody can do {other}", self.name),
        };
        self.later.push(Later {
            after: words[0].parse().unwrap(),
            event,
        });
    }

    /// `agent LOGIN available|unavailable [CODE]|wrap-up|signed-out`
    fn agent(&mut self, rest: &str) {
        let words: Vec<&str> = rest.split(' ').collect();
        let id = self.user(words[0]).id;
        self.centers.agents.insert(id, agent_state(&words[1..]));
    }

    /// `force CENTER night|forwarding on|off|unset`: what codes have switched.
    fn force(&mut self, rest: &str) {
        let words: Vec<&str> = rest.split(' ').collect();
        let [center, what, how] = words[..] else {
            panic!("{}: force {rest}", self.name)
        };
        let found = self
            .organisation
            .call_centers
            .iter()
            .find(|c| c.identity.name == center);
        let id = found
            .unwrap_or_else(|| panic!("{}: no call center {center}", self.name))
            .id;
        let forced = self.centers.forced.entry(id).or_default();
        let how = match how {
            "unset" => None,
            how => Some(how == "on"),
        };
        match what {
            "night" => forced.night = how,
            _ => forced.forwarding = how,
        }
    }

    /// `when CALLER calls DIGITS at DATE TIME`, in the zone of the first location. CALLER is a login, a number,
    /// `withheld` or `unknown`; a login calls from its own location.
    fn call(&mut self, rest: &str) -> String {
        let (caller, rest) = rest.split_once(" calls ").unwrap();
        let (dialled, moment) = rest.split_once(" at ").unwrap();
        let (caller, from) = self.caller(caller);
        let snapshot = Arc::new(Snapshot::of(&self.organisation, &support::zone));
        let mut question = WhatIf {
            request: Request {
                caller,
                dialled: dialled.into(),
                from,
                diversion_inhibited: self.inhibited,
                block_next: self.block_next,
            },
            at: moment_in(&snapshot, moment),
            lines: self.lines.clone(),
            outside: self.outside,
            numbers: self.numbers.clone(),
            confirm: self.confirm,
            full: self.full.clone(),
            passcodes: self.passcodes.clone(),
            keys: self.keys.clone(),
            later: std::mem::take(&mut self.later),
            patience: self.patience,
            centers: self.centers.clone(),
            memory: BTreeMap::new(),
            save_fails: self.save_fails,
            performed: self.performed,
            seed: 1,
        };
        let mut memory = self.memory.clone();
        memory.sort_by_key(|(_, _, seconds)| -seconds);
        for (group, member, seconds) in memory {
            let group = question.memory.entry(group).or_default();
            group.last_answered = Some(member);
            group
                .answered_at
                .insert(member, question.at.plus_seconds(-seconds));
        }
        let mut text = String::new();
        let mut actions = String::new();
        let teller = support::actions::Teller {
            names: &snapshot,
            start: question.at,
        };
        let story = rehearse(&snapshot, &question, &mut |at, action| {
            let seconds = at.since(question.at) / 1000;
            writeln!(actions, "{seconds:>4}s ! {}", teller.told(action)).unwrap();
        });
        write_trace(&mut text, &story.trace, &snapshot, self.detail).unwrap();
        if self.history {
            for entry in entries(&story.trace, &snapshot) {
                writeln!(
                    actions,
                    "     = {}",
                    support::history::told(&entry, &snapshot, question.at)
                )
                .unwrap();
            }
        }
        text + &actions
    }

    fn caller(&self, text: &str) -> (Caller, Option<LocationId>) {
        match text {
            "withheld" => (Caller::withheld(), None),
            "unknown" => (Caller::unavailable(), None),
            number if number.starts_with('+') => (Caller::external(number.parse().unwrap()), None),
            login => {
                let withheld = login.ends_with(" withheld");
                let login = login.trim_end_matches(" withheld");
                let user = self
                    .organisation
                    .users
                    .iter()
                    .find(|u| u.login == login)
                    .unwrap();
                let (number, extension) = (user.number, user.extension);
                (
                    Caller {
                        number,
                        extension,
                        user: Some(user.id),
                        withheld,
                    },
                    Some(user.location),
                )
            }
        }
    }
}

fn agent_state(words: &[&str]) -> AgentState {
    match words[0] {
        "unavailable" => AgentState::Unavailable {
            code: words.get(1).map(|code| code.parse().unwrap()),
        },
        state => serde_json::from_value(serde_json::json!({ "state": state })).unwrap(),
    }
}

/// `performed done`, `performed at EXTENSION`, `performed waiting COUNT`, `performed nothing`, `performed refused`,
/// `performed joined`: what comes of that which a code asks for.
fn performed(rest: &str) -> Performed {
    match rest.split_once(' ').unwrap_or((rest, "")) {
        ("done", _) => Performed::Done,
        ("at", extension) => Performed::At(extension.parse().unwrap()),
        ("waiting", callbacks) => Performed::Waiting(callbacks.parse().unwrap()),
        ("nothing", _) => Performed::Nothing,
        ("refused", _) => Performed::Refused,
        ("joined", _) => Performed::Joined,
        (other, _) => panic!("{other} cannot come of a code"),
    }
}

fn moment_in(snapshot: &Snapshot, text: &str) -> Timestamp {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    let minute = chrono::Timelike::num_seconds_from_midnight(&local.time()) / 60;
    snapshot
        .places()
        .next()
        .unwrap()
        .zone
        .instant(local.date(), minute as u16)
}
