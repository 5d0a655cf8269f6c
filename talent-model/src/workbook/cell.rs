//! One cell to one piece of a document, and back.
//!
//! Writing and reading hold each other: a value is written into its cell only if reading that cell gives the value back.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Languages;
use super::book::{Cell, Content};
use super::format::Shown;
use super::layout::{Column, FactAsked, Kind, Pick, Title};
use super::understand::{self, Figure, Said, scaled};
use super::words::{self, Word, fold};
use crate::Standard;
use crate::canonical;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::quantity::Quantity;
use crate::standard::{FactKind, Indicator};

/// What a cell of a template holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Out {
    Blank,
    Text(String),
    Number(f64),
    Date(Date),
}

impl Out {
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// The same where cells hold nothing but text.
    fn plain(self) -> Self {
        match self {
            Self::Number(number) => Self::Text(canonical::number(number)),
            Self::Date(date) => Self::Text(date.to_string()),
            out => out,
        }
    }

    /// The cell as it will be read again.
    fn cell(&self) -> Option<Cell> {
        let content = match self {
            Self::Blank => return None,
            Self::Text(text) if text.trim().is_empty() => return None,
            Self::Text(text) => Content::Text(text.as_str().into()),
            Self::Number(number) => Content::Number(*number, Shown::Plain),
            Self::Date(date) => Content::Text(date.to_string().into()),
        };
        Some(Cell { content, formula: false })
    }
}

/// What is known about the row in which a cell stands.
#[derive(Clone, Default)]
pub(super) struct Row<'a> {
    pub(super) standard: Option<&'a Standard>,
    pub(super) indicator: Option<&'a Indicator>,
    /// What may be answered, the likeliest first.
    pub(super) quantities: Vec<&'a Quantity>,
    /// The unit that the row states, where it is not the quantity's own.
    pub(super) unit: Option<String>,
    pub(super) zones: &'a [Pick],
    pub(super) evidence: &'a [Pick],
    /// Whether days without a date's format are counted from 1904.
    pub(super) from_1904: bool,
}

/// What a cell says: members with their values, and how it was understood where that needs to be shown.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) members: Vec<(Vec<String>, Value)>,
    pub(super) read_as: Option<String>,
    /// Whether a share may stand where per cent are asked.
    pub(super) share: bool,
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

fn at(path: &[String], member: &str) -> Vec<String> {
    path.iter().cloned().chain([member.to_owned()]).collect()
}

/// A number as documents write it.
pub(super) fn number(value: f64) -> Value {
    crate::quantity::serialize_number(value, serde_json::value::Serializer).unwrap_or_default()
}

/// What a cell holds, for a message.
pub(super) fn shown(content: &Content) -> String {
    match content {
        Content::Unknown => String::new(),
        Content::Text(text) => text.trim().to_owned(),
        Content::Number(number, Shown::Percent) => scaled(&canonical::number(*number), 2).map_or_else(String::new, canonical::number) + "%",
        Content::Number(number, _) => canonical::number(*number),
        Content::Bool(value) => if *value { "TRUE" } else { "FALSE" }.into(),
        Content::Error(error) => error.to_string(),
    }
}

fn not_understood(content: &Content, en: &str, zh: &str) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::new(Code::CellNotUnderstood, Pointer::root()).with("found", shown(content));
    Box::new(diagnostic.with("expected", en).with("expected_zh", zh))
}

fn ambiguous(content: &Content, readings: &[String]) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::new(Code::CellAmbiguous, Pointer::root()).with("found", shown(content));
    Box::new(diagnostic.with("readings", readings.join("` / `")))
}

impl Parsed {
    fn one(path: &[String], value: Value) -> Self {
        Self { members: vec![(path.to_vec(), value)], ..Self::default() }
    }

    fn read_as(mut self, understood: bool, reading: impl Into<String>) -> Self {
        if understood {
            self.read_as = Some(reading.into());
        }
        self
    }
}

