//! What can be wrong with a call center, and with what holds for all of them, before it is saved: ranges, weights, codes
//! (manual § 23). Whether users, schedules and numbers exist is `check`'s to find out.

use super::{
    AfterCall, Audio, CallCenter, CenterDefaults, Disposition, Key, Policy, StrandedAction,
    Supervisor,
};
use crate::email::is_email;
use crate::error::{Code, FieldError};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The most calls that may wait in one queue.
const MAX_QUEUE: u16 = 525;
/// The most addresses to which statistics are mailed.
const MAX_ADDRESSES: usize = 2;
/// The longest name of a code, in characters.
const MAX_CODE_NAME: usize = 80;

#[derive(Default)]
struct Errors(Vec<FieldError>);

impl Errors {
    fn check(&mut self, field: impl Into<String>, wrong: bool, code: Code) {
        if wrong {
            self.0.push(FieldError::new(field, code));
        }
    }

    fn range<T: Into<u64>>(&mut self, field: &str, value: T, range: RangeInclusive<u64>) {
        self.check(field, !range.contains(&value.into()), Code::OutOfRange);
    }

    fn maybe<T: Into<u64>>(&mut self, field: &str, value: Option<T>, range: RangeInclusive<u64>) {
        if let Some(value) = value {
            self.range(field, value, range);
        }
    }

    fn text(&mut self, field: String, text: &str) {
        let length = text.trim().chars().count();
        self.check(field.clone(), length == 0, Code::Empty);
        self.check(field, length > MAX_CODE_NAME, Code::TooLong);
    }

    fn dispositions(&mut self, dispositions: &[Disposition]) {
        let mut known = BTreeSet::new();
        for (place, Disposition { code, name }) in dispositions.iter().enumerate() {
            self.text(format!("dispositions.{place}.code"), code);
            self.text(format!("dispositions.{place}.name"), name);
            self.check(
                format!("dispositions.{place}.code"),
                !known.insert(code.trim()),
                Code::Twice,
            );
        }
    }
}

