//! What a principal is shown of the part of the configuration that was found (requirement K8): of others what everybody may
//! know of each other, of places no more than calls need, of schedules that they may only link the name.

use super::reach::{Reach, part};
use crate::http::auth::Scope;
use crate::live::{Directory, Member};
use centrale_core::api::routing::{Slice, SliceUser};
use centrale_core::id::{DepartmentId, LocationId, ScheduleId, UserId};
use centrale_core::organisation::{
    CenterDefaults, Department, Language, Location, Music, Outgoing, OutgoingOwner, OutgoingTable,
    ParkGroup, Part, PickupGroup, Profile, ServicePack, Shared, SiteForwarding, SiteSettings,
    Upload, UploadOwner, User,
};
use centrale_core::schedule::{Schedule, ScheduleOwner};
use centrale_core::snapshot::{Answer, Beyond, Unknown};
use centrale_core::time::Zone;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The slice of what was found.
pub(super) fn slice(reach: &Reach<'_>) -> Slice {
    let directory = &reach.view.directory;
    let members: Vec<&Arc<Member>> = reach
        .found
        .iter()
        .filter_map(|id| directory.user(*id))
        .collect();
    let seen: Vec<&Arc<Member>> = members
        .iter()
        .copied()
        .filter(|member| reach.scope.covers(directory, &member.user))
        .collect();
    let parts: Vec<Part> = seen
        .iter()
        .filter_map(|member| part(reach.view, member.user.id))
        .collect();
    let (schedules, hidden) = schedules(reach, &seen);
    let hidden = hidden
        .into_iter()
        .map(|schedule| (Unknown::Schedule(schedule), Answer::Hidden));
    let answers = reach
        .answers
        .iter()
        .map(|(asked, answer)| (asked.clone(), answer.clone()));
    Slice {
        version: reach.view.snapshot.version,
        locations: locations(reach, &members),
        schedules,
        packs: packs(directory, &seen),
        shared: shared(reach, &seen, &parts),
        parts,
        users: members
            .iter()
            .map(|member| user(directory, reach.scope, member))
            .collect(),
        beyond: Beyond {
            country: reach.view.snapshot.public_country(),
            numbers: reach.view.snapshot.numbers().collect(),
            countries: reach
                .view
                .snapshot
                .places()
                .map(|place| place.country)
                .collect(),
            barred: barred(reach, &members),
            answers: answers.chain(hidden).collect(),
        },
    }
}

fn locations(reach: &Reach<'_>, members: &[&Arc<Member>]) -> Vec<(Location, Zone)> {
    let of_members = members.iter().map(|member| member.user.location);
    let all: BTreeSet<LocationId> = reach.places.iter().copied().chain(of_members).collect();
    let shown = |id: LocationId| {
        let zone = reach.view.snapshot.place(id)?.zone.clone();
        Some((
            location(reach, reach.view.directory.location_with_site(id)?),
            zone,
        ))
    };
    all.into_iter().filter_map(shown).collect()
}

/// A location. Its users see where it forwards calls (requirement C12), others only how it is dialled.
fn location(reach: &Reach<'_>, whole: Location) -> Location {
    if reach.scope.administers(whole.id) {
        return whole;
    }
    let SiteSettings {
        language,
        speed_dial_prefix,
        emergency,
        forwarding,
        ..
    } = whole.site;
    let known = reach.scope.knows(&reach.view.directory, whole.id);
    let forwarding = if known {
        forwarding
    } else {
        SiteForwarding::default()
    };
    let site = SiteSettings {
        language,
        speed_dial_prefix,
        emergency,
        forwarding,
        ..SiteSettings::default()
    };
    Location {
        numbers: Vec::new(),
        site,
        ..whole
    }
}

/// The schedules that users can link, and which of them the principal may only link.
fn schedules(reach: &Reach<'_>, seen: &[&Arc<Member>]) -> (Vec<Schedule>, Vec<ScheduleId>) {
    let directory = &reach.view.directory;
    let users: BTreeSet<UserId> = seen.iter().map(|member| member.user.id).collect();
    let places: BTreeSet<LocationId> = seen.iter().map(|member| member.user.location).collect();
    let linkable = |schedule: &Schedule| match schedule.owner {
        ScheduleOwner::User(user) => users.contains(&user),
        ScheduleOwner::Location(location) => {
            let asked =
                reach.schedules.contains(&schedule.id) && reach.scope.knows(directory, location);
            asked || places.contains(&location)
        }
    };
    let all = directory
        .schedules()
        .map(|stored| &stored.schedule)
        .filter(|schedule| linkable(schedule));
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for schedule in all {
        if reach.scope.may_edit(directory, schedule) {
            shown.push(schedule.clone());
        } else {
            hidden.push(schedule.id);
            shown.push(schedule.named());
        }
    }
    (shown, hidden)
}

/// The packs by which services are assigned; what they cost and are called is no matter of calls.
fn packs(directory: &Directory, seen: &[&Arc<Member>]) -> Vec<ServicePack> {
    let theirs: BTreeSet<_> = seen.iter().flat_map(|member| &member.user.packs).collect();
    let packs = directory
        .packs()
        .iter()
        .filter(|pack| theirs.contains(&pack.id));
    packs
        .map(|pack| ServicePack {
            name: String::new(),
            licences: 0,
            services: pack.services.clone(),
            ..*pack
        })
        .collect()
}

