//! A report as a workbook: a sheet for the scorecard and one for every section. Numbers are numbers, unrounded, and shown as in the report.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use talent_model::Lang;
use talent_model::words::InLanguage;

use super::content::{Block, Card, Cell, Edition, Row, Section, Set, Table};
use super::tell::clip;

/// What a cell can hold.
const LONGEST: usize = 32_000;

struct Formats {
    title: Format,
    heading: Format,
    head: Format,
    group: Format,
    label: Format,
    text: Format,
    notice: Format,
    code: Format,
}

impl Formats {
    fn new() -> Self {
        let base = || Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Self {
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new().set_bold().set_font_size(13),
            head: base().set_bold().set_border_bottom(FormatBorder::Thin).set_background_color(Color::RGB(0x00EA_EEF2)),
            group: base().set_bold(),
            label: base().set_font_color(Color::RGB(0x0051_606F)),
            text: base(),
            notice: base().set_background_color(Color::RGB(0x00FD_F9EC)),
            code: base().set_font_name("Consolas"),
        }
    }

    /// A number as the report shows it: with its decimals, or as a percentage.
    fn number(&self, shown: &str) -> Format {
        let decimals = shown.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
        let mut pattern = String::from("0");
        if decimals > 0 {
            pattern.push('.');
            pattern.push_str(&"0".repeat(decimals));
        }
        if shown.ends_with('%') {
            pattern.push('%');
        }
        self.text.clone().set_num_format(pattern).set_align(FormatAlign::Right)
    }
}

/// What a section's sheet is called. Names are short and without the signs that sheets do not allow.
fn sheet_name(id: &str, lang: Lang) -> &'static str {
    let words = match id {
        "card" => ("Scorecard", "评分卡"),
        "ahead" => ("Next grade", "下一等级"),
        "indicators" => ("Indicators", "各项指标"),
        "left-out" => ("Left out", "未计入"),
        "lenses" => ("Lenses", "视角"),
        "stages" => ("Stages and zones", "阶段与圈层"),
        "modules" => ("Modules", "特色模块"),
        "findings" => ("Findings", "检查结果"),
        "evidence" => ("Evidence", "证明材料"),
        "method" => ("Method", "方法"),
        "by-hand" => ("By hand", "手工复算"),
        _ => ("Computed from", "计算依据"),
    };
    words.say(lang)
}

pub(super) fn workbook(editions: &[Edition]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A report has no clock: equal assessments make equal bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = editions.first().map(|edition| clip(&edition.title, 200)).unwrap_or_default();
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let formats = Formats::new();
    for edition in editions {
        let mut sheet = Sheet::new(workbook.add_worksheet(), sheet_name("card", edition.lang), &formats)?;
        sheet.front(edition)?;
        for section in &edition.sections {
            let mut sheet = Sheet::new(workbook.add_worksheet(), sheet_name(section.id, edition.lang), &formats)?;
            sheet.section(section)?;
        }
    }
    workbook.save_to_buffer()
}

struct Sheet<'w> {
    sheet: &'w mut Worksheet,
    formats: &'w Formats,
    row: u32,
    widths: Vec<f64>,
}

