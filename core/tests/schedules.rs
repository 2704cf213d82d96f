//! Properties of schedules: what a schedule says of a moment agrees with a plain scan of the wall clock, as chrono
//! and the time zone database tell it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot make its input has failed"
)]

use centrale_core::id::{LocationId, ScheduleId};
use centrale_core::schedule::{
    Block, CompiledSchedule, Edge, FIRST_YEAR, HolidayLine, HolidaySchedule, LAST_YEAR, NotOn,
    Recurrence, Schedule, ScheduleKind, ScheduleOwner, TimeSchedule, WeekMinute, easter,
};
use centrale_core::time::{Timestamp, Zone};
use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike,
    Weekday,
};
use chrono_tz::{America, Asia, Australia, Europe, Pacific, Tz};
use proptest::prelude::*;
use std::sync::LazyLock;

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

/// A zone both ways: as the product has it, and as the database tells it.
struct Place {
    tz: Tz,
    zone: Zone,
}

impl Place {
    fn new(tz: Tz) -> Self {
        let end = Timestamp::from_seconds(4_102_444_800);
        let zone = Zone::from_offsets(tz.name(), Timestamp::default(), end, |at| {
            tz.offset_from_utc_datetime(&utc(at))
                .fix()
                .local_minus_utc()
        });
        Self {
            tz,
            zone: zone.unwrap(),
        }
    }

    fn wall(&self, at: i64) -> NaiveDateTime {
        self.tz.from_utc_datetime(&utc(at)).naive_local()
    }
}

fn utc(at: i64) -> NaiveDateTime {
    DateTime::from_timestamp(at, 0).unwrap().naive_utc()
}

static AMSTERDAM: LazyLock<Place> = LazyLock::new(|| Place::new(Europe::Amsterdam));

/// Clock changes at midnight, of half an hour, of a whole day, and none.
static ELSEWHERE: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let zones = [
        America::Sao_Paulo,
        Australia::Lord_Howe,
        Pacific::Apia,
        Asia::Kolkata,
    ];
    zones.into_iter().map(Place::new).collect()
});

/// Moments that lie mostly near a clock change of Amsterdam.
fn moments() -> impl Strategy<Value = i64> {
    let changes = vec![1_774_746_000, 1_792_890_000, 1_743_296_400, 1_761_440_400];
    prop_oneof![
        4 => (prop::sample::select(changes), -4 * DAY..4 * DAY).prop_map(|(change, off)| change + off),
        1 => 0..4_000_000_000i64,
    ]
}

/// Half of them on a Sunday, where the clock changes are.
fn week_minute() -> impl Strategy<Value = WeekMinute> {
    prop_oneof![0..=10_080u16, 8640..=10_080u16].prop_map(|minute| WeekMinute::new(minute).unwrap())
}

fn block() -> impl Strategy<Value = Block> {
    (week_minute(), week_minute()).prop_map(|(start, end)| Block { start, end })
}

fn time_schedule() -> impl Strategy<Value = TimeSchedule> {
    prop::collection::vec(block(), 0..6).prop_map(|blocks| TimeSchedule { blocks })
}

fn recurrence() -> impl Strategy<Value = Recurrence> {
    let weekday = || (0..7u8).prop_map(|day| Weekday::try_from(day).unwrap());
    let days = || prop_oneof![3 => 1..4u16, 1 => 1..=366u16];
    let shift = prop_oneof![-7..=-1i8, 1..=7i8];
    let not_on =
        prop::option::of((weekday(), shift).prop_map(|(weekday, shift)| NotOn { weekday, shift }));
    let date = (FIRST_YEAR..=LAST_YEAR, 1..=365u32)
        .prop_map(|(year, day)| NaiveDate::from_yo_opt(year, day).unwrap());
    prop_oneof![
        (date, 0..40u64).prop_map(|(from, days)| {
            let to = from.checked_add_days(Days::new(days)).unwrap();
            Recurrence::Once {
                from,
                to: to.min(NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).unwrap()),
            }
        }),
        (1..=12u8, 1..=29u8, days(), not_on).prop_map(|(month, day, days, not_on)| {
            Recurrence::Yearly {
                month,
                day,
                days,
                not_on,
            }
        }),
        (-80..=250i16, days()).prop_map(|(offset, days)| Recurrence::Easter { offset, days }),
        (1..=12u8, weekday(), prop_oneof![-5..=-1i8, 1..=5i8], days()).prop_map(
            |(month, weekday, nth, days)| Recurrence::NthWeekday {
                month,
                weekday,
                nth,
                days
            }
        ),
    ]
}

fn holiday_schedule() -> impl Strategy<Value = HolidaySchedule> {
    let line =
        (recurrence(), prop::option::of(FIRST_YEAR..=LAST_YEAR)).prop_map(|(when, until)| {
            HolidayLine {
                name: "x".to_owned(),
                when,
                until: until.filter(|_| when.recurs()),
            }
        });
    prop::collection::vec(line, 0..4).prop_map(|lines| HolidaySchedule { lines })
}

