//! `centrale check`: mistakes in organisations, a line each.

use super::{say, source};
use crate::clock::{Clock, SystemClock};
use crate::problems::problems;
use crate::zones;
use anyhow::Result;
use centrale_core::check::{Severity, check, is_problem, not_in_findings};
use centrale_core::organisation::Organisation;
use centrale_core::snapshot::Snapshot;
use clap::Args;
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
        Ok(if wrong == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Tells what is wrong with an organisation and what is only strange; how many lines are errors.
fn told(organisation: &Organisation, before: &str) -> usize {
    let snapshot = Arc::new(Snapshot::of(organisation, &zones::zone));
    let findings = check(organisation, &snapshot, SystemClock.now());
    let problems = not_in_findings(problems(organisation), &findings);
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
