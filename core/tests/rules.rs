//! What is wrong with a rule of a service, by field.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

use centrale_core::rule::Rule;
use centrale_core::schedule::ScheduleType;
use serde_json::{Value, json};

/// The fields that are wrong, when schedule 1 is of times and schedule 2 of holidays.
fn check(rule: &Value, expected: &[(&str, &str)]) {
    let rule: Rule = serde_json::from_value(rule.clone()).unwrap();
    let known = |id: centrale_core::id::ScheduleId| match id.0 {
        1 => Some(ScheduleType::Time),
        2 => Some(ScheduleType::Holidays),
        _ => None,
    };
    let mut errors = Vec::new();
    rule.validate("rules.0", &known, &mut errors);
    let errors: Vec<_> = errors
        .iter()
        .map(|error| {
            (
                error.field.clone(),
                serde_json::to_value(error.code).unwrap(),
            )
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(field, code)| (format!("rules.0.{field}"), json!(code)))
        .collect();
    assert_eq!(errors, expected, "{rule:?}");
}

#[test]
fn each_field_of_a_rule_is_checked() {
    check(&json!({"name": "a"}), &[]);
    check(&json!({"name": " "}), &[("name", "empty")]);
    check(&json!({"name": "n".repeat(80)}), &[]);
    check(&json!({"name": "n".repeat(81)}), &[("name", "too-long")]);
    check(
        &json!({"name": "a", "time": {"schedule": 1}, "holiday": {"schedule": 2}}),
        &[],
    );
    check(
        &json!({"name": "a", "time": {"schedule": 2}}),
        &[("time", "schedule-unknown")],
    );
    check(
        &json!({"name": "a", "holiday": {"schedule": 1}}),
        &[("holiday", "schedule-unknown")],
    );
    check(
        &json!({"name": "a", "holiday": {"schedule": 3}}),
        &[("holiday", "schedule-unknown")],
    );
}

#[test]
fn a_rule_links_its_schedules() {
    let links = |rule: Value| {
        let rule: Rule = serde_json::from_value(rule).unwrap();
        rule.links().map(|schedule| schedule.0).collect::<Vec<_>>()
    };
    assert!(links(json!({"name": "a"})).is_empty());
    assert_eq!(links(json!({"name": "a", "time": {"schedule": 1}})), [1]);
    assert_eq!(
        links(json!({"name": "a", "time": {"schedule": 1}, "holiday": {"schedule": 2}})),
        [1, 2]
    );
}

#[test]
fn a_rule_for_listed_callers_lists_somebody() {
    let listed = |private: bool, unavailable: bool, numbers: usize| {
        let numbers: Vec<_> = (0..numbers).map(|n| format!("+3120555{n:04}")).collect();
        json!({"name": "a", "who": {"from": "listed", "private": private, "unavailable": unavailable, "numbers": numbers}})
    };
    check(&listed(false, false, 0), &[("numbers", "nobody-listed")]);
    check(&listed(true, false, 0), &[]);
    check(&listed(false, true, 0), &[]);
    check(&listed(true, true, 0), &[]);
    check(&listed(false, false, 12), &[]);
    check(&listed(false, false, 13), &[("numbers", "too-many")]);
}
