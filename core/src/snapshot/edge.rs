//! Where a snapshot ends that holds a part of the configuration: what is known of the rest, and what was looked for
//! beyond it. A call that meets the edge says so instead of taking what it does not find for nothing.

use super::Line;
use crate::id::{LocationId, ScheduleId, UserId};
use crate::number::{Country, E164, Extension};
use crate::organisation::NumberRange;
use crate::schedule::{HiddenTimes, State};
use crate::time::LocalTime;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something that a call looks for in the configuration. Its text, as in `extension:1:145`, asks the server for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(into = "String", try_from = "String")]
pub enum Unknown {
    /// A user, virtual or not.
    User(UserId),
    /// A location.
    Place(LocationId),
    /// Whose number of the enterprise it is.
    Number(E164),
    /// Whose extension it is at a location.
    Extension(LocationId, Extension),
    /// Whom digits reach that may be the prefix of a location and an extension there.
    Prefixed(String),
    /// Whom an extension means that is keyed into an auto attendant.
    Keyed(UserId, String),
    /// Whom a name means that is keyed into an auto attendant.
    Named(UserId, String),
    /// A schedule.
    Schedule(ScheduleId),
    /// Whether a schedule is active at a day since 1970-01-01 and a minute of it, on the wall clock of its location.
    Moment(ScheduleId, i32, u16),
}

/// Whom an extension that is keyed in means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dialled {
    /// Whose extension it is.
    pub line: Option<Line>,
    /// It is the beginning of a longer one too.
    pub goes_on: bool,
}

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "is", content = "it")]
pub enum Answer {
    /// There is no such thing; of a number of the enterprise: nobody has it.
    Nothing,
    /// Somebody's line.
    Line(Line),
    /// What keys of an extension come to.
    Dialled(Dialled),
    /// What keys of a name come to.
    Named(Vec<UserId>),
    /// A schedule whose times may not be seen; what it is at a moment may be asked.
    Hidden,
    /// What a schedule is at a moment.
    State(State),
}

/// What a snapshot that holds a part of the configuration knows of the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Beyond {
    /// The country in which numbers are read that the public network hands over.
    pub country: Country,
    /// The numbers of the enterprise, whoever has them.
    pub numbers: Vec<NumberRange>,
    /// The countries in which the enterprise has locations.
    pub countries: BTreeSet<Country>,
    /// Hidden users for whom it is set nearer than the enterprise which calls may leave; what is set may not be seen.
    pub barred: BTreeSet<UserId>,
    /// What is known of single things.
    pub answers: Vec<(Unknown, Answer)>,
}

/// The edge of a snapshot.
#[derive(Debug, Default)]
pub struct Edge {
    country: Country,
    numbers: Vec<NumberRange>,
    countries: BTreeSet<Country>,
    barred: BTreeSet<UserId>,
    answers: BTreeMap<Unknown, Answer>,
    /// Hidden users who are no persons: what they are decides what becomes of a call.
    groups: BTreeSet<UserId>,
    met: Mutex<Met>,
}

/// What a call met at the edge so far.
#[derive(Debug, Default)]
struct Met {
    unknown: BTreeSet<Unknown>,
    /// Whose settings were asked for and are hidden.
    hidden: BTreeSet<UserId>,
    told: BTreeSet<UserId>,
    /// States of schedules at moments count as unknown.
    timeless: bool,
}

/// No two edges are the same: what was met at one was not met at the other.
impl PartialEq for Edge {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Edge {}

impl Edge {
    /// The edge beyond which this much is known, with the hidden users who are no persons.
    pub fn new(beyond: &Beyond, groups: impl IntoIterator<Item = UserId>) -> Self {
        let Beyond {
            country,
            numbers,
            countries,
            barred,
            answers,
        } = beyond.clone();
        let (answers, groups) = (answers.into_iter().collect(), groups.into_iter().collect());
        Self {
            country,
            numbers,
            countries,
            barred,
            answers,
            groups,
            met: Mutex::default(),
        }
    }

    pub(super) fn country(&self) -> Country {
        self.country
    }