/// Reads a cell of a column.
pub(super) fn parse(column: &Column, cell: &Cell, row: &Row<'_>) -> Result<Parsed> {
    let content = &cell.content;
    let path = &column.path;
    match content {
        Content::Error(error) => {
            return Err(Box::new(Diagnostic::new(Code::CellError, Pointer::root()).with("found", error)));
        }
        Content::Unknown => return Err(Box::new(Diagnostic::new(Code::FormulaWithoutValue, Pointer::root()))),
        _ => {}
    }
    match &column.kind {
        Kind::Info => Ok(Parsed::default()),
        Kind::Id | Kind::Text => Ok(Parsed::one(path, Value::String(as_text(content)))),
        Kind::Number => {
            let (value, understood) = plain_number(content)?;
            Ok(Parsed::one(path, number(value)).read_as(understood, canonical::number(value)))
        }
        Kind::Date => {
            let (date, understood) = as_date(content, row.from_1904)?;
            Ok(Parsed::one(path, Value::String(date.to_string())).read_as(understood, date.to_string()))
        }
        Kind::Word(list) => {
            let word = as_word(content, list)?;
            Ok(Parsed::one(path, Value::String(word.id.into())))
        }
        Kind::Words(list) => {
            let words =
                pieces(&as_text(content)).iter().map(|piece| as_word(&Content::Text(piece.as_str().into()), list)).collect::<Result<Vec<_>>>()?;
            Ok(Parsed::one(path, words.iter().map(|word| word.id).collect()))
        }
        Kind::Choice(list) => Ok(Parsed::one(path, Value::String(pick(content, list)?))),
        Kind::Zone => Ok(Parsed::one(path, Value::String(reference(content, row.zones)))),
        Kind::Evidence => {
            // A title may hold the very signs that part a list.
            let whole = as_text(content);
            let ids = match row.evidence.iter().find(|known| known.is(&whole)) {
                Some(only) => vec![only.id.clone()],
                None => pieces(&whole).iter().map(|piece| reference(&Content::Text(piece.as_str().into()), row.evidence)).collect(),
            };
            Ok(Parsed::one(path, ids.into_iter().collect()))
        }
        Kind::Fact(asked) => fact(path, content, asked.as_deref()),
        Kind::Answer => answer(content, row),
        Kind::Unit => Ok(unit(&as_text(content), row)),
        Kind::More => match serde_json::from_str::<Value>(&as_text(content)) {
            Ok(value @ Value::Object(_)) => Ok(Parsed::one(&[], value)),
            _ => Err(Box::new(Diagnostic::new(Code::MoreUnreadable, Pointer::root()))),
        },
    }
}

fn as_text(content: &Content) -> String {
    match content {
        Content::Number(value, Shown::Date) => understand::serial(*value, false).map_or_else(|| shown(content), |date| date.to_string()),
        _ => shown(content),
    }
}

fn plain_number(content: &Content) -> Result<(f64, bool)> {
    match figure(content)? {
        (Figure { value, percent: false }, understood) => Ok((value, understood)),
        (Figure { percent: true, .. }, _) => Err(percent_unexpected(content)),
    }
}

fn percent_unexpected(content: &Content) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Code::PercentUnexpected, Pointer::root()).with("found", shown(content)))
}

/// A number, and whether it had to be understood.
fn figure(content: &Content) -> Result<(Figure, bool)> {
    match content {
        Content::Number(value, Shown::Plain) => Ok((Figure { value: *value, percent: false }, false)),
        Content::Number(value, Shown::Percent) => {
            let value = scaled(&canonical::number(*value), 2).ok_or_else(|| no_number(content))?;
            Ok((Figure { value, percent: true }, true))
        }
        Content::Text(text) => match understand::number(text) {
            Said::One(figure, understood) => Ok((figure, understood)),
            Said::Several(readings) => Err(ambiguous(content, &readings)),
            Said::Nothing => Err(no_number(content)),
        },
        _ => Err(no_number(content)),
    }
}

