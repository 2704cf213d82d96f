//! What is fed, a function a kind. Each takes any bytes, panics when it finds a fault, and tells whether it took them for
//! what they should be. The fuzzer feeds them, and so does the server's test of files that are changed at random.

use crate::holidays::{self, Context};
use crate::mail::text::Text;
use crate::problems::problems;
use crate::sound::{Sound, read};
use crate::telephony::ari::Event;
use crate::telephony::incoming::Incoming;
use crate::zones;
use centrale_core::api::routing::Question;
use centrale_core::api::schedules::DateOrder;
use centrale_core::api::{
    accounts, agents, centers, own, parts, passcodes, schedules, services, session, uploads,
};
use centrale_core::dial::{self, Dialled, Target, overlaps};
use centrale_core::email::{MAX_EMAIL, is_email, is_email_or_empty};
use centrale_core::number::{
    Code, Country, Destination, E164, Extension, National, Pattern, Spelling, pretty,
};
use centrale_core::organisation::{Language, Organisation};
use centrale_core::schedule::{HolidaySchedule, MAX_LINES, ScheduleKind, SchedulePart};
use centrale_core::snapshot::{CompiledLocation, Snapshot, Subscriber};
use centrale_core::text;
use centrale_core::time::Timestamp;
use centrale_core::what_if::tell;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

/// The organisation in which numbers are dialled and calls are tried.
static DEMO: LazyLock<Option<Arc<Snapshot>>> = LazyLock::new(|| {
    let demo = serde_json::from_str::<Organisation>(include_str!("../../demo/organisation.json"));
    demo.ok()
        .map(|demo| Arc::new(Snapshot::of(&demo, &zones::zone)))
});

/// Holidays from iCalendar.
pub fn calendar(bytes: &[u8]) -> bool {
    holidays_of(bytes, None)
}

/// Holidays from CSV, its dates read in every order.
pub fn table(bytes: &[u8]) -> bool {
    [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)]
        .map(|order| holidays_of(bytes, order))
        .contains(&true)
}

fn holidays_of(bytes: &[u8], dates: Option<DateOrder>) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        return false;
    };
    let context = Context {
        zone: chrono_tz::Tz::Europe__Amsterdam,
        year: 2026,
        dates,
    };
    let Ok(found) = holidays::read(text, context) else {
        return false;
    };
    if found.lines.is_empty() {
        return false;
    }
    assert!(found.lines.len() <= MAX_LINES);
    let problems = HolidaySchedule { lines: found.lines }.validate();
    // A holiday without a name gets one in the form.
    assert!(
        problems
            .iter()
            .all(|problem| problem.part == SchedulePart::LineName),
        "{problems:?}"
    );
    true
}

/// Sounds in WAV files.
pub fn wav(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && mp3(bytes)
}

/// Sounds in MP3 files, or any others.
pub fn mp3(bytes: &[u8]) -> bool {
    let Ok(sound) = read::sound(bytes.to_vec()) else {
        return false;
    };
    let kept = Sound::of_wav(sound.wav.clone()).map(|kept| kept.length_ms);
    assert_eq!(
        kept,
        Some(sound.length_ms),
        "it is in the form in which sounds are kept"
    );
    let again = read::sound(sound.wav).map(|again| again.length_ms);
    assert_eq!(again, Ok(sound.length_ms), "what is kept can be uploaded");
    true
}

/// Whole organisations, as they are imported; calls can go by one without problems.
pub fn organisation(bytes: &[u8]) -> bool {
    let Some(organisation) = read_json::<Organisation>(bytes) else {
        return false;
    };
    let is_right = problems(&organisation).is_empty();
    if is_right {
        let snapshot = Snapshot::of(&organisation, &zones::zone);
        overlaps(&snapshot);
        dial_everywhere(&snapshot, "112");
    }
    is_right
}

/// What the browser sends, read as the bodies of the endpoints that take one.
pub fn bodies(bytes: &[u8]) -> bool {
    let new = read_json::<parts::New>(bytes);
    let schedule = read_json::<schedules::New>(bytes);
    let question = read_json::<Question>(bytes);
    let others = [
        read_json::<accounts::Block>(bytes).is_some(),
        read_json::<agents::Change>(bytes).is_some(),
        read_json::<centers::Force>(bytes).is_some(),
        read_json::<centers::Priorities>(bytes).is_some(),
        read_json::<own::ChangePassword>(bytes).is_some(),
        read_json::<own::Confirm>(bytes).is_some(),
        read_json::<passcodes::Chosen>(bytes).is_some(),
        read_json::<parts::Replace>(bytes).is_some(),
        read_json::<services::Save>(bytes).is_some(),
        read_json::<session::LogIn>(bytes).is_some(),
        read_json::<uploads::New>(bytes).is_some(),
    ];
    let is_one =
        new.is_some() || schedule.is_some() || question.is_some() || others.contains(&true);
    if let Some(new) = new {
        new.part.validate();
    }
    match schedule.map(|new| new.kind) {
        Some(ScheduleKind::Time(hours)) => drop(hours.validate()),
        Some(ScheduleKind::Holidays(holidays)) => drop(holidays.validate()),
        None => {}
    }
    if let Some((question, demo)) = question.zip(DEMO.as_ref()) {
        tell(
            demo,
            &question.what_if(Timestamp::from_seconds(1_790_000_000)),
        );
    }
    is_one
}

