//! `centrale check`: mistakes in organisations, a line each.

use super::problems::problems;
use super::{say, source};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

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
                Ok(organisation) => {
                    for problem in problems(&organisation) {
                        say(format_args!("{}: {problem}", path.display()));
                        wrong += 1;
                    }
                }
                Err(error) => {
                    say(format_args!("{error:#}"));
                    wrong += 1;
                }
            }
        }
        if let Some(url) = &self.database {
            for problem in problems(&source::stored(url).await?) {
                say(problem);
                wrong += 1;
            }
        }
        Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
