//! Pages as an `.xlsx` file: typed cells, drop-downs, messages, and a look that prints well.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula,
    Workbook, Worksheet, XlsxError,
};

use super::Languages;
use super::cell::Out;
use super::layout::{Column, Kind, Table};
use super::template::{Allowed, Page, Rule};
use crate::Standard;
use crate::date::Date;

/// The rows before the data: keys (hidden), the heading, the titles.
const KEYS: u32 = 0;
const HEADING: u32 = 1;
const TITLES: u32 = 2;
const FIRST: u32 = 3;

/// For a standard without a day of issue: a file has some date, and the clock must not be asked.
const NO_DATE: (u16, u8, u8) = (2000, 1, 1);

struct Formats {
    heading: Format,
    title: Format,
    key: Format,
    group: Format,
    group_id: Format,
    info: Format,
    id: Format,
    input: Format,
    text: Format,
    date: Format,
    prose: Format,
    part: Format,
}

impl Formats {
    fn new() -> Self {
        let cell =
            || Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBF_BF_BF));
        let input = || cell().set_background_color(Color::RGB(0xFF_FB_E6));
        Self {
            heading: Format::new().set_bold().set_font_size(14).set_align(FormatAlign::VerticalCenter),
            title: cell().set_bold().set_font_color(Color::White).set_background_color(Color::RGB(0x1F_4E_78)).set_align(FormatAlign::VerticalCenter),
            key: Format::new().set_font_color(Color::RGB(0x80_80_80)).set_font_size(8),
            group: cell().set_bold().set_background_color(Color::RGB(0xDD_EB_F7)),
            group_id: cell().set_background_color(Color::RGB(0xDD_EB_F7)).set_font_color(Color::RGB(0x80_80_80)).set_font_size(8),
            info: cell().set_background_color(Color::RGB(0xF5_F5_F5)),
            id: cell().set_background_color(Color::RGB(0xF5_F5_F5)).set_font_color(Color::RGB(0x80_80_80)).set_font_size(8),
            input: input(),
            text: input().set_num_format("@"),
            date: input().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            part: Format::new().set_bold().set_font_size(12).set_align(FormatAlign::VerticalCenter),
        }
    }

    fn of(&self, table: Table, column: &Column) -> &Format {
        match (table, &column.kind) {
            (Table::Version | Table::Codelists, Kind::Text) => &self.info,
            (_, Kind::Info) => &self.info,
            (Table::Zones | Table::Assets | Table::Evidence, Kind::Id) => &self.text,
            (_, Kind::Id) => &self.id,
            (_, Kind::Date) => &self.date,
            (_, Kind::Text | Kind::More | Kind::Evidence | Kind::Words(_)) => &self.text,
            _ => &self.input,
        }
    }
}

/// Writes the file.
pub(super) fn write(pages: &[Page], standard: &Standard, languages: Languages) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = standard.issued.map_or(Ok(NO_DATE), parts).and_then(|(year, month, day)| ExcelDateTime::from_ymd(year, month, day))?;
    let title = standard.title.in_language(languages.first());
    let subject = format!("{} {}", standard.id, standard.version);
    workbook.set_properties(&DocProperties::new().set_title(title).set_subject(subject).set_creation_datetime(&created));
    let formats = Formats::new();
    let zones = pages.iter().find(|page| page.table == Table::Zones).map(zone_range);
    for page in pages {
        let sheet = workbook.add_worksheet();
        one(sheet, page, &formats, zones.as_deref(), languages)?;
    }
    workbook.save_to_buffer()
}

fn parts(date: Date) -> Result<(u16, u8, u8), XlsxError> {
    let text = date.to_string();
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<u16>().ok()).unwrap_or_default();
    let small = |n: u16| u8::try_from(n).unwrap_or_default();
    Ok((number(0..4), small(number(5..7)), small(number(8..10))))
}

/// Where the identifiers of the zones stand.
fn zone_range(page: &Page) -> String {
    let rows = u32::try_from(page.lines.len()).unwrap_or_default();
    format!("='{}'!$A${}:$A${}", page.name, FIRST + 1, FIRST + rows.max(1))
}

fn one(sheet: &mut Worksheet, page: &Page, formats: &Formats, zones: Option<&str>, languages: Languages) -> Result<(), XlsxError> {
    sheet.set_name(&page.name)?;
    let prose = page.table == Table::Instructions;
    sheet.write_string_with_format(HEADING, 0, &page.heading, &formats.heading)?;
    sheet.set_row_height(HEADING, 26)?;
    for (number, column) in page.columns.iter().enumerate() {
        let col = u16::try_from(number).unwrap_or(u16::MAX);
        sheet.write_string_with_format(KEYS, col, format!("{}.{}", page.table.key(), column.key), &formats.key)?;
        if !prose {
            sheet.write_string_with_format(TITLES, col, column.title.say(languages), &formats.title)?;
        }
        sheet.set_column_width(col, f64::from(column.width))?;
        let is_more = matches!(column.kind, Kind::More);
        if is_more && page.lines.iter().all(|line| line.cells.get(number) == Some(&Out::Blank)) {
            sheet.set_column_hidden(col)?;
        }
    }
    sheet.set_row_hidden(KEYS)?;
    if !prose {
        let titles: Vec<Out> = page.columns.iter().map(|column| Out::text(column.title.say(languages))).collect();
        sheet.set_row_height(TITLES, height(&titles, &page.columns))?;
    }
    for (number, line) in page.lines.iter().enumerate() {
        let row = FIRST + u32::try_from(number).unwrap_or_default();
        for (number, (cell, column)) in line.cells.iter().zip(&page.columns).enumerate() {
            let col = u16::try_from(number).unwrap_or(u16::MAX);
            let format = match (prose, line.group) {
                (true, true) => &formats.part,
                (true, false) => &formats.prose,
                (false, true) if matches!(column.kind, Kind::Id) => &formats.group_id,
                (false, true) => &formats.group,
                (false, false) => formats.of(page.table, column),
            };
            let format = if matches!(cell, Out::Date(_)) { &formats.date } else { format };
            content(sheet, row, col, cell, format)?;
        }
        match line.hidden {
            true => sheet.set_row_hidden(row)?,
            false => sheet.set_row_height(row, height(&line.cells, &page.columns))?,
        };
        for (col, rule) in &line.rules {
            let col = u16::try_from(*col).unwrap_or(u16::MAX);
            sheet.add_data_validation(row, col, row, col, &validation(rule, zones)?)?;
        }
    }
    look(sheet, page)?;
    Ok(())
}