impl<'w> Sheet<'w> {
    fn new(sheet: &'w mut Worksheet, name: &str, formats: &'w Formats) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        Ok(Self { sheet, formats, row: 0, widths: Vec::new() })
    }

    fn text(&mut self, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, column, clip(text, LONGEST), format)?;
        Ok(())
    }

    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.text(0, text, format)?;
        self.row += 1;
        Ok(())
    }

    /// A text across the columns of the tables below it.
    fn prose(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.row, 0, self.row, 5, &clip(text, LONGEST), format)?;
        let characters = u32::try_from(text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>()).unwrap_or(u32::MAX);
        self.sheet.set_row_height(self.row, f64::from(characters / 110 + 1).min(25.0) * 15.0)?;
        self.row += 1;
        Ok(())
    }

    fn facts(&mut self, facts: &[(String, String)]) -> Result<(), XlsxError> {
        let formats = self.formats;
        self.wide(0, 30.0);
        self.wide(1, 60.0);
        for (label, text) in facts {
            self.text(0, label, &formats.label)?;
            self.text(1, text, &formats.text)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// A column is as wide as the widest of the tables in it needs.
    fn wide(&mut self, column: usize, width: f64) {
        if self.widths.len() <= column {
            self.widths.resize(column + 1, 8.0);
        }
        if let Some(known) = self.widths.get_mut(column) {
            *known = known.max(width);
        }
    }

    fn front(&mut self, edition: &Edition) -> Result<(), XlsxError> {
        let formats = self.formats;
        self.line(&edition.title, &formats.title)?;
        self.line(&edition.kind, &formats.heading)?;
        for notice in &edition.notices {
            self.prose(notice, &formats.notice)?;
        }
        self.row += 1;
        self.facts(&edition.facts)?;
        self.card(&edition.card)?;
        self.finish()
    }

    fn card(&mut self, card: &Card) -> Result<(), XlsxError> {
        let mut lines: Vec<(String, String)> =
            card.grade.iter().map(|(label, tone, grade)| (label.clone(), format!("{} {grade}", tone.sign()))).collect();
        let (label, total, full) = &card.total;
        lines.push((label.clone(), format!("{total} / {full}")));
        lines.push((String::new(), card.certainty.clone()));
        lines.extend(card.verdicts.iter().map(|(label, tone, word)| (label.clone(), format!("{} {word}", tone.sign()))));
        self.facts(&lines)?;
        self.table(&card.scenarios)?;
        card.modules.iter().try_for_each(|modules| self.table(modules))?;
        for short in &card.shorts {
            let formats = self.formats;
            self.line(&short.title, &formats.heading)?;
            if !short.lead.is_empty() {
                self.line(&short.lead, &Format::new())?;
            }
            let items = short.items.iter().map(|(tone, what, detail)| (format!("{} {what}", tone.sign()), detail.clone()));
            let more = short.more.iter().map(|more| (more.clone(), String::new()));
            self.facts(&items.chain(more).collect::<Vec<_>>())?;
        }
        Ok(())
    }

    fn section(&mut self, section: &Section) -> Result<(), XlsxError> {
        let formats = self.formats;
        self.line(&section.title, &formats.heading)?;
        self.row += 1;
        for block in &section.blocks {
            match block {
                Block::Title(text) => self.line(text, &formats.heading)?,
                Block::Text(text) => self.prose(text, &formats.text)?,
                Block::Facts(lines) => self.facts(lines)?,
                Block::Table(table) => self.table(table)?,
                Block::List(items) => items.iter().try_for_each(|item| self.line(item, &Format::new()))?,
                Block::Code(lines) => lines.iter().try_for_each(|line| self.prose(line, &formats.code))?,
            }
        }
        self.finish()
    }

    /// Bars are left out: their numbers stand beside them.
    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let formats = self.formats;
        let mut at: Vec<Option<usize>> = Vec::new();
        let mut next = 0;
        for column in &table.columns {
            let drawn = column.set == Set::Bar;
            at.push((!drawn).then_some(next));
            next += usize::from(!drawn);
        }
        let place = |column: Option<usize>| column.and_then(|column| u16::try_from(column).ok());
        for (column, at) in table.columns.iter().zip(&at) {
            let Some(number) = place(*at) else { continue };
            self.text(number, &column.head, &formats.head)?;
            self.wide(
                usize::from(number),
                if number == 0 {
                    34.0
                } else if column.set == Set::Wide {
                    90.0
                } else if column.set == Set::Text {
                    26.0
                } else {
                    12.0
                },
            );
        }
        self.row += 1;
        for row in &table.rows {
            match row {
                Row::Group(title) => self.text(0, title, &formats.group)?,
                Row::Cells(cells) => {
                    for (cell, at) in cells.iter().zip(&at) {
                        if let Some(column) = place(*at) {
                            self.cell(column, cell)?;
                        }
                    }
                }
            }
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        let formats = self.formats;
        match cell {
            Cell::None | Cell::Bar(_) => Ok(()),
            Cell::Text(text) => self.text(column, text, &formats.text),
            Cell::Number(shown, value) => {
                self.sheet.write_number_with_format(self.row, column, *value, &formats.number(shown))?;
                Ok(())
            }
            Cell::Mark(tone, word) => self.text(column, format!("{} {word}", tone.sign()).trim_end(), &formats.text),
            Cell::Named { code, name, note } => {
                let named = format!("{code} {name}");
                let text = if note.is_empty() { named } else { format!("{named}\n{note}") };
                self.text(column, text.trim_start(), &formats.text)
            }
            Cell::Lines(lines) => {
                let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                self.text(column, &lines.join("\n"), &formats.text)
            }
        }
    }

    fn finish(&mut self) -> Result<(), XlsxError> {
        for (column, width) in self.widths.iter().enumerate() {
            self.sheet.set_column_width(u16::try_from(column).unwrap_or(u16::MAX), *width)?;
        }
        Ok(())
    }
}
