//! The email with a report: a short table to be read, and all that was counted as a table for a spreadsheet.

use super::span::Span;
use crate::mail::{Email, Enclosed, Kind, Text, length, time};
use crate::store::ReportKind;
use centrale_core::acd::Counters;
use centrale_core::organisation::Language;
use centrale_core::time::{Timestamp, Zone};
use chrono::{DateTime, FixedOffset};
use std::fmt::Write as _;

/// Calls are to be answered within so many seconds.
const SERVICE_LEVEL_SECONDS: u32 = 20;

/// What a report says.
pub(super) struct Report<'a> {
    pub(super) kind: ReportKind,
    /// The name of the call center.
    pub(super) center: &'a str,
    pub(super) zone: &'a Zone,
    pub(super) span: &'a Span,
    /// What was counted in each row.
    pub(super) rows: &'a [(Timestamp, Counters)],
}

impl Report<'_> {
    /// The email to somebody who reads this language.
    pub(super) fn email(&self, to: &str, language: Language) -> Email {
        let text = Text::of(language);
        let subject = match self.kind {
            ReportKind::Period => "report-subject",
            ReportKind::Daily => "report-daily-subject",
        };
        let from = text.moment(self.span.from, self.zone);
        let until = text.moment(self.span.until, self.zone);
        let with = [("center", self.center), ("from", &from), ("until", &until)];
        let mut body = text.fill("report-text", &with);
        body.push_str("\n\n");
        self.table(text, &mut body);
        let name = text.file("report-file", self.span.from, self.zone, "csv");
        let enclosed = Enclosed {
            name,
            kind: Kind::Csv,
            content: self.csv(),
        };
        Email {
            to: to.to_owned(),
            subject: text.fill(subject, &with),
            text: body,
            enclosed: Some(enclosed),
        }
    }

    fn table(&self, text: Text, into: &mut String) {
        let seconds = SERVICE_LEVEL_SECONDS.to_string();
        let head = [
            "from",
            "offered",
            "answered",
            "abandoned",
            "lost",
            "mean-wait",
            "longest-wait",
            "level",
        ];
        let head = head.map(|name| text.fill(&format!("column-{name}"), &[("seconds", &seconds)]));
        let mut lines = vec![head];
        let begins = |at: Timestamp| {
            let local = self.zone.local(at);
            format!("{} {}", local.date(), time(local.minute_of_day()))
        };
        lines.extend(self.rows.iter().map(|(at, row)| cells(begins(*at), row)));
        lines.push(cells(
            text.say("report-total"),
            &self.rows.iter().map(|(_, row)| row).sum(),
        ));
        let width = |column: usize| {
            lines
                .iter()
                .map(|line| line[column].chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: [usize; 8] = std::array::from_fn(width);
        for line in &lines {
            let first = format!("{:<1$}", line[0], widths[0]);
            let others = line.iter().zip(widths).skip(1);
            let row = others.fold(first, |mut row, (cell, width)| {
                // Writing to a text cannot fail.
                let _ = write!(row, "  {cell:>width$}");
                row
            });
            into.push_str(&row);
            into.push('\n');
        }
    }

    fn csv(&self) -> Vec<u8> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        let level = format!("answered_within_{SERVICE_LEVEL_SECONDS}s");
        let head = [
            "from",
            "offered",
            "answered",
            "abandoned",
            "bounced",
            "overflowed",
            "stranded",
            "bounced_away",
            "wait_s",
            "longest_wait_s",
            &level,
            "talk_s",
            "hold_s",
            "wrap_up_s",
            "staffed_s",
        ];
        // Writing to memory cannot fail.
        let _ = csv.write_record(head);
        for (at, c) in self.rows {
            let seconds = |ms: u64| ms.div_ceil(1000).to_string();
            let _ = csv.write_record([
                self.iso(*at),
                c.offered.to_string(),
                c.answered.to_string(),
                c.abandoned.to_string(),
                c.bounced.to_string(),
                c.overflowed.to_string(),
                c.stranded.to_string(),
                c.bounced_away.to_string(),
                seconds(c.wait_ms),
                seconds(c.longest_wait_ms),
                format!("{:.3}", c.service_level(SERVICE_LEVEL_SECONDS)),
                seconds(c.talk_ms),
                seconds(c.hold_ms),
                seconds(c.wrap_up_ms),
                seconds(c.staffed_ms),
            ]);
        }
        csv.into_inner().unwrap_or_default()
    }

    /// A moment with its offset (RFC 3339).
    fn iso(&self, at: Timestamp) -> String {
        let offset = FixedOffset::east_opt(self.zone.offset(at));
        let moment = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
        offset.map_or_else(
            || moment.to_rfc3339(),
            |offset| moment.with_timezone(&offset).to_rfc3339(),
        )
    }
}

