//! What the tests of the command share: a folder of their own, and what a process said.

#![allow(dead_code, reason = "each file of tests uses what it needs")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

const STANDARD: &str = include_str!("../../../docs/examples/minimal/standard.json");
const SUBMISSION: &str = include_str!("../../../docs/examples/minimal/submission.json");

/// A folder of one's own with the minimal example, gone with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("talent-cli-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        folder.with("standard.json", STANDARD).with("submission.json", SUBMISSION)
    }

    pub(crate) fn with(self, name: &str, text: &str) -> Self {
        fs::write(self.path(name), text).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub(crate) fn talent(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_talent"));
        for name in ["LANG", "LC_MESSAGES", "NO_COLOR", "COLUMNS", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").current_dir(&self.0).args(args).stdin(Stdio::null());
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A text with one thing changed; it must be there to change.
pub(crate) fn but(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "`{from}`");
    text.replacen(from, to, 1)
}

pub(crate) fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!("status: {}\n--- out\n{}--- err\n{}", output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// Runs commands and records them one below the other.
pub(crate) fn record(folder: &Folder, commands: &[&[&str]]) -> String {
    let run = |args: &&[&str]| format!("$ talent {}\n{}", args.join(" "), told(&folder.talent(args).output().unwrap()));
    commands.iter().map(run).collect::<Vec<_>>().join("\n")
}

/// Digests change with every word of a document, and are tested where they are made.
pub(crate) fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter("sha256:[0-9a-f]+…?", "[digest]");
    settings.set_omit_expression(true);
    settings
}
