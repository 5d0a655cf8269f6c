//! The sheets of a template, as data: every cell that will be written, and what may be written into it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Languages;
use super::cell::{self, Out, Row, unit_name};
use super::instructions;
use super::layout::{self, Column, Kind, LAYOUT, Pick, Table};
use super::read::quantities;
use super::words;
use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::document::Document;
use crate::id::StageId;
use crate::quantity::Quantity;
use crate::standard::{Category, Indicator};
use crate::{Lang, Standard, Submission};

/// What a template is made for.
#[derive(Clone, Debug)]
pub struct Options<'o> {
    /// The languages that it speaks.
    pub languages: Languages,
    /// The stages whose indicators it asks for; empty: all.
    pub stages: Vec<StageId>,
    /// For how many zones it has rows; 0: one row for each indicator, which speaks for the whole community.
    pub zones: usize,
    /// The submission of an earlier round, whose answers are filled in. Its identifier and period are not.
    pub previous: Option<&'o Submission>,
}

impl Options<'_> {
    /// A template for all stages, with one row for each indicator.
    #[must_use]
    pub fn new(languages: Languages) -> Self {
        Self { languages, stages: Vec::new(), zones: 0, previous: None }
    }
}

/// A workbook that was made.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file.
    pub bytes: Vec<u8>,
    /// What of the submission could not be carried into it, by its places there.
    pub left: Vec<Diagnostic>,
}

/// Why a template cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The standard has no such stage.
    #[error("the standard has no stage `{0}`")]
    UnknownStage(String),
    /// The file could not be put together.
    #[error("the workbook could not be written: {0}")]
    Write(String),
}

/// Makes the workbook that a community fills in.
///
/// The same standard and options give the same bytes.
///
/// # Errors
/// [`TemplateError`] when the standard has no such stage.
///
/// ```
/// use talent_model::{Lang, reference, workbook};
/// let options = workbook::Options::new(workbook::Languages::One(Lang::Zh));
/// let template = workbook::template(reference::standard(), &options)?;
/// assert!(workbook::is_workbook(&template.bytes));
/// # Ok::<(), workbook::TemplateError>(())
/// ```
pub fn template(standard: &Standard, options: &Options<'_>) -> Result<Template, TemplateError> {
    if let Some(unknown) = options.stages.iter().find(|stage| !standard.stage_ids().contains(stage)) {
        return Err(TemplateError::UnknownStage(unknown.to_string()));
    }
    make(standard, options, options.previous.map(|previous| (previous, true)))
}

/// Writes a submission as a workbook, whole: reading it back gives the submission again, its observations in the order of the standard.
///
/// # Errors
/// [`TemplateError`] never in practice: every submission can be written.
pub fn write(standard: &Standard, submission: &Submission, languages: Languages) -> Result<Template, TemplateError> {
    make(standard, &Options::new(languages), Some((submission, false)))
}

/// A sheet.
pub(super) struct Page {
    pub(super) name: String,
    pub(super) table: Table,
    pub(super) heading: String,
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<Line>,
    /// How many of the first columns stay in sight.
    pub(super) frozen: u16,
}

/// A row of a sheet.
pub(super) struct Line {
    pub(super) cells: Vec<Out>,
    /// What may be written into cells, and the message beside them, by column.
    pub(super) rules: Vec<(usize, Rule)>,
    /// Whether it is a heading among the rows.
    pub(super) group: bool,
    pub(super) hidden: bool,
}

/// What may be written into a cell. Everything else is let through after a question: the checks are made outside.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) allowed: Allowed,
    pub(super) title: String,
    pub(super) message: String,
}

#[derive(Clone, Debug)]
pub(super) enum Allowed {
    Anything,
    OneOf(Vec<String>),
    /// The identifiers of the zones sheet.
    Zones,
    Number(Option<f64>, Option<f64>),
    Date,
}

fn make(standard: &Standard, options: &Options<'_>, filled: Option<(&Submission, bool)>) -> Result<Template, TemplateError> {
    let mut maker = Maker { standard, options, names: BTreeSet::new(), left: Vec::new() };
    let pages = maker.pages(filled);
    let bytes = super::write::write(&pages, standard, options.languages).map_err(|error| TemplateError::Write(error.to_string()))?;
    Ok(Template { bytes, left: maker.left })
}

