//! The pipeline: the steps of a method, applied one after the other to a state.

mod aggregate;
mod denominate;
mod impute;
mod normalise;
mod screen;
mod treat;
mod weigh;

use std::collections::BTreeMap;
use std::sync::Arc;

use talent_model::diagnostic::{Code, Pointer, Severity};
use talent_model::id::Line;
use talent_model::index::{ChangedValue, IndexMethod, LeftOut, MethodStep};
use talent_model::quantity::Positive;
use talent_model::{Bilingual, Diagnostic};

use super::IndexError;
use super::check::{check_names, check_order};
use super::each::awake;
use super::notes::Notes;
use super::outcome::{NodeOutcome, Outcome, line, step};
use super::resolve::resolved;
use super::state::State;
use super::table::{Node, Table, Tree, finite};
use crate::rank::ranks_within;

/// A method ready to run on a table: both are checked, and every default is stated.
///
/// See [`Table`] for an example.
#[derive(Clone, Debug)]
pub struct Pipeline<'t> {
    table: &'t Table,
    tree: Arc<Tree>,
    method: IndexMethod,
    found: Vec<Diagnostic>,
}

/// Tables that were checked once, for any number of methods.
#[derive(Clone, Debug)]
pub struct CheckedTable {
    table: Table,
    tree: Arc<Tree>,
    found: Vec<Diagnostic>,
}

impl CheckedTable {
    /// Checks the tables.
    ///
    /// # Errors
    /// [`IndexError`] with everything that is wrong with them.
    pub fn new(table: Table) -> Result<Self, IndexError> {
        let (tree, found) = table.tree();
        match tree {
            Some(tree) => Ok(Self { table, tree: Arc::new(tree), found }),
            None => Err(IndexError { diagnostics: found }),
        }
    }

    /// The tables.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }
}

impl<'t> Pipeline<'t> {
    /// Checks a method against tables that were checked before.
    ///
    /// # Errors
    /// [`IndexError`] with everything that is wrong with the method.
    pub fn on(checked: &'t CheckedTable, method: &IndexMethod) -> Result<Self, IndexError> {
        Self::with(&checked.table, Some(checked.tree.clone()), checked.found.clone(), method)
    }

    /// Checks the tables and the method.
    ///
    /// # Errors
    /// [`IndexError`] with everything that is wrong with either, each with its place: `/indicators/…`, `/values/…`, `/units/…` or `/steps/…`.
    pub fn new(table: &'t Table, method: &IndexMethod) -> Result<Self, IndexError> {
        let (tree, found) = table.tree();
        Self::with(table, tree.map(Arc::new), found, method)
    }

    fn with(table: &'t Table, tree: Option<Arc<Tree>>, mut found: Vec<Diagnostic>, method: &IndexMethod) -> Result<Self, IndexError> {
        check_order(method, &mut found);
        if let Some(tree) = &tree {
            check_names(method, table, tree, &mut found);
        }
        let failed = found.iter().any(|d| d.severity == Severity::Error);
        match tree {
            Some(tree) if !failed => Ok(Self { table, tree, method: resolved(method), found }),
            _ => Err(IndexError { diagnostics: found }),
        }
    }

    /// The method as it is applied: every default is stated.
    #[must_use]
    pub fn method(&self) -> &IndexMethod {
        &self.method
    }

