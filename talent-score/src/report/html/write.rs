//! HTML that cannot be steered by a document: markup is the engine's own, written in this crate, and everything else is text.

use talent_model::shown::plain_lines;

/// A page under construction. Tags and names of attributes are literals; whatever else goes in is escaped.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn with_room(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Markup of the engine's own.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// A stranger's text, or anything that was computed.
    pub(super) fn text(&mut self, text: &str) {
        escape_into(&mut self.0, text);
    }

    pub(super) fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            escape_into(&mut self.0, value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    pub(super) fn close(&mut self, tag: &'static str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }

    /// An element with nothing but text in it.
    pub(super) fn element(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close(tag);
    }

    pub(super) fn done(self) -> String {
        self.0
    }
}

/// Escapes for elements and for attributes in double quotes. Characters that would show a text in another order, or not at all, become visible.
fn escape_into(out: &mut String, text: &str) {
    let safe = plain_lines(text);
    for c in safe.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let mut html = Html::default();
        html.element("p", &[("title", "\"onload='x'")], "<script>\u{202e}&\u{0}</script>\nzwei");
        assert_eq!(html.done(), "<p title=\"&quot;onload=&#39;x&#39;\">&lt;script&gt;\\u{202e}&amp;\\u{0}&lt;/script&gt;\nzwei</p>");
    }
}