/// Every category of a standard, those of modules included.
pub(super) fn groups(standard: &Standard) -> Vec<&Category> {
    fn walk<'s>(category: &'s Category, found: &mut Vec<&'s Category>) {
        found.push(category);
        category.categories.iter().for_each(|inner| walk(inner, found));
    }
    let mut found = Vec::new();
    let top = standard.scenarios.iter().chain(standard.modules.iter().flat_map(|module| module.categories.iter()));
    top.for_each(|category| walk(category, &mut found));
    found
}

/// How many empty rows the lists have at least.
const ZONES: usize = 12;
const ASSETS: usize = 30;
const EVIDENCE: usize = 60;

struct Maker<'s> {
    standard: &'s Standard,
    options: &'s Options<'s>,
    names: BTreeSet<String>,
    left: Vec<Diagnostic>,
}

/// A submission on its way into a workbook: every list with the places of its objects.
#[derive(Default)]
pub(super) struct Carried {
    pub(super) root: Map<String, Value>,
    pub(super) community: Map<String, Value>,
    pub(super) facts: Map<String, Value>,
    pub(super) zones: Vec<(Pointer, Map<String, Value>)>,
    pub(super) assets: Vec<(Pointer, Map<String, Value>)>,
    pub(super) evidence: Vec<(Pointer, Map<String, Value>)>,
    pub(super) observations: Vec<(Pointer, Map<String, Value>)>,
    pub(super) zone_picks: Vec<Pick>,
    pub(super) evidence_picks: Vec<Pick>,
    pub(super) stages: Vec<Option<String>>,
}

impl Carried {
    pub(super) fn new(standard: &Standard, submission: &Submission, next_round: bool) -> Self {
        let Ok(Value::Object(mut root)) = serde_json::to_value(submission) else { return Self::default() };
        for member in ["kind", "model", "standard"] {
            root.remove(member);
        }
        if next_round {
            for member in ["id", "period", "submitted_on"] {
                root.remove(member);
            }
        }
        let mut community = match root.remove("community") {
            Some(Value::Object(community)) => community,
            _ => Map::new(),
        };
        community.remove("kind");
        community.remove("model");
        let at = Pointer::root().with("community");
        let zones = list(&mut community, "zones", &at);
        let assets = list(&mut community, "assets", &at);
        let facts = match community.get("facts") {
            Some(Value::Object(facts)) if !facts.is_empty() => facts.clone(),
            _ => Map::new(),
        };
        if !facts.is_empty() {
            community.remove("facts");
        }
        let observations = list(&mut root, "observations", &Pointer::root());
        root.remove("observations");
        let evidence = list(&mut root, "evidence", &Pointer::root());
        let picks = |list: &[(Pointer, Map<String, Value>)]| {
            let id = |object: &Map<String, Value>| object.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            // Rendering is by identifier; names could be equal.
            let pick =
                |(_, object): &(Pointer, Map<String, Value>)| Pick { id: id(object), name: layout::Title { en: String::new(), zh: String::new() } };
            list.iter().map(pick).collect::<Vec<_>>()
        };
        let (zone_picks, evidence_picks) = (picks(&zones), picks(&evidence));
        let stages = submission.community.iter().flat_map(|c| c.zones.iter()).map(|zone| standard.stage_of(zone).map(str::to_owned)).collect();
        Self { root, community, facts, zones, assets, evidence, observations, zone_picks, evidence_picks, stages }
    }
}

/// Takes a list of objects out of its object. An empty list stays: it has been stated.
fn list(object: &mut Map<String, Value>, name: &str, at: &Pointer) -> Vec<(Pointer, Map<String, Value>)> {
    let Some(Value::Array(items)) = object.get(name).filter(|value| value.as_array().is_some_and(|items| !items.is_empty())) else {
        return Vec::new();
    };
    let base = at.with(name);
    let objects = items.iter().enumerate().filter_map(|(i, item)| Some((base.at(i), item.as_object()?.clone()))).collect();
    object.remove(name);
    objects
}

