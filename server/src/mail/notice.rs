//! What users are told by mail: that somebody called (call notify, manual § 7.4), and that a message was left (manual
//! § 19.3.3). Of a caller they are told what their phone would show, and no more.

use super::email::{Email, Enclosed, Kind};
use super::text::{Text, length};
use crate::wav;
use centrale_core::call::Delivery;
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use centrale_core::number::pretty;
use centrale_core::service::call_notify;
use centrale_core::snapshot::{Snapshot, Subscriber};
use centrale_core::time::Timestamp;

/// Who called whom, and when.
#[derive(Clone, Copy)]
pub struct CallNotice<'a> {
    /// What is known of users.
    pub config: &'a Snapshot,
    /// Who was called.
    pub user: UserId,
    /// The caller, as far as the line told.
    pub caller: Caller,
    /// When the call came, or the message was left.
    pub at: Timestamp,
}

/// The emails about a message that was left.
pub struct MessageEmails {
    /// The one that takes it elsewhere instead of keeping it.
    pub forward: Option<Email>,
    /// Those beside it: the copy and the notice.
    pub others: Vec<Email>,
}

impl CallNotice<'_> {
    /// The email about a call; `None` when nobody is to get one any more.
    pub fn call(&self) -> Option<Email> {
        let subscriber = self.config.user(self.user)?;
        let to = call_notify::address(subscriber)?.to_owned();
        Some(self.email(subscriber, to, ("call-subject", "call-text"), None, None))
    }

    /// The emails about a message, which is a WAV file.
    pub fn message(&self, how: &Delivery, sound: &[u8]) -> MessageEmails {
        let mut emails = MessageEmails {
            forward: None,
            others: Vec::new(),
        };
        let Some(subscriber) = self.config.user(self.user) else {
            return emails;
        };
        let seconds = wav::length(sound).map(|length| length.as_secs_f64().ceil() as u64);
        let length = seconds.map(length);
        let text = Text::of(subscriber.language());
        let name = text.file("message-file", self.at, &subscriber.place.zone, "wav");
        let write = |to: &str, says: &str, encloses: bool| {
            let enclosed = encloses.then(|| Enclosed {
                name: name.clone(),
                kind: Kind::Wav,
                content: sound.into(),
            });
            let keys = ("message-subject", says);
            (!to.is_empty())
                .then(|| self.email(subscriber, to.into(), keys, length.clone(), enclosed))
        };
        emails.forward = write(&how.forward, "message-enclosed", true);
        emails
            .others
            .extend(write(&how.copy, "message-enclosed", true));
        let notice = if how.kept {
            "message-notice"
        } else {
            "message-mailed"
        };
        emails.others.extend(write(&how.notice, notice, false));
        emails
    }

    fn email(
        &self,
        subscriber: &Subscriber,
        to: String,
        (subject, says): (&str, &str),
        length: Option<String>,
        enclosed: Option<Enclosed>,
    ) -> Email {
        let text = Text::of(subscriber.language());
        let (name, number) = self.shown(text);
        let from = name.clone().or_else(|| number.clone());
        let from = from.unwrap_or_else(|| {
            text.say(if self.caller.withheld {
                "withheld"
            } else {
                "unknown"
            })
        });
        let time = text.moment(self.at, &subscriber.place.zone);
        let line = |key: &str, name: &str, value: &str| text.fill(key, &[(name, value)]);
        let mut lines = vec![
            text.fill(says, &[("user", &subscriber.user.name())]),
            String::new(),
        ];
        lines.extend(name.map(|name| line("line-from", "from", &name)));
        lines.push(line(
            "line-number",
            "number",
            number.as_deref().unwrap_or(&from),
        ));
        lines.push(line("line-time", "time", &time));
        lines.extend(length.map(|length| line("line-length", "length", &length)));
        lines.push(String::new());
        Email {
            to,
            subject: line(subject, "from", &from),
            text: lines.join("\n"),
            enclosed,
        }
    }

    /// The name and the number of the caller, as far as they may be seen.
    fn shown(&self, text: Text) -> (Option<String>, Option<String>) {
        if self.caller.withheld {
            return (None, None);
        }
        let name = self
            .caller
            .user
            .and_then(|user| self.config.user(user))
            .map(|s| s.user.name());
        let number = self.caller.number.map(pretty);
        let extension = self
            .caller
            .extension
            .map(|extension| text.fill("extension", &[("extension", &extension.to_string())]));
        let both: Vec<String> = number.into_iter().chain(extension).collect();
        (
            name.filter(|name| !name.is_empty()),
            (!both.is_empty()).then(|| both.join(", ")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use centrale_core::organisation::Organisation;
    use serde_json::json;

    const AT: Timestamp = Timestamp(1_790_000_000_000);
    const SANNE: UserId = UserId(1);
    const DAAN: UserId = UserId(3);

    fn demo(language: &str) -> Snapshot {
        let mut demo: serde_json::Value =
            serde_json::from_str(include_str!("../../demo/organisation.json")).unwrap();
        let users = demo["users"].as_array_mut().unwrap();
        let sanne = users.iter_mut().find(|user| user["id"] == 1).unwrap();
        sanne["language"] = json!(language);
        sanne["services"]["call-notify"] =
            json!({"active": true, "email": "sanne@example.com", "rules": [{"name": "All"}]});
        let organisation: Organisation = serde_json::from_value(demo).unwrap();
        Snapshot::of(&organisation, &crate::zones::zone)
    }

    fn event(config: &Snapshot, caller: Caller) -> CallNotice<'_> {
        CallNotice {
            config,
            user: SANNE,
            caller,
            at: AT,
        }
    }

    fn colleague(config: &Snapshot) -> Caller {
        let user = &config.user(DAAN).unwrap().user;
        Caller {
            number: user.number,
            extension: user.extension,
            user: Some(DAAN),
            withheld: false,
        }
    }

    #[test]
    fn a_call_as_it_is_told() {
        let (dutch, english) = (demo("nl"), demo("en"));
        let check = |config: &Snapshot, caller: Caller, subject: &str, text: &str| {
            let email = event(config, caller).call().unwrap();
            assert_eq!(
                (email.to.as_str(), email.subject.as_str()),
                ("sanne@example.com", subject)
            );
            assert_eq!(email.text, text);
            assert!(email.enclosed.is_none());
        };
        let outside = Caller::external("+31205550100".parse().unwrap());
        check(
            &english,
            outside,
            "Call from +31 20 555 01 00",
            "There was a call for Sanne de Boer.\n\nNumber: +31 20 555 01 00\nTime: 21 September 2026, 16:13\n",
        );
        check(
            &dutch,
            colleague(&dutch),
            "Oproep van Daan Visser",
            "Er was een oproep voor Sanne de Boer.\n\nVan: Daan Visser\nNummer: +31 30 555 01 43, toestel 143\n\
             Tijd: 21 september 2026, 16:13\n",
        );
        check(
            &english,
            Caller::unavailable(),
            "Call from an unknown number",
            "There was a call for Sanne de Boer.\n\nNumber: an unknown number\nTime: 21 September 2026, 16:13\n",
        );
    }

    #[test]
    fn an_anonymous_caller_stays_anonymous() {
        for config in [demo("nl"), demo("en")] {
            let outside = Caller::external("+31205550100".parse().unwrap());
            for caller in [outside, colleague(&config)] {
                let event = event(
                    &config,
                    Caller {
                        withheld: true,
                        ..caller
                    },
                );
                let how = Delivery {
                    notice: "a@b.example".into(),
                    copy: "c@d.example".into(),
                    ..Delivery::default()
                };
                let emails = event.message(&how, &[]).others;
                assert_eq!(emails.len(), 2);
                for email in emails.into_iter().chain(event.call()) {
                    let said = format!("{}\n{}", email.subject, email.text);
                    for hidden in ["Daan", "Visser", "143", "01 43", "555", "0100", "01 00"] {
                        assert!(!said.contains(hidden), "{said}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_group_is_written_to_in_the_language_of_its_location() {
        for (language, subject) in [("nl", "Voicemail van"), ("en", "Voice message from")] {
            let mut demo: serde_json::Value =
                serde_json::from_str(include_str!("../../demo/organisation.json")).unwrap();
            let group = demo["hunt_groups"][0]["id"].as_u64().unwrap();
            demo["locations"][0]["site"] = json!({"language": language});
            let config = Snapshot::of(&serde_json::from_value(demo).unwrap(), &crate::zones::zone);
            let of_group = CallNotice {
                user: UserId(u32::try_from(group).unwrap()),
                ..event(&config, Caller::unavailable())
            };
            let how = Delivery {
                kept: true,
                notice: "a@b.example".into(),
                ..Delivery::default()
            };
            let emails = of_group.message(&how, &[]).others;
            assert!(
                emails[0].subject.starts_with(subject),
                "{language}: {}",
                emails[0].subject
            );
        }
    }

    #[test]
    fn nobody_who_switched_it_off_is_told() {
        let config = demo("nl");
        let caller = Caller::unavailable();
        assert!(
            CallNotice {
                user: DAAN,
                ..event(&config, caller)
            }
            .call()
            .is_none()
        );
        assert!(
            CallNotice {
                user: UserId(9999),
                ..event(&config, caller)
            }
            .call()
            .is_none()
        );
    }

    #[test]
    fn what_is_mailed_of_a_message() {
        let config = demo("en");
        let event = event(&config, Caller::external("+31205550100".parse().unwrap()));
        let sound = wav::tests::silence(65);
        let check = |kept: bool, addresses: [&str; 3], expected: &[(&str, &str, bool)]| {
            let [forward, copy, notice] = addresses.map(str::to_owned);
            let emails = event.message(
                &Delivery {
                    kept,
                    indicator: kept,
                    forward,
                    copy,
                    notice,
                },
                &sound,
            );
            assert_eq!(emails.forward.is_some(), !addresses[0].is_empty());
            let all: Vec<_> = emails.forward.iter().chain(&emails.others).collect();
            let seen: Vec<_> = all
                .iter()
                .map(|email| {
                    assert_eq!(email.subject, "Voice message from +31 20 555 01 00");
                    assert!(email.text.contains("\nLength: 1:05\n"), "{}", email.text);
                    let enclosed = email.enclosed.as_ref();
                    if let Some(file) = enclosed {
                        assert_eq!(
                            (file.name.as_str(), file.kind),
                            ("message-2026-09-21-1613.wav", Kind::Wav)
                        );
                        assert_eq!(file.content, sound);
                    }
                    (
                        email.to.as_str(),
                        email.text.lines().next().unwrap(),
                        enclosed.is_some(),
                    )
                })
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|(to, says, file)| {
                    (
                        *to,
                        format!("There is a new voice message for Sanne de Boer. {says}"),
                        *file,
                    )
                })
                .collect();
            let seen: Vec<_> = seen
                .into_iter()
                .map(|(to, says, file)| (to, says.to_owned(), file))
                .collect();
            assert_eq!(seen, expected);
        };
        let (enclosed, kept) = ("It is enclosed.", "You hear it in the mailbox.");
        let mailed = "It is mailed and not kept in the mailbox.";
        check(true, ["", "", ""], &[]);
        check(
            true,
            ["", "", "n@x.example"],
            &[("n@x.example", kept, false)],
        );
        check(
            true,
            ["", "c@x.example", ""],
            &[("c@x.example", enclosed, true)],
        );
        check(
            false,
            ["f@x.example", "c@x.example", "n@x.example"],
            &[
                ("f@x.example", enclosed, true),
                ("c@x.example", enclosed, true),
                ("n@x.example", mailed, false),
            ],
        );
    }
}
