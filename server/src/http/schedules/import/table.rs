//! CSV: a name, a date and perhaps a last date, after a heading or not.

use centrale_core::schedule::{HolidayLine, Recurrence};
use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord, Trim};

/// The holidays, each once; `None` when a line cannot be read.
pub(super) fn read(text: &str) -> Option<Vec<HolidayLine>> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t'].into_iter().find(|d| first.as_bytes().contains(d)).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let records: Vec<StringRecord> = reader.records().collect::<Result<_, _>>().ok()?;
    let heading = records.first().is_some_and(|record| record.get(1).and_then(date).is_none());
    records.iter().skip(usize::from(heading)).map(line).collect()
}

fn line(record: &StringRecord) -> Option<HolidayLine> {
    let from = date(record.get(1)?)?;
    let to = match record.get(2) {
        None | Some("") => from,
        Some(text) => date(text)?,
    };
    Some(HolidayLine { name: record.get(0)?.to_owned(), when: Recurrence::Once { from, to }, until: None })
}

fn date(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
        .into_iter()
        .find_map(|format| NaiveDate::parse_from_str(text, format).ok())
}
