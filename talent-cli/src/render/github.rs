//! Findings as workflow commands of GitHub Actions, which shows them beside the lines that they concern.

use talent_model::Lang;
use talent_model::diagnostic::{Severity, message};

use super::report::Report;
use super::text::plain;

/// One line for each finding of a report.
pub(crate) fn annotations(report: &Report, lang: Lang) -> String {
    let mut text = String::new();
    for diagnostic in &report.examined.diagnostics {
        let command = match diagnostic.severity {
            // What has been accepted is still told, but no longer asks for anything.
            _ if diagnostic.waived.is_some() => "notice",
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = vec![format!("file={}", property(&report.label))];
        if let (Some(line), Some(column)) = (diagnostic.line, diagnostic.column) {
            properties.push(format!("line={line}"));
            properties.push(format!("col={column}"));
            if let Some(length) = diagnostic.length {
                properties.push(format!("endColumn={}", column.get() + length.get()));
            }
        }
        properties.push(format!("title={}", property(&format!("{} {}", diagnostic.code, diagnostic.code.slug()))));
        let place = diagnostic.cell.as_ref().map_or_else(|| diagnostic.pointer.to_string(), ToString::to_string);
        let told = if place.is_empty() { message(diagnostic, lang) } else { format!("{place}: {}", message(diagnostic, lang)) };
        text.push_str(&format!("::{command} {}::{}\n", properties.join(","), data(&told)));
    }
    text
}

/// A message: what would end it or begin another command is escaped, as is what steers a terminal.
fn data(text: &str) -> String {
    plain(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examine::Examined;
    use talent_model::Diagnostic;
    use talent_model::diagnostic::{Code, Pointer};

    #[test]
    fn no_text_of_a_stranger_becomes_a_command() {
        let found = Diagnostic::new(Code::UnknownZone, Pointer::root()).with("found", "x\n::set-output name=a::b\r\u{202e}%0A");
        let report = Report {
            label: "a,b:c\n::error::x.json".into(),
            examined: Examined { diagnostics: vec![found], ..Examined::default() },
            ..Report::default()
        };
        let text = annotations(&report, Lang::En);
        assert_eq!(
            text,
            "::error file=a%2Cb%3Ac %3A%3Aerror%3A%3Ax.json,title=TM0306 unknown-zone::the community has no zone `x ::set-output name=a::b\\u{d}\\u{202e}%250A`\n"
        );
    }
}
