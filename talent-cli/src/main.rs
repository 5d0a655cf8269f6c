//! The `talent` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    talent_cli::run_here(std::env::args_os()).into()
}
