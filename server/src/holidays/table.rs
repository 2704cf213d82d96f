//! CSV: a name with one or more ranges of days on each line, after a heading or not.

use super::cell::{self, Cell, Date};
use super::columns::{Column, Columns};
use super::{Context, Found, Whole, name, whole};
use centrale_core::api::schedules::DateOrder;
use centrale_core::error::Code;
use centrale_core::schedule::{FIRST_YEAR, HolidayLine, LAST_YEAR, Recurrence};
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use csv::{ReaderBuilder, StringRecord, Trim};

/// The most rows of a table.
const MAX_ROWS: usize = 5_000;
/// The longest row, in bytes.
const MAX_LENGTH: usize = 8 * 1024;
/// The most cells of a row.
const MAX_CELLS: usize = 200;
/// Over how many lines a cell in quotes may go: further, and the quote was not one.
const MAX_FOLDED: usize = 5;
/// What separates cells, in the order in which they are tried.
const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];

/// A row of the table.
struct Row {
    /// The line on which it begins.
    line: u32,
    /// Its cells; none when it is too long.
    cells: Option<StringRecord>,
}

impl Row {
    fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().flat_map(StringRecord::iter)
    }
}

/// Reads a table.
///
/// # Errors
/// `import-unreadable`: it has no rows, or no columns; `import-date-order`, `too-many`.
pub(super) fn read(text: &str, context: Context) -> Result<Found, Code> {
    let (delimiter, rows) = rows(text)?;
    let heading = rows.first().filter(|row| {
        row.cells()
            .all(|text| cell::cell(text, context.zone).is_none())
    });
    let heading = heading.and_then(|row| Columns::of_heading(row.cells()));
    let rows = &rows[usize::from(heading.is_some())..];
    if rows
        .iter()
        .all(|row| row.cells.as_ref().is_none_or(|cells| cells.len() < 2))
    {
        return Err(Code::ImportUnreadable);
    }
    let are_moments = heading.as_ref().is_some_and(|columns| columns.are_moments);
    let dates = rows
        .iter()
        .flat_map(Row::cells)
        .filter_map(|text| cell::cell(text, context.zone));
    let dates: Vec<Date> = dates.map(|cell| cell.date).collect();
    let order = order(&dates, delimiter, are_moments, context.dates)?;
    let mut found = Found::default();
    if let Some(columns) = &heading {
        unread(&mut found, columns, text, rows);
    }
    for row in rows {
        take(&mut found, row, heading.as_ref(), order, context.zone);
    }
    Ok(found)
}

/// The rows that are not empty, and what separates their cells.
fn rows(text: &str) -> Result<(char, Vec<Row>), Code> {
    let lines: Vec<&str> = text.lines().collect();
    let mut at = lines
        .iter()
        .take_while(|line| line.trim().is_empty())
        .count();
    // So a spreadsheet tells what separates the cells.
    let told = lines.get(at).and_then(|line| {
        line.trim()
            .to_ascii_lowercase()
            .strip_prefix("sep=")?
            .chars()
            .next()
    });
    at += usize::from(told.is_some());
    let delimiter = told
        .filter(char::is_ascii)
        .unwrap_or_else(|| delimiter(lines.get(at..).unwrap_or_default()));
    let mut rows = Vec::new();
    while let Some(line) = lines.get(at) {
        let count = folded(&lines[at..]);
        if !line.trim().is_empty() {
            if rows.len() == MAX_ROWS {
                return Err(Code::TooMany);
            }
            let cells = record(&lines[at..at + count].join("\n"), delimiter);
            rows.push(Row {
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                cells,
            });
        }
        at += count;
    }
    rows.retain(|row| {
        row.cells
            .as_ref()
            .is_none_or(|cells| cells.iter().any(|cell| !cell.is_empty()))
    });
    Ok((delimiter, rows))
}

/// On how many lines the first row stands: until its quotes are closed.
fn folded(lines: &[&str]) -> usize {
    let mut quotes = 0;
    for (count, line) in lines.iter().take(MAX_FOLDED).enumerate() {
        quotes += line.bytes().filter(|byte| *byte == b'"').count();
        if quotes % 2 == 0 {
            return count + 1;
        }
    }
    1
}

fn record(text: &str, delimiter: char) -> Option<StringRecord> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .buffer_capacity(text.len().max(1))
        .from_reader(text.as_bytes());
    let record = reader.records().next()?.ok()?;
    (record.len() <= MAX_CELLS).then_some(record)
}

/// What separates cells, and does not stand in quotes, on the most of the first lines.
fn delimiter(lines: &[&str]) -> char {
    let separates = |line: &str, delimiter: char| {
        let mut is_quoted = false;
        line.chars().any(|c| {
            is_quoted ^= c == '"';
            c == delimiter && !is_quoted
        })
    };
    let first = || lines.iter().filter(|line| !line.trim().is_empty()).take(20);
    let on = |delimiter: &char| first().filter(|line| separates(line, *delimiter)).count();
    DELIMITERS.into_iter().rev().max_by_key(on).unwrap_or(',')
}

/// In which order dates are read whose own numbers do not tell; `None` when the file has both, so that nothing tells.
fn order(
    dates: &[Date],
    delimiter: char,
    are_moments: bool,
    asked: Option<DateOrder>,
) -> Result<Option<DateOrder>, Code> {
    let has = |order| dates.iter().any(|date| date.order() == Some(order));
    match (has(DateOrder::DayFirst), has(DateOrder::MonthFirst), asked) {
        (true, true, asked) => Ok(asked),
        (true, false, _) => Ok(Some(DateOrder::DayFirst)),
        (false, true, _) => Ok(Some(DateOrder::MonthFirst)),
        (false, false, Some(asked)) => Ok(Some(asked)),
        // Where a comma stands in numbers, lists have semicolons; nowhere there the month is first.
        _ if are_moments || delimiter == ';' || !dates.iter().any(|date| date.is_open()) => {
            Ok(Some(DateOrder::DayFirst))
        }
        _ => Err(Code::ImportDateOrder),
    }
}