fn no_number(content: &Content) -> Box<Diagnostic> {
    not_understood(content, "a number alone, without words or unit", "单独的数字，不带文字和单位")
}

fn as_date(content: &Content, from_1904: bool) -> Result<(Date, bool)> {
    let no_date = || not_understood(content, "a date such as 2026-03-31", "日期，如 2026-03-31");
    match content {
        Content::Number(value, Shown::Date) => understand::serial(*value, false).map(|date| (date, false)).ok_or_else(no_date),
        Content::Number(value, Shown::Plain) => {
            // The days of this and the last century, as programs write them when they lose the format.
            let day = understand::serial(*value, from_1904).filter(|_| (20_000.0..80_000.0).contains(value));
            let written = understand::date(&canonical::number(*value));
            match (day, written) {
                (Some(date), _) | (None, Said::One(date, _)) => Ok((date, true)),
                _ => Err(no_date()),
            }
        }
        Content::Text(text) => match understand::date(text) {
            Said::One(date, understood) => Ok((date, understood)),
            Said::Several(readings) => Err(ambiguous(content, &readings)),
            Said::Nothing => Err(no_date()),
        },
        _ => Err(no_date()),
    }
}

fn as_word(content: &Content, list: &'static [Word]) -> Result<&'static Word> {
    words::find(list, &as_text(content)).ok_or_else(|| {
        let (en, zh) = words::labels(list);
        not_understood(content, &format!("one of {en}"), &format!("以下之一：{zh}"))
    })
}

impl Pick {
    fn is(&self, text: &str) -> bool {
        if [&self.id, &self.name.en, &self.name.zh].into_iter().any(|name| name == text) {
            return !text.is_empty();
        }
        let folded = fold(text);
        let names = [self.id.clone(), self.name.en.clone(), self.name.zh.clone(), format!("{}{}", self.name.zh, self.name.en)];
        names.iter().any(|name| !name.is_empty() && fold(name) == folded)
    }
}

/// The identifier of one of a closed list.
fn pick(content: &Content, list: &[Pick]) -> Result<String> {
    let text = as_text(content);
    let found: BTreeSet<&str> = list.iter().filter(|known| known.is(&text)).map(|known| known.id.as_str()).collect();
    let known = |name: fn(&Title) -> &str, by: &str| list.iter().map(|known| name(&known.name)).collect::<Vec<_>>().join(by);
    match (found.first(), found.len()) {
        (Some(id), 1) => Ok((*id).to_owned()),
        (Some(_), _) => Err(ambiguous(content, &found.iter().map(ToString::to_string).collect::<Vec<_>>())),
        (None, _) => {
            let (en, zh) = (known(|name| &name.en, ", "), known(|name| &name.zh, "、"));
            Err(not_understood(content, &format!("one of {en}"), &format!("以下之一：{zh}")))
        }
    }
}

/// The identifier that a text refers to: itself one, or the name of one. What is unknown stays as it is written, for the checks to tell.
fn reference(content: &Content, list: &[Pick]) -> String {
    let text = as_text(content);
    if list.iter().any(|known| known.id == text) {
        return text;
    }
    pick(content, list).unwrap_or(text)
}

/// A list as people write it.
fn pieces(text: &str) -> Vec<String> {
    text.split([',', '，', '、', ';', '；', '\n']).map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

fn fact(path: &[String], content: &Content, asked: Option<&FactAsked>) -> Result<Parsed> {
    let yes_no = || match content {
        Content::Bool(answer) => Some(*answer),
        Content::Number(number, Shown::Plain) if asked.is_some() => [(0.0, false), (1.0, true)].iter().find(|(n, _)| n == number).map(|(_, b)| *b),
        Content::Text(text) => understand::yes_no(text),
        _ => None,
    };
    let one = |member: &str, value: Value| Ok(Parsed::one(&at(path, member), value));
    match asked.map(|asked| asked.kind) {
        Some(FactKind::Number) => {
            let (figure, understood) = figure(content)?;
            let value = in_unit(figure, asked.and_then(|asked| asked.unit.as_deref()), content)?;
            Ok(Parsed::one(&at(path, "value"), number(value)).read_as(understood, canonical::number(value)))
        }
        Some(FactKind::YesNo) => match yes_no() {
            Some(answer) => one("answer", Value::Bool(answer)),
            None => Err(no_yes_no(content)),
        },
        Some(FactKind::Choice) => one("choice", Value::String(pick(content, asked.map_or(&[][..], |asked| &asked.choices))?)),
        None => match (content, plain_number(content)) {
            (_, Ok((value, understood))) => Ok(Parsed::one(&at(path, "value"), number(value)).read_as(understood, canonical::number(value))),
            (_, Err(_)) => match yes_no() {
                Some(answer) => one("answer", Value::Bool(answer)),
                None => one("choice", Value::String(as_text(content))),
            },
        },
    }
}

fn no_yes_no(content: &Content) -> Box<Diagnostic> {
    not_understood(content, "yes or no", "“是”或“否”")
}

/// A number in its unit: per cent are written into `%`, and into a pure number as its hundredth.
fn in_unit(figure: Figure, unit: Option<&str>, content: &Content) -> Result<f64> {
    match (figure.percent, unit) {
        (false, _) | (true, Some("%")) => Ok(figure.value),
        (true, Some("1")) => scaled(&canonical::number(figure.value), -2).ok_or_else(|| percent_unexpected(content)),
        (true, _) => Err(percent_unexpected(content)),
    }
}

fn member(name: &str, value: Value) -> Parsed {
    Parsed::one(&[name.to_owned()], value)
}

/// The answer to an indicator, or the word that says why there is none.
fn answer(content: &Content, row: &Row<'_>) -> Result<Parsed> {
    let mut fault = None;
    for quantity in &row.quantities {
        match answer_as(content, quantity, row) {
            Ok(parsed) => return Ok(parsed),
            Err(found) => fault = fault.or(Some(found)),
        }
    }
    if let Content::Text(text) = content
        && let Some(word) = understand::state(text)
    {
        return Ok(member("state", Value::String(word.id.into())).read_as(true, word.id));
    }
    Err(fault.unwrap_or_else(|| no_number(content)))
}

fn answer_as(content: &Content, quantity: &Quantity, row: &Row<'_>) -> Result<Parsed> {
    let none = matches!(content, Content::Text(text) if understand::is_none(text));
    match quantity {
        Quantity::Number(asked) => {
            if none {
                return Err(ambiguous(content, &["0".into(), "missing 缺失".into()]));
            }
            let (figure, understood) = figure(content)?;
            let unit = row.unit.as_deref().unwrap_or(asked.unit.as_str());
            let value = in_unit(figure, Some(unit), content)?;
            // A program that drops the format of a cell turns 35 % into 0.35.
            let share = unit == "%" && !figure.percent && value != 0.0 && value.abs() < 1.0;
            Ok(Parsed { share, ..member("value", number(value)).read_as(understood, canonical::number(value)) })
        }
        Quantity::Level(asked) => {
            let text = as_text(content);
            let named = asked.levels.iter().find(|level| level.name.values().any(|name| fold(name.as_str()) == fold(&text)));
            let leading: String = fold(&text).chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
            let value = match (named, content) {
                (Some(level), _) => Some(level.level.get()),
                (None, Content::Number(value, Shown::Plain)) => Some(*value),
                // “2”, “2级”, “level 2” and “2 - what it means” name the level 2; nothing else does.
                (None, Content::Text(_)) if names_level(&text, &leading) => leading.parse().ok(),
                _ => None,
            };
            let known: Vec<String> = asked.levels.iter().map(|level| level.level.to_string()).collect();
            let expected = known.join(", ");
            value
                .map(|value| member("level", number(value)))
                .ok_or_else(|| not_understood(content, &format!("one of the levels {expected}"), &format!("等级 {expected} 之一")))
        }
        Quantity::Checklist(asked) => {
            let zero =
                matches!(content, Content::Number(number, _) if *number == 0.0) || matches!(content, Content::Text(text) if text.trim() == "0");
            if none || zero {
                return Ok(member("items", json!([])));
            }
            let picks: Vec<Pick> = asked.items.iter().map(|item| Pick { id: item.id.to_string(), name: (&item.name).into() }).collect();
            items(content, &picks, row.quantities.len() == 1)
        }
        Quantity::YesNo(_) => match content {
            Content::Bool(answer) => Ok(member("answer", Value::Bool(*answer))),
            Content::Number(number, Shown::Plain) if *number == 0.0 || *number == 1.0 => Ok(member("answer", Value::Bool(*number == 1.0))),
            Content::Text(text) => match understand::yes_no(text) {
                Some(answer) => Ok(member("answer", Value::Bool(answer))),
                None => Err(no_yes_no(content)),
            },
            _ => Err(no_yes_no(content)),
        },
    }
}

fn names_level(text: &str, leading: &str) -> bool {
    let folded = fold(text);
    let rest = folded.strip_prefix("level").or_else(|| folded.strip_prefix('第')).unwrap_or(&folded);
    match rest.strip_prefix(leading) {
        _ if leading.is_empty() => false,
        Some(after) => !after.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') || after.is_empty(),
        None => false,
    }
}

/// The items met, by name, identifier or number in the list.
fn items(content: &Content, known: &[Pick], by_number: bool) -> Result<Parsed> {
    let find = |piece: &str| {
        let number = piece.trim_end_matches(['.', '。', ')', '）']);
        let numbered = || item_number(number).filter(|_| by_number).and_then(|n| known.get(n.checked_sub(1)?));
        known.iter().find(|item| item.is(piece)).or_else(numbered).map(|item| item.id.clone())
    };
    let text = as_text(content);
    // Names may hold commas: larger pieces first.
    let lines: Vec<&str> = text.split(['\n', ';', '；']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let whole: Option<Vec<String>> = lines.iter().map(|piece| find(piece)).collect();
    let found = whole.or_else(|| pieces(&text).iter().map(|piece| find(piece)).collect());
    match found {
        Some(ids) => Ok(member("items", ids.into_iter().collect())),
        None => {
            Err(not_understood(content, "the numbers of the items met, with commas, or 0 for none", "所满足各项的序号，用逗号隔开；都不满足填 0"))
        }
    }
}

/// The number of an item in its list, from 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number between 1 and 1000")]
fn item_number(text: &str) -> Option<usize> {
    match understand::number(text) {
        Said::One(Figure { value, percent: false }, _) if (1.0..1000.0).contains(&value) && value.fract() == 0.0 => Some(value as usize),
        _ => None,
    }
}

/// The unit, by its code or by its printed name. The quantity's own needs no word in the document.
fn unit(text: &str, row: &Row<'_>) -> Parsed {
    let folded = fold(text);
    let is = |unit: &crate::id::Unit| {
        let named =
            |lang| row.standard.is_some_and(|standard| standard.unit_name(unit, lang) == text || fold(standard.unit_name(unit, lang)) == folded);
        unit.as_str() == text || named(crate::Lang::En) || named(crate::Lang::Zh) || both_names(row, unit).is_some_and(|both| fold(&both) == folded)
    };
    for quantity in &row.quantities {
        match quantity {
            Quantity::Number(asked) if is(&asked.unit) => return Parsed::default(),
            Quantity::Number(_) => {}
            _ if NO_UNIT.contains(&text) => return Parsed::default(),
            _ => {}
        }
    }
    if let Some(per) = row.indicator.and_then(|indicator| indicator.per.as_ref())
        && is(&per.unit)
    {
        return member("unit", Value::String(per.unit.to_string()));
    }
    member("unit", Value::String(text.to_owned()))
}

fn both_names(row: &Row<'_>, unit: &crate::id::Unit) -> Option<String> {
    let standard = row.standard?;
    Some(format!("{}{}", standard.unit_name(unit, crate::Lang::Zh), standard.unit_name(unit, crate::Lang::En)))
}

/// What stands in the unit's cell of an answer that has none.
pub(super) const NO_UNIT: [&str; 2] = ["—", "-"];

/// The value at a path of an object.
fn get<'v>(object: &'v Map<String, Value>, path: &[String]) -> Option<&'v Value> {
    let (last, above) = path.split_last()?;
    let mut here = object;
    for step in above {
        here = here.get(step)?.as_object()?;
    }
    here.get(last)
}

/// Takes a value out of an object, with the objects around it that it leaves empty.
fn take(object: &mut Map<String, Value>, path: &[String]) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        object.remove(first);
        return;
    }
    if let Some(Value::Object(inner)) = object.get_mut(first) {
        take(inner, rest);
        if inner.is_empty() {
            object.remove(first);
        }
    }
}