    /// Whether the enterprise has a location in a country.
    pub(super) fn is_own(&self, country: Country) -> bool {
        self.countries.contains(&country)
    }

    /// It matters which calls of a user may leave: where that is hidden, it is told so.
    pub(super) fn leaves(&self, user: UserId) {
        if self.barred.contains(&user) {
            self.hides(user);
        }
    }

    /// Begins another call. `timeless`: what hidden schedules are at moments counts as unknown, also where it is known,
    /// as somebody asks what holds until something changes.
    pub(crate) fn begin(&self, timeless: bool) {
        *self.met() = Met {
            timeless,
            ..Met::default()
        };
    }

    /// Something was looked for that is not known: the call goes no further.
    pub(crate) fn is_met(&self) -> bool {
        !self.met().unknown.is_empty()
    }

    /// What was looked for and is not known, at most `most`.
    pub(crate) fn unknown(&self, most: usize) -> Vec<Unknown> {
        self.met().unknown.iter().take(most).cloned().collect()
    }

    /// Whose settings were asked for that are hidden, since this was last asked; each user once a call.
    pub(crate) fn newly_hidden(&self) -> Vec<UserId> {
        let mut met = self.met();
        let fresh: Vec<UserId> = std::mem::take(&mut met.hidden).into_iter().collect();
        fresh
            .into_iter()
            .filter(|user| met.told.insert(*user))
            .collect()
    }

    pub(super) fn hides(&self, user: UserId) {
        self.met().hidden.insert(user);
    }

    /// A user was looked for: one who is not there may be elsewhere, and a hidden one who is no person may do anything.
    pub(super) fn looked_for(&self, user: UserId, found: bool) {
        if !found {
            self.answer(&Unknown::User(user));
        } else if self.groups.contains(&user) {
            self.hides(user);
        }
    }

    pub(super) fn line(&self, asked: &Unknown) -> Option<Line> {
        match self.answer(asked)? {
            Answer::Line(line) => Some(*line),
            _ => None,
        }
    }

    /// Whether a number is the enterprise's.
    pub(super) fn owns(&self, number: E164) -> bool {
        self.numbers
            .iter()
            .any(|range| range.first <= number && number <= range.last)
    }

    /// Whose number it is, of those who are not here.
    pub(super) fn by_number(&self, number: E164) -> Option<Line> {
        if self.owns(number) {
            self.line(&Unknown::Number(number))
        } else {
            None
        }
    }

    /// What keys of an extension come to.
    pub(crate) fn keyed(&self, attendant: UserId, digits: &str) -> Dialled {
        match self.answer(&Unknown::Keyed(attendant, digits.to_owned())) {
            Some(Answer::Dialled(dialled)) => *dialled,
            _ => Dialled {
                line: None,
                goes_on: false,
            },
        }
    }

    /// What keys of a name come to.
    pub(crate) fn named(&self, attendant: UserId, digits: &str) -> Vec<UserId> {
        match self.answer(&Unknown::Named(attendant, digits.to_owned())) {
            Some(Answer::Named(users)) => users.clone(),
            _ => Vec::new(),
        }
    }

    /// What is known of something; nothing: from now on it is met.
    pub(super) fn answer(&self, asked: &Unknown) -> Option<&Answer> {
        let answer = self.answers.get(asked);
        if answer.is_none() {
            self.met().unknown.insert(asked.clone());
        }
        answer
    }

    fn met(&self) -> MutexGuard<'_, Met> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HiddenTimes for Edge {
    fn state(&self, schedule: ScheduleId, local: LocalTime) -> State {
        let asked = Unknown::Moment(schedule, local.day, (local.second_of_day / 60) as u16);
        if self.met().timeless {
            self.met().unknown.insert(asked);
            return State::default();
        }
        match self.answer(&asked) {
            Some(Answer::State(state)) => *state,
            _ => State::default(),
        }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(user) => write!(f, "user:{user}"),
            Self::Place(location) => write!(f, "place:{location}"),
            Self::Number(number) => write!(f, "number:{number}"),
            Self::Extension(location, extension) => write!(f, "extension:{location}:{extension}"),
            Self::Prefixed(digits) => write!(f, "prefixed:{digits}"),
            Self::Keyed(attendant, digits) => write!(f, "keyed:{attendant}:{digits}"),
            Self::Named(attendant, digits) => write!(f, "named:{attendant}:{digits}"),
            Self::Schedule(schedule) => write!(f, "schedule:{schedule}"),
            Self::Moment(schedule, day, minute) => write!(f, "moment:{schedule}:{day}:{minute}"),
        }
    }
}

