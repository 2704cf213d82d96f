//! Checks a form as it was typed: field by field, each fault at its own path (`phones.2.number`). What a service asks
//! beyond its form is its own affair.

use super::{Field, FieldKind};
use crate::error::{Code, FieldError};
use crate::id::UserId;
use crate::number::{Destination, Pattern};
use crate::quota::Quota;
use crate::rule::Rule;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The longest name of a speed dial, in characters.
const MAX_NAME: usize = 80;
/// As many speed dials as there are codes of two digits.
const SPEED_DIALS: usize = 100;

/// The list to which faults of the settings are added.
type Errors = Vec<FieldError>;

pub(super) fn check_field(field: &Field, value: &Value, errors: &mut Errors) {
    let key = field.key;
    match field.kind {
        FieldKind::Destination => {
            if !value.is_null() {
                destination(key, value, errors);
            }
        }
        FieldKind::Toggle => toggle(key, value, errors),
        FieldKind::Rings => number(key, value, |rings| matches!(rings, 0 | 2..=20), errors),
        FieldKind::Number { min, max } => {
            number(
                key,
                value,
                |number| (u64::from(min)..=u64::from(max)).contains(&number),
                errors,
            );
        }
        FieldKind::Choice(choices) => {
            if !value.as_str().is_some_and(|name| choices.contains(&name)) {
                errors.push(FieldError::new(key, Code::Malformed));
            }
        }
        FieldKind::Text(max) => text(key, value, usize::from(max), errors),
        FieldKind::Destinations { max } => {
            list(
                key,
                value,
                usize::from(max),
                errors,
                |path, item, _, errors| {
                    destination(path, item, errors);
                },
            );
        }
        FieldKind::Users { max, .. } => list(key, value, usize::from(max), errors, user),
        FieldKind::Phones { max, rings } => {
            list(
                key,
                value,
                usize::from(max),
                errors,
                |path, item, _, errors| {
                    phone(path, item, rings, errors);
                },
            );
        }
        FieldKind::SpeedDials => list(key, value, SPEED_DIALS, errors, speed_dial),
        FieldKind::Rules { numbers } => {
            let most = Quota::Rules.limit() as usize;
            if value.as_array().is_some_and(|rules| rules.len() > most) {
                return errors.push(FieldError::new(key, Quota::Rules.code()));
            }
            list(key, value, most, errors, |path, item, _, errors| {
                rule(path, item, numbers, errors);
            });
        }
    }
}

pub(super) fn toggle(path: &str, value: &Value, errors: &mut Errors) {
    if !value.is_boolean() {
        errors.push(FieldError::new(path, Code::Malformed));
    }
}

fn number(path: &str, value: &Value, fits: impl Fn(u64) -> bool, errors: &mut Errors) {
    let code = match value {
        Value::Number(number) if number.as_u64().is_some_and(fits) => return,
        Value::Number(_) => Code::OutOfRange,
        _ => Code::Malformed,
    };
    errors.push(FieldError::new(path, code));
}

fn text(path: &str, value: &Value, max: usize, errors: &mut Errors) {
    let code = match value.as_str() {
        Some(text) if text.chars().count() <= max => return,
        Some(_) => Code::TooLong,
        None => Code::Malformed,
    };
    errors.push(FieldError::new(path, code));
}

fn destination(path: &str, value: &Value, errors: &mut Errors) {
    let code = match value.as_str().map(Destination::parse) {
        Some(Ok(_)) => return,
        Some(Err(error)) => error.into(),
        None => Code::Malformed,
    };
    errors.push(FieldError::new(path, code));
}

/// Checks a list and each of its items, of which those before it are at hand too. What is too many is not looked at.
fn list(
    key: &str,
    value: &Value,
    max: usize,
    errors: &mut Errors,
    check: impl Fn(&str, &Value, &[Value], &mut Errors),
) {
    let Value::Array(items) = value else {
        return errors.push(FieldError::new(key, Code::Malformed));
    };
    if items.len() > max {
        errors.push(FieldError::new(key, Code::TooMany));
    }
    for (place, item) in items.iter().take(max).enumerate() {
        check(&format!("{key}.{place}"), item, &items[..place], errors);
    }
}

fn user(path: &str, value: &Value, before: &[Value], errors: &mut Errors) {
    let code = match UserId::deserialize(value) {
        Ok(_) if !before.contains(value) => return,
        Ok(_) => Code::Twice,
        Err(_) => Code::Malformed,
    };
    errors.push(FieldError::new(path, code));
}

fn phone(path: &str, value: &Value, rings: bool, errors: &mut Errors) {
    let known = if rings {
        &["number", "confirm", "rings"][..]
    } else {
        &["number", "confirm"]
    };
    let Some(phone) = object(path, value, known, errors) else {
        return;
    };
    needed_number(path, phone, errors);
    if let Some(confirm) = phone.get("confirm") {
        toggle(&format!("{path}.confirm"), confirm, errors);
    }
    if let Some(rings) = phone.get("rings").filter(|_| rings) {
        number(
            &format!("{path}.rings"),
            rings,
            |rings| matches!(rings, 2..=20),
            errors,
        );
    }
}