impl Maker<'_> {
    fn say(&self, en: &str, zh: &str) -> String {
        self.options.languages.line(en, zh)
    }

    fn pages(&mut self, filled: Option<(&Submission, bool)>) -> Vec<Page> {
        let mut carried = filled.map(|(submission, next)| Carried::new(self.standard, submission, next)).unwrap_or_default();
        if let Some((submission, false)) = filled
            && !self.is_pinned(submission)
        {
            self.leave(Pointer::root().with("standard"), &format!("{} {}", submission.standard.id, submission.standard.version));
        }
        let mut pages = vec![self.instructions(), self.form(&mut carried)];
        pages.push(self.facts(&carried));
        pages.push(self.listed(Table::Zones, std::mem::take(&mut carried.zones), &carried, ZONES.max(self.options.zones)));
        let sections: Vec<(&crate::text::Text, Option<&crate::text::Text>, Vec<&Category>)> = {
            let standard = self.standard;
            let scenarios = standard.scenarios.iter().map(|s| (&s.name, s.description.as_ref(), vec![s]));
            let modules = standard.modules.iter().map(|m| (&m.name, m.description.as_ref(), m.categories.iter().collect()));
            scenarios.chain(modules).collect()
        };
        for (name, description, categories) in sections {
            pages.extend(self.section(name, description, &categories, &mut carried));
        }
        for (pointer, mut observation) in std::mem::take(&mut carried.observations) {
            let id = observation.remove("indicator").and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default();
            self.leave(pointer, &id);
        }
        pages.push(self.listed(Table::Assets, std::mem::take(&mut carried.assets), &carried, ASSETS));
        pages.push(self.listed(Table::Evidence, std::mem::take(&mut carried.evidence), &carried, EVIDENCE));
        pages.push(self.codelists());
        pages.push(self.version());
        pages
    }

    /// Whether a submission answers the very standard that the workbook will name.
    fn is_pinned(&self, submission: &Submission) -> bool {
        let (pin, standard) = (&submission.standard, self.standard);
        let same = pin.digest.as_ref().is_none_or(|pinned| standard.digest().is_ok_and(|digest| digest == *pinned));
        pin.id == standard.id && pin.version == standard.version && same
    }

    fn leave(&mut self, pointer: Pointer, what: &str) {
        self.left.push(Diagnostic::new(Code::NotCarried, pointer).with("found", what));
    }

    /// A name for a sheet: at most 31 characters, without those that no sheet may have, and not the name of another.
    fn sheet_name(&mut self, name: &str) -> String {
        let clean: String = name.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
        let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = if words.is_empty() { "Sheet".to_owned() } else { words };
        let cut = |room: usize| {
            let mut text = String::new();
            for c in words.chars() {
                if text.encode_utf16().count() + c.len_utf16() > room {
                    break;
                }
                text.push(c);
            }
            text.trim().to_owned()
        };
        let mut candidate = cut(31);
        let mut number = 2;
        while !self.names.insert(candidate.to_lowercase()) {
            let suffix = format!(" {number}");
            candidate = cut(31 - suffix.len()) + &suffix;
            number += 1;
        }
        candidate
    }

    fn page(&mut self, table: Table, heading: String) -> Page {
        let name = table.name();
        let name = self.say(name.en, name.zh);
        Page { name: self.sheet_name(&name), table, heading, columns: layout::columns(table, self.standard), lines: Vec::new(), frozen: 0 }
    }

    fn titled(&mut self, table: Table, en: &str, zh: &str) -> Page {
        let heading = self.say(en, zh);
        self.page(table, heading)
    }

    fn instructions(&mut self) -> Page {
        let title = self.say(self.standard.title.in_language(Lang::En), self.standard.title.in_language(Lang::Zh));
        let mut page = self.page(Table::Instructions, title);
        let stages: Vec<&StageId> = self.options.stages.iter().collect();
        for (group, text) in instructions::text(self.standard, &stages, self.options.languages) {
            page.lines.push(Line { cells: vec![Out::text(text)], rules: Vec::new(), group, hidden: false });
        }
        page
    }

    fn form(&mut self, carried: &mut Carried) -> Page {
        let mut page = self.titled(Table::Submission, "The submission and the community", "申报与社区");
        let languages = self.options.languages;
        let cx = Row { standard: Some(self.standard), ..Row::default() };
        let mut lines = Vec::new();
        for column in layout::form() {
            let inner = column.path.first().is_some_and(|step| step == "community");
            let object = if inner { &mut carried.community } else { &mut carried.root };
            // Paths below the community are its own.
            let own = Column { path: column.path.iter().skip(usize::from(inner)).cloned().collect(), ..column.clone() };
            let is_more = matches!(column.kind, Kind::More);
            let value = match is_more {
                true => Out::Blank,
                false => cell::write(&own, object, &cx, languages),
            };
            lines.push((column, value, is_more));
        }
        for (column, mut value, is_more) in lines {
            if is_more {
                let inner = column.key.starts_with("community");
                let rest = std::mem::take(if inner { &mut carried.community } else { &mut carried.root });
                let pointer = if inner { Pointer::root().with("community") } else { Pointer::root() };
                value = self.more(rest, pointer);
            }
            let rule = Rule {
                allowed: if matches!(column.kind, Kind::Date) { Allowed::Date } else { Allowed::Anything },
                title: column.title.say(Languages::One(languages.first())),
                message: languages.lines(column.help.en, column.help.zh),
            };
            let help = languages.line(column.help.en, column.help.zh);
            page.lines.push(Line {
                hidden: is_more && value == Out::Blank,
                cells: vec![Out::text(&column.key), Out::text(languages.line(&column.title.en, &column.title.zh)), value, Out::text(help)],
                rules: if is_more { Vec::new() } else { vec![(2, rule)] },
                group: false,
            });
        }
        page.frozen = 2;
        page
    }

    /// What is left of an object, as the text of its last cell.
    fn more(&mut self, rest: Map<String, Value>, pointer: Pointer) -> Out {
        if rest.is_empty() {
            return Out::Blank;
        }
        let names: Vec<String> = rest.keys().cloned().collect();
        let text = Value::Object(rest).to_string();
        if text.encode_utf16().count() > 32_767 {
            self.leave(pointer, &names.join(", "));
            return Out::Blank;
        }
        Out::Text(text)
    }

    /// The cells of one object, and what is left of it in the last.
    fn cells(&mut self, columns: &[Column], pointer: Pointer, mut object: Map<String, Value>, cx: &Row<'_>) -> Vec<Out> {
        let mut cx = cx.clone();
        cx.unit = object.get("unit").and_then(Value::as_str).map(str::to_owned);
        let mut cells: Vec<Out> = columns.iter().map(|column| cell::write(column, &mut object, &cx, self.options.languages)).collect();
        if let (Some(last), Some(Kind::More)) = (cells.last_mut(), columns.last().map(|column| &column.kind)) {
            *last = self.more(object, pointer);
        }
        cells
    }

    fn rules(&self, columns: &[Column], cx: &Row<'_>) -> Vec<(usize, Rule)> {
        let mut rules = Vec::new();
        for (number, column) in columns.iter().enumerate() {
            let labels = |list: &'static [words::Word]| Allowed::OneOf(list.iter().map(|word| word.say(self.options.languages)).collect());
            let picks = |list: &[Pick]| Allowed::OneOf(list.iter().map(|pick| self.say(&pick.name.en, &pick.name.zh)).collect());
            let allowed = match &column.kind {
                Kind::Info | Kind::More | Kind::Id => continue,
                Kind::Text | Kind::Evidence | Kind::Words(_) | Kind::Fact(None) => Allowed::Anything,
                Kind::Number => Allowed::Number(None, None),
                Kind::Date => Allowed::Date,
                Kind::Word(list) => labels(list),
                Kind::Choice(list) => picks(list),
                Kind::Zone => Allowed::Zones,
                Kind::Fact(Some(asked)) => match asked.kind {
                    crate::standard::FactKind::Number => Allowed::Number(None, None),
                    crate::standard::FactKind::YesNo => labels(words::YES_NO),
                    crate::standard::FactKind::Choice => picks(&asked.choices),
                },
                Kind::Unit => match self.units(cx) {
                    Some(units) => Allowed::OneOf(units),
                    None => continue,
                },
                Kind::Answer => match cx.quantities.as_slice() {
                    [Quantity::Number(asked)] => {
                        let limit = |n: Option<crate::quantity::Number>| n.map(crate::quantity::Number::get);
                        let ratio = cx.indicator.is_some_and(|indicator| indicator.per.is_some());
                        Allowed::Number(limit(asked.min), limit(asked.max).filter(|_| !ratio))
                    }
                    [Quantity::Level(asked)] => Allowed::OneOf(asked.levels.iter().map(|level| level.level.to_string()).collect()),
                    [Quantity::YesNo(_)] => labels(words::YES_NO),
                    _ => Allowed::Anything,
                },
            };
            let message = match column.kind {
                Kind::Answer => self.asks(cx),
                _ => self.options.languages.lines(column.help.en, column.help.zh),
            };
            let title = match (&column.kind, cx.indicator) {
                (Kind::Answer, Some(indicator)) => indicator.name.in_language(self.options.languages.first()).to_owned(),
                _ => column.title.say(Languages::One(self.options.languages.first())),
            };
            if !matches!(allowed, Allowed::Anything) || !message.is_empty() {
                rules.push((number, Rule { allowed, title, message }));
            }
        }
        rules
    }

    /// The units in which an indicator may be answered, where there is a choice.
    fn units(&self, cx: &Row<'_>) -> Option<Vec<String>> {
        let per = cx.indicator?.per.as_ref()?;
        let own = cx.quantities.iter().find_map(|quantity| match quantity {
            Quantity::Number(asked) => Some(&asked.unit),
            _ => None,
        })?;
        Some(vec![unit_name(cx, own, self.options.languages), unit_name(cx, &per.unit, self.options.languages)])
    }

    /// What an answer looks like, in words.
    fn asks(&self, cx: &Row<'_>) -> String {
        let text = |quantity: &&Quantity| match quantity {
            Quantity::Number(asked) => {
                let name = unit_name(cx, &asked.unit, self.options.languages);
                let whole = asked.integer == Some(true);
                let limit = |n: Option<crate::quantity::Number>, end: f64| n.map_or(end, crate::quantity::Number::get);
                let rule = crate::quantity::NumberRule { min: limit(asked.min, f64::MIN), max: limit(asked.max, f64::MAX), integer: whole };
                let range = |lang| rule.expects(lang);
                let (en, zh) = (range(Lang::En), range(Lang::Zh));
                self.options.languages.lines(&format!("{en}, in: {name}"), &format!("{zh}，单位：{name}"))
            }
            Quantity::Level(_) => self.options.languages.lines("The level that holds, as its number", "所达到的等级，填数字"),
            Quantity::Checklist(_) => self
                .options
                .languages
                .lines("The numbers of the items that are met, with commas; 0 for none", "所满足各项的序号，用逗号隔开；都不满足填 0"),
            Quantity::YesNo(_) => self.options.languages.lines("Yes or no", "是或否"),
        };
        let mut texts: Vec<String> = cx.quantities.iter().map(text).collect();
        texts.dedup();
        texts.join("\n")
    }

    fn facts(&mut self, carried: &Carried) -> Page {
        let mut page = self.titled(Table::Facts, "Facts about the whole community", "整个社区的数据");
        let columns = page.columns.clone();
        let standard = self.standard;
        let own = standard.facts.iter().map(|(id, definition)| (id.to_string(), Some(definition)));
        let others = carried.facts.keys().filter(|id| !standard.facts.contains_key(id.as_str())).map(|id| (id.clone(), None));
        for (id, definition) in own.chain(others) {
            let mut object = carried.facts.get(&id).and_then(Value::as_object).cloned().unwrap_or_default();
            object.insert("id".into(), Value::String(id.clone()));
            let mut columns = columns.clone();
            for column in columns.iter_mut().filter(|column| matches!(column.kind, Kind::Fact(_))) {
                column.kind = Kind::Fact(definition.map(|definition| Box::new(layout::asked(definition))));
                column.path.clear();
            }
            let cx = Row { standard: Some(standard), ..Row::default() };
            let pointer = Pointer::root().with("community").with("facts").with(&id);
            let mut cells = self.cells(&columns, pointer, object, &cx);
            if let Some(definition) = definition {
                let name = self.say(definition.name.in_language(Lang::En), definition.name.in_language(Lang::Zh));
                let unit = definition.unit.as_ref().map_or_else(String::new, |unit| unit_name(&cx, unit, self.options.languages));
                set(&mut cells, &columns, "name", Out::text(name));
                set(&mut cells, &columns, "unit-name", Out::text(unit));
            }
            page.lines.push(Line { rules: self.rules(&columns, &cx), cells, group: false, hidden: false });
        }
        page.frozen = 2;
        page
    }

    fn listed(&mut self, table: Table, objects: Vec<(Pointer, Map<String, Value>)>, carried: &Carried, least: usize) -> Page {
        let (en, zh, stem) = match table {
            Table::Zones => ("The core work zones and the rings around them", "核心区与外围圈层", "zone"),
            Table::Assets => ("What the community has", "社区的设施、平台、政策等", "asset"),
            _ => ("What proves the answers", "证明材料", "evidence"),
        };
        let mut page = self.titled(table, en, zh);
        let columns = page.columns.clone();
        let cx = Row { standard: Some(self.standard), zones: &carried.zone_picks, ..Row::default() };
        let mut used: BTreeSet<String> = BTreeSet::new();
        for (pointer, object) in objects {
            used.extend(object.get("id").and_then(Value::as_str).map(str::to_owned));
            let cells = self.cells(&columns, pointer, object, &cx);
            page.lines.push(Line { rules: self.rules(&columns, &cx), cells, group: false, hidden: false });
        }
        let mut number = 0;
        while page.lines.len() < least {
            number += 1;
            let id = format!("{stem}-{number}");
            if !used.contains(&id) {
                let mut cells = vec![Out::Blank; columns.len()];
                set(&mut cells, &columns, "id", Out::text(id));
                page.lines.push(Line { rules: self.rules(&columns, &cx), cells, group: false, hidden: false });
            }
        }
        page.frozen = 1;
        page
    }

    /// A sheet of indicators; nothing when none of them applies to the stages chosen.
    fn section(
        &mut self,
        name: &crate::text::Text,
        description: Option<&crate::text::Text>,
        categories: &[&Category],
        carried: &mut Carried,
    ) -> Option<Page> {
        let mut lines = Vec::new();
        let columns = layout::columns(Table::Observations, self.standard);
        for category in categories {
            self.category(category, &columns, carried, &mut lines);
        }
        // Headings alone ask nothing.
        if lines.iter().all(|line| line.group) {
            return None;
        }
        let mut heading = self.say(name.in_language(Lang::En), name.in_language(Lang::Zh));
        if let Some(description) = description {
            heading.push_str(self.options.languages.first().pick("  ", "　"));
            heading.push_str(&self.say(description.in_language(Lang::En), description.in_language(Lang::Zh)));
        }
        let name = self.say(name.in_language(Lang::En), name.in_language(Lang::Zh));
        Some(Page { name: self.sheet_name(&name), table: Table::Observations, heading, columns, lines, frozen: 3 })
    }

    fn category(&mut self, category: &Category, columns: &[Column], carried: &mut Carried, lines: &mut Vec<Line>) {
        let mut cells = vec![Out::Blank; columns.len()];
        set(&mut cells, columns, "id", Out::text(category.id.as_str()));
        set(&mut cells, columns, "code", Out::text(category.code.as_ref().map_or("", |code| code.as_str())));
        let name = self.say(category.name.in_language(Lang::En), category.name.in_language(Lang::Zh));
        set(&mut cells, columns, "name", Out::text(name));
        let heading = lines.len();
        lines.push(Line { cells, rules: Vec::new(), group: true, hidden: false });
        for indicator in &category.indicators {
            self.indicator(indicator, columns, carried, lines);
        }
        for inner in &category.categories {
            self.category(inner, columns, carried, lines);
        }
        if lines.len() == heading + 1 {
            lines.pop();
        }
    }

    fn is_asked(&self, indicator: &Indicator, stage: &str) -> bool {
        let chosen = self.options.stages.is_empty() || self.options.stages.iter().any(|other| other.as_str() == stage);
        chosen && indicator.criterion(stage).is_some()
    }

    fn indicator(&mut self, indicator: &Indicator, columns: &[Column], carried: &mut Carried, lines: &mut Vec<Line>) {
        let asked = self.standard.stage_ids().iter().any(|stage| self.is_asked(indicator, stage.as_str()));
        if !asked {
            return;
        }
        let mine = |(_, object): &(Pointer, Map<String, Value>)| object.get("indicator").and_then(Value::as_str) == Some(indicator.id.as_str());
        let (own, others) = std::mem::take(&mut carried.observations).into_iter().partition(mine);
        carried.observations = others;
        let own: Vec<(Pointer, Map<String, Value>)> = own;
        let has_zones = self.options.zones > 0 || (self.options.previous.is_some() && !carried.zone_picks.is_empty());
        let whole = own.iter().any(|(_, object)| !object.contains_key("zone"));
        let answered: BTreeSet<String> = own.iter().filter_map(|(_, object)| object.get("zone").and_then(Value::as_str)).map(str::to_owned).collect();
        let mut rows: Vec<(Pointer, Map<String, Value>)> = Vec::new();
        for (pointer, object) in own {
            match self.fits(indicator, &object) {
                true => rows.push((pointer, object)),
                false => self.leave(pointer, indicator.id.as_str()),
            }
        }
        if has_zones && !whole {
            let planned: Vec<(String, Option<String>)> = match carried.zone_picks.is_empty() {
                true => (1..=self.options.zones).map(|n| (format!("zone-{n}"), None)).collect(),
                false => carried.zone_picks.iter().map(|pick| pick.id.clone()).zip(carried.stages.iter().cloned()).collect(),
            };
            for (zone, stage) in planned {
                let asked = stage.is_none_or(|stage| self.is_asked(indicator, &stage));
                if asked && !answered.contains(&zone) {
                    rows.push((Pointer::root(), Map::from_iter([("zone".to_owned(), Value::String(zone))])));
                }
            }
        }
        if rows.is_empty() {
            rows.push((Pointer::root(), Map::new()));
        }
        let position = |object: &Map<String, Value>| {
            let zone = object.get("zone").and_then(Value::as_str);
            zone.map(|zone| carried.zone_picks.iter().position(|pick| pick.id == zone))
        };
        rows.sort_by_key(|(_, object)| position(object));
        for (pointer, mut object) in rows {
            object.insert("indicator".into(), Value::String(indicator.id.to_string()));
            let zone = object.get("zone").and_then(Value::as_str).and_then(|zone| carried.zone_picks.iter().position(|pick| pick.id == zone));
            let stage = zone.and_then(|zone| carried.stages.get(zone)).and_then(Option::as_deref);
            let only = match self.options.stages.as_slice() {
                [only] => Some(only.as_str()),
                _ => None,
            };
            let planned: Vec<Pick> = (1..=self.options.zones)
                .map(|n| Pick { id: format!("zone-{n}"), name: layout::Title { en: String::new(), zh: String::new() } })
                .collect();
            let zones: &[Pick] = if carried.zone_picks.is_empty() { &planned } else { &carried.zone_picks };
            let cx = Row {
                standard: Some(self.standard),
                indicator: Some(indicator),
                quantities: quantities(indicator, stage.or(only)),
                zones,
                evidence: &carried.evidence_picks,
                ..Row::default()
            };
            // What is read back without a zone's stage must not depend on the stage chosen here.
            let read_as = Row { quantities: quantities(indicator, stage), ..cx.clone() };
            let mut cells = self.cells(columns, pointer, object, &read_as);
            let words = |text: &Option<crate::text::Text>| {
                text.as_ref().map_or_else(String::new, |text| self.options.languages.lines(text.in_language(Lang::En), text.in_language(Lang::Zh)))
            };
            let definition = words(&indicator.definition);
            let how = self.how(indicator, &cx);
            set(&mut cells, columns, "code", Out::text(indicator.code.as_ref().map_or("", |code| code.as_str())));
            let name = self.options.languages.lines(indicator.name.in_language(Lang::En), indicator.name.in_language(Lang::Zh));
            set(&mut cells, columns, "name", Out::text(name));
            set(&mut cells, columns, "definition", Out::text(definition));
            set(&mut cells, columns, "measurement", Out::text(how));
            lines.push(Line { rules: self.rules(columns, &cx), cells, group: false, hidden: false });
        }
    }

    /// Whether an answer of an earlier round is of a kind that the indicator still asks for.
    fn fits(&self, indicator: &Indicator, object: &Map<String, Value>) -> bool {
        let asked: Vec<&str> = quantities(indicator, None).iter().map(|quantity| quantity.answer_member()).collect();
        ["value", "level", "items", "answer"].iter().all(|member| !object.contains_key(*member) || asked.contains(member))
    }

    /// How the indicator is measured, in what terms it is answered, and what proves it.
    fn how(&self, indicator: &Indicator, cx: &Row<'_>) -> String {
        let mut parts: Vec<String> = Vec::new();
        let languages = self.options.languages;
        let both = |text: &crate::text::Text| languages.lines(text.in_language(Lang::En), text.in_language(Lang::Zh));
        parts.extend(indicator.measurement.as_ref().map(both));
        for quantity in &cx.quantities {
            match quantity {
                Quantity::Level(asked) => parts.extend(asked.levels.iter().map(|level| format!("{}: {}", level.level, self.text(&level.name)))),
                Quantity::Checklist(asked) => {
                    parts.extend(asked.items.iter().enumerate().map(|(i, item)| format!("{}: {}", i + 1, self.text(&item.name))));
                }
                Quantity::Number(_) | Quantity::YesNo(_) => {}
            }
        }
        let labelled = |en: &str, zh: &str, text: &Option<crate::text::Text>| {
            text.as_ref().map(|text| {
                let (en_text, zh_text) = (text.in_language(Lang::En), text.in_language(Lang::Zh));
                languages.lines(&format!("{en}: {en_text}"), &format!("{zh}：{zh_text}"))
            })
        };
        parts.extend(labelled("Boundary", "范围", &indicator.boundary));
        parts.extend(labelled("Frequency", "频次", &indicator.frequency));
        parts.extend(labelled("Evidence", "证据", &indicator.evidence));
        parts.extend(labelled("Usually known by", "通常由谁掌握", &indicator.owner));
        parts.extend(labelled("Caution", "注意", &indicator.caution));
        parts.join("\n")
    }

    fn text(&self, text: &crate::text::Text) -> String {
        self.say(text.in_language(Lang::En), text.in_language(Lang::Zh))
    }

    fn codelists(&mut self) -> Page {
        let mut page = self.titled(Table::Codelists, "The words that cells may hold", "可填写的选项");
        let mut push = |list: &str, id: &str, zh: &str, en: &str| {
            let cells = [list, id, zh, en].map(Out::text).to_vec();
            page.lines.push(Line { cells, rules: Vec::new(), group: false, hidden: false });
        };
        let lists: [(&str, &str, &[words::Word]); 7] = [
            ("State", "状态", words::STATES),
            ("Quality", "数据质量", words::QUALITIES),
            ("Yes or no", "是否", words::YES_NO),
            ("Role of a zone", "圈层类型", words::ROLES),
            ("Type of asset", "设施类型", words::ASSET_TYPES),
            ("Function of a policy", "政策功能", words::FUNCTIONS),
            ("Confidentiality", "公开范围", words::CONFIDENTIALITIES),
        ];
        for (en, zh, list) in lists {
            for word in list {
                push(&self.options.languages.line(en, zh), word.id, word.label.zh, word.label.en);
            }
        }
        let stage = self.options.languages.line("Stage", "阶段");
        for known in &self.standard.stages {
            push(&stage, known.id.as_str(), known.name.in_language(Lang::Zh), known.name.in_language(Lang::En));
        }
        page.frozen = 1;
        page
    }

    fn version(&mut self) -> Page {
        let mut page = self.titled(Table::Version, "What this workbook was made from; please leave as it is", "本工作簿的来源，请勿修改");
        let standard = self.standard;
        let stages = match self.options.stages.as_slice() {
            [] => standard.stage_ids(),
            chosen => chosen.to_vec(),
        };
        let languages = match self.options.languages {
            Languages::One(lang) => lang.tag().to_owned(),
            Languages::Both(Lang::En) => "en, zh".into(),
            Languages::Both(Lang::Zh) => "zh, en".into(),
        };
        for row in layout::version() {
            let value = match row.key.as_str() {
                "template" => LAYOUT.to_owned(),
                "standard.id" => standard.id.to_string(),
                "standard.version" => standard.version.to_string(),
                "standard.digest" => standard.digest().map(|digest| digest.to_string()).unwrap_or_default(),
                "stages" => stages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
                _ => languages.clone(),
            };
            let title = self.say(&row.title.en, &row.title.zh);
            page.lines.push(Line {
                cells: vec![Out::text(&row.key), Out::text(title), Out::text(value)],
                rules: Vec::new(),
                group: false,
                hidden: false,
            });
        }
        page.frozen = 1;
        page
    }
}

fn set(cells: &mut [Out], columns: &[Column], key: &str, out: Out) {
    if let Some(cell) = columns.iter().position(|column| column.key == key).and_then(|at| cells.get_mut(at)) {
        *cell = out;
    }
}

impl Lang {
    pub(super) fn pick(self, en: &'static str, zh: &'static str) -> &'static str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}