impl CallCenter {
    /// What is wrong with the settings; empty: they can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = Errors(self.identity.validate());
        self.people(&mut errors);
        self.ranges(&mut errors);
        for (field, audio) in self.audios() {
            errors.0.extend(audio.validate(field));
        }
        let number_missing = self.forced.active && self.forced.number.is_none();
        errors.check("forced.number", number_missing, Code::NumberNeeded);
        errors.dispositions(&self.dispositions);
        let mail = &self.statistics;
        errors.check(
            "statistics.addresses",
            mail.addresses.len() > MAX_ADDRESSES,
            Code::TooMany,
        );
        for (place, address) in mail.addresses.iter().enumerate() {
            let path = format!("statistics.addresses.{place}");
            errors.check(path, !is_email(address), Code::EmailMalformed);
        }
        let period = [15, 30, 60].contains(&mail.period_minutes);
        errors.check("statistics.period_minutes", !period, Code::OutOfRange);
        errors.0
    }

    fn people(&self, errors: &mut Errors) {
        let mut agents = BTreeSet::new();
        for (place, member) in self.agents.iter().enumerate() {
            errors.check(
                format!("agents.{place}.user"),
                !agents.insert(member.user),
                Code::Twice,
            );
            errors.check(
                format!("agents.{place}.weight"),
                member.weight > 100,
                Code::OutOfRange,
            );
        }
        let sum: u32 = self
            .agents
            .iter()
            .map(|member| u32::from(member.weight))
            .sum();
        let weighs = self.policy == Policy::Weighted && !self.agents.is_empty();
        errors.check("agents", weighs && sum != 100, Code::WeightsNotHundred);
        let mut supervisors = BTreeSet::new();
        for (
            place,
            Supervisor {
                user,
                agents: theirs,
            },
        ) in self.supervisors.iter().enumerate()
        {
            errors.check(
                format!("supervisors.{place}.user"),
                !supervisors.insert(*user),
                Code::Twice,
            );
            let mut known = BTreeSet::new();
            for (nth, agent) in theirs.iter().enumerate() {
                let field = format!("supervisors.{place}.agents.{nth}");
                errors.check(field.clone(), !agents.contains(agent), Code::NotFound);
                errors.check(field, !known.insert(*agent), Code::Twice);
            }
        }
    }

    fn ranges(&self, errors: &mut Errors) {
        let (agent, heard) = (&self.agent, &self.announcements);
        errors.range("queue.length", self.queue.length, 0..=MAX_QUEUE.into());
        let no_key = self
            .queue
            .leave_key
            .is_some_and(|sign| Key::new(sign).is_none());
        errors.check("queue.leave_key", no_key, Code::Malformed);
        errors.maybe("agent.max_wrap_up", agent.max_wrap_up, 1..=3600);
        errors.maybe(
            "agent.alert_waiting",
            agent.alert_waiting,
            1..=MAX_QUEUE.into(),
        );
        errors.maybe("agent.alert_seconds", agent.alert_seconds, 1..=7200);
        errors.maybe(
            "announcements.estimate_refresh",
            heard.estimate_refresh,
            10..=600,
        );
        errors.range(
            "announcements.estimate_up_to",
            heard.estimate_up_to,
            1..=100,
        );
        errors.range(
            "announcements.handling_minutes",
            heard.handling_minutes,
            1..=100,
        );
        errors.range(
            "announcements.comfort_interval",
            heard.comfort_interval,
            10..=600,
        );
        errors.maybe("bounced.after_rings", self.bounced.after_rings, 1..=20);
        errors.maybe("bounced.warn_held", self.bounced.warn_held, 1..=7200);
        errors.maybe("bounced.after_held", self.bounced.after_held, 1..=7200);
        errors.range("bypass.below_seconds", self.bypass.below_seconds, 1..=120);
        errors.maybe("bypass.announce_after", self.bypass.announce_after, 1..=120);
        errors.maybe(
            "overflow.after_seconds",
            self.overflow.after_seconds,
            1..=7200,
        );
        errors.range(
            "stranded_unavailable.agents",
            self.stranded_unavailable.agents,
            1..=u16::MAX.into(),
        );
    }

    /// Every announcement with its field.
    pub(super) fn audios(&self) -> impl Iterator<Item = (&'static str, &Audio)> {
        let fixed = [
            (
                "announcements.welcome_audio",
                &self.announcements.welcome_audio,
            ),
            (
                "announcements.comfort_audio",
                &self.announcements.comfort_audio,
            ),
            ("announcements.music_audio", &self.announcements.music_audio),
            (
                "announcements.whisper_audio",
                &self.announcements.whisper_audio,
            ),
            ("holiday.audio", &self.holiday.audio),
            ("night.audio", &self.night.audio),
            ("night.manual_audio", &self.night.manual_audio),
            ("forced.audio", &self.forced.audio),
            ("bypass.audio", &self.bypass.audio),
            ("overflow.audio", &self.overflow.audio),
        ];
        let chosen = [
            ("stranded.action.audio", &self.stranded.action),
            (
                "stranded_unavailable.action.audio",
                &self.stranded_unavailable.action,
            ),
        ];
        let chosen = chosen
            .into_iter()
            .filter_map(|(field, action)| match action {
                StrandedAction::Announce { audio } => Some((field, audio)),
                _ => None,
            });
        fixed.into_iter().chain(chosen)
    }

    /// What of the settings does not go with those of the enterprise: unavailable codes that it does not have.
    pub fn validate_within(&self, defaults: &CenterDefaults) -> Vec<FieldError> {
        let mut errors = Errors::default();
        let unknown =
            |code: Option<_>| code.is_some_and(|code| defaults.codes.iter().all(|c| c.id != code));
        if let AfterCall::Unavailable { code } = self.agent.after_call {
            errors.check("agent.after_call.code", unknown(code), Code::NotFound);
        }
        let stranded = self.stranded_unavailable.code;
        errors.check(
            "stranded_unavailable.code",
            unknown(stranded),
            Code::NotFound,
        );
        errors.0
    }
}

