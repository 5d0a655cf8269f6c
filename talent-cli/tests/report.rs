//! `talent report`, through the command's own door: forms, languages, refusals, and that nothing is half written.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use talent_cli::{Status, run};

const STANDARD: &str = include_str!("../../docs/examples/minimal/standard.json");
const SUBMISSION: &str = include_str!("../../docs/examples/minimal/submission.json");

/// A folder with the minimal example, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(submission: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("talent-report-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        fs::write(folder.0.join("standard.json"), STANDARD).unwrap();
        fs::write(folder.0.join("submission.json"), submission).unwrap();
        folder
    }

    /// Runs `talent --lang LANG report FILE --standard standard.json` with more arguments: how it ended, and what it said.
    fn report(&self, lang: &str, file: &str, more: &[&str]) -> (Status, Vec<u8>, String) {
        let path = |name: &str| self.0.join(name).into_os_string();
        let mut args = ["talent", "--lang", lang, "report"].map(Into::into).to_vec();
        args.extend([path(file), "--standard".into(), path("standard.json")]);
        args.extend(more.iter().map(|arg| match arg.strip_prefix('@') {
            Some(name) => path(name),
            None => arg.into(),
        }));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = run(args, &mut std::io::empty(), &mut out, &mut err);
        let told = String::from_utf8(err).unwrap().replace(&format!("{}/", self.0.display()), "");
        (status, out, told)
    }

    fn has(&self, name: &str) -> bool {
        Path::new(&self.0.join(name)).exists()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_report_says_everything_in_words() {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter("sha256:[0-9a-f]+…?", "[digest]");
    settings.set_omit_expression(true);
    let folder = Folder::new(SUBMISSION);
    for lang in ["en", "zh"] {
        let (status, out, err) = folder.report(lang, "submission.json", &["--format", "md"]);
        assert_eq!((status, err.as_str()), (Status::Clean, ""));
        settings.bind(|| insta::assert_snapshot!(format!("report_{lang}"), text(out)));
    }
}

#[test]
fn the_name_of_the_file_chooses_the_form() {
    let folder = Folder::new(SUBMISSION);
    for (name, begins) in [("a.html", "<!doctype html>"), ("a.md", "# Riverside"), ("a.xlsx", "PK"), ("a.txt", "<!doctype html>")] {
        let (status, out, err) = folder.report("en", "submission.json", &["-o", &format!("@{name}")]);
        assert_eq!((status, out.len(), err.as_str()), (Status::Clean, 0, ""), "{name}");
        assert!(fs::read(folder.0.join(name)).unwrap().starts_with(begins.as_bytes()), "{name}");
    }
    let (_, out, _) = folder.report("zh", "submission.json", &["--both"]);
    let page = text(out);
    let (chinese, english) = (page.find("<article lang=\"zh-CN\"").unwrap(), page.find("<article lang=\"en\"").unwrap());
    assert!(chinese < english);
}

#[test]
fn a_filled_workbook_is_reported_like_a_document() {
    let folder = Folder::new(SUBMISSION);
    let path = |name: &str| folder.0.join(name).into_os_string();
    let mut args = ["talent", "convert"].map(Into::into).to_vec();
    args.extend([path("submission.json"), "--standard".into(), path("standard.json"), "-o".into(), path("form.xlsx")]);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(args, &mut std::io::empty(), &mut out, &mut err), Status::Clean);
    // A form pins the standard by its digest, so the end of the page differs; what the community is worth, and why, does not.
    let head = |file: &str| {
        let (status, out, _) = folder.report("en", file, &["--format", "md"]);
        assert_eq!(status, Status::Clean);
        text(out).split("## Findings").next().unwrap().split("## Method").next().unwrap().to_owned()
    };
    assert_eq!(head("form.xlsx"), head("submission.json"));
}

#[test]
fn a_stored_assessment_is_reported_with_its_own_standard_only() {
    let folder = Folder::new(SUBMISSION);
    let path = |name: &str| folder.0.join(name).into_os_string();
    let mut args = ["talent", "assess"].map(Into::into).to_vec();
    args.extend([path("submission.json"), "--standard".into(), path("standard.json")]);
    args.extend(["--format".into(), "json".into(), "-o".into(), path("assessment.json")]);
    assert_eq!(run(args, &mut std::io::empty(), &mut Vec::new(), &mut Vec::new()), Status::Clean);
    let (status, out, _) = folder.report("en", "assessment.json", &[]);
    assert_eq!(status, Status::Clean);
    assert!(text(out).contains("scored 80.0 because"));
    fs::write(folder.0.join("standard.json"), STANDARD.replace("A small standard", "Another standard")).unwrap();
    let (status, out, err) = folder.report("en", "assessment.json", &["-o", "@report.html"]);
    assert_eq!((status, out.len()), (Status::Findings, 0));
    assert!(err.contains("TM0930") && err.contains("cure: "), "{err}");
    let (_, _, err) = folder.report("zh", "assessment.json", &["-o", "@report.html"]);
    assert!(err.contains("TM0930") && err.contains("评估所用标准为"), "{err}");
    assert!(!folder.has("report.html"));
}

#[test]
fn what_cannot_be_read_or_does_not_conform_leaves_nothing_behind() {
    for (submission, code) in [("{\"kind\": \"subm", "TM0004"), (&SUBMISSION.replace("open-days", "open-dayz") as &str, "TM0305"), ("", "TM0001")] {
        let folder = Folder::new(submission);
        let (status, out, err) = folder.report("en", "submission.json", &["-o", "@report.html"]);
        assert_eq!((status, out.len()), (Status::Findings, 0), "{err}");
        assert!(err.contains(code), "{err}");
        assert!(!folder.has("report.html"));
    }
    let folder = Folder::new(SUBMISSION);
    let (status, out, err) = folder.report("en", "nothing.json", &["-o", "@report.html"]);
    assert_eq!((status, out.len()), (Status::CouldNotRun, 0));
    assert!(err.contains("TM0901"), "{err}");
    // A workbook is no text.
    let (status, _, err) = folder.report("zh", "submission.json", &["--format", "xlsx"]);
    assert_eq!(status, Status::CouldNotRun);
    assert!(err.contains("请用 --output 指定文件"), "{err}");
}

#[test]
fn a_public_report_leaves_notes_out() {
    let submission = SUBMISSION.replace("\"level\": 1", "\"level\": 1, \"note\": \"told in confidence\"");
    let folder = Folder::new(&submission);
    assert!(text(folder.report("en", "submission.json", &[]).1).contains("told in confidence"));
    assert!(!text(folder.report("en", "submission.json", &["--public"]).1).contains("told in confidence"));
}
