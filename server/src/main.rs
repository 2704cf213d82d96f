//! The `centrale` binary.
fn main() {}
