//! The `centrale` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    centrale_server::cli::main()
}