impl CenterDefaults {
    /// What is wrong with the settings; empty: they can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = Errors::default();
        let mut known = BTreeSet::new();
        for (place, code) in self.codes.iter().enumerate() {
            errors.check(
                format!("codes.{place}.id"),
                !known.insert(code.id),
                Code::Twice,
            );
            errors.text(format!("codes.{place}.name"), &code.name);
        }
        let unknown = self.default_code.is_some_and(|code| !known.contains(&code));
        errors.check("default_code", unknown, Code::NotFound);
        let missing = self.codes_enabled && self.codes_forced && self.default_code.is_none();
        errors.check("default_code", missing, Code::Empty);
        errors.dispositions(&self.dispositions);
        errors.maybe("guard_seconds", self.guard_seconds, 1..=25);
        errors.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn told(errors: &[FieldError]) -> Vec<String> {
        errors
            .iter()
            .map(|error| format!("{}: {}", error.field, error.code.name()))
            .collect()
    }

    fn center(change: &Value) -> CallCenter {
        let mut base = json!({"id": 1, "identity": {"name": "a", "location": 1}});
        for (key, value) in change.as_object().unwrap() {
            base[key] = value.clone();
        }
        serde_json::from_value(base).unwrap()
    }

    #[allow(clippy::needless_pass_by_value, reason = "tables are easier to read")]
    fn check(change: Value, expected: &[&str]) {
        assert_eq!(told(&center(&change).validate()), expected, "{change}");
    }

    /// A number at both ends of its range, and just outside.
    fn bounds(part: &str, key: &str, first: u64, last: u64) {
        let path = format!("{part}.{key}: out-of-range");
        check(json!({part: {key: first}}), &[]);
        check(json!({part: {key: last}}), &[]);
        if first > 0 {
            check(json!({part: {key: first - 1}}), &[&path]);
        }
        check(json!({part: {key: last + 1}}), &[&path]);
    }

    #[test]
    fn numbers_have_ranges() {
        check(json!({}), &[]);
        bounds("queue", "length", 0, 525);
        bounds("agent", "max_wrap_up", 1, 3600);
        bounds("agent", "alert_waiting", 1, 525);
        bounds("agent", "alert_seconds", 1, 7200);
        bounds("announcements", "estimate_refresh", 10, 600);
        bounds("announcements", "estimate_up_to", 1, 100);
        bounds("announcements", "handling_minutes", 1, 100);
        bounds("announcements", "comfort_interval", 10, 600);
        bounds("bounced", "after_rings", 1, 20);
        bounds("bounced", "warn_held", 1, 7200);
        bounds("bounced", "after_held", 1, 7200);
        bounds("bypass", "below_seconds", 1, 120);
        bounds("bypass", "announce_after", 1, 120);
        bounds("overflow", "after_seconds", 1, 7200);
        check(
            json!({"stranded_unavailable": {"agents": 0}}),
            &["stranded_unavailable.agents: out-of-range"],
        );
        for (minutes, expected) in [(15, None), (30, None), (60, None), (45, Some(()))] {
            let errors = center(&json!({"statistics": {"period_minutes": minutes}})).validate();
            assert_eq!(errors.first().map(|_| ()), expected, "{minutes}");
        }
    }

    #[test]
    fn agents_and_supervisors() {
        let weighted = |first: u8, second: u8| json!({"policy": "weighted", "agents": [{"user": 2, "weight": first}, {"user": 3, "weight": second}]});
        check(weighted(0, 100), &[]);
        check(weighted(50, 49), &["agents: weights-not-hundred"]);
        check(weighted(50, 51), &["agents: weights-not-hundred"]);
        check(json!({"policy": "weighted"}), &[]);
        check(
            json!({"agents": [{"user": 2, "weight": 101}]}),
            &["agents.0.weight: out-of-range"],
        );
        check(
            json!({"agents": [{"user": 2}, {"user": 2}]}),
            &["agents.1.user: twice"],
        );
        check(
            json!({"agents": [{"user": 2}], "supervisors": [{"user": 4, "agents": [2, 3, 2]}, {"user": 4}]}),
            &[
                "supervisors.0.agents.1: not-found",
                "supervisors.0.agents.2: twice",
                "supervisors.1.user: twice",
            ],
        );
    }

