//! The `centrale` binary.

use std::process::ExitCode;

/// Gives memory back: the system's allocator keeps what each thread once had, and log-ins beside page loads made 4.7 GB.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    centrale_server::cli::main()
}
