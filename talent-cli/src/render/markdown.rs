//! Markdown, built from plain texts. What comes from a document is escaped, so that it stays text.

/// A page under construction.
#[derive(Default)]
pub(crate) struct Document(String);

impl Document {
    fn gap(&mut self) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
    }

    pub(crate) fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        self.0.push_str(&format!("{} {}\n", "#".repeat(level.clamp(1, 6)), escape(text)));
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        self.gap();
        self.0.push_str(&escape(text));
        self.0.push('\n');
    }

    pub(crate) fn quote(&mut self, text: &str) {
        self.gap();
        self.0.push_str(&format!("> {}\n", escape(text)));
    }

    /// A list's item. Its text is the engine's own and may have Markdown in it.
    pub(crate) fn item(&mut self, text: &str) {
        if !self.0.ends_with('\n') || !self.0.lines().last().is_some_and(|line| line.starts_with("* ")) {
            self.gap();
        }
        self.0.push_str(&format!("* {text}\n"));
    }

    pub(crate) fn table(&mut self, head: &[&str], rows: Vec<Vec<String>>) {
        self.gap();
        self.0.push_str(&format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len())));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
            self.0.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }

    pub(crate) fn done(self) -> String {
        self.0
    }
}

/// A text of a document as Markdown text.
pub(crate) fn escape(text: &str) -> String {
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

/// A text as a table's cell; `<br>` between its parts is the engine's own.
pub(crate) fn cell(text: &str) -> String {
    text.split("<br>").map(escape).collect::<Vec<_>>().join("<br>")
}
