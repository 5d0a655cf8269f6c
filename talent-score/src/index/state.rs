//! A table on its way through the steps. A state can be kept after any step and taken up again, so that a re-run with other parameters begins where they first matter.

use std::sync::Arc;

use talent_model::index::Weighting;

use super::matrix::View;
use super::numbers::Numbers;
use super::outcome::{Change, NodeOutcome};
use super::table::{Leaf, Table, Tree};

/// One indicator on its way.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// The values of the units that are in; not numbers where missing.
    pub(crate) values: Numbers,
    /// For which of them a value was given, not filled in. Absent: for all that are not missing.
    pub(crate) given: Option<Arc<[bool]>>,
    /// 1 where more is better, −1 where less is: turned to 1 by normalisation.
    pub(crate) sign: f64,
    /// Whether the indicator counts.
    pub(crate) alive: bool,
}

/// Everything that steps change.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// The units that are in, by their places in the table.
    pub(crate) units: Vec<usize>,
    /// One column for every indicator of the tree.
    pub(crate) columns: Vec<Column>,
    /// How the members of every group are weighed, with the step that said so.
    pub(crate) rules: Vec<(Option<usize>, Weighting)>,
    /// The groups as far as they are joined.
    pub(crate) nodes: Vec<NodeOutcome>,
    pub(crate) changes: Vec<Change>,
    /// What was left out: the step, and a unit or an indicator.
    pub(crate) units_out: Vec<(usize, usize)>,
    pub(crate) columns_out: Vec<(Option<usize>, usize)>,
    /// The reference values of every indicator, once normalised.
    pub(crate) reference: Vec<(usize, Numbers)>,
    /// What a draw changes on the way.
    #[cfg(feature = "robust")]
    pub(crate) vary: Option<Arc<super::vary::Vary>>,
}

impl State {
    pub(crate) fn new(table: &Table, tree: &Tree) -> Self {
        let column = |leaf: &Leaf| {
            let values = table.columns.get(leaf.column).map(|(_, values)| values.clone()).unwrap_or_default();
            Column { values, given: None, sign: leaf.sign, alive: true }
        };
        Self {
            units: (0..table.units.len()).collect(),
            columns: tree.leaves.iter().map(column).collect(),
            rules: vec![(None, Weighting::Given(talent_model::standard::Plain {})); tree.nodes.len()],
            nodes: Vec::new(),
            changes: Vec::new(),
            units_out: Vec::new(),
            columns_out: Vec::new(),
            reference: Vec::new(),
            #[cfg(feature = "robust")]
            vary: None,
        }
    }

    /// The indicators that count, by their places in the tree.
    pub(crate) fn alive(&self) -> Vec<usize> {
        self.columns.iter().enumerate().filter(|(_, column)| column.alive).map(|(at, _)| at).collect()
    }

    /// The values of some indicators.
    pub(crate) fn cells(&self, of: &[usize]) -> View<'_> {
        View::new(self.units.len(), of.iter().filter_map(|at| self.columns.get(*at)).map(|column| &column.values))
    }

    /// Keeps some of the units, by their places among those that are in.
    pub(crate) fn keep(&mut self, places: &[usize]) {
        fn kept<T: Copy, K: FromIterator<T>>(of: &[T], places: &[usize]) -> K {
            places.iter().filter_map(|at| of.get(*at).copied()).collect()
        }
        self.units = kept(&self.units, places);
        for column in &mut self.columns {
            column.values = kept(&column.values, places);
            column.given = column.given.as_deref().map(|given| kept(given, places));
        }
    }

    /// Leaves an indicator out.
    pub(crate) fn drop(&mut self, step: Option<usize>, at: usize) {
        if let Some(column) = self.columns.get_mut(at)
            && column.alive
        {
            column.alive = false;
            self.columns_out.push((step, at));
        }
    }

    /// Replaces the values of an indicator, noting every one that differs.
    pub(crate) fn replace(&mut self, step: usize, at: usize, values: Vec<f64>) {
        let Some(column) = self.columns.get_mut(at) else { return };
        for ((unit, from), to) in self.units.iter().zip(column.values.iter()).zip(&values) {
            if from.to_bits() != to.to_bits() && !to.is_nan() {
                self.changes.push(Change { step, unit: *unit, indicator: at, from: *from, to: *to });
            }
        }
        // What was missing before it is filled was not given.
        if column.given.is_none() && !column.values.complete() {
            column.given = Some(column.values.iter().map(|x| !x.is_nan()).collect());
        }
        column.values = values.into();
    }
}