fn speed_dial(path: &str, value: &Value, before: &[Value], errors: &mut Errors) {
    let Some(dial) = object(path, value, &["code", "name", "number"], errors) else {
        return;
    };
    let code = dial.get("code").and_then(Value::as_str);
    if !code.is_some_and(|code| code.len() == 2 && code.bytes().all(|digit| digit.is_ascii_digit()))
    {
        errors.push(FieldError::new(format!("{path}.code"), Code::Malformed));
    } else if before
        .iter()
        .any(|other| other.get("code") == dial.get("code"))
    {
        errors.push(FieldError::new(format!("{path}.code"), Code::Twice));
    }
    if let Some(name) = dial.get("name") {
        text(&format!("{path}.name"), name, MAX_NAME, errors);
    }
    needed_number(path, dial, errors);
}

/// The fields of an object, none of them unknown to the form.
fn object<'a>(
    path: &str,
    value: &'a Value,
    known: &[&str],
    errors: &mut Errors,
) -> Option<&'a Map<String, Value>> {
    let Value::Object(fields) = value else {
        errors.push(FieldError::new(path, Code::Malformed));
        return None;
    };
    let unknown = fields.keys().filter(|key| !known.contains(&key.as_str()));
    errors.extend(unknown.map(|key| FieldError::new(format!("{path}.{key}"), Code::UnknownField)));
    Some(fields)
}

fn needed_number(path: &str, fields: &Map<String, Value>, errors: &mut Errors) {
    let path = format!("{path}.number");
    match fields.get("number") {
        None | Some(Value::Null) => errors.push(FieldError::new(path, Code::NumberNeeded)),
        Some(number) => destination(&path, number, errors),
    }
}

