//! Is a call forwarded: the decision with its trace, up to the first action, for users with six rules of three
//! criteria. The peer answers the same by ten policies; its request is made beforehand, with the local time and whether
//! it is a holiday, which the core finds out each time.

use crate::measure::Pair;
use crate::organisation::{self, HOLIDAYS, RULES, Random, amsterdam, hours, listed, number};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request as Question,
    RestrictedExpression,
};
use centrale_core::call::{Action, Call, Input, LegAction, Request};
use centrale_core::caller::Caller;
use centrale_core::rule::Schedules;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::{Timestamp, Zone};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

/// 2026-01-01 in seconds since the epoch.
const FROM: i64 = 1_767_225_600;
const YEAR: u64 = 365 * 86_400;
const CALLS: usize = 4096;

/// A call to a user of the organisation.
#[derive(Clone)]
pub(crate) struct Incoming {
    user: u32,
    caller: String,
    at: Timestamp,
}

/// Calls to random users at random moments: from a number of one rule, of all rules, or of none.
pub(crate) fn calls(users: u32, count: usize) -> Vec<Incoming> {
    let mut random = Random(2);
    let call = |_| {
        let user = 1 + random.below(u64::from(users)) as u32;
        let numbers = listed(user, random.below(u64::from(RULES)) as u32);
        let caller = match random.below(4) {
            0 => format!("+3120{:07}", random.below(10_000_000)),
            1 => numbers[2].clone(),
            n => numbers[n as usize - 2].clone(),
        };
        Incoming {
            user,
            caller,
            at: Timestamp::from_seconds(FROM + random.below(YEAR) as i64),
        }
    };
    (0..count).map(call).collect()
}

/// The question as the core takes it.
pub(crate) fn request(call: &Incoming) -> (Timestamp, Request) {
    let caller = Caller::external(call.caller.parse().expect("a number"));
    (
        call.at,
        Request {
            caller,
            dialled: number(call.user),
            from: None,
            diversion_inhibited: false,
            block_next: None,
        },
    )
}

/// Whether the core forwards a call.
pub(crate) fn forwards(snapshot: &Arc<Snapshot>, (at, request): &(Timestamp, Request)) -> bool {
    let mut call = Call::new(snapshot.clone(), request.clone());
    let actions = call.handle(*at, Input::Start);
    black_box(call.trace());
    matches!(actions.last(), Some(Action::Leg(LegAction::Ring { .. })))
}

/// What the pair of the usual size is called.
pub(crate) const NAME: &str = "decision with trace, 6 rules of 3 criteria, 10 000 users";

/// The core beside the `cedar-policy` crate. The peer holds only the users who are called, which is to its advantage.
pub(crate) fn pair(name: &'static str, users: u32) -> Pair {
    let snapshot = Arc::new(organisation::snapshot(users));
    let zone = amsterdam();
    let calls = calls(users, CALLS);
    let called: BTreeSet<u32> = calls.iter().map(|call| call.user).collect();
    let ours: Vec<_> = calls.iter().map(request).collect();
    let theirs: Vec<_> = calls
        .iter()
        .map(|call| question(&snapshot, &zone, call))
        .collect();
    let (authorizer, policies, entities) = (Authorizer::new(), policies(), entities(called));
    let allowed = move |question: &Question| {
        black_box(authorizer.is_authorized(question, &policies, &entities)).decision()
            == Decision::Allow
    };
    for (place, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        assert_eq!(forwards(&snapshot, ours), allowed(theirs), "call {place}");
    }
    Pair {
        name,
        peer_name: "cedar-policy 4.14, 10 policies",
        target: 20.0,
        questions: CALLS,
        core: Box::new(move |some| {
            ours[some]
                .iter()
                .filter(|call| forwards(&snapshot, call))
                .count()
        }),
        peer: Box::new(move |some| theirs[some].iter().filter(|call| allowed(call)).count()),
    }
}

fn uid(kind: &str, id: &str) -> EntityUid {
    format!("{kind}::\"{id}\"")
        .parse()
        .expect("a name of an entity")
}

/// A policy for each rule, and one for each reason not to forward.
fn policies() -> PolicySet {
    let mut text = String::from(
        r#"
        forbid(principal, action == Action::"forward", resource) when { context.inhibited };
        forbid(principal, action == Action::"forward", resource) when { context.withheld && resource.rejects_anonymous };
        forbid(principal, action == Action::"forward", resource) unless { resource.active };
        forbid(principal, action == Action::"forward", resource) unless { resource.packs.contains("All") };
        "#,
    );
    for rule in 0..RULES {
        let (from, to) = hours(rule);
        let _ = write!(
            text,
            r#"permit(principal, action == Action::"forward", resource) when {{
                context.weekday < 5 && context.hour >= {from} && context.hour < {to} && !context.holiday
                && resource.rule{rule}.contains(context.caller) }};"#,
        );
    }
    text.parse().expect("policies of the peer's grammar")
}

fn entities(users: BTreeSet<u32>) -> Entities {
    let texts = |texts: &[String]| {
        RestrictedExpression::new_set(texts.iter().cloned().map(RestrictedExpression::new_string))
    };
    let location = uid("Location", "1");
    let user = |id: u32| {
        let rules = (0..RULES).map(|rule| (format!("rule{rule}"), texts(&listed(id, rule))));
        let settings = [
            ("active".to_owned(), RestrictedExpression::new_bool(true)),
            (
                "rejects_anonymous".to_owned(),
                RestrictedExpression::new_bool(false),
            ),
            ("packs".to_owned(), texts(&["All".to_owned()])),
        ];
        let attributes: HashMap<_, _> = rules.chain(settings).collect();
        Entity::new(
            uid("User", &id.to_string()),
            attributes,
            HashSet::from([location.clone()]),
        )
        .expect("attributes without calls")
    };
    let all = users
        .into_iter()
        .map(user)
        .chain([Entity::new_no_attrs(location.clone(), HashSet::new())]);
    Entities::from_entities(all, None).expect("entities that differ")
}

fn question(snapshot: &Snapshot, zone: &Zone, call: &Incoming) -> Question {
    let local = zone.local(call.at);
    let holiday = snapshot
        .schedule(HOLIDAYS)
        .is_some_and(|days| days.state(call.at, zone).active);
    let long = |value: u16| RestrictedExpression::new_long(i64::from(value));
    let facts = [
        (
            "caller",
            RestrictedExpression::new_string(call.caller.clone()),
        ),
        ("weekday", long(local.minute_of_week() / 1440)),
        ("hour", long(local.minute_of_day() / 60)),
        ("holiday", RestrictedExpression::new_bool(holiday)),
        ("inhibited", RestrictedExpression::new_bool(false)),
        ("withheld", RestrictedExpression::new_bool(false)),
    ];
    let facts = facts.map(|(name, fact)| (name.to_owned(), fact));
    let context = Context::from_pairs(facts).expect("facts that differ");
    let (caller, user) = (
        uid("Caller", &call.caller),
        uid("User", &call.user.to_string()),
    );
    Question::new(caller, uid("Action", "forward"), user, context, None)
        .expect("no schema, nothing to refuse")
}
