//! Rows with a record in each: from cells to the members of an object, and lists of objects.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Found, Merged, Object, Reader, column_of, data_rows, title_matches};
use crate::community::Zone;
use crate::diagnostic::{Code, Pointer};
use crate::workbook::address;
use crate::workbook::book::Cell;
use crate::workbook::cell::{Row, join, parse, shown};
use crate::workbook::layout::{self, Column, Kind, Pick, Table, Title};
use crate::workbook::source::Place;
use crate::workbook::words::fold;

impl<'a> Reader<'a> {
    /// Shows how a cell was read, where that is not plain to see.
    pub(super) fn understood(&mut self, cell: &Cell, read_as: Option<&str>, place: Place) {
        if let Some(reading) = read_as {
            self.note(Self::here(Code::ReadAs).with("found", shown(&cell.content)).with("reading", reading), place);
        }
        if cell.formula {
            self.note(Self::here(Code::FormulaValue).with("found", shown(&cell.content)), place);
        }
    }

    /// Reads the filled cells of a row into an object. Nothing when no cell of it is filled in.
    pub(super) fn object(&mut self, found: &Found<'a>, columns: &[Column], row: u32, cx: &Row<'_>, merged: &[Merged]) -> Option<Object> {
        let mut object = Object { members: Map::new(), places: Vec::new(), at: (found.number, row, 0), answer: None, broken: false };
        let mut filled = false;
        let mut more = None;
        let mut word: Option<(String, Place)> = None;
        let state_given = column_of(found, columns, "state").is_some_and(|col| found.sheet.cell(row, col).is_some());
        let mut cells: Vec<(u32, &Column)> = found.header.columns.iter().filter_map(|(col, what)| Some((*col, columns.get(*what)?))).collect();
        // The unit tells how a percentage is meant; it comes before the answer.
        cells.sort_by_key(|(col, column)| (!matches!(column.kind, Kind::Unit), *col));
        let mut cx = cx.clone();
        for (col, column) in cells {
            let place = (found.number, row, col);
            match column.kind {
                Kind::Info => continue,
                Kind::Answer => {
                    object.answer = Some(place);
                    for member in ["value", "level", "items", "answer"] {
                        object.places.push((vec![member.into()], place));
                    }
                }
                Kind::Fact(_) => {
                    for member in ["value", "answer", "choice"] {
                        object.places.push((column.path.iter().cloned().chain([member.into()]).collect(), place));
                    }
                }
                Kind::Id => object.at = place,
                _ => {}
            }
            if let (Some(first), 2..) = (column.path.first(), column.path.len()) {
                object.places.push((vec![first.clone()], place));
            }
            object.places.push((column.path.clone(), place));
            let Some(cell) = found.sheet.cell(row, col) else { continue };
            if merged.iter().any(|area| area.first == (row, col)) {
                (filled, object.broken) = (true, true);
                continue;
            }
            match parse(column, cell, &cx) {
                Err(diagnostic) => {
                    (filled, object.broken) = (true, true);
                    self.note(*diagnostic, place);
                }
                Ok(parsed) => {
                    // What a template already says answers nothing.
                    let prefilled = matches!(column.kind, Kind::Id | Kind::Unit | Kind::Zone);
                    filled |= !prefilled;
                    if !prefilled {
                        self.understood(cell, parsed.read_as.as_deref(), place);
                    }
                    if parsed.share {
                        self.note(Self::here(Code::ShareForPercent).with("found", shown(&cell.content)), place);
                    }
                    for (path, value) in parsed.members {
                        if matches!(column.kind, Kind::Unit) {
                            cx.unit = value.as_str().map(str::to_owned);
                        }
                        match value {
                            Value::Object(members) if matches!(column.kind, Kind::More) => more = Some((members, place)),
                            // “—” beside a state that says the same is no second answer.
                            Value::String(state) if matches!(column.kind, Kind::Answer) && path.last().is_some_and(|last| last == "state") => {
                                word = Some((state, place));
                            }
                            value => self.put(&mut object.members, &path, value, place),
                        }
                    }
                }
            }
        }
        if let Some((state, place)) = word {
            let stated = object.members.get("state").and_then(Value::as_str).map(str::to_owned);
            match stated {
                None if !state_given => {
                    object.members.insert("state".into(), Value::String(state));
                }
                Some(stated) if matches!(stated.as_str(), "reported" | "estimated") => {
                    let diagnostic = Self::here(Code::StateContradicts).with("found", state).with("state", stated);
                    self.note(diagnostic, place);
                    object.broken = true;
                }
                _ => {}
            }
        }
        if let Some((members, place)) = more
            && let Some(member) = join(&mut object.members, members)
        {
            self.note(Self::here(Code::MoreContradicts).with("member", member), place);
        }
        filled.then_some(object)
    }

