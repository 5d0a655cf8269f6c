//! Reports about any number of documents, written as they come: each document's part is made by itself, and what stands around the parts here.

use std::io::{self, Write};

use serde_json::json;
use talent_model::Lang;

use super::github::annotations;
use super::report::Report;
use super::sarif;
use super::text::{Page, Style, plain_json};
use crate::args::ReportFormat;
use crate::many::tally::Tally;

/// So many documents are reported one by one. Of more there is one summary, unless all is asked for.
const FEW: usize = 8;

/// The part of one document.
pub(crate) struct Piece(String);

impl Piece {
    pub(crate) fn of(report: &Report, format: ReportFormat, all: bool, lang: Lang, style: Style) -> Self {
        Self(match format {
            ReportFormat::Text => {
                let mut page = Page::default();
                report.print(all, lang, style, &mut page);
                page.done()
            }
            ReportFormat::Json => indented(&plain_json(serde_json::to_string_pretty(&report.to_value(lang)).unwrap_or_default()), 4),
            ReportFormat::Jsonl => plain_json(format!("{}\n", report.to_value(lang))),
            ReportFormat::Sarif => {
                let results = sarif::results(report, lang);
                let texts: Vec<String> =
                    results.iter().map(|result| indented(&plain_json(serde_json::to_string_pretty(result).unwrap_or_default()), 8)).collect();
                texts.join(",\n")
            }
            ReportFormat::Github => annotations(report, lang),
        })
    }
}

/// JSON for people as it stands inside something else. No line break is part of a text in it.
fn indented(json: &str, by: usize) -> String {
    let margin = " ".repeat(by);
    let lines: Vec<String> = json.lines().map(|line| format!("{margin}{line}")).collect();
    lines.join("\n")
}

/// The report that grows.
pub(crate) struct Stream {
    format: ReportFormat,
    lang: Lang,
    all: bool,
    tally: Tally,
    /// The first documents' parts, as long as there may be few.
    held: Vec<String>,
    /// Whether anything has been written.
    begun: bool,
}

impl Stream {
    pub(crate) fn new(format: ReportFormat, lang: Lang, all: bool) -> Self {
        Self { format, lang, all, tally: Tally::default(), held: Vec::new(), begun: false }
    }

    pub(crate) fn add(&mut self, piece: Piece, tally: Tally, out: &mut dyn Write) -> io::Result<()> {
        self.tally.add(tally);
        match self.format {
            ReportFormat::Text if self.tally.documents <= FEW => {
                self.held.push(piece.0);
                Ok(())
            }
            ReportFormat::Text => {
                let held = std::mem::take(&mut self.held);
                held.iter().chain([&piece.0]).filter(|_| self.all).try_for_each(|text| part(text, &mut self.begun, "\n", out))
            }
            ReportFormat::Json | ReportFormat::Sarif if piece.0.is_empty() => Ok(()),
            ReportFormat::Json | ReportFormat::Sarif => {
                if !self.begun {
                    out.write_all(self.head().as_bytes())?;
                }
                part(&piece.0, &mut self.begun, ",\n", out)
            }
            ReportFormat::Jsonl | ReportFormat::Github => part(&piece.0, &mut self.begun, "", out),
        }
    }

    fn head(&self) -> &'static str {
        match self.format {
            ReportFormat::Json => "{\n  \"documents\": [\n",
            _ => sarif::HEAD,
        }
    }

    /// Writes what comes after the last document.
    pub(crate) fn end(&mut self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            ReportFormat::Text => {
                let held = std::mem::take(&mut self.held);
                held.iter().try_for_each(|text| part(text, &mut self.begun, "\n", out))?;
                if self.tally.documents <= FEW {
                    return Ok(());
                }
                let mut page = Page::default();
                self.tally.print(self.lang, style, &mut page);
                part(&page.done(), &mut self.begun, "\n", out)
            }
            ReportFormat::Json | ReportFormat::Sarif => {
                // An empty list is written on one line.
                let head = if self.begun { "\n" } else { self.head().trim_end_matches('\n') };
                out.write_all(head.as_bytes())?;
                let indent = if self.begun && self.format == ReportFormat::Json { "  " } else { "" };
                let indent = if self.begun && self.format == ReportFormat::Sarif { "      " } else { indent };
                let tail = if self.format == ReportFormat::Json { self.tail() } else { sarif::tail(self.lang) };
                out.write_all(format!("{indent}{tail}").as_bytes())
            }
            ReportFormat::Jsonl | ReportFormat::Github => Ok(()),
        }
    }

    fn tail(&self) -> String {
        let rest = json!({
            "engine": { "name": "talent", "version": env!("CARGO_PKG_VERSION") },
            "language": self.lang.tag(),
            "summary": self.tally.to_value(),
        });
        let rest = plain_json(serde_json::to_string_pretty(&rest).unwrap_or_default());
        format!("],{}\n", rest.strip_prefix('{').unwrap_or_default())
    }
}

fn part(text: &str, begun: &mut bool, between: &str, out: &mut dyn Write) -> io::Result<()> {
    if std::mem::replace(begun, true) {
        out.write_all(between.as_bytes())?;
    }
    out.write_all(text.as_bytes())
}