    #[test]
    fn sounds_keys_numbers_and_addresses() {
        let five = json!(["a", "b", "c", "d", "e"]);
        check(
            json!({"announcements": {"welcome_audio": ["a", "b", "c", "d"]}}),
            &[],
        );
        for (part, key) in [
            ("announcements", "welcome_audio"),
            ("announcements", "comfort_audio"),
            ("announcements", "music_audio"),
            ("announcements", "whisper_audio"),
            ("holiday", "audio"),
            ("night", "audio"),
            ("night", "manual_audio"),
            ("forced", "audio"),
            ("bypass", "audio"),
            ("overflow", "audio"),
        ] {
            check(
                json!({part: {key: five}}),
                &[&format!("{part}.{key}: too-many")],
            );
        }
        for part in ["stranded", "stranded_unavailable"] {
            let expected = format!("{part}.action.audio: too-many");
            check(
                json!({part: {"action": {"do": "announce", "audio": five}}}),
                &[&expected],
            );
        }
        check(json!({"queue": {"leave_key": "#"}}), &[]);
        check(
            json!({"queue": {"leave_key": "a"}}),
            &["queue.leave_key: malformed"],
        );
        check(
            json!({"forced": {"active": true}}),
            &["forced.number: number-needed"],
        );
        check(json!({"forced": {"active": true, "number": "103"}}), &[]);
        check(json!({"statistics": {"addresses": ["a@b", "c@d"]}}), &[]);
        check(
            json!({"statistics": {"addresses": ["a@b", "c@d", "e@f"]}}),
            &["statistics.addresses: too-many"],
        );
        for wrong in ["a", "@b", "a@"] {
            check(
                json!({"statistics": {"addresses": [wrong]}}),
                &["statistics.addresses.0: email-malformed"],
            );
        }
    }

    #[test]
    fn codes() {
        let check = |change: Value, expected: &[&str]| {
            let defaults: CenterDefaults = serde_json::from_value(change.clone()).unwrap();
            assert_eq!(told(&defaults.validate()), expected, "{change}");
        };
        let lunch = json!({"id": 1, "name": "Lunch"});
        check(json!({}), &[]);
        check(
            json!({"codes": [lunch], "default_code": 1, "codes_enabled": true, "codes_forced": true}),
            &[],
        );
        check(json!({"codes": [lunch, lunch]}), &["codes.1.id: twice"]);
        check(
            json!({"codes": [{"id": 1, "name": " "}]}),
            &["codes.0.name: empty"],
        );
        check(json!({"codes": [{"id": 1, "name": "é".repeat(80)}]}), &[]);
        check(
            json!({"codes": [{"id": 1, "name": "é".repeat(81)}]}),
            &["codes.0.name: too-long"],
        );
        check(
            json!({"codes": [lunch], "default_code": 2}),
            &["default_code: not-found"],
        );
        check(
            json!({"codes_enabled": true, "codes_forced": true}),
            &["default_code: empty"],
        );
        check(json!({"codes_enabled": false, "codes_forced": true}), &[]);
        check(json!({"guard_seconds": 1}), &[]);
        check(json!({"guard_seconds": 25}), &[]);
        check(
            json!({"guard_seconds": 0}),
            &["guard_seconds: out-of-range"],
        );
        check(
            json!({"guard_seconds": 26}),
            &["guard_seconds: out-of-range"],
        );
        let sale = json!({"code": "1", "name": "Sale"});
        check(
            json!({"dispositions": [sale, sale]}),
            &["dispositions.1.code: twice"],
        );
        check(
            json!({"dispositions": [{"code": "", "name": ""}]}),
            &["dispositions.0.code: empty", "dispositions.0.name: empty"],
        );
    }

    #[test]
    fn codes_of_the_enterprise() {
        let defaults: CenterDefaults =
            serde_json::from_value(json!({"codes": [{"id": 1, "name": "Lunch"}]})).unwrap();
        let check = |change: Value, expected: &[&str]| {
            assert_eq!(
                told(&center(&change).validate_within(&defaults)),
                expected,
                "{change}"
            );
        };
        check(json!({}), &[]);
        check(json!({"stranded_unavailable": {"code": 1}}), &[]);
        check(
            json!({"stranded_unavailable": {"code": 2}}),
            &["stranded_unavailable.code: not-found"],
        );
        let after =
            |code: Value| json!({"agent": {"after_call": {"state": "unavailable", "code": code}}});
        check(after(json!(null)), &[]);
        check(after(json!(1)), &[]);
        check(after(json!(2)), &["agent.after_call.code: not-found"]);
    }
}
