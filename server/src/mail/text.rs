//! The sentences of mails, from the locale files of the server.

use centrale_core::organisation::Language;
use centrale_core::time::{Timestamp, Zone};
use chrono::Datelike;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

static DUTCH: LazyLock<Bundle> =
    LazyLock::new(|| bundle("nl", include_str!("../../locales/nl/mail.ftl")));
static ENGLISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle("en", include_str!("../../locales/en/mail.ftl")));

fn bundle(tag: &str, source: &str) -> Bundle {
    let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Marks around what is filled in would be seen in plain text.
    bundle.set_use_isolating(false);
    // What is readable is used; a test says when something is not.
    let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(source.to_owned());
    bundle.add_resource_overriding(resource);
    bundle
}

/// The sentences in one language.
#[derive(Clone, Copy)]
pub(crate) struct Text(&'static Bundle);

impl Text {
    pub(crate) fn of(language: Language) -> Self {
        Self(match language {
            Language::Nl => &DUTCH,
            Language::En => &ENGLISH,
        })
    }

    /// A sentence that takes nothing.
    pub(crate) fn say(self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// A sentence with what is filled in. One that is missing is its key.
    pub(crate) fn fill(self, key: &str, with: &[(&str, &str)]) -> String {
        let args = with
            .iter()
            .map(|(name, value)| (*name, FluentValue::from(*value)))
            .collect();
        self.format(key, &args)
    }

    /// A moment as a clock and a calendar there show it.
    pub(crate) fn moment(self, at: Timestamp, zone: &Zone) -> String {
        let local = zone.local(at);
        let date = local.date();
        let mut args = FluentArgs::new();
        args.set("day", date.day());
        args.set("month", date.month());
        args.set("year", date.year().to_string());
        args.set("time", time(local.minute_of_day()));
        self.format("moment", &args)
    }

    /// The name of a file about a moment: what it is, the date and the time.
    pub(crate) fn file(self, key: &str, at: Timestamp, zone: &Zone, extension: &str) -> String {
        let local = zone.local(at);
        let clock = time(local.minute_of_day()).replace(':', "");
        format!("{}-{}-{clock}.{extension}", self.say(key), local.date())
    }

    fn format(self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        self.0
            .format_pattern(pattern, Some(args), &mut Vec::new())
            .into_owned()
    }
}

/// A time of day, from minutes since midnight.
pub(crate) fn time(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A length of time in seconds, as it is read: `1:05`.
pub(crate) fn length(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_say_the_same() {
        let keys = |source: &str| {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
            let names = source
                .lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            names
                .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
                .collect::<BTreeSet<_>>()
        };
        let dutch = keys(include_str!("../../locales/nl/mail.ftl"));
        assert_eq!(dutch, keys(include_str!("../../locales/en/mail.ftl")));
        assert!(dutch.contains("call-text"), "{dutch:?}");
    }

    #[test]
    fn moments() {
        let zone = crate::zones::zone("Europe/Amsterdam").unwrap();
        let at = Timestamp::from_seconds(1_790_000_000);
        assert_eq!(
            Text::of(Language::Nl).moment(at, &zone),
            "21 september 2026, 16:13"
        );
        assert_eq!(
            Text::of(Language::En).moment(at, &Zone::utc()),
            "21 September 2026, 14:13"
        );
    }

    #[test]
    fn what_is_filled_in() {
        let text = Text::of(Language::En);
        assert_eq!(
            text.fill("call-subject", &[("from", "Zoë { $x }")]),
            "Call from Zoë { $x }"
        );
        assert_eq!(text.say("nothing-of-the-kind"), "nothing-of-the-kind");
    }
}