fn rule(path: &str, rule: &Value, numbers: bool, errors: &mut Errors) {
    let before = errors.len();
    match rule.get("number") {
        None | Some(Value::Null) => {}
        Some(_) if !numbers => errors.push(FieldError::new(
            format!("{path}.number"),
            Code::UnknownField,
        )),
        Some(number) => destination(&format!("{path}.number"), number, errors),
    }
    let listed = rule
        .get("who")
        .and_then(|who| who.get("numbers"))
        .and_then(Value::as_array);
    for (place, pattern) in listed.into_iter().flatten().enumerate() {
        let code = match pattern.as_str().map(Pattern::parse) {
            Some(Ok(_)) => continue,
            Some(Err(error)) => error.into(),
            None => Code::Malformed,
        };
        errors.push(FieldError::new(format!("{path}.numbers.{place}"), code));
    }
    if errors.len() == before && Rule::deserialize(rule).is_err() {
        errors.push(FieldError::new(path, Code::Malformed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_field() {
        let check = |kind: FieldKind, value: Value, expected: &[(&str, Code)]| {
            let mut errors = Vec::new();
            check_field(&Field::of_kind("f", kind), &value, &mut errors);
            let found: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.code)).collect();
            assert_eq!(found, expected, "{kind:?} {value}");
        };
        check(FieldKind::Destination, json!(null), &[]);
        check(FieldKind::Destination, json!("*72"), &[]);
        check(
            FieldKind::Destination,
            json!("x"),
            &[("f", Code::NumberBadCharacter)],
        );
        check(FieldKind::Destination, json!(1), &[("f", Code::Malformed)]);
        check(FieldKind::Toggle, json!(true), &[]);
        check(FieldKind::Toggle, json!(null), &[("f", Code::Malformed)]);
        for (rings, fits) in [(0, true), (1, false), (2, true), (20, true), (21, false)] {
            let expected = [("f", Code::OutOfRange)];
            check(
                FieldKind::Rings,
                json!(rings),
                if fits { &[] } else { &expected },
            );
        }
        check(FieldKind::Rings, json!("4"), &[("f", Code::Malformed)]);
        let number = FieldKind::Number { min: 3, max: 5 };
        check(number, json!(3), &[]);
        check(number, json!(5), &[]);
        check(number, json!(2), &[("f", Code::OutOfRange)]);
        check(number, json!(6), &[("f", Code::OutOfRange)]);
        check(number, json!(-3), &[("f", Code::OutOfRange)]);
        check(number, json!(3.5), &[("f", Code::OutOfRange)]);
        check(number, json!(null), &[("f", Code::Malformed)]);
        check(FieldKind::Choice(&["on", "off"]), json!("off"), &[]);
        check(
            FieldKind::Choice(&["on", "off"]),
            json!("of"),
            &[("f", Code::Malformed)],
        );
        check(
            FieldKind::Choice(&["on", "off"]),
            json!(true),
            &[("f", Code::Malformed)],
        );
        check(FieldKind::Text(2), json!("éé"), &[]);
        check(FieldKind::Text(2), json!("éée"), &[("f", Code::TooLong)]);
        check(FieldKind::Text(2), json!(12), &[("f", Code::Malformed)]);
        let destinations = FieldKind::Destinations { max: 2 };
        check(destinations, json!(["101", "+31205550100"]), &[]);
        check(
            destinations,
            json!(["101", "", 7]),
            &[("f", Code::TooMany), ("f.1", Code::NumberEmpty)],
        );
        check(destinations, json!([null]), &[("f.0", Code::Malformed)]);
        check(destinations, json!("101"), &[("f", Code::Malformed)]);
        let users = FieldKind::Users { max: 2, only: None };
        check(users, json!([1, 2]), &[]);
        check(users, json!([1, 1]), &[("f.1", Code::Twice)]);
        check(users, json!([1, "2"]), &[("f.1", Code::Malformed)]);
        check(users, json!([1, 2, 3]), &[("f", Code::TooMany)]);
        check(users, json!([-1]), &[("f.0", Code::Malformed)]);
    }

    #[test]
    fn lists_of_objects() {
        let check = |kind: FieldKind, item: Value, expected: &[(&str, Code)]| {
            let mut errors = Vec::new();
            check_field(&Field::of_kind("f", kind), &json!([item]), &mut errors);
            let found: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.code)).collect();
            assert_eq!(found, expected, "{kind:?} {item}");
        };
        let together = FieldKind::Phones {
            max: 1,
            rings: false,
        };
        check(together, json!({"number": "101"}), &[]);
        check(together, json!({"number": "101", "confirm": true}), &[]);
        check(
            together,
            json!({"confirm": true}),
            &[("f.0.number", Code::NumberNeeded)],
        );
        check(
            together,
            json!({"number": null}),
            &[("f.0.number", Code::NumberNeeded)],
        );
        check(
            together,
            json!({"number": "12x"}),
            &[("f.0.number", Code::NumberBadCharacter)],
        );
        check(
            together,
            json!({"number": "101", "confirm": 1}),
            &[("f.0.confirm", Code::Malformed)],
        );
        check(
            together,
            json!({"number": "101", "rings": 4}),
            &[("f.0.rings", Code::UnknownField)],
        );
        check(together, json!("101"), &[("f.0", Code::Malformed)]);
        let in_turn = FieldKind::Phones {
            max: 1,
            rings: true,
        };
        for (rings, fits) in [(0, false), (1, false), (2, true), (20, true), (21, false)] {
            let expected = [("f.0.rings", Code::OutOfRange)];
            check(
                in_turn,
                json!({"number": "101", "rings": rings}),
                if fits { &[] } else { &expected },
            );
        }
        check(
            in_turn,
            json!({"number": "101", "rings": "4"}),
            &[("f.0.rings", Code::Malformed)],
        );
        let dials = FieldKind::SpeedDials;
        check(
            dials,
            json!({"code": "07", "name": "Sam", "number": "*72"}),
            &[],
        );
        check(
            dials,
            json!({"code": "07"}),
            &[("f.0.number", Code::NumberNeeded)],
        );
        check(
            dials,
            json!({"code": "7", "number": "101"}),
            &[("f.0.code", Code::Malformed)],
        );
        check(
            dials,
            json!({"code": "007", "number": "101"}),
            &[("f.0.code", Code::Malformed)],
        );
        check(
            dials,
            json!({"code": "0x", "number": "101"}),
            &[("f.0.code", Code::Malformed)],
        );
        check(
            dials,
            json!({"code": 7, "number": "101"}),
            &[("f.0.code", Code::Malformed)],
        );
        check(
            dials,
            json!({"code": "07", "name": "x".repeat(81), "number": "101"}),
            &[("f.0.name", Code::TooLong)],
        );
        check(
            dials,
            json!({"code": "07", "number": "101", "nr": 1}),
            &[("f.0.nr", Code::UnknownField)],
        );
        let rules = FieldKind::Rules { numbers: false };
        check(rules, json!({"name": "r", "number": null}), &[]);
        check(
            rules,
            json!({"name": "r", "number": "101"}),
            &[("f.0.number", Code::UnknownField)],
        );
        check(rules, json!({"name": 1}), &[("f.0", Code::Malformed)]);
        check(
            FieldKind::Rules { numbers: true },
            json!({"name": "r", "number": "101"}),
            &[],
        );
        check(
            rules,
            json!({"name": "r", "who": {"from": "listed", "numbers": ["101", "1*5"]}}),
            &[("f.0.numbers.1", Code::PatternStarNotLast)],
        );
    }

    #[test]
    fn a_speed_dial_code_stands_once() {
        let dial = json!({"code": "07", "number": "101"});
        let mut errors = Vec::new();
        check_field(
            &Field::of_kind("f", FieldKind::SpeedDials),
            &json!([dial, dial]),
            &mut errors,
        );
        assert_eq!(errors, [FieldError::new("f.1.code", Code::Twice)]);
        let dials = |count| {
            json!(
                (0..count)
                    .map(|n| json!({"code": format!("{n:02}"), "number": "101"}))
                    .collect::<Vec<_>>()
            )
        };
        for (count, expected) in [
            (100, vec![]),
            (101, vec![FieldError::new("f", Code::TooMany)]),
        ] {
            errors.clear();
            check_field(
                &Field::of_kind("f", FieldKind::SpeedDials),
                &dials(count),
                &mut errors,
            );
            assert_eq!(errors, expected, "{count}");
        }
    }
}
