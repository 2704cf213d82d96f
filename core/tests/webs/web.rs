//! Random organisations, fast: the snapshot is kept, and of each organisation only some parties are drawn anew.

use centrale_core::id::UserId;
use centrale_core::number::Destination;
use centrale_core::organisation::{
    AutoAttendant, CallCenter, GroupCall, HuntGroup, Key, KeyAction, Member, MenuAction,
    Organisation, Policy, ServicePack, User,
};
use centrale_core::snapshot::{Role, Snapshot, Source, people};
use centrale_core::time::Zone;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Persons: 101 to 116. After them a hunt group, a group call, an auto attendant and a call center: 117 to 120.
pub(crate) const PERSONS: u32 = 16;
pub(crate) const PARTIES: u32 = PERSONS + 4;
/// In a dense web one party in so many sends no call on.
const DENSE: u64 = 50;
/// How many parties change from one organisation to the next.
const CHANGES: u64 = 3;

/// A generator of numbers (`SplitMix64`: Steele, Lea and Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD134_2543_DE82_EF95))
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }
}

pub(crate) struct Web {
    pub(crate) config: Arc<Snapshot>,
    packs: Vec<ServicePack>,
    parties: Vec<(Arc<User>, Role)>,
    /// Settings, by service, each several times with other numbers and switches.
    settings: Vec<(&'static str, Vec<Value>)>,
    targets: Vec<Destination>,
    versions: BTreeMap<String, u64>,
    /// How many parties send calls on: one in so many does not.
    rest: u64,
}

impl Web {
    pub(crate) fn new() -> Self {
        let texts: Vec<String> = targets();
        let settings = settings(&texts);
        let services: Vec<_> = settings.iter().map(|(id, _)| json!(id)).collect();
        let organisation = organisation(&services);
        let parties = people(&organisation)
            .map(|(user, role)| (Arc::new(user), role))
            .collect();
        Self {
            config: Arc::new(Snapshot::of(&organisation, &|_| Some(Zone::utc()))),
            packs: organisation.service_packs,
            parties,
            settings,
            targets: texts.iter().map(|text| text.parse().unwrap()).collect(),
            versions: BTreeMap::new(),
            rest: 2,
        }
    }

    /// Another organisation, in every party.
    pub(crate) fn draw_all(&mut self, random: &mut Random) {
        self.rest = *random.pick(&[2, 4, DENSE]);
        (0..self.parties.len()).for_each(|party| self.draw(party, random));
    }

    /// An organisation that differs in some parties.
    pub(crate) fn draw_some(&mut self, random: &mut Random) {
        for _ in 0..CHANGES {
            let party = random.below(self.parties.len() as u64) as usize;
            self.draw(party, random);
        }
    }

    fn draw(&mut self, party: usize, random: &mut Random) {
        let (user, role) = self.parties[party].clone();
        let role = self.role(role, random);
        let mut services = BTreeMap::new();
        if !random.one_in(self.rest) {
            for _ in 0..=random.below(3) {
                // A web is made of what always forwards, and a dense one of little else.
                let always = random.one_in(3) != (self.rest == DENSE);
                let place = if always {
                    0
                } else {
                    random.below(self.settings.len() as u64) as usize
                };
                let (id, values) = &self.settings[place];
                // In a dense web the next party or the one after it is meant: a long way without a loop.
                let value = if always && self.rest == DENSE {
                    &values[(party + 1 + random.below(2) as usize) % PARTIES as usize]
                } else {
                    random.pick(values)
                };
                services.insert((*id).to_owned(), value.clone());
            }
        }
        let (versions, packs) = (&self.versions, &self.packs);
        let source = Source {
            user,
            services: &services,
            role,
            versions,
            packs,
            hidden: false,
        };
        Arc::make_mut(&mut self.config).put_user(&source);
    }

