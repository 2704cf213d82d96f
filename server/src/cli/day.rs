//! `centrale day`: a day of calls to any numbers of an organisation, each by the call machine of live calls.

use super::queues::name;
use super::say;
use super::source::{self, Source};
use crate::zones;
use anyhow::{Context, Result};
use centrale_core::simulate::{DayPlan, DayReport, Tally, day};
use centrale_core::snapshot::Snapshot;
use clap::Args;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Runs a plan: which calls come to which numbers, and what people do.
#[derive(Args)]
pub(super) struct Day {
    #[command(flatten)]
    source: Source,
    /// The plan: when, the calls to each number, and the people with their shifts, as JSON
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// The answer as JSON, with each quarter of an hour of the call centers
    #[arg(long)]
    json: bool,
}

impl Day {
    pub(super) async fn run(self) -> Result<()> {
        let organisation = self.source.read().await?;
        let snapshot = Arc::new(Snapshot::of(&organisation, &zones::zone));
        let plan: DayPlan = source::json(&self.plan)?;
        let report = day(&snapshot, &plan).with_context(|| self.plan.display().to_string())?;
        if self.json {
            say(serde_json::to_string_pretty(&report)?);
        } else {
            say(told(&report, &snapshot).trim_end());
        }
        Ok(())
    }
}

/// A table of numbers, one of whom calls reached, and one of who answered.
fn told(report: &DayReport, snapshot: &Snapshot) -> String {
    let mut text = String::new();
    line(
        &mut text,
        "number",
        "calls",
        "",
        &ENDS.map(|(end, _)| end.to_owned()),
        "mean answer",
    );
    for number in &report.numbers {
        let calls = number.tally.calls.to_string();
        line(
            &mut text,
            &number.dialled,
            &calls,
            "",
            &ends(&number.tally),
            &answer(&number.tally),
        );
    }
    line(
        &mut text,
        "party",
        "reached",
        "went on",
        &ENDS.map(|(end, _)| end.to_owned()),
        "mean answer",
    );
    for party in &report.parties {
        let (reached, passed_on) = (party.reached.to_string(), party.passed_on.to_string());
        let name = name(snapshot, party.user);
        line(
            &mut text,
            &name,
            &reached,
            &passed_on,
            &ends(&party.tally),
            &answer(&party.tally),
        );
    }
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{:24}{:>9}", "person", "answered");
    for person in &report.agents {
        let by = |tally: &Tally| tally.by.get(&person.agent).copied().unwrap_or(0);
        let answered: u64 = report.numbers.iter().map(|number| by(&number.tally)).sum();
        let _ = writeln!(text, "{:24}{answered:>9}", name(snapshot, person.agent));
    }
    text
}

/// An end that calls come to: its name, and its count.
type End = (&'static str, fn(&Tally) -> u64);

const ENDS: [End; 9] = [
    ("answered", |tally| tally.answered),
    ("mailbox", |tally| tally.mailbox),
    ("menu", |tally| tally.menu),
    ("announced", |tally| tally.announced),
    ("gave up", |tally| tally.abandoned),
    ("busy", |tally| tally.busy),
    ("no answer", |tally| tally.no_answer),
    ("failed", |tally| tally.failed),
    ("not over", |tally| tally.unfinished),
];

fn ends(tally: &Tally) -> [String; 9] {
    ENDS.map(|(_, count)| count(tally).to_string())
}

fn answer(tally: &Tally) -> String {
    if tally.answered == 0 {
        "-".into()
    } else {
        format!("{:.1} s", tally.mean_answer())
    }
}

fn line(
    text: &mut String,
    name: &str,
    calls: &str,
    passed_on: &str,
    ends: &[String; 9],
    answer: &str,
) {
    // Writing to a text cannot fail.
    let _ = write!(text, "{name:24}{calls:>9}{passed_on:>9}");
    for end in ends {
        let _ = write!(text, "{end:>10}");
    }
    let _ = writeln!(text, "{answer:>13}");
}