/// The height at which every text of a row can be read: not all programs find it by themselves.
fn height(cells: &[Out], columns: &[Column]) -> f64 {
    const LINE: f64 = 15.0;
    const HIGHEST: f64 = 400.0;
    let needed = cells.iter().zip(columns).map(|(cell, column)| match (cell, &column.kind) {
        // The last column is for the engine, and identifiers may be cut.
        (Out::Text(_), Kind::More | Kind::Id) => 1,
        (Out::Text(text), _) => lines(text, column.width),
        _ => 1,
    });
    (f64::from(needed.max().unwrap_or(1)) * LINE).min(HIGHEST)
}

fn content(sheet: &mut Worksheet, row: u32, col: u16, cell: &Out, format: &Format) -> Result<(), XlsxError> {
    match cell {
        Out::Blank => sheet.write_blank(row, col, format)?,
        Out::Text(text) => sheet.write_string_with_format(row, col, text, format)?,
        Out::Number(number) => sheet.write_number_with_format(row, col, *number, format)?,
        Out::Date(date) => {
            let (year, month, day) = parts(*date)?;
            sheet.write_datetime_with_format(row, col, &ExcelDateTime::from_ymd(year, month, day)?, format)?
        }
    };
    Ok(())
}

/// How many lines a text takes in a column.
pub(super) fn lines(text: &str, width: u8) -> u32 {
    let room = u32::from(width.max(4)) - 1;
    let columns = |line: &str| line.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum::<u32>();
    text.lines().map(|line| columns(line).div_ceil(room).max(1)).sum()
}

/// A text of at most so many UTF-16 units, as spreadsheet programs count.
fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.encode_utf16().count() + c.len_utf16() + 1 > most {
            break;
        }
        short.push(c);
    }
    short + "…"
}

fn validation(rule: &Rule, zones: Option<&str>) -> Result<DataValidation, XlsxError> {
    let validation = match &rule.allowed {
        Allowed::Anything => DataValidation::new().allow_any_value(),
        Allowed::OneOf(list) if fits(list) => DataValidation::new().allow_list_strings(list)?,
        Allowed::OneOf(_) => DataValidation::new().allow_any_value(),
        Allowed::Zones => match zones {
            Some(range) => DataValidation::new().allow_list_formula(Formula::new(range)),
            None => DataValidation::new().allow_any_value(),
        },
        Allowed::Number(low, high) => DataValidation::new().allow_decimal_number(match (low, high) {
            (Some(low), Some(high)) => DataValidationRule::Between(*low, *high),
            (Some(low), None) => DataValidationRule::GreaterThanOrEqualTo(*low),
            (None, Some(high)) => DataValidationRule::LessThanOrEqualTo(*high),
            (None, None) => DataValidationRule::Between(-1e300, 1e300),
        }),
        Allowed::Date => DataValidation::new().allow_date(DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(1900, 3, 1)?)),
    };
    // A warning lets through what the reader may still understand; a stop would not.
    let validation = validation.ignore_blank(true).set_error_style(DataValidationErrorStyle::Warning);
    match rule.message.is_empty() {
        true => Ok(validation),
        false => validation.set_input_title(cut(&rule.title, 32))?.set_input_message(cut(&rule.message, 255)),
    }
}

/// Whether a list can stand in the rule itself, which holds 255 characters and parts by commas.
fn fits(list: &[String]) -> bool {
    list.iter().map(|item| item.encode_utf16().count() + 1).sum::<usize>() <= 250 && !list.iter().any(|item| item.contains([',', '"', '\n']))
}

fn look(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_header("&R&8&A").set_footer("&C&8&P / &N").set_screen_gridlines(false);
    if page.table == Table::Instructions {
        sheet.set_portrait().set_tab_color(Color::RGB(0x1F_4E_78));
        return Ok(());
    }
    sheet.set_landscape().set_freeze_panes(FIRST, page.frozen)?;
    sheet.set_repeat_rows(TITLES, TITLES)?;
    let last_row = FIRST + u32::try_from(page.lines.len()).unwrap_or_default();
    // What is rarely filled in is not printed, so that the rest can be read on paper.
    let end = page.columns.iter().position(|column| matches!(column.key.as_str(), "reason" | "more")).unwrap_or(page.columns.len());
    let printed = u16::try_from(end.saturating_sub(1)).unwrap_or_default();
    sheet.set_print_area(HEADING, 0, last_row.saturating_sub(1).max(HEADING), printed)?;
    sheet.set_tab_color(match page.table {
        Table::Observations => Color::RGB(0x2E_75_B6),
        Table::Version | Table::Codelists => Color::RGB(0xA6_A6_A6),
        _ => Color::RGB(0xF4_B1_83),
    });
    Ok(())
}
