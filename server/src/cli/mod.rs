//! The command line: what `centrale` can do, and one clear line for whatever goes wrong.

mod admin;
mod backup;
mod check;
mod check_log;
mod day;
mod demo;
mod file;
mod key;
mod locks;
mod passwords;
mod people;
mod queues;
mod secret;
mod serve;
mod simulate;
mod source;
mod stops;

use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Call services that the people of a company set themselves.
#[derive(Parser)]
#[command(name = "centrale", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal, and the phones when Asterisk is given
    Serve(serve::Serve),
    /// Tell what a call would do, step by step
    Simulate(simulate::Simulate),
    /// Run days of calls against the call centers of an organisation, in a moment
    Queues(queues::Queues),
    /// Run a day of calls to any numbers of an organisation, in a moment
    Day(day::Day),
    /// Look for mistakes in an organisation; ends with 1 when there are any
    Check(check::Check),
    /// Tell whether the log of changes is as it was written; ends with 1 when it is not
    CheckLog(check_log::CheckLog),
    /// Make an administrator of the enterprise
    Admin(admin::Admin),
    /// Give somebody another password
    Password(admin::Password),
    /// Look after the keys under which secrets in the database are sealed
    Key(key::Key),
    /// Keep passwords that the server gives to others, sealed
    Secret(secret::Secret),
    /// Tell which log-ins cannot be tried for a while, or lift that
    Locks(locks::Locks),
    /// Tell whose calls leave no more since they went over a limit, or lift that
    Stops(stops::Stops),
    /// Write the whole organisation as a file
    Export(file::Export),
    /// Fill an empty database with an organisation from a file
    Import(file::Import),
    /// Write everything that there is into a file, sealed by a passphrase
    Backup(backup::Backup),
    /// Fill an empty database with everything from a backup
    Restore(backup::Restore),
}

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    log(matches!(cli.command, Command::Serve(_)));
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(cli.command)));
    match done {
        Ok(code) => code,
        Err(error) => {
            let line = format!("{error:#}")
                .lines()
                .map(str::trim)
                .collect::<Vec<_>>()
                .join(" ");
            writeln!(std::io::stderr(), "centrale: {line}").ok();
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(serve) => serve.run().await?,
        Command::Simulate(simulate) => simulate.run().await?,
        Command::Queues(queues) => queues.run().await?,
        Command::Day(day) => day.run().await?,
        Command::Check(check) => return check.run().await,
        Command::CheckLog(check) => check.run().await?,
        Command::Admin(admin) => admin.run().await?,
        Command::Password(password) => password.run().await?,
        Command::Key(key) => key.run().await?,
        Command::Secret(secret) => secret.run().await?,
        Command::Locks(locks) => locks.run().await?,
        Command::Stops(stops) => stops.run().await?,
        Command::Export(export) => export.run().await?,
        Command::Import(import) => import.run().await?,
        Command::Backup(backup) => backup.run().await?,
        Command::Restore(restore) => restore.run().await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Logs to the standard error, as `CENTRALE_LOG` says (`info`, `debug`, `centrale_server::http=trace`…).
fn log(serving: bool) {
    let filter = EnvFilter::try_from_env("CENTRALE_LOG")
        .unwrap_or_else(|_| EnvFilter::new(if serving { "info,sqlx=warn" } else { "warn" }));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .init();
}

/// Writes to the standard output; a reader that has gone away is no failure.
fn say(text: impl std::fmt::Display) {
    writeln!(std::io::stdout(), "{text}").ok();
}
