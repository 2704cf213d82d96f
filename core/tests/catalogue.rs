//! Keeps the catalogue honest: forms and settings have the same keys, defaults are valid, every service has scenarios.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::error::Code;
use centrale_core::feature::{Does, Feature};
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::number::Country;
use centrale_core::organisation::{Profile, RoleKind};
use centrale_core::schedule::ScheduleType;
use centrale_core::service::{CATALOGUE, Entry, FieldKind, Scope, Unavailable, find, unavailable};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn scope() -> Scope<'static> {
    Scope {
        uploads: &|_| true,
        user: UserId(1),
        profile: Profile::Fixed,
        number: Some("+31305550101".parse().unwrap()),
        extension: Some("101".parse().unwrap()),
        country: Country::Nl,
        members: &|id| match id.0 {
            1..=9 => Some(RoleKind::Person),
            20 => Some(RoleKind::CallCenter),
            _ => None,
        },
        schedules: &|id| match id {
            ScheduleId(1) => Some(ScheduleType::Time),
            ScheduleId(2) => Some(ScheduleType::Holidays),
            _ => None,
        },
    }
}

fn keys(entry: &Entry) -> BTreeSet<String> {
    entry
        .defaults()
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

#[test]
fn forms_and_settings_have_the_same_keys() {
    for entry in CATALOGUE {
        let own = entry
            .form
            .iter()
            .filter(|f| f.shared.is_none())
            .map(|f| f.key.to_owned());
        let switch = entry.has_switch().then(|| "active".to_owned());
        assert_eq!(
            own.chain(switch).collect::<BTreeSet<_>>(),
            keys(entry),
            "{entry:?}"
        );
        for field in entry.form {
            if let Some(holder) = field.shared {
                assert!(
                    keys(find(holder.0).unwrap()).contains(field.key),
                    "{entry:?} shares {}",
                    field.key
                );
            }
        }
    }
}

#[test]
fn defaults_round_trip_and_are_valid() {
    for entry in CATALOGUE {
        let defaults = entry.defaults();
        assert_eq!(entry.normal(&defaults), Some(defaults.clone()), "{entry:?}");
        assert_eq!(entry.check(&defaults, &scope()), [], "{entry:?}");
    }
}

/// A code that switches a service on takes a number where the service has one.
#[test]
fn numbers_follow_the_codes_of_services_that_have_one() {
    for feature in Feature::ALL {
        if let Does::On { service, mailbox } = feature.does() {
            let form = find(service.0).unwrap().form;
            let has_number = form.iter().any(|field| field.key == "number");
            assert_eq!(
                feature.takes_digits(),
                has_number && !mailbox,
                "{feature:?}"
            );
        }
    }
}

#[test]
fn every_service_has_a_scenario() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let areas = std::fs::read_dir(folder)
        .unwrap()
        .map(|area| area.unwrap().path())
        .filter(|area| area.is_dir());
    let texts: Vec<String> = areas
        .flat_map(|area| std::fs::read_dir(area).unwrap())
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    for entry in CATALOGUE {
        let given = format!(" {} {{", entry.id);
        assert!(
            texts.iter().any(|text| text.contains(&given)),
            "{entry:?} has no scenario"
        );
    }
}