/// Puts a value into an object; `false` when something else stands there already.
pub(super) fn put(object: &mut Map<String, Value>, path: &[String], value: Value) -> bool {
    let Some((first, rest)) = path.split_first() else { return false };
    if rest.is_empty() {
        return match object.get(first) {
            Some(there) => *there == value,
            None => {
                object.insert(first.clone(), value);
                true
            }
        };
    }
    match object.entry(first.clone()).or_insert_with(|| Value::Object(Map::new())) {
        Value::Object(inner) => put(inner, rest, value),
        _ => false,
    }
}

/// Joins what `more` holds into an object; the first path at which the two differ, if any.
pub(super) fn join(object: &mut Map<String, Value>, more: Map<String, Value>) -> Option<String> {
    let mut conflict = None;
    for (name, value) in more {
        match (object.get_mut(&name), value) {
            (Some(Value::Object(inner)), Value::Object(value)) => conflict = conflict.or(join(inner, value)),
            (Some(there), value) if *there != value => conflict = conflict.or(Some(name)),
            (Some(_), _) => {}
            (None, value) => {
                object.insert(name, value);
            }
        }
    }
    conflict
}

/// Writes what a column holds of an object into a cell, and takes it out of the object. What reading would not give back stays there.
pub(super) fn write(column: &Column, object: &mut Map<String, Value>, row: &Row<'_>, languages: Languages) -> Out {
    let out = render(column, object, row, languages);
    kept(column, object, row, out)
}