/// What holds for the whole enterprise, as far as it is theirs whom the principal sees. Groups are there so that a call knows
/// whether somebody is in one.
fn shared(reach: &Reach<'_>, seen: &[&Arc<Member>], parts: &[Part]) -> Shared {
    let (directory, scope) = (&reach.view.directory, reach.scope);
    let whole = reach.view.snapshot.shared();
    let users: BTreeSet<UserId> = seen.iter().map(|member| member.user.id).collect();
    let theirs = |members: &[UserId]| -> Vec<UserId> {
        members
            .iter()
            .copied()
            .filter(|member| users.contains(member))
            .collect()
    };
    let parking = whole.park_groups.iter().map(|group| ParkGroup {
        name: String::new(),
        alternate: None,
        members: theirs(&group.members),
        ..*group
    });
    let picking_up = whole.pickup_groups.iter().map(|group| PickupGroup {
        name: String::new(),
        members: theirs(&group.members),
        ..*group
    });
    let plays = |upload: &&Arc<Upload>| match upload.owner {
        UploadOwner::User(user) => users.contains(&user),
        owner => scope.sees_upload(directory, owner),
    };
    let has_queue = parts.iter().any(|part| matches!(part, Part::CallCenter(_)));
    Shared {
        outgoing: outgoing(reach, seen),
        codes: whole.codes.clone(),
        centers: if has_queue {
            whole.centers.clone()
        } else {
            CenterDefaults::default()
        },
        pickup: whole.pickup,
        departments: departments(directory, seen),
        park_groups: parking.filter(|group| !group.members.is_empty()).collect(),
        pickup_groups: picking_up
            .filter(|group| !group.members.is_empty())
            .collect(),
        uploads: whole
            .uploads
            .iter()
            .filter(plays)
            .map(|upload| Upload::clone(upload))
            .collect(),
    }
}

/// Which calls may leave, for the users whom the principal sees; how many is no matter of a preview.
fn outgoing(reach: &Reach<'_>, seen: &[&Arc<Member>]) -> OutgoingTable {
    let (directory, scope) = (&reach.view.directory, reach.scope);
    let wanted = |owner: OutgoingOwner| match owner {
        OutgoingOwner::Enterprise => true,
        OutgoingOwner::Location(location) => {
            scope.knows(directory, location)
                || seen.iter().any(|member| member.user.location == location)
        }
        OutgoingOwner::Department(id) => seen
            .iter()
            .filter_map(|member| member.user.department)
            .any(|own| directory.is_within(own, id)),
        OutgoingOwner::User(user) => seen.iter().any(|member| member.user.id == user),
    };
    let all = Vec::from(reach.view.snapshot.shared().outgoing.clone());
    let shown = all.into_iter().filter(|set| wanted(set.owner));
    let classes = shown.map(|set| Outgoing {
        classes: set.classes,
        ..Outgoing::new(set.owner)
    });
    classes.collect::<Vec<_>>().into()
}

/// The hidden users for whom it is set nearer than the enterprise which calls may leave.
fn barred(reach: &Reach<'_>, members: &[&Arc<Member>]) -> BTreeSet<UserId> {
    let directory = &reach.view.directory;
    let set = &reach.view.snapshot.shared().outgoing;
    if set.is_empty() {
        return BTreeSet::new();
    }
    let hidden = members.iter().map(|member| &member.user);
    let hidden = hidden.filter(|user| !reach.scope.covers(directory, user));
    let is_set = |owner| set.get(owner).is_some_and(|set| !set.classes.is_empty());
    let nearer = hidden.filter(|user| {
        let above = directory.departments().filter(|d| {
            user.department
                .is_some_and(|u| directory.is_within(u, d.id))
        });
        is_set(OutgoingOwner::User(user.id))
            || is_set(OutgoingOwner::Location(user.location))
            || above
                .map(|department| OutgoingOwner::Department(department.id))
                .any(is_set)
    });
    nearer.map(|user| user.id).collect()
}

/// The departments of users and those above them, with what their music is played for.
fn departments(directory: &Directory, seen: &[&Arc<Member>]) -> BTreeMap<DepartmentId, Department> {
    let mut found = BTreeMap::new();
    for member in seen {
        let mut next = member.user.department;
        while let Some(department) = next.and_then(|id| directory.department(id)) {
            let music = department.music.as_ref();
            let music = music.map(
                |Music {
                     on_hold,
                     parked,
                     camped_on,
                     ..
                 }| Music {
                    on_hold: *on_hold,
                    parked: *parked,
                    camped_on: *camped_on,
                    ..Music::default()
                },
            );
            let shown = Department {
                name: String::new(),
                music,
                ..*department
            };
            // At most as many steps as there are departments, so that parents in a circle end too. Imports refuse a circle.
            next = if found.insert(department.id, shown).is_none() {
                department.parent
            } else {
                None
            };
        }
    }
    found
}

fn user(directory: &Directory, scope: Scope, member: &Member) -> SliceUser {
    let (user, kind) = (&*member.user, member.role.kind());
    if scope.covers(directory, user) {
        return SliceUser {
            user: user.clone(),
            versions: member.versions.clone(),
            hidden: false,
            kind,
        };
    }
    let (first_name, last_name) = match member.role.identity() {
        Some(identity) => (String::new(), identity.name.clone()),
        None => (user.first_name.clone(), user.last_name.clone()),
    };
    let user = User {
        id: user.id,
        login: String::new(),
        first_name,
        last_name,
        email: String::new(),
        language: Language::default(),
        profile: Profile::Fixed,
        location: user.location,
        department: None,
        number: user.number,
        extension: user.extension,
        alternates: Vec::new(),
        mobile: None,
        packs: Vec::new(),
        devices: Vec::new(),
        services: BTreeMap::new(),
    };
    SliceUser {
        user,
        versions: BTreeMap::new(),
        hidden: true,
        kind,
    }
}
