//! `centrale queues`: days of calls against the call centers of an organisation, by the distributor of live calls.

use super::say;
use super::source::{self, Source};
use crate::zones;
use anyhow::{Context, Result};
use centrale_core::acd::Counters;
use centrale_core::id::UserId;
use centrale_core::simulate::{Estimate, Plan, Report, Summary, run, runs, summary};
use centrale_core::snapshot::Snapshot;
use clap::Args;
use std::fmt::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Runs a plan: which calls come, and how agents work.
#[derive(Args)]
pub(super) struct Queues {
    #[command(flatten)]
    source: Source,
    /// The plan: when, the calls of each call center, and the agents with their shifts, as JSON
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// The seconds within which calls should be answered
    #[arg(long, value_name = "SECONDS", default_value = "20")]
    threshold: u32,
    /// Runs the plan so many times, each with other chances, and tells the means and how sure they are
    #[arg(long, value_name = "RUNS", default_value = "1", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    runs: u32,
    /// The answer as JSON; of a single run with each quarter of an hour
    #[arg(long)]
    json: bool,
}

impl Queues {
    pub(super) async fn run(self) -> Result<()> {
        let organisation = self.source.read().await?;
        let snapshot = Snapshot::of(&organisation, &zones::zone);
        let plan: Plan = source::json(&self.plan)?;
        let plan_name = || self.plan.display().to_string();
        if self.runs > 1 {
            let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
            let reports = runs(&snapshot, &plan, self.runs, threads, Report::totals)
                .with_context(plan_name)?;
            let summary = summary(&reports, self.threshold);
            if self.json {
                say(serde_json::to_string_pretty(&summary)?);
            } else {
                say(means(&summary, &snapshot, self.threshold).trim_end());
            }
            return Ok(());
        }
        let report = run(&snapshot, &plan).with_context(plan_name)?;
        if self.json {
            say(serde_json::to_string_pretty(&report)?);
        } else {
            say(told(&report, &snapshot, self.threshold).trim_end());
        }
        Ok(())
    }
}

/// A table of call centers and one of agents.
fn told(report: &Report, snapshot: &Snapshot, threshold: u32) -> String {
    let mut text = format!(
        "{} calls came in, {} were not over at the end\n",
        report.calls, report.unfinished
    );
    let level = format!("within {threshold} s");
    line(
        &mut text,
        "call center",
        [
            "calls",
            "answered",
            "lost",
            &level,
            "mean wait",
            "longest wait",
        ],
    );
    for center in &report.centers {
        let Counters {
            offered,
            answered,
            abandoned,
            longest_wait_ms,
            ..
        } = center.total;
        let cells = [
            offered.to_string(),
            answered.to_string(),
            abandoned.to_string(),
            format!("{:.1} %", center.total.service_level(threshold) * 100.0),
            format!("{:.1} s", center.total.mean_wait()),
            format!("{} s", longest_wait_ms / 1000),
        ];
        line(
            &mut text,
            &name(snapshot, center.center),
            cells.each_ref().map(String::as_str),
        );
    }
    text.push_str(&part_of(threshold));
    line(
        &mut text,
        "agent",
        [
            "offered",
            "answered",
            "missed",
            "busy",
            "mean call",
            "signed in",
        ],
    );
    for agent in &report.agents {
        let Counters {
            offered,
            answered,
            bounced,
            talk_ms,
            hold_ms,
            wrap_up_ms,
            staffed_ms,
            ..
        } = agent.total;
        let busy = (talk_ms + hold_ms + wrap_up_ms) * 100 / staffed_ms.max(1);
        let cells = [
            offered.to_string(),
            answered.to_string(),
            bounced.to_string(),
            format!("{busy} %"),
            format!("{:.1} s", agent.total.mean_handling()),
            format!("{} min", staffed_ms / 60_000),
        ];
        line(
            &mut text,
            &name(snapshot, agent.agent),
            cells.each_ref().map(String::as_str),
        );
    }
    text
}

/// A table of call centers, with what chance may be off.
fn means(summary: &Summary, snapshot: &Snapshot, threshold: u32) -> String {
    let mut text = format!(
        "{} runs: the mean of each, and how far it may be off (95 %)\n",
        summary.runs
    );
    let level = format!("within {threshold} s");
    line(
        &mut text,
        "call center",
        [
            "calls",
            "answered",
            "lost",
            &level,
            "mean wait",
            "longest wait",
        ],
    );
    for center in &summary.centers {
        let cell = |estimate: Estimate, unit: &str| format!("{:.1}{unit}", estimate.mean);
        let off = |estimate: Estimate, unit: &str| format!("± {:.1}{unit}", estimate.give_or_take);
        let percent = |estimate: Estimate| Estimate {
            mean: estimate.mean * 100.0,
            give_or_take: estimate.give_or_take * 100.0,
        };
        let figures = [
            (center.offered, ""),
            (center.answered, ""),
            (center.abandoned, ""),
            (percent(center.service_level), " %"),
            (center.mean_wait, " s"),
            (center.longest_wait, " s"),
        ];
        let cells = figures.map(|(estimate, unit)| cell(estimate, unit));
        line(
            &mut text,
            &name(snapshot, center.center),
            cells.each_ref().map(String::as_str),
        );
        let cells = figures.map(|(estimate, unit)| off(estimate, unit));
        line(&mut text, "", cells.each_ref().map(String::as_str));
    }
    text.push_str(&part_of(threshold));
    text
}

/// What the service level is a part of.
fn part_of(threshold: u32) -> String {
    format!(
        "within {threshold} s: of the calls answered or lost, those lost within {threshold} s left out\n"
    )
}

fn line(text: &mut String, name: &str, cells: [&str; 6]) {
    let [first, second, third, fourth, fifth, sixth] = cells;
    // Writing to a text cannot fail.
    let _ = writeln!(
        text,
        "{name:24}{first:>9}{second:>10}{third:>8}{fourth:>14}{fifth:>11}{sixth:>14}"
    );
}

pub(super) fn name(snapshot: &Snapshot, user: UserId) -> String {
    let known = snapshot.user(user);
    let identity = known
        .and_then(|user| user.role.identity())
        .map(|identity| identity.name.clone());
    identity
        .or_else(|| known.map(|user| user.user.name()))
        .unwrap_or_else(|| user.to_string())
}
