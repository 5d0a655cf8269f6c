//! A report as Markdown.

use talent_model::words::InLanguage;

use super::content::{Block, Card, Cell, Edition, Row, Set, Table};
use super::markdown::{Document, escape};

pub(super) fn markdown(editions: &[Edition]) -> String {
    let mut page = Document::default();
    for edition in editions {
        one(&mut page, edition);
    }
    page.done()
}

fn one(page: &mut Document, edition: &Edition) {
    page.heading(1, &format!("{}{}{}", edition.title, (" – ", " — ").say(edition.lang), edition.kind));
    edition.notices.iter().for_each(|notice| page.quote(notice));
    facts(page, &edition.facts, edition);
    page.heading(2, &edition.card_title);
    card(page, &edition.card, edition);
    for section in &edition.sections {
        page.heading(2, &section.title);
        section.blocks.iter().for_each(|block| one_block(page, block, edition));
    }
}

fn facts(page: &mut Document, facts: &[(String, String)], edition: &Edition) {
    for (label, text) in facts {
        page.item(&format!("**{}**{}{}", escape(label), (": ", "：").say(edition.lang), escape(text)));
    }
}

fn card(page: &mut Document, card: &Card, edition: &Edition) {
    let mut lines: Vec<(String, String)> =
        card.grade.iter().map(|(label, tone, grade)| (label.clone(), format!("{} {grade}", tone.sign()))).collect();
    let (label, total, full) = &card.total;
    lines.push((label.clone(), format!("{total} / {full}{}{}", (", ", "，").say(edition.lang), card.certainty)));
    lines.extend(card.verdicts.iter().map(|(label, tone, word)| (label.clone(), format!("{} {word}", tone.sign()))));
    facts(page, &lines, edition);
    table(page, &card.scenarios);
    card.modules.iter().for_each(|modules| table(page, modules));
    for short in &card.shorts {
        page.heading(3, &short.title);
        if !short.lead.is_empty() {
            page.paragraph(&short.lead);
        }
        for (tone, what, detail) in &short.items {
            page.item(&format!("{} {}{}{}", tone.sign(), escape(what), (": ", "：").say(edition.lang), escape(detail)));
        }
        short.more.iter().for_each(|more| page.item(&escape(more)));
    }
}

fn one_block(page: &mut Document, block: &Block, edition: &Edition) {
    match block {
        Block::Title(text) => page.heading(3, text),
        Block::Text(text) => page.paragraph(text),
        Block::Facts(lines) => facts(page, lines, edition),
        Block::Table(rows) => table(page, rows),
        Block::List(items) => items.iter().for_each(|item| page.item(&escape(item))),
        Block::Code(lines) => lines.iter().for_each(|line| page.code(line)),
    }
}

/// Bars are left out: their numbers stand beside them.
fn table(page: &mut Document, table: &Table) {
    let drawn: Vec<bool> = table.columns.iter().map(|column| column.set == Set::Bar).collect();
    let keep = |at: usize| drawn.get(at) != Some(&true);
    let head: Vec<String> = table.columns.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, column)| escape(&column.head)).collect();
    let rows = table.rows.iter().map(|row| match row {
        Row::Group(title) => {
            let mut cells = vec![title.clone()];
            cells.resize(head.len(), String::new());
            cells
        }
        Row::Cells(cells) => cells.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, cell)| text(cell)).collect(),
    });
    let rows = rows.collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    page.table(&head, rows);
}

/// A cell as text; `<br>` between its lines.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Number(text, _) => text.clone(),
        Cell::Bar(_) | Cell::None => String::new(),
        Cell::Mark(tone, word) => format!("{} {word}", tone.sign()).trim_end().to_owned(),
        Cell::Named { code, name, note } => {
            let named = format!("{code} {name}").trim_start().to_owned();
            if note.is_empty() { named } else { format!("{named}<br>{note}") }
        }
        Cell::Lines(lines) => lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("<br>"),
    }
}
