//! Markdown, built from plain texts. What comes from a document is escaped, so that it stays text.

/// A page under construction.
#[derive(Clone, Debug, Default)]
pub struct Document(String);

impl Document {
    fn gap(&mut self) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
    }

    /// A heading of level 1 to 6.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        self.0.push_str(&format!("{} {}\n", "#".repeat(level.clamp(1, 6)), escape(text)));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.gap();
        self.0.push_str(&opening(text));
        self.0.push('\n');
    }

    /// A quotation.
    pub fn quote(&mut self, text: &str) {
        self.gap();
        self.0.push_str(&format!("> {}\n", opening(text)));
    }

    /// A line to type, kept as it is.
    pub fn code(&mut self, line: &str) {
        self.gap();
        self.0.push_str(&format!("    {}\n", line.replace('\n', " ")));
    }

    /// A list's item. Its text is the engine's own and may have Markdown in it.
    pub fn item(&mut self, text: &str) {
        if !self.0.ends_with('\n') || !self.0.lines().last().is_some_and(|line| line.starts_with("* ")) {
            self.gap();
        }
        self.0.push_str(&format!("* {text}\n"));
    }

    /// A table; the head is the engine's own and may have Markdown in it.
    pub fn table(&mut self, head: &[&str], rows: Vec<Vec<String>>) {
        self.gap();
        self.0.push_str(&format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len())));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
            self.0.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }

    /// The page.
    #[must_use]
    pub fn done(self) -> String {
        self.0
    }
}

/// A text of a document as Markdown text.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\n' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A text that opens a block, where a few more characters would mean something.
fn opening(text: &str) -> String {
    let escaped = escape(text);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match escaped.get(digits..).and_then(|rest| rest.chars().next()) {
        Some('-' | '+' | '=' | '~') if digits == 0 => format!("\\{escaped}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", escaped.get(..digits).unwrap_or_default(), escaped.get(digits..).unwrap_or_default()),
        _ => escaped,
    }
}

/// A text as a table's cell; `<br>` between its parts is the engine's own.
#[must_use]
pub fn cell(text: &str) -> String {
    text.split("<br>").map(escape).collect::<Vec<_>>().join("<br>")
}
