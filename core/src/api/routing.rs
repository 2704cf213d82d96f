//! Previews: what the browser needs to decide calls by itself, and asking the server to decide one.

use super::endpoint;
use crate::call::Request;
use crate::caller::Caller;
use crate::id::{LocationId, ScheduleId, UserId};
use crate::number::{Destination, E164};
use crate::organisation::{Location, Part, RoleKind, ServicePack, User};
use crate::rule::Kind;
use crate::schedule::Schedule;
use crate::service::ServiceId;
use crate::snapshot::{Answer, Beyond, Edge, Place, Role, Shared, Snapshot, Source, Unknown};
use crate::time::{Timestamp, Zone};
use crate::what_if::{CentersScript, Later, LineScript, MOST_UNKNOWN, Story, Stretch, WhatIf};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The part of the configuration that calls to one user can touch, as far as the asker may see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slice {
    /// The version of the configuration.
    pub version: u64,
    /// Users: the one asked for, and those whom calls may reach.
    pub users: Vec<SliceUser>,
    /// Their locations, with their time zones; of those that the asker does not administer only what calls need.
    pub locations: Vec<(Location, Zone)>,
    /// The schedules that they can link; those that the asker may only link are without times.
    pub schedules: Vec<Schedule>,
    /// The service packs that the users have, without their names and licences.
    pub packs: Vec<ServicePack>,
    /// What the virtual users among the users are that the asker may see: groups, menus and queues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// What holds for the whole enterprise, as far as it is theirs.
    #[serde(default)]
    pub shared: Shared,
    /// What is known of the rest.
    #[serde(default)]
    pub beyond: Beyond,
}

/// A user in a slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SliceUser {
    /// The user; without settings and contact details when they are hidden.
    pub user: User,
    /// The version of each saved setting, by service.
    pub versions: BTreeMap<String, u64>,
    /// The asker may not see the settings.
    pub hidden: bool,
    /// A person, or a group, menu or queue.
    #[serde(default)]
    pub kind: RoleKind,
}

/// What else the slice is to hold: numbers that a draft forwards to, and what a story met at the edge of a slice before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Also {
    /// Numbers and extensions, and what a step `not-known` names, separated by commas.
    pub also: String,
}

/// A what-if for the server, on saved settings or on a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Who calls.
    #[serde(default)]
    pub caller: Caller,
    /// What is dialled.
    pub dialled: String,
    /// The location at whose phone it is dialled; none: the public network.
    #[serde(default)]
    pub from: Option<LocationId>,
    /// The caller asked that nobody forwards the call.
    #[serde(default)]
    pub diversion_inhibited: bool,
    /// When, in milliseconds since 1970 UTC; none: now.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// What the lines of users do; those not named answer.
    #[serde(default)]
    pub lines: BTreeMap<UserId, LineScript>,
    /// What numbers outside do.
    #[serde(default)]
    pub outside: LineScript,
    /// The mailboxes in which no more messages fit.
    #[serde(default)]
    pub full: BTreeSet<UserId>,
    /// What some numbers outside do instead.
    #[serde(default)]
    pub numbers: BTreeMap<E164, LineScript>,
    /// Whoever answers and is asked to confirm it does not press the key.
    #[serde(default)]
    pub unconfirmed: bool,
    /// The keys that the caller presses, a text for each prompt.
    #[serde(default)]
    pub keys: Vec<String>,
    /// What else people do, in the order of time.
    #[serde(default)]
    pub later: Vec<Later>,
    /// After how many seconds the caller gives up; none: an hour.
    #[serde(default)]
    pub patience: Option<u32>,
    /// How call centers are found: their agents, the calls ahead, what codes have forced.
    #[serde(default)]
    pub centers: CentersScript,
    /// From which draws are made.
    #[serde(default)]
    pub seed: u64,
    /// Settings to try instead of the saved ones.
    #[serde(default)]
    pub draft: Vec<Draft>,
}

/// A what-if for each hour of a span of time, a week at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Who calls.
    #[serde(default)]
    pub caller: Caller,
    /// What is dialled.
    pub dialled: String,
    /// The location at whose phone it is dialled; none: the public network.
    #[serde(default)]
    pub from: Option<LocationId>,
    /// The first moment, in milliseconds since 1970 UTC.
    pub since: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
    /// What the lines of users do; those not named answer.
    #[serde(default)]
    pub lines: BTreeMap<UserId, LineScript>,
    /// Settings to try instead of the saved ones.
    #[serde(default)]
    pub draft: Vec<Draft>,
}

/// Settings that are not saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Whose.
    pub user: UserId,
    /// Of which service.
    pub service: ServiceId,
    /// The settings, complete.
    pub settings: Value,
}

impl Question {
    /// The question as the engine takes it.
    pub fn what_if(&self, now: Timestamp) -> WhatIf {
        WhatIf {
            request: Request {
                caller: self.caller,
                dialled: self.dialled.clone(),
                from: self.from,
                diversion_inhibited: self.diversion_inhibited,
                ..Request::default()
            },
            at: self.at.unwrap_or(now),
            lines: self.lines.clone(),
            outside: self.outside,
            numbers: self.numbers.clone(),
            full: self.full.clone(),
            confirm: !self.unconfirmed,
            keys: self.keys.clone(),
            later: self.later.clone(),
            patience: self.patience,
            centers: self.centers.clone(),
            memory: BTreeMap::new(),
            seed: self.seed,
            ..WhatIf::default()
        }
    }
}

