//! What a check found about one document, and the reports made of it.

use serde_json::{Map, Value, json};
use talent_model::diagnostic::{Diagnostic, Severity, message};
use talent_model::{Lang, workbook};

use super::findings::Findings;
use super::text::{Page, Style, plain};
use super::words::InLanguage;
use crate::Status;
use crate::examine::Examined;

/// What a check found about one document.
#[derive(Default)]
pub(crate) struct Report {
    /// The file as it was named.
    pub(crate) label: String,
    /// The line on which the document stands, in a file with a document on every line.
    pub(crate) record: Option<usize>,
    /// Whether the file could not even be opened.
    pub(crate) unopened: bool,
    /// Whether waivers were looked at.
    pub(crate) waivable: bool,
    /// The text in which the findings are located. Absent: nothing of it is shown.
    pub(crate) text: Option<String>,
    pub(crate) examined: Examined,
}

impl Report {
    /// How the check ended; `fail_on` is the least weight that counts as a failure. What has been accepted does not count.
    pub(crate) fn status(&self, fail_on: Severity) -> Status {
        if self.unopened {
            Status::CouldNotRun
        } else if self.examined.diagnostics.iter().any(|d| d.severity <= fail_on && d.waived.is_none()) {
            Status::Findings
        } else {
            Status::Clean
        }
    }

    fn findings(&self) -> Findings<'_> {
        Findings { label: &self.label, text: self.text.as_deref(), diagnostics: &self.examined.diagnostics }
    }

    /// The file as it was named, with the line of the document where it has several.
    fn name(&self) -> String {
        self.record.map_or_else(|| self.label.clone(), |record| format!("{}:{record}", self.label))
    }

    /// The place of a finding on one line.
    pub(crate) fn place(&self, diagnostic: &Diagnostic) -> String {
        let line = match (diagnostic.line, diagnostic.column) {
            (Some(line), Some(column)) => format!(":{line}:{column}"),
            _ => String::new(),
        };
        let inside = diagnostic.cell.as_ref().map_or_else(|| diagnostic.pointer.to_string(), ToString::to_string);
        format!("{}{line} {inside}", self.label).trim_end().to_owned()
    }

    /// For people. The verdicts come last, where the eye rests.
    pub(crate) fn print(&self, all: bool, lang: Lang, style: Style, page: &mut Page) {
        self.findings().print(all, lang, style, page);
        self.verdicts(lang, style, page);
    }

    /// One line for each code, and the verdicts: for a report of which every place is told elsewhere.
    pub(crate) fn summary(&self, lang: Lang, style: Style, page: &mut Page) {
        self.findings().summary(lang, style, page);
        self.verdicts(lang, style, page);
    }

    fn verdicts(&self, lang: Lang, style: Style, page: &mut Page) {
        let examined = &self.examined;
        let word = |holds: bool| if holds { style.green(holds.say(lang)) } else { style.red(holds.say(lang)) };
        let kind = examined.kind.map(|kind| format!("  {}", kind.say(lang))).unwrap_or_default();
        page.line(format_args!("{}{kind}  {}", style.bold(plain(&self.name())), self.findings().counts(lang)));
        if self.unopened {
            return;
        }
        let mut verdicts = vec![
            format!("{}{}", ("readable: ", "可读：").say(lang), word(examined.readable)),
            format!("{}{}", ("conforms: ", "合规：").say(lang), word(examined.conforms)),
        ];
        if let Some(scorable) = examined.scorable {
            verdicts.push(format!("{}{}", ("scorable: ", "可评：").say(lang), word(scorable)));
            let meets = match &examined.meets {
                Some((id, name)) => style.green(format_args!("{} ({id})", plain(name.in_language(lang)))),
                None => style.yellow(("no grade", "无等级").say(lang)),
            };
            verdicts.push(format!("{}{meets}", ("meets: ", "达到：").say(lang)));
        }
        page.line(format_args!("  {}", verdicts.join("   ")));
    }

    /// For programs.
    pub(crate) fn to_value(&self, lang: Lang) -> Value {
        let examined = &self.examined;
        let mut document = Map::new();
        document.insert("file".into(), json!(self.label));
        if let Some(record) = self.record {
            document.insert("record".into(), json!(record));
        }
        if let Some(kind) = examined.kind {
            document.insert("kind".into(), json!(kind.as_str()));
        }
        if let Some(digest) = &examined.digest {
            document.insert("digest".into(), json!(digest));
        }
        if let Some([id, version, digest]) = &examined.standard {
            document.insert("standard".into(), json!({ "id": id, "version": version, "digest": digest }));
        }
        let mut verdicts = Map::new();
        verdicts.insert("readable".into(), json!(examined.readable));
        verdicts.insert("conforms".into(), json!(examined.conforms));
        if let Some(scorable) = examined.scorable {
            verdicts.insert("scorable".into(), json!(scorable));
        }
        if let Some((id, _)) = &examined.meets {
            verdicts.insert("meets".into(), json!(id));
        }
        document.insert("verdicts".into(), Value::Object(verdicts));
        document.insert("diagnostics".into(), examined.diagnostics.iter().map(|d| diagnostic(d, lang)).collect());
        Value::Object(document)
    }
}

fn diagnostic(diagnostic: &Diagnostic, lang: Lang) -> Value {
    let mut value = serde_json::to_value(diagnostic).unwrap_or_default();
    if let Value::Object(members) = &mut value {
        members.insert("name".into(), json!(diagnostic.code.slug()));
        members.insert("message".into(), json!(message(diagnostic, lang)));
        let cure = workbook::cure(diagnostic, lang);
        if !cure.is_empty() {
            members.insert("cure".into(), json!(cure));
        }
    }
    value
}

/// JSON for people, with a line break at the end.
pub(crate) fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
