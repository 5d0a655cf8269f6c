//! The styles of a workbook: what is added to them, and how cells show what they hold.

use super::super::xml::{Piece, attribute, walk};
use super::edit::{Outline, Splice, escape, splice};
use super::symbol;
use crate::diagnostic::{Diagnostic, Severity};

/// The lists of a stylesheet in the order that they must have (ECMA-376-1, 18.8.39).
const LISTS: [&str; 11] =
    ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"];

/// The styles of a workbook that has none.
const PLAIN: &str = concat!(
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>",
);

/// What a stylesheet that is being added to says.
pub(super) struct Styles {
    part: String,
    pub(super) text: String,
}

impl Styles {
    pub(super) fn new(part: &str, text: String) -> Self {
        Self { part: part.to_owned(), text }
    }

    /// The stylesheet of a workbook that has none.
    pub(super) fn plain(namespace: &str) -> String {
        format!("<styleSheet xmlns=\"{namespace}\">{PLAIN}</styleSheet>")
    }

    /// The number of an entry of a list, which is added if it is not there.
    fn entry(&mut self, list: &str, entry: impl Fn(&str) -> String) -> Result<usize, Diagnostic> {
        let outline = Outline::new(&self.part, &self.text)?;
        let prefix = outline.prefix.clone();
        let entry = entry(&prefix);
        let Some(child) = outline.child(list) else {
            let after = |name: &str| LISTS.iter().skip_while(|known| **known != list).any(|known| *known == name);
            let before = outline.children.iter().find(|child| after(&child.name));
            let whole = format!("<{prefix}{list} count=\"1\">{entry}</{prefix}{list}>");
            self.text = splice(&self.text, vec![outline.insert(&self.text, before, whole)]);
            return Ok(0);
        };
        let own = self.text.get(child.at.clone()).unwrap_or_default().to_owned();
        let inner = Outline::new(&self.part, &own)?;
        if let Some(there) = inner.children.iter().position(|child| own.get(child.at.clone()) == Some(&entry)) {
            return Ok(there);
        }
        let count = inner.children.len();
        let mut grown = splice(&own, vec![inner.insert(&own, None, entry)]);
        if let Some(change) = Outline::new(&self.part, &grown)?.count(&grown, count + 1) {
            grown = splice(&grown, vec![change]);
        }
        self.text = splice(&self.text, vec![Splice { at: child.at.clone(), with: grown }]);
        Ok(count)
    }

    /// The mark of a severity for cells that are shown by a format: a colour, and a symbol before what the cell holds.
    pub(super) fn mark(&mut self, severity: Severity, format: Option<&str>) -> Result<usize, Diagnostic> {
        let colour = colour(severity);
        let code = format.and_then(|format| with_symbol(format, symbol(severity)));
        // Numbers of formats that no program has built in; within a mark only the code counts.
        let number =
            |p: &str| code.as_ref().map_or_else(String::new, |code| format!("<{p}numFmt numFmtId=\"164\" formatCode=\"{}\"/>", escape(code)));
        self.entry("dxfs", |p| format!("<{p}dxf>{}<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor rgb=\"{colour}\"/></{p}patternFill></{p}fill></{p}dxf>", number(p)))
    }

    /// A format of cells: bold or coloured letters, a ground, top-aligned and wrapped.
    pub(super) fn cell(&mut self, look: &Look) -> Result<usize, Diagnostic> {
        let font = self.entry("fonts", |p| {
            let bold = if look.bold { format!("<{p}b/>") } else { String::new() };
            let line = if look.link { format!("<{p}u/>") } else { String::new() };
            format!(
                "<{p}font>{bold}{line}<{p}sz val=\"{}\"/><{p}color rgb=\"{}\"/><{p}name val=\"Calibri\"/><{p}family val=\"2\"/></{p}font>",
                look.size, look.letters
            )
        })?;
        let fill = match look.ground {
            None => 0,
            Some(ground) => self.entry("fills", |p| {
                format!("<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{ground}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>")
            })?,
        };
        let border = match look.lined {
            false => 0,
            true => self.entry("borders", |p| {
                let side = |name: &str| format!("<{p}{name} style=\"thin\"><{p}color rgb=\"FFBFBFBF\"/></{p}{name}>");
                format!("<{p}border>{}{}{}{}<{p}diagonal/></{p}border>", side("left"), side("right"), side("top"), side("bottom"))
            })?,
        };
        self.entry("cellXfs", |p| {
            format!(
                "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" \
                 applyAlignment=\"1\"><{p}alignment vertical=\"top\" wrapText=\"{}\"/></{p}xf>",
                u8::from(look.wrap)
            )
        })
    }

    /// The format code of every style of cells; nothing where it is not known, as of days in the writing of the reader's country.
    pub(super) fn formats(&self) -> Result<Vec<Option<String>>, Diagnostic> {
        let (mut own, mut formats, mut inside) = (Vec::new(), Vec::new(), false);
        walk(&self.part, &self.text, |piece| {
            match piece {
                Piece::Begin(element, empty) => match element.local_name().as_ref() {
                    "numFmt" => own.extend(attribute(&element, "numFmtId").zip(attribute(&element, "formatCode"))),
                    "cellXfs" => inside = !empty,
                    "xf" if inside => {
                        let id = attribute(&element, "numFmtId").unwrap_or_default();
                        let stated = own.iter().find(|(known, _)| *known == id).map(|(_, code)| code.clone());
                        formats.push(stated.or_else(|| built_in(&id).map(str::to_owned)));
                    }
                    _ => {}
                },
                Piece::End(name) if name == "cellXfs" => inside = false,
                _ => {}
            }
            Ok(())
        })?;
        Ok(formats)
    }
}