#[test]
fn wrong_input_is_told_at_its_field() {
    let check = |service: &str, settings: Value, expected: &[(&str, Code)]| {
        let found = find(service).unwrap().check(&settings, &scope());
        let found: Vec<_> = found.iter().map(|e| (e.field.as_str(), e.code)).collect();
        assert_eq!(found, expected, "{service} {settings}");
    };
    let rule = |more: Value| {
        let mut rule = json!({"name": "r"});
        rule.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"active": true, "number": "102", "rules": [rule]})
    };
    check(
        "forwarding-always",
        json!({"active": true}),
        &[("number", Code::NumberNeeded)],
    );
    check(
        "forwarding-always",
        json!({"active": true, "voicemail": true}),
        &[],
    );
    check(
        "forwarding-always",
        json!({"number": "+31 30 55O"}),
        &[("number", Code::NumberBadCharacter)],
    );
    check(
        "forwarding-always",
        json!({"number": "030 555 01"}),
        &[("number", Code::NumberTooShort)],
    );
    check(
        "forwarding-always",
        json!({"number": "030 555 01 01"}),
        &[("number", Code::OwnNumber)],
    );
    check(
        "forwarding-always",
        json!({"number": "101"}),
        &[("number", Code::OwnNumber)],
    );
    check(
        "forwarding-always",
        json!({"number": "112"}),
        &[("number", Code::EmergencyNumber)],
    );
    check(
        "forwarding-always",
        json!({"number": 7}),
        &[("number", Code::Malformed)],
    );
    check(
        "forwarding-always",
        json!({"numbr": "102"}),
        &[("numbr", Code::UnknownField)],
    );
    check("forwarding-always", json!([]), &[("", Code::Malformed)]);
    check(
        "forwarding-always",
        json!({"active": "yes"}),
        &[("active", Code::Malformed)],
    );
    check(
        "ring-count",
        json!({"active": true, "rings": 4}),
        &[("active", Code::UnknownField)],
    );
    check(
        "selective-rejection",
        json!({"active": true}),
        &[("rules", Code::RuleNeeded)],
    );
    check(
        "selective-acceptance",
        json!({"active": true, "rules": [{"name": "r", "effect": "deactivate"}, {"name": "", "enabled": false}]}),
        &[("rules", Code::RuleNeeded), ("rules.1.name", Code::Empty)],
    );
    let notify = |email: &str| json!({"active": true, "email": email, "rules": [{"name": "r"}]});
    check("call-notify", notify("anna@example.com"), &[]);
    check("call-notify", notify(""), &[("email", Code::Empty)]);
    for email in [
        "anna",
        "@example.com",
        "anna@",
        "an na@example.com",
        "anna@example@com",
    ] {
        check(
            "call-notify",
            notify(email),
            &[("email", Code::EmailMalformed)],
        );
    }
    check("call-notify", json!({"email": ""}), &[]);
    check(
        "location-forwarding",
        json!({"override": "maybe"}),
        &[("override", Code::Malformed)],
    );
    check(
        "location-forwarding",
        json!({"active": true}),
        &[("active", Code::UnknownField)],
    );
    check(
        "call-transfer",
        json!({"recall_rings": 1, "camp_on_seconds": 601}),
        &[
            ("camp_on_seconds", Code::OutOfRange),
            ("recall_rings", Code::OutOfRange),
        ],
    );
    check("line-monitoring", json!({"users": [2, 20]}), &[]);
    check(
        "line-monitoring",
        json!({"users": [2, 99]}),
        &[("users.1", Code::NotFound)],
    );
    check(
        "privacy",
        json!({"permitted": [20, 2]}),
        &[("permitted.0", Code::NotFound)],
    );
    check(
        "receptionist",
        json!({"contacts": [99]}),
        &[("contacts.0", Code::NotFound)],
    );
    check("call-center-agent", json!({"calls_as": [20]}), &[]);
    check(
        "call-center-agent",
        json!({"calls_as": [2]}),
        &[("calls_as.0", Code::NotFound)],
    );
    check(
        "call-center-agent",
        json!({"guard_seconds": 26}),
        &[("guard_seconds", Code::OutOfRange)],
    );
    let dial = |number: &str| json!({"numbers": [{"code": "00", "number": number}]});
    check("speed-dial", dial("*72"), &[]);
    check(
        "speed-dial",
        dial("112"),
        &[("numbers.0.number", Code::EmergencyNumber)],
    );
    check(
        "speed-dial",
        dial("230 555 01 01"),
        &[("numbers.0.number", Code::NumberNotNational)],
    );
    check(
        "ring-count",
        json!({"rings": 1}),
        &[("rings", Code::OutOfRange)],
    );
    check(
        "ring-count",
        json!({"rings": 21}),
        &[("rings", Code::OutOfRange)],
    );
    check("ring-count", json!({"rings": 0}), &[]);
    check(
        "forwarding-selective",
        json!({"active": true, "number": "102"}),
        &[("rules", Code::RuleNeeded)],
    );
    check("forwarding-selective", rule(json!({})), &[]);
    check(
        "forwarding-selective",
        rule(json!({"name": " "})),
        &[("rules.0.name", Code::Empty)],
    );
    check(
        "forwarding-selective",
        rule(json!({"name": "x".repeat(81)})),
        &[("rules.0.name", Code::TooLong)],
    );
    check(
        "forwarding-selective",
        rule(json!({"time": {"schedule": 2}})),
        &[("rules.0.time", Code::ScheduleUnknown)],
    );
    check(
        "forwarding-selective",
        rule(json!({"holiday": {"schedule": 9}})),
        &[("rules.0.holiday", Code::ScheduleUnknown)],
    );
    check(
        "forwarding-selective",
        rule(json!({"number": "12a"})),
        &[("rules.0.number", Code::NumberBadCharacter)],
    );
    check(
        "forwarding-selective",
        rule(json!({"times": 1})),
        &[("rules.0", Code::Malformed)],
    );
    let listed = |numbers: Value| rule(json!({"who": {"from": "listed", "numbers": numbers}}));
    check(
        "forwarding-selective",
        listed(json!([])),
        &[("rules.0.numbers", Code::NobodyListed)],
    );
    check(
        "forwarding-selective",
        listed(json!(["+31*5"])),
        &[("rules.0.numbers.0", Code::PatternStarNotLast)],
    );
    check(
        "forwarding-selective",
        listed(json!(["+31 55?5 6*", "x"])),
        &[("rules.0.numbers.1", Code::PatternBadCharacter)],
    );
    check(
        "forwarding-selective",
        listed(json!(vec!["+31205550100"; 13])),
        &[("rules.0.numbers", Code::TooMany)],
    );
}