/// The same as the text of a field.
pub(super) fn write_text(column: &Column, object: &mut Map<String, Value>, row: &Row<'_>, languages: Languages) -> Out {
    let out = render(column, object, row, languages).plain();
    kept(column, object, row, out)
}

/// What a cell would hold, if reading it gives back what the object has, which then is taken out of the object.
pub(super) fn kept(column: &Column, object: &mut Map<String, Value>, row: &Row<'_>, out: Out) -> Out {
    let out = match out {
        Out::Text(text) if text.encode_utf16().count() > 32_767 || text.contains(['\r', '\0']) => Out::Blank,
        out => out,
    };
    let Some(cell) = out.cell() else { return Out::Blank };
    let same = |parsed: &Parsed| parsed.members.iter().all(|(path, value)| get(object, path) == Some(value));
    match parse(column, &cell, row) {
        Ok(parsed) if !parsed.members.is_empty() && same(&parsed) => {
            for (path, _) in &parsed.members {
                take(object, path);
            }
            out
        }
        // The unit that goes without saying.
        Ok(parsed) if parsed.members.is_empty() && get(object, &column.path).is_none() => out,
        _ => Out::Blank,
    }
}

fn render(column: &Column, object: &Map<String, Value>, row: &Row<'_>, languages: Languages) -> Out {
    let value = get(object, &column.path);
    let string = || value.and_then(Value::as_str).unwrap_or_default();
    let label = |list: &'static [Word], id: &str| list.iter().find(|word| word.id == id).map_or_else(String::new, |word| word.say(languages));
    match &column.kind {
        Kind::Info | Kind::More => Out::Blank,
        Kind::Id | Kind::Text | Kind::Zone => Out::text(string()),
        Kind::Number => value.and_then(Value::as_f64).map_or(Out::Blank, Out::Number),
        Kind::Date => match Date::new(string()) {
            // Serial days are the same everywhere only from here on.
            Ok(date) if date.to_string().as_str() >= "1900-03-01" => Out::Date(date),
            _ => Out::text(string()),
        },
        Kind::Word(list) => Out::text(label(list, string())),
        Kind::Words(list) => Out::text(strings(value).map(|id| label(list, id)).collect::<Vec<_>>().join("、")),
        Kind::Choice(list) => Out::text(picked(list, string(), languages)),
        Kind::Evidence => Out::text(strings(value).collect::<Vec<_>>().join(", ")),
        Kind::Fact(asked) => {
            let member = |name: &str| get(object, &at(&column.path, name));
            match (member("value"), member("answer"), member("choice")) {
                (Some(value), None, None) => value.as_f64().map_or(Out::Blank, Out::Number),
                (None, Some(answer), None) => Out::text(label(words::YES_NO, if *answer == Value::Bool(true) { "yes" } else { "no" })),
                (None, None, Some(choice)) => {
                    let id = choice.as_str().unwrap_or_default();
                    Out::text(asked.as_ref().map_or_else(|| id.to_owned(), |asked| picked(&asked.choices, id, languages)))
                }
                _ => Out::Blank,
            }
        }
        Kind::Answer => render_answer(object, row, languages),
        Kind::Unit => match (value, row.quantities.first()) {
            (Some(unit), _) => match crate::id::Unit::new(unit.as_str().unwrap_or_default()) {
                Ok(unit) => Out::text(unit_name(row, &unit, languages)),
                Err(_) => Out::Blank,
            },
            (None, Some(Quantity::Number(asked))) => Out::text(unit_name(row, &asked.unit, languages)),
            (None, Some(_)) => NO_UNIT.first().copied().map_or(Out::Blank, Out::text),
            (None, None) => Out::Blank,
        },
    }
}

