//! Indices from two tables. The tables are handed over once; methods come as JSON, results go as columns or as JSON.

use std::sync::Arc;

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};
use serde_json::{Value, json};
use talent_model::Diagnostic;
use talent_model::index::{IndexMethod, IndexRows};
use talent_score::index::{CheckedTable, Doubles, IndexError, LeftOneOut, Name, Numbers, Outcome, Pipeline, Table};

use crate::diagnostic::{Finding, findings};
use crate::frame::{RawColumn, RawFrame, wrong};

/// The two tables, checked.
#[pyclass(frozen, module = "talent._native")]
pub(crate) struct RawTable(pub(crate) Arc<CheckedTable>);

/// What an index comes to.
#[pyclass(frozen, module = "talent._native")]
pub(crate) struct RawOutcome {
    table: Arc<CheckedTable>,
    outcome: Outcome,
}

/// Codes with their weights in the group and in the top.
type Weights = Vec<(String, f64, f64)>;

/// One group: code, parent, weights, measures.
type NodeParts = (String, Option<String>, Weights, Vec<(String, f64)>);

/// Pairs of units by their places, and units by their places.
type Order = (Vec<(usize, usize)>, Vec<usize>);

/// A column's doubles, not yet looked at: shared with Arrow, which never changes them; copied at once from other memory that holds doubles (whoever changes that later changes no
/// index); or one by one.
fn doubles(py: Python<'_>, column: &Bound<'_, PyAny>) -> PyResult<Doubles> {
    if let Ok(held) = column.cast::<RawColumn>() {
        return held.get().numbers();
    }
    match PyBuffer::<f64>::get(column) {
        Ok(buffer) => Ok(Arc::new(buffer.to_vec(py)?)),
        Err(_) => Ok(Arc::new(column.extract::<Vec<f64>>()?)),
    }
}

/// The units, their periods, and columns of groups by name.
type Names = (Vec<Name>, Vec<Name>, Vec<(String, Vec<String>)>);

/// A column of texts: held by Arrow, and read without Python's lock, or read already.
enum Texts<T> {
    Held(RawColumn),
    Read(Vec<T>),
}

impl<T: for<'t> From<&'t str>> Texts<T> {
    fn new(column: &Bound<'_, PyAny>) -> PyResult<Self> {
        match column.cast::<RawColumn>() {
            Ok(held) => Ok(Self::Held(held.get().clone())),
            Err(_) => column.try_iter()?.map(|text| Ok(text?.cast::<PyString>()?.to_cow()?.as_ref().into())).collect::<PyResult<_>>().map(Self::Read),
        }
    }

    fn read(self) -> PyResult<Vec<T>> {
        match self {
            Self::Held(column) => column.texts(),
            Self::Read(texts) => Ok(texts),
        }
    }
}

/// Names as Python has them.
fn strings(names: &[Name]) -> Vec<&str> {
    names.iter().map(Name::as_str).collect()
}