    pub(crate) fn table(&self) -> &'t Table {
        self.table
    }

    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Applies all steps.
    ///
    /// # Errors
    /// [`IndexError`] with everything that was found up to the step that could not be applied.
    pub fn run(&self) -> Result<Outcome, IndexError> {
        awake(self.table.units.len() * self.tree.leaves.len(), || {
            let (state, found) = self.state()?;
            Ok(self.outcome(state, found))
        })
    }

    fn state(&self) -> Result<(State, Vec<Diagnostic>), IndexError> {
        self.run_from(State::new(self.table, &self.tree))
    }

    /// The state after all steps, from a start of one's own, with what was found.
    pub(crate) fn run_from(&self, mut state: State) -> Result<(State, Vec<Diagnostic>), IndexError> {
        let mut notes = Notes { at: Pointer::root(), found: self.found.clone() };
        self.drop_blank(&mut state, None, &mut notes);
        for (at, step) in self.method.steps.iter().enumerate() {
            notes.at = Pointer::root().with("steps").at(at);
            self.apply(&mut state, at, step, &mut notes);
            if notes.failed() {
                return Err(IndexError { diagnostics: notes.found });
            }
        }
        Ok((state, notes.found))
    }

    /// The tables before any step.
    #[cfg(feature = "robust")]
    pub(crate) fn start(&self) -> State {
        State::new(self.table, &self.tree)
    }

    /// What comes before the first step.
    #[cfg(feature = "robust")]
    pub(crate) fn begin(&self, state: &mut State, notes: &mut Notes) {
        self.drop_blank(state, None, notes);
    }

    /// What is wrong with steps that may stand in the place of one of the method's.
    #[cfg(feature = "robust")]
    pub(crate) fn check_steps(&self, steps: &[MethodStep], at: &Pointer) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            let mut own = Vec::new();
            check_names(&IndexMethod { steps: vec![step.clone()].into() }, self.table, &self.tree, &mut own);
            // The place in a method of one step becomes the place among the options.
            found.extend(own.into_iter().map(|found| {
                let rest = found.pointer.steps().skip(2).fold(at.at(place), |pointer, step| pointer.with(&step));
                Diagnostic { pointer: rest, ..found }
            }));
        }
        found
    }

    /// An indicator's values in the table.
    #[cfg(feature = "robust")]
    pub(crate) fn column_of(&self, leaf: usize) -> &[f64] {
        let column = self.tree.leaves.get(leaf).and_then(|leaf| self.table.columns.get(leaf.column));
        column.map(|(_, values)| &**values).unwrap_or_default()
    }

    /// The codes of a group's members by the table.
    #[cfg(feature = "robust")]
    pub(crate) fn member_codes(&self, node: usize) -> Vec<String> {
        let members = self.tree.nodes.get(node).map(|node| node.members.as_slice()).unwrap_or_default();
        let code = |member: &super::table::Member| match member {
            super::table::Member::Leaf(leaf) => self.code(*leaf).to_owned(),
            super::table::Member::Group(node) => self.tree.nodes.get(*node).map_or_else(String::new, |node| node.code.clone()),
        };
        members.iter().map(|(member, _)| code(member)).collect()
    }

    /// Applies one step.
    pub(crate) fn apply(&self, state: &mut State, at: usize, step: &MethodStep, notes: &mut Notes) {
        match step {
            MethodStep::Screen(screen) => self.screen(state, at, screen, notes),
            MethodStep::Denominate(denominate) => self.denominate(state, at, denominate.multiple.map_or(1.0, Positive::get), notes),
            MethodStep::Impute(impute) => self.impute(state, at, impute, notes),
            MethodStep::Treat(treat) => self.treat(state, at, treat, notes),
            MethodStep::Normalise(normalise) => self.normalise(state, at, normalise, notes),
            MethodStep::Weigh(weigh) => self.weigh(state, at, weigh),
            MethodStep::Aggregate(aggregate) => self.aggregate(state, aggregate, notes),
            MethodStep::Rank(rank) => {
                let periods = self.periods(&state.units);
                for node in &mut state.nodes {
                    node.ranks = ranks_within(&node.scores, &periods, rank.ties);
                }
            }
        }
        self.check_finite(state, notes);
        if !notes.failed() && (state.units.is_empty() || state.alive().is_empty()) {
            let what = if state.units.is_empty() { Bilingual { en: "units", zh: "单元" } } else { Bilingual { en: "indicators", zh: "指标" } };
            notes.note(Code::IndexEmpty, |d| d.bilingual("what", what));
        }
    }

    /// Whatever overflows is an error at the step where it does, and never goes on as a missing value.
    fn check_finite(&self, state: &State, notes: &mut Notes) {
        let leaves = state.alive().into_iter().filter_map(|leaf| Some((self.code(leaf), &state.columns.get(leaf)?.values)));
        let infinite = |values: &[f64]| values.iter().position(|x| x.is_infinite());
        let columns = leaves
            .filter(|(_, values)| values.ends().0.is_infinite() || values.ends().1.is_infinite())
            .map(|(code, values)| (code, infinite(values)));
        let nodes = state.nodes.iter().map(|node| (node.code.as_str(), infinite(&node.scores)));
        for (code, place) in columns.chain(nodes) {
            if let Some(place) = place {
                notes.note(Code::IndexNotFinite, |d| d.with("unit", self.unit(state, place)).with("code", code));
            }
        }
    }

    /// The rows of every period, by their places among the rows that are in; all together where there is only one.
    fn periods(&self, rows: &[usize]) -> Vec<Vec<usize>> {
        let mut periods: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate() {
            periods.entry(self.table.times.get(*row).map_or("", |name| name.as_str())).or_default().push(place);
        }
        periods.into_values().collect()
    }

    fn code(&self, leaf: usize) -> &str {
        self.tree.leaves.get(leaf).map_or("", |leaf| &leaf.code)
    }

    fn unit(&self, state: &State, place: usize) -> &str {
        state.units.get(place).and_then(|at| self.table.units.get(*at)).map_or("", |name| name.as_str())
    }

    fn leaves(&self, state: &State, only: &[Line]) -> Vec<usize> {
        let mut alive = state.alive();
        if !only.is_empty() {
            alive.retain(|leaf| only.iter().any(|code| code.as_str() == self.code(*leaf)));
        }
        alive
    }

    fn outcome(&self, state: State, found: Vec<Diagnostic>) -> Outcome {
        let name = |at: usize| self.table.units.get(at).cloned().unwrap_or_default();
        let time = |at: usize| self.table.times.get(at).map(|time| line(time));
        let alive = state.alive();
        let mut left_out: Vec<LeftOut> = state
            .units_out
            .iter()
            .map(|(at, unit)| LeftOut { step: Some(step(*at)), unit: Some(line(&name(*unit))), time: time(*unit), indicator: None })
            .collect();
        left_out.extend(state.columns_out.iter().map(|(at, leaf)| LeftOut {
            step: at.map(step),
            unit: None,
            time: None,
            indicator: Some(line(self.code(*leaf))),
        }));
        let changes = state.changes.iter().filter_map(|change| {
            Some(ChangedValue {
                step: step(change.step),
                unit: line(&name(change.unit)),
                time: time(change.unit),
                indicator: line(self.code(change.indicator)),
                from: finite(change.from),
                to: finite(change.to)?,
            })
        });
        Outcome {
            method: self.method.clone(),
            units: state.units.iter().map(|at| name(*at)).collect(),
            times: state.units.iter().filter_map(|at| self.table.times.get(*at).cloned()).collect(),
            indicators: alive.iter().map(|leaf| self.code(*leaf).to_owned()).collect(),
            values: alive.iter().filter_map(|leaf| state.columns.get(*leaf)).map(|column| column.values.clone()).collect(),
            directions: alive.iter().filter_map(|leaf| state.columns.get(*leaf)).map(|column| column.sign).collect(),
            changes: changes.collect(),
            left_out,
            reference: state.reference.into_iter().map(|(leaf, values)| (self.code(leaf).to_owned(), values)).collect(),
            diagnostics: found,
            rows: state.units,
            nodes: if state.nodes.is_empty() {
                let empty = |node: &Node| NodeOutcome { code: node.code.clone(), parent: node.parent, ..NodeOutcome::default() };
                self.tree.nodes.iter().map(empty).collect()
            } else {
                state.nodes
            },
        }
    }
}