/// A unit as it is printed in a template.
pub(super) fn unit_name(row: &Row<'_>, unit: &crate::id::Unit, languages: Languages) -> String {
    match row.standard {
        Some(standard) => languages.line(standard.unit_name(unit, crate::Lang::En), standard.unit_name(unit, crate::Lang::Zh)),
        None => unit.to_string(),
    }
}

fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn picked(list: &[Pick], id: &str, languages: Languages) -> String {
    list.iter().find(|known| known.id == id).map_or_else(String::new, |known| languages.line(&known.name.en, &known.name.zh))
}

fn render_answer(object: &Map<String, Value>, row: &Row<'_>, languages: Languages) -> Out {
    let member = |name: &str| object.get(name);
    if let Some(number) = member("value").or_else(|| member("level")).and_then(Value::as_f64) {
        return Out::Number(number);
    }
    if let Some(Value::Bool(answer)) = member("answer") {
        let id = if *answer { "yes" } else { "no" };
        return words::YES_NO.iter().find(|word| word.id == id).map_or(Out::Blank, |word| Out::text(word.say(languages)));
    }
    let Some(Value::Array(items)) = member("items") else { return Out::Blank };
    let list = row.quantities.iter().find_map(|quantity| match quantity {
        Quantity::Checklist(list) => Some(list),
        _ => None,
    });
    let Some(list) = list else { return Out::Blank };
    if items.is_empty() {
        return Out::Number(0.0);
    }
    let number = |id: &Value| list.items.iter().position(|item| id.as_str() == Some(item.id.as_str())).map(|at| (at + 1).to_string());
    let numbers: Option<Vec<String>> = items.iter().map(number).collect();
    match numbers.as_deref() {
        // A single number would be a number.
        Some(numbers) if row.quantities.len() == 1 => Out::text(numbers.join(", ")),
        _ => Out::text(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
    }
}
