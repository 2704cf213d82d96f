//! Ready sets of holidays: the public holidays of a country, named as people there name them.
//! Sources: the Dutch, Belgian and German governments' lists of public holidays.

use super::{HolidayLine, HolidaySchedule, NotOn, Recurrence};
use crate::number::Country;
use chrono::Weekday;

/// A set of holidays to start a schedule from.
#[derive(Clone, Copy, Debug)]
pub struct ReadySet {
    /// Stable name, the key of the text that names it.
    pub key: &'static str,
    /// The country whose holidays they are.
    pub country: Country,
    lines: &'static [(&'static str, Recurrence)],
}

impl ReadySet {
    /// The lines of the set, all recurring for ever.
    pub fn lines(&self) -> impl Iterator<Item = HolidayLine> {
        self.lines.iter().map(|(name, when)| HolidayLine {
            name: (*name).to_owned(),
            when: *when,
            until: None,
        })
    }

    /// A schedule that holds just this set.
    pub fn schedule(&self) -> HolidaySchedule {
        HolidaySchedule {
            lines: self.lines().collect(),
        }
    }
}

const fn on(day: u8, month: u8) -> Recurrence {
    Recurrence::Yearly {
        month,
        day,
        days: 1,
        not_on: None,
    }
}

const fn easter(offset: i16) -> Recurrence {
    Recurrence::Easter { offset, days: 1 }
}

/// All ready sets.
pub static READY_SETS: &[ReadySet] = &[
    ReadySet {
        key: "holidays-nl",
        country: Country::Nl,
        lines: &[
            ("Nieuwjaarsdag", on(1, 1)),
            ("Goede Vrijdag", easter(-2)),
            ("Eerste Paasdag", easter(0)),
            ("Tweede Paasdag", easter(1)),
            (
                "Koningsdag",
                Recurrence::Yearly {
                    month: 4,
                    day: 27,
                    days: 1,
                    not_on: Some(NotOn {
                        weekday: Weekday::Sun,
                        shift: -1,
                    }),
                },
            ),
            ("Bevrijdingsdag", on(5, 5)),
            ("Hemelvaartsdag", easter(39)),
            ("Eerste Pinksterdag", easter(49)),
            ("Tweede Pinksterdag", easter(50)),
            ("Eerste Kerstdag", on(25, 12)),
            ("Tweede Kerstdag", on(26, 12)),
        ],
    },
    ReadySet {
        key: "holidays-be",
        country: Country::Be,
        lines: &[
            ("Nieuwjaar", on(1, 1)),
            ("Paasmaandag", easter(1)),
            ("Dag van de Arbeid", on(1, 5)),
            ("O.L.H. Hemelvaart", easter(39)),
            ("Pinkstermaandag", easter(50)),
            ("Nationale feestdag", on(21, 7)),
            ("O.L.V. Hemelvaart", on(15, 8)),
            ("Allerheiligen", on(1, 11)),
            ("Wapenstilstand", on(11, 11)),
            ("Kerstmis", on(25, 12)),
        ],
    },
    ReadySet {
        key: "holidays-de",
        country: Country::De,
        lines: &[
            ("Neujahr", on(1, 1)),
            ("Karfreitag", easter(-2)),
            ("Ostermontag", easter(1)),
            ("Tag der Arbeit", on(1, 5)),
            ("Christi Himmelfahrt", easter(39)),
            ("Pfingstmontag", easter(50)),
            ("Tag der Deutschen Einheit", on(3, 10)),
            ("1. Weihnachtstag", on(25, 12)),
            ("2. Weihnachtstag", on(26, 12)),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::date_of_day;

    #[test]
    fn sets_are_valid() {
        for set in READY_SETS {
            assert_eq!(set.schedule().validate(), [], "{}", set.key);
        }
    }

    #[test]
    fn dates_of_a_year() {
        let check = |country: Country, year: i32, expected: &[&str]| {
            let set = READY_SETS
                .iter()
                .find(|set| set.country == country)
                .unwrap();
            let dates: Vec<_> = set
                .lines()
                .filter_map(|line| line.days_in(year))
                .map(|(start, _)| date_of_day(start).to_string()[5..].to_owned())
                .collect();
            assert_eq!(dates, expected, "{country:?} {year}");
        };
        check(
            Country::Nl,
            2025,
            &[
                "01-01", "04-18", "04-20", "04-21", "04-26", "05-05", "05-29", "06-08", "06-09",
                "12-25", "12-26",
            ],
        );
        check(
            Country::Be,
            2026,
            &[
                "01-01", "04-06", "05-01", "05-14", "05-25", "07-21", "08-15", "11-01", "11-11",
                "12-25",
            ],
        );
        check(
            Country::De,
            2026,
            &[
                "01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "10-03", "12-25", "12-26",
            ],
        );
    }
}
