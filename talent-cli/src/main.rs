//! The `talent` command.

use std::process::ExitCode;

/// Documents are many small values, made and freed on all cores.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    talent_cli::run_here(std::env::args_os()).into()
}
