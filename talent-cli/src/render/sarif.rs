//! Findings as SARIF 2.1.0, which code hosts and editors show in place.

use serde_json::{Map, Value, json};
use talent_model::Lang;
use talent_model::diagnostic::{Code, Diagnostic, message};

use super::report::{Report, pretty};

pub(crate) fn sarif(reports: &[Report], lang: Lang) -> String {
    let results: Vec<Value> = reports.iter().flat_map(|report| report.diagnostics.iter().map(|d| result(report, d, lang))).collect();
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code, lang)).collect();
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "talent", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "language": match lang { Lang::En => "en", Lang::Zh => "zh-CN" },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
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

fn result(report: &Report, diagnostic: &Diagnostic, lang: Lang) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri(&report.label) } });
    if let (Some(line), Some(column), Value::Object(members)) = (diagnostic.line, diagnostic.column, &mut place) {
        let mut region = json!({ "startLine": line, "startColumn": column });
        if let (Some(length), Value::Object(region)) = (diagnostic.length, &mut region) {
            region.insert("endColumn".into(), whole(column.get() + length.get()));
        }
        members.insert("region".into(), region);
    }
    json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
        "level": diagnostic.severity.as_str(),
        "message": { "text": message(diagnostic, lang) },
        "locations": [{
            "physicalLocation": place,
            "logicalLocations": [logical(diagnostic)],
        }],
    })
}

/// The cell of a workbook, or the member of a document.
fn logical(diagnostic: &Diagnostic) -> Value {
    match &diagnostic.cell {
        Some(cell) => json!({ "fullyQualifiedName": cell.to_string(), "kind": "cell" }),
        None => json!({ "fullyQualifiedName": diagnostic.pointer.as_str(), "kind": "member" }),
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