#[test]
fn the_scenarios_have_every_licensed_service() {
    let organisation = support::organisation();
    let pack = &organisation.service_packs[0].services;
    for entry in CATALOGUE {
        assert_eq!(
            pack.iter().any(|service| service == entry.id.0),
            entry.licensed,
            "{entry:?}"
        );
    }
}

#[test]
fn the_mailbox_is_for_the_fixed_profile() {
    let flex = Scope {
        profile: Profile::Flex,
        ..scope()
    };
    let settings = json!({"active": true, "voicemail": true});
    let errors = find("forwarding-busy").unwrap().check(&settings, &flex);
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].code, Code::VoicemailNeedsFixed);
}

#[test]
fn a_service_is_theirs_or_there_is_a_reason() {
    let organisation = support::organisation();
    let check =
        |service: &str, login: &str, role, packs: &[&str], expected: Option<Unavailable>| {
            let user = organisation
                .users
                .iter()
                .find(|u| u.login == login)
                .unwrap();
            let found = unavailable(find(service).unwrap(), user, role, &|service| {
                packs.contains(&service)
            });
            assert_eq!(found, expected, "{service} of {login}");
        };
    check(
        "do-not-disturb",
        "anna",
        RoleKind::Person,
        &["do-not-disturb"],
        None,
    );
    check(
        "do-not-disturb",
        "anna",
        RoleKind::Person,
        &[],
        Some(Unavailable::NotAssigned),
    );
    check(
        "do-not-disturb",
        "anna",
        RoleKind::HuntGroup,
        &["do-not-disturb"],
        None,
    );
    check("ring-count", "anna", RoleKind::Person, &[], None);
    check("location-forwarding", "anna", RoleKind::Person, &[], None);
    check(
        "location-forwarding",
        "anna",
        RoleKind::HuntGroup,
        &[],
        Some(Unavailable::NotForRole),
    );
    check(
        "speed-dial",
        "anna",
        RoleKind::CallCenter,
        &["speed-dial"],
        Some(Unavailable::NotForRole),
    );
    check(
        "line-monitoring",
        "anna",
        RoleKind::Person,
        &["line-monitoring"],
        None,
    );
    check(
        "line-monitoring",
        "anna",
        RoleKind::Person,
        &[],
        Some(Unavailable::NotAssigned),
    );
    // A cordless phone is no desk phone; a flex user's desk phone does not ring.
    for login in ["emile", "dirk"] {
        check(
            "line-monitoring",
            login,
            RoleKind::Person,
            &["line-monitoring"],
            Some(Unavailable::NeedsDeskPhone),
        );
    }
}

#[test]
fn admins_alone_change_what_is_theirs() {
    let theirs: Vec<_> = CATALOGUE
        .iter()
        .filter(|entry| entry.admin)
        .map(|entry| entry.id.0)
        .collect();
    assert_eq!(
        theirs,
        [
            "location-forwarding",
            "voicemail-management",
            "connected-id-blocking",
            "barge-in",
            "call-center-agent"
        ]
    );
}

#[test]
fn choices_are_those_of_the_settings() {
    for entry in CATALOGUE {
        for field in entry.form.iter().filter(|field| field.shared.is_none()) {
            let FieldKind::Choice(choices) = field.kind else {
                continue;
            };
            for choice in choices {
                let mut settings = entry.defaults();
                settings[field.key] = json!(choice);
                assert_eq!(
                    entry.normal(&settings),
                    Some(settings),
                    "{entry:?} {}",
                    field.key
                );
            }
        }
    }
}