/// Makes the tables, or tells what is wrong with them.
#[pyfunction]
pub(crate) fn index_table(
    py: Python<'_>,
    rows: &[u8],
    units: &Bound<'_, PyAny>,
    columns: Vec<(String, Py<PyAny>)>,
    groups: Vec<(String, Bound<'_, PyAny>)>,
    times: &Bound<'_, PyAny>,
) -> PyResult<(Option<RawTable>, Vec<Finding>)> {
    let (units, times) = (Texts::new(units)?, Texts::new(times)?);
    let groups = groups.into_iter().map(|(name, column)| Ok((name, Texts::new(&column)?))).collect::<PyResult<Vec<_>>>()?;
    let read = || -> PyResult<Names> {
        let groups = groups.into_iter().map(|(name, texts)| Ok((name, texts.read()?)));
        Ok((units.read()?, times.read()?, groups.collect::<PyResult<_>>()?))
    };
    py.detach(|| {
        let mut names = Ok(Default::default());
        let mut numbers = vec![Numbers::default(); columns.len()];
        // Other cores look at what was taken over while more is. Python is let go before they are waited for, since one may be waiting for Python with other work.
        let rows = rayon::in_place_scope(|scope| {
            scope.spawn(|_| names = read());
            Python::attach(|py| {
                columns.iter().zip(&mut numbers).try_for_each(|((_, column), numbers)| {
                    let doubles = doubles(py, column.bind(py))?;
                    scope.spawn(move |_| *numbers = Numbers::shared(doubles));
                    PyResult::Ok(())
                })
            })?;
            PyResult::Ok(IndexRows::from_json(rows))
        })?;
        let (units, times, groups) = names?;
        let columns = columns.iter().zip(numbers).map(|((name, _), numbers)| (name.clone(), numbers)).collect();
        let table = rows.map_err(|error| error.diagnostics).and_then(|rows| {
            let rows = rows.indicators.to_vec();
            CheckedTable::new(Table { rows, units, columns, groups, times }).map_err(|error| error.diagnostics)
        });
        Ok(match table {
            Ok(table) => (Some(RawTable(Arc::new(table))), Vec::new()),
            Err(found) => (None, findings(&found)),
        })
    })
}

impl RawTable {
    /// Reads a method, checks it against the tables and does something with the pipeline.
    fn with<T>(&self, method: &[u8], run: impl FnOnce(&Pipeline<'_>) -> Result<T, IndexError>) -> Result<T, Vec<Diagnostic>> {
        let method = IndexMethod::from_json(method).map_err(|error| error.diagnostics)?;
        Pipeline::on(&self.0, &method).and_then(|pipeline| run(&pipeline)).map_err(|error| error.diagnostics)
    }

    fn text(&self, method: &[u8], run: impl FnOnce(&Pipeline<'_>) -> Result<Value, IndexError>) -> (Option<String>, Vec<Finding>) {
        match self.with(method, run) {
            Ok(value) => (Some(value.to_string()), Vec::new()),
            Err(found) => (None, findings(&found)),
        }
    }
}

/// What is wrong with the tables and a method, before anything is computed.
#[pyfunction]
pub(crate) fn index_check(py: Python<'_>, table: &RawTable, method: &[u8]) -> Vec<Finding> {
    py.detach(|| match table.with(method, |_| Ok(())) {
        Ok(()) => Vec::new(),
        Err(found) => findings(&found),
    })
}

fn number(value: f64) -> Value {
    // What is no number has no JSON, and is nothing.
    if value.is_nan() { Value::Null } else { json!(value) }
}

fn numbers(values: &[f64]) -> Value {
    values.iter().map(|x| number(*x)).collect()
}

fn left_out(all: &[LeftOneOut]) -> Value {
    let one = |one: &LeftOneOut| {
        json!({
            "without": one.without,
            "ranks": numbers(&one.ranks),
            "mean_shift": number(one.mean_shift),
            "greatest_shift": number(one.greatest_shift),
        })
    };
    all.iter().map(one).collect()
}

/// What tables are made of, in the order of what makes them: the rows as JSON, units, columns as the bytes of doubles, groups, periods.
type Parts<'py> = (Bound<'py, PyBytes>, Bound<'py, PyList>, Vec<(String, Bound<'py, PyBytes>)>, Vec<(String, Vec<String>)>, Bound<'py, PyList>);

fn bytes_of<'py>(py: Python<'py>, column: &[f64]) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, column.len() * 8, |bytes| {
        bytes.chunks_exact_mut(8).zip(column).for_each(|(cell, x)| cell.copy_from_slice(&x.to_ne_bytes()));
        Ok(())
    })
}

#[pymethods]
impl RawTable {
    /// The digest of both tables.
    fn digest(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.table().digest().to_string())
    }

    /// The tables, as they can be made again.
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Parts<'py>> {
        let table = self.0.table();
        // Plain data can always be written.
        let rows = serde_json::to_vec(&json!({ "indicators": table.rows })).unwrap_or_default();
        let columns = table.columns.iter().map(|(name, column)| Ok((name.clone(), bytes_of(py, column)?))).collect::<PyResult<_>>()?;
        Ok((PyBytes::new(py, &rows), PyList::new(py, strings(&table.units))?, columns, table.groups.clone(), PyList::new(py, strings(&table.times))?))
    }

    /// Runs a method: the outcome, or what is wrong.
    fn result(&self, py: Python<'_>, method: &[u8]) -> (Option<RawOutcome>, Vec<Finding>) {
        py.detach(|| match self.with(method, |pipeline| pipeline.run()) {
            Ok(outcome) => {
                let found = findings(&outcome.diagnostics);
                (Some(RawOutcome { table: self.0.clone(), outcome }), found)
            }
            Err(found) => (None, findings(&found)),
        })
    }

    /// The audit as JSON, or what is wrong.
    fn audit(&self, py: Python<'_>, method: &[u8]) -> (Option<String>, Vec<Finding>) {
        let mut found = Vec::new();
        let (text, faults) = py.detach(|| {
            self.text(method, |pipeline| {
                let audit = pipeline.audit()?;
                found = findings(&audit.diagnostics);
                let mut value = serde_json::to_value(&audit).unwrap_or_default();
                // Findings are handed over as such.
                if let Some(members) = value.as_object_mut() {
                    members.remove("diagnostics");
                }
                Ok(value)
            })
        });
        (text, if faults.is_empty() { found } else { faults })
    }

    /// The index without each indicator, as JSON.
    fn without_each_indicator(&self, py: Python<'_>, method: &[u8]) -> (Option<String>, Vec<Finding>) {
        py.detach(|| self.text(method, |pipeline| Ok(left_out(&pipeline.without_each_indicator()?))))
    }

    /// The index without each unit, as JSON.
    fn without_each_unit(&self, py: Python<'_>, method: &[u8]) -> (Option<String>, Vec<Finding>) {
        py.detach(|| self.text(method, |pipeline| Ok(left_out(&pipeline.without_each_unit()?))))
    }

    /// Rank reversals, as JSON.
    fn rank_reversals(&self, py: Python<'_>, method: &[u8]) -> (Option<String>, Vec<Finding>) {
        let all = |pipeline: &Pipeline<'_>| {
            let one = |one: talent_score::index::Reversal| json!([one.without, one.better, one.worse, one.time]);
            Ok(pipeline.rank_reversals()?.into_iter().map(one).collect())
        };
        py.detach(|| self.text(method, all))
    }
}