/// Names the columns that hold something, and nothing that is read.
fn unread(found: &mut Found, columns: &Columns, text: &str, rows: &[Row]) {
    let Ok((_, all)) = self::rows(text) else {
        return;
    };
    let Some(heading) = all.first() else { return };
    for (index, title) in heading.cells().enumerate() {
        let is_other = columns.columns.get(index) == Some(&Column::Other);
        let holds = || {
            rows.iter()
                .any(|row| row.cells().nth(index).is_some_and(|cell| !cell.is_empty()))
        };
        if is_other && holds() {
            found.note(heading.line, &name(title).0, Code::ImportColumnUnread, true);
        }
    }
}

/// The first and the last day of a range as they are written.
#[derive(Clone, Copy, Default)]
struct Range<'a> {
    start: &'a str,
    start_time: &'a str,
    end: &'a str,
    end_time: &'a str,
}

fn take(
    found: &mut Found,
    row: &Row,
    heading: Option<&Columns>,
    order: Option<DateOrder>,
    zone: Tz,
) {
    let Some(cells) = &row.cells else {
        return found.note(row.line, "", Code::TooLong, false);
    };
    let is_date = |index: usize| {
        cells
            .get(index)
            .is_some_and(|text| cell::cell(text, zone).is_some())
    };
    let places = Columns::of_places(cells.len(), is_date(0) && !is_date(1) && cells.len() > 1);
    let columns = heading.unwrap_or(&places);
    let (mut title, mut ranges) = (String::new(), Vec::<Range<'_>>::new());
    let mut is_cut = false;
    for (text, column) in cells.iter().zip(&columns.columns) {
        match (column, ranges.last_mut()) {
            (Column::Name, _) => (title, is_cut) = name(text),
            (Column::Start, _) => ranges.push(Range {
                start: text,
                ..Range::default()
            }),
            (Column::StartTime, Some(range)) => range.start_time = text,
            (Column::End, Some(range)) => range.end = text,
            (Column::EndTime, Some(range)) => range.end_time = text,
            _ => {}
        }
    }
    let surplus = cells
        .iter()
        .skip(columns.columns.len())
        .any(|text| !text.is_empty());
    ranges.retain(|range| !range.start.is_empty() || !range.end.is_empty());
    if ranges.is_empty() || surplus {
        found.note(row.line, &title, Code::ImportDateUnreadable, false);
    }
    let mut is_taken = false;
    for range in ranges {
        match days(range, columns.are_moments, order, zone) {
            Ok((from, to, whole)) => {
                let when = Recurrence::Once { from, to };
                if found.add(vec![HolidayLine {
                    name: title.clone(),
                    when,
                    until: None,
                }]) {
                    is_taken = true;
                } else {
                    found.note(row.line, &title, Code::ScheduleTooManyHolidays, false);
                }
                for code in whole.notes() {
                    found.note(row.line, &title, code, true);
                }
            }
            Err(code) => found.note(row.line, &title, code, false),
        }
    }
    if is_cut && is_taken {
        found.note(row.line, &title, Code::ImportNameCut, true);
    }
}

/// The first and the last day of a range, and how whole they are.
fn days(
    range: Range<'_>,
    are_moments: bool,
    order: Option<DateOrder>,
    zone: Tz,
) -> Result<(NaiveDate, NaiveDate, Whole), Code> {
    let start = moment(range.start, range.start_time, order, zone)?;
    let begin = cell::at(start.0, start.1);
    let next_day = |date: NaiveDate| {
        date.checked_add_days(Days::new(1))
            .ok_or(Code::ScheduleYearOutOfRange)
    };
    let end = if range.end.is_empty() {
        next_day(start.0)?.and_time(NaiveTime::MIN)
    } else {
        match moment(range.end, range.end_time, order, zone)? {
            (date, None) if !are_moments && date < start.0 => {
                return Err(Code::ScheduleEndBeforeStart);
            }
            (date, None) if !are_moments => next_day(date)?.and_time(NaiveTime::MIN),
            (date, time) => cell::at(date, time),
        }
    };
    if end < begin {
        return Err(Code::ScheduleEndBeforeStart);
    }
    let whole = whole(begin, end);
    let (from, to) = whole.days.ok_or(Code::ImportPartOfDay)?;
    let years = FIRST_YEAR..=LAST_YEAR;
    if !years.contains(&from.year()) || !years.contains(&to.year()) {
        return Err(Code::ScheduleYearOutOfRange);
    }
    Ok((from, to, whole))
}

fn moment(
    text: &str,
    time: &str,
    order: Option<DateOrder>,
    zone: Tz,
) -> Result<(NaiveDate, Option<NaiveTime>), Code> {
    let wrong = Code::ImportDateUnreadable;
    let Cell { date, time: with } = cell::cell(text, zone).ok_or(wrong)?;
    let order = match (date.order(), order) {
        (Some(own), _) => own,
        (None, Some(order)) => order,
        (None, None) if date.is_open() => return Err(Code::ImportDateOrder),
        (None, None) => DateOrder::DayFirst,
    };
    let date = date.read(order).ok_or(wrong)?;
    let apart = if time.is_empty() {
        None
    } else {
        Some(cell::time(time).ok_or(wrong)?)
    };
    Ok((date, apart.or(with)))
}
