//! Properties of dialling: any text is read, the longest code counts, emergency numbers always win, and what is read key
//! by key is what is dialled at once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::call::{Action, Request, ServiceAction};
use centrale_core::caller::Caller;
use centrale_core::dial::{Dialled, Target, dial, overlaps, read};
use centrale_core::feature::{Codes, Feature};
use centrale_core::id::{LocationId, UserId};
use centrale_core::service::find;
use centrale_core::snapshot::Snapshot;
use centrale_core::trace::What;
use centrale_core::what_if::{WhatIf, rehearse};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Speed dials, codes of features, and emergency numbers.
type Setup = (Vec<(u8, String)>, Vec<(usize, String)>, Vec<String>);

/// The organisation of the scenarios, with speed dials, codes and emergency numbers of any kind.
fn snapshot((speed_dials, codes, emergency): &Setup) -> Snapshot {
    let mut organisation = support::organisation();
    let entry = |(code, number): &(u8, String)| json!({"code": format!("{:02}", code % 100), "number": number});
    let numbers: Vec<_> = speed_dials.iter().map(entry).collect();
    organisation.users[0]
        .services
        .insert("speed-dial".into(), json!({"numbers": numbers}));
    let chosen = codes
        .iter()
        .map(|(feature, code)| (Feature::ALL[feature % Feature::ALL.len()], code));
    organisation.enterprise.codes = chosen
        .map(|(feature, code)| (feature, code.parse().unwrap()))
        .collect();
    organisation.locations[0]
        .site
        .emergency
        .clone_from(emergency);
    Snapshot::of(&organisation, &support::zone)
}

fn anything() -> impl Strategy<Value = Setup> {
    (
        prop::collection::vec((0..100u8, "[*#0-9]{2,8}"), 0..8),
        prop::collection::vec((0..100usize, "[*#][0-9*#]{1,5}"), 0..8),
        prop::collection::vec("[0-9]{2,5}", 0..3),
    )
}

/// What the first user reaches at their own phone.
fn reached(snapshot: &Snapshot, digits: &str) -> Target {
    let caller = snapshot.user(UserId(1)).unwrap();
    dial(snapshot, &caller.place, Some(caller), digits)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(setup in anything(), digits in "\\PC{0,40}", done: bool) {
        let snapshot = snapshot(&setup);
        let caller = snapshot.user(UserId(1)).unwrap();
        for place in snapshot.places() {
            let target = dial(&snapshot, place, Some(caller), &digits);
            if let Dialled::Complete(read) | Dialled::MoreMayCome(read) =
                read(&snapshot, place, Some(caller), &digits, done)
            {
                prop_assert_eq!(read, target);
            }
        }
        overlaps(&snapshot);
    }

    #[test]
    fn key_by_key_is_what_is_dialled_at_once(setup in anything(), digits in "[*#0-9]{1,14}") {
        let snapshot = snapshot(&setup);
        let caller = snapshot.user(UserId(1)).unwrap();
        let after = |keys: usize, done| read(&snapshot, &caller.place, Some(caller), &digits[..keys], done);
        let last = after(digits.len(), true);
        prop_assert_eq!(last, Dialled::Complete(reached(&snapshot, &digits)));
        // What is complete before the last key is never made into something else, but by an end of the code's digits.
        let complete = (1..digits.len()).find(|keys| matches!(after(*keys, false), Dialled::Complete(_)));
        if let Some(keys) = complete {
            let early = reached(&snapshot, &digits[..keys]);
            let late = reached(&snapshot, &digits);
            let same_code = matches!((early, late), (Target::Code(a, _), Target::Code(b, _)) if a == b);
            let nothing = match late {
                Target::NotDiallable | Target::NotInUse => true,
                // Digits behind a code that takes none.
                Target::Code(feature, Some(_)) => !feature.takes_digits(),
                _ => false,
            };
            let hurry = matches!(early, Target::Emergency(_));
            prop_assert!(same_code || nothing || hurry, "{early:?} after {keys} keys, {late:?} after all");
        }
    }

    #[test]
    fn the_longest_code_counts(codes in prop::collection::vec((0..100usize, "[*#][0-9*#]{1,5}"), 0..20), digits in "[*#][0-9*#]{0,8}") {
        let own: BTreeMap<_, _> =
            codes.iter().map(|(f, code)| (Feature::ALL[f % Feature::ALL.len()], code.parse().unwrap())).collect();
        let codes = Codes::new(&own);
        let begins = |code: &str| digits.starts_with(code);
        let longest = codes.all().map(|(_, code)| code.to_string()).filter(|code| begins(code)).map(|c| c.len()).max();
        prop_assert_eq!(codes.longest(&digits).map(|(_, code)| code.len()), longest);
    }

    #[test]
    fn emergency_numbers_always_win(setup in anything(), spaced: bool) {
        let snapshot = snapshot(&setup);
        let place = snapshot.place(LocationId(1)).unwrap();
        let numbers: Vec<String> = place.emergency().map(|number| number.to_string()).collect();
        for number in numbers {
            let dialled = if spaced { format!(" {number}\u{a0}") } else { number.clone() };
            let emergency = Target::Emergency(number.parse().unwrap());
            prop_assert_eq!(reached(&snapshot, &dialled), emergency);
            let caller = snapshot.user(UserId(1)).unwrap();
            prop_assert_eq!(read(&snapshot, place, Some(caller), &dialled, false), Dialled::Complete(emergency));
        }
    }
}

/// A code of the table, with some digits after it.
fn coded() -> impl Strategy<Value = String> {
    (0..Feature::ALL.len(), "[*#0-9]{0,6}")
        .prop_map(|(feature, digits)| format!("{}{digits}", Feature::ALL[feature].default_code()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_code_is_answered_and_ends(
        setup in anything(),
        dialled in coded(),
        keys in prop::collection::vec("[*#0-9]{0,6}", 0..3),
        save_fails: bool,
        patience in prop::option::of(0..20u32),
    ) {
        let snapshot = Arc::new(snapshot(&setup));
        let user = &snapshot.user(UserId(1)).unwrap().user;
        let caller = Caller { number: user.number, extension: user.extension, user: Some(user.id), withheld: false };
        let request = Request { caller, dialled, from: Some(LocationId(1)), ..Request::default() };
        let question = WhatIf { request, keys, save_fails, patience, ..WhatIf::default() };
        let mut changes = Vec::new();
        let story = rehearse(&snapshot, &question, &mut |_, action| {
            if let Action::Service(ServiceAction::Change { user, service, settings }) = action {
                changes.push((*user, *service, settings.clone()));
            }
        });
        let last = story.trace.last().map(|step| &step.what);
        let over = matches!(last, Some(What::Ended { .. } | What::Answered { .. }));
        prop_assert!(over, "{last:?}");
        prop_assert!(changes.len() <= 1);
        for (user, service, settings) in changes {
            prop_assert_eq!(user, UserId(1));
            prop_assert_eq!(find(service.0).unwrap().normal(&settings), Some(settings));
        }
    }
}