/// A document in JSON; what is read can be written, and is read again as it was.
fn read_json<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    if !text::faults(bytes).is_empty() {
        return None;
    }
    let value: T = serde_json::from_slice(bytes).ok()?;
    let written = serde_json::to_string(&value).map_err(|error| error.to_string());
    let again = written
        .as_ref()
        .map(|written| serde_json::from_str::<T>(written));
    let again = again.map(|again| again.and_then(|again| serde_json::to_string(&again)));
    match (&written, again) {
        (Ok(written), Ok(Ok(again))) => assert_eq!(*written, again),
        (written, again) => panic!("it is not read as it is written: {written:?} {again:?}"),
    }
    Some(value)
}

/// Numbers, extensions, codes and patterns as people type them.
pub fn numbers(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        return false;
    };
    typed::<Extension>(text);
    typed::<Code>(text);
    typed::<National>(text);
    let (destination, pattern) = (typed::<Destination>(text), typed::<Pattern>(text));
    for country in Country::ALL {
        let public = destination.and_then(|to| to.public(country));
        if let Some(to) = destination {
            to.is_emergency(country);
            to.resolve(country).ok();
        }
        let fits = pattern.filter(|pattern| pattern.check(country).is_ok());
        for number in [typed::<E164>(text), public].into_iter().flatten() {
            assert_eq!(pretty(number).parse(), Ok(number));
            let spelling = Spelling::new(number, country);
            if let Some(pattern) = fits.filter(|pattern| pattern.matches(&spelling)) {
                assert!(pattern.ends().meet(spelling.ends()), "{pattern} {number}");
            }
        }
    }
    destination.is_some() || pattern.is_some()
}

/// What is typed is written in one way, which is read again as the same.
fn typed<T: FromStr + Debug + Display + PartialEq>(text: &str) -> Option<T> {
    let value = text.parse::<T>().ok()?;
    let written = value.to_string();
    assert_eq!(
        written.parse().ok().as_ref(),
        Some(&value),
        "{text:?} as {written:?}"
    );
    Some(value)
}

/// Digits as they are dialled, in one piece and key by key.
pub fn dialling(bytes: &[u8]) -> bool {
    let (Ok(digits), Some(demo)) = (str::from_utf8(bytes), DEMO.as_ref()) else {
        return false;
    };
    dial_everywhere(demo, digits)
}

/// Whether they reach anything anywhere.
fn dial_everywhere(snapshot: &Snapshot, digits: &str) -> bool {
    let callers = [None, snapshot.users().next()];
    let reached = snapshot.places().flat_map(|place| {
        let callers = callers
            .into_iter()
            .enumerate()
            .filter(|(at, caller)| *at == 0 || caller.is_some());
        callers.map(|(_, caller)| dialled(snapshot, place, caller, digits))
    });
    let reached: Vec<Target> = reached.collect();
    reached
        .iter()
        .any(|target| !matches!(target, Target::NotInUse | Target::NotDiallable))
}

fn dialled(
    snapshot: &Snapshot,
    place: &CompiledLocation,
    caller: Option<&Subscriber>,
    digits: &str,
) -> Target {
    let target = dial::dial(snapshot, place, caller, digits);
    for done in [false, true] {
        match dial::read(snapshot, place, caller, digits, done) {
            Dialled::Complete(read) | Dialled::MoreMayCome(read) => {
                assert_eq!(read, target, "{digits:?}");
            }
            Dialled::MoreNeeded => assert!(!done, "{digits:?}"),
        }
    }
    if place.emergency().any(|number| number.to_string() == digits) {
        assert!(
            matches!(target, Target::Emergency(_)),
            "{digits:?} is {target:?}"
        );
    }
    target
}

/// E-mail addresses.
pub fn emails(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        return false;
    };
    if !is_email(text) {
        return false;
    }
    assert!(is_email_or_empty(text) && text.chars().count() <= MAX_EMAIL);
    // It stands alone in the header of a mail.
    assert!(
        !text.contains(char::is_whitespace) && text::fault(text).is_none(),
        "{text:?}"
    );
    assert!(
        text.rsplit_once('@')
            .is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty())
    );
    true
}

/// What is filled into the sentences of mails stands there as it is.
pub fn texts(bytes: &[u8]) -> bool {
    let Ok(value) = str::from_utf8(bytes) else {
        return false;
    };
    for text in [Language::Nl, Language::En].map(Text::of) {
        for (key, argument) in [
            ("call-subject", "from"),
            ("call-text", "user"),
            ("password-text", "link"),
        ] {
            let filled = text.fill(key, &[(argument, value)]);
            let empty = text.fill(key, &[(argument, "")]);
            assert!(filled.contains(value), "{filled:?}");
            assert_eq!(filled.len(), empty.len() + value.len(), "{filled:?}");
        }
        // Keys come from the program only; one that is missing is itself.
        text.say(value);
    }
    true
}

/// Events of the telephony engine, and the calls in them.
pub fn events(bytes: &[u8]) -> bool {
    match serde_json::from_slice(bytes) {
        Ok(Event::StasisStart { channel, args }) => {
            channel.account();
            Incoming::from_args(&args).is_some()
        }
        Ok(Event::ChannelDestroyed { channel, .. } | Event::ChannelStateChange { channel }) => {
            channel.account().is_some() || channel.is_ringing()
        }
        Ok(event) => event != Event::Other,
        Err(_) => false,
    }
}