impl Span {
    /// The question at the first moment.
    pub fn question(&self) -> Question {
        Question {
            caller: self.caller,
            dialled: self.dialled.clone(),
            from: self.from,
            diversion_inhibited: false,
            at: Some(self.since),
            lines: self.lines.clone(),
            outside: LineScript::default(),
            full: BTreeSet::new(),
            numbers: BTreeMap::new(),
            unconfirmed: false,
            keys: Vec::new(),
            later: Vec::new(),
            patience: None,
            centers: CentersScript::default(),
            seed: 0,
            draft: self.draft.clone(),
        }
    }
}

impl Slice {
    /// The snapshot that the browser decides by, with a draft laid over the saved settings.
    pub fn snapshot(&self, drafts: &[Draft], schedules: &[Schedule]) -> Snapshot {
        let mut snapshot = Snapshot::default();
        snapshot.version = self.version;
        for (location, zone) in &self.locations {
            snapshot.put_place(Place::of(location, &|_| Some(zone.clone())));
        }
        let hidden: BTreeSet<ScheduleId> = self.hidden_schedules().collect();
        let (hidden, seen): (Vec<_>, Vec<_>) = self
            .schedules
            .iter()
            .chain(schedules)
            .partition(|schedule| hidden.contains(&schedule.id));
        for schedule in seen {
            snapshot.put_schedule(schedule);
        }
        snapshot.put_shared(self.shared.clone());
        let roles: BTreeMap<u32, Role> = self
            .parts
            .iter()
            .filter_map(|part| Some((part.key().id, part.role()?)))
            .collect();
        for entry in &self.users {
            let mut user = entry.user.clone();
            for draft in drafts.iter().filter(|d| d.user == user.id) {
                user.services
                    .insert(draft.service.0.to_owned(), draft.settings.clone());
            }
            let services = &std::mem::take(&mut user.services);
            snapshot.put_user(&Source {
                user: Arc::new(user),
                services,
                role: roles.get(&entry.user.id.0).cloned().unwrap_or_default(),
                versions: &entry.versions,
                packs: &self.packs,
                hidden: entry.hidden,
            });
        }
        let groups = self
            .users
            .iter()
            .filter(|entry| entry.hidden && entry.kind != RoleKind::Person);
        let edge = Edge::new(&self.beyond, groups.map(|entry| entry.user.id));
        snapshot.end_at(
            edge,
            hidden
                .into_iter()
                .map(|schedule| (schedule.id, Kind::from(&schedule.kind))),
        );
        snapshot
    }

    /// The schedules of which the asker may know the name and not the times.
    pub fn hidden_schedules(&self) -> impl Iterator<Item = ScheduleId> {
        self.beyond.answers.iter().filter_map(|known| match known {
            (Unknown::Schedule(id), Answer::Hidden) => Some(*id),
            _ => None,
        })
    }
}

/// What would have to be known to tell what a number reaches that is dialled at a place, or whose it is.
pub fn unknown_at(snapshot: &Snapshot, place: &Place, number: &str) -> Vec<Unknown> {
    let (Some(edge), Ok(destination)) = (snapshot.edge(), Destination::parse(number)) else {
        return Vec::new();
    };
    edge.begin(false);
    crate::dial::reach(snapshot, place, &destination);
    edge.unknown(MOST_UNKNOWN)
}

/// A caller as typed into a what-if: a number, or nothing for an unknown one. `None`: no number, or one of which the
/// snapshot does not know whose it is.
pub fn caller_from(
    snapshot: &Snapshot,
    place: &Place,
    text: &str,
    withheld: bool,
) -> Option<Caller> {
    use crate::dial::{Target, reach};
    if text.trim().is_empty() {
        return Some(Caller {
            withheld,
            ..Caller::default()
        });
    }
    if !unknown_at(snapshot, place, text).is_empty() {
        return None;
    }
    let destination = Destination::parse(text).ok()?;
    match reach(snapshot, place, &destination) {
        Target::User(user) | Target::Alternate(user, _) => {
            let known = &snapshot.user(user)?.user;
            let (number, extension) = (known.number, known.extension);
            Some(Caller {
                number,
                extension,
                user: Some(user),
                withheld,
            })
        }
        Target::Outside(number) => Some(Caller {
            number: Some(number),
            withheld,
            ..Caller::default()
        }),
        _ => None,
    }
}

endpoint! {
    /// Gives the part of the configuration that calls to the user can touch, for previews in the browser.
    GetSlice: Get "/api/users/{user}/slice", OfUser, UserId, Also => Slice
}
endpoint! {
    /// Tells what a call to any number would do, on saved settings or on drafts of users whom the administrator sees.
    SimulateAny: Post "/api/simulate", Admin, (), Question => Story
}
endpoint! {
    /// Tells what a call to the user would do, on saved settings or on a draft of theirs.
    Simulate: Post "/api/users/{user}/simulate", OfUser, UserId, Question => Story
}
endpoint! {
    /// Tells what calls to the user would do in each hour of a week at most, as at the beginning of the hour: also where the
    /// asker may not see the times of schedules that decide it. Neighbouring hours with one outcome are one stretch.
    Week: Post "/api/users/{user}/week", OfUser, UserId, Span => Vec<Stretch>
}