/// Whether a schedule is active at a date and time of the wall clock, the slow and obvious way.
fn naive(kind: &ScheduleKind, wall: NaiveDateTime) -> bool {
    match kind {
        ScheduleKind::Time(time) => {
            let minute =
                wall.weekday().num_days_from_monday() * 1440 + wall.hour() * 60 + wall.minute();
            time.blocks.iter().any(|block| {
                let (start, end) = (u32::from(block.start.get()), u32::from(block.end.get()));
                if start <= end {
                    start <= minute && minute < end
                } else {
                    start <= minute || minute < end
                }
            })
        }
        ScheduleKind::Holidays(holidays) => holidays
            .lines
            .iter()
            .any(|line| falls_on(line, wall.date())),
    }
}

fn falls_on(line: &HolidayLine, date: NaiveDate) -> bool {
    let days = match line.when {
        Recurrence::Once { from, to } => return from <= date && date <= to,
        Recurrence::Yearly { days, .. }
        | Recurrence::Easter { days, .. }
        | Recurrence::NthWeekday { days, .. } => days,
    };
    (0..u64::from(days))
        .filter_map(|back| date.checked_sub_days(Days::new(back)))
        .any(|start| {
            due_year(line.when, start)
                .is_some_and(|year| line.until.is_none_or(|until| year <= until))
        })
}

/// The year whose occurrence starts on a date.
fn due_year(when: Recurrence, date: NaiveDate) -> Option<i32> {
    match when {
        Recurrence::Once { .. } => None,
        Recurrence::Yearly {
            month, day, not_on, ..
        } => {
            let is_due =
                |date: &NaiveDate| date.month() == u32::from(month) && date.day() == u32::from(day);
            let unmoved = Some(date)
                .filter(is_due)
                .filter(|d| not_on.is_none_or(|rule| rule.weekday != d.weekday()));
            let moved = not_on.and_then(|rule| {
                let due = date - TimeDelta::days(i64::from(rule.shift));
                (is_due(&due) && due.weekday() == rule.weekday).then_some(due)
            });
            unmoved.or(moved).map(|due| due.year())
        }
        Recurrence::Easter { offset, .. } => {
            let from_easter = date - easter(date.year())?;
            (from_easter == TimeDelta::days(i64::from(offset))).then_some(date.year())
        }
        Recurrence::NthWeekday {
            month,
            weekday,
            nth,
            ..
        } => {
            let days_in_month = (28..=31)
                .filter(|day| date.with_day(*day).is_some())
                .max()?;
            let index = if nth > 0 {
                (date.day() - 1) / 7 + 1
            } else {
                (days_in_month - date.day()) / 7 + 1
            };
            let is_due = date.month() == u32::from(month)
                && date.weekday() == weekday
                && index == u32::from(nth.unsigned_abs());
            is_due.then_some(date.year())
        }
    }
}

/// The first moment after `at`, in steps of `step` seconds up to `limit` seconds on, at which the state differs.
fn scan(kind: &ScheduleKind, place: &Place, at: i64, step: i64, limit: i64) -> Option<i64> {
    let now = naive(kind, place.wall(at));
    let first = (at.div_euclid(step) + 1) * step;
    (first..at + limit)
        .step_by(step as usize)
        .find(|at| naive(kind, place.wall(*at)) != now)
}

