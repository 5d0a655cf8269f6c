//! What the columns of a delimited table speak of, by their names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

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
    version: Vec<Column>,
    /// What titles mean, folded: every field of the first rows is looked up, and folding all titles for each would cost more than all the rest.
    titles: BTreeMap<String, Head>,
    /// The facts by their names, folded.
    facts: BTreeMap<String, String>,
}

/// The names that need no standard to be known.
pub(super) fn is_usual(name: &str) -> bool {
    let name = name.trim();
    let prefixed = ["observations.", "zones.", "facts.", "submission.", "standard.", "version.", "evidence.", "assets."];
    if prefixed.iter().any(|prefix| name.starts_with(prefix)) || matches!(name, "indicator" | "submission") {
        return true;
    }
    USUAL.keys.contains(name) || USUAL.titles.contains(&fold(name))
}

/// The keys and the folded titles of the columns that every standard has.
struct Usual {
    keys: BTreeSet<String>,
    titles: BTreeSet<String>,
}

static USUAL: LazyLock<Usual> = LazyLock::new(|| {
    let observations = layout::observations();
    let titles = observations.iter().chain(&layout::form()).flat_map(titles).collect();
    Usual { keys: observations.into_iter().map(|column| column.key).collect(), titles }
});

/// The titles that a column has in one language or in both, folded.
fn titles(column: &Column) -> Vec<String> {
    let (en, zh) = (fold(&column.title.en), fold(&column.title.zh));
    let mut titles = vec![format!("{zh}{en}"), format!("{en}{zh}"), en, zh];
    titles.retain(|title| !title.is_empty());
    titles
}

impl<'s> Names<'s> {
    pub(super) fn new(standard: &'s Standard) -> Self {
        let indicators = standard.answerable();
        let index = Index::new(standard, &indicators);
        let columns = |table| layout::columns(table, standard);
        let (observations, form) = (columns(Table::Observations), layout::form());
        let mut named = BTreeMap::new();
        let of_observations = observations.iter().map(|column| (column, Head::Observation(column.key.clone())));
        for (column, head) in of_observations.chain(form.iter().map(|column| (column, Head::Submission(column.key.clone())))) {
            for title in titles(column) {
                named.entry(title).or_insert_with(|| head.clone());
            }
        }
        let mut facts = BTreeMap::new();
        for (id, fact) in &standard.facts {
            for name in fact.name.values() {
                facts.entry(fold(name.as_str())).or_insert_with(|| id.to_string());
            }
        }
        let (zones, version) = (columns(Table::Zones), layout::version());
        Self { standard, index, observations, zones, form, version, titles: named, facts, indicators }
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
            Some(("version", key)) if has(&self.version, key) => return Some(Head::Version(key.into())),
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
        if has(&self.observations, name) {
            return Some(Head::Observation(name.into()));
        }
        let folded = fold(name);
        if let Some(head) = self.titles.get(&folded) {
            return Some(head.clone());
        }
        if let Which::Indicator(number) = self.index.find(name, "", "") {
            return self.indicators.get(number).map(|indicator| Head::Indicator(indicator.id.to_string()));
        }
        let own = self.standard.facts.iter().find(|(id, _)| id.as_str() == name).map(|(id, _)| id.to_string());
        own.or_else(|| self.facts.get(&folded).cloned()).map(Head::Fact)
    }

    /// The indicators' identifiers, for a suggestion.
    pub(super) fn indicators(&self) -> impl Iterator<Item = &str> {
        self.indicators.iter().map(|indicator| indicator.id.as_str())
    }
}
