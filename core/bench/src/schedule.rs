//! Is the office open at a moment: Monday to Friday from 08:30 to 17:30 in Amsterdam, Dutch holidays excepted.
//! The moments are given in the form in which each side takes them.

use crate::measure::Pair;
use crate::organisation::{Random, amsterdam, holidays, weekdays};
use centrale_core::schedule::{CompiledSchedule, ScheduleKind};
use centrale_core::time::{Timestamp, date_of_day};
use chrono::DateTime;
use chrono_tz::{Europe::Amsterdam, Tz};
use opening_hours::localization::{Country, TzLocation};
use opening_hours::{Context, ContextHolidays, OpeningHours};
use std::sync::Arc;

const YEARS: std::ops::Range<i32> = 2020..2050;
/// The first moment of these years and the first after them, in seconds since the epoch.
const SPAN: (i64, i64) = (1_577_836_800, 2_524_608_000);
const MOMENTS: usize = 4096;

/// The core beside the `opening-hours` crate.
pub(crate) fn pair() -> Pair {
    let mut random = Random(1);
    let moments: Vec<Timestamp> = (0..MOMENTS)
        .map(|_| Timestamp::from_seconds(SPAN.0 + random.below((SPAN.1 - SPAN.0) as u64) as i64))
        .collect();
    let theirs: Vec<DateTime<Tz>> = moments
        .iter()
        .map(|at| {
            DateTime::from_timestamp_millis(at.0)
                .unwrap_or_default()
                .with_timezone(&Amsterdam)
        })
        .collect();

    let zone = amsterdam();
    let times = CompiledSchedule::of_kind(&weekdays((8, 30), (17, 30)));
    let days = CompiledSchedule::of_kind(&holidays());
    let open = move |at: Timestamp| times.state(at, &zone).active && !days.state(at, &zone).active;

    let context = Context::default()
        .with_holidays(calendar())
        .with_locale(TzLocation::new(Amsterdam));
    let hours: OpeningHours = "Mo-Fr 08:30-17:30; PH off"
        .parse()
        .expect("the expression is of the peer's grammar");
    let hours = hours.with_context(context);

    for (ours, theirs) in moments.iter().zip(&theirs) {
        assert_eq!(open(*ours), hours.is_open(*theirs), "{theirs}");
    }
    Pair {
        name: "state of a schedule at a moment, with zone and holidays",
        peer_name: "opening-hours 2.1",
        target: 25.0,
        questions: MOMENTS,
        core: Box::new(move |some| moments[some].iter().filter(|at| open(**at)).count()),
        peer: Box::new(move |some| theirs[some].iter().filter(|at| hours.is_open(**at)).count()),
    }
}

/// The peer's own Dutch holidays and those that only the core counts: Good Friday and Liberation Day.
fn calendar() -> ContextHolidays {
    let mut days = Country::NL.holidays().get_public().clone();
    let ScheduleKind::Holidays(ours) = holidays() else {
        return ContextHolidays::default();
    };
    for (first, end) in
        YEARS.flat_map(|year| ours.lines.iter().filter_map(move |line| line.days_in(year)))
    {
        (first..end).for_each(|day| _ = days.insert(date_of_day(day)));
    }
    ContextHolidays::new(days.into(), Arc::default())
}