    fn role(&self, role: Role, random: &mut Random) -> Role {
        match role {
            Role::Person => Role::Person,
            Role::HuntGroup(group) => {
                Role::HuntGroup(Arc::new(self.hunt((*group).clone(), random)))
            }
            Role::GroupCall(group) => {
                Role::GroupCall(Arc::new(self.group_call((*group).clone(), random)))
            }
            Role::AutoAttendant(menu) => {
                Role::AutoAttendant(Arc::new(self.menu((*menu).clone(), random)))
            }
            Role::CallCenter(center) => {
                Role::CallCenter(Arc::new(self.center((*center).clone(), random)))
            }
        }
    }

    fn hunt(&self, group: HuntGroup, random: &mut Random) -> HuntGroup {
        use Policy::{Circular, Regular, Simultaneous, Uniform, Weighted};
        HuntGroup {
            policy: *random.pick(&[Regular, Circular, Simultaneous, Uniform, Weighted]),
            total_seconds: *random.pick(&[0, 20]),
            members: members(random),
            no_answer: self.maybe(random),
            not_reachable: self.maybe(random),
            ..group
        }
    }

    fn group_call(&self, group: GroupCall, random: &mut Random) -> GroupCall {
        let members = (0..random.below(4))
            .map(|_| *random.pick(&self.targets))
            .collect();
        GroupCall { members, ..group }
    }

    fn menu(&self, mut attendant: AutoAttendant, random: &mut Random) -> AutoAttendant {
        let menus = [
            Some(&mut attendant.business),
            Some(&mut attendant.after_hours),
        ];
        let submenus = attendant
            .submenus
            .iter_mut()
            .map(|submenu| &mut submenu.menu);
        for menu in menus.into_iter().flatten().chain(submenus) {
            menu.keys.clear();
            menu.extension_dialling = random.one_in(3);
            for sign in ['0', '1', '2'] {
                let key = KeyAction {
                    description: String::new(),
                    action: self.action(random),
                };
                menu.keys.insert(Key::new(sign).unwrap(), key);
            }
            menu.timeout = random.one_in(2).then(|| self.action(random));
        }
        attendant
    }

    fn action(&self, random: &mut Random) -> MenuAction {
        let to = *random.pick(&self.targets);
        match random.below(10) {
            0 => MenuAction::Submenu { menu: 3 },
            1 => MenuAction::Previous,
            2 => MenuAction::Repeat,
            3 => MenuAction::Mailbox {
                user: Some(person(random)),
            },
            4 => MenuAction::Operator { to },
            5 => MenuAction::ExtensionDialling,
            _ => MenuAction::Transfer {
                to,
                prompt: random.one_in(2),
            },
        }
    }

    fn center(&self, mut center: CallCenter, random: &mut Random) -> CallCenter {
        use centrale_core::organisation::{ClosedAction, Estimate, OverflowAction, StrandedAction};
        let to = *random.pick(&self.targets);
        center.agents = members(random);
        let estimates = [Estimate::Position, Estimate::Time];
        center.announcements.estimate = *random.pick(&estimates);
        center.forced.active = random.one_in(4);
        center.forced.number = self.maybe(random);
        center.night.action = if random.one_in(2) {
            ClosedAction::Forward { to }
        } else {
            ClosedAction::Busy
        };
        center.bounced.number = self.maybe(random);
        center.overflow.action = if random.one_in(3) {
            OverflowAction::Busy
        } else {
            OverflowAction::Forward { to }
        };
        center.stranded.action = if random.one_in(2) {
            StrandedAction::Forward { to }
        } else {
            StrandedAction::Stay
        };
        center
    }

