//! What is wrong with an auto attendant by itself: whether the people and schedules that it names are there is looked
//! at elsewhere.

use super::{Audio, AutoAttendant, Menu, MenuAction, Reach};
use crate::error::{Code, FieldError};

impl AutoAttendant {
    /// What is wrong with it, at its fields: `submenus.1.menu.keys.#`; empty: it can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = self.identity.validate();
        if self.identity.department.is_none()
            && [self.extension_scope, self.name_scope].contains(&Reach::Department)
        {
            errors.push(FieldError::new("identity.department", Code::Empty));
        }
        let mut check = Check {
            attendant: self,
            errors,
        };
        check.menu("business", &self.business, true);
        check.menu("after_hours", &self.after_hours, true);
        if let Some(holiday) = &self.holiday {
            check.menu("holiday", holiday, true);
        }
        for (place, submenu) in self.submenus.iter().enumerate() {
            let at = format!("submenus.{place}");
            if self.submenus[..place]
                .iter()
                .any(|earlier| earlier.id == submenu.id)
            {
                check.wrong(format!("{at}.id"), Code::NameTaken);
            }
            if submenu.name.trim().is_empty() {
                check.wrong(format!("{at}.name"), Code::Empty);
            }
            check.menu(&format!("{at}.menu"), &submenu.menu, false);
        }
        check.errors
    }
}

struct Check<'a> {
    attendant: &'a AutoAttendant,
    errors: Vec<FieldError>,
}

impl Check<'_> {
    fn wrong(&mut self, field: String, code: Code) {
        self.errors.push(FieldError::new(field, code));
    }

    fn menu(&mut self, at: &str, menu: &Menu, first: bool) {
        if !(1..=60).contains(&menu.first_digit_seconds.0) {
            self.wrong(format!("{at}.first_digit_seconds"), Code::OutOfRange);
        }
        if menu.extension_dialling && !first {
            self.wrong(format!("{at}.extension_dialling"), Code::NotAvailable);
        }
        self.audio(&format!("{at}.greeting"), &menu.greeting);
        if let Some(action) = &menu.timeout {
            self.action(format!("{at}.timeout"), action, first);
        }
        for (key, does) in &menu.keys {
            self.action(format!("{at}.keys.{}", key.sign()), &does.action, first);
        }
    }

    fn action(&mut self, at: String, action: &MenuAction, first: bool) {
        match action {
            MenuAction::Submenu { menu } if self.attendant.submenu(*menu).is_none() => {
                self.wrong(at, Code::NotFound);
            }
            MenuAction::Previous if first => self.wrong(at, Code::NotAvailable),
            MenuAction::Announcement { audio } if audio.0.is_empty() => self.wrong(at, Code::Empty),
            MenuAction::Announcement { audio } => self.audio(&at, audio),
            _ => {}
        }
    }

    fn audio(&mut self, at: &str, audio: &Audio) {
        self.errors.extend(audio.validate(at));
    }
}

#[cfg(test)]
mod tests {
    use crate::organisation::AutoAttendant;
    use serde_json::{Value, json};

    #[test]
    fn what_is_wrong_with_menus() {
        let check = |more: Value, expected: &[(&str, &str)]| {
            let mut value =
                json!({"id": 1, "identity": {"name": "A", "location": 1}, "business": {}});
            value
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            let attendant: AutoAttendant = serde_json::from_value(value).unwrap();
            let errors = attendant.validate();
            let found: Vec<_> = errors
                .iter()
                .map(|e| (e.field.as_str(), e.code.name()))
                .collect();
            assert_eq!(found, expected, "{more}");
        };
        let sounds = |count| vec!["a.wav"; count];
        check(json!({}), &[]);
        for (seconds, expected) in [(0, false), (1, true), (60, true), (61, false)] {
            let wrong = [("business.first_digit_seconds", "out-of-range")];
            check(
                json!({"business": {"first_digit_seconds": seconds}}),
                if expected { &[] } else { &wrong },
            );
        }
        check(json!({"business": {"greeting": sounds(4)}}), &[]);
        check(
            json!({"after_hours": {"greeting": sounds(5)}}),
            &[("after_hours.greeting", "too-many")],
        );
        check(
            json!({"holiday": {"greeting": sounds(5)}}),
            &[("holiday.greeting", "too-many")],
        );
        let key = |action: Value| json!({"business": {"keys": {"#": {"action": action}}}});
        check(key(json!({"do": "announcement", "audio": sounds(4)})), &[]);
        check(
            key(json!({"do": "announcement", "audio": sounds(5)})),
            &[("business.keys.#", "too-many")],
        );
        check(
            key(json!({"do": "announcement", "audio": []})),
            &[("business.keys.#", "empty")],
        );
        check(
            key(json!({"do": "previous"})),
            &[("business.keys.#", "not-available")],
        );
        check(
            key(json!({"do": "submenu", "menu": 7})),
            &[("business.keys.#", "not-found")],
        );
        check(
            json!({"business": {"timeout": {"do": "previous"}}}),
            &[("business.timeout", "not-available")],
        );
        check(
            json!({"name_scope": "department"}),
            &[("identity.department", "empty")],
        );
        check(
            json!({"extension_scope": "department"}),
            &[("identity.department", "empty")],
        );
        check(
            json!({"name_scope": "department", "identity": {"name": "A", "location": 1, "department": 1}}),
            &[],
        );
        let submenu =
            |id: u16, name: &str, menu: Value| json!({"id": id, "name": name, "menu": menu});
        let back = json!({"keys": {"1": {"action": {"do": "previous"}}, "2": {"action": {"do": "submenu", "menu": 1}}}});
        check(
            json!({"submenus": [submenu(1, "a", back.clone()), submenu(2, "b", back)]}),
            &[],
        );
        check(
            json!({"submenus": [submenu(1, "a", json!({})), submenu(1, " ", json!({"extension_dialling": true}))]}),
            &[
                ("submenus.1.id", "name-taken"),
                ("submenus.1.name", "empty"),
                ("submenus.1.menu.extension_dialling", "not-available"),
            ],
        );
        check(json!({"business": {"extension_dialling": true}}), &[]);
    }
}
