//! A preview tells what the command line tells, byte for byte, or says that it is not known here: for random enterprises,
//! questions and askers, by the slices that the API and the browser decide by.

#[path = "../../../../core/tests/webs/enterprise.rs"]
mod enterprise;
#[path = "../../../../core/tests/webs/web.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "of the other webs only the generator of numbers is used here"
)]
mod web;

use super::reach::Reach;
use super::simulate::told;
use super::slice::also;
use crate::http::auth::Scope;
use crate::live::View;
use crate::store::Loaded;
use centrale_core::api::routing::{Question, Slice};
use centrale_core::id::{DepartmentId, LocationId, UserId};
use centrale_core::organisation::Organisation;
use centrale_core::time::Timestamp;
use centrale_core::trace::{Step, What};
use centrale_core::what_if::{Story, tell};
use enterprise::{PERSONS, location_of};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use web::Random;

const ENTERPRISES: u64 = 16;
const QUESTIONS: u64 = 40;
const NOW: Timestamp = Timestamp(1_795_510_800_000);

fn view(organisation: Organisation) -> Arc<View> {
    let loaded = Loaded::without_versions(organisation, 7);
    Arc::new(View::new(loaded))
}

/// As `POST /api/simulate` and `/api/users/{user}/simulate` tell it.
fn by_api(view: &View, scope: Scope, question: &Question) -> Story {
    let mut reach = Reach::of(view, scope);
    question.from.into_iter().for_each(|from| {
        reach.place(from);
    });
    told(&mut reach, question, NOW)
}

/// As the browser tells it: on the slice of a user, and on wider ones as long as the server knows more.
fn by_browser(view: &View, scope: Scope, user: UserId, question: &Question) -> Story {
    let mut asked = BTreeSet::new();
    loop {
        let text = asked
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(",");
        let mut reach = Reach::from(view, scope, user);
        also(
            &mut reach,
            view.snapshot
                .place(LocationId(location_of(user.0)))
                .unwrap(),
            &text,
        );
        let wire = serde_json::to_string(&reach.slice()).unwrap();
        let slice: Slice = serde_json::from_str(&wire).unwrap();
        let story = tell(&Arc::new(slice.snapshot(&[], &[])), &question.what_if(NOW));
        let before = asked.len();
        asked.extend(story.unknown().iter().cloned());
        if asked.len() == before {
            return story;
        }
    }
}

fn is_edge(step: &Step) -> bool {
    matches!(step.what, What::Hidden { .. } | What::NotKnown { .. })
}

/// Holds a story against the whole one. True: it is told to its end.
fn hold(story: &Story, whole: &Story, what: &str) -> bool {
    let lines = |steps: &[Step]| {
        steps
            .iter()
            .map(|step| json!(step).to_string())
            .collect::<Vec<_>>()
    };
    let known = story.trace.iter().position(is_edge);
    let (told, wanted) = (lines(&story.trace), lines(&whole.trace));
    let until = known.unwrap_or(told.len());
    assert_eq!(told[..until], wanted[..until.min(wanted.len())], "{what}");
    if known.is_none() {
        assert_eq!(
            (json!(story), told.len()),
            (json!(whole), wanted.len()),
            "{what}"
        );
    }
    known.is_none()
}

#[test]
fn previews_tell_what_the_command_line_tells() {
    let only = std::env::var("CENTRALE_SEED")
        .ok()
        .map(|seed| seed.parse::<u64>().unwrap());
    let (mut of_users, mut told_of_users, mut of_admins, mut told_of_admins) = (0, 0, 0, 0);
    for seed in only.map_or(0..ENTERPRISES, |seed| seed..seed + 1) {
        let mut random = Random::new(seed);
        let view = view(enterprise::organisation(&mut random));
        for nth in 0..QUESTIONS {
            let question = enterprise::question(&mut random);
            let whole = tell(&view.snapshot, &question.what_if(NOW));
            let user = UserId(1 + random.below(u64::from(PERSONS)) as u32);
            let what = |who: &str| {
                format!(
                    "CENTRALE_SEED={seed}, question {nth}, {who}: {}",
                    json!(question)
                )
            };
            let everything = Scope::EnterpriseAdmin;
            assert!(
                hold(&by_api(&view, everything, &question), &whole, &what("API")),
                "{}",
                what("API")
            );
            let browser = by_browser(&view, everything, user, &question);
            assert!(
                hold(&browser, &whole, &what("browser")),
                "{}",
                what("browser")
            );
            let location = Scope::LocationAdmin(LocationId(location_of(user.0)));
            let department = Scope::DepartmentAdmin(DepartmentId(1 + random.below(3) as u32));
            for scope in [location, department, Scope::User(user)] {
                let who = format!("{scope:?}");
                let api = hold(&by_api(&view, scope, &question), &whole, &what(&who));
                let browser = hold(
                    &by_browser(&view, scope, user, &question),
                    &whole,
                    &what(&who),
                );
                if scope == Scope::User(user) {
                    (of_users, told_of_users) = (of_users + 1, told_of_users + u32::from(browser));
                } else {
                    (of_admins, told_of_admins) = (of_admins + 1, told_of_admins + u32::from(api));
                }
            }
        }
    }
    if only.is_none() {
        // Most calls leave what a user may see; enough of them do not.
        assert!(
            told_of_users * 20 > of_users,
            "{told_of_users} of {of_users}"
        );
        assert!(
            told_of_admins * 8 > of_admins,
            "{told_of_admins} of {of_admins}"
        );
    }
}

fn hunt_group_of(members: u32) -> Arc<View> {
    let users: Vec<_> = (1..=members)
        .map(|id| {
            json!({"id": id, "login": format!("p{id}"), "first_name": "P", "last_name": id.to_string(),
                "profile": "fixed", "location": 1, "extension": (10_000 + id).to_string(),
                "devices": [{"id": id, "name": "Desk", "kind": "desk", "account": format!("p{id}")}]})
        })
        .collect();
    let each: Vec<_> = (1..=members).map(|id| json!({"user": id})).collect();
    let organisation = json!({
        "format": 1, "enterprise": {"name": "E"}, "departments": [], "admins": [], "schedules": [], "service_packs": [],
        "locations": [{"id": 1, "name": "L", "country": "nl", "zone": "UTC", "numbers": []}], "users": users,
        "hunt_groups": [{"id": members + 1, "identity": {"name": "All", "location": 1, "extension": "99"},
            "policy": "simultaneous", "members": each}],
    });
    view(serde_json::from_value(organisation).unwrap())
}

#[test]
fn a_large_group_rings_whole_or_the_path_says_that_it_is_cut() {
    let question: Question = serde_json::from_value(json!({"dialled": "99", "from": 1})).unwrap();
    let check = |members: u32, whole: bool| {
        let view = hunt_group_of(members);
        let full = tell(&view.snapshot, &question.what_if(NOW));
        for story in [
            by_api(&view, Scope::EnterpriseAdmin, &question),
            by_browser(&view, Scope::EnterpriseAdmin, UserId(1), &question),
        ] {
            assert_eq!(hold(&story, &full, "a large group"), whole, "{members}");
            assert_eq!(story.unknown().is_empty(), whole, "{members}");
        }
    };
    check(500, true);
    check(2_500, false);
}