impl FromStr for Unknown {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let mut parts = text.split(':');
            let (kind, mut next) = (parts.next()?, || parts.next());
            let found = match kind {
                "user" => Self::User(UserId(next()?.parse().ok()?)),
                "place" => Self::Place(LocationId(next()?.parse().ok()?)),
                "number" => Self::Number(next()?.parse().ok()?),
                "extension" => {
                    Self::Extension(LocationId(next()?.parse().ok()?), next()?.parse().ok()?)
                }
                "prefixed" => Self::Prefixed(next()?.to_owned()),
                "keyed" => Self::Keyed(UserId(next()?.parse().ok()?), next()?.to_owned()),
                "named" => Self::Named(UserId(next()?.parse().ok()?), next()?.to_owned()),
                "schedule" => Self::Schedule(ScheduleId(next()?.parse().ok()?)),
                "moment" => {
                    let schedule = ScheduleId(next()?.parse().ok()?);
                    Self::Moment(schedule, next()?.parse().ok()?, next()?.parse().ok()?)
                }
                _ => return None,
            };
            parts.next().is_none().then_some(found)
        };
        read().ok_or("no such thing is looked for")
    }
}

impl From<Unknown> for String {
    fn from(asked: Unknown) -> Self {
        asked.to_string()
    }
}

impl TryFrom<String> for Unknown {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_read_as_it_is_written() {
        let (at, number) = (LocationId(2), "+31305550142".parse().unwrap());
        for asked in [
            Unknown::User(UserId(7)),
            Unknown::Place(at),
            Unknown::Number(number),
            Unknown::Extension(at, "145".parse().unwrap()),
            Unknown::Prefixed("*8145".into()),
            Unknown::Keyed(UserId(9), "1".into()),
            Unknown::Named(UserId(9), "227".into()),
            Unknown::Schedule(ScheduleId(3)),
            Unknown::Moment(ScheduleId(3), 20_781, 1439),
        ] {
            assert_eq!(asked.to_string().parse(), Ok(asked.clone()));
            assert_eq!(serde_json::to_value(&asked).unwrap(), asked.to_string());
        }
        for text in [
            "",
            "user",
            "user:",
            "user:x",
            "user:1:2",
            "moment:1:2",
            "extension:1:",
            "pickup:1",
            "112",
        ] {
            assert!(text.parse::<Unknown>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_is_met() {
        let [known, other] = ["+31305550100", "+31305550101"].map(|text| text.parse().unwrap());
        let elsewhere = "+31205550100".parse().unwrap();
        let numbers = vec![NumberRange {
            first: known,
            last: other,
        }];
        let answers = vec![(Unknown::Number(known), Answer::Nothing)];
        let edge = Edge::new(
            &Beyond {
                numbers,
                answers,
                ..Beyond::default()
            },
            [UserId(5)],
        );
        assert_eq!(
            (
                edge.by_number(known),
                edge.by_number(elsewhere),
                edge.is_met()
            ),
            (None, None, false)
        );
        assert_eq!(
            (edge.by_number(other), edge.unknown(9)),
            (None, vec![Unknown::Number(other)])
        );
        edge.begin(false);
        assert!(!edge.is_met());
        for _ in 0..2 {
            edge.looked_for(UserId(5), true);
            edge.looked_for(UserId(6), true);
        }
        assert_eq!(
            (edge.newly_hidden(), edge.newly_hidden()),
            (vec![UserId(5)], Vec::new())
        );
    }
}
