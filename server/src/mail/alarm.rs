//! What administrators are told by mail when somebody goes over a limit of the calls that leave (requirement K2).

use super::email::Email;
use super::text::Text;
use centrale_core::id::UserId;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::{Timestamp, Zone};
use centrale_core::trace::Limit;

/// Who went over which limit, and when.
#[derive(Clone, Copy)]
pub struct Alarm<'a> {
    /// What is known of users.
    pub config: &'a Snapshot,
    /// Who; `None`: all users together.
    pub user: Option<UserId>,
    /// The limit that was gone over.
    pub limit: Limit,
    /// They cause no calls that leave until an administrator lifts that.
    pub stopped: bool,
    /// When it was gone over.
    pub at: Timestamp,
}

impl Alarm<'_> {
    /// The email to an address, in the language of the first location; `None` when there is no address.
    pub fn email(&self, to: &str) -> Option<Email> {
        if to.is_empty() {
            return None;
        }
        let user = self.user.and_then(|user| self.config.user(user));
        let place = user
            .map(|user| &user.place)
            .or_else(|| self.config.places().next());
        let text = Text::of(place.map(|place| place.site.language).unwrap_or_default());
        let who = user.map_or_else(|| text.say("alarm-all"), |user| user.user.name());
        let says = match self.limit {
            Limit::UserCalls | Limit::EnterpriseCalls => "alarm-calls",
            Limit::UserCallsAMinute | Limit::EnterpriseCallsAMinute => "alarm-calls-a-minute",
            Limit::UserStopped | Limit::EnterpriseStopped => "alarm-stopped",
        };
        let zone = place.map_or_else(Zone::utc, |place| place.zone.clone());
        let lines = [
            text.fill(says, &[("who", &who)]),
            text.say(if self.stopped {
                "alarm-until-lifted"
            } else {
                "alarm-goes-on"
            }),
            String::new(),
            text.fill("line-time", &[("time", &text.moment(self.at, &zone))]),
            String::new(),
        ];
        Some(Email {
            to: to.to_owned(),
            subject: text.fill("alarm-subject", &[("who", &who)]),
            text: lines.join("\n"),
            enclosed: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const AT: Timestamp = Timestamp(1_790_000_000_000);

    #[test]
    fn an_alarm_as_it_is_read() {
        let mut demo: serde_json::Value =
            serde_json::from_str(include_str!("../../demo/organisation.json")).unwrap();
        let check = |demo: &serde_json::Value,
                     user: Option<u32>,
                     limit,
                     stopped,
                     subject: &str,
                     says: &str| {
            let config = Snapshot::of(
                &serde_json::from_value(demo.clone()).unwrap(),
                &crate::zones::zone,
            );
            let alarm = Alarm {
                config: &config,
                user: user.map(UserId),
                limit,
                stopped,
                at: AT,
            };
            assert!(alarm.email("").is_none());
            let email = alarm.email("admin@example.com").unwrap();
            assert_eq!(
                (email.to.as_str(), email.subject.as_str()),
                ("admin@example.com", subject)
            );
            assert_eq!(email.text, says);
        };
        demo["locations"][0]["site"] = json!({"language": "en"});
        check(
            &demo,
            Some(1),
            Limit::UserCalls,
            true,
            "Outside calls: Sanne de Boer went over a limit",
            "Sanne de Boer has as many outside calls at once as are allowed, and tried one more.\n\
             No more calls of theirs leave until an administrator lifts that.\n\n\
             Time: 21 September 2026, 16:13\n",
        );
        check(
            &demo,
            None,
            Limit::EnterpriseCallsAMinute,
            false,
            "Outside calls: All users together went over a limit",
            "All users together made as many outside calls within a minute as are allowed, and tried one more.\n\
             Calls within the limits still leave.\n\n\
             Time: 21 September 2026, 16:13\n",
        );
        demo["locations"][0]["site"] = json!({"language": "nl"});
        check(
            &demo,
            Some(1),
            Limit::UserCallsAMinute,
            true,
            "Gesprekken naar buiten: grens overschreden (Sanne de Boer)",
            "Sanne de Boer: binnen een minuut zijn zoveel gesprekken naar buiten begonnen als is toegestaan, en er \
             is nog een geprobeerd.\n\
             Er gaan geen gesprekken meer naar buiten tot een beheerder dat opheft.\n\n\
             Tijd: 21 september 2026, 16:13\n",
        );
    }
}
