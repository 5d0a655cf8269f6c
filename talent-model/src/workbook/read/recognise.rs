//! What a row answers, as people name it.

use std::collections::{BTreeMap, BTreeSet};

use crate::Standard;
use crate::quantity::Quantity;
use crate::standard::Indicator;
use crate::workbook::template;
use crate::workbook::words::fold;

/// What may be answered: what the stage asks, or without a stage what any asks.
pub(in crate::workbook) fn quantities<'i>(indicator: &'i Indicator, stage: Option<&str>) -> Vec<&'i Quantity> {
    if let Some(criterion) = stage.and_then(|stage| indicator.criterion(stage)) {
        return vec![indicator.quantity_in(criterion)];
    }
    let mut all: Vec<&Quantity> = Vec::new();
    for quantity in indicator.criteria.iter().map(|criterion| indicator.quantity_in(criterion)).chain([&indicator.quantity]) {
        if !all.contains(&quantity) {
            all.push(quantity);
        }
    }
    all
}

/// How rows are recognised.
pub(in crate::workbook) struct Index {
    ids: BTreeMap<String, usize>,
    names: BTreeMap<String, Option<usize>>,
    groups: BTreeSet<String>,
}

pub(in crate::workbook) enum Which {
    Indicator(usize),
    /// A heading of the template.
    Group,
    Unknown(String),
}

impl Index {
    pub(in crate::workbook) fn new(standard: &Standard, indicators: &[&Indicator]) -> Self {
        let mut index = Self { ids: BTreeMap::new(), names: BTreeMap::new(), groups: BTreeSet::new() };
        for (number, indicator) in indicators.iter().enumerate() {
            index.ids.insert(fold(indicator.id.as_str()), number);
            let names = indicator.name.values().map(|name| name.as_str()).chain(indicator.code.as_ref().map(|code| code.as_str()));
            for name in names {
                // A name that two indicators bear names neither.
                index.names.entry(fold(name)).and_modify(|there| *there = there.filter(|n| *n == number)).or_insert(Some(number));
            }
        }
        for category in template::groups(standard) {
            index.groups.insert(fold(category.id.as_str()));
        }
        index
    }

    pub(in crate::workbook) fn find(&self, id: &str, code: &str, name: &str) -> Which {
        let folded = fold(id);
        if let Some(number) = self.ids.get(&folded) {
            return Which::Indicator(*number);
        }
        if self.groups.contains(&folded) {
            return Which::Group;
        }
        // An identifier that is there but unknown is not overruled by a title beside it.
        let others: &[&str] = if id.is_empty() { &[code, name] } else { &[id] };
        for text in others.iter().filter(|text| !text.is_empty()) {
            let folded = fold(text);
            if let Some(number) = self.names.get(&folded).copied().flatten().or_else(|| self.ids.get(&folded).copied()) {
                return Which::Indicator(number);
            }
        }
        let shown = [id, code, name].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        Which::Unknown(shown.to_owned())
    }
}
