//! The sheets of the scenarios: from rows to answers, each to an indicator in a zone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::recognise::{Index, Which, quantities};
use super::{Answer, Found, Reader, column_of, data_rows, title_matches};
use crate::diagnostic::Code;
use crate::workbook::cell::{Row, shown};
use crate::workbook::layout::{Column, Kind, Pick, Table};
use crate::workbook::source::Place;
use crate::workbook::words::fold;

impl<'a> Reader<'a> {
    /// Every answer, in the order of the standard and of the zones.
    pub(super) fn answers<'f>(
        &mut self,
        sheets: impl Iterator<Item = &'f Found<'a>>,
        zones: &[Pick],
        stages: &[Option<String>],
        evidence: &[Pick],
    ) -> Vec<Answer>
    where
        'a: 'f,
    {
        let index = Index::new(self.standard, &self.indicators);
        let columns = self.columns(Table::Observations);
        let mut answers: Vec<Answer> = Vec::new();
        let mut sheet_of: BTreeMap<usize, (usize, u32)> = BTreeMap::new();
        let mut twins: BTreeSet<(usize, usize)> = BTreeSet::new();
        for found in sheets {
            let [id, code, name, zone_col] = ["id", "code", "name", "zone"].map(|key| column_of(found, &columns, key));
            let merged = self.merged(found, &columns);
            let mut rows = Vec::new();
            for row in data_rows(found) {
                let text = |col: Option<u32>| col.and_then(|col| found.sheet.cell(row, col)).map(|cell| shown(&cell.content)).unwrap_or_default();
                let id_place = (found.number, row, id.or(code).or(name).unwrap_or_default());
                let number = match index.find(&text(id), &text(code), &text(name)) {
                    Which::Indicator(number) => number,
                    Which::Group => continue,
                    Which::Unknown(text) => {
                        self.unknown_row(found, &columns, row, &text, id_place);
                        continue;
                    }
                };
                let Some(indicator) = self.indicators.get(number).copied() else { continue };
                match sheet_of.get(&number) {
                    Some((other, first)) if *other != found.number => {
                        if twins.insert((*other, found.number)) {
                            let first = self.source.cell((*other, *first, id_place.2)).to_string();
                            let diagnostic = Self::here(Code::SheetTwice).with("sheet", &found.sheet.name).with("first", first);
                            self.note(diagnostic.with("indicator", indicator.id.as_str()), id_place);
                        }
                    }
                    _ => {
                        sheet_of.insert(number, (found.number, row));
                    }
                }
                rows.push(row);
                let zone_text = text(zone_col);
                let zone = zones.iter().position(|pick| pick.id == zone_text).or_else(|| {
                    let folded = fold(&zone_text);
                    let named = |pick: &Pick| !folded.is_empty() && (title_matches(&pick.name, &folded) || fold(&pick.id) == folded);
                    zones.iter().position(named)
                });
                let stage = zone.and_then(|zone| stages.get(zone)).and_then(Option::as_deref);
                let cx = Row { indicator: Some(indicator), quantities: quantities(indicator, stage), zones, evidence, ..self.cx() };
                let mut object = self.object(found, &columns, row, &cx, &merged);
                if let Some(object) = &mut object {
                    object.members.insert("indicator".into(), Value::String(indicator.id.to_string()));
                }
                let answer_at = column_of(found, &columns, "value").map_or(id_place, |col| (found.number, row, col));
                self.source.row(indicator.id.as_str(), answer_at);
                let Some(object) = object else { continue };
                if object.broken {
                    self.source.broken(indicator.id.as_str());
                    continue;
                }
                let same_place = |other: &&Answer| other.indicator == number && other.object.members.get("zone") == object.members.get("zone");
                match answers.iter().find(same_place) {
                    Some(other) if other.object.members == object.members => {}
                    Some(other) => {
                        let first = self.source.cell(other.object.answer.unwrap_or(other.object.at)).to_string();
                        let diagnostic = Self::here(Code::AnsweredTwice).with("found", indicator.id.as_str()).with("first", first);
                        self.note(diagnostic, answer_at);
                    }
                    None => answers.push(Answer { indicator: number, zone, object }),
                }
            }
            self.extra_columns(found, &columns, &rows);
        }
        answers.sort_by_key(|answer| (answer.indicator, answer.object.members.contains_key("zone"), answer.zone));
        answers
    }

    /// A row that names no indicator: a fault if anything is filled in, else somebody's own line.
    pub(super) fn unknown_row(&mut self, found: &Found<'a>, columns: &[Column], row: u32, text: &str, place: Place) {
        let is_input = |what: usize| columns.get(what).is_some_and(|c| !matches!(c.kind, Kind::Info | Kind::Id | Kind::Unit));
        let filled = found.header.columns.iter().any(|(col, what)| is_input(*what) && found.sheet.cell(row, *col).is_some());
        if filled && self.earlier {
            self.note(Self::here(Code::NotCarried).with("found", text), place);
        } else if filled {
            let near = self.found.closest(text, self.indicators.iter().map(|indicator| indicator.id.as_str())).map(str::to_owned);
            self.note(Self::here(Code::UnknownRow).with("found", text).suggest(near.as_deref()), place);
        }
    }
}
