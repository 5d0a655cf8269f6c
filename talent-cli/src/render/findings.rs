//! Findings for people: grouped by code, with the place in the source.

use talent_model::check::hide;
use talent_model::diagnostic::{Code, Diagnostic, Severity, Waived, message};
use talent_model::quantity::Count;
use talent_model::{Lang, workbook};

use super::text::{Page, Style, plain, width};
use super::words::InLanguage;
use unicode_width::UnicodeWidthChar;

/// How many places of one code are shown.
const FIRST: usize = 3;

/// How many columns of a source line are shown.
const COLUMNS: usize = 100;

/// How far beyond an excerpt is looked for what must not be shown.
const MARGIN: usize = 64;

/// Findings about one file.
pub(crate) struct Findings<'f> {
    pub(crate) label: &'f str,
    /// The text the findings were located in. Absent: it could not be read as text.
    pub(crate) text: Option<&'f str>,
    pub(crate) diagnostics: &'f [Diagnostic],
}

pub(crate) fn severity(severity: Severity, lang: Lang, style: Style) -> String {
    let word = severity.say(lang);
    match severity {
        Severity::Error => style.red(word),
        Severity::Warning => style.yellow(word),
        Severity::Note => style.cyan(word),
    }
}

/// A finding that has no document around it, such as a file that cannot be read.
pub(crate) fn one(diagnostic: &Diagnostic, lang: Lang, style: Style) -> String {
    let colon = (": ", "：").say(lang);
    format!("{} {}{colon}{}\n", severity(diagnostic.severity, lang, style), diagnostic.code, plain(&message(diagnostic, lang)))
}

/// The codes in the order in which they are told: errors first, then by their first place.
fn groups(diagnostics: &[Diagnostic]) -> Vec<(Severity, Code, Vec<&Diagnostic>)> {
    let mut groups: Vec<(Severity, Code, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.waived.is_none()) {
        match groups.iter_mut().find(|(severity, code, _)| (*severity, *code) == (diagnostic.severity, diagnostic.code)) {
            Some((.., places)) => places.push(diagnostic),
            None => groups.push((diagnostic.severity, diagnostic.code, vec![diagnostic])),
        }
    }
    groups.sort_by_key(|(severity, ..)| *severity);
    groups
}

