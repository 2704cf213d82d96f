//! What settings may refer to, and the checks that several services share.

use crate::email::is_email;
use crate::error::{Code, FieldError};
use crate::id::{ScheduleId, UserId};
use crate::number::{Country, Destination, E164, Extension, Resolved};
use crate::organisation::{Profile, RoleKind};
use crate::rule::{Effect, Rule, Who};
use crate::schedule::ScheduleType;

/// The user whose settings are validated, and what these may refer to.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The user whose settings are validated.
    pub user: UserId,
    /// The user's profile.
    pub profile: Profile,
    /// The user's fixed number.
    pub number: Option<E164>,
    /// The user's extension.
    pub extension: Option<Extension>,
    /// The country in which national numbers are read.
    pub country: Country,
    /// What a user of the enterprise is; `None`: there is no such user.
    pub members: &'a dyn Fn(UserId) -> Option<RoleKind>,
    /// The kind of each schedule that the user may link.
    pub schedules: &'a dyn Fn(ScheduleId) -> Option<ScheduleType>,
    /// Whether the user has an upload with a name.
    pub uploads: &'a dyn Fn(&str) -> bool,
}

impl Scope<'_> {
    /// Adds what is wrong with a destination in this scope.
    pub fn destination(&self, field: &str, to: &Destination, errors: &mut Vec<FieldError>) {
        let code = match to.resolve(self.country) {
            _ if to.is_emergency(self.country) => Code::EmergencyNumber,
            Err(error) => error.into(),
            Ok(Resolved::Number(number)) if Some(number) == self.number => Code::OwnNumber,
            Ok(Resolved::Extension(extension)) if Some(extension) == self.extension => {
                Code::OwnNumber
            }
            Ok(Resolved::Extension(_))
                if self.number.is_some() && to.public(self.country) == self.number =>
            {
                Code::OwnNumber
            }
            Ok(_) => return,
        };
        errors.push(FieldError::new(field, code));
    }

    /// Adds what is wrong with a list of users, each of whom must be there, and of this kind if only one will do.
    pub fn users(
        &self,
        field: &str,
        users: &[UserId],
        only: Option<RoleKind>,
        errors: &mut Vec<FieldError>,
    ) {
        let fits = |kind| only.is_none_or(|only| only == kind);
        for (place, user) in users.iter().enumerate() {
            if !(self.members)(*user).is_some_and(fits) {
                errors.push(FieldError::new(format!("{field}.{place}"), Code::NotFound));
            }
        }
    }

    /// Adds what is wrong with the rules of a service; one that is switched on is needed when the service is.
    pub fn rules(&self, active: bool, rules: &[Rule], errors: &mut Vec<FieldError>) {
        if active
            && !rules
                .iter()
                .any(|rule| rule.enabled && rule.effect == Effect::Activate)
        {
            errors.push(FieldError::new("rules", Code::RuleNeeded));
        }
        for (place, rule) in rules.iter().enumerate() {
            rule.validate(&format!("rules.{place}"), self.schedules, errors);
            let Who::Listed { numbers, .. } = &rule.who else {
                continue;
            };
            for (at, pattern) in numbers.iter().enumerate() {
                if let Err(error) = pattern.check(self.country) {
                    let path = format!("rules.{place}.numbers.{at}");
                    errors.push(FieldError::new(path, error.into()));
                }
            }
        }
    }

    /// Adds what is wrong with an e-mail address, which may be empty unless it is needed.
    pub fn email(&self, field: &str, needed: bool, email: &str, errors: &mut Vec<FieldError>) {
        if email.is_empty() {
            errors.extend(needed.then(|| FieldError::new(field, Code::Empty)));
        } else if !is_email(email) {
            errors.push(FieldError::new(field, Code::EmailMalformed));
        }
    }

    /// Adds an error when the mailbox is chosen by a user who cannot have one (manual § 8.1).
    pub fn mailbox(&self, field: &str, chosen: bool, errors: &mut Vec<FieldError>) {
        if chosen && self.profile != Profile::Fixed {
            errors.push(FieldError::new(field, Code::VoicemailNeedsFixed));
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The scope of user 1, whose extension is 101; users 2 to 9 are persons, user 20 is a call center.
    pub(in crate::service) fn scope() -> Scope<'static> {
        Scope {
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
            schedules: &|_| None,
            uploads: &|_| true,
        }
    }

    #[test]
    fn a_destination_is_not_the_user_and_not_an_emergency_number() {
        let check = |to: &str, expected: Option<Code>| {
            let mut errors = Vec::new();
            scope().destination("number", &to.parse().unwrap(), &mut errors);
            let expected: Vec<_> = expected
                .map(|code| FieldError::new("number", code))
                .into_iter()
                .collect();
            assert_eq!(errors, expected, "{to}");
        };
        check("102", None);
        check("+31201234567", None);
        check("101", Some(Code::OwnNumber));
        check("030 555 0101", Some(Code::OwnNumber));
        check("112", Some(Code::EmergencyNumber));
    }
}
