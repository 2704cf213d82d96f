//! The parts of a recurrence as numbers, for the fields that show and change them one at a time. A part that a kind
//! does not have is 0, and changing it does nothing.

use super::kind::WEEKDAYS;
use centrale_core::schedule::{NotOn, Recurrence};
use centrale_core::time::{date_of_day, day_of_date};
use chrono::Weekday;

pub(super) fn days_of(when: Recurrence) -> i32 {
    match when {
        Recurrence::Yearly { days, .. }
        | Recurrence::Easter { days, .. }
        | Recurrence::NthWeekday { days, .. } => i32::from(days),
        Recurrence::Once { .. } => 1,
    }
}

pub(super) fn set_days(when: &mut Recurrence, value: i32) {
    if let Recurrence::Yearly { days, .. }
    | Recurrence::Easter { days, .. }
    | Recurrence::NthWeekday { days, .. } = when
    {
        *days = value.clamp(0, 9999) as u16;
    }
}

pub(super) fn first_day(when: Recurrence) -> i32 {
    if let Recurrence::Once { from, .. } = when {
        day_of_date(from)
    } else {
        0
    }
}

pub(super) fn set_first_day(when: &mut Recurrence, day: i32) {
    if let Recurrence::Once { from, to } = when {
        // Keeps the length: the last day moves with the first.
        *to = date_of_day(day + day_of_date(*to).saturating_sub(day_of_date(*from)).max(0));
        *from = date_of_day(day);
    }
}

pub(super) fn last_day(when: Recurrence) -> i32 {
    if let Recurrence::Once { to, .. } = when {
        day_of_date(to)
    } else {
        0
    }
}

pub(super) fn set_last_day(when: &mut Recurrence, day: i32) {
    if let Recurrence::Once { to, .. } = when {
        *to = date_of_day(day);
    }
}

pub(super) fn day_of(when: Recurrence) -> i32 {
    if let Recurrence::Yearly { day, .. } = when {
        i32::from(day)
    } else {
        0
    }
}

pub(super) fn set_day(when: &mut Recurrence, value: i32) {
    if let Recurrence::Yearly { day, .. } = when {
        *day = value.clamp(0, 99) as u8;
    }
}

pub(super) fn month_of(when: Recurrence) -> i32 {
    match when {
        Recurrence::Yearly { month, .. } | Recurrence::NthWeekday { month, .. } => i32::from(month),
        _ => 0,
    }
}

pub(super) fn set_month(when: &mut Recurrence, value: i32) {
    if let Recurrence::Yearly { month, .. } | Recurrence::NthWeekday { month, .. } = when {
        *month = value as u8;
    }
}

/// The shift off a Sunday; off other days it is kept and shown as it is.
pub(super) fn shift_of(when: Recurrence) -> i32 {
    match when {
        Recurrence::Yearly {
            not_on:
                Some(NotOn {
                    weekday: Weekday::Sun,
                    shift,
                }),
            ..
        } => i32::from(shift),
        Recurrence::Yearly {
            not_on: Some(_), ..
        } => OTHER_SHIFT,
        _ => 0,
    }
}

/// Stands for a shift that the choice does not offer.
pub(super) const OTHER_SHIFT: i32 = 99;

pub(super) fn set_shift(when: &mut Recurrence, value: i32) {
    if let Recurrence::Yearly { not_on, .. } = when
        && value != OTHER_SHIFT
    {
        *not_on = (value != 0).then_some(NotOn {
            weekday: Weekday::Sun,
            shift: value as i8,
        });
    }
}

pub(super) fn sunday_choices(when: Recurrence) -> Vec<(i32, String)> {
    let known = [
        (0, "schedules-sunday-stays"),
        (-1, "schedules-sunday-before"),
        (1, "schedules-sunday-after"),
    ];
    let mut choices: Vec<_> = known.map(|(shift, key)| (shift, key.to_owned())).into();
    let shift = shift_of(when);
    if !choices.iter().any(|(known, _)| *known == shift) {
        choices.push((shift, "schedules-sunday-other".to_owned()));
    }
    choices
}

pub(super) fn offset_of(when: Recurrence) -> i32 {
    if let Recurrence::Easter { offset, .. } = when {
        i32::from(offset)
    } else {
        0
    }
}

pub(super) fn set_offset(when: &mut Recurrence, value: i32) {
    if let Recurrence::Easter { offset, .. } = when {
        *offset = value as i16;
    }
}

pub(super) fn nth_of(when: Recurrence) -> i32 {
    if let Recurrence::NthWeekday { nth, .. } = when {
        i32::from(nth)
    } else {
        0
    }
}

pub(super) fn set_nth(when: &mut Recurrence, value: i32) {
    if let Recurrence::NthWeekday { nth, .. } = when {
        *nth = value as i8;
    }
}

pub(super) fn weekday_of(when: Recurrence) -> i32 {
    if let Recurrence::NthWeekday { weekday, .. } = when {
        weekday.num_days_from_monday() as i32
    } else {
        0
    }
}

pub(super) fn set_weekday(when: &mut Recurrence, value: i32) {
    if let Recurrence::NthWeekday { weekday, .. } = when {
        *weekday = WEEKDAYS
            .get(value as usize)
            .copied()
            .unwrap_or(Weekday::Mon);
    }
}
