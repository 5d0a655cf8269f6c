//! What a check found about one document, and the reports made of it.

use serde_json::{Map, Value, json};
use talent_model::Lang;
use talent_model::diagnostic::{Diagnostic, Severity, message};
use talent_model::document::Kind;
use talent_model::text::Text;

use super::findings::Findings;
use super::text::{Page, Style, plain};
use super::words::InLanguage;
use crate::Status;

/// What a check found about one document.
#[derive(Default)]
pub(crate) struct Report {
    /// The file as it was named.
    pub(crate) label: String,
    /// Whether the file could not even be opened.
    pub(crate) unopened: bool,
    /// The text in which the findings are located.
    pub(crate) text: Option<String>,
    pub(crate) kind: Option<Kind>,
    /// The digest of the document's canonical form.
    pub(crate) digest: Option<String>,
    /// Identifier, version and digest of the standard that a submission was checked against.
    pub(crate) standard: Option<[String; 3]>,
    pub(crate) readable: bool,
    pub(crate) conforms: bool,
    /// Only submissions have it.
    pub(crate) scorable: Option<bool>,
    /// The grade that a submission meets, with its name.
    pub(crate) meets: Option<(String, Text)>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Report {
    pub(crate) fn status(&self) -> Status {
        if self.unopened {
            Status::CouldNotRun
        } else if self.diagnostics.iter().any(|d| d.severity == Severity::Error) {
            Status::Findings
        } else {
            Status::Clean
        }
    }

    fn findings(&self) -> Findings<'_> {
        Findings { label: &self.label, text: self.text.as_deref(), diagnostics: &self.diagnostics }
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
        let word = |holds: bool| if holds { style.green(holds.say(lang)) } else { style.red(holds.say(lang)) };
        let kind = self.kind.map(|kind| format!("  {}", kind.say(lang))).unwrap_or_default();
        page.line(format_args!("{}{kind}  {}", style.bold(plain(&self.label)), self.findings().counts(lang)));
        if self.unopened {
            return;
        }
        let mut verdicts = vec![
            format!("{}{}", ("readable: ", "可读：").say(lang), word(self.readable)),
            format!("{}{}", ("conforms: ", "合规：").say(lang), word(self.conforms)),
        ];
        if let Some(scorable) = self.scorable {
            verdicts.push(format!("{}{}", ("scorable: ", "可评：").say(lang), word(scorable)));
            let meets = match &self.meets {
                Some((id, name)) => style.green(format_args!("{} ({id})", plain(name.in_language(lang)))),
                None => style.yellow(("no grade", "无等级").say(lang)),
            };
            verdicts.push(format!("{}{meets}", ("meets: ", "达到：").say(lang)));
        }
        page.line(format_args!("  {}", verdicts.join("   ")));
    }

    /// For programs.
    pub(crate) fn to_value(&self, lang: Lang) -> Value {
        let mut document = Map::new();
        document.insert("file".into(), json!(self.label));
        if let Some(kind) = self.kind {
            document.insert("kind".into(), json!(kind.as_str()));
        }
        if let Some(digest) = &self.digest {
            document.insert("digest".into(), json!(digest));
        }
        if let Some([id, version, digest]) = &self.standard {
            document.insert("standard".into(), json!({ "id": id, "version": version, "digest": digest }));
        }
        let mut verdicts = Map::new();
        verdicts.insert("readable".into(), json!(self.readable));
        verdicts.insert("conforms".into(), json!(self.conforms));
        if let Some(scorable) = self.scorable {
            verdicts.insert("scorable".into(), json!(scorable));
        }
        if let Some((id, _)) = &self.meets {
            verdicts.insert("meets".into(), json!(id));
        }
        document.insert("verdicts".into(), Value::Object(verdicts));
        document.insert("diagnostics".into(), self.diagnostics.iter().map(|d| diagnostic(d, lang)).collect());
        Value::Object(document)
    }
}

fn diagnostic(diagnostic: &Diagnostic, lang: Lang) -> Value {
    let mut value = serde_json::to_value(diagnostic).unwrap_or_default();
    if let Value::Object(members) = &mut value {
        members.insert("name".into(), json!(diagnostic.code.slug()));
        members.insert("message".into(), json!(message(diagnostic, lang)));
        let cure = diagnostic.code.page().cure.get(lang);
        if !cure.is_empty() {
            members.insert("cure".into(), json!(cure));
        }
    }
    value
}

/// The report about all documents for programs.
pub(crate) fn json(reports: &[Report], lang: Lang) -> String {
    let documents: Vec<Value> = reports.iter().map(|report| report.to_value(lang)).collect();
    pretty(&json!({
        "engine": { "name": "talent", "version": env!("CARGO_PKG_VERSION") },
        "language": lang.tag(),
        "documents": documents,
    }))
}

/// JSON for people, with a line break at the end.
pub(crate) fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