    fn maybe(&self, random: &mut Random) -> Option<Destination> {
        (!random.one_in(3)).then(|| *random.pick(&self.targets))
    }
}

fn person(random: &mut Random) -> UserId {
    UserId(1 + random.below(u64::from(PERSONS)) as u32)
}

fn members(random: &mut Random) -> Vec<Member> {
    (0..random.below(4))
        .map(|_| Member {
            user: person(random),
            weight: random.below(50) as u8,
        })
        .collect()
}

/// Every party, a number outside, one that nobody has, and an emergency number.
fn targets() -> Vec<String> {
    let parties = (1..=PARTIES).map(|id| (100 + id).to_string());
    // So that the web hangs together, most of what is drawn is within it.
    parties
        .clone()
        .chain(parties)
        .chain(["+31655501199", "199", "112"].map(String::from))
        .collect()
}

fn settings(targets: &[String]) -> Vec<(&'static str, Vec<Value>)> {
    let each = |make: &dyn Fn(&str) -> Value| targets.iter().map(|to| make(to)).collect::<Vec<_>>();
    let number = |to: &str| json!({"active": true, "number": to});
    vec![
        ("forwarding-always", each(&number)),
        ("forwarding-busy", each(&number)),
        ("forwarding-no-answer", each(&number)),
        ("forwarding-not-reachable", each(&number)),
        (
            "forwarding-selective",
            each(&|to| {
                json!({"active": true, "number": to, "rules": [
            {"name": "a", "time": {"schedule": 1, "outside": true}}, {"name": "b", "who": {"from": "internal"}}]})
            }),
        ),
        ("remote-office", each(&number)),
        (
            "simultaneous-ring",
            each(
                &|to| json!({"active": true, "phones": [{"number": to}, {"number": "+31655501188"}], "rules": []}),
            ),
        ),
        (
            "sequential-ring",
            each(
                &|to| json!({"active": true, "phones": [{"number": "102"}, {"number": to, "confirm": true, "rings": 2}], "rules": [{"name": "a"}]}),
            ),
        ),
        (
            "voicemail-management",
            each(&|to| json!({"busy": true, "unanswered": true, "transfer": to})),
        ),
        ("do-not-disturb", vec![json!({"active": true})]),
        ("anonymous-rejection", vec![json!({"active": true})]),
        ("call-waiting", vec![json!({"active": true})]),
        (
            "call-transfer",
            vec![json!({"recall": true, "camp_on": true})],
        ),
    ]
}

fn organisation(services: &[Value]) -> Organisation {
    let persons: Vec<_> = (1..=PERSONS)
        .map(|id| {
            let devices: Vec<_> = (0..=id % 2)
                .map(|nth| json!({"id": id * 2 + nth, "name": "Desk", "kind": "desk", "account": format!("p{id}-{nth}")}))
                .collect();
            json!({"id": id, "login": format!("p{id}"), "first_name": "P", "last_name": id.to_string(), "profile": "fixed",
                "location": 1, "number": format!("+313055501{id:02}"), "extension": (100 + id).to_string(), "packs": [1],
                "devices": devices})
        })
        .collect();
    let identity = |id: u32| json!({"name": format!("g{id}"), "location": 1, "number": format!("+313055501{id:02}"), "extension": (100 + id).to_string(), "packs": [1]});
    let [hunt, group, menu, center] = [1, 2, 3, 4].map(|nth| PERSONS + nth);
    let mut whole = json!({
        "format": 1, "enterprise": {"name": "E"},
        "service_packs": [{"id": 1, "name": "All", "licences": 99, "services": services}],
        "locations": [{"id": 1, "name": "L", "country": "nl", "zone": "UTC", "prefix": "8", "numbers": [{"first": "+31305550100", "last": "+31305550199"}]}],
        "departments": [], "admins": [], "users": persons,
        "schedules": [{"id": 1, "owner": {"location": 1}, "name": "Office", "kind": {"type": "time", "blocks": [{"start": "mon 08:00", "end": "fri 18:00"}]}}],
        "hunt_groups": [{"id": hunt, "identity": identity(hunt)}],
        "group_calls": [{"id": group, "identity": identity(group)}],
        "auto_attendants": [{"id": menu, "identity": identity(menu), "hours": 1, "business": {}, "submenus": [{"id": 3, "name": "s", "menu": {}}]}],
        "call_centers": [{"id": center, "identity": identity(center), "queue": {"leave_key": "9"}, "night": {"hours": 1},
            "announcements": {"welcome": true, "whisper": true, "comfort": true, "comfort_interval": 10, "estimate": "position", "estimate_refresh": 10}, "overflow": {"after_seconds": 30}, "bounced": {"after_rings": 2}}],
    });
    serde_json::from_value(whole.take()).unwrap()
}