impl Findings<'_> {
    /// All findings, with excerpts.
    pub(crate) fn print(&self, all: bool, lang: Lang, style: Style, page: &mut Page) {
        let lines: Vec<&str> = if self.diagnostics.is_empty() { Vec::new() } else { self.text.unwrap_or_default().split('\n').collect() };
        for (weight, code, places) in groups(self.diagnostics) {
            let count = match (lang, places.len()) {
                (_, 1) => String::new(),
                (Lang::En, n) => format!(" ({n} places)"),
                (Lang::Zh, n) => format!("（{n} 处）"),
            };
            page.line(format_args!("{} {} {}{count}", severity(weight, lang, style), style.bold(code), code.slug()));
            let shown = if all { places.len() } else { FIRST };
            for diagnostic in places.iter().take(shown) {
                self.place(diagnostic, &lines, lang, style, page);
            }
            if let Some(more @ 1..) = places.len().checked_sub(shown) {
                page.line(match lang {
                    Lang::En => format!("  and {more} more (--all shows every place)"),
                    Lang::Zh => format!("  另有 {more} 处（--all 显示全部）"),
                });
            }
            let cure = places.first().map_or_else(|| code.page().cure.get(lang).into(), |found| workbook::cure(found, lang));
            if !cure.is_empty() {
                page.line(format_args!("  {}{cure}", style.dim(("cure: ", "改法：").say(lang))));
            }
            page.gap();
        }
        self.accepted(lang, style, page);
    }

    /// What somebody has accepted stays in sight, with who, why and until when.
    fn accepted(&self, lang: Lang, style: Style, page: &mut Page) {
        let mut told: Vec<(Code, &Waived, usize)> = Vec::new();
        for diagnostic in self.diagnostics {
            let Some(waived) = diagnostic.waived.as_deref() else { continue };
            match told.iter_mut().find(|(code, known, _)| *code == diagnostic.code && *known == waived) {
                Some((.., places)) => *places += 1,
                None => told.push((diagnostic.code, waived, 1)),
            }
        }
        for (code, waived, places) in &told {
            let (reason, approver) = (plain(waived.reason.in_language(lang)), plain(waived.approver.as_str()));
            page.line(format_args!("{} {} {} × {places}", style.green(("accepted", "已豁免").say(lang)), style.bold(code), code.slug()));
            page.line(match lang {
                Lang::En => format!("  {reason} ({approver}, until {})", waived.until),
                Lang::Zh => format!("  {reason}（{approver}，至 {}）", waived.until),
            });
        }
        if !told.is_empty() {
            page.gap();
        }
    }

    fn place(&self, diagnostic: &Diagnostic, lines: &[&str], lang: Lang, style: Style, page: &mut Page) {
        let mut place = plain(self.label);
        if let (Some(line), Some(column)) = (diagnostic.line, diagnostic.column) {
            place.push_str(&format!(":{line}:{column}"));
        }
        // A cell is the better place for whoever filled it in.
        let pointer = match &diagnostic.cell {
            Some(cell) => plain(&cell.to_string()),
            None => plain(diagnostic.pointer.as_str()),
        };
        page.line(format_args!("  {place} {}", style.dim(pointer)));
        page.line(format_args!("    {}", plain(&message(diagnostic, lang))));
        let number = diagnostic.line.map(index);
        let source = number.and_then(|n| n.checked_sub(1)).and_then(|n| lines.get(n));
        if let (Some(number), Some(source), Some(column)) = (number, source, diagnostic.column) {
            let (shown, before, under) = excerpt(source, index(column), diagnostic.length.map_or(1, index));
            if !shown.trim().is_empty() {
                let margin = " ".repeat(number.to_string().len());
                page.line(format_args!("    {} {shown}", style.dim(format_args!("{number} |"))));
                page.line(format_args!(
                    "    {} {}{}",
                    style.dim(format_args!("{margin} |")),
                    " ".repeat(before),
                    style.red("^".repeat(under.max(1)))
                ));
            }
        }
    }

    /// One line for each code.
    pub(crate) fn summary(&self, lang: Lang, style: Style, page: &mut Page) {
        for (weight, code, places) in groups(self.diagnostics) {
            let first = places.first().map(|d| plain(&message(d, lang))).unwrap_or_default();
            page.line(format_args!("  {} {code} × {}  {}", severity(weight, lang, style), places.len(), super::text::fit(&first, 90)));
        }
    }

    /// "2 errors, 1 warning, 0 notes".
    pub(crate) fn counts(&self, lang: Lang) -> String {
        let count = |severity: Severity| {
            let n = self.diagnostics.iter().filter(|d| d.severity == severity && d.waived.is_none()).count();
            match lang {
                Lang::En => format!("{n} {}{}", severity.say(lang), if n == 1 { "" } else { "s" }),
                Lang::Zh => format!("{n} 个{}", severity.say(lang)),
            }
        };
        let mut counts = [Severity::Error, Severity::Warning, Severity::Note].map(count).to_vec();
        match (lang, self.diagnostics.iter().filter(|d| d.waived.is_some()).count()) {
            (_, 0) => {}
            (Lang::En, n) => counts.push(format!("{n} accepted")),
            (Lang::Zh, n) => counts.push(format!("{n} 个已豁免")),
        }
        counts.join((", ", "，").say(lang))
    }
}

/// A count as a position in memory.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of at least 0")]
fn index(count: Count) -> usize {
    count.get() as usize
}

/// The part of a line around a column, with the columns before the marked part and those that it takes.
fn excerpt(line: &str, column: usize, length: usize) -> (String, usize, usize) {
    let start = column.saturating_sub(1);
    // From so far before the mark that it stands in the excerpt.
    let first = if width(line) <= COLUMNS { 0 } else { start.saturating_sub(COLUMNS / 3) };
    // Personal data is shown nowhere. What lies just outside the excerpt may be the rest of a number that begins in it.
    let margin = first.min(MARGIN);
    let window: String = line.chars().skip(first - margin).take(margin + COLUMNS + MARGIN + length.min(COLUMNS)).collect();
    let window = hide(&window);
    let (mut shown, mut before, mut under) = (String::new(), 0, 0);
    if first > 0 {
        shown.push('…');
        before = 1;
    }
    for (at, c) in (first..).zip(window.chars().skip(margin)) {
        let piece = match c {
            '\r' => continue,
            c if c.width().is_some() && c != '\t' => plain(c.encode_utf8(&mut [0; 4])),
            c => plain(&c.to_string()),
        };
        let columns = width(&piece);
        if width(&shown) + columns > COLUMNS {
            shown.push('…');
            break;
        }
        shown.push_str(&piece);
        match at {
            at if at < start => before += columns,
            at if at < start + length => under += columns,
            _ => {}
        }
    }
    (shown, before, under)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_under_what_it_means_in_any_script() {
        assert_eq!(excerpt("  \"名称\": \"公园\"", 9, 4), ("  \"名称\": \"公园\"".into(), 10, 6));
        assert_eq!(excerpt("\t\u{1b}x", 3, 1), (" \\u{1b}x".into(), 7, 1));
        assert_eq!(excerpt("\"note\": \"13812345678\"", 9, 13).0, "\"note\": \"13*******78\"");
        let long = "x".repeat(5000);
        let (shown, before, under) = excerpt(&long, 2500, 3);
        assert_eq!((width(&shown), before, under), (COLUMNS + 1, 34, 3));
    }
}
