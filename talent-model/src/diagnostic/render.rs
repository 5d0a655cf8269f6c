//! Diagnostics in words.

use super::{Code, Diagnostic, Severity};
use crate::Lang;

/// The message of a diagnostic in one language, with its near miss if there is one, else with the choices where these are few; and with the rows of a
/// frame, counted from 0.
///
/// ```
/// # use talent_model::{Lang, diagnostic::{Code, Diagnostic, Pointer, message}};
/// let found = Diagnostic::new(Code::UnknownIndicator, Pointer::root()).with("found", "park-aera").suggest(Some("park-area"));
/// assert_eq!(message(&found, Lang::En), "the standard has no indicator `park-aera`; did you mean `park-area`?");
/// ```
#[must_use]
pub fn message(diagnostic: &Diagnostic, lang: Lang) -> String {
    let mut text = fill(diagnostic.code.template().get(lang), |name| {
        let in_language = match lang {
            Lang::Zh => diagnostic.params.get(&format!("{name}_zh")),
            Lang::En => None,
        };
        in_language.or_else(|| diagnostic.params.get(name)).map(String::as_str)
    });
    if let Some(suggestion) = diagnostic.params.get("suggestion") {
        text.push_str(&match lang {
            Lang::En => format!("; did you mean `{suggestion}`?"),
            Lang::Zh => format!("；是否想写 `{suggestion}`？"),
        });
    }
    if let Some(choices) = diagnostic.params.get("choices") {
        text.push_str(&match lang {
            Lang::En => format!("; there are: {choices}"),
            Lang::Zh => format!("；现有：{choices}"),
        });
    }
    if let (Some(rows), Some(count)) = (diagnostic.params.get("rows"), diagnostic.params.get("row_count")) {
        text.push_str(&match (lang, count == "1") {
            (Lang::En, true) => format!("; in row {rows}"),
            (Lang::Zh, true) => format!("；位于第 {rows} 行"),
            (Lang::En, _) => format!("; in {count} rows, the first: {rows}"),
            (Lang::Zh, _) => format!("；共 {count} 行，最前为第 {rows} 行"),
        });
    }
    text
}

/// Replaces `{name}` by its value; a name without a value stays as it is.
fn fill<'p>(template: &str, value: impl Fn(&str) -> Option<&'p str>) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| value(name).map(|value| (value, tail))) {
            Some((value, tail)) => {
                text.push_str(value);
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// The page of a code as plain text: what it means, why it happens, how to mend it, an example.
#[must_use]
pub fn explain(code: Code, lang: Lang) -> String {
    let page = code.page();
    let [severity, cause, cure, example] = match lang {
        Lang::En => ["weighs: ", "cause: ", "cure: ", "example:"],
        Lang::Zh => ["级别：", "原因：", "改法：", "示例："],
    };
    let weight = match (code.severity(), lang) {
        (severity, Lang::En) => severity.as_str(),
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Note, Lang::Zh) => "提示",
    };
    let mut text = format!("{code} {}\n{}\n\n{severity}{weight}\n", code.slug(), code.template().get(lang));
    for (title, body) in [(cause, page.cause.get(lang)), (cure, page.cure.get(lang))] {
        text.push_str(&format!("{title}{body}\n"));
    }
    if !page.example.is_empty() {
        text.push_str(&format!("{example}\n"));
        for line in page.example.lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}