#[pymethods]
impl RawOutcome {
    /// The outcome as JSON.
    fn to_json(&self, py: Python<'_>) -> String {
        // Plain data can always be written.
        py.detach(|| serde_json::to_string_pretty(&self.outcome.document(self.table.table())).unwrap_or_default())
    }

    /// The units with their ranks at the top and their scores at every group.
    fn frame(&self, py: Python<'_>) -> PyResult<RawFrame> {
        let outcome = &self.outcome;
        let texts = [("unit", outcome.units.as_slice()), ("time", outcome.times.as_slice())];
        let scores = outcome.nodes.iter().map(|node| (node.code.as_str(), node.scores.as_slice()));
        let numbers: Vec<(&str, &[f64])> = std::iter::once(("rank", outcome.top().ranks.as_slice())).chain(scores).collect();
        // Without periods, ranks or scores there is no such column.
        let texts: Vec<_> = texts.into_iter().filter(|(name, values)| *name == "unit" || !values.is_empty()).collect();
        let numbers: Vec<_> = numbers.into_iter().filter(|(_, values)| !values.is_empty()).collect();
        py.detach(|| RawFrame::of_columns(&texts, &numbers, "group.")).map_err(|error| wrong(&error))
    }

    /// The units that are in.
    fn units(&self) -> Vec<&str> {
        strings(&self.outcome.units)
    }

    /// The values as they were joined: indicators and their columns.
    fn values(&self) -> Vec<(String, Vec<f64>)> {
        self.outcome.indicators.iter().cloned().zip(self.outcome.values.iter().map(|values| values.to_vec())).collect()
    }

    /// The indicators that are in.
    fn indicators(&self) -> Vec<String> {
        self.outcome.indicators.clone()
    }

    /// The periods of the units; empty when there is only one.
    fn times(&self) -> Vec<&str> {
        strings(&self.outcome.times)
    }

    /// Every group, the top first.
    fn nodes(&self) -> Vec<NodeParts> {
        let nodes = &self.outcome.nodes;
        let code = |at: usize| nodes.get(at).map(|node| node.code.clone());
        nodes.iter().map(|node| (node.code.clone(), node.parent.and_then(code), node.weights.clone(), node.measures.clone())).collect()
    }

    /// The scores, ranks or coverage of a group, as the bytes of doubles.
    fn array<'py>(&self, py: Python<'py>, node: usize, what: &str) -> PyResult<Bound<'py, PyBytes>> {
        let column = self.outcome.nodes.get(node).map(|node| match what {
            "scores" => node.scores.as_slice(),
            "ranks" => node.ranks.as_slice(),
            _ => node.coverage.as_slice(),
        });
        bytes_of(py, column.unwrap_or_default())
    }

    /// The pairs (better, worse) of the partial order and the units that nobody dominates, by their places.
    fn dominance(&self, py: Python<'_>, node: &str) -> Option<Order> {
        py.detach(|| self.outcome.dominance(node).map(|order| (order.pairs, order.front)))
    }

    /// The units most like one, with their distances.
    fn nearest(&self, py: Python<'_>, unit: &str, most: usize) -> Option<Vec<(String, f64)>> {
        py.detach(|| self.outcome.nearest(unit, most))
    }

    /// The outranking matrix of a group.
    fn outranking(&self, py: Python<'_>, node: &str) -> Option<Vec<Vec<f64>>> {
        py.detach(|| self.outcome.outranking(node))
    }

    /// The number and mean score of the units of each group of a column.
    fn group_means(&self, py: Python<'_>, column: &str, node: &str) -> Option<Vec<(String, usize, f64)>> {
        py.detach(|| self.outcome.group_means(self.table.table(), column, node))
    }
}