/// State and next change of a schedule at a moment agree with the scan.
fn agrees(
    kind: &ScheduleKind,
    place: &Place,
    at: i64,
    step: i64,
    limit: i64,
) -> Result<(), TestCaseError> {
    let compiled = CompiledSchedule::of_kind(kind);
    let moment = Timestamp::from_seconds(at).plus_ms(999);
    let state = compiled.state(moment, &place.zone);
    prop_assert_eq!(
        state.active,
        naive(kind, place.wall(at)),
        "state at {} {}",
        place.tz,
        place.wall(at)
    );
    prop_assert_eq!(state.active, state.by.is_some());
    let found = compiled
        .next_change(moment, &place.zone)
        .map(Timestamp::seconds);
    let expected = scan(kind, place, at, step, limit);
    prop_assert_eq!(
        found.filter(|found| *found < at + limit),
        expected,
        "change after {}",
        place.wall(at)
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_time_schedule_agrees_with_a_scan(time in time_schedule(), at in moments()) {
        agrees(&ScheduleKind::Time(time), &AMSTERDAM, at, MINUTE, 15 * DAY)?;
    }

    #[test]
    fn a_time_schedule_agrees_in_other_zones(time in time_schedule(), at in 0..2_000_000_000i64) {
        let kind = ScheduleKind::Time(time);
        for place in ELSEWHERE.iter() {
            agrees(&kind, place, at, MINUTE, 8 * DAY)?;
        }
    }

    #[test]
    fn a_holiday_schedule_agrees_with_a_scan(
        holidays in holiday_schedule(),
        at in 980_000_000..4_080_000_000i64,
    ) {
        agrees(&ScheduleKind::Holidays(holidays), &AMSTERDAM, at, 60 * MINUTE, 40 * DAY)?;
    }

    #[test]
    fn holidays_agree_where_clocks_change_at_midnight(
        days in prop::collection::vec(-2..3i64, 1..3),
        change in any::<prop::sample::Index>(),
        ahead in 0..3 * DAY,
    ) {
        for place in ELSEWHERE.iter() {
            let table = place.zone.transitions();
            let changes: Vec<i64> = table.iter().map(|t| t.at).filter(|at| *at > 980_000_000).collect();
            if changes.is_empty() {
                continue;
            }
            let change = *change.get(&changes);
            let line = |day: &i64| {
                let date = place.wall(change + day * DAY).date();
                HolidayLine { name: String::new(), when: Recurrence::Once { from: date, to: date }, until: None }
            };
            let kind = ScheduleKind::Holidays(HolidaySchedule { lines: days.iter().map(line).collect() });
            agrees(&kind, place, change - ahead, 15 * MINUTE, 8 * DAY)?;
        }
    }

    #[test]
    fn changes_alternate(time in time_schedule()) {
        let schedule = CompiledSchedule::of_kind(&ScheduleKind::Time(time));
        let mut at = Timestamp::from_seconds(1_767_225_600);
        let mut active = schedule.state(at, &AMSTERDAM.zone).active;
        for _ in 0..200 {
            let Some(next) = schedule.next_change(at, &AMSTERDAM.zone) else { break };
            prop_assert!(next > at);
            prop_assert_eq!(schedule.state(next.plus_ms(-1), &AMSTERDAM.zone).active, active);
            active = !active;
            prop_assert_eq!(schedule.state(next, &AMSTERDAM.zone).active, active);
            at = next;
        }
    }

    #[test]
    fn no_moment_panics(time in time_schedule(), holidays in holiday_schedule(), at in any::<i64>()) {
        for kind in [ScheduleKind::Time(time), ScheduleKind::Holidays(holidays)] {
            let schedule = CompiledSchedule::of_kind(&kind);
            for at in [Timestamp(at), Timestamp(i64::MIN), Timestamp(i64::MAX)] {
                let _ = (schedule.state(at, &AMSTERDAM.zone), schedule.next_change(at, &AMSTERDAM.zone));
            }
        }
    }

    #[test]
    fn drawing_adds_exactly_its_minutes(time in time_schedule(), block in block()) {
        let (after, index) = time.add(block);
        let covers = |time: &TimeSchedule, minute| time.blocks.iter().any(|block| block.contains(minute));
        for minute in 0..10_080 {
            let expected = covers(&time, minute) || block.contains(minute);
            prop_assert_eq!(covers(&after, minute), expected, "{}", minute);
        }
        prop_assert!(after.blocks.is_empty() || after.validate().is_empty());
        if block.length() > 0 {
            prop_assert!(after.blocks[index].contains(block.start.get() % 10_080));
        }
    }

    #[test]
    fn dragging_leaves_a_schedule_that_may_be_saved(
        blocks in prop::collection::vec(block(), 1..6),
        moves in prop::collection::vec((0..6usize, 0..3u8, week_minute()), 1..6),
    ) {
        let mut time = blocks.into_iter().fold(TimeSchedule::default(), |time, block| time.add(block).0);
        for (index, what, minute) in moves {
            let minute = minute.snapped(15);
            let before = time.blocks.len();
            let (after, moved) = match what {
                0 => time.move_edge(index, Edge::Start, minute),
                1 => time.move_edge(index, Edge::End, minute),
                _ => time.move_block(index, minute),
            };
            prop_assert!(after.blocks.is_empty() || after.validate().is_empty(), "{:?}", after);
            prop_assert!(index >= before || moved < after.blocks.len());
            time = after;
        }
    }

    #[test]
    fn schedules_survive_json(time in time_schedule(), holidays in holiday_schedule()) {
        for kind in [ScheduleKind::Time(time), ScheduleKind::Holidays(holidays)] {
            let owner = ScheduleOwner::Location(LocationId(3));
            let schedule = Schedule { id: ScheduleId(7), owner, name: "Kantoor".to_owned(), kind };
            let json = serde_json::to_string(&schedule).unwrap();
            prop_assert_eq!(serde_json::from_str::<Schedule>(&json).unwrap(), schedule);
        }
    }

    #[test]
    fn any_text_is_a_minute_or_refused(text in "\\PC{0,12}|[a-z]{3} [0-9:]{0,6}") {
        if let Ok(minute) = text.parse::<WeekMinute>() {
            prop_assert_eq!(minute.to_string().parse(), Ok(minute));
        }
    }
}
