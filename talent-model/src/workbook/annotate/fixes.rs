//! The sheet that lists what is to be mended, with a link to every cell.

use super::super::Languages;
use super::super::address::column;
use super::super::cure::cure;
use super::super::layout::{self, Table};
use super::super::write::lines;
use super::edit::escape;
use super::styles::{Look, Styles, colour};
use super::{symbol, word};
use crate::Lang;
use crate::diagnostic::{CellPlace, Diagnostic, Severity, message};

/// How many findings are listed.
pub(super) const MOST: usize = 10_000;

/// The styles of its cells.
struct Looks {
    key: usize,
    heading: usize,
    title: usize,
    text: usize,
    link: usize,
    severities: [usize; 3],
}

const BLACK: &str = "FF000000";
const PLAIN: Look = Look { bold: false, link: false, size: 10, letters: BLACK, ground: None, lined: true, wrap: true };

impl Looks {
    fn new(styles: &mut Styles) -> Result<Self, Diagnostic> {
        let mut severity = |severity| styles.cell(&Look { bold: true, ground: Some(colour(severity)), ..PLAIN });
        let severities = [severity(Severity::Error)?, severity(Severity::Warning)?, severity(Severity::Note)?];
        Ok(Self {
            key: styles.cell(&Look { size: 8, letters: "FF808080", lined: false, wrap: false, ..PLAIN })?,
            heading: styles.cell(&Look { bold: true, size: 14, lined: false, wrap: false, ..PLAIN })?,
            title: styles.cell(&Look { bold: true, letters: "FFFFFFFF", ground: Some("FF1F4E78"), ..PLAIN })?,
            text: styles.cell(&PLAIN)?,
            link: styles.cell(&Look { link: true, letters: "FF0563C1", ..PLAIN })?,
            severities,
        })
    }

    fn severity(&self, severity: Severity) -> usize {
        let [error, warning, note] = self.severities;
        match severity {
            Severity::Error => error,
            Severity::Warning => warning,
            Severity::Note => note,
        }
    }
}

/// A finding with what its cell holds.
pub(super) struct Fix<'f> {
    pub(super) found: &'f Diagnostic,
    pub(super) cell: String,
}

/// A parameter of a finding in one language.
fn parameter<'d>(diagnostic: &'d Diagnostic, name: &str, lang: Lang) -> Option<&'d str> {
    let chinese = match lang {
        Lang::Zh => diagnostic.params.get(&format!("{name}_zh")),
        Lang::En => None,
    };
    chinese.or_else(|| diagnostic.params.get(name)).map(String::as_str)
}

fn place(fix: &Fix<'_>, lang: Lang) -> String {
    match &fix.found.cell {
        Some(cell) => cell.to_string(),
        None if fix.found.pointer.as_str().is_empty() => lang.pick("the whole file", "整个文件").to_owned(),
        None => fix.found.pointer.to_string(),
    }
}

/// Where a link leads. A name in quotes can never be taken for a cell.
fn location(cell: &CellPlace) -> String {
    format!("'{}'!{}", cell.sheet.replace('\'', "''"), cell.cell)
}

fn heading(fixes: &[Fix<'_>], lang: Lang) -> String {
    if fixes.is_empty() {
        return lang.pick("Nothing to mend was found", "没有发现需要修改的问题").to_owned();
    }
    let count = |severity| {
        let n = fixes.iter().filter(|fix| fix.found.severity == severity).count();
        match lang {
            Lang::En => format!("{n} {}{}", word(severity, lang), if n == 1 { "" } else { "s" }),
            Lang::Zh => format!("{n} 个{}", word(severity, lang)),
        }
    };
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(count).join(lang.pick(", ", "，"));
    format!("{}{counts}", lang.pick("What is to be mended: ", "需要修改的问题："))
}

/// The part of the sheet.
pub(super) fn sheet(fixes: &[Fix<'_>], namespace: &str, styles: &mut Styles, lang: Lang) -> Result<String, Diagnostic> {
    let looks = Looks::new(styles)?;
    let columns = layout::fixes();
    let cell = |row: usize, col: u32, style: usize, text: &str| {
        let at = format!("{}{row}", column(col));
        match text.is_empty() {
            true => format!("<c r=\"{at}\" s=\"{style}\"/>"),
            false => format!("<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escape(text)),
        }
    };
    let line = |row: usize, cells: Vec<(usize, String)>, more: &str| {
        let cells: String = (0_u32..).zip(cells).map(|(col, (style, text))| cell(row, col, style, &text)).collect();
        format!("<row r=\"{row}\"{more}>{cells}</row>")
    };
    let mut rows = String::new();
    let keys = columns.iter().map(|column| (looks.key, format!("{}.{}", Table::Fixes.key(), column.key))).collect();
    rows.push_str(&line(1, keys, " hidden=\"1\""));
    rows.push_str(&line(2, vec![(looks.heading, heading(fixes, lang))], " ht=\"26\" customHeight=\"1\""));
    rows.push_str(&line(3, columns.iter().map(|column| (looks.title, column.title.say(Languages::One(lang)))).collect(), ""));
    let mut links = String::new();
    let mut row = 3;
    for fix in fixes.iter().take(MOST) {
        row += 1;
        let found = fix.found;
        let expected = parameter(found, "expected", lang).or_else(|| parameter(found, "suggestion", lang)).unwrap_or_default();
        let texts = [
            format!("{} {}", symbol(found.severity), word(found.severity, lang)),
            found.code.to_string(),
            place(fix, lang),
            message(found, lang),
            expected.to_owned(),
            parameter(found, "found", lang).map_or_else(|| fix.cell.clone(), str::to_owned),
            cure(found, lang).into_owned(),
        ];
        let tallest = texts.iter().zip(&columns).map(|(text, column)| lines(text, column.width)).max().unwrap_or(1);
        let height = format!(" ht=\"{}\" customHeight=\"1\"", (tallest * 15).min(400));
        let style = |key: &str| match key {
            "severity" => looks.severity(found.severity),
            "place" if found.cell.is_some() => looks.link,
            _ => looks.text,
        };
        let cells = columns.iter().zip(texts).map(|(column, text)| (style(&column.key), text)).collect();
        rows.push_str(&line(row, cells, &height));
        if let (Some(cell), Some(col)) = (&found.cell, columns.iter().position(|column| column.key == "place")) {
            let at = format!("{}{row}", column(u32::try_from(col).unwrap_or_default()));
            let (link, shown) = (escape(&location(cell)), escape(&cell.to_string()));
            links.push_str(&format!("<hyperlink ref=\"{at}\" location=\"{link}\" display=\"{shown}\"/>"));
        }
    }
    if let Some(more @ 1..) = fixes.len().checked_sub(MOST) {
        row += 1;
        let text = match lang {
            Lang::En => format!("and {more} more"),
            Lang::Zh => format!("另有 {more} 处"),
        };
        rows.push_str(&line(row, vec![(looks.text, text)], ""));
    }
    let widths: String =
        (1..).zip(&columns).map(|(n, column)| format!("<col min=\"{n}\" max=\"{n}\" width=\"{}\" customWidth=\"1\"/>", column.width)).collect();
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    Ok(format!(
        "<worksheet xmlns=\"{namespace}\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>\
         <sheetView showGridLines=\"0\" workbookViewId=\"0\"><pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>{widths}</cols><sheetData>{rows}</sheetData>{links}\
         <pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    ))
}
