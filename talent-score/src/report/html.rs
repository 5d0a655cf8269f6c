//! A report as one HTML file: no network, no script, fit for the screen, for paper and for those who have it read to them.

mod draw;
mod write;

use talent_model::Lang;
use talent_model::words::InLanguage;

use super::content::{Block, Card, Cell, Edition, Row, Section, Set, Short, Table, Tone};
use write::Html;

/// The tag by which browsers choose fonts and voices.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Poor => "poor",
        Tone::Open => "open",
        Tone::Quiet => "quiet",
    }
}

/// The pattern that marks what is possible, told apart without colour.
const DEFINITIONS: &str = "<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"#dbe6ee\"/><rect width=\"1.6\" height=\"5\" fill=\"#7f9db2\"/></pattern></defs></svg>";

/// The whole file.
pub(super) fn page(editions: &[Edition]) -> String {
    let mut html = Html::with_room(1 << 20);
    let first = editions.first();
    let lang = first.map_or(Lang::En, |edition| edition.lang);
    html.raw("<!doctype html>\n");
    html.open("html", &[("lang", tag(lang))]);
    html.raw("<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    // Should anything ever slip through, the browser still loads nothing and runs nothing.
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    html.raw("<meta name=\"robots\" content=\"noindex\">");
    let title = first.map(|edition| format!("{}{}{}", edition.title, (" – ", " — ").say(lang), edition.kind)).unwrap_or_default();
    html.element("title", &[], &title);
    html.raw("<style>");
    html.raw(include_str!("html/report.css"));
    html.raw("</style></head>\n<body>");
    html.raw(DEFINITIONS);
    if editions.len() > 1 {
        html.open("nav", &[("class", "languages"), ("aria-label", "Language 语言")]);
        for edition in editions {
            let (word, href) = match edition.lang {
                Lang::En => ("English", "#en"),
                Lang::Zh => ("中文", "#zh-CN"),
            };
            html.element("a", &[("href", href), ("lang", tag(edition.lang))], word);
        }
        html.close("nav");
    }
    html.raw("\n<main>");
    for edition in editions {
        html.open("article", &[("lang", tag(edition.lang)), ("id", tag(edition.lang))]);
        one(&mut html, edition);
        html.close("article");
    }
    html.raw("</main>\n</body></html>\n");
    html.done()
}

/// The scorecard alone, for a page that belongs to somebody else.
pub(super) fn piece(editions: &[Edition]) -> String {
    let mut html = Html::with_room(1 << 14);
    html.raw("<div class=\"talent-report\"><style>");
    html.raw(include_str!("html/piece.css"));
    html.raw("</style>");
    html.raw(DEFINITIONS);
    for edition in editions {
        html.open("div", &[("lang", tag(edition.lang))]);
        html.element("p", &[("class", "name")], &edition.title);
        for notice in &edition.notices {
            html.element("p", &[("class", "notice")], notice);
        }
        card(&mut html, &edition.card);
        html.close("div");
    }
    html.raw("</div>");
    html.done()
}

fn one(html: &mut Html, edition: &Edition) {
    let id = |name: &str| format!("{}-{name}", tag(edition.lang));
    html.raw("\n<header>");
    html.element("p", &[("class", "kind")], &edition.kind);
    html.element("h1", &[], &edition.title);
    facts(html, "facts", &edition.facts);
    html.raw("</header>");
    if !edition.notices.is_empty() {
        html.open("div", &[("class", "notices"), ("role", "note")]);
        for notice in &edition.notices {
            html.element("p", &[], notice);
        }
        html.close("div");
    }
    html.open("section", &[("class", "page-one"), ("aria-labelledby", &id("card"))]);
    html.element("h2", &[("class", "unseen"), ("id", &id("card"))], &edition.card_title);
    card(html, &edition.card);
    html.element("p", &[("class", "foot")], &edition.foot);
    html.raw("</section>");
    html.open("nav", &[("class", "contents"), ("aria-label", &edition.contents)]);
    html.raw("<ol>");
    for section in &edition.sections {
        html.raw("<li>");
        html.element("a", &[("href", &format!("#{}", id(section.id)))], &section.title);
        html.raw("</li>");
    }
    html.raw("</ol></nav>");
    for section in &edition.sections {
        part(html, section, &id(section.id));
    }
}

fn facts(html: &mut Html, name: &str, facts: &[(String, String)]) {
    html.open("dl", &[("class", name)]);
    for (label, text) in facts {
        html.raw("<div>");
        html.element("dt", &[], label);
        html.element("dd", &[], text);
        html.raw("</div>");
    }
    html.close("dl");
}

fn mark(html: &mut Html, tone: Tone, word: &str) {
    html.open("span", &[("class", class(tone))]);
    html.element("span", &[("class", "sign"), ("aria-hidden", "true")], tone.sign());
    if !word.is_empty() {
        html.text(" ");
        html.text(word);
    }
    html.close("span");
}

fn card(html: &mut Html, card: &Card) {
    html.raw("<div class=\"result\">");
    if let Some((label, tone, grade)) = &card.grade {
        html.open("p", &[("class", "grade")]);
        html.element("span", &[("class", "label")], label);
        html.element("strong", &[("class", class(*tone))], grade);
        html.close("p");
    }
    let (label, total, full) = &card.total;
    html.open("p", &[("class", "total")]);
    html.element("span", &[("class", "label")], label);
    html.element("strong", &[], total);
    html.element("span", &[("class", "full")], &format!(" / {full}"));
    html.close("p");
    html.raw("<div class=\"how-sure\">");
    draw::scale(html, &card.scale, &format!("{label} {total} / {full}; {}", card.certainty));
    html.element("p", &[], &card.certainty);
    html.raw("</div></div>");
    html.raw("<ul class=\"verdicts\">");
    for (label, tone, word) in &card.verdicts {
        html.raw("<li>");
        html.element("span", &[("class", "label")], label);
        mark(html, *tone, word);
        html.raw("</li>");
    }
    html.raw("</ul>");
    table(html, &card.scenarios, "scenarios");
    if let Some(modules) = &card.modules {
        table(html, modules, "scenarios");
    }
    html.raw("<ul class=\"legend\">");
    for line in &card.legend {
        html.element("li", &[], line);
    }
    html.raw("</ul><div class=\"shorts\">");
    for short in &card.shorts {
        short_list(html, short);
    }
    html.raw("</div>");
}

fn short_list(html: &mut Html, short: &Short) {
    html.raw("<div class=\"short\">");
    html.element("h3", &[], &short.title);
    if !short.lead.is_empty() {
        html.element("p", &[], &short.lead);
    }
    if !short.items.is_empty() {
        html.raw("<ul>");
        for (tone, what, detail) in &short.items {
            html.raw("<li>");
            mark(html, *tone, what);
            html.element("span", &[("class", "detail")], detail);
            html.raw("</li>");
        }
        html.raw("</ul>");
    }
    if let Some(more) = &short.more {
        html.element("p", &[("class", "more")], more);
    }
    html.raw("</div>");
}

fn part(html: &mut Html, section: &Section, id: &str) {
    html.raw("\n");
    html.open("section", &[("class", section.id), ("aria-labelledby", id)]);
    html.element("h2", &[("id", id)], &section.title);
    for block in &section.blocks {
        match block {
            Block::Title(text) => html.element("h3", &[], text),
            Block::Text(text) => html.element("p", &[], text),
            Block::Facts(lines) => facts(html, "facts", lines),
            Block::Table(rows) => table(html, rows, "rows"),
            Block::List(items) => {
                html.raw("<ul>");
                items.iter().for_each(|item| html.element("li", &[], item));
                html.raw("</ul>");
            }
            Block::Code(lines) => html.element("pre", &[], &lines.join("\n")),
        }
    }
    html.close("section");
}

fn set(column: Set) -> &'static str {
    match column {
        Set::Text => "text",
        Set::Wide => "wide",
        Set::Number => "number",
        Set::Bar => "drawn",
    }
}

