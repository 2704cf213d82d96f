//! `centrale check`: mistakes in organisations, a line each.

use super::problems::problems;
use super::{say, source};
use crate::zones;
use anyhow::Result;
use centrale_core::check::{Kind, Severity, check};
use centrale_core::organisation::Organisation;
use centrale_core::snapshot::Snapshot;
use clap::Args;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Looks for mistakes in organisations.
#[derive(Args)]
pub(super) struct Check {
    /// Files, as `centrale export` writes them
    #[arg(value_name = "FILE", required_unless_present = "database")]
    files: Vec<PathBuf>,
    /// The organisation in a database
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

impl Check {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let mut wrong = 0;
        for path in &self.files {
            match source::file(path) {
                Ok(organisation) => wrong += told(&organisation, &format!("{}: ", path.display())),
                Err(error) => {
                    say(format_args!("{error:#}"));
                    wrong += 1;
                }
            }
        }
        if let Some(url) = &self.database {
            wrong += told(&source::whole(url).await?, "");
        }
        Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Tells what is wrong with an organisation and what is only strange; how many lines are errors.
fn told(organisation: &Organisation, before: &str) -> usize {
    let mut problems = problems(organisation);
    let snapshot = Arc::new(Snapshot::of(organisation, &zones::zone));
    let findings = check(organisation, &snapshot);
    // A finding says the same as the problem at its place, and by which call it is seen.
    let shown: BTreeSet<String> = findings
        .iter()
        .filter(|finding| is_problem(&finding.kind))
        .map(|finding| dotted(&finding.at))
        .collect();
    problems.retain(|problem| problem.split(": ").next().is_none_or(|path| !shown.contains(&dotted(path))));
    let mut wrong = problems.len();
    for problem in problems {
        say(format_args!("{before}{problem}"));
    }
    for finding in findings {
        let mut line = String::new();
        // Writing to a text cannot fail.
        let _ = finding.write(&mut line, &snapshot);
        if is_problem(&finding.kind) || finding.severity == Severity::Error {
            say(format_args!("{before}{line}"));
            wrong += 1;
        } else {
            say(format_args!("{before}warning: {line}"));
        }
    }
    wrong
}

/// What no import lets in, told of single fields too.
fn is_problem(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::SameNumber { .. }
            | Kind::SameExtension { .. }
            | Kind::MemberTwice { .. }
            | Kind::Weights { .. }
            | Kind::NoSubmenu { .. }
            | Kind::NoSound { .. }
    )
}

/// A path in the one spelling of several: `members[1]` and `members.1` are the same place.
fn dotted(path: &str) -> String {
    path.replace('[', ".").replace(']', "")
}
