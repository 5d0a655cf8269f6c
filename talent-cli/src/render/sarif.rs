//! Findings as SARIF 2.1.0, which code hosts and editors show in place.

use serde_json::{Map, Value, json};
use talent_model::Lang;
use talent_model::diagnostic::{Code, Diagnostic, message};

use super::report::Report;
use super::text::plain;

/// What stands before the results of all documents.
pub(crate) const HEAD: &str = "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"runs\": [\n    {\n      \
     \"columnKind\": \"unicodeCodePoints\",\n      \"results\": [\n";

/// What stands after them, from the end of their list.
pub(crate) fn tail(lang: Lang) -> String {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code, lang)).collect();
    let tool = json!({ "driver": { "name": "talent", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } });
    let language = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    let rest = serde_json::to_string_pretty(&json!({ "language": language, "tool": tool })).unwrap_or_default();
    // The rest of the run is two levels deep; its first line continues the one on which the list ends.
    let rest = rest.strip_prefix('{').unwrap_or_default().replace('\n', "\n    ");
    format!("],{rest}\n  ],\n  \"version\": \"2.1.0\"\n}}\n")
}

fn rule(code: Code, lang: Lang) -> Value {
    let page = code.page();
    let mut rule = Map::new();
    rule.insert("id".into(), json!(code.as_str()));
    rule.insert("name".into(), json!(pascal(&code.slug())));
    rule.insert("shortDescription".into(), json!({ "text": code.template().get(lang) }));
    for (member, text) in [("fullDescription", page.cause.get(lang)), ("help", page.cure.get(lang))] {
        if !text.is_empty() {
            rule.insert(member.into(), json!({ "text": text }));
        }
    }
    rule.insert("defaultConfiguration".into(), json!({ "level": code.severity().as_str() }));
    Value::Object(rule)
}

fn pascal(slug: &str) -> String {
    let mut name = String::new();
    for word in slug.split('-') {
        let mut letters = word.chars();
        name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        name.extend(letters);
    }
    name
}

/// The results of one document.
pub(crate) fn results(report: &Report, lang: Lang) -> Vec<Value> {
    report.examined.diagnostics.iter().map(|diagnostic| result(report, diagnostic, lang)).collect()
}

fn result(report: &Report, diagnostic: &Diagnostic, lang: Lang) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri(&report.label) } });
    if let (Some(line), Some(column), Value::Object(members)) = (diagnostic.line, diagnostic.column, &mut place) {
        let mut region = json!({ "startLine": line, "startColumn": column });
        if let (Some(length), Value::Object(region)) = (diagnostic.length, &mut region) {
            region.insert("endColumn".into(), whole(column.get() + length.get()));
        }
        members.insert("region".into(), region);
    }
    let mut result = json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
        "level": diagnostic.severity.as_str(),
        // Viewers show it as it is, so what would steer them is written out.
        "message": { "text": plain(&message(diagnostic, lang)) },
        "locations": [{
            "physicalLocation": place,
            "logicalLocations": [logical(diagnostic)],
        }],
    });
    if let (true, Value::Object(members)) = (report.waivable, &mut result) {
        // By the format: where any result has the list, all have it, empty where nothing was accepted.
        members.insert("suppressions".into(), suppressions(diagnostic, lang));
    }
    result
}

/// An accepted finding stays a result, and is marked.
fn suppressions(diagnostic: &Diagnostic, lang: Lang) -> Value {
    match &diagnostic.waived {
        None => json!([]),
        Some(waived) => {
            let reason = plain(waived.reason.in_language(lang));
            let justification = match lang {
                Lang::En => format!("{reason} ({}, until {})", plain(waived.approver.as_str()), waived.until),
                Lang::Zh => format!("{reason}（{}，至 {}）", plain(waived.approver.as_str()), waived.until),
            };
            json!([{ "kind": "external", "status": "accepted", "justification": justification }])
        }
    }
}

/// The cell of a workbook, or the member of a document.
fn logical(diagnostic: &Diagnostic) -> Value {
    match &diagnostic.cell {
        Some(cell) => json!({ "fullyQualifiedName": plain(&cell.to_string()), "kind": "cell" }),
        None => json!({ "fullyQualifiedName": plain(diagnostic.pointer.as_str()), "kind": "member" }),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of at least 0")]
fn whole(value: f64) -> Value {
    json!(value as u64)
}

/// A path as a relative or file URI reference.
fn uri(label: &str) -> String {
    if label == "<stdin>" {
        return "stdin".into();
    }
    let path = label.replace('\\', "/");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
