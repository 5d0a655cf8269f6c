//! What the columns of a delimited table speak of, by their names.

use super::super::layout::{self, Column, Table};
use super::super::read::{Index, Which};
use super::super::words::fold;
use crate::Standard;
use crate::standard::Indicator;

/// What a column speaks of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Head {
    /// The standard that is answered: the key on the version sheet.
    Version(String),
    /// The submission or its community: the key in the form.
    Submission(String),
    /// The whole community: the fact.
    Fact(String),
    /// The zone of the row: the key on the zones sheet.
    Zone(String),
    /// The observation of the row: the key on its sheet.
    Observation(String),
    /// The answer to an indicator: its identifier.
    Indicator(String),
}

/// The names of the columns that a standard gives rise to.
pub(super) struct Names<'s> {
    standard: &'s Standard,
    indicators: Vec<&'s Indicator>,
    index: Index,
    observations: Vec<Column>,
    zones: Vec<Column>,
    form: Vec<Column>,
}

/// The names that need no standard to be known.
pub(super) fn is_usual(name: &str) -> bool {
    let name = name.trim();
    let prefixed = ["observations.", "zones.", "facts.", "submission.", "standard.", "version.", "evidence.", "assets."];
    if prefixed.iter().any(|prefix| name.starts_with(prefix)) || matches!(name, "indicator" | "submission") {
        return true;
    }
    let observations = layout::observations();
    observations.iter().any(|column| is(column, name)) || layout::form().iter().any(|column| titled(column, name))
}

fn titled(column: &Column, name: &str) -> bool {
    let name = fold(name);
    let (en, zh) = (fold(&column.title.en), fold(&column.title.zh));
    !name.is_empty() && (name == en || name == zh || name == format!("{zh}{en}") || name == format!("{en}{zh}"))
}

fn is(column: &Column, name: &str) -> bool {
    column.key == name || titled(column, name)
}

impl<'s> Names<'s> {
    pub(super) fn new(standard: &'s Standard) -> Self {
        let indicators = standard.answerable();
        let index = Index::new(standard, &indicators);
        let columns = |table| layout::columns(table, standard);
        Self { standard, index, observations: columns(Table::Observations), zones: columns(Table::Zones), form: layout::form(), indicators }
    }

    /// What a column of this name speaks of.
    pub(super) fn find(&self, name: &str) -> Option<Head> {
        let name = name.trim();
        let has = |columns: &[Column], key: &str| columns.iter().any(|column| column.key == key);
        match name.split_once('.') {
            Some(("observations", key)) if has(&self.observations, key) => return Some(Head::Observation(key.into())),
            Some(("zones", "id")) => return Some(Head::Observation("zone".into())),
            Some(("zones", key)) if has(&self.zones, key) => return Some(Head::Zone(key.into())),
            Some(("submission", key)) if has(&self.form, key) => return Some(Head::Submission(key.into())),
            Some(("facts", key)) if !key.is_empty() => return Some(Head::Fact(key.into())),
            Some(("standard", "id" | "version" | "digest")) => return Some(Head::Version(name.into())),
            Some(("version", key)) if has(&layout::version(), key) => return Some(Head::Version(key.into())),
            // A key of the form that cannot be one of an observation.
            Some((first, _)) if first != "uncertainty" && has(&self.form, name) => return Some(Head::Submission(name.into())),
            _ => {}
        }
        match name {
            "" => return None,
            "indicator" => return Some(Head::Observation("id".into())),
            "submission" => return Some(Head::Submission("id".into())),
            _ => {}
        }
        if let Some(column) = self.observations.iter().find(|column| is(column, name)) {
            return Some(Head::Observation(column.key.clone()));
        }
        if let Some(column) = self.form.iter().find(|column| titled(column, name)) {
            return Some(Head::Submission(column.key.clone()));
        }
        if let Which::Indicator(number) = self.index.find(name, "", "") {
            return self.indicators.get(number).map(|indicator| Head::Indicator(indicator.id.to_string()));
        }
        let folded = fold(name);
        let fact = self.standard.facts.iter().find(|(id, fact)| id.as_str() == name || fact.name.values().any(|name| fold(name.as_str()) == folded));
        fact.map(|(id, _)| Head::Fact(id.to_string()))
    }

    /// The indicators' identifiers, for a suggestion.
    pub(super) fn indicators(&self) -> impl Iterator<Item = &str> {
        self.indicators.iter().map(|indicator| indicator.id.as_str())
    }
}