    pub(super) fn cx(&self) -> Row<'a> {
        Row { standard: Some(self.standard), from_1904: self.book.from_1904, ..Row::default() }
    }

    /// Reads a table whose rows name themselves: the objects, and their names for those that refer to them.
    pub(super) fn list<'f>(&mut self, sheets: impl Iterator<Item = &'f Found<'a>>, zones: &[Pick]) -> (Vec<Object>, Vec<Pick>)
    where
        'a: 'f,
    {
        let (mut objects, mut picks): (Vec<Object>, Vec<Pick>) = (Vec::new(), Vec::new());
        for found in sheets {
            let columns = self.columns(found.header.table);
            let merged = self.merged(found, &columns);
            let cx = Row { zones, ..self.cx() };
            let mut rows = Vec::new();
            for row in data_rows(found) {
                let Some(object) = self.object(found, &columns, row, &cx, &merged) else { continue };
                let text = |member: &str, lang: &str| {
                    let name = object.members.get(member).and_then(|name| name.get(lang)).and_then(Value::as_str);
                    name.unwrap_or_default().to_owned()
                };
                let title = if found.header.table == Table::Evidence { "title" } else { "name" };
                if let Some(id) = object.members.get("id").and_then(Value::as_str) {
                    picks.push(Pick { id: id.to_owned(), name: Title { en: text(title, "en"), zh: text(title, "zh") } });
                }
                rows.push(row);
                objects.push(object);
            }
            self.extra_columns(found, &columns, &rows);
        }
        (objects, picks)
    }

    /// Reads the facts about the whole community; whether there are any.
    pub(super) fn facts<'f>(&mut self, sheets: impl Iterator<Item = &'f Found<'a>>, community: &mut Map<String, Value>) -> bool
    where
        'a: 'f,
    {
        let mut facts = Map::new();
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        for found in sheets {
            let columns = self.columns(Table::Facts);
            let (id, name) = (column_of(found, &columns, "id"), column_of(found, &columns, "name"));
            let merged = self.merged(found, &columns);
            let mut rows = Vec::new();
            for row in data_rows(found) {
                let text = |col: Option<u32>| col.and_then(|col| found.sheet.cell(row, col)).map(|cell| shown(&cell.content)).unwrap_or_default();
                let (own, title) = (text(id), text(name));
                let facts_of = &self.standard.facts;
                let by_title = || facts_of.iter().find(|(_, definition)| title_matches(&(&definition.name).into(), &fold(&title)));
                let by_id = facts_of.iter().find(|(id, _)| fold(id.as_str()) == fold(&own));
                let known = by_id.or_else(by_title);
                let key = known.map_or(own, |(id, _)| id.to_string());
                let mut columns = columns.clone();
                for column in &mut columns {
                    match &mut column.kind {
                        Kind::Fact(asked) => {
                            *asked = known.map(|(_, definition)| Box::new(layout::asked(definition)));
                            column.path.clear();
                        }
                        // The identifier is the key of the fact, not a member.
                        Kind::Id => column.kind = Kind::Info,
                        _ => {}
                    }
                }
                let Some(object) = self.object(found, &columns, row, &self.cx(), &merged) else { continue };
                let at = (found.number, row, id.unwrap_or_default());
                if key.is_empty() {
                    self.note(Self::here(Code::UnknownRow).with("found", title), at);
                    continue;
                }
                rows.push(row);
                let pointer = Pointer::root().with("community").with("facts").with(&key);
                self.places(&pointer, &object);
                if object.broken {
                    continue;
                }
                match (facts.get(&key), places.get(&key)) {
                    (Some(there), Some(first)) if *there != Value::Object(object.members.clone()) => {
                        let first = self.source.cell(*first).to_string();
                        self.note(Self::here(Code::AnsweredTwice).with("found", &key).with("first", first), at);
                    }
                    (Some(_), _) => {}
                    (None, _) => {
                        places.insert(key.clone(), at);
                        facts.insert(key, Value::Object(object.members));
                    }
                }
            }
            self.extra_columns(found, &columns, &rows);
        }
        let any = !facts.is_empty();
        if any && let Some(member) = join(community, Map::from_iter([("facts".to_owned(), Value::Object(facts))])) {
            self.found.push(Self::here(Code::MoreContradicts).with("member", member));
        }
        any
    }

    pub(super) fn places(&mut self, pointer: &Pointer, object: &Object) {
        for (path, place) in &object.places {
            self.source.insert(path.iter().fold(pointer.clone(), |pointer, step| pointer.with(step)), *place);
        }
        self.source.insert(pointer.clone(), object.at);
    }

    /// Puts a list into its object, and notes where everything in it stands.
    pub(super) fn place_list(&mut self, into: &mut Map<String, Value>, name: &str, list: Vec<Object>, above: &Pointer) {
        if list.is_empty() {
            return;
        }
        let base = above.with(name);
        let mut values = Vec::with_capacity(list.len());
        for (i, object) in list.into_iter().enumerate() {
            self.places(&base.at(i), &object);
            values.push(Value::Object(object.members));
        }
        match into.get(name) {
            Some(Value::Array(there)) if !there.is_empty() => {
                self.found.push(Self::here(Code::MoreContradicts).with("member", name));
            }
            _ => {
                into.insert(name.to_owned(), Value::Array(values));
            }
        }
    }

    /// The stage of a zone that was read, as far as it can be told.
    pub(super) fn stage(&self, zone: &Object) -> Option<String> {
        let zone: Zone = serde_json::from_value(Value::Object(zone.members.clone())).ok()?;
        self.standard.stage_of(&zone).map(str::to_owned)
    }

    /// Merged cells that would answer several rows at once; each is told.
    pub(super) fn merged(&mut self, found: &Found<'a>, columns: &[Column]) -> Vec<Merged> {
        let mut merged = Vec::new();
        for [r1, c1, r2, c2] in found.sheet.merges.iter().copied().filter(|[r1, _, r2, _]| r1 < r2) {
            let in_input = found.header.columns.iter().any(|(col, what)| {
                (c1..=c2).contains(col) && columns.get(*what).is_some_and(|column| !matches!(column.kind, Kind::Info | Kind::Id | Kind::Unit))
            });
            let header = [found.header.keys, found.header.titles].into_iter().flatten().any(|row| (r1..=r2).contains(&row));
            if in_input && !header && found.sheet.cell(r1, c1).is_some() {
                let area = format!("{}:{}", address::address(r1, c1), address::address(r2, c2));
                self.note(Self::here(Code::MergedAnswers).with("found", area), (found.number, r1, c1));
                merged.push(Merged { first: (r1, c1) });
            }
        }
        merged
    }

    /// Keeps what stands in columns of the sender's own, and tells of it.
    pub(super) fn extra_columns(&mut self, found: &Found<'a>, columns: &[Column], rows: &[u32]) {
        const MOST: usize = 10_000;
        let mut kept: BTreeMap<u32, Map<String, Value>> = BTreeMap::new();
        let id = column_of(found, columns, "id");
        for row in rows {
            for (col, cell) in found.sheet.row(*row) {
                let known =
                    found.header.columns.iter().any(|(known, _)| *known == col) || found.header.repeated.iter().any(|(.., again)| *again == col);
                if known || kept.values().map(Map::len).sum::<usize>() >= MOST {
                    continue;
                }
                let name = id.and_then(|id| found.sheet.cell(*row, id)).map_or_else(String::new, |cell| shown(&cell.content));
                kept.entry(col).or_default().insert(format!("{name} {}", row + 1).trim().to_owned(), Value::String(shown(&cell.content)));
            }
        }
        for (col, values) in kept {
            let title_at = |row: Option<u32>| row.and_then(|row| found.sheet.cell(row, col)).map(|cell| shown(&cell.content));
            let title = title_at(found.header.titles).or_else(|| title_at(found.header.keys)).unwrap_or_else(|| address::column(col));
            let row = found.header.titles.or(found.header.keys).unwrap_or_default();
            let diagnostic = Self::here(Code::ExtraColumn).with("column", &title).with("count", values.len().to_string());
            self.note(diagnostic, (found.number, row, col));
            self.extra.push(json!({ "sheet": found.sheet.name, "column": title, "cells": values }));
        }
    }
}