/// How cells of the fix list look.
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) link: bool,
    pub(super) size: u8,
    pub(super) letters: &'static str,
    pub(super) ground: Option<&'static str>,
    pub(super) lined: bool,
    pub(super) wrap: bool,
}

/// Grounds on which black letters are read well, and that differ in brightness too.
pub(super) fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "FFFFB3B3",
        Severity::Warning => "FFFFD966",
        Severity::Note => "FFDDEBF7",
    }
}

/// Formats that every program has built in and shows alike (ECMA-376-1, 18.8.30).
fn built_in(id: &str) -> Option<&'static str> {
    Some(match id {
        "" | "0" => "General",
        "1" => "0",
        "2" => "0.00",
        "3" => "#,##0",
        "4" => "#,##0.00",
        "9" => "0%",
        "10" => "0.00%",
        "11" => "0.00E+00",
        "49" => "@",
        _ => return None,
    })
}

/// A format that shows the same after a symbol. Nothing when the format decides by conditions, or has parts that cannot be told.
fn with_symbol(code: &str, symbol: &str) -> Option<String> {
    let sections = sections(code)?;
    let shown = format!("\"{symbol} \"");
    let marked: Vec<String> = sections.iter().map(|(lead, rest)| format!("{lead}{shown}{rest}")).collect();
    let text = format!("{shown}@");
    let is_text = sections.last().is_some_and(|(_, rest)| rest.contains('@'));
    let parts: Vec<String> = match marked.as_slice() {
        [_, ..] if is_text => marked,
        [one] => {
            let (lead, rest) = sections.first()?;
            vec![one.clone(), format!("{lead}{shown}\\-{rest}"), one.clone(), text]
        }
        [more, less] => vec![more.clone(), less.clone(), more.clone(), text],
        [_, _, _] => marked.into_iter().chain([text]).collect(),
        _ => return None,
    };
    Some(parts.join(";"))
}

/// The sections of a format, each with the brackets at its beginning apart.
fn sections(code: &str) -> Option<Vec<(String, String)>> {
    let (mut sections, mut lead, mut rest) = (Vec::new(), String::new(), String::new());
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => sections.push((std::mem::take(&mut lead), std::mem::take(&mut rest))),
            '\\' | '_' | '*' => rest.extend([c, chars.next()?]),
            '"' => {
                rest.push(c);
                loop {
                    let c = chars.next()?;
                    rest.push(c);
                    if c == '"' {
                        break;
                    }
                }
            }
            '[' => {
                let mut bracket = String::from(c);
                loop {
                    let c = chars.next()?;
                    if matches!(c, '<' | '>' | '=') {
                        return None;
                    }
                    bracket.push(c);
                    if c == ']' {
                        break;
                    }
                }
                // The hours of a length of time are no lead.
                let leads = rest.is_empty() && !matches!(bracket.to_lowercase().as_str(), "[h]" | "[hh]" | "[m]" | "[mm]" | "[s]" | "[ss]");
                if leads { lead.push_str(&bracket) } else { rest.push_str(&bracket) }
            }
            c => rest.push(c),
        }
    }
    sections.push((lead, rest));
    (sections.len() <= 4).then_some(sections)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_stands_before_what_the_format_shows() {
        for (code, expected) in [
            ("General", "\"✖ \"General;\"✖ \"\\-General;\"✖ \"General;\"✖ \"@"),
            ("@", "\"✖ \"@"),
            ("[Red]0.0%;0", "[Red]\"✖ \"0.0%;\"✖ \"0;[Red]\"✖ \"0.0%;\"✖ \"@"),
            ("0;-0;\"a;b\"", "\"✖ \"0;\"✖ \"-0;\"✖ \"\"a;b\";\"✖ \"@"),
            ("0;-0;0;@\\;", "\"✖ \"0;\"✖ \"-0;\"✖ \"0;\"✖ \"@\\;"),
        ] {
            assert_eq!(with_symbol(code, "✖").unwrap(), expected, "{code}");
        }
        for code in ["[>100]0;0", "\"open", "a\\", "[x", "0;0;0;@;0"] {
            assert_eq!(with_symbol(code, "✖"), None, "{code}");
        }
    }

    #[test]
    fn what_is_there_is_used_and_what_is_not_is_put_in_its_place() {
        let mut styles = Styles::new("styles", "<x:styleSheet><x:fonts count='1'><x:font/></x:fonts><x:colors/></x:styleSheet>".into());
        assert_eq!(styles.mark(Severity::Error, None).unwrap(), 0);
        assert!(styles.text.contains("<x:dxfs count=\"1\"><x:dxf><x:fill>") && styles.text.ends_with("</x:dxfs><x:colors/></x:styleSheet>"));
        assert_eq!(styles.mark(Severity::Note, Some("General")).unwrap(), 1);
        let before = styles.text.clone();
        assert_eq!((styles.mark(Severity::Error, None).unwrap(), styles.mark(Severity::Note, Some("General")).unwrap()), (0, 1));
        assert_eq!(styles.text, before);
        assert_eq!(styles.entry("fonts", |p| format!("<{p}font><{p}b/></{p}font>")).unwrap(), 1);
        assert!(styles.text.contains("<x:fonts count='2'><x:font/><x:font><x:b/></x:font></x:fonts>"));
    }
}