fn table(html: &mut Html, table: &Table, name: &str) {
    html.raw("\n");
    html.open("table", &[("class", name)]);
    html.element("caption", &[("class", "unseen")], &table.caption);
    html.raw("<thead><tr>");
    for column in &table.columns {
        if column.head.is_empty() {
            html.open("td", &[("class", set(column.set))]);
            html.close("td");
        } else {
            html.element("th", &[("scope", "col"), ("class", set(column.set))], &column.head);
        }
    }
    html.raw("</tr></thead><tbody>");
    let span = table.columns.len().to_string();
    for row in &table.rows {
        match row {
            Row::Group(title) => {
                html.raw("</tbody>\n<tbody><tr class=\"group\">");
                html.element("th", &[("scope", "rowgroup"), ("colspan", &span)], title);
                html.raw("</tr>");
            }
            Row::Cells(cells) => {
                html.raw("\n<tr>");
                for (at, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
                    one_cell(html, cell, column.set, at == 0);
                }
                html.raw("</tr>");
            }
        }
    }
    html.raw("</tbody></table>");
}

fn one_cell(html: &mut Html, cell: &Cell, column: Set, first: bool) {
    // A row is named by its first cell, if that is a name.
    let names = first && matches!(cell, Cell::Text(_) | Cell::Named { .. });
    let tag = if names { "th" } else { "td" };
    if names {
        html.open("th", &[("scope", "row"), ("class", set(column))]);
    } else {
        html.open("td", &[("class", set(column))]);
    }
    match cell {
        Cell::None => {}
        Cell::Text(text) | Cell::Number(text, _) => html.text(text),
        Cell::Bar(bar) => draw::bar(html, bar),
        Cell::Mark(tone, word) => mark(html, *tone, word),
        Cell::Named { code, name, note } => {
            if !code.is_empty() {
                html.element("span", &[("class", "code")], code);
                html.text(" ");
            }
            html.element("span", &[("class", "name")], name);
            if !note.is_empty() {
                html.text(" ");
                html.element("span", &[("class", "note")], note);
            }
        }
        Cell::Lines(lines) => {
            for line in lines {
                let class: &[(&'static str, &str)] = if line.aside { &[("class", "aside")] } else { &[] };
                html.element("p", class, &line.text);
            }
        }
    }
    html.close(tag);
}