fn cells(first: String, c: &Counters) -> [String; 8] {
    [
        first,
        c.offered.to_string(),
        c.answered.to_string(),
        c.abandoned.to_string(),
        (c.overflowed + c.stranded + c.bounced_away).to_string(),
        length(c.mean_wait().round() as u64),
        length(c.longest_wait_ms.div_ceil(1000)),
        format!("{:.0} %", c.service_level(SERVICE_LEVEL_SECONDS) * 100.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(language: Language) -> Email {
        let zone = crate::zones::zone("Europe/Amsterdam").unwrap();
        // 23 November 2026, 14:00 in Amsterdam.
        let from = Timestamp::from_seconds(1_795_438_800);
        let span =
            Span::since(from, ReportKind::Period, 15, &zone, from.plus_seconds(1800)).unwrap();
        let busy = Counters {
            offered: 12,
            answered: 9,
            abandoned: 2,
            stranded: 1,
            wait_ms: 118_000,
            longest_wait_ms: 75_000,
            answered_within: [5, 1, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0],
            talk_ms: 1_800_400,
            staffed_ms: 2_700_000,
            ..Counters::default()
        };
        let rows = [(span.rows[0], busy), (span.rows[1], Counters::default())];
        let report = Report {
            kind: ReportKind::Period,
            center: "Klantenservice",
            zone: &zone,
            span: &span,
            rows: &rows,
        };
        report.email("team@example.com", language)
    }

    #[test]
    fn a_report_as_it_is_read() {
        let english = email(Language::En);
        assert_eq!(
            english.subject,
            "Statistics of Klantenservice, 23 November 2026, 14:00"
        );
        assert_eq!(
            english.text,
            "Call center Klantenservice, from 23 November 2026, 14:00 to 23 November 2026, 14:30.\n\n\
             From              Offered  Answered  Abandoned  Lost  Mean wait  Longest wait  Within 20 s\n\
             2026-11-23 14:00       12         9          2     1       0:13          1:15         64 %\n\
             2026-11-23 14:15        0         0          0     0       0:00          0:00        100 %\n\
             Total                  12         9          2     1       0:13          1:15         64 %\n"
        );
        let dutch = email(Language::Nl);
        assert_eq!(
            dutch.subject,
            "Statistieken van Klantenservice, 23 november 2026, 14:00"
        );
        assert!(dutch.text.contains("Aangeboden"), "{}", dutch.text);
    }

    #[test]
    fn a_report_for_a_spreadsheet() {
        let enclosed = email(Language::En).enclosed.unwrap();
        assert_eq!(
            (enclosed.name.as_str(), enclosed.kind),
            ("report-2026-11-23-1400.csv", Kind::Csv)
        );
        assert_eq!(
            String::from_utf8(enclosed.content).unwrap(),
            "from,offered,answered,abandoned,bounced,overflowed,stranded,bounced_away,wait_s,longest_wait_s,\
             answered_within_20s,talk_s,hold_s,wrap_up_s,staffed_s\n\
             2026-11-23T14:00:00+01:00,12,9,2,0,0,1,0,118,75,0.636,1801,0,0,2700\n\
             2026-11-23T14:15:00+01:00,0,0,0,0,0,0,0,0,0,1.000,0,0,0,0\n"
        );
    }
}
